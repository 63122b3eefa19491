"""Paired: how differently the same people rated two prototypes, if the number of people was fixed beforehand."""

import warnings
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import isfinite, nan

import numpy as np
import pandas as pd
from scipy import stats

from components.stats.interval import Numbers, why_none
from components.stats.person_means import person_means

RESAMPLES = 10_000
PRIMARY_ITEMS = ("speed", "trust")  # the family of questions that Holm's correction runs over, times every pair


@dataclass(frozen=True)
class PairedDifference:
    """The first minus the second, by person: mean with a BCa bootstrap 95 % interval, and a sign-flip p.

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
    low, high = bootstrap_interval(gaps, seed)
    spread, pooled = float(gaps.std(ddof=1)), float(both.std(axis=1, ddof=1).mean())
    return PairedDifference(
        plain.n, plain.mean, low, high, sign_flip_p(gaps, seed), plain.mean / spread,
        plain.mean / pooled if pooled else nan, wins, plain.median, wilcoxon_p(gaps),
        note="" if isfinite(low) else "too alike for an interval",
    )  # fmt: skip


def bootstrap_interval(gaps: Numbers, seed: int) -> tuple[float, float]:
    """The BCa bootstrap 95 % interval of the mean over people; nan where nearly everybody gave the same."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # scipy warns of degenerate data, which we say in words
        result = stats.bootstrap(
            (gaps,), np.mean, n_resamples=RESAMPLES, method="BCa", rng=np.random.default_rng(seed), vectorized=True
        )
    return float(result.confidence_interval.low), float(result.confidence_interval.high)


def sign_flip_p(gaps: Numbers, seed: int) -> float:
    """How often flipping signs at random gives a mean this far from zero; exact up to 13 people.

    What scipy's permutation_test gives, which flips one person at a time and takes seconds.
    """
    n, bits = len(gaps), np.random.default_rng(seed)
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
    i, j = np.triu_indices(len(gaps))
    return float(np.median((gaps[i] + gaps[j]) / 2))


def adjust_by_holm(ps: Sequence[float]) -> list[float]:
    """Holm's adjusted p values, in the order given; a missing one stays missing but counts as a question asked."""
    order = sorted(range(len(ps)), key=lambda i: ps[i] if isfinite(ps[i]) else 1.0)
    adjusted, last = [nan] * len(ps), 0.0
    for rank, i in enumerate(order):
        if isfinite(ps[i]):
            last = max(last, min(1.0, (len(ps) - rank) * ps[i]))
            adjusted[i] = last
    return adjusted


def compare_all_pairs(frame: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """Every pair of prototypes (id: name) in each primary question, with `p_holm` over all of them."""
    rows = []
    for item in PRIMARY_ITEMS:
        people = person_means(frame, item, list(names))
        for first, second in combinations(names, 2):
            difference = compare_paired(people[first], people[second])
            rows.append({"item": item, "first": names[first], "second": names[second], **vars(difference)})
    table = pd.DataFrame(rows, columns=["item", "first", "second", *PairedDifference.__dataclass_fields__])
    return table.assign(p_holm=adjust_by_holm(table["p"].tolist()))
