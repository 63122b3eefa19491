"""Calibration: what a model's score means, found on questions whose right answers are known."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any, Literal

from components.core.card import Card

MIN_SCORE_MARGIN = 0.005  # scores closer to 0 or 1 count as this far from it: no handful of answers can tell them apart
NORMAL_QUANTILE_95 = 1.959963984540054  # standard deviations that hold 95 % of a normal distribution
TEMPERATURE_TOLERANCE = 0.25  # between temperatures: scores made closer to each other are taken to mean the same
OTHER_KIND_REMARK = "This is another kind of question: the figures may not hold here."
ROUNDING_TOLERANCE = 1e-9  # so that 0.29 is 29 %, whatever the machine makes of 0.29 * 100


@dataclass(frozen=True)
class CalibrationTest:
    """What the answers showed, each told by a calibration that had not seen it.

    `counts` holds (percent, answers, right) for every whole percent of calibrated probability, rounded down. `brier`
    is the mean squared distance from what was true, `auc` with its 95 % interval the chance that a right answer scores
    over a wrong one, `ece` the mean distance between said and true; `chance` is where 95 % of the `ece` of a perfectly
    calibrated model with these scores lie.
    """

    counts: tuple[tuple[int, int, int], ...]
    brier: float
    auc: float
    auc_interval: tuple[float, float]
    ece: float
    chance: tuple[float, float]

    def __post_init__(self) -> None:
        fits = all(0 <= percent <= 100 and 0 <= right <= n for percent, n, right in self.counts)
        if not fits or not all(a[0] < b[0] for a, b in pairwise(self.counts)):
            raise ValueError("counts are (percent, answers, right), percent by percent")

    @property
    def n(self) -> int:
        """How many answers the test had."""
        return sum(n for _, n, _ in self.counts)

    @property
    def right_count(self) -> int:
        """How many answers of the test were right."""
        return sum(right for _, _, right in self.counts)

    @property
    def discriminates(self) -> bool:
        """Whether the score was shown to tell right answers from wrong ones at all."""
        return self.auc_interval[0] > 0.5

    def counts_between(self, low: float, high: float) -> tuple[int, int]:
        """(right, answers) of those whose probability, in whole percent, is from `low` up to below `high`."""
        inside = [
            count for count in self.counts if reaches_cutoff(count[0], low) and not reaches_cutoff(count[0], high)
        ]
        return sum(right for _, _, right in inside), sum(n for _, n, _ in inside)


@dataclass(frozen=True)
class Calibration:
    """The way from one kind of score of one model to the probability that its answer is right.

    `source` names the kind of score and `look` how many tokens it looks at (0: all). With `points` (score,
    probability), rising, it is a line through them (isotonic regression); else it is temperature scaling with a shift,
    logit p = slope * logit score + shift, where the slope is one over the temperature. `fitted` answers were used for
    that; what was `found` comes from the same answers where `cross_fitted` (each told by a fit that did not see it),
    else from others. `questions` says in words what was asked, `asked` is the id of the set;
    `temperature` is the one that the model answered with, `made` an ISO date. What kind of questions these were: the
    longest had `longest_question` words and the longest answer `longest_answer` tokens (0: not known), and with
    `only_questions` each ended with a question mark.
    """

    source: str
    look: int
    model: str
    revision: str
    temperature: float
    questions: str
    asked: str
    made: str
    fitted: int
    found: CalibrationTest
    slope: float = 1.0
    shift: float = 0.0
    points: tuple[tuple[float, float], ...] = ()
    cross_fitted: bool = False
    longest_question: int = 0
    longest_answer: int = 0
    only_questions: bool = False

    def __post_init__(self) -> None:
        rising = all(a[0] < b[0] and a[1] <= b[1] for a, b in pairwise(self.points))
        inside = all(0 <= number <= 1 for point in self.points for number in point)
        if not (rising and inside and math.isfinite(self.slope) and self.slope >= 0 and math.isfinite(self.shift)):
            raise ValueError("a calibration rises with the score and stays between 0 and 1")

    @property
    def method(self) -> Literal["temperature", "isotonic"]:
        """The method it was fitted by."""
        return "isotonic" if self.points else "temperature"

    def probability(self, score: float) -> float:
        """How likely an answer with this score (0 to 1) is right, 0 to 1."""
        return (
            interpolate_points(score, self.points) if self.points else sigmoid(self.slope * logit(score) + self.shift)
        )

    def percent(self, score: float) -> int:
        """The probability that an answer with this score is right, in whole percent, rounded down."""
        return to_percent(self.probability(score))

    def suits(self, source: str, look: int = 0) -> bool:
        """Whether it was made for this kind of score, from as many tokens."""
        return (self.source, self.look) == (source, look)

    def made_for(self, card: Card) -> bool:
        """Whether it was made with this very model and revision."""
        return (self.model, self.revision) == (card.name, card.revision)

    def meaning(self, marked: str, low: float, high: float) -> str:
        """A sentence on answers marked so, with a probability from `low` up to below `high`: how many were right, with
        the 95 % interval of their share.
        """
        right, n = self.found.counts_between(low, high)
        if not n:
            return f"None of the {self.found.n} test answers was marked {marked}, so what it means is not known."
        least, most = share_interval(right, n)
        return f"{right} of {n} answers marked {marked} were right: {100 * least:.0f} to {100 * most:.0f} %."

    def kind_remark(self, question: str, tokens: int) -> str:
        """A sentence where a question, or its answer of so many tokens, is of another kind than those it was measured
        with; "" where it is not, or where their kind is not known.
        """
        longer = 0 < self.longest_question < len(question.split()) or 0 < self.longest_answer < tokens
        other_form = self.only_questions and not question.rstrip().endswith("?")
        return OTHER_KIND_REMARK if longer or other_form else ""

    def temperature_remark(self, temperature: float | None) -> str:
        """A sentence where an answer was made at another temperature than those it was measured with; "" where it was
        not, or where its temperature is not known.
        """
        if temperature is None or abs(temperature - self.temperature) <= TEMPERATURE_TOLERANCE:
            return ""
        return (
            f"This answer was made at temperature {temperature:g}, not {self.temperature:g}: the figures may not hold."
        )

    @property
    def basis(self) -> str:
        """A sentence on what it was measured with, and another where the score does not discriminate."""
        return self.with_doubt(f"Measured on {self.model} with {self.questions}, at temperature {self.temperature:g}.")

    @property
    def short_basis(self) -> str:
        """The same in a few words, for who reads an answer."""
        return self.with_doubt(f"Measured with {self.questions}.")

    def with_doubt(self, sentence: str) -> str:
        """A sentence on what it was measured with, and another where the score does not discriminate."""
        doubt = f" This score was not shown to tell right answers from wrong ones (AUC {self.found.auc:.2f})."
        return sentence if self.found.discriminates else sentence + doubt

    def to_json(self) -> dict[str, Any]:
        """A JSON object that `from_json` reads."""
        values = asdict(self)
        values["points"] = [list(point) for point in self.points]
        values["found"] |= {
            "counts": [list(count) for count in self.found.counts],
            "auc_interval": list(self.found.auc_interval),
            "chance": list(self.found.chance),
        }
        return values

    @staticmethod
    def from_json(values: Mapping[str, Any]) -> "Calibration":
        """The calibration that `to_json` wrote. KeyError, TypeError or ValueError where it is none."""
        test = {**values["found"], "counts": tuple((int(p), int(n), int(r)) for p, n, r in values["found"]["counts"])}
        for name in ("auc_interval", "chance"):
            low, high = test[name]
            test[name] = (float(low), float(high))
        points = tuple((float(score), float(chance)) for score, chance in values["points"])
        return Calibration(**{**values, "found": CalibrationTest(**test), "points": points})


def share_interval(right: int, n: int) -> tuple[float, float]:
    """Wilson's 95 % interval of the share of `right` among `n` answers, which are at least one."""
    share, spread = right / n, NORMAL_QUANTILE_95**2 / n
    middle = share + spread / 2
    half = math.sqrt(spread * (share * (1 - share) + spread / 4))
    return max(0.0, (middle - half) / (1 + spread)), min(1.0, (middle + half) / (1 + spread))


def to_percent(probability: float) -> int:
    """A probability in whole percent, rounded down."""
    return math.floor(100 * probability + ROUNDING_TOLERANCE)


def reaches_cutoff(percent: int, cut: float) -> bool:
    """Whether so many whole percent reach a cut-off between 0 and 1."""
    return percent >= 100 * cut - ROUNDING_TOLERANCE


def logit(score: float) -> float:
    """The log-odds of a score from 0 to 1."""
    clipped = min(max(score, MIN_SCORE_MARGIN), 1 - MIN_SCORE_MARGIN)
    return math.log(clipped / (1 - clipped))


def sigmoid(odds: float) -> float:
    """The probability of some log-odds."""
    return 1 / (1 + math.exp(-odds)) if odds >= 0 else math.exp(odds) / (1 + math.exp(odds))


def interpolate_points(score: float, points: Sequence[tuple[float, float]]) -> float:
    """The height at `score` of the line through the points, level before the first and after the last."""
    if score <= points[0][0]:
        return points[0][1]
    for (x, y), (next_x, next_y) in pairwise(points):
        if score <= next_x:
            return y + (next_y - y) * (score - x) / (next_x - x)
    return points[-1][1]
