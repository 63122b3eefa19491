"""What a comparison plays: faults the model really had, further attempts, and the question before any choice."""

from dataclasses import replace

from components.core.card import Card
from components.core.comparison import branch_recordings
from components.core.event import Event
from components.core.prompt import Prompt
from components.core.recording import Recording
from components.layers.compare import Comparison
from components.ui.shared.samples import first_comparison

ASKED = Prompt.from_typed("Where to?")
WORDS = (Event(0.1, "token", "To"), Event(0.2, "token", " Rome."))
BROKEN = Recording(ASKED, Card("S", "scripted"), (*WORDS[:1], Event(0.2, "error", "died", {"fault": "worker"})))
AGAIN = Recording(ASKED.next_attempt(), Card("S", "scripted"), (*WORDS, Event(0.3, "end", data={"reason": "stop"})))


def compared(*recordings: Recording, fault: str = "nothing") -> Comparison:
    return replace(first_comparison(), recordings=recordings, fault=fault)


def test_trying_again_after_a_real_failure_asks_the_model_and_does_not_replay_the_failure() -> None:
    careful = compared(BROKEN).timelines["C"]
    assert careful.broke and not careful.branches


def test_once_it_was_tried_again_the_button_plays_what_came_then() -> None:
    careful = compared(BROKEN, *branch_recordings(BROKEN, (BROKEN, AGAIN))).timelines["C"]
    assert careful.broke and not careful.branches["retry"].broke


def test_an_injected_fault_is_cured_by_trying_again_from_the_same_recording() -> None:
    careful = compared(first_comparison().recording, fault="cut").timelines["C"]
    assert careful.broke and not careful.branches["retry"].broke


def test_an_answer_to_a_second_attempt_can_be_broken_like_any_other() -> None:
    assert compared(AGAIN).timelines["C"].events[-1].kind == "end"
    assert compared(AGAIN, fault="server").timelines["C"].broke


def test_an_answer_to_a_choice_begins_with_the_question_before_it() -> None:
    chosen = replace(AGAIN, prompt=ASKED.with_choice("Which?", "This"))
    assert compared(chosen).prompt == ASKED


def test_other_answers_to_the_same_question_are_no_branches() -> None:
    slower = replace(BROKEN, events=tuple(event.with_time(event.at + 1) for event in BROKEN.events))
    assert branch_recordings(BROKEN, (BROKEN, slower, AGAIN)) == (AGAIN,)
