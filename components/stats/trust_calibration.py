"""Trust calibration: whether people take right answers and leave wrong ones. The headline of trust in a study.

P(accept | right) − P(accept | wrong): 1 where people tell right from wrong every time, 0 where they take both alike.
Shares are worked out for each person first; the interval is Student's t over people. In a design where everybody sees
as many right and wrong answers this is the marginal model with an identity link and a covariance that is robust to
repeated answers, and it also holds where everybody took every right answer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import nan

import numpy as np
import pandas as pd
from scipy import stats

from components.stats.arm_contrasts import ArmContrast, arm_table, between_contrast, paired_contrast
from components.stats.interval import Interval, Numbers, mean_interval
from components.stats.study_families import CALIBRATION_ITEM


@dataclass(frozen=True)
class ArmReliance:
    """How people relied on one arm, with intervals over people; shares from 0 to 1.

    `calibration` is the headline. `over` is the share of wrong answers that were accepted, `under` that of right ones
    that were not. `switched` (RAIR) is the share of right answers that people turned to after a wrong one of their own,
    `stayed` (RSR) that of their own right ones that they kept against a wrong answer. `counts` are the denominators, in
    trials. `sensitivity` is d′ and `criterion` c, from all trials of the arm with the log-linear correction.
    """

    arm: str
    calibration: Interval
    over: Interval
    under: Interval
    switched: Interval
    stayed: Interval
    sensitivity: Interval
    criterion: Interval
    counts: Mapping[str, int]


def reliance_trials(trials: pd.DataFrame) -> pd.DataFrame:
    """The trials whose answer was accepted or changed: `value` 1 or 0, and whether the first and the final own answer
    were right (`first_right`, `final_right`), missing where that is not known.
    """
    rows = trials[trials["item"].eq("accept") & trials["value"].notna()]
    first = trials[trials["item"].eq("first")].set_index(["participant", "step"])["judged"]
    found = first.reindex(pd.MultiIndex.from_frame(rows[["participant", "step"]])).to_numpy()
    changed = rows["judged"].where(rows["words"].ne(""), pd.Series(found, rows.index))  # no words: the own answer stays
    return rows.assign(
        first_right=found, final_right=changed.where(rows["value"].eq(0), (~rows["wrong"]).astype("float64"))
    )


def calibration_table(rows: pd.DataFrame, arms: Sequence[str]) -> pd.DataFrame:
    """One row per person, one column per arm: the share of right answers accepted minus that of wrong ones."""
    right, wrong = (arm_table(rows[rows["wrong"].eq(wrong)], arms, "value") for wrong in (False, True))
    return right - wrong


def calibration_contrasts(
    rows: pd.DataFrame, arms: Sequence[str], design: str, alpha: float = 0.05
) -> list[ArmContrast]:
    """Every pair of arms that showed right and wrong answers, in trust calibration."""
    table = calibration_table(rows, arms)
    shown = [arm for arm in arms if table[arm].notna().any()]
    pairs = [(first, second) for place, first in enumerate(shown) for second in shown[place + 1 :]]
    if design == "between":
        return [between_contrast(table, pair, CALIBRATION_ITEM, "value", alpha) for pair in pairs]
    method = "paired t on the calibration of persons"
    return [paired_contrast(table, pair, CALIBRATION_ITEM, "value", method, alpha) for pair in pairs]


def arm_reliance(rows: pd.DataFrame, arm: str) -> ArmReliance:
    """How people relied on one arm, from `reliance_trials`."""
    own = rows[rows["arm"].eq(arm)]
    right, wrong = own[~own["wrong"]], own[own["wrong"]]
    turned, kept = right[right["first_right"].eq(0)], wrong[wrong["first_right"].eq(1)]
    kept = kept[kept["final_right"].notna()]
    d_prime, criterion = detection_measures(own)
    return ArmReliance(
        arm, mean_interval(calibration_table(own, [arm])[arm]), person_share(wrong, "value"),
        person_share(right.assign(left=1 - right["value"]), "left"), person_share(turned, "final_right"),
        person_share(kept, "final_right"), d_prime, criterion,
        {"right": len(right), "wrong": len(wrong), "first wrong, answer right": len(turned),
         "first right, answer wrong": len(kept)},
    )  # fmt: skip


def person_share(rows: pd.DataFrame, column: str) -> Interval:
    """The mean of persons' shares with Student's t interval, cut at 0 and 1."""
    found = mean_interval(rows.groupby("participant", sort=False)[column].mean().dropna())
    return Interval(found.estimate, max(found.low, 0.0), min(found.high, 1.0), found.n, found.note)


def detection_measures(rows: pd.DataFrame) -> tuple[Interval, Interval]:
    """d′ and the criterion of accepting right answers, with intervals by leaving out one person at a time.

    From counts over all trials with half a trial added to each (log-linear correction, Hautus 1995).
    """
    people = pd.Categorical(rows["participant"]).codes
    n = int(people.max()) + 1 if len(people) else 0
    if n < 2 or rows["wrong"].nunique() < 2:
        missing = Interval(nan, nan, nan, n, "needs right and wrong answers, of two people")
        return missing, missing
    counts = np.array([
        np.bincount(people, weights=(rows["wrong"].eq(wrong) & keep).to_numpy(float), minlength=n)
        for wrong in (False, True)
        for keep in (rows["value"].eq(1), rows["value"].notna())
    ])  # fmt: skip
    whole = counts.sum(axis=1, keepdims=True)
    return (
        jackknife_interval(d_prime_of(whole)[0], d_prime_of(whole - counts)),
        jackknife_interval(criterion_of(whole)[0], criterion_of(whole - counts)),
    )


def rate_scores(counts: Numbers) -> tuple[Numbers, Numbers]:
    """The normal scores of accepting right and of accepting wrong answers; rows: right accepted, right, wrong accepted,
    wrong."""
    hits, right, alarms, wrong = counts
    return stats.norm.ppf((hits + 0.5) / (right + 1)), stats.norm.ppf((alarms + 0.5) / (wrong + 1))


def d_prime_of(counts: Numbers) -> Numbers:
    """d′ of each column of counts."""
    hit, alarm = rate_scores(counts)
    return np.asarray(hit - alarm)


def criterion_of(counts: Numbers) -> Numbers:
    """The criterion c of each column of counts: below 0 where people accept more than they leave."""
    hit, alarm = rate_scores(counts)
    return np.asarray(-(hit + alarm) / 2)


def jackknife_interval(estimate: float, without_one: Numbers) -> Interval:
    """An estimate with the interval of the jackknife over people (Efron 1982)."""
    n = len(without_one)
    error = float(np.sqrt((n - 1) / n * ((without_one - without_one.mean()) ** 2).sum()))
    reach = float(stats.t.ppf(0.975, n - 1)) * error
    return Interval(float(estimate), float(estimate) - reach, float(estimate) + reach, n)


def mcnemar_midp(only_first: int, only_second: int) -> float:
    """The mid-p of McNemar's test from the people who accept in one arm alone (Fagerland, Lydersen and Laake 2013)."""
    n, few = only_first + only_second, min(only_first, only_second)
    if not n:
        return 1.0
    point = float(stats.binom.pmf(few, n, 0.5))
    return min(1.0, 2 * float(stats.binom.cdf(few, n, 0.5)) - point)


def accept_midp(rows: pd.DataFrame, first: str, second: str) -> float:
    """McNemar's mid-p for two arms with one answer each a person; nan where somebody has more, who needs a model."""
    counted = rows[rows["arm"].isin([first, second])]
    if counted.duplicated(["participant", "arm"]).any():
        return nan
    both = arm_table(counted, [first, second], "value").dropna()
    ahead = both[first] - both[second]
    return mcnemar_midp(int(ahead.gt(0).sum()), int(ahead.lt(0).sum()))
