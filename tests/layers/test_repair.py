"""What comes in the place of an answer that broke or was refused, and what a person can do about it."""

import pytest

from components.core.card import Card
from components.core.event import Event, Stream
from components.core.hidden_turn import hidden_turn
from components.core.layer import Layer
from components.core.prompt import Prompt
from components.core.prototype import Prototype, release_tokens, visible_events
from components.core.recording import Recording, replay
from components.core.timeline import build_timeline
from components.design.lint import lint
from components.layers.added_content import ORIGIN_DESIGNER
from components.layers.clarification.follow_ups import FollowUps
from components.layers.delivery.blocking import Blocking
from components.layers.delivery.streaming import Streaming
from components.layers.failure.apology import APOLOGIES, Apology
from components.layers.failure.cause_and_next_step import CauseAndNextStep
from components.layers.failure.fallback import DISCLOSURES, EARLIER, TEMPLATE, Fallback
from components.layers.failure.fault_words import FAULT_WORDS, KEPT_TEXT
from components.layers.failure.human_handoff import ON_FAILURE, HumanHandoff, wants_a_person
from components.layers.failure.human_handoff import ON_REQUEST as ASKS
from components.layers.failure.keep_partial import KeepPartial
from components.layers.failure.refusal_rule import is_refusal
from components.layers.failure.refusal_with_a_path import RefusalWithAPath
from components.layers.failure.undo_and_correct import UndoAndCorrect
from components.layers.failure.visible_retry import VisibleRetry
from components.layers.weather.fault import Fault
from components.layers.weather.made_up_words import REFUSALS
from components.prompts.bundled_recordings import bundled_recordings
from tests.layers.streams import ASKED, Scripted, heard, kinds, said, shown

WHOLE = "One two three four five"
CUT = [*said(WHOLE)[:3], Event(0.8, "error", "RemoteProtocolError: gone", {"fault": "cut"})]
NOTHING = [Event(8.0, "error", "ReadTimeout: timed out", {"fault": "timeout"})]
NO = "I'm sorry, but I can't help with that. Ask me something else."


def play(*layers: Layer, events: list[Event] | None = None, prompt: Prompt = ASKED) -> list[Event]:
    return list(visible_events(Prototype("test", layers), prompt, Scripted(said(WHOLE) if events is None else events)))


def live(events: list[Event]) -> list[Event]:
    """The same events with a silence before each."""
    return [each for event in events for each in (Event(max(0.0, event.at - 0.05), "silence"), event)]


@pytest.mark.parametrize("fault", [*FAULT_WORDS, "something new"])
@pytest.mark.parametrize("kind", APOLOGIES)
def test_every_fault_is_apologised_for_with_a_next_step(fault: str, kind: str) -> None:
    last = play(Apology(kind=kind), events=[Event(1.0, "error", "Boom: 500", {"fault": fault})])[-1]
    assert last.kind == "failure" and "orry" in last.text and "Boom" not in last.text
    assert last.data["detail"].endswith(".") and last.data["actions"] == ["retry"] and last.data["fault"] == fault


def test_only_an_explanatory_apology_gives_the_cause() -> None:
    texts = {kind: play(Apology(kind=kind), events=NOTHING)[-1].text for kind in APOLOGIES}
    assert [kind for kind, text in texts.items() if FAULT_WORDS["timeout"].personal in text] == ["explanatory"]
    assert len(set(texts.values())) == 3


def test_an_apology_keeps_the_words_that_came_and_says_so() -> None:
    seen = play(Blocking(), Apology(), events=CUT)
    assert shown(seen) == "One two three" and seen[-1].data["detail"].startswith(KEPT_TEXT)
    assert "actions" not in play(Apology(retry=False, keep=False), events=CUT)[-1].data


def test_of_two_patterns_that_tell_a_break_the_apology_speaks() -> None:
    assert play(CauseAndNextStep(), Apology(), events=NOTHING)[-1].text.startswith("I am sorry.")


@pytest.mark.parametrize("disclosed", [True, False])
def test_a_prepared_answer_stands_in_for_a_break_and_for_nothing(disclosed: bool) -> None:
    layer = Fallback(source=TEMPLATE, template="See the help pages.", disclosed=disclosed)
    for events in (NOTHING, [Event(1.0, "end")], CUT):
        seen = play(Streaming(), layer, events=events)
        assert shown(seen) == "See the help pages." and seen[-1].kind == "end"
        assert [event.text for event in seen if event.kind == "notice"] == [DISCLOSURES[TEMPLATE]] * disclosed
    assert [event.kind for event in play(Streaming(), layer, events=CUT) if event.data.get("instead")][-1] == "revise"


def test_a_replay_has_the_earlier_answer_at_once() -> None:
    recording = Recording(ASKED, Card("m", "p"), tuple(said(WHOLE)))
    stack = Prototype("", (Fault(kind="timeout", patience=8.0), Streaming(), Fallback()))
    seen = visible_events(stack, ASKED, replay([recording]))
    assert shown(seen) == WHOLE and seen[-1].at == 8.0
    assert [event.text for event in seen if event.kind == "notice"] == [DISCLOSURES[EARLIER]]


def test_a_live_model_takes_its_time_for_the_other_answer() -> None:
    def answer(prompt: Prompt) -> Stream:
        yield from live(said(WHOLE)) if prompt.attempt else iter(NOTHING)

    seen = list(Fallback().play(ASKED, release_tokens(answer)))
    assert seen[0].kind == "silence" and shown(seen) == WHOLE
    assert seen[-1].at == pytest.approx(8.0 + 0.9 - 0.05)
    assert [event.at for event in seen] == sorted(event.at for event in seen)


def test_where_there_is_no_earlier_answer_the_prepared_one_stands_in_and_then_nothing() -> None:
    assert shown(play(Fallback(template="Help."), events=NOTHING)) == "Help."
    assert play(Fallback(template=" "), events=NOTHING)[-1].kind == "error"
    assert play(Fallback(), events=said(WHOLE)) == play(events=said(WHOLE))


def test_what_a_cut_left_is_kept_before_anything_stands_in() -> None:
    assert play(Streaming(), Fallback(), KeepPartial(), events=CUT)[-1].text == KeepPartial().label
    assert shown(play(Streaming(), Fallback(template="Help."), KeepPartial(), events=NOTHING)) == "Help."
    retried = play(Streaming(), Fault(kind="server"), VisibleRetry(), Fallback(template="Help."))
    assert shown(retried) == WHOLE


def test_a_fallback_that_is_not_disclosed_is_remarked_on() -> None:
    def remarks(layer: Layer) -> list[str]:
        return [remark.text for remark in lint(Prototype("", (Streaming(), layer)))]

    assert any("does not say" in text for text in remarks(Fallback(disclosed=False)))
    assert remarks(Fallback()) == []


@pytest.mark.parametrize("text", [
    *REFUSALS, "I cannot answer that.", "As an AI, I am unable to provide medical advice.", "I won’t discuss this",
    "Sorry, we're not allowed to share this.", "I don't have the ability to send messages.",
])  # fmt: skip
def test_a_refusal_is_known_by_its_first_sentence(text: str) -> None:
    assert is_refusal(text)


@pytest.mark.parametrize("text", [
    "", "You can't help a cat that does not want help.", "A good idea. I can't help but think about flights.",
    "I can't help but think about flights.", "I can't wait to help you.", "I'm sorry to hear that your flight is late.",
    "You are not allowed to make copies.", "Es tut mir leid, das kann ich nicht beantworten.",
    "Reset it.\nI cannot do it for you.",
])  # fmt: skip
def test_what_is_no_refusal_in_english_is_taken_for_an_answer(text: str) -> None:
    assert not is_refusal(text)


def test_of_the_recorded_answers_only_those_are_refusals_that_say_so() -> None:
    found = [recording.text for recording in bundled_recordings() if is_refusal(recording.text)]
    assert found and len(found) < len(bundled_recordings()) / 10
    assert all("I'm not" in text or "I don't have the" in text for text in found)


@pytest.mark.parametrize("form", ["options", "plain"])
def test_a_refusal_says_no_with_a_reason_and_a_path(form: str) -> None:
    layer = RefusalWithAPath(no="Not this.", reason="It is private.", path="- Ask the office\nAsk them", form=form)
    seen = play(Streaming(), layer, events=said(NO))
    assert "sorry" not in shown(seen)
    if form == "options":
        assert kinds(seen) == ["question"] and seen[0].text == "Not this."
        assert (seen[0].data["items"], seen[0].data["options"]) == (["It is private."], ["Ask the office", "Ask them"])
    else:
        assert shown(seen) == "Not this. It is private.\n\nWhat would work:\n\n- Ask the office\n- Ask them"
        assert kinds(seen) == ["text", "end"]


def test_words_are_held_until_the_first_sentence_is_there_and_not_longer() -> None:
    events = [event for event in heard(RefusalWithAPath(), live(said("It is so. And more."))) if event.kind == "text"]
    assert [event.text for event in events] == ["It", " is", " so.", " And", " more."]
    assert [round(event.at, 6) for event in events] == [0.8, 0.8, 0.8, 0.8, 0.9]
    long = heard(RefusalWithAPath(), said("word " * 100))
    assert long[0].at < long[-2].at and shown(long) == shown(heard(UndoAndCorrect(), said("word " * 100)))


def test_a_way_that_was_tried_is_not_offered_again() -> None:
    layer = RefusalWithAPath(path="A\nB")
    once = ASKED.with_choice(layer.no, "A")
    assert play(layer, events=said(NO), prompt=once)[-1].data["options"] == ["B"]
    assert play(layer, events=said(NO), prompt=once.with_choice(layer.no, "B"))[-1].kind == "end"


def test_an_answer_that_breaks_in_its_first_sentence_is_no_refusal() -> None:
    seen = play(RefusalWithAPath(), events=[*said(NO)[:6], Event(3.0, "error", "boom", {"fault": "cut"})])
    assert seen[-1].kind == "error" and shown(seen).startswith("I'm sorry")


def test_a_scripted_refusal_of_the_weather_is_met() -> None:
    seen = play(Fault(kind="refusal", breaks=3), Streaming(), RefusalWithAPath())
    assert seen[-1].kind == "question" and seen[-1].text == RefusalWithAPath().no


def test_a_break_is_passed_on_with_what_a_person_needs_to_know() -> None:
    seen = play(Streaming(), HumanHandoff(), events=CUT)
    assert kinds(seen[-2:]) == ["action", "failure"]
    offer, last = seen[-2:]
    assert last.text == FAULT_WORDS["cut"].plain
    assert offer.data["name"] == "person" and offer.data["after"] == HumanHandoff().after
    assert offer.data["items"] == [
        f"Your question: {ASKED.text}", "The answer so far: One two three", f"What went wrong: {last.text}",
    ]  # fmt: skip
    assert "No answer so far" in play(HumanHandoff(), events=NOTHING)[-2].data["items"]


def test_a_person_is_offered_when_the_trigger_says_so() -> None:
    def offered(trigger: str, events: list[Event]) -> bool:
        return "action" in kinds(play(HumanHandoff(trigger=trigger), events=events))

    assert offered(ASKS, said(WHOLE)) and not offered(ASKS, NOTHING)
    assert offered(ON_FAILURE, NOTHING) and not offered(ON_FAILURE, said(WHOLE))
    assert play(HumanHandoff(trigger=ASKS), events=NOTHING)[-1].kind == "failure"
    own = FollowUps(origin=ORIGIN_DESIGNER, own="What does it cost?")
    assert kinds(play(own, HumanHandoff(), events=said(WHOLE)))[-2:] == ["action", "question"]


def test_another_patterns_words_for_the_break_stay_and_are_passed_on() -> None:
    offer, last = play(Streaming(), KeepPartial(), HumanHandoff(), events=CUT)[-2:]
    assert last.text == KeepPartial().label and f"What went wrong: {last.text}" in offer.data["items"]


def test_who_asks_for_a_person_in_words_gets_one_and_not_the_model() -> None:
    model = Scripted(said(WHOLE))
    human = Prompt.from_typed("I DO NOT WANT TO TALK TO A BOT. HUMAN. NOW.")
    seen = list(HumanHandoff().play(human, model))
    assert kinds(seen) == ["text", "action", "end"] and model.asked == []
    assert kinds(list(HumanHandoff(trigger=ON_FAILURE).play(human, release_tokens(model))))[
        -1
    ] == "end" and model.asked == [human]


@pytest.mark.parametrize("text", [
    "can i talk to a real person pls", "Human, please", "I need an agent!", "agent", "Please connect me with a human.",
    "get me a human being now", "This is useless. Speak to somebody real?",
])  # fmt: skip
def test_asking_for_a_person_is_known_by_its_words(text: str) -> None:
    assert wants_a_person(text)


@pytest.mark.parametrize("text", [
    "How many bones does a human have?", "How do I talk to a person who is grieving?", "What is a secret agent?",
    "Why do I need a human resources department?", "How much does one person need to live?", "",
    "What do you do when a person in the room is ill?",
])  # fmt: skip
def test_naming_a_person_is_not_asking_for_one(text: str) -> None:
    assert not wants_a_person(text)


def test_an_answer_can_be_corrected_and_nothing_else() -> None:
    *answered, offer, last = play(Streaming(), UndoAndCorrect(scope="answer", undo=False))
    assert shown(answered) == WHOLE and last.kind == "end" and offer.at == last.at
    assert offer.data == {"name": "edit", "scope": "answer", "undo": False}
    assert "action" not in kinds(play(UndoAndCorrect(), events=CUT) + play(UndoAndCorrect(), events=[Event(1, "end")]))
    prepared = play(Fallback(template="Help."), UndoAndCorrect(), events=NOTHING)
    assert "action" not in kinds(prepared)


@pytest.mark.parametrize("layer", [Fallback(template="Help."), RefusalWithAPath(), HumanHandoff()])
@pytest.mark.parametrize("events", [NOTHING, said(NO)])
def test_no_words_are_put_into_an_answer_that_nobody_sees(layer: Layer, events: list[Event]) -> None:
    hidden = hidden_turn(Prompt.from_typed("Human, please"), "It is so.", "Why?")
    seen = heard(layer, events, hidden)
    assert not any(event.data.get("instead") for event in seen)


def test_the_ways_out_of_a_refusal_are_branches_of_a_replay() -> None:
    layer = RefusalWithAPath(path="A\nB")
    recordings = [Recording(prompt, Card("m", "p"), tuple(said(text)))
                  for prompt, text in ((ASKED, NO), (ASKED.with_choice(layer.no, "A"), "Like this."))]  # fmt: skip
    known = build_timeline(Prototype("", (Streaming(), layer)), ASKED, replay(recordings))
    assert {name: shown(branch.events) for name, branch in known.branches.items()} == {"A": "Like this."}
