"""What a program says of its trouble is told without its classes and without links."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.core.event import Event
from components.core.explained import MAX_REASON_CHARS, plain_reason
from components.models.endpoint.fault_cures import call_failure


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("litellm.APIConnectionError: Connection error.", "Connection error."),
        ("openai.AuthenticationError: Wrong key. You can find it at https://example.com/docs/keys.", "Wrong key."),
        ("The hub is away. Check it at 'https://example.com/docs/offline'.", "The hub is away."),
        ("OSError: there is no config.json", "there is no config.json"),
        ("nothing odd", "nothing odd"),
        ("", ""),
    ],
)  # fmt: skip
def test_only_the_reason_is_left(text: str, plain: str) -> None:
    assert plain_reason(text) == plain


@given(st.text(), st.sampled_from(["APIError: ", "a.b.HTTPException: "]), st.text(max_size=20))
def test_no_link_and_no_long_text_is_left(before: str, name: str, after: str) -> None:
    told = plain_reason(f"{before} {name}see https://example.com/docs/{after}")
    assert "https://" not in told and len(told) <= MAX_REASON_CHARS


def test_a_test_that_fails_tells_the_servers_reason_plainly() -> None:
    words = "litellm.APIConnectionError: No route to the model. See https://example.com/docs/errors."
    told = str(call_failure(Event(1.0, "error", words, {"fault": "unreachable"})))
    assert "(No route to the model.)" in told and "https://" not in told and "APIConnectionError" not in told
