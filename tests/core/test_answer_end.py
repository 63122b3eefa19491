"""Answer end: what ended by itself, and what was cut, at its limit or in mid-sentence."""

import pytest

from components.core.answer_end import ending_words, ends_mid_sentence, was_cut
from components.core.card import Card
from components.core.event import Event
from components.core.prompt import Prompt
from components.core.recording import Recording

MID_SENTENCE_TEXTS = (
    "Photosynthesis is the process by which the",
    "It takes two steps. First, light is caught by",
    "You have three options. You could take the train, which leaves at",
    "Take the train,",
    "Refunds take a week. **Exchanges are quicker",
    "The answer is 4.\n\nTo see why, add the numbers. Then divide them by their count",
    "Run this:\n```python\nfor x in range(3):\n    print(x)",
    "光合作用はエネルギーを作る。 それは葉で",
    "It is wet — and",
)
OWN_END_TEXTS = (
    "",
    "Canberra",
    "42",
    "Yes, it is.",
    "It is Canberra (not Sydney).",
    "“Nothing is certain.”",
    "**Take the train.**",
    "Bring these. They matter:\n\n- a passport\n- your ticket",
    "First. Then:\n1. Open it. Look inside",
    "Run this:\n```python\nprint(1)\n```",
    "Is it wet? Look outside!",
    "光合作用はエネルギーを作る。",
    "ต้นไม้ใช้แสงแดดเพื่อสร้างอาหาร",
    "A table. See:\n| a | b |\n|---|---|\n| 1 | 2 |",
    "Wait…",
)


def said(text: str, last: Event) -> Recording:
    return Recording(Prompt.from_typed("Why?"), Card("small", "local"), (Event(0.1, "token", text), last))


@pytest.mark.parametrize("text", MID_SENTENCE_TEXTS)
def test_words_that_stop_inside_of_a_sentence_did_not_end_by_themselves(text: str) -> None:
    assert ends_mid_sentence(text)
    assert not said(text, Event(0.2, "end", data={"reason": "stop"})).finished


@pytest.mark.parametrize("text", OWN_END_TEXTS)
def test_an_answer_without_a_sign_of_a_cut_ended_by_itself(text: str) -> None:
    assert not ends_mid_sentence(text)
    assert said(text, Event(0.2, "end", data={"reason": "stop"})).finished
    assert said(text, Event(0.2, "end")).finished  # as earlier versions wrote it


@pytest.mark.parametrize(
    ("last", "words"),
    [
        (Event(1.0, "end", data={"reason": "length"}), "cut at its limit"),
        (Event(1.0, "end", data={"reason": "filter"}), "cut by a filter"),
        (Event(1.0, "end", data={"reason": "stopped"}), "stopped by a person"),
        (Event(1.0, "error", data={"fault": "cut"}), "broke off"),
    ],
)
def test_what_was_cut_says_by_what(last: Event, words: str) -> None:
    assert was_cut(last) and not said("A whole sentence.", last).finished
    assert said("A whole sentence.", last).ending == words == ending_words(last, "A whole sentence.")


def test_an_answer_without_an_end_broke_off() -> None:
    assert ending_words(None, "Words.") == ending_words(Event(0.1, "token", "Words."), "Words.") == "broke off"
