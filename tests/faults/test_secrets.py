"""No key is shown: not as it is, not in any form in which a program may print it, and on no path."""

import base64
import html
import json
import re
from collections.abc import Callable
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.core.explained import Explained
from components.models.endpoint.bound_key import BoundKey
from components.models.endpoint.endpoint_errors import MAX_ERROR_CHARS, error_event
from components.models.endpoint.endpoint_keys import MASK, hide_secrets, read_key

SENDABLE = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=8, max_size=60)
HERE = "http://localhost/v1"
ANY = st.text(min_size=8, max_size=40).filter(lambda key: len(key.strip()) >= 8)
PRINTED: dict[str, Callable[[str], str]] = {
    "as it is": str, "repr": repr, "ascii": ascii, "json": json.dumps, "twice": lambda key: repr(repr(key)),
    "json in json": lambda key: json.dumps(json.dumps(key)),
    "bytes": lambda key: repr(f"Bearer {key}".encode(errors="surrogatepass")),
    "percent": lambda key: quote(key.encode(errors="replace").decode(), safe=""),
    "form": lambda key: quote_plus(key.encode(errors="replace").decode()), "html": html.escape,
    "collapsed": lambda key: " ".join(key.split()), "hex": lambda key: key.encode(errors="surrogatepass").hex(),
    "capitals": lambda key: quote(key, safe="").lower() if key.isascii() else key,
}  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(SENDABLE | ANY, st.sampled_from(sorted(PRINTED)), st.text(max_size=20), st.text(max_size=20))
def test_a_key_is_masked_in_every_form(key: str, form: str, before: str, after: str) -> None:
    shown = PRINTED[form](key)
    hidden = hide_secrets(f"{before} {shown} {after}", (key,))
    bare = key.strip()
    assert bare not in hidden.replace(MASK, "") or bare in f"{before} {after}"
    assert MASK in hidden and shown.strip("'\"b ") not in hidden


@settings(max_examples=60, deadline=None)
@given(SENDABLE, st.text(max_size=9), st.binary(max_size=9))
def test_a_key_is_masked_in_base64_behind_any_name(key: str, name: str, after: bytes) -> None:
    for code in (base64.b64encode, base64.urlsafe_b64encode):
        shown = code(f"{name}:{key}".encode(errors="replace") + after).decode()
        hidden = hide_secrets(f"Authorization: Basic {shown}", (key,))
        left = hidden.removeprefix("Authorization: Basic ").replace(MASK, "")
        assert MASK in hidden and len(left) <= len(shown) - len(key)


@settings(max_examples=60, deadline=None)
@given(SENDABLE, st.integers(0, MAX_ERROR_CHARS + 60), st.sampled_from(sorted(PRINTED)))
def test_a_key_that_stands_where_a_text_is_cut_leaves_no_half(key: str, at: int, form: str) -> None:
    text = error_event(
        ValueError(" " * 3 + "x " * (at // 2) + PRINTED[form](key) + " y" * 300), 0.0, False, (key,)
    ).text
    assert len(text) <= MAX_ERROR_CHARS
    half = max(6, (len(key) + 1) // 2)
    assert not any(key[start : start + half] in text for start in range(len(key) - half + 1))


@given(SENDABLE, st.integers(0, 5000))
def test_a_long_text_is_cut_before_a_key_in_it(key: str, at: int) -> None:
    assert key not in hide_secrets("- " * (at // 2) + key + " -" * 2500, (key,))


def test_a_short_key_is_masked_as_a_word_only() -> None:
    assert hide_secrets("the key e was refused: 'e'", ("e",)) == f"the key {MASK} was refused: '{MASK}'"


@pytest.mark.parametrize("around", ["{}\n", "{}\r", "\r\n{}\t", "  {} ", "\ufeff{}", "{}\u00a0"])
def test_blanks_around_a_key_are_left_out(around: str) -> None:
    assert read_key("PARALLAX_KEY_X", lambda _: BoundKey(around.format("sk-secret-1234")), HERE) == "sk-secret-1234"


@settings(max_examples=60)
@given(st.text(max_size=30))
def test_a_key_can_be_sent_or_is_explained_without_a_word_of_it(key: str) -> None:
    problem: Explained | None = None
    try:
        assert re.fullmatch(
            r"[\x21-\x7e]([\x20-\x7e\t]*[\x21-\x7e])?", read_key("PARALLAX_KEY_X", lambda _: BoundKey(key), HERE)
        )
    except Explained as error:
        problem = error
    assert problem is None or (problem.kept and problem.do and problem.__cause__ is None)
    assert problem is None or len(key.strip()) < 5 or key.strip() not in str(problem)


@pytest.mark.parametrize("key", ["a—bcdefg", "abc\ndef1", "abc\x00def", "“abcdefg”"])
def test_a_key_that_no_header_can_hold_is_explained(key: str) -> None:
    with pytest.raises(Explained, match="cannot be sent"):
        read_key("PARALLAX_KEY_X", lambda _: BoundKey(key), HERE)
