"""What a model's scores are worth, from answers made with known chances."""

import numpy as np
import pytest

from components.core.card import Card
from components.layers.confidence.score import LOWEST_SPAN, MEAN_PROBABILITY, OWN_ESTIMATE, SELF_CONSISTENCY
from components.models.calibration.answer_sets import AnsweredQuestion, AnswerSet
from components.report.results.score_worth import score_worths, worth_line

pytestmark = pytest.mark.slow

CARD = Card("Tiny", "bundled", "rev-1", {"temperature": 0.7})


def made(n: int, slope: float = 2.0, replies: bool = True) -> AnswerSet:
    """Answers whose chance of being right goes with the mean probability of their tokens."""
    rng = np.random.default_rng(7)
    rows = []
    for number in range(n):
        mean = float(rng.uniform(-1.5, -0.05))
        right = bool(rng.random() < 1 / (1 + np.exp(-slope * 2 * (mean + 0.7))))
        same = ("Lima",) * int(rng.integers(0, 6))
        rows.append(
            AnsweredQuestion(
                f"q{number}", "What is the capital of Peru?", "It is Lima.", right, (mean,) * 20,
                (*same, *("Cusco",) * (5 - len(same))), "90 %" if replies else "Certainly!",
            )
        )  # fmt: skip
    return AnswerSet(CARD, "short questions", "q1", "2025-01-31", tuple(rows))


def test_each_kind_of_score_that_was_asked_for_is_calibrated_and_every_answer_tested() -> None:
    found = {(one.source, one.look): one for one in score_worths(made(300))}
    assert list(found) == [
        (MEAN_PROBABILITY, 0),
        (LOWEST_SPAN, 0),
        (SELF_CONSISTENCY, 0),
        (OWN_ESTIMATE, 0),
        (MEAN_PROBABILITY, 12),
        (LOWEST_SPAN, 12),
    ]
    mean = found[MEAN_PROBABILITY, 0].calibration
    assert mean is not None and mean.made_for(CARD) and mean.suits(MEAN_PROBABILITY) and mean.temperature == 0.7
    assert mean.cross_fitted and mean.fitted == mean.found.n == 300 and mean.questions == "short questions"
    assert mean.found.discriminates and mean.found.ece <= mean.found.chance[1]
    by_chance = found[SELF_CONSISTENCY, 0].calibration
    assert by_chance is not None and not by_chance.found.discriminates


def test_what_was_not_asked_for_is_not_judged() -> None:
    plain = made(60)
    rows = tuple(AnsweredQuestion(r.question, r.asked, r.answer, r.right, (), None, None) for r in plain.rows)
    assert score_worths(AnswerSet(CARD, "", "", "", rows)) == ()


def test_a_model_that_gives_no_number_has_no_calibration_and_says_why() -> None:
    [estimate] = [one for one in score_worths(made(60, replies=False)) if one.source == OWN_ESTIMATE]
    assert estimate.calibration is None and (estimate.scored, estimate.answered) == (0, 60)
    assert "0 of 60 answers: 0 answers with a score" in worth_line(estimate)


def test_the_figures_name_the_error_with_its_band_before_and_after() -> None:
    said = worth_line(score_worths(made(300))[0])
    assert said.startswith("mean probability, 300 of 300 answers, tested on 300: AUC 0.")
    assert said.count("by chance") == 2 and said.index("before") < said.index("after")


@pytest.mark.parametrize("n", [300])
def test_a_kept_calibration_gives_the_same_probability_as_the_fit(n: int) -> None:
    mean = score_worths(made(n))[0].calibration
    assert mean is not None
    scores = [0.3, 0.5, 0.9]
    odds = [np.log(score / (1 - score)) for score in scores]
    assert [mean.probability(s) for s in scores] == pytest.approx(
        [1 / (1 + np.exp(-(mean.slope * one + mean.shift))) for one in odds]
    )
