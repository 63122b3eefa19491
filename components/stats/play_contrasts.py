"""Contrasts: how differently one person rated two prototypes that play the same recorded answer.

Both sides of a contrast come from the same recording; each person's contrasts are then averaged. A mean over
different plays is never compared with another one: where some panes do not count, the difference between the plays
would look like one between the prototypes.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from components.stats.person_means import CLOCK_COLUMNS, pivot_means, usable_ratings

MIN_FELT_S = 0.25  # half a step of the box that seconds are typed into: a felt 0 is anything up to here
MIN_RATIO_CLOCK_S = 0.5  # a clock under one step gives the ratio that the steps make, not the one that was felt


def measure_ratings(frame: pd.DataFrame, item: str, measure: str, blind: bool = True) -> pd.DataFrame:
    """The ratings of one item that count, with the column `measured`; those without a measure are left out.

    `measure`: "value" as it was given; "felt" is ln(felt seconds); "felt_to_clock" is ln(felt / painted seconds),
    missing where the clock is under MIN_RATIO_CLOCK_S.
    """
    ratings = usable_ratings(frame, item, blind)
    measured = ratings["value"]
    if measure != "value":
        measured = np.log(measured.clip(lower=MIN_FELT_S))
    if measure == "felt_to_clock":
        ratings = with_long_clocks(ratings, item)
        measured = measured - np.log(ratings[CLOCK_COLUMNS[item]])
    return ratings.assign(measured=measured.astype("float64")).dropna(subset="measured")


def with_long_clocks(ratings: pd.DataFrame, item: str) -> pd.DataFrame:
    """The ratings of a felt time whose clock is long enough for a ratio."""
    return ratings[ratings[CLOCK_COLUMNS[item]] >= MIN_RATIO_CLOCK_S]


def play_table(ratings: pd.DataFrame, prototypes: Sequence[str]) -> pd.DataFrame:
    """Measured ratings, one row per person and recorded answer, one column per prototype; missing where none counts."""
    wide = ratings.groupby(["rater", "unit", "weather", "prototype"], sort=False)["measured"].mean().unstack()
    return wide.reindex(columns=list(prototypes)).astype("float64")


def paired_means(plays: pd.DataFrame, first: str, second: str) -> pd.DataFrame:
    """Each person's mean for two prototypes, a column each, over the recorded answers of which both count."""
    both = plays[[first, second]].dropna()
    return both.groupby(level="rater", sort=False).mean()


def person_contrasts(plays: pd.DataFrame, first: str, second: str) -> pd.Series:
    """Each person's mean of the first minus the second, within the recorded answers of which both count."""
    people = paired_means(plays, first, second)
    return people[first] - people[second]


def felt_to_clock_means(frame: pd.DataFrame, item: str, prototypes: Sequence[str]) -> pd.DataFrame:
    """One row per person, one column per prototype: the mean ln(felt / painted seconds); 0 where felt equals clock."""
    return pivot_means(measure_ratings(frame, item, "felt_to_clock"), "measured", prototypes)
