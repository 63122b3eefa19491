"""Calibrate: what a model's scores are worth, from its answers to questions whose right answers are known.

Run `python -m components.tools.calibrate_bundled` to work it out anew for the bundled model.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from components.core.calibration import Calibration, CalibrationTest
from components.core.explained import Explained
from components.layers.confidence.score import LOWEST_SPAN, MEAN_PROBABILITY, OWN_ESTIMATE, SELF_CONSISTENCY
from components.layers.confidence.verbal_hedge import VerbalHedge
from components.models.calibration.answer_sets import AnsweredQuestion, AnswerSet
from components.stats.calibration_fit import MIN_QUESTIONS, fit_calibration

SCORE_KINDS = (
    (MEAN_PROBABILITY, 0),
    (LOWEST_SPAN, 0),
    (SELF_CONSISTENCY, 0),
    (OWN_ESTIMATE, 0),
    (MEAN_PROBABILITY, VerbalHedge.look),
    (LOWEST_SPAN, VerbalHedge.look),
)


@dataclass(frozen=True)
class ScoreWorth:
    """One kind of score of one model: as it is (`before`), and calibrated (`calibration.found`).

    `scored` of `answered` answers have such a score. `why` says why there is no calibration.
    """

    source: str
    look: int
    answered: int
    scored: int
    before: CalibrationTest | None = None
    calibration: Calibration | None = None
    why: str = ""


def score_worths(answers: AnswerSet) -> tuple[ScoreWorth, ...]:
    """The worth of each kind of score for which the answers hold what it is made of."""
    return tuple(
        score_worth(answers, source, look) for source, look in SCORE_KINDS if has_score_data(source, answers.rows)
    )


def made_calibrations(worths: Iterable[ScoreWorth]) -> tuple[Calibration, ...]:
    """The calibrations of those kinds of score that could be calibrated."""
    return tuple(worth.calibration for worth in worths if worth.calibration is not None)


def missing_labels(right: int, wrong: int, questions: int) -> str:
    """A sentence on the labels still needed before a calibration; "" where there are enough."""
    if (more := MIN_QUESTIONS - questions) > 0:
        labels = "label is" if more == 1 else "labels are"
        return f"{more} more {labels} needed, on answers to questions that have none yet."
    if not right or not wrong:
        return f"Every answer was judged {'right' if right else 'wrong'}: at least one that is not is needed."
    return ""


def has_score_data(source: str, rows: Sequence[AnsweredQuestion]) -> bool:
    """Whether any of the answers holds what this kind of score is made of."""
    if source == SELF_CONSISTENCY:
        return any(row.others is not None for row in rows)
    return any(row.reply is not None if source == OWN_ESTIMATE else row.logprobs for row in rows)


def score_worth(answers: AnswerSet, source: str, look: int) -> ScoreWorth:
    """One kind of score of a model, compared with right and wrong; `why` where it cannot be calibrated."""
    scored = [(row, score) for row in answers.rows if (score := row.score(source, look)) is not None]
    rows, scores = [row for row, _ in scored], [score for _, score in scored]
    try:
        fit = fit_calibration(scores, [row.right for row in rows], [row.question for row in rows])
    except Explained as problem:
        return ScoreWorth(source, look, len(answers.rows), len(rows), why=problem.what)
    calibration = Calibration(
        source, look, answers.card.name, answers.card.revision, answers.temperature, answers.questions, answers.asked,
        answers.made, fit.fitted, fit.after, fit.curve.slope, fit.curve.shift, fit.curve.points,
        cross_fitted=True,
        longest_question=max(len(row.asked.split()) for row in rows),
        longest_answer=max(len(row.logprobs) for row in rows),
        only_questions=all(row.asked.rstrip().endswith("?") for row in rows),
    )  # fmt: skip
    return ScoreWorth(source, look, len(answers.rows), len(rows), fit.before, calibration)


def worth_line(worth: ScoreWorth) -> str:
    """The figures of one kind of score on one line."""
    tokens = f", first {worth.look} tokens" if worth.look else ""
    name = f"{worth.source}{tokens}, {worth.scored} of {worth.answered} answers"
    if worth.calibration is None or worth.before is None:
        return f"{name}: {worth.why}"
    before, after, (low, high) = worth.before, worth.calibration.found, worth.calibration.found.auc_interval
    spans = [f"ECE {test.ece:.3f} ({test.chance[0]:.3f} to {test.chance[1]:.3f} by chance)" for test in (before, after)]
    return (
        f"{name}, tested on {after.n}: AUC {after.auc:.3f} ({low:.3f} to {high:.3f}); "
        f"before: Brier {before.brier:.3f}, {spans[0]}; after: Brier {after.brier:.3f}, {spans[1]}"
    )
