"""Frame: every rating as one row, joined with what its rater's browser really showed. What results are made from.

Columns: rating, play, comparison, rater, rater_name, item, value (seconds, 1 to 7, or 0 to 100), choice (a prototype's
id or "none", for CHOICE_ITEMS), blind, at, seen, pane, prototype, prototype_name, recording, answers (where panes had
answers of their own, all recordings of the play with + between them, else ""), prompt_text, model, models (who gave
those answers, else ""), outcome ("right" or "wrong" where a person wrote the answer as that, else ""), weather (JSON),
live, scheduled_sign, scheduled_first, scheduled_complete, painted_sign, painted_first, painted_complete (seconds since
Send), freeze (seconds), hidden, resized, stopped, broke, void.

A row of CHOICE_ITEMS is about a whole play: comparison, recording, weather and live are the play's, prototype is the
one chosen, pane is "", what was painted is missing. "faster" is void where any pane of its play was.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence

import pandas as pd
from sqlalchemy import Connection, case, select

from components.store.rated_comparisons import plays_of_several_answers, rated_sighting
from components.store.tables import MOMENT_COLUMNS, names, ratings, recordings, seen
from components.study.rating import LATE_S, LATE_SHARE

TEXT_COLUMNS = (
    "rating", "play", "comparison", "rater", "rater_name", "item", "choice", "at", "seen", "pane", "prototype",
    "prototype_name", "recording", "answers", "prompt_text", "model", "models", "outcome", "weather",
)  # fmt: skip
FLAG_COLUMNS = ("blind", "live", "hidden", "resized", "stopped", "broke", "void")
NUMBER_COLUMNS = ("value", *MOMENT_COLUMNS, "freeze")
COLUMNS = (
    "rating", "play", "comparison", "rater", "rater_name", "item", "value", "choice", "blind", "at", "seen", "pane",
    "prototype", "prototype_name", "recording", "answers", "prompt_text", "model", "models", "outcome", "weather",
    "live", *MOMENT_COLUMNS, "freeze", "hidden", "resized", "stopped", "broke", "void",
)  # fmt: skip
TIMED_CHOICES = ("faster",)  # of CHOICE_ITEMS, those that a late or hidden pane spoils
PANE_COLUMNS = ("freeze", "hidden", "resized", "stopped", "broke")


def read_ratings(connection: Connection, comparisons: Sequence[str] = ()) -> pd.DataFrame:
    """All ratings, or those of some comparisons, in the order they came; texts are never missing, numbers may be."""
    c, s = ratings.c, seen.c
    query = (
        select(
            c.id.label("rating"), c.play, s.comparison, c.rater, c.item, c.value, c.choice, c.blind, c.at, c.seen,
            s.pane, s.prototype, s.recording, s.weather, s.live,
            *(s[mark] for mark in MOMENT_COLUMNS), *(s[flag] for flag in PANE_COLUMNS),
        )
        .select_from(ratings)
        .outerjoin(seen, rated_sighting())
        .order_by(c.number)
    )  # fmt: skip
    if comparisons:
        query = query.where(s.comparison.in_(comparisons))
    found = connection.execute(query)
    rows = [tuple(row) for row in found]  # pandas asks each Row for attributes that it has not, which takes seconds
    frame = pd.DataFrame(rows, columns=list(found.keys()), dtype=object)
    typed = typed_frame(with_names(with_play_ratings(frame), connection))
    about_time = typed["item"].isin(TIMED_CHOICES)
    return typed.assign(void=typed["void"] | (about_time & typed["play"].isin(void_plays(connection))))


def void_plays(connection: Connection) -> set[str]:
    """The plays that a choice about time was made of, in which any pane cannot count for timing."""
    chosen = select(ratings.c.play).where(ratings.c.item.in_(TIMED_CHOICES)).distinct()
    moments = [seen.c[f"{clock}_{moment}"] for clock in ("scheduled", "painted") for moment in ("first", "complete")]
    found = connection.execute(select(seen.c.play, seen.c.hidden, *moments).where(seen.c.play.in_(chosen)))
    panes = pd.DataFrame([tuple(row) for row in found], columns=list(found.keys()))
    numbers = panes.astype({moment.name: "float64" for moment in moments})
    return set(panes.loc[numbers["hidden"].eq(True) | late_flags(numbers), "play"])


def with_play_ratings(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with the ratings of whole plays about no pane and about what was chosen."""
    whole = frame["seen"].isna()
    frame.loc[whole, [*MOMENT_COLUMNS, *PANE_COLUMNS]] = None
    frame.loc[whole, "pane"] = ""
    frame.loc[whole, "prototype"] = frame.loc[whole, "choice"]
    return frame


def with_names(frame: pd.DataFrame, connection: Connection) -> pd.DataFrame:
    """The frame with names and answers, each read once; what was chosen is a prototype only where it has a name."""
    called = dict(connection.execute(select(names.c.id, names.c.name)).tuples().all())
    unnamed = frame["seen"].isna() & ~frame["prototype"].isin(called)
    frame["prototype"] = frame["prototype"].where(~unnamed, "")
    told = answers_by_recording(connection)
    answers = {name: frame["recording"].map(part) for name, part in told.items()}
    several = answers_by_play(connection)
    models = {play: join_models(told["model"].get(id, "") for id in ids) for play, ids in several.items()}
    return frame.assign(
        rater_name=frame["rater"].map(called), prototype_name=frame["prototype"].map(called), **answers,
        answers=frame["play"].map({play: "+".join(ids) for play, ids in several.items()}),
        models=frame["play"].map(models),
    )  # fmt: skip


def answers_by_play(connection: Connection) -> dict[str, list[str]]:
    """The recordings of each play in which panes had answers of their own, in an order of their own."""
    query = select(seen.c.play, seen.c.recording).where(seen.c.play.in_(plays_of_several_answers())).distinct()
    found: dict[str, list[str]] = defaultdict(list)
    for play, recording in sorted(connection.execute(query).tuples(), key=lambda row: (row[0], row[1] or "")):
        found[play].append(recording or "")
    return found


def join_models(names: Iterable[str]) -> str:
    """The names of models in a line, each once."""
    return " and ".join(sorted(set(names)))


def answers_by_recording(connection: Connection) -> dict[str, dict[str, str]]:
    """The question, the model and the outcome of every answer that was seen, each by the recording's id."""
    c = recordings.c
    content = case((c.scripted.is_(True), c.content), else_="")  # long, and needed of written answers alone
    rows = connection.execute(
        select(c.id, c.text, c.model, content).where(c.id.in_(select(seen.c.recording).distinct()))
    ).all()
    return {
        "prompt_text": {id: text for id, text, _, _ in rows},
        "model": {id: model for id, _, model, _ in rows},
        "outcome": {id: written_outcome(content) for id, _, _, content in rows},
    }


def written_outcome(content: str) -> str:
    """As what a person wrote an answer, "right" or "wrong", by its recording as JSON; "" where that is not told."""
    try:
        return str(json.loads(content)["model"]["settings"].get("outcome", "")) if content else ""
    except (ValueError, LookupError, TypeError, AttributeError):
        return ""


def typed_frame(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with its columns in order and their types, also where there are no rows."""
    frame = frame.reindex(columns=list(COLUMNS))
    for name in TEXT_COLUMNS:
        frame[name] = frame[name].where(frame[name].notna(), "").astype("str")
    for name in FLAG_COLUMNS:
        frame[name] = frame[name].eq(True)
    for name in NUMBER_COLUMNS:
        frame[name] = frame[name].astype("float64")
    return frame.assign(void=frame["hidden"] | late_flags(frame))


def late_flags(frame: pd.DataFrame) -> pd.Series:
    """Whether a pane was painted too far from schedule to count for timing: the rule of Sighting, in columns."""
    late = pd.Series(False, index=frame.index)
    for moment in ("first", "complete"):
        scheduled, painted = frame[f"scheduled_{moment}"], frame[f"painted_{moment}"]
        late |= (painted - scheduled).abs() > (LATE_SHARE * scheduled).clip(lower=LATE_S)
    return late
