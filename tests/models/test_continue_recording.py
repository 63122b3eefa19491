"""Continue recording: a cut answer and its rest are one answer, whose seconds are those of both."""

import pytest

from components.core.card import Card
from components.core.event import Event
from components.core.explained import Explained
from components.core.prompt import Message, Prompt
from components.core.recording import Recording
from components.models.continue_recording import continuation_prompt, join_continuation
from components.models.written.scripted_model import scripted_events

ASKED = Prompt((Message("user", "How long does rice keep?"),))
CUT_TEXT = "Cooked rice keeps for one day in the fridge, if **it"
CUT = Recording(ASKED, Card("Small", "local", "7", {"temperature": 0.0}), scripted_events(CUT_TEXT, ends="length"))


def test_a_model_is_asked_to_go_on_from_the_words_that_it_gave() -> None:
    assert continuation_prompt(CUT) == ASKED.going_on(CUT_TEXT)


def test_the_whole_has_the_words_and_the_seconds_of_both_and_says_where_it_went_on() -> None:
    further = scripted_events(" was** cooled fast.", first=0.9)
    whole = join_continuation(CUT, (Event(0.1, "silence"), *further), "2026-01-02")
    assert whole.text == f"{CUT_TEXT} was** cooled fast." and whole.prompt == ASKED and whole.finished
    assert whole.seconds == pytest.approx(CUT.seconds + further[-1].at)
    assert whole.card.settings == {"temperature": 0.0, "continued_at": [CUT.seconds]}
    assert [event.at for event in whole.events] == sorted(event.at for event in whole.events)
    assert Recording.from_json(whole.to_json()) == whole and whole.id != CUT.id


def test_a_rest_that_is_cut_again_can_be_gone_on_with_again() -> None:
    once = join_continuation(CUT, scripted_events(" was", ends="length"), "")
    assert once.stopped_at_limit
    twice = join_continuation(once, scripted_events(" cooled."), "")
    assert twice.card.settings["continued_at"] == [CUT.seconds, once.seconds] and not twice.stopped_at_limit


@pytest.mark.parametrize(
    ("events", "said"),
    [
        ((), "nothing to add"),
        (scripted_events(" \n"), "nothing to add"),
        (scripted_events(CUT_TEXT + " was cooled."), "began its answer anew"),
        ((Event(0.5, "error", "Timeout", {"fault": "timeout", "what": "It took too long."}),), "It took too long."),
    ],
)
def test_what_is_no_rest_is_explained_and_the_answer_stays(events: tuple[Event, ...], said: str) -> None:
    with pytest.raises(Explained, match=said) as problem:
        join_continuation(CUT, events, "")
    assert "stays as it is" in problem.value.kept
