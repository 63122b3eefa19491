"""Intervals: how far a mean could be from the truth, from one look and from any number of looks."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import exp, log, nan, sqrt

import numpy as np
from numpy.typing import NDArray
from scipy import stats

Numbers = NDArray[np.float64]
MIN_LIVE_PEOPLE = 20  # people before a live page says anything: the interval below is an approximation that needs them
TUNED_PEOPLE = 60  # people at which the live interval is narrowest


@dataclass(frozen=True)
class Interval:
    """An estimate with its interval and the people behind it; `note` says why there is none where low is missing."""

    estimate: float
    low: float
    high: float
    n: int
    note: str = ""

    @property
    def excludes_zero(self) -> bool:
        """Whether the interval leaves zero out, so that a difference is shown."""
        return self.low > 0 or self.high < 0

    @property
    def smallest_excluded(self) -> float:
        """The smallest absolute difference outside of the interval."""
        return max(abs(self.low), abs(self.high))

    def flip(self) -> "Interval":
        """The interval of the negated difference."""
        return Interval(-self.estimate, -self.high, -self.low, self.n, self.note)


def finite_numbers(values: Iterable[float]) -> Numbers:
    """The finite values, as an array."""
    numbers = np.asarray(list(values), dtype=np.float64)
    return numbers[np.isfinite(numbers)]


def why_none(values: Numbers) -> str:
    """Why no interval can be worked out from these values; "" where one can."""
    if len(values) == 0:
        return "nobody answered yet"
    if len(values) == 1:
        return "one person: no interval"
    same = np.ptp(values) <= 1e-9 * max(1.0, float(np.abs(values).max()))  # what is left of sums that should be equal
    return "everybody gave the same: no interval" if same else ""


def mean_without_interval(values: Numbers) -> Interval:
    """The mean alone, with the reason why it has no interval."""
    mean = float(values.mean()) if len(values) else nan
    return Interval(mean, nan, nan, len(values), why_none(values))


def mean_interval(values: Iterable[float], level: float = 0.95) -> Interval:
    """The mean of one number per person with Student's t interval, right if the number of people was fixed before."""
    numbers = finite_numbers(values)
    if why_none(numbers):
        return mean_without_interval(numbers)
    middle, reach = (
        numbers.mean(),
        stats.t.ppf((1 + level) / 2, len(numbers) - 1) * numbers.std(ddof=1) / sqrt(len(numbers)),
    )
    return Interval(float(middle), float(middle - reach), float(middle + reach), len(numbers))


def resampled_percentiles(people: int, level: float = 0.95) -> tuple[float, float]:
    """Which percentiles of estimates from people drawn again make an interval: wider ones than 2.5 and 97.5 where
    people are few, as resamples vary too little (Hesterberg 2015, the expanded percentile interval).
    """
    if people < 2:
        return 0.0, 100.0
    reach = sqrt(people / (people - 1)) * float(stats.t.ppf((1 + level) / 2, people - 1))
    low = 100 * float(stats.norm.cdf(-reach))
    return low, 100 - low


def ratio_interval(logs: Iterable[float]) -> Interval:
    """The geometric mean of felt / clock from one ln(felt / clock) per person, with its 95 % interval."""
    mean = mean_interval(logs)
    estimate, low, high = (exp(min(log_, 700.0)) for log_ in (mean.estimate, mean.low, mean.high))
    return Interval(estimate, low, high, mean.n, mean.note)


def confidence_sequence(values: Iterable[float], alpha: float = 0.05) -> Interval:
    """The mean with an interval that stays right however often one looks, from MIN_LIVE_PEOPLE on.

    The asymptotic confidence sequence of Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas (2021, arXiv 2103.06476),
    tuned as they propose to be narrowest at TUNED_PEOPLE.
    """
    numbers = finite_numbers(values)
    if len(numbers) < MIN_LIVE_PEOPLE or why_none(numbers):
        note = why_none(numbers) or f"an interval needs {MIN_LIVE_PEOPLE} people"
        return Interval(mean_without_interval(numbers).estimate, nan, nan, len(numbers), note)
    middle, reach = float(numbers.mean()), float(numbers.std()) * sequence_width(len(numbers), alpha)
    return Interval(middle, middle - reach, middle + reach, len(numbers))


def sequence_width(n: int, alpha: float) -> float:
    """Half the width of the `confidence_sequence` at n people, in standard deviations."""
    rho2 = (-2 * log(alpha) + log(-2 * log(alpha) + 1)) / TUNED_PEOPLE
    return sqrt(2 * (n * rho2 + 1) / (n**2 * rho2) * log(sqrt(n * rho2 + 1) / alpha))
