"""Patterns that leave a decision to the person."""

from dataclasses import replace

from components.core.card import Card
from components.core.event import Event
from components.core.layer import Layer
from components.core.prompt import Prompt
from components.core.prototype import Prototype
from components.core.recording import Recording, replay
from components.core.script import Script
from components.core.timeline import Timeline, build_timeline
from components.design.lint import lint
from components.layers.control.decide_first import STOCK_DECISIONS, DecideFirst
from components.layers.control.granular_feedback import GranularFeedback
from components.layers.control.plan_approval import GO_AHEAD, NOT_NOW, PlanApproval
from components.layers.control.regenerate import Regenerate
from components.layers.control.stable_answer import StableAnswer
from components.layers.delivery.streaming import Streaming
from components.layers.failure.visible_retry import VisibleRetry
from components.layers.weather.fault import Fault
from components.models.written.scripted_model import scripted_events
from tests.layers.streams import ASKED, Scripted, heard, kinds, said, shown

CARD = Card("m", "bundled", settings={"temperature": 0.7})
FIRST = Recording(ASKED, CARD, scripted_events("Take the train."))
SECOND = Recording(ASKED.next_attempt(), CARD, scripted_events("Take the bus."))
RISKY = Prompt.from_typed("Cancel my contract and get my money back")


def over(*layers: Layer, prompt: Prompt = ASKED) -> Timeline:
    return build_timeline(Prototype("", layers), prompt, replay([FIRST, SECOND]))


def test_another_answer_is_the_second_recording_and_the_button_goes_when_there_are_enough() -> None:
    seen = over(Streaming(), Regenerate(most=2))
    assert kinds(seen.events)[-2:] == ["action", "end"]
    assert shown(seen.branches["again"].events) == "Take the bus."
    assert "action" not in kinds(seen.branches["again"].events)


def test_a_stable_answer_is_the_first_one_again() -> None:
    seen = over(Streaming(), StableAnswer(), Regenerate())
    again = seen.branches["again"].events
    assert shown(again) == "Take the train." and any("same answer" in event.text for event in again)


def test_a_stable_answer_that_broke_is_made_anew() -> None:
    stack = (Fault(kind="cut", breaks=1), Streaming(), VisibleRetry(automatic=False), StableAnswer())
    seen = over(*stack)
    assert seen.broke and "retry" in seen.branches
    assert shown(seen.branches["retry"].events) == "Take the bus."
    assert not seen.branches["retry"].broke


def test_a_model_without_any_freedom_has_no_other_answer() -> None:
    fixed = replace(CARD, settings={"temperature": 0})
    told = [remark.text for remark in lint(Prototype("", (Streaming(), Regenerate())), fixed)]
    assert any("would be the same one" in text for text in told)
    assert not any("would be the same one" in remark.text for remark in lint(Prototype("", (Regenerate(),)), CARD))


def test_the_person_decides_first_and_the_model_never_hears_of_it() -> None:
    layer, model = DecideFirst(delay=3.0), Scripted(said("Take the train."))
    remark, question = list(layer.play(ASKED, model))
    assert remark.data["remark"] and question.kind == "question" and model.asked == []
    seen = list(layer.play(ASKED.with_choice(question.text, "Wait"), model))
    assert model.asked == [ASKED]
    assert seen[0].text == "You said: Wait" and all(event.at >= 3.0 for event in seen[1:])


def test_the_decisions_are_those_written_for_the_question_unless_the_designer_wrote_others() -> None:
    written = replace(ASKED, script=Script(decisions=("Take the train", "Wait", "Wait")))
    [question] = list(DecideFirst().play(written, Scripted(said("So."))))
    assert question.data == {"options": ["Take the train", "Wait"], "other": True}
    [stock] = list(DecideFirst(options=STOCK_DECISIONS).play(written, Scripted(said("So."))))
    assert stock == question
    [own] = list(DecideFirst(options="Stay\nGo").play(written, Scripted(said("So."))))
    assert own.data["options"] == ["Stay", "Go"]


def test_who_can_neither_pick_nor_type_a_decision_gets_the_answer() -> None:
    assert shown(heard(DecideFirst(other=False), said("So."))) == "So."


def test_a_stable_answer_can_be_asked_for_again_twice_and_says_each_time_that_it_is_the_same() -> None:
    seen = over(Streaming(), StableAnswer())
    again = seen.branches["again"]
    assert [event.text for event in seen.events if event.kind == "action"] == [StableAnswer().label]
    assert kinds(again.events)[-3:] == ["notice", "action", "end"]
    assert kinds(again.branches["again"].events)[-2:] == ["notice", "end"]
    assert "action" not in kinds(over(Streaming(), StableAnswer(label=" ")).events)


def test_where_no_other_answer_is_known_the_designer_is_told_and_nobody_else() -> None:
    alone = build_timeline(Prototype("", (Streaming(), Regenerate())), ASKED, replay([FIRST]))
    [remark] = [event for event in alone.branches["again"].events if event.kind == "notice"]
    assert remark.data["remark"] and "neither written nor recorded" in remark.text
    assert "notice" not in kinds(over(Streaming(), Regenerate()).branches["again"].events)


def test_a_plan_is_asked_only_where_enough_is_at_stake() -> None:
    assert heard(PlanApproval(own="Look\nWrite"), said("Hi."), Prompt.from_typed("What is a noun?"))[0].kind == "text"
    assert heard(PlanApproval(own="Look\nWrite"), said("Hi."), RISKY)[0].kind == "question"


def test_an_approved_plan_is_carried_out_and_a_declined_one_is_not() -> None:
    layer, model = PlanApproval(own="One\nTwo"), Scripted(said("Done."))
    [question] = list(layer.play(RISKY, model))
    assert question.data["items"] == ["One", "Two"] and question.data["origin"] == "Written by the designer"
    declined = list(layer.play(RISKY.with_choice(question.text, NOT_NOW), model))
    assert model.asked == [] and kinds(declined) == ["notice", "end"]
    approved = list(layer.play(RISKY.with_choice(question.text, GO_AHEAD), model))
    assert shown(approved) == "Done." and model.asked == [RISKY]


def test_words_of_their_own_change_the_plan() -> None:
    layer, model = PlanApproval(), Scripted(said("Done."))
    prompt = RISKY.with_choice(layer.question, "Only the contract, please")
    list(layer.play(prompt, model))
    assert model.asked == [prompt]


def test_feedback_comes_under_a_whole_answer_only() -> None:
    layer = GranularFeedback(scale="stars", tags="Wrong\n\nLong")
    [action] = [event for event in heard(layer, said("Yes.")) if event.kind == "action"]
    assert action.data["tags"] == ["Wrong", "Long"] and action.data["scale"] == "stars"
    broken = [*said("Yes.")[:1], Event(2.0, "error", "boom", {"fault": "cut"})]
    assert "action" not in kinds(heard(layer, broken))
