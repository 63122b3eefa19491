"""Gaps: each pair of prototypes gets its part of the error budget, the larger side stands on top, all is said."""

from math import log, nan

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.report.results import gap_sentences
from components.report.results.pair_gaps import Gap, find_gaps
from components.stats.error_budget import ERROR_PARTS
from components.stats.interval import Interval, confidence_sequence
from components.stats.person_means import person_means
from components.stats.sign_counts import SignCount
from components.store import Arm, Store
from tests.store.made import PROTOTYPES, crowd

ARMS = tuple(Arm(pane, p.id, p.name) for pane, p in zip("ABC", PROTOTYPES, strict=True))
IDS = [arm.prototype for arm in ARMS]


@pytest.fixture(scope="module")
def frame(tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    store = crowd(Store.open(tmp_path_factory.mktemp("made")), 30)
    made = store.frame()
    store.close()
    return made


@pytest.mark.parametrize(("arms", "pairs"), [(ARMS[:2], 1), (ARMS, 3)])
def test_each_question_has_its_part_of_the_budget_shared_by_all_pairs(
    frame: pd.DataFrame, arms: tuple[Arm, ...], pairs: int
) -> None:
    people, part = person_means(frame, "trust", IDS), ERROR_PARTS["trust"]
    for pair in find_gaps(frame, "trust", arms):
        differences = people[pair.over.prototype] - people[pair.under.prototype]
        assert pair.interval == confidence_sequence(differences, part.interval / pairs)
        assert pair.threshold == pytest.approx(2 * pairs / part.signs)


def test_the_larger_side_is_on_top_and_what_is_shown_comes_first(frame: pd.DataFrame) -> None:
    pairs = find_gaps(frame, "felt_first", ARMS)
    assert len(pairs) == 3 and min(pair.interval.estimate for pair in pairs) >= 0
    assert [pair.shown for pair in pairs] == sorted((pair.shown for pair in pairs), reverse=True)
    assert pairs[0].interval.estimate >= pairs[1].interval.estimate and pairs[0].shown


def test_who_gave_only_one_of_the_two_is_in_no_pair(frame: pd.DataFrame) -> None:
    one = frame["rater"].eq("person-0") & frame["prototype"].eq(IDS[0]) & frame["item"].eq("trust")
    [pair] = find_gaps(frame[~one], "trust", ARMS[:2])
    assert pair.interval.n == 29 and np.isfinite(pair.interval.low)


def test_one_arm_has_no_pair(frame: pd.DataFrame) -> None:
    assert find_gaps(frame, "trust", ARMS[:1]) == [] and find_gaps(frame, "trust", ()) == []


ONE, OTHER = ARMS[:2]


MIXED = SignCount(20, 10, 0)


def gap(item: str, low: float, high: float, signs: SignCount = MIXED, note: str = "") -> Gap:
    n = 0 if note.startswith("its clock") else signs.n
    return Gap(item, ONE, OTHER, Interval((low + high) / 2, low, high, n, note), signs, 100.0)


def test_a_difference_has_the_unit_and_the_places_of_its_item() -> None:
    assert gap_sentences.format_difference("trust", 12.5) == "12.5 points"
    assert gap_sentences.format_difference("speed", 1.26) == "1.3 points of 7"
    found = Interval(1.0, -1.26, 3.34, 30)
    assert gap_sentences.format_interval("trust", found) == "−1.3 to 3.3"
    assert gap_sentences.format_interval("speed", found) == "−1.3 to 3.3"


@given(st.floats(1e-5, 1e6), st.sampled_from([1, -1]), st.sampled_from(["trust", "speed"]))
def test_no_end_of_an_interval_that_is_not_zero_reads_as_zero(size: float, sign: int, item: str) -> None:
    read = gap_sentences.format_interval(item, Interval(sign * size, sign * size, sign * size, 30)).split(" to ")
    assert all(float(end.replace("−", "-")) * sign > 0 for end in read)


@given(st.floats(0.001, 1000).filter(lambda ratio: abs(ratio - 1) > 1e-5))
def test_no_ratio_that_is_not_one_reads_as_one(ratio: float) -> None:
    assert float(gap_sentences.format_ratio(ratio).removesuffix(" ×")) != 1


def test_a_shown_pair_is_told_in_its_own_measure() -> None:
    felt = gap("felt_first", log(1.25), log(5.0))
    assert gap_sentences.shown_sentence(felt).startswith(f"{OTHER.label} feels 0.40 × as long (0.20 to 0.80), n = 30")
    assert gap_sentences.shown_sentence(gap("trust", 3.0, 9.0)) == (
        f"{ONE.label} is trusted more than {OTHER.label} by 6 points (3 to 9), n = 30."
    )
    counted = gap("felt_first", nan, nan, SignCount(9, 0, 0), "an interval needs 20 people")
    assert gap_sentences.shown_sentence(counted) == f"9 of 9 people feel {OTHER.label} faster than {ONE.label}."


@pytest.mark.parametrize(
    ("undecided", "said"),
    [
        (gap("trust", -1.0, 4.0), "no difference shown, more than 4 points is ruled out, n = 30."),
        (gap("felt_first", -0.1, log(2.0)), "no difference shown, more than 2.00 × is ruled out, n = 30."),
        (gap("trust", nan, nan, SignCount(0, 0, 0), "nobody answered yet"), "undecided, nobody rated both."),
        (gap("trust", nan, nan, SignCount(0, 0, 22), "everybody"), "undecided, all n = 22 gave both the same."),
        (gap("trust", nan, nan, SignCount(3, 2, 1)), "undecided, n = 6 of the 20 that an interval needs."),
        (gap("felt_first", nan, nan, note="its clock is short"), "undecided, its clock is short, n = 30."),
    ],
)
def test_an_undecided_pair_says_why(undecided: Gap, said: str) -> None:
    assert gap_sentences.undecided_sentence(undecided) == f"{ONE.label} against {OTHER.label}: {said}"


def test_felt_seconds_stand_beside_the_clocks(frame: pd.DataFrame) -> None:
    [first, *_] = find_gaps(frame, "felt_first", ARMS[:2])
    assert gap_sentences.seconds_sentence(frame, first).endswith("the clock says 0.6 s against 7.2 s.")
    assert gap_sentences.seconds_sentence(frame[:0], first) == ""


def test_a_clock_under_half_a_second_has_no_ratio_and_people_are_counted(frame: pd.DataFrame) -> None:
    quick = frame.assign(painted_first=frame["painted_first"].where(frame["prototype"].ne(IDS[1]), 0.3))
    [pair] = find_gaps(quick, "felt_first", ARMS[:2])
    assert not pair.interval.n and pair.shown_by_signs and pair.under == ARMS[1]
    assert gap_sentences.against_clock_sentence(quick, "felt_first", ARMS[:2]).endswith(
        "Streaming: the clock is under 0.5 s, no ratio."
    )
