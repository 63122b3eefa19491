"""Patterns on a scenario that was written for them: what a person sees, picks, changes and gets."""

import pytest

from components.core.event import Event
from components.core.layer import Layer
from components.core.prompt import Message, Prompt
from components.core.prototype import Prototype, release_tokens
from components.core.recording import replay
from components.core.scenario import WRONG, Scenario, WrittenAnswer
from components.core.script import Script
from components.core.timeline import Timeline, build_timeline
from components.layers.clarification.ask_one_question import AskOneQuestion
from components.layers.clarification.follow_ups import FollowUps
from components.layers.clarification.options import Options
from components.layers.clarification.restate_and_confirm import LOOKS_RIGHT, RestateAndConfirm
from components.layers.control.plan_approval import CHANGED_PLAN, GO_AHEAD, NOT_NOW, PlanApproval, approved_steps
from components.layers.delivery.streaming import Streaming
from components.layers.transparency.citations import Citations
from components.layers.transparency.reasoning_trace import ReasoningTrace
from components.layers.transparency.step_log import StepLog
from tests.layers.streams import Scripted, heard, kinds, said, shown

NEXT = "Is there a night train?"
SCRIPT = Script(
    missing=("from where",),
    question="Where do you start?",
    options=("Munich", "Vienna"),
    sources=("Timetable | The night train leaves at 20:03. | at 20:03 | https://example.org/trains",),
    thinking=("They have to be there in the morning.", "A night train would do."),
    steps=("Looked at the timetable | 2 trains", "Compared the prices | 49 and 89 euros"),
    plan=("Look for trains | 2 found", "Hold a seat | held until 18:00", "Write to the hotel | sent"),
    brief=("From | Munich", "When | tonight", "no value |"),
    next=(NEXT, "Write to the hotel"),
)
TRIP = Scenario(
    "Please book me a trip to Rome.", WrittenAnswer("Take the night train at 20:03."), wrong=WrittenAnswer("Walk."),
    replies={"Vienna": WrittenAnswer("Take the day train from Vienna.")}, script=SCRIPT, thinks=8.0,
)  # fmt: skip
TRAIN = Scenario(NEXT, WrittenAnswer("Yes, every night."))


def played(layer: Layer, *scenarios: Scenario) -> Timeline:
    recordings = [recording for scenario in (TRIP, *scenarios) for recording in scenario.recordings()]
    return build_timeline(Prototype("", (Streaming(), layer)), TRIP.prompt, replay(recordings))


def of_kind(line: Timeline, kind: str) -> list[Event]:
    return [event for event in line.events if event.kind == kind]


def test_a_source_stands_under_the_right_answer_and_not_under_the_wrong_one() -> None:
    [source] = of_kind(played(Citations()), "source")
    assert (source.data["claim"], source.data["address"]) == ("at 20:03", "https://example.org/trains")
    wrong = replay(TRIP.recordings(WRONG))
    line = build_timeline(Prototype("", (Streaming(), Citations())), TRIP.prompt, wrong)
    assert of_kind(line, "source") == [] and "no source bears out" in of_kind(line, "notice")[0].text


def test_the_thoughts_of_a_scenario_are_thought_while_it_thinks() -> None:
    line = played(ReasoningTrace())
    signs = [event.at for event in line.events if event.data.get("shape") == "thought"]
    assert signs[0] == 0.0 < signs[1] < 8.0
    assert of_kind(line, "notice")[0].text == "Thought for 9 s"


def test_a_step_log_says_what_the_scenario_says_was_done() -> None:
    [log] = of_kind(played(StepLog()), "notice")
    assert log.data["items"] == ["Looked at the timetable", "Compared the prices"]
    assert log.data["results"] == ["2 trains", "49 and 89 euros"]


def test_a_plan_that_is_approved_runs_step_by_step_and_then_answers() -> None:
    line = played(PlanApproval(pace=0.5))
    [question] = line.events
    assert question.data["items"] == ["Look for trains", "Hold a seat", "Write to the hotel"]
    assert (question.data["form"], question.data["labels"]) == ("plan", {GO_AHEAD: "Run"})
    run = line.branches[GO_AHEAD]
    steps = [(event.at, event.text, event.data.get("result")) for event in of_kind(run, "status")]
    assert steps[:3] == [(0.0, "Look for trains", "2 found"), (0.5, "Hold a seat", "held until 18:00"),
                     (1.0, "Write to the hotel", "sent")]  # fmt: skip
    [done] = of_kind(run, "notice")
    assert (done.at, done.data["results"][-1], done.data["seconds"]) == (1.5, "sent", 1.5)
    assert all(event.at > 1.5 for event in of_kind(run, "text"))
    assert shown(run.events) == TRIP.answer.text
    assert kinds(line.branches[NOT_NOW].events) == ["notice", "end"]


def test_a_changed_plan_runs_as_it_was_changed_and_the_model_hears_of_it() -> None:
    chosen = f"{CHANGED_PLAN}\nWrite to the hotel\nLook for night trains"
    assert [(step.name, step.result) for step in approved_steps(chosen, SCRIPT.plan)] == [
        ("Write to the hotel", "sent"), ("Look for night trains", ""),
    ]  # fmt: skip
    model = Scripted(said("Done."))
    prompt = TRIP.prompt.with_choice(PlanApproval().question, chosen)
    seen = list(PlanApproval().play(prompt, release_tokens(model)))
    assert [event.text for event in seen if event.data.get("shape") == "step"] == [
        "Write to the hotel",
        "Look for night trains",
    ]
    assert model.asked == [prompt]


def test_work_that_nobody_wrote_a_result_for_is_not_acted_out() -> None:
    layer = PlanApproval(own="Look\nWrite", risk="low")
    plain = Prompt((Message("user", "Go"),))
    seen = heard(layer, said("Done."), plain.with_choice(layer.question, GO_AHEAD))
    assert kinds(seen) == ["text", "end"]


def test_a_brief_is_shown_part_by_part_and_a_change_reaches_the_model() -> None:
    line = played(RestateAndConfirm(above="low"))
    [question] = line.events
    assert (question.data["form"], question.data["brief"]) == ("brief", {"From": "Munich", "When": "tonight"})
    assert shown(line.branches[LOOKS_RIGHT].events) == TRIP.answer.text
    model = Scripted(said("Then so."))
    changed = TRIP.prompt.with_choice(question.text, "Change this: When: tomorrow")
    list(RestateAndConfirm(above="low").play(changed, model))
    assert model.asked == [changed]


@pytest.mark.parametrize("layer", [AskOneQuestion(), Options(when="always")])
def test_the_question_is_the_requests_own_and_its_reply_is_played(layer: Layer) -> None:
    line = played(layer)
    assert (line.events[-1].text, line.events[-1].data["options"]) == (SCRIPT.question, ["Munich", "Vienna"])
    assert shown(line.branches["Vienna"].events) == "Take the day train from Vienna."


def test_a_designers_own_options_are_asked_whatever_was_written() -> None:
    [asked] = played(Options(when="always", question="How fast?")).events
    assert asked.text == "How fast?"


def test_only_questions_are_offered_next_and_one_with_a_scenario_of_its_own_is_answered_by_it() -> None:
    assert of_kind(played(FollowUps()), "question")[0].data["options"] == [NEXT]
    assert played(FollowUps()).branches == {}
    line = played(FollowUps(), TRAIN)
    assert shown(line.branches[NEXT].events) == TRAIN.answer.text


def test_what_was_written_for_a_question_does_not_stand_under_the_answer_to_the_next_one() -> None:
    asked = TRIP.prompt.with_choice(FollowUps().question, NEXT)
    for layer in (Citations(), StepLog(), ReasoningTrace()):
        seen = heard(layer, said("Take the night train at 20:03."), asked)
        assert [event.kind for event in seen if not event.data.get("remark")] == kinds(
            heard(Streaming(), said("Take the night train at 20:03."))
        )


@pytest.mark.parametrize(
    ("layer", "words"),
    [
        (FollowUps(), "write questions"), (PlanApproval(risk="low"), "write the steps"),
        (RestateAndConfirm(above="low"), "write the request"), (AskOneQuestion(when="always"), "write a question"),
    ],
)  # fmt: skip
def test_a_pattern_that_has_nothing_to_ask_answers_and_tells_the_designer(layer: Layer, words: str) -> None:
    seen = [event for event in heard(layer, said("It is late.")) if event.kind not in ("status", "silence")]
    assert shown(seen) == "It is late." and seen[-1].kind == "end"
    assert [event.text for event in seen if event.data.get("remark") and words in event.text] != []
