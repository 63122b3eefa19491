"""The program that an engineer is handed says and keeps what the prototype does, whatever the model's server does."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import chain
from pathlib import Path
from textwrap import shorten

import pytest

from components.core.calibration import Calibration
from components.core.event import Event, answer_text_after
from components.core.hidden_turn import HIDDEN_TURN_ENDING
from components.core.layer import Layer
from components.core.prompt import Prompt, clean_text
from components.core.prototype import Prototype
from components.core.timeline import build_timeline
from components.layers.added_content import ORIGIN_DESIGNER, ORIGIN_MODEL
from components.layers.clarification.answer_then_ask import AnswerThenAsk
from components.layers.clarification.follow_ups import FollowUps
from components.layers.clarification.restate_and_confirm import INSTEAD_QUESTION, RestateAndConfirm
from components.layers.confidence.abstain import Abstain
from components.layers.confidence.badge import Badge
from components.layers.confidence.low_confidence_alert import LowConfidenceAlert
from components.layers.control.decide_first import DecideFirst
from components.layers.control.plan_approval import PlanApproval
from components.layers.control.regenerate import Regenerate
from components.layers.delivery.background_and_notify import BackgroundAndNotify
from components.layers.delivery.blocking import Blocking
from components.layers.delivery.deliberate_delay import DeliberateDelay
from components.layers.delivery.draft_then_final import DraftThenFinal
from components.layers.delivery.expected_time import ExpectedTime
from components.layers.delivery.paced_streaming import PacedStreaming
from components.layers.delivery.progress_bar import ProgressBar
from components.layers.delivery.staged_status import StagedStatus
from components.layers.delivery.streaming import Streaming
from components.layers.delivery.typing_indicator import TypingIndicator
from components.layers.expectation.capability_card import CapabilityCard
from components.layers.expectation.disclaimer import Disclaimer
from components.layers.expectation.disclosure import Disclosure
from components.layers.expectation.starters import Starters
from components.layers.failure.apology import Apology
from components.layers.failure.cause_and_next_step import CauseAndNextStep
from components.layers.failure.fault_words import FAULT_WORDS as WORDS
from components.layers.failure.human_handoff import ON_FAILURE, ON_REQUEST, HumanHandoff
from components.layers.failure.keep_partial import KeepPartial
from components.layers.failure.raw_error import RawError
from components.layers.failure.visible_retry import VisibleRetry
from components.layers.stakes import LOW
from components.layers.transparency.citations import Citations
from components.layers.transparency.for_and_against import ForAndAgainst
from components.layers.transparency.reasoning_trace import ReasoningTrace
from components.layers.transparency.step_log import StepLog
from components.layers.transparency.why import Why
from components.layers.weather.fault import Fault
from components.models.source import Timeouts
from components.report.handoff.program import Language, Program
from components.ui.design.templates import load_templates
from components.ui.shared.samples import starting_prototypes
from tests.faults.server import Wrong, wrong
from tests.report.portable_cases import in_calm
from tests.report.typescript import KEY, TESTS, bundled, output

pytestmark = pytest.mark.slow

LANGUAGES: tuple[Language, ...] = ("py", "ts")
BUTTONS = ("retry", "continue")
RAW = "whatever the exception says"
QUICK = Timeouts(connect=9, first=4.0, between=2.0, total=30)
HOSTILE = (
    '"\\";import os;print(1)#', "`${process.exit(3)}` */ // {{name}} %% if", "a\u202eb\u2028c\x00\ud800",
    "你好 👩\u200d👩\u200d👧 مرحبا \U000e0041", "'" * 3 + '"' * 3 + "\\",
)  # fmt: skip
FAULTS = {  # what the server does: the kind of fault that it is, and what had come
    "silent": ("timeout", ""), "stuck": ("timeout", "It is "), "reset": ("cut", "It is "),
    "truncated": ("cut", "It is "), "unfinished": ("cut", "It is "), "half a chunk": ("cut", ""),
    "malformed": ("malformed", "It is "), "number": ("malformed", "It is "), "bad utf-8": ("malformed", "It is "),
    "error inside": ("server", "It is "), "web page": ("malformed", ""), "empty": ("empty", ""),
    "400": ("request", ""), "401": ("key", ""), "403": ("key", ""), "404": ("missing", ""), "429": ("rate", ""),
    "500": ("server", ""), "503": ("server", ""), "302": ("moved", ""), "too long": ("context", ""),
}  # fmt: skip
ASK, PLAN, RIGHT = Prompt.from_typed("Is it so?"), PlanApproval().question, RestateAndConfirm().question


def slowly(layers: Iterable[Layer]) -> Iterator[Layer]:
    """The same layers; what they say after a while comes later than any answer here."""
    for layer in layers:
        whiles = ("threshold",) if isinstance(layer, BackgroundAndNotify) else ("dwell", "after")
        yield replace(layer, **{name: 20.0 for name in whiles if isinstance(getattr(layer, name, None), float)})


PROBABLE = [Event(0.0, "token", "Yes", {"logprob": -0.1}), Event(0.0, "token", ".", {"logprob": -0.2})]
LATE = [Event(0.0, "token", "It is so. "), Event(0.0, "token", "Or "), Event(1.0, "token", "not.")]
SOME = ("stuck", "malformed", "empty", "429", "good")
CALIBRATION: Calibration = starting_prototypes()[2].layers[1].calibration  # type: ignore[attr-defined]
MORE = (
    Prototype("Tries again", (Streaming(), VisibleRetry(attempts=2, back_off=0.0), KeepPartial(), CauseAndNextStep())),
    Prototype("By hand", (
        Streaming(unit="word"), VisibleRetry(automatic=False, attempts=1),
        CauseAndNextStep(detail="technical", tone="personal"),
    )),
    Prototype("Held", (Blocking(), Badge(), KeepPartial(resume=False), RawError())),
    Prototype("Dropped", (Streaming(unit="sentence", cursor=False), CauseAndNextStep(keep=False, retry=False))),
    Prototype("Wordy", (
        StagedStatus(steps="Reading\nThinking", dwell=20.0), PacedStreaming(rate=200.0, buffer=0.1),
        KeepPartial(), Disclosure(), Disclaimer(), CapabilityCard(), Starters(),
    )),
    Prototype("Bare", (TypingIndicator(after=5.0),)),
    Prototype("Asked", (
        Streaming(), Apology(kind="empathic"), HumanHandoff(label="A colleague"), Disclaimer(), Why(length=1),
        Citations(own="Handbook | Says so. | is so\nRules"), ForAndAgainst(against_first=True, origin=ORIGIN_DESIGNER),
        ReasoningTrace(show="summary"), FollowUps(count=1, own="Why?\nHow?"),
    )),
    Prototype("Weighed", (
        Blocking(), Badge(), AnswerThenAsk(count=1), KeepPartial(), HumanHandoff(trigger=ON_FAILURE), Disclaimer(),
        Citations(origin=ORIGIN_MODEL, granularity="answer"), ForAndAgainst(balance="all there are"),
        StepLog(dwell=20.0),
    )),
    Prototype("Again", (Streaming(), HumanHandoff(trigger=ON_REQUEST), Regenerate(),
    ReasoningTrace(origin=ORIGIN_DESIGNER, own="First this\nThen that"))),
    Prototype("Unsure", (
        Streaming(), Abstain(), VisibleRetry(automatic=False), KeepPartial(), HumanHandoff(), Disclaimer(), Why(),
        StepLog(dwell=20.0, own="Read it\nWrote it"), FollowUps(own="Why?"), Regenerate(),
    )),
    Prototype("Expected", (Streaming(), DeliberateDelay(seconds=0.5), ExpectedTime(usual=20.0), LowConfidenceAlert())),
    Prototype("Drafted", (
        DraftThenFinal(swap=0.2), VisibleRetry(attempts=1, back_off=0.0), KeepPartial(), CauseAndNextStep(), Badge(),
    )),
    Prototype("Left", (Streaming(), ProgressBar(label="Wait"), BackgroundAndNotify(threshold=20.0), KeepPartial())),
    Prototype("Approved", (Streaming(), CauseAndNextStep(), PlanApproval(risk=LOW, own="Look\nWrite"))),
    Prototype("Restated", (Streaming(), CauseAndNextStep(), Disclosure(),
                           RestateAndConfirm(above=LOW, own="You ask: {prompt}"))),
    Prototype("Decided", (Streaming(), CauseAndNextStep(), Disclosure(), DecideFirst(), FollowUps(own="Why?"))),
    *(template.prototype.with_layers(slowly(template.prototype.layers)) for template in load_templates()),
)  # fmt: skip
EVERY = (*starting_prototypes(), *MORE)
TERMINAL = """
import contextlib, io, json, runpy, sys
from pathlib import Path
file, *urls = sys.argv[1:]
sys.path.insert(0, str(Path(file).parent))
printed = []
for url in urls:
    sys.argv = [file, url, "m", "Is it so?"]
    with contextlib.redirect_stdout(io.StringIO()) as out:
        runpy.run_path(file, run_name="__main__")
    printed.append([line for line in out.getvalue().splitlines() if line])
print(json.dumps(printed))
"""
Printed = dict[tuple[str, str, str], list[str]]  # by language, prototype and what the server did


@pytest.fixture(scope="module")
def server() -> Iterator[Wrong]:
    with wrong() as running:
        yield running


@pytest.fixture(scope="module")
def printed(server: Wrong, tmp_path_factory: pytest.TempPathFactory) -> Printed:
    """What every program prints for everything that a server can do, all of them at once."""
    folder = tmp_path_factory.mktemp("programs")

    def typed(each: Prototype) -> list[list[str]]:
        *python, file = made(Program(each, QUICK), "py", folder / each.name)
        urls = (server.url(way) for way in ways(each))
        return json.loads(output((*python, "-c", TERMINAL, file, *urls)))  # type: ignore[no-any-return]

    jobs = [(each, way) for each in EVERY for way in ways(each)]
    handed = [
        {"prototype": Program(each, QUICK).to_json(), "urls": [server.url(way) for way in ways(each)]} for each in EVERY
    ]
    with ThreadPoolExecutor(len(EVERY) + 1) as several:
        shown = several.submit(output, bundled(TESTS / "shown.ts", folder), json.dumps(handed))
        found = {"py": several.map(typed, EVERY), "ts": json.loads(shown.result())}
    return {
        (language, each.name, way): lines
        for language, every in found.items()
        for (each, way), lines in zip(jobs, chain.from_iterable(every), strict=True)
    }


def made(program: Program, language: Language, folder: Path, largest: int = 16_000_000) -> tuple[str, ...]:
    """The command that runs the program, written into this folder, perhaps with another bound for its answers."""
    folder.mkdir(exist_ok=True)
    for name, text in program.files(language).items():
        (folder / name).write_text(text.replace("16_000_000", str(largest)), "utf-8")
    main = folder / f"main.{language}"
    return (sys.executable, str(main)) if language == "py" else bundled(main, folder)


def run(command: tuple[str, ...], url: str, typed: str = "") -> list[str]:
    """What it prints, line by line."""
    return output((*command, url, "m", "Is it so?"), typed).splitlines()


def told(prototype: Prototype, way: str, prompt: Prompt | None = None) -> list[str]:
    """What the prototype's own layers make of this fault, as lines on a terminal; RAW for an exception's words."""
    fault, came = FAULTS.get(way, ("", "It is so."))
    words = [Event(0.0, "token", f"{word}{'' if word.endswith('.') else ' '}") for word in came.split(" ") if word]
    words = {"probable": PROBABLE, "late": LATE}.get(way, words)
    at = 9.0 if words else 0.0
    broke = Event(at, "error", RAW, {"fault": fault}) if fault not in ("", "empty") else Event(at, "end")
    events = build_timeline(
        in_calm(prototype), prompt or ASK, lambda _: iter((Event(0.0, "silence"), *words, broke)), depth=0
    ).events
    lines, standing_words = [""], ""
    for event in (event for event in events if not event.data.get("remark")):
        before, standing_words = standing_words, answer_text_after(standing_words, event)
        if event.kind == "text":
            lines[-1] += event.text
        elif event.kind == "revise" and before:
            lines += [""] if lines[-1] else []
        elif event.data.get("name") == "stop":
            lines += [f"[Ctrl+C] {event.text}", ""] if f"[Ctrl+C] {event.text}" not in lines else []
        elif event.kind not in ("end", "action"):
            lines[-1:] = [*([lines[-1]] if lines[-1] else []), *own(event), ""]
    return [*(line for line in lines if line), *offered(events)]


def own(event: Event) -> Iterator[str]:
    """The product's own words in an event, line by line."""
    number, about = event.data.get("n"), event.data.get("claim")
    yield f"{number}. {event.text}{f' (“{about}”)' if about else ''}" if number else event.text or "…"
    yield from (f"- {item}" for item in event.data.get("items", ()))
    for column in event.data.get("columns", ()):
        yield from (f"{column['title']}:", *(f"- {item}" for item in column["items"]))
    yield from (str(more) for more in map(event.data.get, ("detail", "legend", "technical")) if more)


def offered(events: Iterable[Event]) -> list[str]:
    """Everything that can be pressed: what a question offers and what a failure does, then the other buttons."""
    every = tuple(events)
    labels = [option for event in every if event.kind == "question" for option in event.data["options"]]
    for event in every:
        names = [name for name in event.data.get("actions", ()) if name in BUTTONS]
        labels += [event.data["labels"][name] for name in names]
    labels += [event.text for event in every if event.kind == "action" and event.data["name"] != "stop"]
    return [f"[{number}] {label}" for number, label in enumerate(labels, 1)]


def same(found: list[str], expected: list[str]) -> bool:
    return len(found) == len(expected) and all(a == b or (b == RAW and a) for a, b in zip(found, expected, strict=True))


def ways(prototype: Prototype) -> tuple[str, ...]:
    return (*FAULTS, "good", "at once") if prototype in starting_prototypes() else SOME


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("prototype", EVERY, ids=lambda prototype: prototype.name)
def test_it_says_and_keeps_what_the_prototype_does(printed: Printed, prototype: Prototype, language: Language) -> None:
    for way in ways(prototype):
        lines = printed[language, prototype.name, way]
        if way == "at once":
            assert "All of it." in lines
        else:
            assert same(lines, told(prototype, way)), f"{way}: {lines} but {told(prototype, way)}"
        assert KEY not in str(lines)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_badge_is_the_prototypes_own(server: Wrong, language: Language, tmp_path: Path) -> None:
    rising = replace(CALIBRATION, points=((0.2, 0.1), (0.8, 0.55), (1.0, 0.9)))
    for number, badge in enumerate((Badge(), Badge(calibration=CALIBRATION), Badge(calibration=rising))):
        prototype = Prototype("Sure", (Streaming(), badge))
        events = build_timeline(
            prototype, Prompt.from_typed("?"), lambda _: iter((*PROBABLE, Event(0.0, "end"))), depth=0
        ).events
        shown = next(event for event in events if event.kind == "badge")
        found = run(made(Program(prototype, QUICK), language, tmp_path / str(number)), server.url("probable"))
        assert found == ["Yes.", shown.text, shown.data["legend"]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_warning_is_the_prototypes_own(server: Wrong, language: Language, tmp_path: Path) -> None:
    alerts = (
        LowConfidenceAlert(trigger=0.86),
        LowConfidenceAlert(trigger=0.87),
        LowConfidenceAlert(calibration=CALIBRATION),
    )
    for number, alert in enumerate(alerts):
        prototype = Prototype("Warned", (Streaming(), alert))
        found = run(made(Program(prototype, QUICK), language, tmp_path / str(number)), server.url("probable"))
        assert found == told(prototype, "probable") and (number != 1 or alert.words in found[1])


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_model_is_too_unsure_of_is_not_shown_nor_what_would_be_said_of_it(
    server: Wrong, language: Language, tmp_path: Path
) -> None:
    unsure = next(each for each in MORE if each.name == "Unsure")
    cautious = (Abstain(threshold=0.8), Abstain(threshold=0.9), Abstain(calibration=CALIBRATION))
    for number, abstain in enumerate(cautious):
        prototype = unsure.with_layers(abstain if isinstance(layer, Abstain) else layer for layer in unsure.layers)
        found = run(made(Program(prototype, QUICK), language, tmp_path / str(number)), server.url("probable"))
        assert found == told(prototype, "probable")
        assert ("Yes." in found, "Why" in found) == (abstain is not cautious[1],) * 2
        assert f"{abstain.words} {HumanHandoff().offered}" in found or abstain is not cautious[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_left_is_told_that_the_answer_is_there(server: Wrong, language: Language, tmp_path: Path) -> None:
    prototype = Prototype("Left", (ProgressBar(), BackgroundAndNotify(threshold=0.5), Disclaimer()))
    found = run(made(Program(prototype, QUICK), language, tmp_path), server.url("late"))
    assert found == told(prototype, "late") and BackgroundAndNotify.ready in found


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_draft_is_shown_before_the_rest_has_come(server: Wrong, language: Language, tmp_path: Path) -> None:
    command = made(Program(Prototype("Drafted", (DraftThenFinal(swap=1.5),)), QUICK), language, tmp_path)
    with subprocess.Popen((*command, server.url("late"), "m", "Is it so?"), stdout=subprocess.PIPE) as running:
        assert running.stdout is not None
        drafted = os.read(running.stdout.fileno(), 100)
        rest = running.stdout.read()
    assert (drafted.strip(), rest.strip()) == (b"It is so.", b"Or not.")


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_endpoint_without_probabilities_is_asked_once_more_without(
    server: Wrong, language: Language, tmp_path: Path
) -> None:
    command = made(Program(starting_prototypes()[2], QUICK), language, tmp_path)
    assert run(command, server.url("no probabilities"))[0] == "It is so."
    assert "logprobs" in server.asked[-2] and "logprobs" not in server.asked[-1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_going_on_hands_the_words_back_and_trying_again_begins_anew(
    server: Wrong, language: Language, tmp_path: Path
) -> None:
    lines = run(made(Program(starting_prototypes()[1], QUICK), language, tmp_path), server.url("unfinished"), "1\n")
    assert lines.count("The answer was cut off here.") == 2
    assert server.asked[-1]["messages"][-1] == {"role": "assistant", "content": "It is "}  # type: ignore[index]
    lines = run(made(Program(starting_prototypes()[2], QUICK), language, tmp_path), server.url("429"), "1\n1\n")
    assert lines.count("[1] Try again") == 3
    assert [message["role"] for message in server.asked[-1]["messages"]] == ["user"]  # type: ignore[attr-defined]


def one(name: str) -> Prototype:
    return next(each for each in EVERY if each.name == name)


# the prototype, what is typed, each turn that follows from it, and what the model hears at last
TYPED: tuple[tuple[str, str, list[Prompt], list[str]], ...] = (
    ("Approved", "1\n", [ASK.with_choice(PLAN, "Go ahead")], ["Is it so?"]),
    ("Approved", "2\n", [ASK.with_choice(PLAN, "Not now")], []),
    ("Approved", "Only look\n", [ASK.with_choice(PLAN, "Only look")], ["Is it so?", PLAN, "Only look"]),
    ("Restated", "1\n", [ASK.with_choice(RIGHT, "Yes, that's it")], ["Is it so?"]),
    ("Restated", "2\nA poem\n", [ASK.with_choice(RIGHT, "No"), ASK.with_choice(RIGHT,
    "No").with_choice(INSTEAD_QUESTION, "A poem")],
     ["Is it so?", INSTEAD_QUESTION, "A poem"]),
    ("Decided", "Wait\n", [ASK.with_choice(DecideFirst().question, "Wait")], ["Is it so?"]),
    ("Weighed", "1\n", [ASK.with_choice(AnswerThenAsk().question, "Not so: It is so.")],
     ["Is it so?", f"It is so.\n\n{AnswerThenAsk().question}", "Not so: It is so."]),
    ("Asked", "Why not?\n", [ASK.with_choice(FollowUps().question, "Why not?")],
     ["Is it so?", f"It is so.\n\n{FollowUps().question}", "Why not?"]),
    ("Again", "2\n2\n2\n", [ASK.next_attempt(), ASK.next_attempt().next_attempt()], ["Is it so?"]),
)  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("name", "typed", "turns", "heard"), TYPED, ids=[f"{name} {typed!r}" for name, typed, *_ in TYPED]
)
def test_what_is_picked_or_typed_leads_on_as_in_the_prototype(
    server: Wrong, name: str, typed: str, turns: list[Prompt], heard: list[str], language: Language, tmp_path: Path
) -> None:  # fmt: skip
    already = len(server.asked)
    found = run(made(Program(one(name), QUICK), language, tmp_path), server.url("good"), typed)
    expected = [line for prompt in (ASK, *turns) for line in told(one(name), "good", prompt)]
    assert found == expected
    plain = [body["messages"] for body in server.asked[already:] if HIDDEN_TURN_ENDING not in str(body["messages"])]
    assert [message["content"] for message in (plain or [[]])[-1]] == heard  # type: ignore[attr-defined]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_person_is_called_with_what_they_need_to_know(server: Wrong, language: Language, tmp_path: Path) -> None:
    def passed_on(way: str, typed: str, asked: str = "Is it so?") -> list[str]:
        lines = output((*command, server.url(way), "m", asked), typed).splitlines()
        *passed, greeting = lines[lines.index(HumanHandoff().after) + 1 :]
        assert greeting.startswith("Sam Rivera, Customer care: Hi")
        return passed

    command = made(
        Program(Prototype("Person", (Streaming(), KeepPartial(), HumanHandoff())), QUICK), language, tmp_path
    )
    assert passed_on("good", "1\n") == ["- Your question: Is it so?", "- The answer so far: It is so."]
    cut = ["- Your question: Is it so?", "- The answer so far: It is", f"- What went wrong: {KeepPartial().label}"]
    assert passed_on("unfinished", "2\n") == cut
    already = len(server.asked)
    long = f"I want to talk to a real person. {'Really ' * 50}"
    short, none = passed_on("good", "1\n", long)
    assert short == f"- Your question: {shorten(long, 200, placeholder='…')}" and none == "- No answer so far"
    assert len(server.asked) == already


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_plan_is_shown_where_enough_is_at_stake(server: Wrong, language: Language, tmp_path: Path) -> None:
    command = made(
        Program(Prototype("Plan", (Streaming(), PlanApproval(own="Look\nWrite"))), QUICK), language, tmp_path
    )
    assert output((*command, server.url("good"), "m", "Cancel my flight")).splitlines()[0] == PLAN
    assert output((*command, server.url("good"), "m", "Why is the sky blue?")) == "It is so.\n"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_model_says_besides_its_answer_takes_the_place_of_ones_own(
    server: Wrong, language: Language, tmp_path: Path
) -> None:
    layers = (
        Streaming(),
        Why(),
        ForAndAgainst(balance="all there are"),
        Citations(origin=ORIGIN_MODEL),
    )
    prototype = Prototype("Besides", layers)
    lines = ["1. **For**: It is.", "- Against: It was not.", "* for: It has been | long", "2 eggs"]
    model = [Event(0.0, "token", "\n\n".join(lines)), Event(0.0, "end")]
    events = build_timeline(prototype, ASK, lambda _: iter(model), depth=0).events
    events = tuple(event for event in events if not event.data.get("remark"))
    expected = [line for event in events for line in (event.text.splitlines() if event.carries_words else own(event))]
    found = run(made(Program(prototype, QUICK), language, tmp_path), server.url("several lines"))
    assert [*filter(None, found), "…"] == [*filter(None, expected)] and "- It has been | long" in found


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_answer_without_an_end_nobody_there_and_no_such_place(
    server: Wrong, language: Language, tmp_path: Path
) -> None:
    command = made(Program(starting_prototypes()[2], QUICK), language, tmp_path, largest=500_000)
    assert WORDS["malformed"].plain in run(command, server.url("endless"))
    assert run(command, "http://127.0.0.1:9/v1")[0] == WORDS["refused"].plain
    assert run(command, "http://no-such-host.invalid/v1")[0] == WORDS["address"].plain


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_prototype_that_gives_up_early_does_so_in_the_program(
    server: Wrong, language: Language, tmp_path: Path
) -> None:
    program = Program(Prototype("Soon", (Blocking(patience=1.0), CauseAndNextStep())))
    began = time.monotonic()
    assert WORDS["timeout"].plain in run(made(program, language, tmp_path), server.url("stuck"))
    assert time.monotonic() - began < program.patience.between


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_program_does_not_do_is_named_at_its_top_with_the_reason(language: Language) -> None:
    files = Program(Prototype("More", (Streaming(), Fault(), RawError()))).files(language)
    note = f"Not part of this program:\nFault: {Fault().portable().reason}\n"
    assert note in files[f"main.{language}"][:900] and "Fault" in files["prototype.json"]
    main = Program(starting_prototypes()[2]).files(language)[f"main.{language}"]
    assert "Not part" not in main and "left_out" not in main


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_text_becomes_code(server: Wrong, text: str, language: Language, tmp_path: Path) -> None:
    layers = (Streaming(), KeepPartial(label=text), Disclosure(label=text), Disclaimer(words=text))
    program = Program(Prototype(text, layers), QUICK)
    found = output((*made(program, language, tmp_path), server.url("good"), "m", "?"))
    assert found == f"{clean_text(text)}\nIt is so.\n{clean_text(text)}\n"
    assert "\u202e" not in str(program.files(language))
