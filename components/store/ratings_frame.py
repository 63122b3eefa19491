"""Frame: every rating as one row, joined with what its rater's browser really showed. What results are made from.

Columns: rating, play, comparison, rater, rater_name, item, value (seconds, 1 to 7, or 0 to 100), choice (a prototype's
id or "none", for "ship"), blind, at, seen, pane, prototype, prototype_name, recording, prompt_text, weather (JSON),
live, scheduled_sign, scheduled_first, scheduled_complete, painted_sign, painted_first, painted_complete (seconds since
Send), freeze (seconds), hidden, resized, stopped, broke, void.

A "ship" row is about a whole play: comparison, recording, weather and live are the play's, prototype is the one
chosen, pane is "", what was painted is missing.
"""

from typing import Any

import pandas as pd
from sqlalchemy import Connection, RowMapping, select

from components.store.rated_comparisons import rated_sighting
from components.store.tables import MOMENT_COLUMNS, names, ratings, recordings, seen
from components.study.rating import Moments, Sighting

TEXT_COLUMNS = (
    "rating", "play", "comparison", "rater", "rater_name", "item", "choice", "at", "seen", "pane", "prototype",
    "prototype_name", "recording", "prompt_text", "weather",
)  # fmt: skip
FLAG_COLUMNS = ("blind", "live", "hidden", "resized", "stopped", "broke", "void")
NUMBER_COLUMNS = ("value", *MOMENT_COLUMNS, "freeze")
COLUMNS = (
    "rating", "play", "comparison", "rater", "rater_name", "item", "value", "choice", "blind", "at", "seen", "pane",
    "prototype", "prototype_name", "recording", "prompt_text", "weather", "live", *MOMENT_COLUMNS, "freeze", "hidden",
    "resized", "stopped", "broke", "void",
)  # fmt: skip
PANE_COLUMNS = ("freeze", "hidden", "resized", "stopped", "broke")


def read_ratings(connection: Connection, comparison: str | None = None) -> pd.DataFrame:
    """All ratings, or those of one comparison, in the order they came; texts are never missing, numbers may be."""
    people = names.alias()
    chosen = names.alias()
    c, s = ratings.c, seen.c
    query = (
        select(
            c.id.label("rating"), c.play, s.comparison, c.rater, people.c.name.label("rater_name"), c.item, c.value,
            c.choice, c.blind, c.at, c.seen, s.pane, s.prototype, names.c.name.label("prototype_name"),
            chosen.c.name.label("choice_name"), s.recording, recordings.c.text.label("prompt_text"), s.weather, s.live,
            *(s[mark] for mark in MOMENT_COLUMNS), *(s[flag] for flag in PANE_COLUMNS),
        )
        .select_from(ratings)
        .outerjoin(seen, rated_sighting())
        .outerjoin(names, names.c.id == s.prototype)
        .outerjoin(people, people.c.id == c.rater)
        .outerjoin(chosen, chosen.c.id == c.choice)
        .outerjoin(recordings, recordings.c.id == s.recording)
        .order_by(c.number)
    )  # fmt: skip
    if comparison is not None:
        query = query.where(s.comparison == comparison)
    return ratings_frame([rating_values(row) for row in connection.execute(query).mappings()])


def rating_values(row: RowMapping) -> dict[str, Any]:
    """A rating's columns with those of its sighting; a rating of the whole play has no pane."""
    values = dict(row)
    choice_name = values.pop("choice_name")
    if values["seen"] is None:
        values |= dict.fromkeys(MOMENT_COLUMNS) | dict.fromkeys(PANE_COLUMNS) | {"pane": ""}
        chosen = values["choice"] if choice_name is not None else ""
        values |= {"prototype": chosen, "prototype_name": choice_name}
    return values | {"void": values["seen"] is not None and is_void(values)}


def is_void(values: dict[str, Any]) -> bool:
    """Whether this sighting cannot count for timing, by the one rule that there is."""
    scheduled, painted = (
        Moments(*(values[f"{clock}_{moment}"] for moment in ("sign", "first", "complete")))
        for clock in ("scheduled", "painted")
    )
    return Sighting("", "", "", "", "", "", "", scheduled, painted, hidden=bool(values["hidden"])).void


def ratings_frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """The rows with their columns' types, also where there are none."""
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    for name in TEXT_COLUMNS:
        frame[name] = frame[name].astype("str").where(frame[name].notna(), "")
    for name in FLAG_COLUMNS:
        frame[name] = frame[name].eq(True)
    for name in NUMBER_COLUMNS:
        frame[name] = frame[name].astype("float64")
    return frame
