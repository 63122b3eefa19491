"""A key that a person gives is held in memory alone, sent to its one host, and said nowhere."""

import json
import pickle
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from components.core.explained import Explained
from components.models.endpoint.bound_key import BoundKey, key_from_places, require_host
from components.models.endpoint.endpoint_keys import read_key
from components.models.endpoint.given_keys import GIVEN_PREFIX, GivenKeys
from components.models.source import Settings, Source
from components.store import Store

ADDRESS = "https://api.test/v1"
KEYS = st.text("abcdefXYZ0123456789-_.", min_size=8, max_size=40)
OTHER_HOSTS = st.sampled_from(
    ["http://api.test/v1", "https://api.test:8443/v1", "https://sub.api.test/v1", "https://api.test.evil.test/v1",
     "http://localhost:8000/v1", "https://evil.test/api.test", "no address", ""]
)  # fmt: skip


def nothing_set(name: str) -> BoundKey:
    return key_from_places(name, None, {})


@given(KEYS, OTHER_HOSTS, st.sampled_from(["", "PARALLAX_KEY_OWN", "another"]))
@example("sk-0123456789", "https://api.test:8443/v1", "")
def test_a_given_key_goes_to_its_own_host_and_is_told_to_nobody(key: str, other: str, name: str) -> None:
    keys = GivenKeys()
    named = keys.give(name, f" {key}\n", ADDRESS, "maya")
    assert read_key(named, lambda n: keys.find(n, nothing_set), ADDRESS) == key
    with pytest.raises(Explained) as refused:
        read_key(named, lambda n: keys.find(n, nothing_set), other)
    for told in (str(refused.value), repr(keys), repr(vars(keys)), str(keys.find(named, nothing_set)), named):
        assert key not in told


@given(st.text(max_size=12), st.sampled_from([ADDRESS, "", "api.test", "ftp://api.test", "https://"]))
def test_what_cannot_be_a_key_is_refused_without_a_word_of_it(text: str, address: str) -> None:
    with pytest.raises(Explained) as refused:
        GivenKeys().give("PARALLAX_KEY_OWN", f"sk-§{text}", address, "maya")
    assert "sk-" not in str(refused.value)


def test_a_key_that_is_set_for_the_server_wins() -> None:
    keys = GivenKeys()
    keys.give("PARALLAX_KEY_OWN", "given-text", ADDRESS, "maya")
    assert keys.find("PARALLAX_KEY_OWN", lambda _: BoundKey("set-text")).text == "set-text"


def test_nobody_puts_a_key_in_the_place_of_another_persons() -> None:
    keys = GivenKeys()
    name = keys.give("", "first-key", ADDRESS, "maya")
    with pytest.raises(Explained, match="Another person"):
        keys.give(name, "second-key", "https://evil.test", "ben")
    keys.forget(name, "ben")
    assert keys.find(name, nothing_set).text == "first-key" and not keys.is_givers(name, "ben")
    keys.forget(name, "maya")
    with pytest.raises(Explained, match="not held any more") as gone:
        keys.find(name, nothing_set)
    assert "page Models" in gone.value.do


def test_two_keys_without_a_name_have_names_that_nobody_guesses() -> None:
    keys = GivenKeys()
    first, second = (keys.give("", "a-key-text", ADDRESS, "maya") for _ in range(2))
    assert first != second and first.startswith(GIVEN_PREFIX) and len(first) >= len(GIVEN_PREFIX) + 16


def test_held_keys_cannot_be_written_away() -> None:
    with pytest.raises(TypeError):
        pickle.dumps(GivenKeys())


@settings(max_examples=5, deadline=None)
@given(KEYS)
def test_no_file_of_the_data_folder_holds_a_given_key(tmp_path_factory: pytest.TempPathFactory, key: str) -> None:
    folder = Path(tmp_path_factory.mktemp("data"))
    keys, store = GivenKeys(), Store.open(folder)
    source = Source("endpoint", ADDRESS, "m", keys.give("", key, ADDRESS, "maya"))
    id = store.keep_model(source, Settings(), "Hosted", "maya")
    kept = store.model(id)
    store.close()
    assert kept and key not in json.dumps(kept.source.to_json())
    assert not any(key.encode() in file.read_bytes() for file in folder.rglob("*") if file.is_file())


def test_a_host_without_a_port_is_the_one_with_the_usual_port() -> None:
    keys = GivenKeys()
    key = keys.find(keys.give("", "a-key-text", "https://[::1]/v1", "maya"), nothing_set)
    require_host("any", key, "https://[::1]:443/v1")
    with pytest.raises(Explained):
        require_host("any", key, "http://[::1]:443/v1")
