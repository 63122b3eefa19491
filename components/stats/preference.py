"""Preference: which prototype people choose in a question, and how sure that is, however often one looks."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, log, nan, sqrt

import pandas as pd
from scipy import optimize, special, stats

from components.stats.error_budget import interval_alpha, signs_threshold
from components.stats.interval import Interval
from components.stats.person_means import TIMING_ITEMS, latest_ratings
from components.stats.sign_counts import lead_e_value

NO_DIFFERENCE = "none"  # the choice "no difference"


def person_choices(frame: pd.DataFrame, item: str = "ship", blind: bool = True) -> pd.Series:
    """What each person chose in a question, by rater: the choice made last before the clock was shown.

    With `blind` False, the one made last with the clock on the screen. Of a question about time, void plays are left
    out.
    """
    last = latest_ratings(frame[frame["item"].eq(item) & frame["choice"].ne("") & frame["blind"].eq(blind)])
    last = last[~last["void"]] if item in TIMING_ITEMS else last
    return last.drop_duplicates("rater", keep="last").set_index("rater")["choice"]


@dataclass(frozen=True)
class PreferenceShare:
    """How many of those asked chose one thing (a prototype's id or "none"), with two intervals for the share.

    `fixed_n` is Wilson's, right if the number of people was fixed beforehand; `anytime` stays right at every look,
    over all choices together, within its part of the error budget.
    """

    choice: str
    count: int
    n: int
    fixed_n: Interval
    anytime: Interval


def preference_shares(
    frame: pd.DataFrame, prototypes: Sequence[str], blind: bool = True, item: str = "ship"
) -> tuple[PreferenceShare, ...]:
    """The share of every prototype in the order given, and of "no difference" last."""
    counts = person_choices(frame, item, blind).value_counts()
    n, alpha = int(counts.sum()), interval_alpha(item, len(prototypes) + 1)
    pairs = [(choice, int(counts.get(choice, 0))) for choice in (*prototypes, NO_DIFFERENCE)]
    return tuple(
        PreferenceShare(choice, count, n, wilson_interval(count, n), anytime_interval(count, n, alpha))
        for choice, count in pairs
    )


def wilson_interval(count: int, n: int, level: float = 0.95) -> Interval:
    """A share with Wilson's score interval."""
    if n == 0:
        return Interval(nan, nan, nan, 0, "nobody answered yet")
    z, share = float(stats.norm.ppf((1 + level) / 2)), count / n
    centre, reach = share + z * z / (2 * n), z * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    scale = 1 + z * z / n
    return Interval(share, max(0.0, (centre - reach) / scale), min(1.0, (centre + reach) / scale), n)


def log_e_value(count: int, n: int, share: float = 0.5) -> float:
    """The natural logarithm of the beta-binomial e-value against a true share: 1 : e bets, uniform prior.

    Under the null its expectation never exceeds 1 at any look (Robbins 1970), so e ≥ 20 is a 5 % test at all times.
    """
    if share <= 0 or share >= 1:
        return 0.0 if (count == 0 and share <= 0) or (count == n and share >= 1) else inf
    prior = float(special.betaln(count + 1, n - count + 1))
    return prior - count * log(share) - (n - count) * log(1 - share)


def anytime_interval(count: int, n: int, alpha: float = 0.05) -> Interval:
    """A share with the interval of all shares whose e-value stays under 1/alpha: right at every look."""
    if n == 0:
        return Interval(nan, nan, nan, 0, "nobody answered yet")
    share = count / n

    def excess(p: float) -> float:
        return log_e_value(count, n, p) + log(alpha)

    low = 0.0 if count == 0 else float(optimize.brentq(excess, 1e-12, share)) if excess(1e-12) > 0 else 0.0
    high = 1.0 if count == n else float(optimize.brentq(excess, share, 1 - 1e-12)) if excess(1 - 1e-12) > 0 else 1.0
    return Interval(share, low, high, n)


def find_favourite(shares: Sequence[PreferenceShare], item: str = "ship") -> PreferenceShare | None:
    """The prototype that more people choose than any other and than "no difference", at every look; None if none is.

    A favourite has to beat each of the others. To be named falsely it has to beat the one that really leads, so each
    prototype is one claim, and the error budget is shared by as many claims as there are prototypes.
    """
    prototypes = [share for share in shares if share.choice != NO_DIFFERENCE]
    best = max(prototypes, key=lambda share: share.count, default=None)
    if best is None or len(prototypes) < 2:
        return None
    threshold = signs_threshold(item, len(prototypes))
    beaten = (lead_e_value(best.count, share.count) >= threshold for share in shares if share is not best)
    return best if all(beaten) else None
