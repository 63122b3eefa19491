"""Estimators of a study: published values, and what they must say of people whose answers are known."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from components.stats.arm_contrasts import arm_contrasts, arm_means, measured_trials
from components.stats.scale_scores import alpha_from_variances, cronbach_alpha
from components.stats.side_choices import choices_from_counts, side_choices
from components.stats.trust_calibration import (
    accept_midp,
    arm_reliance,
    calibration_contrasts,
    d_prime_of,
    mcnemar_midp,
    reliance_trials,
)
from tests.stats.published import BASEBALL, BASEBALL_TEAMS, SLEEP


def trial_rows(**columns: object) -> pd.DataFrame:
    """Trials with plain values where nothing else is said."""
    rows = pd.DataFrame(columns)
    plain: dict[str, Any] = {
        "wrong": False, "void": False, "words": "", "judged": np.nan, "choice": "", "left": "", "right": "",
        "question": "q", "painted_first": 1.0, "painted_complete": 4.0, "value": np.nan, "arm": "", "item": "",
    }  # fmt: skip
    for name, value in plain.items():
        if name not in rows:
            rows[name] = value
    return rows.assign(step=[f"trial-{number:02}" for number in range(len(rows))]) if "step" not in rows else rows


def sleep_trials() -> pd.DataFrame:
    arms, people = np.indices(SLEEP.shape)
    return trial_rows(
        participant=people.ravel().astype(str), arm=np.array(["a", "b"])[arms.ravel()], value=SLEEP.ravel(),
        item="trust",
    )  # fmt: skip


def test_two_arms_of_the_same_people_give_the_published_difference_in_both_ways() -> None:
    rows = measured_trials(sleep_trials(), "trust", "value")
    (found,) = arm_contrasts(rows, ["a", "b"], "within", "trust", "value")
    assert found.method.startswith("mixed model") and found.sensitivity is not None
    for one in (found, found.sensitivity):
        assert (one.mean.estimate, one.mean.low, one.mean.high) == pytest.approx((-1.58, -2.4599, -0.7001), abs=1e-4)
        assert one.mean.p == pytest.approx(0.002833, abs=1e-6) and one.dz == pytest.approx(-1.2846, abs=1e-4)
    back = found.flip()
    assert back.first == "b" and back.mean.low == pytest.approx(0.7001, abs=1e-4)


def test_other_people_in_each_arm_give_the_published_welch() -> None:
    rows = measured_trials(sleep_trials().assign(participant=[str(n) for n in range(20)]), "trust", "value")
    (found,) = arm_contrasts(rows, ["a", "b"], "between", "trust", "value")
    assert found.mean.p == pytest.approx(0.07939, abs=1e-5)  # R: t.test(extra ~ group, data = sleep)
    assert (found.mean.low, found.mean.high) == pytest.approx((-3.3654832, 0.2054832), abs=1e-6)
    assert found.mean.df == pytest.approx(17.776, abs=1e-3) and found.mean.n == 20


def test_side_by_side_differences_are_taken_within_a_trial() -> None:
    trials = trial_rows(
        participant=["p", "p", "p", "p", "q", "q"], arm=["a", "b", "a", "c", "a", "b"],
        value=[60.0, 50.0, 90.0, 10.0, 30.0, 10.0], item="trust", step=["1", "1", "2", "2", "1", "1"],
    )  # fmt: skip
    found = arm_contrasts(measured_trials(trials, "trust", "value"), ["a", "b", "c"], "side", "trust", "value")
    assert [one.mean.estimate for one in found[:2]] == [15.0, 80.0] and found[0].mean.n == 2
    assert np.isnan(found[2].mean.estimate)


def test_everybody_the_same_gives_no_interval_and_says_so() -> None:
    trials = trial_rows(participant=list("ppqq"), arm=list("abab"), value=[5.0, 4.0, 5.0, 4.0], item="speed")
    (found,) = arm_contrasts(measured_trials(trials, "speed", "value"), ["a", "b"], "within", "speed", "value")
    assert found.mean.estimate == 1.0 and np.isnan(found.mean.low) and "same" in found.note


def test_void_trials_count_for_trust_and_not_for_time() -> None:
    trials = trial_rows(participant=list("pq"), arm=list("aa"), value=[5.0, 4.0], item="speed").assign(
        void=[True, False]
    )
    assert len(measured_trials(trials, "speed", "value")) == 1
    assert len(measured_trials(trials.assign(item="trust"), "trust", "value")) == 2


def test_felt_time_is_a_ratio_to_a_clock_that_is_long_enough() -> None:
    trials = trial_rows(participant=list("pqr"), arm=list("aaa"), value=[2.0, 8.0, 1.0], item="felt_complete",
                        painted_complete=[1.0, 4.0, 0.4])  # fmt: skip
    rows = measured_trials(trials, "felt_complete", "felt_to_clock")
    assert arm_means(rows, ["a"], "felt_to_clock")["a"].estimate == pytest.approx(2.0) and len(rows) == 2


def test_mcnemar_midp_is_the_published_one() -> None:
    assert mcnemar_midp(1, 7) == pytest.approx(0.0391, abs=1e-4)  # Fagerland and others 2013: 0.039
    assert mcnemar_midp(0, 0) == 1.0 and mcnemar_midp(3, 3) <= 1.0


def accepted(rights: list[list[int]], wrongs: list[list[int]], arm: str = "a") -> pd.DataFrame:
    """One person a row: which right and which wrong answers they accepted."""
    rows = [(str(person), wrong, value) for wrong, given in ((False, rights), (True, wrongs))
            for person, values in enumerate(given) for value in values]  # fmt: skip
    people, wrong, values = zip(*rows, strict=True)
    return trial_rows(participant=people, wrong=wrong, value=[float(v) for v in values], arm=arm, item="accept")


def test_calibration_is_one_where_people_tell_right_from_wrong_and_zero_where_they_take_all() -> None:
    sharp = arm_reliance(reliance_trials(accepted([[1, 1, 1], [1, 1, 1]], [[0], [0]])), "a")
    assert sharp.calibration.estimate == 1 and "same" in sharp.calibration.note
    blind = arm_reliance(reliance_trials(accepted([[1, 1, 1], [1, 1, 1]], [[1], [1]])), "a")
    assert (blind.calibration.estimate, blind.over.estimate, blind.under.estimate) == (0, 1, 0)
    assert blind.counts["right"] == 6 and blind.counts["wrong"] == 2


def test_people_weigh_the_same_however_many_trials_they_have() -> None:
    found = arm_reliance(reliance_trials(accepted([[1, 1, 1, 1], [0]], [[0], [0]])), "a")
    assert found.calibration.estimate == 0.5 and found.calibration.n == 2


def test_the_contrast_of_calibrations_is_that_of_persons() -> None:
    both = pd.concat([accepted([[1, 1], [1, 1], [1, 0]], [[0], [1], [0]]),
                      accepted([[1, 0], [1, 1], [1, 0]], [[1], [1], [0]], "b")])  # fmt: skip
    (found,) = calibration_contrasts(reliance_trials(both), ["a", "b"], "within")
    assert found.mean.estimate == pytest.approx(np.mean([1.5, 0, 0])) and found.mean.n == 3


def test_switching_and_staying_have_their_own_denominators() -> None:
    accept = trial_rows(
        participant=["p"] * 4, step=["1", "2", "3", "4"], wrong=[False, False, True, True], arm="a", item="accept",
        value=[1.0, 0.0, 0.0, 1.0],
    )  # fmt: skip
    first = accept.assign(item="first", value=np.nan, judged=[0.0, 0.0, 1.0, 1.0])
    found = arm_reliance(reliance_trials(pd.concat([accept, first])), "a")
    assert (found.switched.estimate, found.stayed.estimate) == (0.5, 0.5)
    assert found.counts["first wrong, answer right"] == 2 and found.counts["first right, answer wrong"] == 2


def test_one_answer_a_person_is_told_by_midp_and_more_are_not() -> None:
    rows = trial_rows(
        participant=list("pqrspqrs"), arm=list("aaaabbbb"), value=[1.0, 1, 1, 0, 0, 0, 0, 0], item="accept"
    )
    assert accept_midp(rows, "a", "b") == pytest.approx(mcnemar_midp(3, 0))
    assert np.isnan(accept_midp(pd.concat([rows, rows]), "a", "b"))


def test_d_prime_has_half_a_trial_added() -> None:
    found = d_prime_of(np.array([[20.0], [25.0], [10.0], [25.0]]))[0]
    assert found == pytest.approx(1.0445, abs=1e-4)  # z(20.5 / 26) − z(10.5 / 26)


def test_strengths_of_baseball_teams_are_the_published_ones() -> None:
    cells = np.array([(i, j, 0) for i in range(7) for j in range(7) if BASEBALL[i, j]])
    counts = np.array([[BASEBALL[i, j] for i, j, _ in cells]], dtype=float)
    found = choices_from_counts(counts, cells, BASEBALL_TEAMS, order=False)
    above = [found.strengths[team] - found.strengths["Baltimore"] for team in BASEBALL_TEAMS[:-1]]
    assert above == pytest.approx([1.5814, 1.4364, 1.2945, 1.2476, 1.1077, 0.6839], abs=1e-4)
    assert not found.ridged


def chosen_sides(people: int, gain: float, leaning: float, seed: int) -> pd.DataFrame:
    """Choices of people between a and b, which is liked more by `gain`, with sides drawn and some ties."""
    rng = np.random.default_rng(seed)
    person, left_is_a = np.repeat(np.arange(people), 4), rng.integers(0, 2, people * 4).astype(bool)
    worth = np.column_stack(
        [np.where(left_is_a, 0, gain) + leaning, np.where(left_is_a, gain, 0), np.full(len(person), gain / 2 - 0.5)]
    )
    choice = (worth + rng.gumbel(size=worth.shape)).argmax(axis=1)
    left = np.where(left_is_a, "a", "b")
    right = np.where(left_is_a, "b", "a")
    picked = np.choose(choice, [left, right, np.full(len(left), "none")])
    return trial_rows(participant=person.astype(str), left=left, right=right, choice=picked, item="prefer")


def test_a_leaning_to_the_left_is_told_apart_from_a_preference() -> None:
    found = side_choices(chosen_sides(300, 0.0, 0.8, 1), ["a", "b"])
    assert found.preferred["a", "b"].low < 0.5 < found.preferred["a", "b"].high
    assert found.left.low > 0.6 and found.left.estimate == pytest.approx(1 / (1 + np.exp(-0.8)), abs=0.05)
    liked = side_choices(chosen_sides(300, 1.0, 0.8, 2), ["a", "b"])
    assert liked.preferred["a", "b"].high < 0.5 and liked.trials == 1200 and liked.people == 300


def test_an_arm_that_always_wins_is_told_with_a_pull_and_says_so() -> None:
    trials = chosen_sides(20, 0.0, 0.0, 3).assign(choice="b")
    found = side_choices(trials, ["a", "b"])
    assert found.ridged and found.preferred["a", "b"].estimate < 0.05


def test_nobody_chose_gives_nothing() -> None:
    assert side_choices(chosen_sides(2, 0, 0, 1).head(0), ["a", "b"]).people == 0


def test_alpha_is_the_published_one() -> None:
    assert alpha_from_variances(11.16, 77.44, 10) == pytest.approx(0.95, abs=0.005)  # Bland and Altman 1997


def test_alpha_of_items_that_agree_is_one_and_of_unrelated_items_zero() -> None:
    rng = np.random.default_rng(1)
    person = rng.normal(size=(400, 1))
    assert cronbach_alpha(np.repeat(person, 3, axis=1)).estimate == pytest.approx(1)
    apart = cronbach_alpha(rng.normal(size=(4000, 3)))
    assert apart.low < 0 < apart.high
    half = cronbach_alpha(person + rng.normal(size=(400, 4)))  # four parallel items of reliability 1/2: 0.8
    assert half.low < 0.8 < half.high and half.high - half.low < 0.1


@pytest.mark.parametrize(
    ("answers", "why"),
    [(np.ones((9, 1)), "one item"), (np.ones((2, 3)), "3 people"), (np.ones((9, 3)), "same")],
)
def test_alpha_says_why_there_is_none(answers: np.ndarray, why: str) -> None:
    assert why in cronbach_alpha(answers).note
