"""What a pattern asks the model for itself: nobody sees the answer, and a pattern acts on it only if it says so."""

import pytest

from components.core.event import Event, Stream
from components.core.hidden_turn import HIDDEN_TURN_ENDING, hidden_turn, is_hidden_turn
from components.core.layer import Layer
from components.core.prompt import Prompt
from components.core.prototype import Prototype
from components.core.script import Script
from components.layers import ALL_PATTERNS
from components.layers.clarification.restate_and_confirm import YES, RestateAndConfirm
from components.layers.delivery.blocking import Blocking
from components.layers.delivery.streaming import Streaming
from components.layers.failure.visible_retry import VisibleRetry
from components.layers.weather.fault import Fault
from components.layers.weather.latency_profile import LatencyProfile
from tests.layers.streams import ASKED, ERROR, Scripted, heard, kinds, said, shown

HIDDEN = hidden_turn(ASKED, "It is so.", "Why?")
JOINS = {"LatencyProfile", "Instructions", "Fault", "Blocking", "RestateAndConfirm", "VisibleRetry"}


@pytest.mark.parametrize("kind", ALL_PATTERNS.values(), ids=list(ALL_PATTERNS))
def test_a_hidden_turn_goes_to_the_model_as_it_is_and_its_very_stream_comes_back(kind: type[Layer]) -> None:
    asked: list[Prompt] = []
    stream = iter(said("Because."))

    def answer(prompt: Prompt) -> Stream:
        asked.append(prompt)
        return stream

    heard = kind(**kind.example.dials).around(answer)(HIDDEN)
    assert (heard is stream and asked == [HIDDEN]) != (kind.__name__ in JOINS)


@pytest.mark.parametrize("kind", ALL_PATTERNS.values(), ids=list(ALL_PATTERNS))
def test_what_a_person_sees_never_passes_a_pattern_by(kind: type[Layer]) -> None:
    stream = iter(said("Yes."))
    assert kind().around(lambda prompt: stream)(ASKED) is not stream


def test_a_slow_connection_is_slow_and_a_broken_one_broken_for_hidden_turns_too() -> None:
    assert heard(LatencyProfile(first=5.0), said("Because."), HIDDEN)[0].at == 5.0
    assert heard(Fault(kind="server"), said("Because."), HIDDEN)[-1].kind == "error"
    assert heard(Blocking(patience=1.0), said("Because.", first=3.0), HIDDEN)[-1].data["fault"] == "timeout"


def test_a_hidden_turn_that_broke_is_tried_again() -> None:
    class Recovers(Scripted):
        def __call__(self, prompt: Prompt) -> Stream:
            self.asked.append(prompt)
            yield from said("Because.") if prompt.attempt else [Event(0.1, "error", "boom", ERROR)]

    model = Recovers([])
    stack = Prototype("", (Streaming(), VisibleRetry()))
    assert shown(list(stack.around(model)(HIDDEN))) == "Because."
    assert [prompt.attempt for prompt in model.asked] == [0, 1]


def test_a_yes_between_person_and_prototype_stays_out_of_hidden_turns() -> None:
    layer, model = RestateAndConfirm(), Scripted(said("Because."))
    asked = hidden_turn(ASKED.with_choice(layer.question, YES), "It is so.", "Why?")
    assert kinds(list(layer.around(model)(asked))) == ["token", "end"]
    assert model.asked == [HIDDEN]


def test_a_hidden_turn_is_known_by_how_it_ends_and_keeps_the_prompts_script() -> None:
    scripted = Prompt(ASKED.messages, attempt=2, partial="It", script=Script(why=("It is.",)))
    asked = hidden_turn(scripted, "It is so.", "Why?")
    assert asked == HIDDEN and asked.script == scripted.script
    assert asked.choices[-1].option == f"Why? {HIDDEN_TURN_ENDING}"
    assert is_hidden_turn(asked) and not is_hidden_turn(ASKED) and not is_hidden_turn(ASKED.with_choice("Q?", "a"))
