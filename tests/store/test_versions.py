"""What a designer chose to remember."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import count

import pytest

from components.core.prototype import Prototype
from components.layers.delivery.blocking import Blocking
from components.layers.delivery.streaming import Streaming
from components.store import Store

FIRST = Prototype("Help", (Blocking(),), "For agents.")


@pytest.fixture
def store(location: str) -> Iterator[Store]:
    ticks = count()
    opened = Store.open(location, clock=lambda: f"2026-01-01T00:00:{next(ticks):02}.000+00:00")
    yield opened
    opened.close()


def test_versions_come_newest_first_with_what_was_said_of_them(store: Store) -> None:
    store.keep_version(FIRST, "the first one")
    store.keep_version(replace(FIRST, layers=(Streaming(),), about="For everybody."))
    found = store.versions("Help")
    assert [(one.note, one.about) for one in found] == [("", "For everybody."), ("the first one", "For agents.")]
    assert store.prototype(found[1].prototype) == replace(FIRST, about="For agents.")
    assert store.versions("Other") == ()


def test_the_same_again_without_a_word_is_no_new_version(store: Store) -> None:
    store.keep_version(FIRST, "kept")
    store.keep_version(FIRST)
    assert len(store.versions("Help")) == 1
    store.keep_version(FIRST, "kept once more")
    assert len(store.versions("Help")) == 2


def test_a_description_comes_back_with_its_prototype(store: Store) -> None:
    assert store.prototype(store.keep_prototype(FIRST)) == FIRST
