"""Gaps: each pair of prototypes gets its part of the 5 percent, and the larger side stands on top."""

from math import inf, nan

import numpy as np
import pandas as pd
import pytest

from components.report.results.pair_gaps import (
    Gap,
    clock_sentence,
    faster_sentence,
    find_gaps,
    format_difference,
    format_interval,
    unshown_sentence,
)
from components.stats.interval import Interval, confidence_sequence, more_people
from components.stats.person_means import person_means
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


@pytest.mark.parametrize(("arms", "alpha"), [(ARMS[:2], 0.05 / 2), (ARMS, 0.05 / 6)])
def test_the_5_percent_are_shared_by_all_pairs_and_both_sentences(
    frame: pd.DataFrame, arms: tuple[Arm, ...], alpha: float
) -> None:
    people = person_means(frame, "trust", IDS)
    for pair in find_gaps(frame, "trust", arms):
        differences = people[pair.over.prototype] - people[pair.under.prototype]
        assert pair.interval == confidence_sequence(differences, alpha)
        assert pair.more == more_people(differences, alpha)


def test_the_larger_side_is_on_top_and_the_largest_difference_comes_first(frame: pd.DataFrame) -> None:
    sizes = [pair.interval.estimate for pair in find_gaps(frame, "felt_first", ARMS)]
    assert len(sizes) == 3 and min(sizes) >= 0 and sizes == sorted(sizes, reverse=True)


def test_who_gave_only_one_of_the_two_is_in_no_pair(frame: pd.DataFrame) -> None:
    one = frame["rater"].eq("person-0") & frame["prototype"].eq(IDS[0]) & frame["item"].eq("trust")
    [pair] = find_gaps(frame[~one], "trust", ARMS[:2])
    assert pair.interval.n == 29 and np.isfinite(pair.interval.low)


def test_one_arm_has_no_pair(frame: pd.DataFrame) -> None:
    assert find_gaps(frame, "trust", ARMS[:1]) == [] and find_gaps(frame, "trust", ()) == []


ONE, OTHER = ARMS[:2]


def gap(low: float, high: float, n: int = 30, more: float = inf, note: str = "") -> Gap:
    return Gap(ONE, OTHER, Interval((low + high) / 2, low, high, n, note), more)


def test_a_difference_has_the_unit_and_the_places_of_its_item() -> None:
    assert format_difference("felt_first", 2.345) == format_difference("felt_complete", 2.345) == "2.3 s"
    assert format_difference("trust", 12.6) == "13 points" and format_difference("speed", 1.26) == "1.3 points of 7"
    found = Interval(1.0, -1.26, 3.34, 30)
    assert format_interval("trust", found) == "−1 to 3" and format_interval("speed", found) == "−1.3 to 3.3"


def test_the_faster_one_felt_fewer_seconds_or_is_rated_higher() -> None:
    assert (
        faster_sentence("felt_first", gap(1.0, 3.0)) == f"{OTHER.label} is 2.0 s (1.0 to 3.0) faster than {ONE.label}."
    )
    assert (
        faster_sentence("speed", gap(1.0, 3.0))
        == f"{ONE.label} is 2.0 points of 7 (1.0 to 3.0) faster than {OTHER.label}."
    )


def test_where_no_pair_differs_the_widest_is_ruled_out_and_the_fewest_more_people_are_hoped_for() -> None:
    pairs = [gap(-1.0, 2.0, 30, 50.0), gap(-3.0, 1.0, 25, 40.0)]
    assert unshown_sentence("speed", pairs) == (
        "A difference larger than 3.0 points of 7 is ruled out, n = 25. "
        "If it is what it looks like now, about 40 more people would show it."
    )
    assert unshown_sentence("speed", pairs[:0]) == ""
    assert (
        unshown_sentence("speed", [gap(-1.0, 2.0)]) == "A difference larger than 2.0 points of 7 is ruled out, n = 30."
    )
    assert unshown_sentence("speed", [gap(nan, nan, 1, note="one person: no interval")]) == "One person: no interval."


def test_the_clock_speaks_of_first_words_alone_and_where_it_saw_any(frame: pd.DataFrame) -> None:
    assert clock_sentence(frame, gap(1.0, 3.0), "felt_first") == "The clock says 6.6 s."
    assert clock_sentence(frame, Gap(OTHER, ONE, gap(1.0, 3.0).interval, inf), "felt_first") == "The clock says −6.6 s."
    assert (
        clock_sentence(frame, gap(1.0, 3.0), "speed") == ""
        and clock_sentence(frame[:0], gap(1.0, 3.0), "felt_first") == ""
    )
