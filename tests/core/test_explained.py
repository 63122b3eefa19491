"""What a program says of its trouble is told without its classes and without links."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.core.explained import MAX_REASON_CHARS, plain_reason


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
