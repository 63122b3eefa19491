"""When a pattern asks back, with whose words, and what the model hears of it."""

from collections.abc import Callable

import pytest

from components.core.card import Card
from components.core.event import Event, Stream
from components.core.hidden_turn import hidden_turn, is_hidden_turn
from components.core.layer import Answer, Layer, layer_from_json
from components.core.prompt import Prompt
from components.core.prototype import Prototype, release_tokens
from components.core.recording import Recording, replay
from components.core.timeline import build_timeline
from components.layers import ALL_PATTERNS
from components.layers.added_content import ORIGIN_DESIGNER, ORIGIN_MODEL, ORIGIN_SCRIPT
from components.layers.clarification import restate_and_confirm
from components.layers.clarification.answer_then_ask import AnswerThenAsk
from components.layers.clarification.ask_one_question import AskOneQuestion, parse_question
from components.layers.clarification.follow_ups import FollowUps
from components.layers.clarification.options import Options
from components.layers.clarification.restate_and_confirm import NO, YES, RestateAndConfirm
from components.layers.delivery.streaming import Streaming
from components.layers.stakes import stakes_level
from components.prompts.packs import load_packs, with_script
from tests.layers.streams import ASKED, Scripted, heard, kinds, said, shown

PHONE = with_script(Prompt.from_typed("Which phone should I buy?"))
ITEM = PHONE.script
STOPPED = [*said("It is so.")[:2], Event(0.9, "end", "", {"reason": "stopped"})]


def replies(reply: Callable[[Prompt], str], *, live: bool = False, asked: list[Prompt] | None = None) -> Answer:
    """A model that answers each prompt in its own words, told as text; live, with silences before each word."""

    def answer(prompt: Prompt) -> Stream:
        if asked is not None:
            asked.append(prompt)
        for event in said(reply(prompt)):
            if live:
                yield Event(max(0.0, event.at - 0.05), "silence")
            yield event

    return release_tokens(answer)


def hidden_or(beside: str, answer: str = "It is so.") -> Callable[[Prompt], str]:
    return lambda prompt: beside if is_hidden_turn(prompt) else answer


def seen(layer: Layer, prompt: Prompt, answer: Answer) -> list[Event]:
    return [event for event in layer.around(answer)(prompt) if event.kind != "silence"]


def test_missing_details_are_counted_and_a_prompt_nobody_knows_is_not_asked_about() -> None:
    ask = AskOneQuestion(origin=ORIGIN_SCRIPT)
    assert len(ITEM.missing) == 2
    assert kinds(heard(ask, said("Yes"), PHONE)) == ["question"]
    assert kinds(heard(AskOneQuestion(origin=ORIGIN_SCRIPT, threshold=2), said("Yes"), PHONE)) == ["question"]
    assert kinds(heard(AskOneQuestion(origin=ORIGIN_SCRIPT, threshold=3), said("Yes"), PHONE)) == ["text", "end"]
    assert kinds(heard(ask, said("Yes"), ASKED)) == ["text", "end"]
    assert kinds(heard(AskOneQuestion(origin=ORIGIN_SCRIPT, threshold=0), said("Yes"), ASKED)) == ["text", "end"]


def test_a_scripted_question_has_its_options_and_says_where_it_comes_from() -> None:
    [asked] = heard(AskOneQuestion(origin=ORIGIN_SCRIPT), said("Yes"), PHONE)
    assert asked.text == ITEM.question and asked.at == 0
    assert asked.data == {
        "options": list(ITEM.options),
        "other": True,
        "origin": "Written with this prompt, in its prompt pack",
    }


def test_a_generic_question_is_the_designers_whatever_the_script_says() -> None:
    [asked] = heard(AskOneQuestion(kind="generic", own="Tell me more?\nNow\nLater"), said("Yes"), PHONE)
    assert (asked.text, asked.data["options"]) == ("Tell me more?", ["Now", "Later"])


@pytest.mark.parametrize("live", [False, True])
def test_the_models_own_question_is_heard_and_shown_as_its_own(live: bool) -> None:
    answer = replies(hidden_or("Sure!\nWhat is your budget?\n- Low\n- High\n- Any\n- None"), live=live)
    sign, asked = seen(AskOneQuestion(), PHONE, answer)
    assert (sign.kind, sign.at) == ("status", 0.0)
    assert (asked.text, asked.data["options"]) == ("What is your budget?", ["Low", "High", "Any"])
    assert asked.data["origin"] == "From the model" and asked.at > 0.4


def test_a_reply_without_a_question_gives_way_to_the_script() -> None:
    asked = seen(AskOneQuestion(), PHONE, replies(hidden_or("I like phones.")))[-1]
    assert (asked.text, asked.data["origin"]) == (ITEM.question, "Written with this prompt, in its prompt pack")
    assert parse_question("Phones\n2. Which?\n* A") == ("Which?", "A") and parse_question("None.") == ()


def test_no_more_is_asked_than_the_maximum_and_never_the_same_twice() -> None:
    once = PHONE.with_choice(ITEM.question, ITEM.options[0])
    assert kinds(heard(AskOneQuestion(origin=ORIGIN_SCRIPT), said("Yes"), once)) == ["text", "end"]
    twice = AskOneQuestion(origin=ORIGIN_SCRIPT, when="always", maximum=3, own="How much?")
    again = heard(twice, said("Yes"), once)
    assert [event.text for event in again] == ["How much?"]
    assert kinds(heard(twice, said("Yes"), once.with_choice("How much?", "x"))) == ["text", "end"]


@pytest.mark.parametrize("live", [False, True])
@pytest.mark.parametrize(("same", "asks"), [(True, False), (False, True)])
def test_it_asks_where_the_models_answers_differ(same: bool, asks: bool, live: bool) -> None:
    named = ("Paris", "Rome", "Oslo", "Lima", "Cairo", "Quito")
    answer = replies(lambda prompt: "It is Paris." if same else f"It is {named[prompt.attempt]}.", live=live)
    events = seen(Options(when="answers differ"), ASKED, answer)
    assert (events[-1].kind == "question") == asks
    assert events[0].kind == "status" and events[1].at >= 0.7
    assert asks or shown(events) == "It is Paris."


def test_where_no_further_answers_are_known_it_does_not_ask_and_nobody_waits() -> None:
    recording = Recording(ASKED, Card("m", "p"), tuple(said("It is so.")))
    events = seen(Options(when="answers differ", threshold=5), ASKED, release_tokens(replay([recording])))
    assert kinds(events) == ["status", *["text"] * 3, "end"] and events[1].at == 0.5
    broken = Scripted([Event(2.0, "error", "boom", {"fault": "server"})])
    assert kinds(seen(Options(when="answers differ", threshold=5), ASKED, broken)) == ["status", "error"]


def test_a_retry_or_a_continued_answer_is_not_sampled_again() -> None:
    for prompt in (ASKED.next_attempt(), ASKED.going_on("It")):
        answer = Scripted(said("Yes"))
        list(Options(when="answers differ").play(prompt, answer))
        assert answer.asked == [prompt]


def test_options_that_were_kept_before_there_was_a_threshold_are_read() -> None:
    old = {"layer": "Options", "question": "Q?", "options": "a\nb", "when": "when short", "short": 6,
           "something_else": False}  # fmt: skip
    layer = layer_from_json(old, ALL_PATTERNS)
    assert isinstance(layer, Options) and layer.option_lines() == ["a", "b"]
    assert kinds(heard(layer, said("Yes"), PHONE)) == ["question"]


def test_a_turn_that_nobody_sees_is_never_asked_back() -> None:
    hidden = hidden_turn(PHONE, "It is so.", "Why?")
    for layer in (AskOneQuestion(when="always"), Options(when="always", maximum=3), FollowUps(), AnswerThenAsk(),
                  RestateAndConfirm(above="low")):  # fmt: skip
        assert kinds(heard(layer, said("Yes"), hidden)) == ["text", "end"]


def test_what_was_understood_is_confirmed_and_the_model_never_hears_of_it() -> None:
    layer = RestateAndConfirm(origin=ORIGIN_DESIGNER, above="low", own="You ask: {prompt}")
    [asked] = heard(layer, said("Yes"), ASKED)
    assert asked.data["options"] == [YES, NO] and asked.data["items"] == [f"You ask: {ASKED.text}"]
    model = Scripted(said("Here."))
    assert shown(
        list(layer.play(ASKED.with_choice(asked.text, YES), release_tokens(model)))
    ) == "Here." and model.asked == [ASKED]


def test_a_no_asks_what_is_wanted_and_only_that_reaches_the_model() -> None:
    layer, model = RestateAndConfirm(above="low"), Scripted(said("Here."))
    declined = ASKED.with_choice(layer.question, NO)
    [asked] = heard(layer, said("Yes"), declined)
    assert (asked.text, asked.data) == (restate_and_confirm.INSTEAD_QUESTION, {"options": [], "other": True})
    list(layer.play(declined.with_choice(asked.text, "The train"), model))
    assert model.asked == [ASKED.with_choice(asked.text, "The train")]
    typed = ASKED.with_choice(layer.question, "No, by train")
    list(layer.play(typed, model))
    assert model.asked[-1] == typed


def test_the_models_restatement_is_asked_beforehand_and_said_to_be_its_own() -> None:
    answer = replies(hidden_or("You want a way to Rome.\nTonight."), live=True)
    events = seen(RestateAndConfirm(above="low"), ASKED, answer)
    assert kinds(events) == ["status", "question"] and events[1].at > 0.4
    assert (events[1].data["items"], events[1].data["origin"]) == (["You want a way to Rome."], "From the model")


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("What is the capital of Australia?", "low"),
        ("Write an agenda for a meeting.", "medium"),
        ("My flight was cancelled and I need to book another.", "high"),
        ("From which body temperature on is it called a FEVER?", "high"),
        ("Is Visalia in California?", "low"),
        ("犬はどうして", "low"),
        ("", "low"),
    ],
)
def test_the_stakes_of_a_request_follow_from_its_words(text: str, level: str) -> None:
    assert stakes_level(text) == level


def test_it_is_confirmed_only_from_the_stakes_on_that_were_chosen() -> None:
    letter = Prompt.from_typed("Write a letter to my aunt.")
    asks = {}
    for above in ("low", "medium", "high"):
        layer = RestateAndConfirm(above=above, origin=ORIGIN_DESIGNER, own="A letter.")
        asks[above] = kinds(heard(layer, said("Yes"), letter))[-1]
    assert asks == {"low": "question", "medium": "question", "high": "end"}


def test_assumptions_follow_the_answer_and_one_can_be_corrected_once() -> None:
    layer = AnswerThenAsk(
        origin=ORIGIN_DESIGNER, own="You are an adult | I am a child\nYou live in a town\n|x", count=2
    )
    *answered, asked = heard(layer, said("It is so."), ASKED)
    assert shown(answered) == "It is so." and asked.kind == "question"
    assert asked.data["items"] == ["You are an adult", "You live in a town"]
    assert asked.data["options"] == ["I am a child", "Not so: You live in a town"]
    model = Scripted(said("Then so."))
    corrected = ASKED.with_choice(asked.text, "I am a child")
    assert list(layer.play(corrected, release_tokens(model)))[-1].kind == "end" and model.asked == [corrected]


@pytest.mark.parametrize("live", [False, True])
def test_the_model_is_asked_for_its_assumptions_after_its_answer(live: bool) -> None:
    asked: list[Prompt] = []
    events = seen(AnswerThenAsk(), ASKED, replies(hidden_or("You are old\nYou are rich"), live=live, asked=asked))
    assert events[-1].data["items"] == ["You are old", "You are rich"] and events[-1].data["origin"] == "From the model"
    assert events[-1].at > events[-2].at and asked[1].choices[-1].question == "It is so."


@pytest.mark.parametrize("layer", [AnswerThenAsk(origin=ORIGIN_DESIGNER), FollowUps(origin=ORIGIN_DESIGNER)])
@pytest.mark.parametrize("events", [STOPPED, said("", last="error"), said("It is", last="error"), [Event(1.0, "end")]])
def test_nothing_is_asked_after_an_answer_that_broke_or_was_stopped(layer: Layer, events: list[Event]) -> None:
    assert heard(layer, events) == heard(Options(when="never"), events)


def test_next_prompts_are_offered_until_they_were_all_asked() -> None:
    layer = FollowUps(origin=ORIGIN_DESIGNER, own="Why?\nHow?\nWhy?\nWhen?", count=2)
    first = heard(layer, said("It is so."), ASKED)[-1]
    assert (first.text, first.data["options"]) == (layer.question, ["Why?", "How?"])
    second = ASKED.with_choice(first.text, "Why?")
    assert heard(layer, said("So."), second)[-1].data["options"] == ["How?", "When?"]
    third = second.with_choice(first.text, "How?").with_choice(first.text, "When?")
    assert heard(layer, said("So."), third)[-1].kind == "end"


def test_a_follow_up_that_was_recorded_can_be_picked_in_a_replay() -> None:
    layer = FollowUps(origin=ORIGIN_DESIGNER, own="Why?\nHow?")
    recordings = [Recording(prompt, Card("m", "p"), tuple(said(text))) for prompt, text in
                  ((ASKED, "It is so."), (ASKED.with_choice(layer.question, "Why?"), "Because."))]  # fmt: skip
    played = build_timeline(Prototype("", (Streaming(), layer)), ASKED, replay(recordings))
    assert set(played.branches) == {"Why?"} and shown(played.branches["Why?"].events) == "Because."


def test_every_question_of_the_packs_is_asked_and_every_other_prompt_answered() -> None:
    layer = AskOneQuestion(origin=ORIGIN_SCRIPT)
    for item in (
        item for pack in load_packs() for item in pack.items if item.text.strip("\u200b\u200d \n\t\r\u3000\u00a0")
    ):
        last = heard(layer, said("Yes"), with_script(Prompt.from_typed(item.text)))[-1]
        assert (last.kind == "question") == bool(item.missing), item.id


def test_the_models_words_are_never_taken_where_they_were_not_asked_for() -> None:
    model = Scripted(said("Hm?"))
    for layer in (
        AskOneQuestion(origin=ORIGIN_SCRIPT),
        FollowUps(origin=ORIGIN_SCRIPT),
        AnswerThenAsk(origin=ORIGIN_DESIGNER),
    ):
        list(layer.play(PHONE, release_tokens(model)))
    assert all(prompt == PHONE for prompt in model.asked) and ORIGIN_MODEL not in (ORIGIN_SCRIPT, ORIGIN_DESIGNER)
