"""Power simulation: how often a study of so many people would show a difference of a given size, by playing it out.

Ratings are drawn for every trial of the study's own plan: each person has a level and a liking for each arm, each
question has a difficulty, and each rating strays by itself. Each drawn study is analysed as the real one will be: by
the people's mean differences (Student's t), or by people's means in two groups (Welch's t).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt

import numpy as np
import numpy.typing as npt
from scipy import stats

from components.stats.arm_contrasts import PRIMARY_RATINGS
from components.stats.error_budget import PAGE_ERROR_SHARE
from components.stats.interval import Numbers
from components.study.study import Study
from components.study.trial_plan import slot_plan, trials_of

DRAWN_STUDIES = 1000
WANTED_POWER = 0.8
LARGEST_PLAN_PEOPLE = 1_200
CHUNK_RATINGS = 4_000_000  # drawn at once, so that memory stays small


@dataclass(frozen=True)
class RatingSpread:
    """Standard deviations in points: of people, of each person's liking for an arm, of questions, and of the rest.

    The first values are rough ones for a 0 to 100 slider; a pilot gives better ones.
    """

    person: float = 15.0
    liking: float = 8.0
    question: float = 8.0
    rest: float = 16.0


@dataclass(frozen=True)
class PowerEstimate:
    """The share of drawn studies of so many people in which the difference was shown; `error` is its standard error."""

    people: int
    power: float

    @property
    def error(self) -> float:
        """The standard error of the share."""
        return sqrt(self.power * (1 - self.power) / DRAWN_STUDIES)


def study_power(study: Study, people: int, effect: float, spread: RatingSpread, seed: int = 0) -> PowerEstimate:
    """How often the first two arms would be shown to differ by `effect` points, with so many people.

    The level is the page's budget of error over every pair of arms and every primary claim that the study will make,
    as Holm asks of the first one that is shown.
    """
    rows = np.array(list(planned_ratings(study, people)), dtype=np.int64).reshape(-1, 3)
    level = PAGE_ERROR_SHARE / primary_claim_count(study)
    arm_means, draw = np.array([effect, 0.0]), np.random.default_rng(seed)
    shown, done = 0, 0
    while done < DRAWN_STUDIES and len(rows):
        size = min(DRAWN_STUDIES - done, max(1, CHUNK_RATINGS // len(rows)))
        means = drawn_means(rows, (people, int(rows[:, 2].max()) + 1, size), arm_means, spread, draw)
        ps = between_p(means) if study.design == "between" else within_p(means)
        shown += int((ps < level).sum())
        done += size
    return PowerEstimate(people, shown / DRAWN_STUDIES)


def primary_claim_count(study: Study) -> int:
    """How many primary claims the analysis makes: speed and trust where asked, trust calibration where some answers are
    wrong, each for every pair of arms.
    """
    arms = study.shown_arms
    pairs = len(arms) * (len(arms) - 1) // 2
    calibrated = "accept" in study.battery and any(study.wrong_count(arm) for arm in arms)
    return max(1, pairs * (sum(item in study.battery for item in PRIMARY_RATINGS) + calibrated))


def planned_ratings(study: Study, people: int, arms: int = 2) -> Iterator[tuple[int, int, int]]:
    """(person, arm, question) of every rating of the first so many arms in the study's plan, as numbers."""
    numbers = {task.question: number for number, task in enumerate(study.tasks)}
    keys = {arm.key: number for number, arm in enumerate(study.shown_arms[:arms])}
    for slot in slot_plan(study, people):
        for block in trials_of(study, slot):
            for trial in block:
                for arm in trial.arms:
                    if arm.key in keys:
                        yield slot.number, keys[arm.key], numbers[trial.task.question]


def drawn_means(
    rows: npt.NDArray[np.int64],
    shape: tuple[int, int, int],
    arm_means: Numbers,
    spread: RatingSpread,
    draw: np.random.Generator,
    line: float | None = None,
) -> Numbers:
    """Each person's mean rating of the arms in every drawn study: people × arms × studies, nan where there is none.

    `arm_means` are the arms' own. Where a `line` is given, it is the share of ratings above it.
    """
    people, questions, size = shape
    arms = len(arm_means)
    person, arm, question = rows.T
    ratings = draw.normal(0, spread.rest, (len(rows), size)) + arm_means[arm][:, None]
    ratings += draw.normal(0, spread.person, (people, size))[person]
    ratings += draw.normal(0, spread.liking, (people, arms, size))[person, arm]
    ratings += draw.normal(0, spread.question, (questions, size))[question]
    if line is not None:
        ratings = (ratings > line).astype(np.float64)
    place = person * arms + arm
    order = np.argsort(place, kind="stable")
    starts = np.flatnonzero(np.r_[True, np.diff(place[order]) > 0])
    counts = np.diff(np.r_[starts, len(rows)])
    means = np.full((people * arms, size), np.nan)
    means[place[order][starts]] = np.add.reduceat(ratings[order], starts) / counts[:, None]
    return means.reshape(people, arms, size)


def within_p(means: Numbers) -> Numbers:
    """The p value of Student's t on the people's differences, in every drawn study."""
    gaps = means[:, 0] - means[:, 1]
    gaps = gaps[np.isfinite(gaps).all(axis=1)]
    if len(gaps) < 2:
        return np.ones(means.shape[2])
    return np.asarray(stats.ttest_1samp(gaps, 0.0).pvalue)


def between_p(means: Numbers) -> Numbers:
    """The p value of Welch's t on the people's means in two groups, in every drawn study."""
    first, second = (means[:, arm][np.isfinite(means[:, arm]).all(axis=1)] for arm in (0, 1))
    if min(len(first), len(second)) < 2:
        return np.ones(means.shape[2])
    return np.asarray(stats.ttest_ind(first, second, equal_var=False).pvalue)


def people_wanted(study: Study, effect: float, spread: RatingSpread, seed: int = 0) -> PowerEstimate | None:
    """The fewest people with which the difference would be shown in WANTED_POWER of studies, by steps of whole squares.

    None where LARGEST_PLAN_PEOPLE are too few.
    """
    step = plan_step(study)
    low, high = 0, LARGEST_PLAN_PEOPLE // step
    best = study_power(study, high * step, effect, spread, seed)
    if best.power < WANTED_POWER:
        return None
    while high - low > 1:
        middle = (low + high) // 2
        found = study_power(study, middle * step, effect, spread, seed)
        if found.power >= WANTED_POWER:
            high, best = middle, found
        else:
            low = middle
    return best


def plan_step(study: Study) -> int:
    """How many people make the plan whole: one for each order of the arms."""
    if study.design == "between":
        return max(1, len(study.shown_arms))
    return max(1, len({slot.blocks for slot in slot_plan(study, 200)}))
