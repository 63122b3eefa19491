"""Paired: how differently the same people rated two prototypes, if the number of people was fixed beforehand."""

import warnings
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from math import erfc, isfinite, nan, sqrt

import numpy as np
import pandas as pd
from scipy import stats

from components.stats.interval import Numbers, mean_interval, why_none
from components.stats.play_contrasts import measure_ratings, paired_means, play_table, with_long_clocks

MEASURE_LABELS = {"value": "difference", "felt": "ratio of felt times", "felt_to_clock": "ratio of felt / clock"}
RESAMPLES = 10_000
MAX_FLIPPED_PEOPLE = 500  # from here on the flipped means are normal to the fourth decimal
MAX_LISTED_PEOPLE = 1500  # whose pairs are all listed; for more, the median is searched
PRIMARY_ITEMS = ("speed", "trust")  # the family of questions that Holm's correction runs over, times every pair
# Every row of the table of pairs: what is asked, and how it is measured (see play_contrasts).
PAIR_ROWS = (
    *((item, "value") for item in PRIMARY_ITEMS),
    ("felt_first", "felt"), ("felt_first", "felt_to_clock"), ("felt_complete", "felt"),
    ("felt_complete", "felt_to_clock"),
)  # fmt: skip


@dataclass(frozen=True)
class PairedDifference:
    """The first minus the second, by person: mean with Student's t 95 % interval, and a sign-flip p.

    `dz` is the mean over the spread of the differences, `dav` over the mean spread of the two; `wins` is the share of
    people who rated the first higher, ties as half. `median` (Hodges–Lehmann) and `p_rank` (Wilcoxon, Pratt's zeros)
    ask the same of the ranks. Missing numbers are nan and `note` says why.
    """

    n: int
    mean: float
    low: float = nan
    high: float = nan
    p: float = nan
    dz: float = nan
    dav: float = nan
    wins: float = nan
    median: float = nan
    p_rank: float = nan
    note: str = ""

    @property
    def as_ratio(self) -> "PairedDifference":
        """The same, where differences of logarithms were compared: mean, interval and median as ratios."""
        mean, low, high, median = np.exp([self.mean, self.low, self.high, self.median])
        return replace(self, mean=float(mean), low=float(low), high=float(high), median=float(median))


def compare_paired(first: Iterable[float], second: Iterable[float], seed: int = 0) -> PairedDifference:
    """Compare two columns of one number per person; people who miss one of them are left out."""
    both = np.array([list(first), list(second)], dtype=np.float64)
    both = both[:, np.isfinite(both).all(axis=0)]
    gaps = both[0] - both[1]
    if len(gaps) == 0:
        return PairedDifference(0, nan, note=why_none(gaps))
    wins = float((np.sign(gaps).mean() + 1) / 2)
    plain = PairedDifference(len(gaps), float(gaps.mean()), wins=wins, median=hodges_lehmann(gaps), note=why_none(gaps))
    if plain.note:
        return plain
    mean, spread, pooled = mean_interval(gaps), float(gaps.std(ddof=1)), float(both.std(axis=1, ddof=1).mean())
    return PairedDifference(
        plain.n, plain.mean, mean.low, mean.high, sign_flip_p(gaps, seed), plain.mean / spread,
        plain.mean / pooled if pooled else nan, wins, plain.median, wilcoxon_p(gaps),
    )  # fmt: skip


def sign_flip_p(gaps: Numbers, seed: int) -> float:
    """How often flipping signs at random gives a mean this far from zero; exact up to 13 people.

    What scipy's permutation_test gives, which flips one person at a time and takes seconds. Of many people the normal
    limit of the flipped means.
    """
    n, bits = len(gaps), np.random.default_rng(seed)
    if n > MAX_FLIPPED_PEOPLE:
        return erfc(abs(float(gaps.sum())) / sqrt(2 * float(gaps @ gaps)))
    exact = 2**n <= RESAMPLES
    flips = np.arange(2**n)[:, None] >> np.arange(n) & 1 if exact else bits.integers(0, 2, (RESAMPLES - 1, n))
    extreme = np.abs((1 - 2 * flips) @ gaps) >= abs(gaps.sum()) * (1 - 1e-12)
    return float(extreme.mean()) if exact else float((extreme.sum() + 1) / RESAMPLES)


def wilcoxon_p(gaps: Numbers) -> float:
    """The p value of Wilcoxon's signed-rank test, zeros by Pratt; exact where no two differences have the same size."""
    sizes = np.abs(gaps)
    exact = len(np.unique(sizes)) == len(sizes) and sizes.all()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # small samples make scipy warn of its approximation; n is always shown
        return float(stats.wilcoxon(gaps, zero_method="pratt", method="auto" if exact else "asymptotic").pvalue)


def hodges_lehmann(gaps: Numbers) -> float:
    """Hodges and Lehmann's estimate: the median of the means of all pairs of differences, each with itself too."""
    if len(gaps) > MAX_LISTED_PEOPLE:
        return searched_median(np.sort(gaps))
    i, j = np.triu_indices(len(gaps))
    return float(np.median((gaps[i] + gaps[j]) / 2))


def searched_median(ordered: Numbers) -> float:
    """The median of the means of all pairs of ordered numbers, by halving its range: n log n steps for n² / 2 pairs."""
    n, low, high = len(ordered), float(ordered[0]), float(ordered[-1])
    half = n * (n + 1) / 4
    for _ in range(60):
        middle = (low + high) / 2
        upto = np.searchsorted(ordered, 2 * middle - ordered, side="right") - np.arange(n)  # partners from itself on
        low, high = (low, middle) if np.maximum(upto, 0).sum() >= half else (middle, high)
    return high


def adjust_by_holm(ps: Sequence[float]) -> list[float]:
    """Holm's adjusted p values, in the order given; a missing one stays missing but counts as a question asked."""
    order = sorted(range(len(ps)), key=lambda i: ps[i] if isfinite(ps[i]) else 1.0)
    adjusted, last = [nan] * len(ps), 0.0
    for rank, i in enumerate(order):
        if isfinite(ps[i]):
            last = max(last, min(1.0, (len(ps) - rank) * ps[i]))
            adjusted[i] = last
    return adjusted


def compare_all_pairs(frame: pd.DataFrame, names: Mapping[str, str], blind: bool = True) -> pd.DataFrame:
    """Every pair of prototypes (id: name) in each question, within plays: one row each, with `p_adjusted`.

    Speed and trust are the primary family, corrected by Holm; felt times are exploratory, corrected by Benjamini and
    Hochberg. Felt times are compared as logarithms and told as ratios. With `blind` False, what was answered with the
    clock on the screen.
    """
    rows = []
    for item, measure in PAIR_ROWS:
        ratings = measure_ratings(frame, item, measure, blind)
        plays = play_table(ratings if measure == "value" else with_long_clocks(ratings, item), list(names))
        for first, second in combinations(names, 2):
            people = paired_means(plays, first, second)
            found = compare_paired(people[first], people[second])
            found = found if measure == "value" else found.as_ratio
            family = "primary, Holm" if item in PRIMARY_ITEMS else "exploratory, Benjamini–Hochberg"
            about = {"item": item, "measure": MEASURE_LABELS[measure], "first": names[first], "second": names[second]}
            rows.append({**about, **vars(found), "family": family})
    columns = ["item", "measure", "first", "second", *PairedDifference.__dataclass_fields__, "family"]
    table = pd.DataFrame(rows, columns=columns)
    return table.assign(p_adjusted=adjust_by_family(table))


def adjust_by_family(table: pd.DataFrame) -> pd.Series:
    """The adjusted p of each row, by the correction of its family; a missing p stays missing."""
    primary = table["item"].isin(PRIMARY_ITEMS)
    by_holm = pd.Series(adjust_by_holm(table.loc[primary, "p"].tolist()), table.index[primary], dtype="float64")
    rest = table.loc[~primary, "p"].dropna()
    explored = pd.Series(stats.false_discovery_control(rest) if len(rest) else [], rest.index, dtype="float64")
    return pd.concat([by_holm, explored]).reindex(table.index)
