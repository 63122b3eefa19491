"""Gaps: each pair of prototypes gets its part of the 5 percent, and the larger side stands on top."""

import numpy as np
import pandas as pd
import pytest

from components.report.results.pair_gaps import find_gaps
from components.stats.interval import confidence_sequence, more_people
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
    for gap in find_gaps(frame, "trust", arms):
        differences = people[gap.over.prototype] - people[gap.under.prototype]
        assert gap.interval == confidence_sequence(differences, alpha)
        assert gap.more == more_people(differences, alpha)


def test_the_larger_side_is_on_top_and_the_largest_difference_comes_first(frame: pd.DataFrame) -> None:
    sizes = [gap.interval.estimate for gap in find_gaps(frame, "felt_first", ARMS)]
    assert len(sizes) == 3 and min(sizes) >= 0 and sizes == sorted(sizes, reverse=True)


def test_who_gave_only_one_of_the_two_is_in_no_pair(frame: pd.DataFrame) -> None:
    one = frame["rater"].eq("person-0") & frame["prototype"].eq(IDS[0]) & frame["item"].eq("trust")
    [gap] = find_gaps(frame[~one], "trust", ARMS[:2])
    assert gap.interval.n == 29 and np.isfinite(gap.interval.low)


def test_one_arm_has_no_pair(frame: pd.DataFrame) -> None:
    assert find_gaps(frame, "trust", ARMS[:1]) == [] and find_gaps(frame, "trust", ()) == []
