"""Tables: what is kept. Names, works, choices, desks and mentions change; all else is written once."""

from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.types import TypeEngine

from components.core.prompt import clean_text
from components.core.recording import Recording
from components.study.rating import Rating, Sighting

metadata = MetaData()
MOMENT_COLUMNS = tuple(
    f"{clock}_{moment}" for clock in ("scheduled", "painted") for moment in ("sign", "first", "complete")
)


def not_null(name: str, kind: type[TypeEngine[Any]] = Text) -> Column[Any]:
    """A column that is not nullable."""
    return Column(name, kind, nullable=False)


names = Table(
    "names", metadata, Column("id", Text, primary_key=True), not_null("name"), not_null("at"),
    Column("about", Text, nullable=False, server_default=""),
)  # fmt: skip

prototypes = Table("prototypes", metadata, Column("id", Text, primary_key=True), not_null("layers"), not_null("at"))

# What a designer chose to remember of a prototype on its way. `work` is the work that it belongs to; rows of before
# there were works have none, and belong together by the name that they had then.
versions = Table(
    "versions", metadata, Column("number", Integer, primary_key=True, autoincrement=True),
    Column("prototype", Text, ForeignKey("prototypes.id"), nullable=False),
    not_null("name"), not_null("about"), not_null("note"), not_null("at"),
    Column("work", Text, nullable=False, server_default=""),
    Index("versions_name", "name", "number"), Index("versions_work", "work", "number"),
)  # fmt: skip

# What a person made, as it is listed. Moments are ISO, UTC; `archived` and `deleted` are "" where it is neither.
works = Table(
    "works", metadata, Column("id", Text, primary_key=True),
    *(not_null(name) for name in ("kind", "name", "owner", "project", "visibility", "created", "changed")),
    not_null("archived"), not_null("deleted"), not_null("marked_by"),
    not_null("step", Integer), not_null("preview"), not_null("folded"),
    # All that a list is filtered, counted and ordered by, so that it is read from here and not past the previews.
    Index("works_listed", "deleted", "archived", "changed", "id", "visibility", "owner", "kind", "project"),
    Index("works_marked", "marked_by"),
)  # fmt: skip

# Every state of a work. Quick changes of one thing are rows of the same step, of which the last one counts.
work_steps = Table(
    "work_steps", metadata, Column("number", Integer, primary_key=True, autoincrement=True),
    Column("work", Text, ForeignKey("works.id"), nullable=False),
    not_null("step", Integer), not_null("before", Integer), not_null("content"), not_null("subject"),
    not_null("recording"), not_null("rater"), not_null("at"),
    Index("work_steps_work", "work", "step", "number"), Index("work_steps_subject", "subject", "work"),
    Index("work_steps_recording", "recording", "work"),
)  # fmt: skip

# Who has a work on screen, in which tab, and when they were last heard of.
work_visits = Table(
    "work_visits", metadata, Column("work", Text, ForeignKey("works.id"), primary_key=True),
    Column("tab", Text, primary_key=True), not_null("rater"), not_null("at"),
)  # fmt: skip

# What people say of a work as they look at it together: comments and replies, votes, decisions, a play for all.
# `about` is the id of the note that one belongs to; `pane`, `prototype`, `pattern` and `moment` (seconds after the
# press) say what it is pinned to, "" or nothing where it is about the whole.
work_notes = Table(
    "work_notes", metadata, Column("number", Integer, primary_key=True, autoincrement=True),
    Column("id", Text, nullable=False, unique=True), Column("work", Text, ForeignKey("works.id"), nullable=False),
    *(not_null(name) for name in ("kind", "about", "pane", "prototype", "pattern")), Column("moment", Double),
    not_null("step", Integer), *(not_null(name) for name in ("text", "rater", "at")),
    Index("work_notes_work", "work", "number"),
)  # fmt: skip

# Who was called by name in a note; `seen` is when they saw it (ISO, UTC), "" before that.
work_mentions = Table(
    "work_mentions", metadata, Column("note", Text, primary_key=True), Column("rater", Text, primary_key=True),
    not_null("seen"), Index("work_mentions_rater", "rater", "seen"),
)  # fmt: skip

# Where a colleague is the model, when last, what is asked there, open `until` a moment put off again, what was sent.
desk_visits = Table("desk_visits", metadata, Column("desk", Text, primary_key=True), not_null("rater"), not_null("at"))
desk_questions = Table(
    "desk_questions", metadata, Column("number", Integer, primary_key=True, autoincrement=True),
    Column("id", Text, nullable=False, unique=True),
    *(not_null(name) for name in ("desk", "prompt", "draft", "until", "at")),
    Index("desk_questions_desk", "desk", "until"),
)  # fmt: skip
desk_lines = Table(
    "desk_lines", metadata, Column("number", Integer, primary_key=True, autoincrement=True),
    *(not_null(name) for name in ("question", "kind", "text", "rater", "at")),
    Index("desk_lines_question", "question", "number"),
)  # fmt: skip

recordings = Table(
    "recordings", metadata, Column("id", Text, primary_key=True),
    not_null("prompt"), not_null("root"), not_null("text"), not_null("model"), not_null("scripted", Boolean),
    not_null("whole", Boolean), not_null("tokens", Integer), not_null("seconds", Double), not_null("made"),
    not_null("content"),
    not_null("at"),
    Index("recordings_root", "root"), Index("recordings_prompt", "prompt"),
    # All that a list is filtered and ordered by, so that it is read from here and not past the long contents.
    Index("recordings_library", "at", "id", "model", "root", "scripted", "whole", "tokens", "seconds"),
)  # fmt: skip

# What is searched, apart from the recordings: their rows are long, and reading past them takes time.
words = Table(
    "words", metadata, Column("id", Text, ForeignKey("recordings.id"), primary_key=True),
    not_null("folded"), not_null("answer"),
)  # fmt: skip

marks = Table(
    "marks", metadata, Column("number", Integer, primary_key=True, autoincrement=True),
    Column("recording", Text, ForeignKey("recordings.id"), nullable=False),
    not_null("kind"), not_null("value"), not_null("at"),
    Index("marks_kind", "kind", "recording", "number"), Index("marks_recording", "recording", "kind", "number"),
)  # fmt: skip

models = Table("models", metadata, Column("id", Text, primary_key=True), not_null("content"), not_null("at"))

# What a person chose for all their tabs and days: a new choice takes the place of the one before.
choices = Table(
    "choices", metadata, Column("rater", Text, primary_key=True), Column("name", Text, primary_key=True),
    not_null("value"), not_null("at"),
)  # fmt: skip

findings = Table(
    "findings", metadata, Column("number", Integer, primary_key=True, autoincrement=True),
    not_null("model"), not_null("kind"), not_null("content"), not_null("at"),
    Index("findings_model", "model", "kind", "number"),
)  # fmt: skip

batches = Table(
    "batches", metadata, Column("id", Text, primary_key=True),
    not_null("model"), not_null("card"), not_null("pack"), not_null("attempts", Integer), not_null("total", Integer),
    not_null("at"),
)  # fmt: skip

batch_results = Table(
    "batch_results", metadata, Column("number", Integer, primary_key=True, autoincrement=True),
    Column("batch", Text, ForeignKey("batches.id"), nullable=False), not_null("item"), not_null("attempt", Integer),
    Column("recording", Text, ForeignKey("recordings.id")), not_null("trouble"), not_null("at"),
    Index("batch_results_item", "batch", "item", "attempt", "number"),
)  # fmt: skip

seen = Table(
    "seen", metadata, Column("id", Text, primary_key=True),
    not_null("play"), not_null("comparison"), not_null("rater"), not_null("pane"),
    Column("prototype", Text, ForeignKey("prototypes.id"), nullable=False),
    Column("recording", Text, ForeignKey("recordings.id")),
    *(Column(mark, Double) for mark in MOMENT_COLUMNS),
    not_null("weather"), not_null("live", Boolean), not_null("freeze", Double), not_null("hidden", Boolean),
    not_null("resized", Boolean), not_null("stopped", Boolean), not_null("broke", Boolean), not_null("at"),
    Index("seen_play", "play"), Index("seen_comparison", "comparison", "rater"),
)  # fmt: skip

ratings = Table(
    "ratings", metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),  # the order in which they came
    Column("id", Text, nullable=False, unique=True),
    not_null("play"), not_null("rater"), not_null("item"), Column("seen", Text, ForeignKey("seen.id")),
    Column("value", Double), not_null("choice"), not_null("blind", Boolean), not_null("at"),
    Index("ratings_seen", "seen"), Index("ratings_play", "play"),
)  # fmt: skip

# A study that is frozen, as JSON; what it plays is in `timelines`, by the id of its content.
studies = Table(
    "studies", metadata, Column("id", Text, primary_key=True),
    *(not_null(name) for name in ("work", "name", "content", "at")), Index("studies_work", "work"),
)  # fmt: skip

timelines = Table("timelines", metadata, Column("id", Text, primary_key=True), not_null("content", LargeBinary))

# Whether people are taken into a study, and how many; the last row of a study counts.
study_states = Table(
    "study_states", metadata, Column("number", Integer, primary_key=True, autoincrement=True),
    Column("study", Text, ForeignKey("studies.id"), nullable=False),
    not_null("state"), not_null("slots", Integer), not_null("note"), not_null("at"),
    Index("study_states_study", "study", "number"),
)  # fmt: skip

# What a person opens to take part. `person` is whom a personal one is for; `revoked` is "" where it is not.
study_links = Table(
    "study_links", metadata, Column("id", Text, primary_key=True),
    Column("study", Text, ForeignKey("studies.id"), nullable=False),
    *(not_null(name) for name in ("kind", "person", "at", "revoked")), Index("study_links_study", "study"),
)  # fmt: skip

# Who took part. `person`: a digest that knows whom a recruiter sent again. Of who withdrew only a silent row is left.
participants = Table(
    "participants", metadata, Column("id", Text, primary_key=True),
    Column("study", Text, ForeignKey("studies.id"), nullable=False), not_null("slot", Integer),
    Column("link", Text, ForeignKey("study_links.id"), nullable=False),
    *(not_null(name) for name in ("person", "joined", "seen", "ended", "end", "tab")),
    not_null("simulated", Boolean), not_null("entry"), not_null("browser"),
    Column("restarts", Text, nullable=False, server_default="[]"),  # the blocks that were begun anew, as JSON
    # All that the slots are given by, so that they are read from here and not past the entries.
    Index("participants_slots", "study", "simulated", "slot", "ended", "end", "seen"),
    Index("participants_link", "link"), Index("participants_person", "study", "person"),
)  # fmt: skip

# What a participant sent for one step, once. The id was made in the browser.
study_answers = Table(
    "study_answers", metadata, Column("id", Text, primary_key=True),
    Column("participant", Text, ForeignKey("participants.id"), nullable=False), not_null("study"),
    *(not_null(name) for name in ("step", "digest", "at", "content")),
    UniqueConstraint("participant", "step", name="study_answers_step"),
    Index("study_answers_study", "study", "participant"),
)  # fmt: skip

# Whose answers were deleted, why, and how they had ended; nothing of what they said.
study_erasures = Table(
    "study_erasures", metadata, Column("number", Integer, primary_key=True, autoincrement=True),
    Column("study", Text, ForeignKey("studies.id"), nullable=False),
    Column("participant", Text, ForeignKey("participants.id"), nullable=False),
    *(not_null(name) for name in ("reason", "end")), not_null("answers", Integer), not_null("at"),
    Index("study_erasures_study", "study", "number"),
)  # fmt: skip

# Whether an arm of a study takes in people who come from now on; the last row of an arm counts.
arm_states = Table(
    "arm_states", metadata, Column("number", Integer, primary_key=True, autoincrement=True),
    Column("study", Text, ForeignKey("studies.id"), nullable=False),
    *(not_null(name) for name in ("arm", "state", "at")), Index("arm_states_study", "study", "arm", "number"),
)  # fmt: skip

# What a room was shown, as JSON; what it plays is in `timelines`. Rooms are demonstrations: nothing here is study data.
decks = Table(
    "decks", metadata, Column("id", Text, primary_key=True),
    *(not_null(name) for name in ("work", "name", "content", "at")), Index("decks_work", "work"),
)  # fmt: skip

# A room that was opened for a deck. `seen` is when its stage was heard of last, `ended` is "" while it is open.
rooms = Table(
    "rooms", metadata, Column("id", Text, primary_key=True),
    Column("deck", Text, ForeignKey("decks.id"), nullable=False),
    *(not_null(name) for name in ("code", "at", "seen", "ended")),
    Index("rooms_code", "code", "ended"), Index("rooms_deck", "deck"),
)  # fmt: skip

# Each move of a presenter: to which scene and beat, which step phones answer from then on, and which one that ended.
room_moves = Table(
    "room_moves", metadata, Column("number", Integer, primary_key=True, autoincrement=True),
    Column("room", Text, ForeignKey("rooms.id"), nullable=False), not_null("scene"), not_null("beat", Integer),
    *(not_null(name) for name in ("asks", "closes", "at")), Index("room_moves_room", "room", "number"),
)  # fmt: skip

# Whoever joined with a phone: an id that the phone made, and nothing else.
room_people = Table(
    "room_people", metadata, Column("id", Text, primary_key=True),
    Column("room", Text, ForeignKey("rooms.id"), nullable=False), not_null("at"), Index("room_people_room", "room"),
)  # fmt: skip

# What one person answered to one step, once. `late`: it came after the reveal.
room_votes = Table(
    "room_votes", metadata, Column("id", Text, primary_key=True),
    Column("person", Text, ForeignKey("room_people.id"), nullable=False),
    *(not_null(name) for name in ("room", "step", "digest")), not_null("late", Boolean), not_null("at"),
    not_null("content"), UniqueConstraint("person", "step", name="room_votes_step"),
    Index("room_votes_room", "room", "step", "late"),
)  # fmt: skip


def recording_row(recording: Recording, content: str, at: str) -> dict[str, object]:
    """A recording as a row; `root` is its question before anything was chosen or told, so that branches are found."""
    return {
        "id": recording.id, "prompt": recording.prompt.id, "root": recording.prompt.question.id,
        "text": clean_text(recording.prompt.text), "model": clean_text(recording.card.name),
        "scripted": recording.card.scripted, "whole": recording.whole, "tokens": recording.token_count,
        "seconds": recording.seconds, "made": recording.made, "content": content, "at": at,
    }  # fmt: skip


def sighting_row(sighting: Sighting, weather: str, at: str) -> dict[str, object]:
    """A sighting as a row."""
    same = ("id", "play", "comparison", "rater", "pane", "prototype", "live", "freeze", "hidden", "resized", "stopped")
    marks = {name: getattr(getattr(sighting, name.split("_")[0]), name.split("_")[1]) for name in MOMENT_COLUMNS}
    row = {name: getattr(sighting, name) for name in same} | marks
    return row | {"broke": sighting.broke, "recording": sighting.recording or None, "weather": weather, "at": at}


def rating_row(rating: Rating, at: str) -> dict[str, object]:
    """A rating as a row."""
    same = ("id", "play", "rater", "item", "value", "choice", "blind")
    return {name: getattr(rating, name) for name in same} | {"seen": rating.seen or None, "at": at}
