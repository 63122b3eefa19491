"""Wired models and what is known about them; batches and how far they came."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from components.core.card import Card
from components.core.explained import Explained
from components.models.source import Settings, Source
from components.store import Store
from components.store.works import MINE, TEAM
from tests.must_have import must_have
from tests.store.made import RECORDING, count

BUNDLED = Source()
CALM, WILD = Settings(temperature=0.0), Settings(temperature=1.5, system="Be brief.")


@pytest.fixture
def store(location: str) -> Iterator[Store]:
    ticks = iter(f"2026-01-02T03:04:{n:02}+00:00" for n in range(60))
    opened = Store.open(location, clock=lambda: next(ticks))
    yield opened
    opened.close()


def names(store: Store) -> list[str]:
    return [model.name for model in store.models()]


def test_a_model_comes_back_as_it_was_wired(store: Store) -> None:
    hub = Source("hub", "somebody/some-model")
    id = store.keep_model(hub, WILD, "Some model")
    kept = must_have(store.model(id))
    assert (kept.id, kept.source, kept.settings, kept.name) == (id, hub, WILD, "Some model")
    assert store.model("unknown") is None


def test_other_settings_are_another_model_and_the_same_ones_another_name(store: Store) -> None:
    calm, wild = store.keep_model(BUNDLED, CALM, "Calm"), store.keep_model(BUNDLED, WILD, "Wild")
    assert calm != wild and names(store) == ["Wild", "Calm"]
    assert store.keep_model(BUNDLED, CALM, "Quiet") == calm
    assert names(store) == ["Wild", "Quiet"] and count(store, "models") == 2


def test_a_model_is_put_away_and_taken_back(store: Store) -> None:
    id = store.keep_model(BUNDLED, CALM, "Calm")
    store.put_away_model(id)
    assert store.models() == () and must_have(store.model(id)).name == "Calm"
    store.take_back_model(id)
    assert names(store) == ["Calm"]
    store.put_away_model(id)
    store.keep_model(BUNDLED, CALM, "Calm")
    assert names(store) == ["Calm"]


def test_a_model_of_ones_own_is_found_by_its_owner_alone_until_it_is_given_to_the_team(store: Store) -> None:
    store.name_rater("maya", "Maya")
    own = store.keep_model(BUNDLED, CALM, "Calm", "maya", MINE)
    assert [model.owner_name for model in store.models("maya")] == ["Maya"]
    assert store.models() == store.models("somebody else") == () and must_have(store.model(own)).visibility == MINE
    store.share_model(own, TEAM)
    assert names(store) == ["Calm"] and not must_have(store.model(own)).may_be_changed_by("somebody else")


def test_the_same_model_of_two_people_is_two_models(store: Store) -> None:
    mine, yours = (store.keep_model(BUNDLED, CALM, "Calm", owner, MINE) for owner in ("maya", "ben"))
    assert mine != yours and [model.id for model in store.models("ben")] == [yours]


def test_an_edited_model_is_a_new_version_and_the_one_before_stays_readable(store: Store) -> None:
    calm = store.keep_model(BUNDLED, CALM, "Ours")
    wild = store.keep_model(BUNDLED, WILD, "Ours", before=calm)
    assert [(model.id, model.version) for model in store.models()] == [(wild, 2)]
    assert must_have(store.model(calm)).settings == CALM
    assert store.keep_model(BUNDLED, WILD, "Renamed", before=wild) == wild and names(store) == ["Renamed"]
    assert store.keep_model(BUNDLED, CALM, "Back", before=wild) == calm and names(store) == ["Back"]


def test_a_choice_is_a_persons_own_and_the_last_one_counts(store: Store) -> None:
    assert store.kept_choice("me", "model") == ""
    store.keep_choice("me", "model", "one")
    store.keep_choice("you", "model", "other")
    store.keep_choice("me", "model", "two")
    assert (store.kept_choice("me", "model"), store.kept_choice("you", "model")) == ("two", "other")
    assert count(store, "choices") == 2


@pytest.mark.parametrize(
    "where", ["https://me:Sesame7@host/v1", "https://Sesame7@host/v1", "https://host/v1?key=Sesame7"]
)
def test_an_address_with_a_secret_in_it_is_not_kept(store: Store, where: str) -> None:
    with pytest.raises(Explained, match="password or a key") as error:
        store.keep_model(Source("hub", where), CALM, "Secretive")
    assert count(store, "models") == 0 and "Sesame7" not in str(error.value)
    if store.engine.dialect.name == "sqlite":
        store.close()  # so that all that was written is in the one file
        assert b"Sesame7" not in Path(store.location).read_bytes()


def test_a_model_of_a_newer_version_is_explained(store: Store) -> None:
    values = {"source": {"kind": "telepathy", "depth": 3}, "settings": {}}
    with store.engine.begin() as connection:
        row = {"content": json.dumps(values)}
        connection.execute(text("INSERT INTO models VALUES ('m', :content, '2026')"), row)
    with pytest.raises(Explained, match="another version") as error:
        store.models()
    assert error.value.kept and error.value.do


def test_the_latest_finding_of_a_kind_counts(store: Store) -> None:
    id = store.keep_model(BUNDLED, CALM, "Calm")
    assert store.finding(id, "profile") is None
    store.keep_finding(id, "profile", {"first": [0.2, 0.3]})
    store.keep_finding(id, "profile", {"first": [0.1], "remark": "ü"})
    store.put_away_model(id)
    assert store.finding(id, "profile") == {"first": [0.1], "remark": "ü"}
    assert store.finding("", "profile") is None and count(store, "findings") == 3


def test_a_batch_tells_how_far_it_came(store: Store) -> None:
    store.keep_recording(RECORDING)
    batch = store.keep_batch("", RECORDING.card, "Messy", 2, 4)
    other = store.keep_batch("m", Card("Other", "openai", settings={"temperature": 1}), "Clean", 1, 1)
    store.keep_result(batch, "typo", 0, RECORDING.id)
    store.keep_result(batch, "typo", 1, trouble="The model could not be reached.")
    store.keep_result(batch, "caps", 0, RECORDING.id, "The connection broke.")
    newest, oldest = store.batches()
    assert (newest.id, newest.card.settings["temperature"], newest.done, newest.remaining) == (other, 1, 0, 1)
    assert (oldest.pack, oldest.done, oldest.failed, oldest.remaining) == ("Messy", 1, 2, 1)
    assert oldest == store.batch(batch) and oldest.card == RECORDING.card and store.batch("none") is None


def test_a_later_result_takes_the_place_of_an_earlier_one(store: Store) -> None:
    store.keep_recording(RECORDING)
    batch = store.keep_batch("", RECORDING.card, "Messy", 1, 1)
    store.keep_result(batch, "typo", 0, trouble="The model could not be reached.")
    store.keep_result(batch, "typo", 0, RECORDING.id)
    (result,) = store.results(batch)
    assert (result.item, result.attempt, result.recording, result.trouble) == ("typo", 0, RECORDING.id, "")
    kept = must_have(store.batch(batch))
    assert (kept.done, kept.failed) == (1, 0)
    assert count(store, "batch_results") == 2


def test_a_result_of_an_unknown_recording_is_explained(store: Store) -> None:
    batch = store.keep_batch("", RECORDING.card, "Messy", 1, 1)
    with pytest.raises(Explained):
        store.keep_result(batch, "typo", 0, "unknown")
