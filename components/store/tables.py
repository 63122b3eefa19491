"""Tables: what is kept, as the database sees it. Only names can change; everything else is written once."""

from typing import Any

from sqlalchemy import Boolean, Column, Double, ForeignKey, Index, Integer, MetaData, Table, Text
from sqlalchemy.types import TypeEngine

from components.core.prompt import clean
from components.core.recording import Recording
from components.study.rating import Rating, Sighting

metadata = MetaData()
MARKS = tuple(f"{clock}_{moment}" for clock in ("scheduled", "painted") for moment in ("sign", "first", "complete"))


def needed(name: str, kind: type[TypeEngine[Any]] = Text) -> Column[Any]:
    """A column that is always filled."""
    return Column(name, kind, nullable=False)


names = Table(
    "names", metadata, Column("id", Text, primary_key=True), needed("name"), needed("at"),
    Column("about", Text, nullable=False, server_default=""),
)  # fmt: skip

prototypes = Table("prototypes", metadata, Column("id", Text, primary_key=True), needed("layers"), needed("at"))

# What a designer chose to remember of a prototype on its way, under the name that it had then.
versions = Table(
    "versions", metadata, Column("number", Integer, primary_key=True, autoincrement=True),
    Column("prototype", Text, ForeignKey("prototypes.id"), nullable=False),
    needed("name"), needed("about"), needed("note"), needed("at"), Index("versions_name", "name", "number"),
)  # fmt: skip

recordings = Table(
    "recordings", metadata, Column("id", Text, primary_key=True),
    needed("prompt"), needed("root"), needed("text"), needed("model"), needed("scripted", Boolean),
    needed("whole", Boolean), needed("tokens", Integer), needed("seconds", Double), needed("made"), needed("content"),
    needed("at"),
    Index("recordings_root", "root"), Index("recordings_prompt", "prompt"),
    # All that a list is filtered and ordered by, so that it is read from here and not past the long contents.
    Index("recordings_library", "at", "id", "model", "root", "scripted", "whole", "tokens", "seconds"),
)  # fmt: skip

# What is searched, apart from the recordings: their rows are long, and reading past them takes time.
words = Table(
    "words", metadata, Column("id", Text, ForeignKey("recordings.id"), primary_key=True),
    needed("folded"), needed("answer"),
)  # fmt: skip

marks = Table(
    "marks", metadata, Column("number", Integer, primary_key=True, autoincrement=True),
    Column("recording", Text, ForeignKey("recordings.id"), nullable=False),
    needed("kind"), needed("value"), needed("at"),
    Index("marks_kind", "kind", "recording", "number"), Index("marks_recording", "recording", "kind", "number"),
)  # fmt: skip

models = Table("models", metadata, Column("id", Text, primary_key=True), needed("content"), needed("at"))

findings = Table(
    "findings", metadata, Column("number", Integer, primary_key=True, autoincrement=True),
    needed("model"), needed("kind"), needed("content"), needed("at"),
    Index("findings_model", "model", "kind", "number"),
)  # fmt: skip

batches = Table(
    "batches", metadata, Column("id", Text, primary_key=True),
    needed("model"), needed("card"), needed("pack"), needed("attempts", Integer), needed("total", Integer),
    needed("at"),
)  # fmt: skip

batch_results = Table(
    "batch_results", metadata, Column("number", Integer, primary_key=True, autoincrement=True),
    Column("batch", Text, ForeignKey("batches.id"), nullable=False), needed("item"), needed("attempt", Integer),
    Column("recording", Text, ForeignKey("recordings.id")), needed("trouble"), needed("at"),
    Index("batch_results_item", "batch", "item", "attempt", "number"),
)  # fmt: skip

seen = Table(
    "seen", metadata, Column("id", Text, primary_key=True),
    needed("play"), needed("comparison"), needed("rater"), needed("pane"),
    Column("prototype", Text, ForeignKey("prototypes.id"), nullable=False),
    Column("recording", Text, ForeignKey("recordings.id")),
    *(Column(mark, Double) for mark in MARKS),
    needed("weather"), needed("live", Boolean), needed("freeze", Double), needed("hidden", Boolean),
    needed("resized", Boolean), needed("stopped", Boolean), needed("broke", Boolean), needed("at"),
    Index("seen_play", "play"), Index("seen_comparison", "comparison", "rater"),
)  # fmt: skip

ratings = Table(
    "ratings", metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),  # the order in which they came
    Column("id", Text, nullable=False, unique=True),
    needed("play"), needed("rater"), needed("item"), Column("seen", Text, ForeignKey("seen.id")),
    Column("value", Double), needed("choice"), needed("blind", Boolean), needed("at"),
    Index("ratings_seen", "seen"), Index("ratings_play", "play"),
)  # fmt: skip


def recording_row(recording: Recording, content: str, at: str) -> dict[str, object]:
    """A recording as a row; `root` is its prompt before anything was chosen, so that branches are found with it."""
    return {
        "id": recording.id, "prompt": recording.prompt.id, "root": type(recording.prompt)(recording.prompt.messages).id,
        "text": clean(recording.prompt.text), "model": clean(recording.card.name),
        "scripted": recording.card.scripted, "whole": recording.whole, "tokens": recording.length,
        "seconds": recording.seconds, "made": recording.made, "content": content, "at": at,
    }  # fmt: skip


def seen_row(sighting: Sighting, weather: str, at: str) -> dict[str, object]:
    """A sighting as a row."""
    same = ("id", "play", "comparison", "rater", "pane", "prototype", "live", "freeze", "hidden", "resized", "stopped")
    marks = {name: getattr(getattr(sighting, name.split("_")[0]), name.split("_")[1]) for name in MARKS}
    row = {name: getattr(sighting, name) for name in same} | marks
    return row | {"broke": sighting.broke, "recording": sighting.recording or None, "weather": weather, "at": at}


def rating_row(rating: Rating, at: str) -> dict[str, object]:
    """A rating as a row."""
    same = ("id", "play", "rater", "item", "value", "choice", "blind")
    return {name: getattr(rating, name) for name in same} | {"seen": rating.seen or None, "at": at}
