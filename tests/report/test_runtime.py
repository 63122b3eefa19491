"""The parts of the program that is handed off: what it reads, whom it asks and when, and what a terminal shows."""

import json
import os
import signal
import subprocess
import time
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from parallax_client import Model
from parallax_delivery import unit_ends
from parallax_events import Event, Message, Prompt
from parallax_failure import retry
from parallax_marks import highlight
from parallax_runtime import STEPS, prototype_from
from parallax_samples import answers_agree
from parallax_scores import stated_percent
from parallax_terminal import Screen, lines_of

from components.core import event as core
from components.core.portable import STEP_KINDS
from components.core.prompt import Prompt as CorePrompt
from components.core.prototype import Prototype
from components.layers import ALL_PATTERNS
from components.layers.confidence import agreement
from components.layers.confidence.highlighting import Highlighting
from components.layers.confidence.score_by_asking import parse_percentage
from components.layers.control.granular_feedback import GranularFeedback
from components.layers.control.regenerate import Regenerate
from components.layers.control.stable_answer import StableAnswer
from components.layers.delivery.stop import Stop
from components.layers.delivery.streaming import Streaming
from components.layers.failure.undo_and_correct import UndoAndCorrect
from components.layers.failure.visible_retry import VisibleRetry
from components.report.handoff.program import Language, Program, runtime_files
from tests.faults.server import wrong
from tests.report.test_program import LANGUAGES, QUICK, made, run
from tests.report.typescript import output

ASK = Prompt((Message("user", "Is it so?"),))
EMPTY: dict[str, Any] = {
    "format": 1, "name": "", "about": "", "inner": [], "outer": [], "left_out": [], "client": {},
}  # fmt: skip


def test_the_runtime_plays_every_kind_of_step_there_is() -> None:
    assert set(STEPS) == set(STEP_KINDS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_runtime_names_no_pattern(language: Language) -> None:
    telling = [name for name in ALL_PATTERNS if sum(map(str.isupper, name)) > 1]  # "Why" and "Stop" are words as well
    for file in runtime_files(language):
        text = file.read_text("utf-8")
        assert not [name for name in telling if name in text], file


@pytest.mark.parametrize("change", [{"format": 2}, {"inner": [{"step": "dance"}]}])
def test_a_prototype_for_another_version_is_not_played(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="this program plays format 1"):
        prototype_from({**EMPTY, **change})


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_zip_is_the_same_each_time_and_holds_what_runs(language: Language) -> None:
    program = Program(Prototype("P", (Streaming(),)))
    assert program.archive(language) == Program(program.prototype).archive(language)
    files = program.files(language)
    assert {f"main.{language}", "prototype.json", f"parallax_runtime.{language}"} <= set(files)
    assert json.loads(files["prototype.json"])["inner"][0]["step"] == "release"


def test_probabilities_are_asked_for_only_where_something_rests_on_them() -> None:
    patterns = {name for name, kind in ALL_PATTERNS.items() if Program(Prototype("", (kind(),))).needs_logprobs}
    assert patterns == {"Badge", "Percentage", "VerbalHedge", "LowConfidenceAlert", "Abstain", "Highlighting"}


def test_each_further_attempt_is_asked_for_after_a_wait_twice_as_long() -> None:
    asked = list[Prompt]()

    def breaks(prompt: Prompt) -> Any:
        asked.append(prompt)
        yield Event(1.0, "error", "no", {"fault": "rate"})

    [step] = VisibleRetry(attempts=2, back_off=0.5).portable().steps
    list(retry(step.values, ASK, breaks))
    assert [(prompt.attempt, prompt.wait) for prompt in asked] == [(0, 0.0), (1, 0.5), (2, 1.0)]


def test_the_model_hears_what_was_picked_under_its_answer_and_goes_on_from_words() -> None:
    prompt = ASK.chose("And now?", "Go on", above="It is so.").chose("Sure?", "Yes")
    heard = [message.text for message in prompt.conversation]
    assert heard == ["Is it so?", "It is so.\n\nAnd now?", "Go on", "Sure?", "Yes"]


def test_a_model_is_asked_later_where_it_has_to_wait() -> None:
    with wrong() as server:
        model = Model(server.url("good"), "m", "", Program(Prototype("", ())).to_json()["client"])
        began = time.monotonic()
        stream = model.answer(Prompt(ASK.messages, wait=0.4))
        first = next(stream)
        assert first.kind == "silence" and not server.asked
        events = [event for event in stream if event.kind != "silence"]
        assert time.monotonic() - began > 0.4 > events[0].at
        assert list(model.answer(ASK)) == events and len(server.asked) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_answer_is_not_asked_for_twice(language: Language, tmp_path: Path) -> None:
    with wrong() as server:
        command = made(
            Program(Prototype("S", (Streaming(), StableAnswer(label=""), Regenerate())), QUICK), language, tmp_path
        )
        lines = run(command, server.url("good"), "1\n")
        assert lines == ["It is so.", "[1] Another answer", "It is so.", StableAnswer().note, "[1] Another answer"]
        assert len(server.asked) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_stops_an_answer_keeps_its_words(language: Language, tmp_path: Path) -> None:
    with wrong() as server:
        command = made(Program(Prototype("S", (Streaming(), Stop(), Regenerate())), QUICK), language, tmp_path)
        with subprocess.Popen(
            (*command, server.url("slow"), "m", "Is it so?"), stdout=subprocess.PIPE, bufsize=0
        ) as running:
            assert running.stdout is not None
            seen = b""
            while b"3 " not in seen:
                seen += os.read(running.stdout.fileno(), 100)
            running.send_signal(signal.SIGINT)
            seen += running.stdout.read()
        assert running.returncode == 0
        assert seen.startswith(b"[Ctrl+C] Stop\n0 1 2 3 ") and b"Another answer" not in seen and b"1999" not in seen


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_answer_can_be_put_right_and_rated_on_a_terminal(language: Language, tmp_path: Path) -> None:
    with wrong() as server:
        command = made(
            Program(Prototype("R", (Streaming(), UndoAndCorrect(), GranularFeedback())), QUICK), language, tmp_path
        )
        corrected = output((*command, server.url("good"), "m", "?"), "1\nIt is not.\n").splitlines()
        assert corrected == ["It is so.", "[1] Correct a sentence", "[2] Was this helpful?", "It is not."]
        rated = output((*command, server.url("good"), "m", "?"), "2\n1\n").splitlines()
        assert rated[-3:] == ["[1] Not right", "[2] Hard to follow", "[3] Too long"]


def test_a_model_cannot_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    screen = Screen()
    screen.paint(Event(0.0, "text", "It\x1b[2J is\tso.\n"))
    screen.paint(Event(0.1, "notice", "\x9b31mWhy"))
    assert capsys.readouterr().out == "It[2J is\tso.\n31mWhy\n"


@pytest.mark.parametrize(
    ("words", "reason", "shown"),
    [
        (("Do **th", "is**"), "stop", "Do **this**\n"), (("Do this. ", "**"), "length", "Do this. \n"),
        (("Do **this", "**"), "length", "Do **this**\n"), (("A price", "*"), "stop", "A price*\n"),
        (("*" * 20, " x"), "length", "*" * 20 + " x\n"),
    ],
)  # fmt: skip
def test_a_cut_answer_ends_in_a_terminal_without_signs_that_only_open_something(
    words: tuple[str, ...], reason: str, shown: str, capsys: pytest.CaptureFixture[str]
) -> None:
    screen = Screen()
    for word in words:
        screen.paint(Event(0.0, "text", word))
    screen.paint(Event(0.1, "end", "", {"reason": reason}))
    screen.say()
    assert capsys.readouterr().out == shown


@pytest.mark.parametrize(("reason", "shown"), [("length", "Do this. \nHigh\n"), ("stop", "Do this. **\nHigh\n")])
def test_what_is_said_of_a_cut_answer_before_its_end_does_not_show_those_signs(
    reason: str, shown: str, capsys: pytest.CaptureFixture[str]
) -> None:
    screen = Screen()
    for event in (
        Event(0.0, "text", "Do this. **"),
        Event(0.1, "badge", "High"),
        Event(0.1, "end", "", {"reason": reason}),
    ):
        screen.paint(event)
    assert capsys.readouterr().out == shown


def test_a_terminal_says_what_a_mark_and_a_source_mean() -> None:
    mark = Event(0.0, "mark", "Zoë", {"title": "the model found this 3 % likely"})
    assert list(lines_of(mark)) == ["“Zoë”: the model found this 3 % likely"]
    source = Event(0.0, "source", "Handbook", {"n": 2, "claim": "so", "detail": "Says so."})
    assert list(lines_of(source)) == ["2. Handbook (“so”)", "Says so."]


SAID = (
    "It is so.", "It is so. But not always.", "  It is so.\nOr not. Or", "Yes", "yes!", "Zoë's 1,500 cats", "4.5", "45",
    "", "Zoes 1500 cats", "Canberra is the capital of Australia.", "The capital is Canberra", "Sydney. Canberra is",
    "capital", "你好。", "One red fox", "One red hen", "A red fox jumps high", "what capital Australia",
)  # fmt: skip


@pytest.mark.parametrize("question", ["What is the capital of Australia?", "", "Is it so?"])
def test_two_answers_agree_as_in_the_layers(question: str) -> None:
    for pair in product(SAID, SAID):
        assert answers_agree(*pair, question) is agreement.answers_agree(*pair, question), pair


@pytest.mark.parametrize(
    "reply", ["80 %", "80", "80.5 percent", "from 20 % to 30 %", "30 % or 30 %", "0", "100 %", "101 %", ""]
)
def test_how_sure_a_model_says_it_is_is_read_as_in_the_layers(reply: str) -> None:
    assert stated_percent(reply) == parse_percentage(reply)


def test_no_more_words_are_marked_than_in_the_layers() -> None:
    tokens = [Event(0.1, "token", f"cats{'s' * (n % 2)} ", {"logprob": -5.0}) for n in range(100)]
    [step] = Highlighting().portable().steps
    marked = list(highlight(step.values, ASK, lambda _: iter((*tokens, Event(0.2, "end")))))
    told = [core.Event(event.at, "token", event.text, event.data) for event in tokens]
    layered = list(
        Highlighting().play(CorePrompt.from_typed("Is it so?"), lambda _: iter((*told, core.Event(0.2, "end"))))
    )
    assert [(event.kind, event.text, event.data) for event in marked] == [
        (event.kind, event.text, event.data) for event in layered
    ]


@pytest.mark.parametrize(
    ("unit", "before", "following", "ends"),
    [
        ("word", "It", " is", True), ("word", "I", "t", False), ("word", "你", "好", True),
        ("sentence", "", "So", False), ("sentence", "so. ", "Or", True), ("sentence", "3.", "5", False),
        ("sentence", "好。", "好", True),
    ],
)  # fmt: skip
def test_a_unit_ends_where_a_reader_would_say_so(unit: str, before: str, following: str, ends: bool) -> None:
    assert unit_ends(unit, before, following) is ends
