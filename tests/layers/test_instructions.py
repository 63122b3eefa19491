"""Instructions: heard by the model in their pane alone; a recording without them stands in, and that is told."""

from dataclasses import replace

from components.core.card import Card
from components.core.comparison import branch_recordings
from components.core.event import Event, Stream
from components.core.hidden_turn import hidden_turn
from components.core.prompt import Message, Prompt, join_instructions
from components.core.prototype import Prototype
from components.core.recording import Recording, replay
from components.layers.compare import Comparison
from components.layers.delivery.streaming import Streaming
from components.layers.weather.instructions import UNHEARD_TEXT, Instructions, instructed_prompt, unheard_instructions
from components.models.endpoint.endpoint_request import request_body
from components.models.source import Settings
from components.models.written.scripted_model import scripted_events

ASKED = Prompt.from_typed("When does it rain?")
BRIEF = Instructions("Be brief.")
BRIEFLY = BRIEF.instruct(ASKED)
PLAIN = Recording(ASKED, Card("Small", "endpoint"), scripted_events("It rains in spring and in autumn."))
SHORT = Recording(BRIEFLY, Card("Small", "endpoint"), scripted_events("In spring."))
PANES = (Prototype("Plain", (Streaming(),)), Prototype("Brief", (Streaming(), BRIEF)))


def words(recordings: tuple[Recording, ...]) -> list[str]:
    """What each pane says at its end."""
    timelines = Comparison(recordings, PANES).timelines.values()
    return ["".join(event.text for event in timeline.events if event.carries_words) for timeline in timelines]


def test_the_model_hears_the_instructions_before_the_conversation() -> None:
    heard: list[Prompt] = []

    def listens(prompt: Prompt) -> Stream:
        heard.append(prompt)
        yield Event(0.0, "end")

    told = BRIEF.around(listens)
    list(told(ASKED))
    list(told(hidden_turn(ASKED, "It does.", "How sure are you?")))
    assert [prompt.messages for prompt in heard] == [(Message("system", "Be brief."), *ASKED.messages)] * 2


def test_blank_instructions_change_nothing() -> None:
    assert Instructions(" \n").instruct(ASKED) == ASKED


def test_the_answer_that_was_made_with_them_plays_in_their_pane_alone() -> None:
    assert words((PLAIN, *branch_recordings(PLAIN, (PLAIN, SHORT)))) == [PLAIN.text, SHORT.text]


def test_where_none_was_made_with_them_the_one_without_stands_in_and_it_is_told() -> None:
    assert words((PLAIN,)) == [PLAIN.text, PLAIN.text]
    [remark] = unheard_instructions(PANES[1], ASKED, (PLAIN,))
    assert remark.text == UNHEARD_TEXT
    assert (
        unheard_instructions(PANES[1], ASKED, (PLAIN, SHORT)) == unheard_instructions(PANES[0], ASKED, (PLAIN,)) == ()
    )


def test_a_conversation_that_brought_its_own_instructions_keeps_them() -> None:
    own = replace(ASKED, messages=(Message("system", "You are a farmer."), *ASKED.messages))
    recording = replace(PLAIN, prompt=own)
    assert [event.text for event in replay((recording,))(BRIEF.instruct(own))] == [e.text for e in recording.events]
    assert next(iter(replay((PLAIN,))(Prompt.from_typed("Another?")))).data["fault"] == "unrecorded"


def test_a_model_is_told_everything_in_one_message() -> None:
    body = request_body("m", Settings(system="You are a farmer."), BRIEFLY)
    assert [message["role"] for message in body["messages"]] == ["system", "user"]
    assert body["messages"][0]["content"] == "You are a farmer.\n\nBe brief."
    assert join_instructions(ASKED.messages) == ASKED.messages
    only = (Message("system", "a"), Message("system", "b"))
    assert join_instructions(only) == only


def test_the_question_is_the_same_whatever_was_told_before_it() -> None:
    assert BRIEFLY.question == ASKED == instructed_prompt(PANES[0], ASKED)
    assert BRIEFLY.with_choice("Where?", "Here").question == ASKED != BRIEFLY
