"""Sequences: in which order people see the arms, so that order and what came before weigh the same on each."""

import random
from collections.abc import Sequence
from itertools import count
from typing import TypeVar

T = TypeVar("T")
BLOCK_FACTORS = (2, 3)  # a permuted block holds each arm this often, drawn anew for each block


def williams_square(arms: int) -> tuple[tuple[int, ...], ...]:
    """Orders of the numbers 0 to arms - 1 in which each comes in each place, and after each other one, equally often.

    As many orders as arms where their number is even, twice as many where it is odd (Williams 1949).
    """
    first = [0]
    low, high = 1, arms - 1
    while len(first) < arms:
        first.append(low if len(first) % 2 else high)
        low, high = (low + 1, high) if len(first) % 2 == 0 else (low, high - 1)
    square = tuple(tuple((place + shift) % arms for place in first) for shift in range(arms))
    return square if arms % 2 == 0 or arms == 1 else (*square, *(tuple(reversed(row)) for row in square))


def shuffled_squares(rows: Sequence[T], people: int, seed: str) -> tuple[T, ...]:
    """A row for each of so many people: every row once before any comes again, in an order drawn anew each time."""
    drawn: list[T] = []
    for square in count():
        if len(drawn) >= people:
            return tuple(drawn[:people])
        order = list(rows)
        random.Random(f"{seed}/square {square}").shuffle(order)
        drawn += order
    raise AssertionError


def permuted_blocks(arms: int, people: int, seed: str) -> tuple[int, ...]:
    """An arm for each of so many people, in blocks that hold each arm equally often and are of drawn length."""
    drawn: list[int] = []
    for block in count():
        if len(drawn) >= people:
            return tuple(drawn[:people])
        draw = random.Random(f"{seed}/block {block}")
        order = [*range(arms)] * draw.choice(BLOCK_FACTORS)
        draw.shuffle(order)
        drawn += order
    raise AssertionError
