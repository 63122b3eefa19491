"""A key comes from two places alone, and goes only where it is meant to."""

from collections.abc import Mapping
from typing import Any

import httpx2
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from components.core.explained import Explained
from components.core.prompt import Prompt
from components.models.endpoint import model_list
from components.models.endpoint.bound_key import KEY_PREFIX, KEY_SECTION, BoundKey, require_host
from components.models.endpoint.endpoint import Endpoint
from components.models.endpoint.model_list import list_endpoint_models
from components.models.source import Source
from components.ui import keys

NAME = "PARALLAX_KEY_OPENAI"
NAMES = st.sampled_from(
    [KEY_SECTION, "DB_PASSWORD", "openai", "openai_HOST", NAME, f"{NAME}_HOST", "PATH", "items", "__class__", ""]
) | st.text(max_size=6)
TREES = st.dictionaries(
    NAMES,
    st.text(max_size=6) | st.none() | st.dictionaries(NAMES, st.text(max_size=6) | st.integers(), max_size=3),
    max_size=3,
)
VARIABLES = st.dictionaries(NAMES, st.text(max_size=6), max_size=3)


@given(TREES, VARIABLES, NAMES)
@example({"DB_PASSWORD": "x"}, {"PATH": "y"}, "DB_PASSWORD")
@example({"db": {"password": "x"}}, {}, "db")
@example({KEY_SECTION: {"openai": {"deep": "x"}}}, {}, "openai")
@example({KEY_SECTION: {"openai": "x", "openai_HOST": "a.test"}}, {}, "openai_HOST")
def test_nothing_outside_the_two_places_is_ever_a_key(
    tree: dict[str, Any], variables: dict[str, str], name: str
) -> None:
    section = tree.get(KEY_SECTION)
    meant = section.get(name) if isinstance(section, Mapping) else None
    allowed = {meant} if isinstance(meant, str) else set()
    allowed |= {variables[name]} if name.startswith(KEY_PREFIX) and name in variables else set()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("streamlit.secrets", tree)
        patched.setattr("os.environ", variables)
        try:
            found = keys.find_key(name).text
        except Explained:
            found = ""
    assert not found or (found in allowed and not name.endswith("_HOST"))
    assert found or name.endswith("_HOST") or not any(allowed)


@pytest.mark.parametrize(
    ("hosts", "address"),
    [
        ("", "http://localhost:8000/v1"), ("", "http://127.0.0.1:1/v1"), ("", "http://127.9.9.9/v1"),
        ("", "http://[::1]:8000/v1"), ("api.test", "https://api.test/v1"), ("API.test", "https://api.TEST./v1"),
        ("api.test", "https://api.test:8443/v1"), ("api.test:443", "https://api.test/v1"),
        ("a.test , api.test:8443", "https://api.test:8443/v1"), ("https://api.test/v1", "https://api.test/v1"),
        ("::1", "http://[::1]:8000/v1"), ("[::1]:8000", "http://[::1]:8000/v1"),
    ],
)  # fmt: skip
def test_a_key_goes_to_its_hosts_and_without_any_to_this_computer(hosts: str, address: str) -> None:
    require_host(NAME, BoundKey("sk", tuple(filter(None, map(str.strip, hosts.split(","))))), address)


@pytest.mark.parametrize(
    ("hosts", "address"),
    [
        ("", "https://api.test/v1"), ("", "http://10.0.0.1/v1"), ("", "http://localhost.evil.test/v1"),
        ("", "http://127.0.0.1.evil.test/v1"), ("", "http://x.localhost/v1"), ("api.test", "http://localhost/v1"),
        ("api.test", "https://sub.api.test/v1"), ("api.test", "https://xapi.test/v1"), ("*", "https://api.test/v1"),
        ("api.test", "https://api.test.evil.test/v1"), (".test", "https://api.test/v1"), ("test", "https://api.test/"),
        ("api.test:443", "https://api.test:8443/v1"), ("https://api.test", "http://api.test/v1"),
        ("api.test", "https://api.test\\.evil.test/v1"), ("api.test", "https://evil.test#api.test"),
        ("api.test", "https://evil.test/api.test"), ("api.test:x", "https://api.test/v1"), (":", "https://api.test"),
        ("api.test", "no address"),
    ],
)  # fmt: skip
def test_a_key_goes_nowhere_else(hosts: str, address: str) -> None:
    with pytest.raises(Explained, match="may not be sent") as refused:
        require_host(NAME, BoundKey("sk-secret", (hosts,) if hosts else ()), address)
    assert f"{NAME}_HOST" in refused.value.do and "sk-secret" not in str(refused.value)


def test_the_refusal_names_the_very_variable_to_set() -> None:
    with pytest.raises(Explained) as refused:
        require_host(NAME, BoundKey("sk"), "https://api.openai.com/v1")
    assert refused.value.do == f"Set {NAME}_HOST=api.openai.com where Parallax is started, then retry."


def test_a_key_that_is_not_for_an_address_leaves_on_no_path() -> None:
    sent: list[httpx2.Request] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        sent.append(request)
        return httpx2.Response(200)

    transport = httpx2.MockTransport(answer)
    source = Source("endpoint", "https://evil.test/v1", "m", NAME)
    endpoint = Endpoint(source, None, lambda _: BoundKey("sk", ("api.test",)), lambda: transport)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(model_list, "GuardedTransport", lambda: transport)
        for act in (
            endpoint.check,
            lambda: endpoint.ask(Prompt.from_typed("Is it so?")),
            lambda: list_endpoint_models(source, endpoint.find_key),
        ):
            with pytest.raises(Explained, match=r"evil\.test"):
                act()
    assert not sent
