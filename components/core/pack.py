"""Pack: prompts as people really write them, and questions whose right answers are known."""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from components.core.explained import Explained
from components.core.figures import figures
from components.core.folder import ROOT

PROMPTS = ROOT / "assets" / "prompts"
SENTENCES = 2  # of an answer that are judged: what a small model goes on to say is often about something else
NOT = re.compile(r"\b(?:not(?! only| just)|never|nor|isnt|arent|wasnt|werent|doesnt|dont|cant|cannot)(?: \w+){0,2} $")
FIGURE = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?![\w.])(?! (?:degrees? )?f(?:ahrenheit)?\b)")


@dataclass(frozen=True)
class Item:
    """One prompt of a pack, and what is known about it.

    `mess` is "" for a clean prompt, else what makes it messy; `clean` names its clean counterpart. Where it lacks
    something, `missing` says what, and `question` with its `options` asks for it. `answers` are right ones, where
    there are any.
    """

    id: str
    text: str
    mess: str = ""
    clean: str = ""
    answers: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    question: str = ""
    options: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Pack:
    """Prompts that belong together, under a name a designer chooses them by."""

    name: str
    about: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Question:
    """A short question with the forms of its right answer, and of answers that are wrong. `level` is 1 to 3."""

    id: str
    text: str
    answers: tuple[str, ...]
    wrong: tuple[str, ...] = ()
    subject: str = ""
    level: int = 1


@cache
def packs(folder: Path = PROMPTS / "packs") -> tuple[Pack, ...]:
    """Every pack, by the names of their files. Explained where one cannot be read."""
    return tuple(read(file) for file in sorted(folder.glob("*.json")))


def read(file: Path) -> Pack:
    """The pack in a file."""
    try:
        values = json.loads(file.read_text("utf-8"))
        return Pack(str(values["name"]), str(values["about"]), tuple(listed(Item, one) for one in values["prompts"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise unread(file) from error


@cache
def questions(file: Path = PROMPTS / "questions.json") -> tuple[Question, ...]:
    """The questions for calibration. Explained where they cannot be read."""
    try:
        return tuple(listed(Question, one) for one in json.loads(file.read_text("utf-8")))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise unread(file) from error


def listed(kind: type[Any], values: Mapping[str, Any]) -> Any:
    """An item or a question from JSON, its lists as tuples."""
    return kind(**{name: tuple(value) if isinstance(value, list) else value for name, value in values.items()})


def unread(file: Path) -> Explained:
    """Why a file of prompts is not used."""
    return Explained(
        f"The prompts in {file.name} cannot be read.",
        "Recordings and ratings are not touched.",
        "Compare the file with one that came with Parallax, then reload the page.",
    )


def right(question: Question, said: str) -> bool:
    """Whether an answer is right: in its first two sentences, the first known form that comes up is a right one.

    Letters fold case and accents, number words count as figures, a plural is as good, and a form right after a "not"
    does not count.
    Where a figure is asked for, every other figure is a wrong form, except a 1 and those of the question.
    What it cannot see: an answer that is right in words nobody listed, and a right word in a wrong sentence.
    """
    judged = beginning(said)
    places = [(place, True) for form in question.answers for place in found(form, judged)]
    places += [(place, False) for form in question.wrong for place in found(form, judged)]
    places += [(place, False) for place in others(question, judged)]
    return min(places, key=lambda place: (place[0], not place[1]), default=(0, False))[1]


def beginning(said: str) -> str:
    """The first sentences of an answer."""
    sentences = re.split(r"(?<=[.!?])\s+|\n+", said.strip())
    return " ".join([sentence for sentence in sentences if sentence][:SENTENCES])


def found(form: str, said: str) -> Iterator[int]:
    """Where a form stands in what was said, in folded characters."""
    if len(form) == 1 and form.isalpha():  # a letter as an answer, not as a word
        yield from (one.start() for one in re.finditer(rf"(?<![\w']){form}(?=[\"'”’)*]*(?:[.,!;:]|$))", said))
        return
    text, many = folded(said), "s?" if len(form) > 3 and form[-1].isalpha() else ""
    for one in re.finditer(rf"(?<![\w.]){re.escape(folded(form))}{many}(?![\w.])", text):
        if not NOT.search(text[: one.start()]):
            yield one.start()


def others(question: Question, said: str) -> Iterator[int]:
    """Where other figures stand than the one that is asked for; beside a year, only other years."""
    known = {folded(form) for form in question.answers}
    if not all(form.replace(".", "").isdigit() for form in known):
        return
    known |= {"1", *FIGURE.findall(folded(question.text))}
    shortest = 4 if min(len(form) for form in question.answers) == 4 else 1
    for one in FIGURE.finditer(folded(said)):
        if one.group() not in known and len(one.group()) >= shortest:
            yield one.start()


def folded(text: str) -> str:
    """Small letters without accents, figures for number words, single spaces for everything else."""
    flat = "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
    flat = re.sub(r"(?<=\d),(?=\d{3})|['’]|(?<=\d)\.0+(?!\d)", "", flat)
    return " ".join(figures(re.sub(r"[^\w.]+|\.(?!\d)", " ", flat).split()))
