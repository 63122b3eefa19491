"""Signs: how many people lean which way, and how strongly that speaks, from the first person on."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import exp, log

import numpy as np
from scipy import special

from components.stats.interval import finite_numbers

UNANIMOUS_SHARE = 0.6  # of the bet is on everybody leaning the same way, the rest on any majority


@dataclass(frozen=True)
class SignCount:
    """How many people lean to the first, to the second, and to neither."""

    first: int
    second: int
    neither: int

    @property
    def n(self) -> int:
        """How many people there are."""
        return self.first + self.second + self.neither

    def flip(self) -> "SignCount":
        """The count seen from the other side."""
        return SignCount(self.second, self.first, self.neither)

    @property
    def evidence(self) -> float:
        """How strongly this speaks for “more lean to the first than to the second, and than to neither”."""
        return min(lead_e_value(self.first, self.second), lead_e_value(self.first, self.neither))


def count_signs(contrasts: Iterable[float]) -> SignCount:
    """How many of one difference per person are above zero, below it, and zero."""
    numbers = finite_numbers(contrasts)
    return SignCount(int((numbers > 0).sum()), int((numbers < 0).sum()), int((numbers == 0).sum()))


def lead_e_value(count: int, other: int) -> float:
    """The e-value for “more people choose this than the other”, from two counts: 8 against 0 gives 176, 1 is nothing.

    A bet that starts at 1 and is fair or worse whenever at most half choose this, so that it ever reaches 1/alpha in
    at most alpha of such studies, at any look (Ville 1939). Its prior for the share: all of them, or uniform over 1/2
    to 1 (the beta-binomial of Robbins 1970, cut at 1/2).
    """
    n = count + other
    unanimous = n * log(2) if not other else -float("inf")
    above = float(special.betaincc(count + 1, other + 1, 0.5))
    majority = float(special.betaln(count + 1, other + 1)) + (n + 1) * log(2) + (log(above) if above > 0 else -1e4)
    both = np.logaddexp(log(UNANIMOUS_SHARE) + unanimous, log(1 - UNANIMOUS_SHARE) + majority)
    return exp(min(float(both), 700.0))
