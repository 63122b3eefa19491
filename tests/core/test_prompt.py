"""Facts about prompts: what can be asked, and what makes two of them the same."""

import hashlib
import json

import pytest

from components.core.explained import Explained
from components.core.prompt import MAX_PROMPT_CHARS, Choice, Message, Prompt, clean_text, content_id, isolate_direction


@pytest.mark.parametrize(
    "typed", ["", "   ", "\n\t\r\n", "\x00\x07\x1b", "\u200b\u200d\u200e", "\u00a0\u3000", "\ud83d"]
)
def test_nothing_to_read_is_nothing_to_ask(typed: str) -> None:
    with pytest.raises(Explained, match="nothing to ask"):
        Prompt.from_typed(typed)


def test_twenty_thousand_characters_are_too_long_and_a_person_is_told_so() -> None:
    with pytest.raises(Explained, match="20,000 characters") as told:
        Prompt.from_typed("x" * 20_000)
    assert told.value.kept and told.value.do
    assert len(Prompt.from_typed("x" * MAX_PROMPT_CHARS).text) == MAX_PROMPT_CHARS


@pytest.mark.parametrize(
    "typed",
    [
        "👩‍👩‍👧‍👦 and 🇮🇹?",
        "ما هي خياراتي؟",
        "مرحبا \u200fRome\u200e",
        "<script>alert(1)</script> **bold** [x](javascript:alert(1))",
        "line one\n\tline two",
        "e\u0301 ﬁ 今日は",
    ],
)
def test_every_script_and_sign_is_asked_as_it_was_typed(typed: str) -> None:
    assert Prompt.from_typed(typed).text == typed


def test_control_characters_and_half_characters_are_taken_out() -> None:
    assert clean_text(" a\x00b\x1b[2Jc\ud83d\r\nd\re \x7f\x85") == "ab[2Jc\nd\ne"


def test_every_prompt_can_be_sent_and_kept_as_json() -> None:
    prompt = Prompt.from_typed("Where to? 👋 \ud83d").with_choice("When?", "Today").going_on("It is ")
    assert Prompt.from_json(json.loads(json.dumps(prompt.to_json()))) == prompt
    json.dumps(prompt.to_json(), ensure_ascii=False).encode()


def test_every_attempt_at_a_prompt_has_the_same_id() -> None:
    prompt = Prompt.from_typed("Where to?")
    assert prompt.next_attempt().id == prompt.going_on("It is").id == prompt.id
    assert prompt.with_choice("When?", "Today").id != prompt.id
    assert Prompt.from_typed("Where to ?").id != prompt.id


def test_ids_are_the_same_everywhere_and_always() -> None:
    assert content_id({"b": [1, "é"], "a": None}) == content_id({"a": None, "b": [1, "é"]})
    assert content_id({"a": 1}) == "015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862"
    canonical = '{"choices":[],"messages":[{"role":"user","text":"Hello"}]}'
    assert Prompt.from_typed("Hello").id == hashlib.sha256(canonical.encode()).hexdigest()


def test_a_choice_is_a_turn_of_the_conversation() -> None:
    prompt = Prompt((Message("system", "Be brief."), Message("user", "Where to?")), (Choice("When?", "Today"),))
    assert prompt.text == "Where to?"
    assert [(turn.role, turn.text) for turn in prompt.conversation[2:]] == [("assistant", "When?"), ("user", "Today")]


def test_going_on_joins_the_words_on_the_screen_and_is_the_next_attempt() -> None:
    prompt = Prompt.from_typed("Where to?").going_on("To ").going_on("Rome")
    assert (prompt.partial, prompt.attempt) == ("To Rome", 2)


def test_words_in_a_sentence_turn_nothing_beside_them_around() -> None:
    assert isolate_direction("live \u202eevil\u202c \u2066x\u2069") == "live evil x"
    assert isolate_direction("\u2069שלום") == "\u2068שלום\u2069"
    assert isolate_direction("👨\u200d👩\u200d👧 plain") == "👨\u200d👩\u200d👧 plain"
