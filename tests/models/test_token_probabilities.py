"""Probabilities are used only where their tokens spell the words, each for its own letters."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.models.endpoint.token_probabilities import TokenSpeller, log_probability

WORD = st.text(
    st.characters(min_codepoint=33, exclude_categories=["Cs"], exclude_characters="\ufffd"), min_size=1, max_size=4
)
TOKENS = st.lists(st.tuples(WORD.map(lambda text: f" {text}"), st.floats(-9, 0)), min_size=1, max_size=5)
NOISE = st.lists(st.tuples(st.sampled_from(["</think>", "\n\n", "<|end|>", "Hm"]), st.just(-5.0)), max_size=3)


def listed(*tokens: tuple[str, float | None]) -> dict[str, Any]:
    return {"content": [{"token": text, "logprob": value, "bytes": list(text.encode())} for text, value in tokens]}


def spelled(*pieces: tuple[str, object]) -> list[tuple[str, float | None]]:
    speller = TokenSpeller()
    return [(token.text, token.data.get("logprob")) for text, known in pieces for token in speller.spell(text, known)]


@settings(max_examples=50, deadline=None)
@given(NOISE, TOKENS, NOISE)
def test_tokens_of_thoughts_and_of_a_turns_end_are_none_of_the_answers(
    before: list[tuple[str, float]], tokens: list[tuple[str, float]], after: list[tuple[str, float]]
) -> None:
    text = "".join(word for word, _ in tokens)
    assert spelled((text, listed(*before, *tokens, *after))) == tokens


@settings(max_examples=50, deadline=None)
@given(TOKENS, st.text(min_size=1, max_size=12))
def test_whatever_is_listed_the_words_stay_and_each_probability_has_its_letters(
    tokens: list[tuple[str, float]], text: str
) -> None:
    found = spelled((text, listed(*tokens)))
    assert "".join(word for word, _ in found) == text
    said = dict(tokens)
    assert all(value is None or any(word.strip() == known.strip() for known in said) for word, value in found)


@pytest.mark.parametrize(
    ("pieces", "tokens"),
    [
        ([("It", listed(("</think>", -0.9), ("\n\n", -0.7), ("It", -0.1)))], [("It", -0.1)]),
        ([("It is", listed((" It", -0.5), (" is", None)))], [("It", -0.5), (" is", None)]),
        ([("It is so.", listed(("It", -0.1), (" is", -0.1)))], [("It is so.", None)]),
        ([("", listed(("", -2.0))), ("😊", listed(("😊", -0.25)))], [("😊", -2.25)]),
        ([("a", {"tokens": ["a"], "token_logprobs": [-0.5], "top_logprobs": [{"a": -0.5}]})], [("a", -0.5)]),
        ([(" so\n", listed(("Ġso", -0.5), ("Ċ", -0.1)))], [(" so", -0.5), ("\n", -0.1)]),
        ([("a", listed(("a", 0.7)))], [("a", None)]), ([("a", listed(("a", float("-inf"))))], [("a", None)]),
        ([("a", {"content": "no list"})], [("a", None)]), ([("a", {"content": [None, 5]})], [("a", None)]),
        ([("a b", listed(("a", -1.0), (" b", -1.0), ("a", -2.0), (" b", -2.0)))], [("a", -2.0), (" b", -2.0)]),
    ],
)  # fmt: skip
def test_the_shapes_that_servers_send(pieces: list[tuple[str, object]], tokens: list[tuple[str, float | None]]) -> None:
    assert spelled(*pieces) == tokens


@pytest.mark.parametrize("token", ["\ufffd", "bytes:\\xf0\\x9f"])
def test_parts_of_one_character_count_together(token: str) -> None:
    parts = [{"token": token, "logprob": -0.5, "bytes": list(half)} for half in (b"\xf0\x9f", b"\x98\x8a")]
    assert spelled(("😊", {"content": parts})) == [("😊", -1.0)]


@pytest.mark.parametrize("top", [None, "", 5, [None], {"a": -0.1, "b": None}, [{"token": "a", "logprob": -0.1}]])
def test_alternatives_in_any_shape_lose_no_word(top: object) -> None:
    known = {"content": [{"token": "a", "logprob": -0.1, "top_logprobs": top}]}
    [token] = TokenSpeller().spell("a", known)
    assert token.data == {"logprob": -0.1, "alternatives": [["a", -0.1]]}


@settings(max_examples=50, deadline=None)
@given(st.floats(allow_nan=True) | st.booleans() | st.none() | st.text())
def test_a_probability_is_at_most_one_or_unknown(value: object) -> None:
    known = log_probability(value)
    assert known is None or known <= 0
