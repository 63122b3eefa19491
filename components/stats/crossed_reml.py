"""Crossed REML: a mixed model of ratings in which people, what each person makes of each arm, and questions vary.

rating = arm + person + person in arm + question + rest. The three in the middle are drawn at random, so that the
participant stays the unit of analysis: trials of one person in one arm are no independent answers. The variances
maximise the restricted likelihood (Patterson and Thompson 1971), profiled over the arms' means and the variance of the
rest. People are blocks and questions are few, so that a thousand people take well under a second.
"""

from dataclasses import dataclass
from math import isfinite, log, nan, sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import optimize, stats

from components.stats.interval import Interval, Numbers

NEGLIGIBLE_RATIO = 1e-4  # of a standard deviation to that of the rest: taken as zero
NEGLIGIBLE_SHARE = 1e-9  # of the variance of the ratings: taken as nothing
START_RATIOS = (0.7, 0.3, 0.3)  # of the standard deviations of people, person in arm and questions to the rest
MAX_RATIO = 1e3
STEP_SHARE = 1e-3  # of a variance, for slopes and curvature
MAX_BLOCK_PRODUCT = 200_000  # multiplications in one call: for more, BLAS starts threads that wait for each other


@dataclass(frozen=True)
class CrossedFit:
    """A fitted model: the arms' means in the order of `arms`, their covariance, and the variances in squared units.

    `variances` are those of people, person in arm, questions and the rest; `hessian_inverse` is their covariance where
    they are not zero (those in `free`), as far as it can be worked out. `people` are those behind the fit.
    """

    arms: tuple[str, ...]
    means: Numbers
    covariance: Numbers
    variances: tuple[float, float, float, float]
    loglik: float
    people: int
    free: tuple[int, ...]
    slopes: tuple[Numbers, ...]
    hessian_inverse: Numbers

    def contrast(self, weights: ArrayLike, most_df: float, level: float = 0.95) -> "MeanContrast":
        """A weighted sum of the arms' means with Student's t interval at Satterthwaite's degrees of freedom, which are
        never more than `most_df`: there are no more of them than people.
        """
        row = np.asarray(weights, dtype=np.float64)
        estimate, error = float(row @ self.means), sqrt(max(float(row @ self.covariance @ row), 0.0))
        if error == 0 or not isfinite(error):
            return MeanContrast(estimate, nan, nan, nan, error, nan, self.people)
        df = min(self.satterthwaite_df(row), most_df)
        reach = float(stats.t.ppf((1 + level) / 2, df)) * error
        p = float(2 * stats.t.sf(abs(estimate) / error, df))
        return MeanContrast(estimate, estimate - reach, estimate + reach, p, error, df, self.people)

    def satterthwaite_df(self, row: Numbers) -> float:
        """Satterthwaite's degrees of freedom of a contrast; infinite where its variance does not depend on what was
        estimated.
        """
        slope = np.array([float(row @ slope @ row) for slope in self.slopes])
        spread = float(slope @ self.hessian_inverse @ slope)
        variance = float(row @ self.covariance @ row)
        return max(2 * variance**2 / spread, 1.0) if spread > 0 else float("inf")


@dataclass(frozen=True)
class MeanContrast:
    """A difference between means, with its interval, p value, standard error and degrees of freedom."""

    estimate: float
    low: float
    high: float
    p: float
    error: float
    df: float
    n: int

    @property
    def interval(self) -> Interval:
        """The estimate with its interval and the people behind it."""
        return Interval(self.estimate, self.low, self.high, self.n)

    def interval_at(self, alpha: float) -> Interval:
        """The same with the interval that misses the truth in a share `alpha` of all studies."""
        if not isfinite(self.df) and not isfinite(self.low):
            return self.interval
        reach = float(stats.t.ppf(1 - alpha / 2, self.df)) * self.error
        return Interval(self.estimate, self.estimate - reach, self.estimate + reach, self.n)


class CrossedModel:
    """The sums that the likelihood needs, worked out once from one rating per trial."""

    def __init__(self, ratings: ArrayLike, arms: ArrayLike, people: ArrayLike, questions: ArrayLike) -> None:
        y = np.asarray(ratings, dtype=np.float64)
        self.arms, arm = np.unique(np.asarray(arms).astype(str), return_inverse=True)
        persons, person = np.unique(np.asarray(people).astype(str), return_inverse=True)
        asked, question = np.unique(np.asarray(questions).astype(str), return_inverse=True)
        self.centre = float(y.mean())
        self.rows, self.people, self.width = len(y), len(persons), len(self.arms)
        varies = len(asked) > 1
        columns = [np.eye(len(self.arms))[arm], *([np.eye(len(asked))[question]] if varies else [])]
        table = np.column_stack([*columns, y - self.centre])
        cells, cell = np.unique(person * len(self.arms) + arm, return_inverse=True)
        self.cell_sums = np.zeros((len(cells), table.shape[1]))
        np.add.at(self.cell_sums, cell, table)
        self.cell_rows = np.bincount(cell).astype(np.float64)
        self.cell_person = cells // len(self.arms)
        self.products = block_product(table, table)
        repeats, crossed = bool((self.cell_rows > 1).any()), len(cells) > len(persons)
        # Where each person sees one arm, person and person in arm are the same; where each cell has one trial, person
        # in arm is the rest.
        self.possible = (crossed or repeats, crossed and repeats, varies and len(y) > len(asked))

    def information(self, person: float, cell: float) -> tuple[Numbers, float]:
        """Products of all columns weighted by the inverse covariance without questions, and the log of its determinant,
        both for a rest of variance 1 and the other variances as ratios to it.
        """
        weight = 1 / (1 + self.cell_rows * cell)
        scaled = self.cell_sums * weight[:, None]
        per_person = np.zeros((self.people, self.cell_sums.shape[1]))
        np.add.at(per_person, self.cell_person, scaled)
        load = np.bincount(self.cell_person, weight * self.cell_rows, minlength=self.people)
        pull = person / (1 + person * load)
        cells, persons = block_product(self.cell_sums, scaled), block_product(per_person, per_person * pull[:, None])
        inner = self.products - cell * cells - persons
        return inner, float(np.log1p(self.cell_rows * cell).sum() + np.log1p(person * load).sum())

    def weighted_sums(self, ratios: ArrayLike) -> tuple[Numbers, Numbers, float, float]:
        """X'V⁻¹X, X'V⁻¹y, y'V⁻¹y and ln det V, for ratios of the variances of people, person in arm and questions."""
        person, cell, question = (float(ratio) for ratio in np.asarray(ratios))
        inner, logdet = self.information(person, cell)
        width = self.width
        if question > 0 and self.possible[2]:
            between = inner[width:-1, width:-1]
            core = np.eye(len(between)) + question * between
            sides = np.delete(inner[width:-1], np.s_[width:-1], axis=1)
            outer = np.delete(np.delete(inner, np.s_[width:-1], 0), np.s_[width:-1], 1)
            inner = outer - question * sides.T @ np.linalg.solve(core, sides)
            logdet += float(np.linalg.slogdet(core)[1])
        return inner[:width, :width], inner[:width, -1], float(inner[-1, -1]), logdet

    def deviance(self, variances: ArrayLike) -> float:
        """−2 times the restricted log-likelihood for variances of people, person in arm, questions and the rest."""
        *random, rest = np.asarray(variances, dtype=np.float64)
        gram, cross, square, logdet = self.weighted_sums(np.array(random) / rest)
        free = self.rows - self.width
        missed = square - float(cross @ np.linalg.solve(gram, cross))
        known = float(np.linalg.slogdet(gram)[1])
        return float(logdet + free * log(rest) + known + missed / rest + free * log(2 * np.pi))

    def best_rest(self, ratios: ArrayLike) -> tuple[float, float]:
        """The variance of the rest that fits best beside these ratios, and the deviance there."""
        gram, cross, square, logdet = self.weighted_sums(ratios)
        free = self.rows - self.width
        rest = max((square - float(cross @ np.linalg.solve(gram, cross))) / free, 1e-300)
        return rest, logdet + float(np.linalg.slogdet(gram)[1]) + free * (1 + log(2 * np.pi * rest))

    def fit(self) -> CrossedFit:
        """The model that fits best. LinAlgError where nothing is left that varies from trial to trial."""
        used = [place for place, can in enumerate(self.possible) if can]

        def ratios_of(deviations: NDArray[np.float64]) -> Numbers:
            ratios = np.zeros(3)
            ratios[used] = np.asarray(deviations) ** 2
            return ratios

        found = np.zeros(3)
        if used:
            best = optimize.minimize(
                lambda deviations: self.best_rest(ratios_of(deviations))[1], [START_RATIOS[place] for place in used],
                method="L-BFGS-B", bounds=[(0, MAX_RATIO)] * len(used), options={"ftol": 1e-12, "gtol": 1e-7},
            )  # fmt: skip
            found = ratios_of(np.where(best.x < NEGLIGIBLE_RATIO, 0, best.x))
        rest, deviance = self.best_rest(found)
        if rest <= NEGLIGIBLE_SHARE * self.products[-1, -1] / self.rows:
            raise np.linalg.LinAlgError("the arms and the people explain every rating")
        variances = np.array([*(found * rest), rest])
        gram, cross, _, _ = self.weighted_sums(found)
        free = tuple(place for place in range(4) if variances[place] > 0)
        return CrossedFit(
            tuple(self.arms.tolist()), np.asarray(np.linalg.solve(gram, cross) + self.centre, np.float64),
            np.asarray(rest * np.linalg.inv(gram), np.float64),
            (float(variances[0]), float(variances[1]), float(variances[2]), rest), -deviance / 2, self.people, free,
            self.covariance_slopes(variances, free), self.variance_covariance(variances, free),
        )  # fmt: skip

    def covariance_of(self, variances: Numbers) -> Numbers:
        """The covariance of the arms' means for these variances."""
        return np.asarray(np.linalg.inv(self.weighted_sums(variances[:3] / variances[3])[0]) * variances[3])

    def covariance_slopes(self, variances: Numbers, free: tuple[int, ...]) -> tuple[Numbers, ...]:
        """How the covariance of the arms' means changes with each variance that is not zero."""
        slopes = []
        for place in free:
            step = np.zeros(4)
            step[place] = STEP_SHARE * variances[place]
            up, down = self.covariance_of(variances + step), self.covariance_of(variances - step)
            slopes.append((up - down) / (2 * step[place]))
        return tuple(slopes)

    def variance_covariance(self, variances: Numbers, free: tuple[int, ...]) -> Numbers:
        """The covariance of the estimated variances: twice the inverse of the deviance's curvature."""
        steps = np.array([10 * STEP_SHARE * variances[place] for place in free])

        def at(*moves: tuple[int, int]) -> float:
            moved = variances.copy()
            for place, sign in moves:
                moved[free[place]] += sign * steps[place]
            return self.deviance(moved)

        curvature = np.array([
            [(at((i, 1), (j, 1)) - at((i, 1), (j, -1)) - at((i, -1), (j, 1)) + at((i, -1), (j, -1)))
             / (4 * steps[i] * steps[j]) for j in range(len(free))]
            for i in range(len(free))
        ])  # fmt: skip
        return 2 * np.asarray(np.linalg.pinv(curvature))


def block_product(left: Numbers, right: Numbers) -> Numbers:
    """left' right, summed over blocks of rows; on a busy machine a twentieth of the time of one large product."""
    rows = max(1, MAX_BLOCK_PRODUCT // (left.shape[1] * right.shape[1]))
    total = np.zeros((left.shape[1], right.shape[1]))
    for start in range(0, len(left), rows):
        total += left[start : start + rows].T @ right[start : start + rows]
    return total
