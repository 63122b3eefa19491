"""Models whose answers are known beforehand: a script that a person wrote, and recordings that are played again."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from components.core.card import Card
from components.core.event import Event
from components.core.explained import Explained
from components.core.prompt import Message, Prompt
from components.core.recording import Recording
from components.layers.failure.fault_words import FAULT_WORDS
from components.models.build_model import build_model
from components.models.calibration.question_run import KnownQuestion, answer_question
from components.models.generation import Generation
from components.models.source import Settings, Source, parse_source
from components.models.written.replay_model import ReplayModel
from components.models.written.scripted_model import MAX_SCRIPT_ANSWERS, AnswerScript, ScriptedModel, scripted_events

HELLO = Prompt.from_typed("Hello?")
SCRIPT = AnswerScript(
    (("Hello?", "Good morning to you."), ("Paris, Texas", "That one is a town.")), "No idea.", 0.02, 500
)
CARD = Card("Small", "transformers", "r1")


def words(events: list[Event]) -> str:
    return "".join(event.text for event in events if event.kind == "token")


@pytest.fixture
def wizard() -> Iterator[ScriptedModel]:
    made = ScriptedModel(SCRIPT)
    yield made
    made.close()


def heard(model: ScriptedModel | ReplayModel, prompt: Prompt = HELLO) -> list[Event]:
    return list(model.ask(prompt).answer())


def test_a_question_gets_its_own_answer_whatever_its_case_and_spaces(wizard: ScriptedModel) -> None:
    assert words(heard(wizard)) == "Good morning to you."
    assert words(heard(wizard, Prompt.from_typed("  HELLO?"))) == "Good morning to you."


def test_anything_else_gets_the_answer_for_it(wizard: ScriptedModel) -> None:
    assert words(heard(wizard, Prompt.from_typed("What else?"))) == "No idea."


def test_the_last_choice_counts_before_the_question(wizard: ScriptedModel) -> None:
    assert words(heard(wizard, HELLO.with_choice("Which one?", "Paris, Texas"))) == "That one is a town."
    assert words(heard(wizard, HELLO.with_choice("Which one?", "Another"))) == "Good morning to you."


def test_it_is_marked_as_scripted_and_claims_no_probabilities(wizard: ScriptedModel) -> None:
    assert wizard.card.scripted and wizard.card.times == "made up"
    assert not any("logprob" in event.data for event in heard(wizard))
    assert ScriptedModel(replace(SCRIPT, otherwise="Sorry.")).card.revision != wizard.card.revision


def test_no_word_comes_before_it_is_due(wizard: ScriptedModel) -> None:
    early: list[Event] = []

    def look(made: Generation) -> None:
        early.extend(event for event in made.events[-1:] if event.at > made.elapsed + 1e-3)

    made = wizard.ask(HELLO)
    made.on_change(lambda: look(made))
    assert made.wait(10) and not early
    assert [event.at for event in made.events] == [0.02, 0.022, 0.024, 0.026, 0.028]


def test_an_answer_goes_on_where_it_was_cut(wizard: ScriptedModel) -> None:
    assert words(heard(wizard, HELLO.going_on("Good morning"))) == " to you."


def test_stop_keeps_what_came() -> None:
    slow = ScriptedModel(AnswerScript(otherwise="one two three", first=0.0, rate=0.1))
    made = slow.ask(HELLO)
    while not made.events:
        made.wait(0.01)
    assert slow.making == (made,)
    made.stop()
    assert words(made.events) == "one" and made.events[-1].data["reason"] == "stopped" and not slow.making


def test_a_script_survives_its_way_through_json() -> None:
    source = Source("scripted", script=SCRIPT)
    assert parse_source({"source": source.to_json(), "settings": Settings().to_json()}) == (source, Settings())
    assert isinstance(build_model(source, Settings()), ScriptedModel)


@pytest.mark.parametrize(
    ("pairs", "otherwise", "pace"),
    [((), " ", {}), ((("a", "b"), ("A ", "c")), "d", {}), (((" ", "b"),), "c", {}), ((), "x" * 10_000, {}),
     (tuple((str(n), "b") for n in range(MAX_SCRIPT_ANSWERS + 1)), "", {}), ((), "a", {"rate": 0.0}), ((), "a",
     {"first": -1.0})],
)  # fmt: skip
def test_a_script_that_cannot_be_told_is_explained(
    pairs: tuple[tuple[str, str], ...], otherwise: str, pace: dict[str, float]
) -> None:
    with pytest.raises(Explained) as error:
        AnswerScript(pairs, otherwise, **pace)
    assert error.value.what and error.value.kept and error.value.do


def test_a_script_can_be_judged_like_any_model(wizard: ScriptedModel) -> None:
    row = answer_question(wizard, KnownQuestion("q1", "Hello?", lambda said: "morning" in said))
    assert row.right and row.logprobs == ()


RECORDED = Recording(HELLO, CARD, scripted_events("It is noon.", first=0.01, gap=0.002, logprobs=[-0.5]), "2025-01-01")
OTHER = Recording(HELLO, Card("Big", "endpoint"), scripted_events("It is one.", first=0.01, gap=0.002), "2025-01-02")


def recordings(prompt: str) -> tuple[Recording, ...]:
    return tuple(each for each in (RECORDED, OTHER) if each.prompt.id == prompt)


def test_a_recording_is_told_again_just_as_it_was() -> None:
    made = ReplayModel(recordings, "Small").ask(HELLO)
    assert made.wait(10)
    assert tuple(made.events) == RECORDED.events and made.recording_id == RECORDED.id


def test_without_a_name_the_latest_recording_answers() -> None:
    made = ReplayModel(recordings).ask(HELLO)
    assert made.wait(10) and words(made.events) == "It is one." and made.recording_id == OTHER.id


def test_what_was_not_recorded_is_one_plain_error() -> None:
    events = heard(ReplayModel(recordings), Prompt((Message("user", "And now?"),)))
    assert [event.kind for event in events] == ["error"]
    assert events[0].data["fault"] in FAULT_WORDS and events[0].data["what"].startswith("Nobody has recorded")


def test_a_library_that_cannot_be_read_is_one_plain_error() -> None:
    def damaged(prompt: str) -> tuple[Recording, ...]:
        raise Explained("A recording has been altered.")

    [event] = heard(ReplayModel(damaged))
    assert event.kind == "error" and event.data["what"] == "A recording has been altered."


def test_a_script_answers_what_people_type() -> None:
    script = AnswerScript((("How do I get my money back?", "Within 14 days."), ("Hello", "Hi.")), "What do you mean?")
    said = [script.answer_for(Prompt.from_typed(typed)) for typed in ("how do i get my mony back", "HELLO!!", "Bye")]
    assert said == ["Within 14 days.", "Hi.", "What do you mean?"]
