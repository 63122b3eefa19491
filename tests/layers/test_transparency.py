"""Patterns that show where an answer comes from and how it came about."""

import pytest

from components.core.event import Event, Stream
from components.core.hidden_turn import is_hidden_turn
from components.core.layer import Layer
from components.core.prompt import Prompt
from components.core.prototype import Prototype, release_tokens
from components.design.lint import lint
from components.layers.added_content import ORIGIN_DESIGNER, ORIGIN_MODEL
from components.layers.delivery.blocking import Blocking
from components.layers.delivery.streaming import Streaming
from components.layers.transparency.citations import Citations
from components.layers.transparency.for_and_against import ForAndAgainst
from components.layers.transparency.reasoning_trace import ReasoningTrace
from components.layers.transparency.step_log import StepLog
from components.layers.transparency.why import Why
from tests.layers.streams import ASKED, ERROR, Scripted, heard, kinds, said, shown


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


def test_a_source_stands_behind_the_words_that_it_bears_out_and_one_that_bears_out_others_is_left_out() -> None:
    own = "Clock\nNowhere | x | not in the answer\nAlmanac | Says so | is late\nSun | y | It is"
    seen = [event for event in heard(Citations(own=own), said("It is late.")) if event.kind == "source"]
    assert [(event.text, event.data["n"], event.data["claim"]) for event in seen] == [
        ("Sun", 1, "It is"), ("Almanac", 2, "is late"), ("Clock", 3, ""),
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
    layer = ForAndAgainst(own="For: It is\nAgainst: It is not")
    assert notice(asked(layer, "It depends.")).data["origin"] == "Written by the designer"


@pytest.mark.parametrize(
    ("address", "shown_as"),
    [
        ("https://example.org/a?b=1#c", "https://example.org/a?b=1#c"),
        ("HTTP://EXAMPLE.ORG", "HTTP://EXAMPLE.ORG"),
        ("javascript:alert(1)", None),
        ("https://example.org onclick=x", None),
        ('https://example.org/"><b>', None),
        ("//example.org", None),
        ("", None),
    ],
)
def test_only_an_address_of_the_web_leads_anywhere(address: str, shown_as: str | None) -> None:
    [source] = [event for event in heard(Citations(own=f"Clock | x | is | {address}"), said("It is late."))
                if event.kind == "source"]  # fmt: skip
    assert source.data.get("address") == shown_as


@pytest.mark.parametrize(("layer", "words"), [(Citations(), "write sources"), (StepLog(), "write what was done"),
                                              (ReasoningTrace(), "without thoughts")])  # fmt: skip
def test_a_pattern_without_content_tells_the_designer_and_shows_a_person_nothing(layer: Layer, words: str) -> None:
    seen = heard(layer, said("It is late."))
    [remark] = [event for event in seen if event.kind not in ("text", "end")]
    assert remark.data["remark"] and words in remark.text and "need" in remark.text


@pytest.mark.parametrize(("show", "fold"), [("full", "open"), ("on demand", "closed"), ("summary", None)])
def test_written_thoughts_come_before_the_answer_without_claiming_a_time(show: str, fold: str | None) -> None:
    seen = heard(ReasoningTrace(show=show, summary=1, own="First this.\nThen that."), said("It is late."))
    thoughts = notice(seen)
    assert (thoughts.text, thoughts.data.get("fold"), "seconds" in thoughts.data) == ("Thoughts", fold, False)
    assert len(thoughts.data["items"]) == (1 if show == "summary" else 2)
    assert thoughts.at == 0 and shown(seen) == "It is late."


def test_a_model_is_never_asked_for_thoughts_or_for_what_it_did() -> None:
    model = Scripted(said("It is late."))
    for layer in (ReasoningTrace(), StepLog(origin=ORIGIN_MODEL)):
        list(layer.around(release_tokens(model))(ASKED))
    assert model.asked == [ASKED, ASKED]


@pytest.mark.parametrize("delivery", [Streaming(), Blocking()])
def test_a_models_own_thoughts_are_shown_as_they_came_and_folded_with_how_long_it_thought(delivery: Layer) -> None:
    first, *rest = said("It is late.", first=8.2)
    events = [first.with_data(thoughts=[[0.2, "First this. "], [4.0, "Then "], [5.0, "that."]]), *rest]
    seen = heard(ReasoningTrace(), list(delivery.play(ASKED, lambda _: iter(events))))
    signs = [(event.at, event.text) for event in seen if event.data.get("shape") == "thought"]
    assert signs == [(0.2, "First this."), (4.0, "Then that.")]
    thoughts = notice(seen)
    assert (thoughts.at, thoughts.text, thoughts.data["seconds"]) == (7.8, "Thought for 8 s", 7.6)
    assert thoughts.data["items"] == ["First this.", "Then that."] and shown(seen) == "It is late."
    assert [event.at for event in seen] == sorted(event.at for event in seen)


def test_thoughts_without_times_are_shown_with_the_first_words() -> None:
    first, *rest = said("It is late.", first=2.0)
    events = [first.with_data(thoughts=[[None, "First this. "]]), *rest]
    seen = heard(ReasoningTrace(), list(Streaming().play(ASKED, lambda _: iter(events))))
    assert notice(seen).at == next(event.at for event in seen if event.carries_words) == 2.0


def test_thoughts_fit_into_the_time_before_the_first_words_in_any_weather() -> None:
    first, *rest = said("It is late.", first=2.0)
    events = [first.with_data(thoughts=[[0.0, "A.\n"], [8.0, "B."]]), *rest]
    seen = heard(ReasoningTrace(), events)
    assert [event.at for event in seen if event.data.get("shape") == "thought"] == [0.0, 2.0]
    assert notice(seen).at == 2.0


def test_thoughts_of_a_live_answer_are_folded_above_its_first_words() -> None:
    first, *rest = said("It is late.", first=2.0)
    events = [Event(0.0, "silence"), first.with_data(thoughts=[[0.2, "Hm.\n"], [1.5, "So."]]), *rest]
    seen = heard(ReasoningTrace(), events)
    assert (notice(seen).at, notice(seen).text, notice(seen).data["items"]) == (2.0, "Thought for 2 s", ["Hm.", "So."])
    assert notice(heard(ReasoningTrace(), events[1:])).text == notice(seen).text  # as in its replay


def test_a_live_answer_shows_each_thought_once_it_is_finished_and_folds_all_before_its_words() -> None:
    pieces: list[tuple[float, str]] = [(0.2, "1. See. "), (0.6, "Then "), (0.9, "think.\nIt is"), (1.5, " so.")]
    silences = [Event(at, "silence", data={"thoughts": [[at, text]]}) for at, text in pieces]
    first, *rest = [event.with_data() for event in said("It is late.", first=2.0)]
    known = Event(2.0, "silence", data={"more": True, "thoughts": pieces})
    sign = Event(0.5, "status", "", {"shape": "typing"})
    held = [Event(2.0 + place, "silence") for place in range(2)]  # a delivery that keeps the words back
    events = [Event(0.0, "silence"), silences[0], sign, *silences[1:], known, *held, first.with_time(4.0), *rest]
    seen = [event for event in heard(ReasoningTrace(show="full"), events) if event.kind != "silence"]
    told = [(event.at, event.kind, event.text) for event in seen[:5]]
    assert told == [
        (0.2, "status", "See."), (0.9, "status", "Then think."), (2.0, "notice", "Thought for 2 s"),
        (3.0, "status", ""), (4.0, "text", first.text),
    ]  # fmt: skip
    assert seen[2].data["items"] == ["See. Then think.", "It is so."]


def test_thoughts_are_shown_also_where_no_word_came() -> None:
    seen = heard(ReasoningTrace(), [Event(3.0, "end", data={"reason": "length", "thoughts": [[1.0, "Hm.\nSo."]]})])
    assert notice(seen).data["items"] == ["Hm.", "So."] and seen[-1].kind == "end"


def test_steps_are_shown_while_waiting_and_kept_folded_above_the_answer_with_what_came_of_them() -> None:
    layer = StepLog(own="One | 3 found\nTwo\nThree", depth=2, dwell=0.3)
    seen = heard(layer, said("It is late.", first=2.0))
    steps = [event for event in seen if event.kind == "status"]
    assert [(event.at, event.text) for event in steps] == [(0.0, "One"), (0.3, "Two")]
    assert [event.data.get("result") for event in steps] == ["3 found", None]
    kept = notice(seen)
    assert kept.data == {"tone": "steps", "items": ["One", "Two"], "results": ["3 found", ""], "fold": "closed",
                         "seconds": 2.0}  # fmt: skip
    assert seen.index(kept) == 2 and kept.at == 2.0


def test_steps_of_an_answer_that_broke_before_its_first_words_are_not_said_to_be_done() -> None:
    seen = heard(StepLog(own="One\nTwo"), [Event(3.0, "error", "boom", ERROR)])
    assert "notice" not in kinds(seen)


@pytest.mark.parametrize("layer", [Citations(), Why(), ForAndAgainst()])
def test_an_answer_that_broke_is_not_explained(layer: Layer) -> None:
    events = [*said("It is late.")[:2], Event(3.0, "error", "boom", ERROR)]
    assert not {"source", "notice"} & set(kinds(heard(layer, events)))
