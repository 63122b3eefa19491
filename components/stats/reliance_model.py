"""Reliance model: accepting as a logit of arm and right or wrong, with answers of one person alike (GEE).

The marginal model of Liang and Zeger (1986), exchangeable within a person, with the covariance that Mancl and DeRouen
(2001) corrected for few people. Differences are told as shares. A second look beside the shares of persons.
"""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from math import nan

import numpy as np
import pandas as pd
from scipy import stats

from components.stats.interval import Interval, Numbers

MAX_CORRECTED_PEOPLE = 40  # from here on the plain robust covariance is as good, and quicker


@dataclass(frozen=True)
class RelianceModel:
    """What the model says: trust calibration of each arm, and of the first arm minus the second for each pair.

    The note says why there is none: where an arm has a share of 0 or 1, a logit has no end.
    """

    calibration: dict[str, Interval]
    differences: dict[tuple[str, str], Interval]
    people: int
    note: str = ""


def fit_reliance(rows: pd.DataFrame, arms: Sequence[str]) -> RelianceModel:
    """The model of trials as `reliance_trials` gives them."""
    used = rows[rows["arm"].isin(arms)]
    people = int(used["participant"].nunique())
    cells = [(arm, wrong) for arm in arms for wrong in (False, True)]
    shares = used.groupby(["arm", "wrong"])["value"].mean().reindex(pd.MultiIndex.from_tuples(cells))
    if people < 3 or shares.isna().any():
        return RelianceModel({}, {}, people, "every arm needs right and wrong answers, of three people")
    if shares.isin([0.0, 1.0]).any():
        return RelianceModel({}, {}, people, "everybody, or nobody, accepted all of one kind: no logit")
    means, covariance = marginal_shares(used, cells)
    gaps = {arm: np.array([(cell == (arm, False)) * 1.0 - (cell == (arm, True)) for cell in cells]) for arm in arms}

    def share_gap(weights: Numbers) -> Interval:
        reach = float(stats.t.ppf(0.975, people - 1)) * float(np.sqrt(weights @ covariance @ weights))
        middle = float(weights @ means)
        return Interval(middle, middle - reach, middle + reach, people)

    pairs = [(first, second) for place, first in enumerate(arms) for second in arms[place + 1 :]]
    return RelianceModel(
        {arm: share_gap(weights) for arm, weights in gaps.items()},
        {(first, second): share_gap(gaps[first] - gaps[second]) for first, second in pairs}, people,
    )  # fmt: skip


def marginal_shares(rows: pd.DataFrame, cells: Sequence[tuple[str, bool]]) -> tuple[Numbers, Numbers]:
    """The share accepted in each cell of arm and wrong, and their covariance, by the model."""
    from statsmodels.genmod.cov_struct import Exchangeable  # it takes a second to load, which only a result needs
    from statsmodels.genmod.families import Binomial
    from statsmodels.genmod.generalized_estimating_equations import GEE

    place = {cell: number for number, cell in enumerate(cells)}
    keys = zip(rows["arm"], rows["wrong"], strict=True)
    design = np.eye(len(cells))[[place[str(arm), bool(wrong)] for arm, wrong in keys]]
    corrected = rows["participant"].nunique() < MAX_CORRECTED_PEOPLE
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of few iterations; what does not fit has no finite covariance
        model = GEE(rows["value"].to_numpy(), design, pd.Categorical(rows["participant"]).codes, family=Binomial(),
                    cov_struct=Exchangeable())  # fmt: skip
        found = model.fit(cov_type="bias_reduced" if corrected else "robust")
    shares = 1 / (1 + np.exp(-np.asarray(found.params)))
    slope = shares * (1 - shares)
    covariance = np.asarray(found.cov_params()) * np.outer(slope, slope)
    return shares, covariance if np.isfinite(covariance).all() else np.full_like(covariance, nan)
