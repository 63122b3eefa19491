"""Patterns that show where an answer comes from and how it came about."""

import pytest

from components.core.event import Event, Stream
from components.core.hidden_turn import is_hidden_turn
from components.core.layer import Layer
from components.core.prompt import Prompt
from components.core.prototype import Prototype
from components.design.lint import lint
from components.layers.added_content import ORIGIN_DESIGNER, ORIGIN_MODEL
from components.layers.delivery.blocking import Blocking
from components.layers.delivery.streaming import Streaming
from components.layers.transparency.citations import Citations
from components.layers.transparency.for_and_against import ForAndAgainst
from components.layers.transparency.reasoning_trace import ReasoningTrace
from components.layers.transparency.step_log import StepLog
from components.layers.transparency.why import Why
from tests.layers.streams import ASKED, ERROR, heard, kinds, said, shown


class Talkative:
    """A model that answers, and says more when it is asked for more."""

    def __init__(self, more: str) -> None:
        self.more = more

    def __call__(self, prompt: Prompt) -> Stream:
        events = said(self.more if is_hidden_turn(prompt) else "It is late.")
        yield from (event.become("text", event.text) if event.kind == "token" else event for event in events)


def asked(layer: Layer, more: str) -> list[Event]:
    return list(layer.around(Talkative(more))(ASKED))


def notice(events: list[Event]) -> Event:
    [found] = [event for event in events if event.kind == "notice"]
    return found


def test_a_source_is_numbered_and_stands_behind_the_words_it_is_about() -> None:
    own = "Almanac | Says so | is late\nClock\nNowhere | x | not in the answer"
    seen = [event for event in heard(Citations(own=own), said("It is late.")) if event.kind == "source"]
    assert [(event.text, event.data["n"], event.data["claim"]) for event in seen] == [
        ("Almanac", 1, "is late"), ("Clock", 2, ""), ("Nowhere", 3, ""),
    ]  # fmt: skip
    listed = heard(Citations(own=own, granularity="answer"), said("It is late."))
    assert not any(event.data["claim"] for event in listed if event.kind == "source")


def test_sources_of_a_language_model_are_remarked_on() -> None:
    stack = Prototype("", (Citations(origin=ORIGIN_MODEL),))
    assert any("invent" in remark.text for remark in lint(stack))


def test_reasons_come_from_the_model_then_from_the_designer() -> None:
    own = Why(own="Mine", length=1)
    from_model = notice(asked(own, "1. Because of the night.\n2. Because of the clock."))
    assert from_model.data["items"] == ["Because of the night."] and from_model.data["origin"] == "From the model"
    mine = notice(asked(Why(own="Mine", origin=ORIGIN_DESIGNER), "Unasked"))
    assert mine.data["items"] == ["Mine"] and mine.data["origin"] == "Written by the designer"


def test_both_sides_get_the_same_room() -> None:
    more = "For: cheap\nFor: quick\nAgainst: loud"
    columns = notice(asked(ForAndAgainst(), more)).data["columns"]
    assert columns == [{"title": "For", "items": ["cheap"]}, {"title": "Against", "items": ["loud"]}]
    every = notice(asked(ForAndAgainst(balance="all there are", against_first=True), more)).data["columns"]
    assert [len(column["items"]) for column in every] == [1, 2]


def test_a_reply_without_sides_is_not_taken() -> None:
    assert (
        notice(asked(ForAndAgainst(own="For: It is\nAgainst: It is not"), "It depends.")).data["origin"]
        == "Written by the designer"
    )


@pytest.mark.parametrize(("show", "fold"), [("full", "open"), ("on demand", "closed"), ("summary", None)])
def test_thoughts_come_before_the_answer_and_take_their_time(show: str, fold: str | None) -> None:
    seen = asked(ReasoningTrace(show=show, summary=1), "First this.\nThen that.")
    thoughts = notice(seen)
    assert thoughts.data.get("fold") == fold
    assert len(thoughts.data["items"]) == (1 if show == "summary" else 2)
    assert all(event.at >= thoughts.at for event in seen if event.carries_words) and shown(seen) == "It is late."


@pytest.mark.parametrize("delivery", [Streaming(), Blocking()])
def test_a_models_own_thoughts_are_shown_at_the_moment_when_they_were_thought(delivery: Layer) -> None:
    first, *rest = said("It is late.", first=2.0)
    events = [first.with_data(thoughts=[[0.2, "First this. "], [1.5, "Then that."]]), *rest]
    seen = heard(ReasoningTrace(), list(delivery.play(ASKED, lambda _: iter(events))))
    thoughts = notice(seen)
    assert (thoughts.at, thoughts.data["items"]) == (1.5, ["First this.", "Then that."])
    assert thoughts.data["origin"] == "From the model" and shown(seen) == "It is late."
    assert [event.at for event in seen] == sorted(event.at for event in seen)


def test_thoughts_without_times_are_shown_with_the_first_words() -> None:
    first, *rest = said("It is late.", first=2.0)
    events = [first.with_data(thoughts=[[None, "First this. "]]), *rest]
    seen = heard(ReasoningTrace(), list(Streaming().play(ASKED, lambda _: iter(events))))
    assert notice(seen).at == next(event.at for event in seen if event.carries_words) == 2.0


def test_thoughts_are_shown_also_where_no_word_came() -> None:
    seen = heard(ReasoningTrace(), [Event(3.0, "end", data={"reason": "length", "thoughts": [[1.0, "Hm.\nSo."]]})])
    assert notice(seen).data["items"] == ["Hm.", "So."] and seen[-1].kind == "end"


def test_steps_are_shown_while_waiting_and_kept_folded() -> None:
    seen = heard(StepLog(own="One\nTwo\nThree", depth=2, dwell=0.3), said("It is late.", first=2.0))
    assert [(event.at, event.text) for event in seen if event.kind == "status"] == [(0.0, "One"), (0.3, "Two")]
    assert {event.data["origin"] for event in seen if event.kind == "status"} == {"Written by the designer"}
    kept = notice(seen)
    assert kept.data["items"] == ["One", "Two"] and kept.data["fold"] == "closed"


@pytest.mark.parametrize("layer", [Citations(), Why(), ForAndAgainst()])
def test_an_answer_that_broke_is_not_explained(layer: Layer) -> None:
    events = [*said("It is late.")[:2], Event(3.0, "error", "boom", ERROR)]
    assert not {"source", "notice"} & set(kinds(heard(layer, events)))
