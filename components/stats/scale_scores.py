"""Scale scores: how the arms of a study did on questionnaires, and how reliably each questionnaire measured."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import nan

import numpy as np
import pandas as pd
from scipy import stats

from components.stats.arm_contrasts import ArmContrast, arm_table, between_contrast, paired_contrast
from components.stats.interval import Interval, Numbers, mean_interval
from components.stats.preference import wilson_interval

ScoreItems = Mapping[tuple[str, str], tuple[str, ...]]
TOP_TWO_SCORE = "satisfied"  # 1 or 0 for each person: a share
MIN_ALPHA_ITEMS, MIN_ALPHA_PEOPLE = 2, 3


@dataclass(frozen=True)
class ArmScore:
    """The score of one arm, or of everybody where `arm` is "": the mean over people with Student's t interval.

    `alpha` is Cronbach's, of the items behind the score, with Feldt's interval; its note says why there is none.
    """

    instrument: str
    score: str
    title: str
    arm: str
    mean: Interval
    alpha: Interval


def arm_scores(scores: pd.DataFrame, items: pd.DataFrame, score_items: ScoreItems) -> list[ArmScore]:
    """Every score by arm. `score_items` are the items of each (instrument, score)."""
    found = []
    for key, rows in scores.groupby(["instrument", "score", "title", "arm"], sort=False):
        instrument, score, title, arm = map(str, key)
        names = score_items.get((instrument, score), ())
        answers = items[items["instrument"].eq(instrument) & items["arm"].eq(arm)]
        wide = answers.pivot_table(index="participant", columns="item", values="turned").reindex(columns=list(names))
        means = rows.groupby("participant", sort=False)["value"].mean().dropna()
        share = score == TOP_TWO_SCORE and bool(means.isin([0.0, 1.0]).all())
        mean = wilson_interval(int(means.sum()), len(means)) if share else mean_interval(means)
        found.append(ArmScore(instrument, score, title, arm, mean, cronbach_alpha(wide.to_numpy())))
    return found


def score_contrasts(scores: pd.DataFrame, arms: Sequence[str], design: str) -> list[ArmContrast]:
    """Every pair of arms in every score that was asked about arms: exploratory."""
    about = scores[scores["arm"].ne("")]
    pairs = [(first, second) for place, first in enumerate(arms) for second in arms[place + 1 :]]
    found: list[ArmContrast] = []
    for (instrument, score), rows in about.groupby(["instrument", "score"], sort=False):
        if score == "sus_equivalent":
            continue  # a line through another score: the same contrast once more
        table, item = arm_table(rows, arms, "value"), f"{instrument}.{score}"
        if design == "between":
            found += [between_contrast(table, pair, item, "value") for pair in pairs]
        else:
            found += [paired_contrast(table, pair, item, "value", "paired t on scores") for pair in pairs]
    return found


def cronbach_alpha(answers: Numbers, level: float = 0.95) -> Interval:
    """Cronbach's alpha (1951) of answers, one row a person and one column an item, with Feldt's interval (1965).

    People who miss an item are left out.
    """
    whole = answers[np.isfinite(answers).all(axis=1)] if answers.size else np.empty((0, 0))
    n, k = whole.shape
    if k < MIN_ALPHA_ITEMS:
        return Interval(nan, nan, nan, n, "one item: no alpha")
    if n < MIN_ALPHA_PEOPLE:
        return Interval(nan, nan, nan, n, f"alpha needs {MIN_ALPHA_PEOPLE} people")
    total = float(whole.sum(axis=1).var(ddof=1))
    if total == 0:
        return Interval(nan, nan, nan, n, "everybody got the same: no alpha")
    alpha = alpha_from_variances(float(whole.var(axis=0, ddof=1).sum()), total, k)
    high, low = stats.f.ppf([(1 - level) / 2, (1 + level) / 2], n - 1, (n - 1) * (k - 1))
    return Interval(alpha, 1 - (1 - alpha) * float(low), 1 - (1 - alpha) * float(high), n)


def alpha_from_variances(items: float, total: float, count: int) -> float:
    """Alpha from the sum of the variances of so many items and the variance of their sum."""
    return count / (count - 1) * (1 - items / total)
