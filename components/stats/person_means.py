"""People: from one row per rating to one number per person and prototype, and a count of what was left out."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

CLOCK_COLUMNS = {
    "felt_first": "painted_first",
    "felt_complete": "painted_complete",
}  # what was felt: what the clock said
TIMING_ITEMS = (*CLOCK_COLUMNS, "speed", "faster")
ABOUT_COLUMNS = ["rater", "unit", "weather", "prototype", "copy", "item", "blind"]  # what one answer is about


@dataclass(frozen=True)
class RatingCounts:
    """How much a result rests on. `trials` are panes seen and rated; the rest says which of them are special.

    `told` are answers given when the clock was on the screen.
    """

    people: int
    ratings: int
    corrected: int
    trials: int
    void: int
    live: int
    told: int
    stopped: int
    broke: int


def latest_ratings(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame (as components.store gives it) with only the last answer of each person to each question.

    A question is about a prototype and a recorded answer, so what is said after a replay, or with the panes in
    another order, takes the place of what was said before. What is said with the clock on the screen answers another
    question and replaces nothing. `unit` is added: what was answered, as in `answer_units`.
    """
    of_pane = frame["seen"].ne("")
    about = frame.assign(
        unit=answer_units(frame),
        copy=pane_copies(frame),
        prototype=frame["prototype"].where(of_pane, ""),
    )
    last = about.drop_duplicates(ABOUT_COLUMNS, keep="last")
    return last.assign(prototype=frame["prototype"]).drop(columns="copy")


def answer_units(frame: pd.DataFrame) -> pd.Series:
    """What each rating is about: the recording, or the play where none is known; where the panes of a play had answers
    of their own, all of them together.
    """
    one = frame["recording"].where(frame["recording"].ne(""), frame["play"])
    return one if "answers" not in frame else frame["answers"].where(frame["answers"].ne(""), one)


def pane_copies(frame: pd.DataFrame) -> pd.Series:
    """Which of the panes with the same prototype a rating is about, from 0: a prototype can be in a play twice."""
    panes = frame[["play", "prototype", "pane"]].drop_duplicates().sort_values("pane")
    if not panes.duplicated(["play", "prototype"]).any():
        return pd.Series(0, index=frame.index)
    numbered = panes.assign(copy=panes.groupby(["play", "prototype"]).cumcount())
    return frame[["play", "prototype", "pane"]].merge(numbered, how="left")["copy"].set_axis(frame.index)


def count_ratings(frame: pd.DataFrame) -> RatingCounts:
    """How many people, ratings and trials there are, and how many of them are special."""
    last = latest_ratings(frame)
    trials = last[last["seen"].ne("")].drop_duplicates("seen")
    return RatingCounts(
        int(last["rater"].nunique()), len(last), len(frame) - len(last), len(trials), int(trials["void"].sum()),
        int(trials["live"].sum()), int((~last["blind"]).sum()), int(trials["stopped"].sum()),
        int(trials["broke"].sum()),
    )  # fmt: skip


def usable_ratings(frame: pd.DataFrame, item: str, blind: bool = True) -> pd.DataFrame:
    """The latest ratings of one item that count: no void trials for timing, and none given with the clock shown.

    With `blind` False, those that were given with the clock on the screen, and only those.
    """
    last = latest_ratings(frame[frame["item"].eq(item) & frame["blind"].eq(blind)])
    ratings = last[last["value"].notna()]
    return ratings[~ratings["void"]] if item in TIMING_ITEMS else ratings


def person_means(frame: pd.DataFrame, item: str, prototypes: Sequence[str]) -> pd.DataFrame:
    """One row per person, one column per prototype: the person's mean; missing where the person gave none."""
    return pivot_means(usable_ratings(frame, item), "value", prototypes)


def clock_means(frame: pd.DataFrame, item: str, prototypes: Sequence[str]) -> pd.DataFrame:
    """As `person_means`, but the clock's painted seconds in the trials whose felt time counts."""
    return pivot_means(usable_ratings(frame, item), CLOCK_COLUMNS[item], prototypes)


def pivot_means(rows: pd.DataFrame, column: str, prototypes: Sequence[str]) -> pd.DataFrame:
    """One row per person, one column per prototype in the order given: the mean of `column`."""
    means = rows.groupby(["rater", "prototype"], sort=False)[column].mean().unstack()
    return means.reindex(columns=list(prototypes)).astype("float64")


def rater_names(frame: pd.DataFrame) -> dict[str, str]:
    """The name of each person who gave one, by rater."""
    given = frame.loc[frame["rater_name"].ne(""), ["rater", "rater_name"]]
    return dict(zip(given["rater"], given["rater_name"], strict=True))
