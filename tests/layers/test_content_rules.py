"""What may land in a button, a list or a card, on what a small model really says when it is asked for that."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.layers import content_rules as rules
from components.layers.added_content import keep_fitting, parse_list
from components.prompts.bundled_recordings import bundled_recordings
from components.prompts.packs import load_packs

REPLIES = json.loads((Path(__file__).parent / "small_model_replies.json").read_text("utf-8"))
SLOTS = {
    "next": rules.FOLLOW_UP_RULE, "question": rules.QUESTION_RULE, "plan": rules.PLAN_STEP_RULE,
    "restated": rules.RESTATED_RULE, "sources": rules.SOURCE_RULE, "assumes": rules.ASSUMPTION_RULE,
    "options": rules.OPTION_RULE, "steps": rules.STEP_DONE_RULE, "why": rules.REASON_RULE,
}  # fmt: skip
NONE_FIT = ("question", "plan", "restated")  # slots for which the small model said nothing that fits, six times of six


def kept(slot: str, reply: str) -> tuple[str, ...]:
    return keep_fitting(parse_list(reply), SLOTS[slot])


@pytest.mark.parametrize("slot", NONE_FIT)
def test_a_small_models_apologies_are_no_question_no_plan_and_no_restatement(slot: str) -> None:
    replies = [row["reply"] for row in REPLIES if row["slot"] == slot]
    assert len(replies) == 6 and [kept(slot, reply) for reply in replies] == [()] * 6


def test_of_a_small_models_next_questions_those_remain_that_a_person_would_ask() -> None:
    found = [kept("next", row["reply"]) for row in REPLIES if row["slot"] == "next"]
    assert [len(lines) for lines in found] == [0, 7, 4, 0, 3, 0]
    assert all(line.endswith("?") and len(line) <= 60 for lines in found for line in lines)


def test_nothing_that_a_small_model_says_of_itself_is_a_source() -> None:
    found = [kept("sources", row["reply"]) for row in REPLIES if row["slot"] == "sources"]
    assert [lines for lines in found if lines] == [("SmolLM", "Hugging Face")]


def test_no_recorded_answer_is_taken_for_a_question_a_restatement_or_an_option() -> None:
    texts = ["".join(event.text for event in recording.events if event.kind == "token").strip()
             for recording in bundled_recordings()]  # fmt: skip
    long = [text for text in texts if len(text) > 40]
    assert len(long) > 150
    for slot in ("question", "restated", "options"):
        assert [text for text in long if "?" not in text and SLOTS[slot].fits(text)] == []


@pytest.mark.parametrize("slot", ["next", "options", "steps", "plan", "sources", "why", "assumes"])
def test_what_people_wrote_for_the_packs_keeps_to_the_rules(slot: str) -> None:
    lines = [line for pack in load_packs() for item in pack.items for line in getattr(item, slot)]
    assert lines and [line for line in lines if not SLOTS[slot].fits(line)] == []


@pytest.mark.parametrize(
    ("slot", "line", "fits"),
    [
        ("next", "Do I get my money back?", True),
        ("next", "Can you give me an example?", True),
        ("next", "What's your budget?", False),
        ("next", "Give me an example", False),
        ("next", "**Why** is that so?", False),
        ("next", "Sure! What else would help?", False),
        ("next", "Wann fährt der nächste Zug?", True),
        ("next", "次の電車は何時ですか？", True),
        ("options", "Under 300 euros", True),
        ("options", "It is not a box, it is jewelry.", False),
        ("options", "an option that goes on and on for far too long", False),
        ("plan", "Ask the airline for the next flight | Two found", True),
        ("plan", "The capital is Canberra", False),
        ("plan", "I'll look into it", False),
        ("sources", "Regulation (EC) No 261/2004 | Passage. More of it.", True),
        ("sources", "This answer is based on what I know", False),
        ("sources", "[1] https://example.org", False),
        ("restated", "You want a train to Rome tonight.", True),
        ("restated", "A train to Rome tonight.", False),
    ],
)
def test_a_line_fits_its_slot_or_does_not(slot: str, line: str, fits: bool) -> None:
    assert SLOTS[slot].fits(line) is fits


@given(st.text(max_size=300), st.sampled_from(sorted(SLOTS)))
def test_whatever_a_model_says_what_is_kept_is_one_short_line_without_markup(reply: str, slot: str) -> None:
    for line in kept(slot, reply):
        title = line.partition("|")[0].strip()
        assert 0 < len(title) <= SLOTS[slot].max_chars
        assert not any(sign in title for sign in ("\n", "**", "`", "https://"))


def test_a_plan_of_one_step_is_none() -> None:
    assert kept("plan", "Look for trains") == ()
    assert kept("plan", "1. Look for trains\n2. **Book a seat**\n2. Book a seat") == ("Look for trains", "Book a seat")


def test_words_that_nobody_wrote_say_nothing() -> None:
    assert rules.written_words("Your handbook, chapter 2 | What it says about this") == ""
    assert rules.written_words("Our handbook | What it says") == "Our handbook | What it says"
