"""Terminal: a prototype played in real time, its buttons pressed by their numbers."""

import re
import signal
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from parallax_client import Model
from parallax_events import Answer, Event, Prompt, text_after

UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")  # what a model could steer a terminal with
LAST_KINDS = ("end", "error", "failure", "question")  # the events after which nothing comes
LAST_SIGNS = re.compile(r"(?:[*_`~][\s*_`~]{0,8})?\Z")  # what a cut answer may end with, and nobody should read


@dataclass(frozen=True)
class Button:
    """Something to press: the event that it belongs to, what it does, and its words."""

    event: Event
    name: str
    label: str


class Screen:
    """Where an answer is shown: here, a terminal."""

    def __init__(self) -> None:
        self.shown = ""
        self.signs = ""  # the last ones of the answer, which wait for the words after them
        self.held: list[str] = []  # lines below an answer of which the end has to say whether it was cut
        self.in_line = False
        self.stops = False

    def show(self, words: str) -> None:
        """More words of the answer; signs at their end wait for what follows."""
        words = UNSAFE.sub("", self.signs + words)
        end = LAST_SIGNS.search(words).start()  # type: ignore[union-attr]
        shown, self.signs = words[:end], words[end:]
        print(shown, end="", flush=True)
        self.in_line = not shown.endswith("\n") if shown else self.in_line

    def say(self, words: str = "") -> None:
        """The product's own words on a line of their own; without words, only the line ends."""
        if self.in_line or self.signs:
            print(self.signs.rstrip())
        self.in_line, self.signs = False, ""
        if words:
            print(UNSAFE.sub("", words), flush=True)

    def paint(self, event: Event) -> None:
        """One event, as far as a terminal can show it. A page would replace words; here they begin anew."""
        before, self.shown = self.shown, text_after(self.shown, event)
        if event.kind in ("text", "revise"):
            self.say_held()
            if event.kind == "revise" and before:
                self.say()
            self.show(event.text)
            return
        self.held += lines_of(event) if event.kind not in ("action", "end") else ()
        if event.kind in LAST_KINDS:
            self.leave_signs(event)
        if event.kind in LAST_KINDS or not self.opens_something:
            self.say_held()

    @property
    def opens_something(self) -> bool:
        """Whether the signs at the end of the answer only open something."""
        signs = self.signs.strip()
        return bool(signs) and self.shown.count(signs) % 2 == 1

    def leave_signs(self, event: Event) -> None:
        """Where the answer was cut, signs of markdown that only open something are not shown."""
        if self.opens_something and (event.kind == "failure" or event.was_cut):
            self.signs = ""

    def say_held(self) -> None:
        """The lines that were held, each on a line of its own."""
        held, self.held = self.held, []
        for line in held:
            self.say(line)

    def offer_stop(self, words: str, model: Model) -> None:
        """The keys that stop the answer, named once; what came stays."""
        if not self.stops:
            self.say(f"[Ctrl+C] {words}")
            signal.signal(signal.SIGINT, lambda *_: model.stopping.set())
        self.stops = True

    def ask(self, buttons: Sequence[Button], other: bool) -> tuple[Button | None, str]:
        """The button that the person presses, or their own words where `other` allows them."""
        for number, button in enumerate(buttons, 1):
            self.say(f"[{number}] {button.label}")
        typed = sys.stdin.readline().strip() if buttons or other else ""
        if typed.isdigit() and 1 <= int(typed) <= len(buttons):
            return buttons[int(typed) - 1], ""
        return None, typed if other else ""


def lines_of(event: Event) -> Iterator[str]:
    """The product's own words in an event, line by line."""
    data = event.data
    if event.kind == "mark":
        yield f"“{event.text}”: {data['title']}"
    elif event.kind == "source":
        about = f" (“{data['claim']}”)" if data["claim"] else ""
        yield f"{data['n']}. {event.text}{about}"
    else:
        yield event.text or "…"
    yield from (f"- {item}" for item in data.get("items", ()))
    for column in data.get("columns", ()):
        yield f"{column['title']}:"
        yield from (f"- {item}" for item in column["items"])
    yield from (str(more) for more in map(data.get, ("detail", "legend", "technical")) if more)


def converse(answer: Answer, model: Model, prompt: Prompt) -> None:
    """The answer to a prompt, and to all that follows from what the person presses."""
    following: Prompt | None = prompt
    while following is not None:
        following = play_turn(answer, model, following, Screen())


def play_turn(answer: Answer, model: Model, prompt: Prompt, screen: Screen) -> Prompt | None:
    """One answer, each event when its time has come; the prompt that the person asks for, None for none."""
    screen.shown, buttons, began, last = prompt.partial, list[Button](), time.monotonic(), Event(0.0, "end")
    model.stopping.clear()
    for event in answer(prompt):
        if event.kind == "silence":
            continue
        time.sleep(max(0.0, began + event.at - time.monotonic()))
        screen.paint(event)
        if event.data.get("name") == "stop":
            screen.offer_stop(event.text, model)
        elif event.kind == "action":
            buttons.append(Button(event, event.data["name"], event.text))
        last = event
    signal.signal(signal.SIGINT, signal.default_int_handler)  # from here on it ends the program, as always
    screen.say()
    pressed, typed = screen.ask([*buttons_of(last), *buttons], bool(last.data.get("other")))
    if typed:
        return choose(prompt, last, typed, screen)
    return press(pressed, prompt, screen) if pressed else None


def buttons_of(last: Event) -> Iterator[Button]:
    """What can be pressed where a stream ended: the options of a question, and what a failure offers."""
    labels = last.data.get("labels", {})
    if last.kind == "question":
        yield from (Button(last, "pick", option) for option in last.data["options"])
    yield from (Button(last, name, labels.get(name, name)) for name in last.data.get("actions", ()))


def choose(prompt: Prompt, question: Event, option: str, screen: Screen) -> Prompt:
    """The prompt after something was picked or typed at a question."""
    above = "" if question.data.get("instead") else screen.shown
    return replace(prompt.chose(question.text, option, above), attempt=0, partial="")


def greeting(data: Mapping[str, Any]) -> list[str]:
    """Who takes over, and their first words, on a line."""
    name, role, words = data.get("person", ("", "", ""))
    who = ", ".join(part for part in (name, role) if part)
    return [": ".join(part for part in (who, words) if part)] if name or words else []


def press(button: Button, prompt: Prompt, screen: Screen) -> Prompt | None:
    """What follows from a button: the next prompt, or something that is said or asked."""
    data = button.event.data
    match button.name:
        case "pick":
            return choose(prompt, button.event, button.label, screen)
        case "retry" | "again":
            return replace(prompt.again(), partial="")
        case "continue":
            return replace(prompt.again(), partial=screen.shown)
        case "say" | "person":
            for line in (data["after"], *(f"- {item}" for item in data.get("items", ())), *greeting(data)):
                screen.say(line)
        case "edit":
            _, typed = screen.ask([], other=True)
            screen.say(typed)
        case "feedback":
            screen.ask([Button(button.event, "tag", tag) for tag in data["tags"]], other=data["comment"])
    return None
