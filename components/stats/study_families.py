"""Study families: which claims of a study belong together, and the one budget of error that they share.

Primary are speed, trust and trust calibration, every pair of arms: Holm's correction over all of them together. What
is shown there, and what is said to be ruled out of the pairs where nothing is shown, is wrong in at most 5 of 100
studies together (Holm 1979; the intervals that go with it: Guilbaud 2008). Everything else is exploratory, corrected
by Benjamini and Hochberg.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import isfinite

from scipy import stats

from components.stats.arm_contrasts import PRIMARY_RATINGS, ArmContrast
from components.stats.error_budget import PAGE_ERROR_SHARE
from components.stats.interval import Interval
from components.stats.paired import adjust_by_holm

PRIMARY_FAMILY, EXPLORATORY_FAMILY = "primary, Holm", "exploratory, Benjamini–Hochberg"
CALIBRATION_ITEM = "trust_calibration"
PRIMARY_CLAIMS = (*PRIMARY_RATINGS, CALIBRATION_ITEM)


@dataclass(frozen=True)
class FamilyClaims:
    """Contrasts with their corrected p values, primary ones first."""

    contrasts: tuple[ArmContrast, ...]

    @property
    def primary(self) -> tuple[ArmContrast, ...]:
        """Those of the primary family."""
        return tuple(one for one in self.contrasts if one.family == PRIMARY_FAMILY)

    @property
    def open_alpha(self) -> float:
        """The share of the budget for each primary pair of which nothing is shown, for what is ruled out of it."""
        unclaimed = sum(not is_claimed(one) for one in self.primary)
        return PAGE_ERROR_SHARE / max(unclaimed, 1)

    def ruled_out(self, contrast: ArmContrast) -> Interval:
        """The interval of what is not ruled out of a pair of which nothing is shown."""
        alpha = self.open_alpha if contrast.family == PRIMARY_FAMILY else PAGE_ERROR_SHARE
        return contrast.mean.interval_at(alpha)


def is_claimed(contrast: ArmContrast) -> bool:
    """Whether a difference is shown after the correction of its family."""
    return isfinite(contrast.p_adjusted) and contrast.p_adjusted < PAGE_ERROR_SHARE


def adjust_contrasts(contrasts: Sequence[ArmContrast], primary_items: Sequence[str] = PRIMARY_CLAIMS) -> FamilyClaims:
    """The contrasts with their families and corrected p values; one without a p counts as a question asked."""
    primary = [one for one in contrasts if one.item in primary_items and one.measure == "value"]
    rest = [one for one in contrasts if one not in primary]
    by_holm = adjust_by_holm([one.mean.p for one in primary])
    known = [one.mean.p for one in rest if isfinite(one.mean.p)]
    explored = iter(stats.false_discovery_control(known) if known else ())
    return FamilyClaims((
        *(replace(one, p_adjusted=p, family=PRIMARY_FAMILY) for one, p in zip(primary, by_holm, strict=True)),
        *(
            replace(one, p_adjusted=float(next(explored)) if isfinite(one.mean.p) else one.mean.p,
                    family=EXPLORATORY_FAMILY)
            for one in rest
        ),
    ))  # fmt: skip
