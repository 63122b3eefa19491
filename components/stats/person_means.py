"""People: from one row per rating to one number per person and prototype, and a count of what was left out."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

CLOCK_COLUMNS = {
    "felt_first": "painted_first",
    "felt_complete": "painted_complete",
}  # what was felt: what the clock said
TIMING_ITEMS = (*CLOCK_COLUMNS, "speed")
INSTANT_S = 0.1  # seconds; shorter feels like none (Nielsen 1993), and a felt 0 has no logarithm


@dataclass(frozen=True)
class RatingCounts:
    """How much a result rests on. `trials` are panes seen and rated; the rest says which of them are special."""

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
    """The frame (as components.store gives it) with only the last rating per person, sighting and item."""
    whole = frame["seen"].eq("")
    about = frame["seen"].where(~whole, frame["play"])
    ratings = frame.assign(about=about).drop_duplicates(["rater", "about", "item"], keep="last")
    return ratings.drop(columns="about")


def count_ratings(frame: pd.DataFrame) -> RatingCounts:
    """How many people, ratings and trials there are, and how many of them are special.

    `told` counts felt times given when the clock was on the screen.
    """
    last = latest_ratings(frame)
    trials = last[last["seen"].ne("")].drop_duplicates("seen")
    after_reveal = last["item"].isin(list(CLOCK_COLUMNS)) & ~last["blind"]
    return RatingCounts(
        int(last["rater"].nunique()), len(last), len(frame) - len(last), len(trials), int(trials["void"].sum()),
        int(trials["live"].sum()), int(after_reveal.sum()), int(trials["stopped"].sum()), int(trials["broke"].sum()),
    )  # fmt: skip


def usable_ratings(frame: pd.DataFrame, item: str) -> pd.DataFrame:
    """The latest ratings of one item that count: no void trials for timing, no felt time of who knew the clock."""
    last = latest_ratings(frame)
    ratings = last[last["item"].eq(item) & last["value"].notna()]
    if item in TIMING_ITEMS:
        ratings = ratings[~ratings["void"]]
    return ratings[ratings["blind"]] if item in CLOCK_COLUMNS else ratings


def person_means(frame: pd.DataFrame, item: str, prototypes: Sequence[str]) -> pd.DataFrame:
    """One row per person, one column per prototype: the person's mean; missing where the person gave none."""
    return pivot_means(usable_ratings(frame, item), "value", prototypes)


def clock_means(frame: pd.DataFrame, item: str, prototypes: Sequence[str]) -> pd.DataFrame:
    """As `person_means`, but the clock's painted seconds in the trials whose felt time counts."""
    return pivot_means(usable_ratings(frame, item), CLOCK_COLUMNS[item], prototypes)


def felt_ratio(frame: pd.DataFrame, item: str, prototypes: Sequence[str]) -> pd.DataFrame:
    """As `person_means`, but ln(felt / painted seconds): 0 where felt equals clock. Times under 0.1 s count as 0.1
    s.
    """
    ratings = usable_ratings(frame, item)
    felt, actual = ratings["value"].clip(lower=INSTANT_S), ratings[CLOCK_COLUMNS[item]].clip(lower=INSTANT_S)
    return pivot_means(ratings.assign(ratio=np.log(felt / actual)), "ratio", prototypes)


def pivot_means(rows: pd.DataFrame, column: str, prototypes: Sequence[str]) -> pd.DataFrame:
    """One row per person, one column per prototype in the order given: the mean of `column`."""
    means = rows.groupby(["rater", "prototype"], sort=False)[column].mean().unstack()
    return means.reindex(columns=list(prototypes)).astype("float64")
