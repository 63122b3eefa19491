"""Content: words that a pattern needs beside the answer: the model's, the prompt's script, or the designer's."""

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from typing import Any

from components.core.event import Event
from components.core.hidden_turn import HIDDEN_TURN_ENDING, hidden_turn
from components.core.layer import Answer, dial
from components.core.prompt import Prompt
from components.core.script import Script
from components.layers.content_rules import LineRule, Lines, fitting_lines, strip_quotes, written_words
from components.layers.hidden_answers import collect_parallel

ORIGIN_MODEL, ORIGIN_SCRIPT, ORIGIN_DESIGNER = ORIGINS = ("the model", "the prompt's script", "your words")
ORIGIN_LABELS = {
    ORIGIN_MODEL: "From the model",
    ORIGIN_SCRIPT: "Written with this prompt, in its prompt pack",
    ORIGIN_DESIGNER: "Written by the designer",
}
BEFORE_ANSWER = (
    "Before I answer, is there anything you want to know?"  # what the model seems to have said, asked beforehand
)


@dataclass(frozen=True)
class Content:
    """Some lines, where they come from (one of ORIGINS), and when they were there, in seconds since Send."""

    lines: tuple[str, ...]
    origin: str
    at: float

    @property
    def origin_label(self) -> str:
        """The label that says where the lines come from; "" where there are none."""
        return ORIGIN_LABELS[self.origin] if self.lines else ""


ContentStream = Generator[Event, None, Content]  # silences while the model works, and then the content


def origin_dial(default: str = ORIGIN_MODEL) -> Any:
    """The dial that says where a pattern's words come from."""
    return dial(default, "Where its words come from; where there are none, from the next in line.", choices=ORIGINS)


def parse_list(text: str) -> Lines:
    """The lines that say something, without bullets and numbers in front of them."""
    stripped = (line.strip().lstrip("-*•#").strip() for line in text.splitlines())
    return tuple(item for line in stripped if (item := strip_number(line)))


def find_content(
    first: str,
    prompt: Prompt,
    answer: Answer,
    at: float,
    ask: str,
    script: Sequence[str],
    own: str,
    after_answer: str = BEFORE_ANSWER,
    parse: Callable[[str], Lines] = parse_list,
    rule: LineRule | None = None,
) -> ContentStream:
    """Lines from `first` of ORIGINS, or from the next in line that has any.

    The model is asked `ask` at `at`, after its answer `after_answer`; a recording of that belongs to the same prompt.
    `script` is the prompt pack's, `own` the designer's, one a line. `parse` takes what is of use from the model's
    reply, and of that only what keeps to the `rule` is taken.
    """
    if first == ORIGIN_MODEL:
        [hidden] = yield from collect_parallel([answer(hidden_turn(prompt, after_answer, ask))], at)
        at = max(at, hidden.at)
        if hidden.whole and (lines := keep_fitting(parse(hidden.text), rule)):
            return Content(lines, ORIGIN_MODEL, at)
    if first != ORIGIN_DESIGNER and script:
        return Content(tuple(script), ORIGIN_SCRIPT, at)
    return Content(parse_list(written_words(own)), ORIGIN_DESIGNER, at)


def current_script(prompt: Prompt) -> Script:
    """What was written for the prompt; nothing once the person went on to one of its next questions."""
    script = prompt.script
    return Script() if any(choice.option in script.next for choice in prompt.choices) else script


def written_content(first: str, script: Sequence[str], own: str) -> Lines:
    """What was written for a slot: the script's lines unless `first` is ORIGIN_DESIGNER, else the designer's own."""
    return tuple(script) if script and first != ORIGIN_DESIGNER else parse_list(written_words(own))


def keep_fitting(lines: Lines, rule: LineRule | None) -> Lines:
    """The lines of a model that keep to the rule, without quotation marks around them; all lines without a rule."""
    return lines if rule is None else fitting_lines(map(strip_quotes, lines), rule)


def content_remark(at: float, pattern: str, needs: str) -> Event:
    """Parallax's word to the designer that a pattern has nothing fitting to show: "Citations need content: …"."""
    return Event(at, "notice", f"{pattern} content: {needs}.", {"tone": "info", "remark": True})


def strip_number(line: str) -> str:
    """A line without its number in a list: "2. Wait" is "Wait", "2 eggs" stays."""
    number, dot, rest = line.partition(".")
    return rest.strip() if dot and number.isdigit() and rest.startswith(" ") else line


def portable_content(
    first: str,
    ask: str,
    own: str,
    said: str | None = BEFORE_ANSWER,
    read: str = "lines",
    quotes: int = 0,
    rule: LineRule | None = None,
    picks: LineRule | None = None,
) -> dict[str, Any]:
    """The same for a step of a program that does without Parallax: its fields are those of core/portable.py."""
    asked = f"{ask} {HIDDEN_TURN_ENDING}" if first == ORIGIN_MODEL else None
    origins = {"ask": ORIGIN_LABELS[ORIGIN_MODEL], "own": ORIGIN_LABELS[ORIGIN_DESIGNER]}
    fields = {"ask": asked, "said": said, "own": written_words(own), "read": read, "quotes": quotes}
    return {**fields, "rule": rule and rule.to_json(), "picks": picks and picks.to_json(), "origins": origins}
