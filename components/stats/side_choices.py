"""Side choices: which of two arms side by side people chose, with ties and a leaning to the left, over many trials.

Davidson's model (1970) of Bradley and Terry's choices with an order effect (Davidson and Beaver 1977): beside a
strength for each arm, what the left one gains by standing there, and how often people see no difference.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, nan

import numpy as np
import pandas as pd

from components.stats.interval import Interval, Numbers, resampled_percentiles
from components.stats.preference import NO_DIFFERENCE
from components.stats.sign_counts import SignCount, count_signs

MAX_STEPS = 60
CHOICE_RESAMPLES = 1000
MIN_CHOICE_PEOPLE = 8  # whom it makes sense to draw again
RIDGE_WEIGHT = 0.05  # of a trial; keeps strengths finite where somebody never lost
MAX_STRENGTH = 8.0  # of a logarithm: beyond, the data say “always”


@dataclass(frozen=True)
class SideChoices:
    """Strengths of arms as logarithms, against the first arm; the leaning to the left, and ties, as logarithms too.

    `preferred` is P(the first of a pair is chosen | one is), were neither on the left, with its interval by resampling
    people; `over_ties` is P(the first is chosen | it or no difference), for each order of a pair. `left` is P(left |
    one is chosen) of equal arms. `leanings` counts the people who chose the first of a pair more often, the second, or
    both alike: from it follows what holds at every look. `ridged`: a small pull to zero was needed, as an arm always
    or never won.
    """

    strengths: Mapping[str, float]
    preferred: Mapping[tuple[str, str], Interval]
    over_ties: Mapping[tuple[str, str], Interval]
    left: Interval
    leanings: Mapping[tuple[str, str], SignCount]
    tie_log: float
    ridged: bool
    trials: int
    people: int


def choice_counts(trials: pd.DataFrame, arms: Sequence[str], item: str = "prefer") -> tuple[Numbers, Numbers]:
    """How often each person chose what: (people, cells), and the cells as (left, right, chosen) numbers of arms.

    `chosen` is 0 for the left one, 1 for the right one and 2 for no difference.
    """
    rows = trials[trials["item"].eq(item)]
    rows = rows[rows["choice"].eq(rows["left"]) | rows["choice"].eq(rows["right"]) | rows["choice"].eq(NO_DIFFERENCE)]
    place = {arm: number for number, arm in enumerate(arms)}
    left, right = (rows[side].map(place).to_numpy(np.int64) for side in ("left", "right"))
    chosen = np.where(rows["choice"].eq(rows["left"]), 0, np.where(rows["choice"].eq(rows["right"]), 1, 2))
    cells, cell = np.unique(np.column_stack([left, right, chosen]), axis=0, return_inverse=True)
    people = pd.Categorical(rows["participant"]).codes
    counts = np.zeros((int(people.max()) + 1 if len(people) else 0, len(cells)))
    np.add.at(counts, (people, cell.ravel()), 1)
    return counts, cells


def choice_design(cells: Numbers, arms: int, order: bool, ties: bool) -> Numbers:
    """What each possible choice in each cell adds up of: (cells, 3, parameters), the first arm's strength being 0."""
    design = np.zeros((len(cells), 3, arms + 2))
    rows = np.arange(len(cells))
    for side in (0, 1):
        design[rows, side, cells[:, side]] = 1
        design[rows, 2, cells[:, side]] += 0.5
    design[:, 0, arms], design[:, 2, arms + 1] = float(order), float(ties)
    return np.delete(design, 0, axis=2)


def fit_choices(weights: Numbers, cells: Numbers, design: Numbers, ties: bool, ridge: float, start: Numbers) -> Numbers:
    """The parameters that make each row of weighted choices most likely, by Newton's steps of all rows together.

    With `ridge` they are pulled to zero by so many trials.
    """
    count, _, width = design.shape
    guess, chosen = np.tile(start, (len(weights), 1)), design[np.arange(count), cells[:, 2]]
    pull = np.where(np.abs(design).sum(axis=(0, 1)) > 0, ridge, 1.0)
    flat, squares = design.reshape(-1, width), np.einsum("ckp,ckq->ckpq", design, design).reshape(count * 3, -1)
    for _ in range(MAX_STEPS):
        utility = (guess @ flat.T).reshape(-1, count, 3)
        if not ties:
            utility[:, :, 2] = -np.inf
        share = np.exp(utility - utility.max(axis=2, keepdims=True))
        share /= share.sum(axis=2, keepdims=True)
        mean = np.einsum("bck,ckp->bcp", share, design)
        slope = weights @ chosen - np.einsum("bc,bcp->bp", weights, mean) - pull * guess
        second = ((weights[:, :, None] * share).reshape(len(guess), -1) @ squares).reshape(-1, width, width)
        curve = second - np.einsum("bc,bcp,bcq->bpq", weights, mean, mean) + np.diag(pull + 1e-9)
        step = np.clip(np.linalg.solve(curve, slope[:, :, None])[:, :, 0], -1, 1)
        guess = guess + step
        if np.abs(step).max() < 1e-9:
            break
    return guess


def side_choices(trials: pd.DataFrame, arms: Sequence[str], item: str = "prefer", seed: int = 0) -> SideChoices:
    """The strengths of arms from choices side by side, in the frame of a study's trials."""
    counts, cells = choice_counts(trials, arms, item)
    return choices_from_counts(counts, cells, arms, seed=seed)


def choices_from_counts(
    counts: Numbers, cells: Numbers, arms: Sequence[str], order: bool = True, rounds: int = CHOICE_RESAMPLES,
    seed: int = 0,
) -> SideChoices:  # fmt: skip
    """The strengths of arms from counts of each person, as `choice_counts` gives them; people are drawn again."""
    people, pairs = len(counts), [(a, b) for i, a in enumerate(arms) for b in arms[i + 1 :]]
    if not counts.sum():
        return SideChoices({}, {}, {}, Interval(nan, nan, nan, 0, "nobody answered yet"), {}, nan, False, 0, 0)
    ties = bool((cells[:, 2] == 2).any())
    design, start = choice_design(cells, len(arms), order, ties), np.zeros(len(arms) + 1)
    total = counts.sum(axis=0)[None, :]
    best = fit_choices(total, cells, design, ties, 0.0, start)[0]
    ridged = bool(np.abs(best).max() > MAX_STRENGTH)
    if ridged:
        best = fit_choices(total, cells, design, ties, RIDGE_WEIGHT, start)[0]
    drawn = np.random.default_rng(seed).multinomial(
        people, np.full(people, 1 / people), rounds if people >= MIN_CHOICE_PEOPLE else 0
    )
    again = [fit_choices(drawn @ counts, cells, design, ties, RIDGE_WEIGHT, best)] if len(drawn) else []
    spread = np.vstack([best[None, :], *again])
    strength = np.column_stack([np.zeros(len(spread)), spread[:, : len(arms) - 1]])
    by_arm = dict(zip(arms, strength.T, strict=True))
    preferred = {(a, b): logit_share_interval(by_arm[a] - by_arm[b], people) for a, b in pairs}
    over_ties = {
        (a, b): logit_share_interval((by_arm[a] - by_arm[b]) / 2 - spread[:, -1], people)
        for pair in pairs for a, b in (pair, pair[::-1]) if ties
    }  # fmt: skip
    return SideChoices(
        dict(zip(arms, map(float, strength[0]), strict=True)), preferred, over_ties,
        logit_share_interval(spread[:, -2], people), pair_leanings(counts, cells, arms),
        float(best[-1]), ridged, int(counts.sum()), people,
    )  # fmt: skip


def pair_leanings(counts: Numbers, cells: Numbers, arms: Sequence[str]) -> dict[tuple[str, str], SignCount]:
    """For each pair, how many people chose the first more often than the second, less often, and as often."""
    found = {}
    for first in range(len(arms)):
        for second in range(first + 1, len(arms)):
            about = np.isin(cells[:, :2], (first, second)).all(axis=1)
            picked = np.where(cells[:, 2] < 2, cells[np.arange(len(cells)), np.minimum(cells[:, 2], 1)], -1)
            net = counts[:, about] @ ((picked[about] == first) * 1.0 - (picked[about] == second))
            found[arms[first], arms[second]] = count_signs(net[counts[:, about].sum(axis=1) > 0])
    return found


def logit_share_interval(logits: Numbers, people: int) -> Interval:
    """A share from logits: the estimate first, then resampled ones, of which the interval is made."""
    estimate = 1 / (1 + exp(-float(logits[0])))
    if len(logits) < 2:
        return Interval(estimate, nan, nan, people, f"an interval needs {MIN_CHOICE_PEOPLE} people")
    low, high = 1 / (1 + np.exp(-np.percentile(logits[1:], resampled_percentiles(people))))
    return Interval(estimate, float(low), float(high), people)
