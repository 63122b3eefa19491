"""Orders of arms: balanced, drawn by the seed, and the same however far they are asked for."""

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from components.study.sequences import permuted_blocks, shuffled_squares, williams_square


def test_four_arms_have_the_square_that_was_published() -> None:
    letters = ["".join("ABCD"[arm] for arm in row) for row in williams_square(4)]
    assert letters == ["ABDC", "BCAD", "CDBA", "DACB"]


@pytest.mark.parametrize("arms", range(1, 9))
def test_each_arm_comes_equally_often_in_each_place_and_after_each_other(arms: int) -> None:
    square = williams_square(arms)
    assert len(square) == (arms if arms % 2 == 0 or arms == 1 else 2 * arms)
    for place in range(arms):
        assert set(Counter(row[place] for row in square).values()) == {len(square) // arms}
    after = Counter(pair for row in square for pair in pairwise(row))
    assert len(set(after.values())) <= 1 and len(after) == arms * (arms - 1)


@given(people=some.integers(1, 60), more=some.integers(0, 30), seed=some.text(max_size=5))
def test_more_people_change_nothing_for_those_before(people: int, more: int, seed: str) -> None:
    rows = williams_square(3)
    assert shuffled_squares(rows, people + more, seed)[:people] == shuffled_squares(rows, people, seed)
    assert permuted_blocks(3, people + more, seed)[:people] == permuted_blocks(3, people, seed)


@given(squares=some.integers(1, 8), seed=some.text(max_size=5))
def test_whole_squares_hold_every_order_equally_often(squares: int, seed: str) -> None:
    rows = williams_square(3)
    assert set(Counter(shuffled_squares(rows, squares * len(rows), seed)).values()) == {squares}


@given(people=some.integers(1, 90), seed=some.text(max_size=5))
def test_blocks_never_stray_far_from_equal(people: int, seed: str) -> None:
    counts = Counter(permuted_blocks(3, people, seed))
    assert max(counts.values()) - min(counts.get(arm, 0) for arm in range(3)) <= 3
