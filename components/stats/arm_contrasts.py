"""Arm contrasts: how differently the arms of a study were rated, by person, whichever design the study has.

Within: a mixed model, since one person answers different questions in different arms, and a paired t on the means of
persons beside it. Between: Welch's t on the means of persons. Side by side: Student's t on each person's mean of the
differences within a trial.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from math import exp, isfinite, nan, sqrt

import numpy as np
import pandas as pd
from scipy import stats

from components.stats.crossed_reml import CrossedModel, MeanContrast
from components.stats.interval import Interval, Numbers, confidence_sequence, finite_numbers, mean_interval, why_none
from components.stats.person_means import CLOCK_COLUMNS, TIMING_ITEMS
from components.stats.play_contrasts import MIN_FELT_S, MIN_RATIO_CLOCK_S

PRIMARY_RATINGS = ("speed", "trust")  # with trust calibration the family that Holm's correction runs over
STUDY_MEASURES = (
    ("speed", "value"), ("trust", "value"), ("likely", "value"), ("felt_first", "felt"),
    ("felt_first", "felt_to_clock"), ("felt_complete", "felt"), ("felt_complete", "felt_to_clock"),
)  # fmt: skip


@dataclass(frozen=True)
class ArmContrast:
    """The first arm minus the second in one item, with a 95 % interval; of logarithms where `is_ratio`.

    `method` names the estimator. `sensitivity` is the same asked in another way, None where there is none. `lasting` is
    right at every look. `dz` is the mean over the spread of persons' differences, `dav` over the mean spread of the
    two; `wins` is the share of people with more in the first. Missing numbers are nan and `note` says why.
    """

    item: str
    measure: str
    first: str
    second: str
    method: str
    mean: MeanContrast
    dz: float = nan
    dav: float = nan
    wins: float = nan
    note: str = ""
    sensitivity: "ArmContrast | None" = None
    lasting: Interval | None = None
    p_adjusted: float = nan
    family: str = ""

    @property
    def is_ratio(self) -> bool:
        """Whether logarithms were compared, so that the difference is told as a ratio."""
        return self.measure != "value"

    @property
    def shown_interval(self) -> Interval:
        """The estimate with its interval, as a ratio where logarithms were compared."""
        return as_told(self.mean.interval, self.measure)

    def flip(self) -> "ArmContrast":
        """The same contrast from the other side."""
        mean = replace(self.mean, estimate=-self.mean.estimate, low=-self.mean.high, high=-self.mean.low)
        return replace(
            self, first=self.second, second=self.first, mean=mean, dz=-self.dz, dav=-self.dav, wins=1 - self.wins,
            sensitivity=self.sensitivity.flip() if self.sensitivity else None,
            lasting=self.lasting.flip() if self.lasting else None,
        )  # fmt: skip


def as_told(interval: Interval, measure: str) -> Interval:
    """An interval as it is told: of logarithms as ratios."""
    if measure == "value":
        return interval
    estimate, low, high = (
        exp(min(end, 700.0)) if isfinite(end) else nan for end in (interval.estimate, interval.low, interval.high)
    )
    return Interval(estimate, low, high, interval.n, interval.note)


def measured_trials(trials: pd.DataFrame, item: str, measure: str) -> pd.DataFrame:
    """The answers to one item that count, with the column `measured`: the value, ln(felt seconds) or ln(felt / clock).

    Trials void for timing count for neither speed nor seconds; no ratio is taken where the clock is under
    MIN_RATIO_CLOCK_S.
    """
    rows = trials[trials["item"].eq(item) & trials["value"].notna() & trials["arm"].ne("")]
    if item in TIMING_ITEMS:
        rows = rows[~rows["void"]]
    measured = rows["value"]
    if measure != "value":
        measured = np.log(measured.clip(lower=MIN_FELT_S))
    if measure == "felt_to_clock":
        rows = rows[rows[CLOCK_COLUMNS[item]] >= MIN_RATIO_CLOCK_S]
        measured = measured.loc[rows.index] - np.log(rows[CLOCK_COLUMNS[item]])
    return rows.assign(measured=measured.astype("float64"))


def arm_table(rows: pd.DataFrame, arms: Sequence[str], column: str = "measured") -> pd.DataFrame:
    """One row per person, one column per arm in the order given: the person's mean; missing where there is none."""
    means = rows.groupby(["participant", "arm"], sort=False)[column].mean().unstack()
    return means.reindex(columns=list(arms)).astype("float64")


def arm_contrasts(
    rows: pd.DataFrame, arms: Sequence[str], design: str, item: str, measure: str, alpha: float = 0.05
) -> list[ArmContrast]:
    """Every pair of arms in measured trials; intervals that last miss the truth in a share `alpha` of studies."""
    pairs = list(combinations(arms, 2))
    if design == "side":
        wide = rows.groupby(["participant", "step", "arm"], sort=False)["measured"].mean().unstack()
        wide = wide.reindex(columns=list(arms)).astype("float64")
        return [side_contrast(wide, pair, item, measure, alpha) for pair in pairs]
    table = arm_table(rows, arms)
    if design == "between":
        return [between_contrast(table, pair, item, measure, alpha) for pair in pairs]
    means = model_contrasts(rows, table, pairs)
    return [within_contrast(table, pair, means.get(pair), item, measure, alpha) for pair in pairs]


def model_contrasts(
    rows: pd.DataFrame, table: pd.DataFrame, pairs: Sequence[tuple[str, str]]
) -> Mapping[tuple[str, str], MeanContrast]:
    """The contrasts of the mixed model; none where a variance cannot be told, or everybody gave the same."""
    shown = [arm for arm in table.columns if table[arm].notna().any()]
    people = int(table.notna().any(axis=1).sum())
    if len(shown) < 2 or people < 2 or len(rows) <= len(shown) + 1 or np.ptp(rows["measured"]) < 1e-9:
        return {}
    try:
        model = CrossedModel(rows["measured"], rows["arm"], rows["participant"], rows["question"])
        fitted = model.fit()
    except np.linalg.LinAlgError:
        return {}
    places, found = {arm: place for place, arm in enumerate(fitted.arms)}, {}
    for first, second in pairs:
        both = int(table[[first, second]].notna().all(axis=1).sum())
        if first in places and second in places and both > 1:
            weights = np.zeros(len(places))
            weights[places[first]], weights[places[second]] = 1, -1
            found[first, second] = replace(fitted.contrast(weights, both - 1), n=both)
    return found


def within_contrast(
    table: pd.DataFrame,
    pair: tuple[str, str],
    fitted: MeanContrast | None,
    item: str,
    measure: str,
    alpha: float = 0.05,
) -> ArmContrast:
    """The contrast of the same people: by the mixed model with a paired t beside it, or by that alone."""
    plain = paired_contrast(table, pair, item, measure, "paired t on the means of persons", alpha)
    if fitted is None or not isfinite(fitted.low):
        return plain
    return replace(plain, method="mixed model, people and questions at random", mean=fitted, note="", sensitivity=plain)


def side_contrast(
    wide: pd.DataFrame, pair: tuple[str, str], item: str, measure: str, alpha: float = 0.05
) -> ArmContrast:
    """The contrast within trials that showed both arms side by side, averaged by person."""
    people = wide[list(pair)].dropna().groupby(level="participant", sort=False).mean()
    return paired_contrast(people, pair, item, measure, "paired t within trials, by person", alpha)


def paired_contrast(
    table: pd.DataFrame, pair: tuple[str, str], item: str, measure: str, method: str, alpha: float = 0.05
) -> ArmContrast:  # fmt: skip
    """Student's t on one difference for each person who has both."""
    both = table[list(pair)].dropna().to_numpy(np.float64)
    gaps, lasting = both[:, 0] - both[:, 1], confidence_sequence(both[:, 0] - both[:, 1], alpha)
    found, n = mean_interval(gaps), len(gaps)
    wins = float((np.sign(gaps).mean() + 1) / 2) if n else nan
    if found.note:
        mean = MeanContrast(found.estimate, nan, nan, nan, nan, nan, n)
        return ArmContrast(item, measure, *pair, method, mean, wins=wins, note=found.note, lasting=lasting)
    spread, pooled = float(gaps.std(ddof=1)), float(both.std(axis=0, ddof=1).mean())
    error = spread / sqrt(n)
    p = float(2 * stats.t.sf(abs(found.estimate) / error, n - 1))
    return ArmContrast(
        item, measure, *pair, method, MeanContrast(found.estimate, found.low, found.high, p, error, n - 1.0, n),
        found.estimate / spread, found.estimate / pooled if pooled else nan, wins, lasting=lasting,
    )  # fmt: skip


def between_contrast(
    table: pd.DataFrame, pair: tuple[str, str], item: str, measure: str, alpha: float = 0.05
) -> ArmContrast:
    """Welch's t between people who saw one arm and people who saw the other, one mean a person."""
    first, second = (finite_numbers(table[arm]) for arm in pair)
    method, n = "Welch's t on the means of persons", len(first) + len(second)
    note = next((why for why in map(why_none, (first, second)) if why), "")
    estimate = float(first.mean() - second.mean()) if len(first) and len(second) else nan
    if note:
        mean = MeanContrast(estimate, nan, nan, nan, nan, nan, n)
        return ArmContrast(item, measure, *pair, method, mean, note=note, lasting=welch_sequence(first, second, alpha))
    found = stats.ttest_ind(first, second, equal_var=False)
    low, high = found.confidence_interval(0.95)
    error = float(np.sqrt(first.var(ddof=1) / len(first) + second.var(ddof=1) / len(second)))
    mean = MeanContrast(estimate, float(low), float(high), float(found.pvalue), error, float(found.df), n)
    spread = float(np.sqrt((first.var(ddof=1) + second.var(ddof=1)) / 2))
    over = np.sign(first[:, None] - second[None, :]).mean()
    return ArmContrast(
        item, measure, *pair, method, mean, dav=estimate / spread, wins=float((over + 1) / 2),
        lasting=welch_sequence(first, second, alpha),
    )  # fmt: skip


def welch_sequence(first: Numbers, second: Numbers, alpha: float = 0.05) -> Interval:
    """A difference between two groups, right at every look: each group gets half of `alpha`."""
    one, other = confidence_sequence(first, alpha / 2), confidence_sequence(second, alpha / 2)
    estimate, note = one.estimate - other.estimate, one.note or other.note
    return Interval(estimate, one.low - other.high, one.high - other.low, one.n + other.n, note)


def arm_means(rows: pd.DataFrame, arms: Sequence[str], measure: str = "value") -> dict[str, Interval]:
    """Each arm's mean with Student's t interval over people; a geometric mean where logarithms were measured."""
    table = arm_table(rows, arms)
    return {arm: as_told(mean_interval(table[arm]), measure) for arm in arms}
