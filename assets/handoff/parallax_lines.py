"""Lines: found for what a pattern shows or asks: in the model's words, or where it has none that fit in one's own."""

import re
from collections.abc import Generator
from dataclasses import dataclass
from textwrap import shorten

from parallax_events import Answer, Event, Json, Prompt, hear_all

FOR, AGAINST = "For", "Against"
MOST_PICKS = 3  # answers to pick from below a question of the model


@dataclass(frozen=True)
class Lines:
    """Lines that were found, where they come from, and when they were there."""

    lines: list[str]
    origin: str
    at: float


Finding = Generator[Event, None, Lines]  # silences while the model works, and then the lines


def find_lines(content: Json, prompt: Prompt, answer: Answer, at: float, shown: str = "") -> Finding:
    """The model's lines, asked for at `at`, or one's own; `shown` is its answer where it has one."""
    origins = content["origins"]
    if content["ask"] is not None:
        said = shown if content["said"] is None else content["said"]
        [heard] = yield from hear_all([answer(prompt.hidden_turn(said, content["ask"]))], at)
        at = max(at, heard.at)
        if heard.is_whole and (found := fitting_lines(content, heard.text)):
            return Lines(found, origins["ask"], at)
    own = content["own"]
    if content["quotes"]:
        own = own.replace("{prompt}", shorten(prompt.text, content["quotes"], placeholder="…"))
    found = plain_lines(own)
    return Lines(found, origins["own"] if found else "", at)


def read_lines(read: str, reply: str) -> list[str]:
    """What is of use in a model's reply; nothing where it is not what it was asked for."""
    if read == "sides":
        found = plain_lines(reply.replace("**", ""))
        return found if side_points(found, FOR) and side_points(found, AGAINST) else []
    return plain_lines(reply)


def plain_lines(text: str) -> list[str]:
    """The lines that say something, without bullets and numbers in front of them."""
    plain = (line.strip().lstrip("-*•#").strip() for line in text.splitlines())
    return [kept for line in plain if (kept := without_number(line))]


def without_number(line: str) -> str:
    """A line without its number in a list: "2. Wait" is "Wait", "2 eggs" stays."""
    number, _, rest = line.partition(".")
    return rest.strip() if number.isdigit() and rest.startswith(" ") else line


def fitting_lines(content: Json, reply: str) -> list[str]:
    """What is of use in a reply and keeps to the rules: of a question, the first one and what can be picked."""
    found, rule = read_lines(content["read"], reply), content["rule"]
    if content["read"] != "question":
        return fitting(found, rule)
    found = [*map(without_quotes, found)]
    first = next((n for n, line in enumerate(found) if keeps_to(line, rule)), len(found))
    return found[first : first + 1] + fitting(found[first + 1 :], content["picks"])[:MOST_PICKS]


def fitting(lines: list[str], rule: Json | None) -> list[str]:
    """The lines of a model that keep to the rule, none twice; all of them without a rule."""
    if rule is None:
        return lines
    kept = [line for line in dict.fromkeys(map(without_quotes, lines)) if keeps_to(line, rule)]
    return kept if len(kept) >= rule["min_lines"] else []


def keeps_to(line: str, rule: Json) -> bool:
    """Whether a line, up to a |, is as long as the rule allows, has what it needs and lacks what it has to lack."""
    text = line.partition("|")[0].strip()
    small = text.casefold()
    fits = 0 < len(text) <= rule["max_chars"] and re.search(rule["needs"], small)
    return bool(fits) and not re.search(rule["lacks"], small)


def without_quotes(line: str) -> str:
    """A line without the quotation marks, or signs of bold letters, around the whole of it."""
    for first, last in (("**", "**"), ('"', '"'), ("“", "”"), ("*", "*")):
        inner = line[len(first) : -len(last)]
        if line.startswith(first) and line.endswith(last) and inner and last not in inner:
            return inner.strip()
    return line


def side_points(lines: list[str], side: str) -> list[str]:
    """The points of one side, without its name."""
    parts = (line.partition(":") for line in lines)
    return [point.strip() for name, _, point in parts if name.strip().casefold() == side.casefold() and point.strip()]
