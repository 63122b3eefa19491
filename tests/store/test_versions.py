"""What a designer chose to remember."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import count

import pytest

from components.core.prototype import Prototype
from components.layers.delivery.blocking import Blocking
from components.layers.delivery.streaming import Streaming
from components.layers.failure.raw_error import RawError
from components.store import Store
from components.study.rating import Moments, Sighting

FIRST = Prototype("Help", (Blocking(),), "For agents.", "work-1")
STRANGER = Prototype("Help", (RawError(),), work="work-2")


@pytest.fixture
def store(location: str) -> Iterator[Store]:
    ticks = count()
    opened = Store.open(location, clock=lambda: f"2026-01-01T00:00:{next(ticks):02}.000+00:00")
    yield opened
    opened.close()


def keep_old(store: Store) -> Prototype:
    """A version as it was kept before there were works."""
    old = replace(FIRST, work="")
    store.keep_version(old, "of old")
    return old


def test_versions_come_newest_first_with_what_was_said_of_them(store: Store) -> None:
    store.keep_version(FIRST, "the first one")
    store.keep_version(replace(FIRST, layers=(Streaming(),), about="For everybody."))
    found = store.versions(FIRST)
    assert [(one.note, one.about) for one in found] == [("", "For everybody."), ("the first one", "For agents.")]
    assert store.prototype(found[1].prototype) == replace(FIRST, about="For agents.")


def test_a_new_name_keeps_every_version(store: Store) -> None:
    store.keep_version(FIRST, "kept")
    renamed = replace(FIRST, name="Help desk")
    assert [one.name for one in store.versions(renamed)] == ["Help"]
    store.keep_version(renamed)
    assert [one.name for one in store.versions(renamed)] == ["Help desk", "Help"]


def test_an_unrelated_prototype_of_the_same_name_has_none_of_them(store: Store) -> None:
    store.keep_version(FIRST, "kept")
    assert store.versions(STRANGER) == store.versions(replace(STRANGER, work="")) == ()


def test_the_same_again_without_a_word_is_no_new_version(store: Store) -> None:
    store.keep_version(FIRST, "kept")
    store.keep_version(FIRST)
    assert len(store.versions(FIRST)) == 1
    store.keep_version(FIRST, "kept once more")
    assert len(store.versions(FIRST)) == 2


def test_versions_of_before_there_were_works_stay_with_their_prototype_and_go_on_with_it(store: Store) -> None:
    old = keep_old(store)
    assert [one.note for one in store.versions(old)] == ["of old"]
    store.keep_version(replace(old, work="work-3"), "of now")
    later = replace(old, work="work-3", layers=(Streaming(),))
    assert [one.note for one in store.versions(later)] == ["of now", "of old"]


def test_versions_of_before_there_were_works_are_shown_to_who_watched_one_and_to_nobody_else(store: Store) -> None:
    old, changed = keep_old(store), replace(FIRST, work="", layers=(Streaming(),))
    assert store.versions(changed, "ada") == store.versions(STRANGER, "ada") == ()
    marks = Moments(0.1, 0.2, 1.0)
    store.keep_sightings(Sighting("s", "p", "c", "ada", "A", old.id, "", marks, marks))
    assert [one.note for one in store.versions(changed, "ada")] == ["of old"]
    assert store.versions(changed, "ben") == ()


def test_a_description_comes_back_with_its_prototype(store: Store) -> None:
    assert store.prototype(store.keep_prototype(FIRST)) == FIRST
