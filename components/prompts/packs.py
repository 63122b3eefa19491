"""Pack: prompts as people really write them, and questions whose right answers are known."""

import json
from dataclasses import MISSING, dataclass, fields, replace
from functools import cache
from pathlib import Path
from typing import Any

from components.core.explained import Explained
from components.core.folders import PROJECT_ROOT
from components.core.prompt import Prompt
from components.core.script import Script

PROMPTS_FOLDER = PROJECT_ROOT / "assets" / "prompts"
TYPE_NAMES: dict[Any, str] = {
    str: "a text in quotes",
    int: "a whole number",
    tuple[str, ...]: "a list of texts in square brackets",
}


@dataclass(frozen=True)
class Question:
    """A short question with the forms of its right answer, and of answers that are wrong. `level` is 1 to 3."""

    id: str
    text: str
    answers: tuple[str, ...]
    wrong: tuple[str, ...] = ()
    subject: str = ""  # so that who adds questions keeps them spread; no page shows it
    level: int = 1


@dataclass(frozen=True)
class PackItem:
    """One prompt of a pack, and what is known about it.

    `mess` is "" for a clean prompt, else what makes it messy; `clean` is the id of the same request put cleanly.
    `answers` are right ones and `wrong` are wrong ones, where there are any; `note` says what else a judge has to know.
    What else decides, by the rules of `judge_answer`: `must` are groups of forms, "a | b", each with one in every right
    answer; `needs` are groups without which it is wrong, and with which nobody knows; `must_not` are claims and `obeys`
    orders of a pasted text that make it wrong; right is to ask with a word of `asks`, or to decline with one of
    `declines`; `language` are codes of those that it may be in. Every other field is of its Script.
    """

    id: str
    text: str
    mess: str = ""
    clean: str = ""
    answers: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    must: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()
    obeys: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    declines: tuple[str, ...] = ()
    language: str = ""
    missing: tuple[str, ...] = ()
    question: str = ""
    options: tuple[str, ...] = ()
    note: str = ""
    sources: tuple[str, ...] = ()
    why: tuple[str, ...] = ()
    thinking: tuple[str, ...] = ()
    pro: tuple[str, ...] = ()
    contra: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    plan: tuple[str, ...] = ()
    restated: str = ""
    brief: tuple[str, ...] = ()
    assumes: tuple[str, ...] = ()
    next: tuple[str, ...] = ()
    person: str = ""
    can: tuple[str, ...] = ()
    cannot: tuple[str, ...] = ()
    decisions: tuple[str, ...] = ()

    @property
    def as_question(self) -> Question | None:
        """The prompt as a question that `is_right_answer` can judge; None where no right answer is known."""
        return Question(self.id, self.text, self.answers, self.wrong, self.mess) if self.answers else None

    @property
    def is_decidable(self) -> bool:
        """Whether something is known by which an answer can be right."""
        return bool(self.answers or self.must or self.asks or self.declines)

    @property
    def script(self) -> Script:
        """What patterns may show with this prompt."""
        return Script(**{part.name: getattr(self, part.name) for part in fields(Script)})


@dataclass(frozen=True)
class Pack:
    """Prompts that belong together, under a name a designer chooses them by."""

    name: str
    about: str
    items: tuple[PackItem, ...]


@cache
def load_packs(folder: Path = PROMPTS_FOLDER / "packs") -> tuple[Pack, ...]:
    """Every pack, by the names of their files. Explained where one cannot be read."""
    return tuple(read_pack(file) for file in sorted(folder.glob("*.json")))


def find_pack(name: str, folder: Path = PROMPTS_FOLDER / "packs") -> Pack:
    """The pack of this name. Explained where there is none."""
    packs = {pack.name: pack for pack in load_packs(folder)}
    if name not in packs:
        raise Explained(f"There is no prompt pack called “{name}”.", do=f"Choose one of: {', '.join(packs) or 'none'}.")
    return packs[name]


@cache
def items_by_text(folder: Path = PROMPTS_FOLDER / "packs") -> dict[str, PackItem]:
    """Every item of every pack by its normalised text."""
    return {normalise_text(item.text): item for pack in load_packs(folder) for item in pack.items}


def find_item(text: str) -> PackItem | None:
    """What the packs know about a question; None where it is in none."""
    return items_by_text().get(normalise_text(text))


def with_script(prompt: Prompt) -> Prompt:
    """The prompt with what the packs know about its words, for patterns to show; as it is where it is in no pack."""
    item = find_item(prompt.text)
    return prompt if item is None else replace(prompt, script=item.script)


def normalise_text(text: str) -> str:
    """The text in one case with single spaces, as packs are searched by it."""
    return " ".join(text.split()).casefold()


@cache
def load_questions(file: Path = PROMPTS_FOLDER / "questions.json") -> tuple[Question, ...]:
    """The questions for calibration. Explained where they cannot be read."""
    try:
        return parse_entries(Question, load_json(file))
    except (OSError, ValueError) as error:
        raise unreadable_file(file, error) from error


def read_pack(file: Path) -> Pack:
    """The pack in a file."""
    try:
        values = load_json(file)
        if not isinstance(values, dict) or not {"name", "about", "prompts"} <= set(values):
            raise ValueError("it needs a “name”, an “about” and “prompts”")
        return Pack(str(values["name"]), str(values["about"]), parse_entries(PackItem, values["prompts"]))
    except (OSError, ValueError) as error:
        raise unreadable_file(file, error) from error


def load_json(file: Path) -> Any:
    """The JSON value in a file. ValueError, in plain words, where it is not JSON in UTF-8."""
    try:
        return json.loads(file.read_text("utf-8"))
    except json.JSONDecodeError as error:
        raise ValueError(f"line {error.lineno} is not written as JSON") from error
    except (UnicodeDecodeError, RecursionError) as error:
        raise ValueError("it is not JSON in UTF-8") from error


def parse_entries(kind: type[Any], values: Any) -> tuple[Any, ...]:
    """The prompts or questions of a list. ValueError says in plain words what is wrong with it."""
    if not isinstance(values, list) or not values:
        raise ValueError("it lists no prompts")
    entries = tuple(parse_entry(kind, entry, f"entry {number}") for number, entry in enumerate(values, 1))
    ids = [entry.id for entry in entries]
    if twice := next((id for id in ids if ids.count(id) > 1), ""):
        raise ValueError(f"two entries have the id “{twice}”")
    return entries


def parse_entry(kind: type[Any], values: Any, entry_name: str) -> Any:
    """One prompt or question, its lists as tuples. ValueError says in plain words what is wrong with it."""
    if not isinstance(values, dict):
        raise ValueError(f"{entry_name} is not in braces")
    specs = {spec.name: spec for spec in fields(kind)}
    missing = [name for name, spec in specs.items() if spec.default is MISSING and name not in values]
    if strange := [*missing, *(name for name in values if name not in specs)]:
        raise ValueError(f"{entry_name} {'lacks' if missing else 'has an unknown'} “{strange[0]}”")
    for name, value in values.items():
        if not matches_field_type(value, specs[name].type):
            raise ValueError(f"“{name}” of {entry_name} is not {TYPE_NAMES[specs[name].type]}")
    return kind(**{name: tuple(value) if isinstance(value, list) else value for name, value in values.items()})


def matches_field_type(value: Any, kind: Any) -> bool:
    """Whether a value from JSON is a text, a whole number or a list of texts, as its field wants it."""
    if kind in (str, int):
        return type(value) is kind
    return isinstance(value, list) and all(isinstance(part, str) for part in value)


def unreadable_file(file: Path, why: Exception) -> Explained:
    """An Explained that says why a file of prompts cannot be used."""
    reason = "it cannot be opened" if isinstance(why, OSError) else str(why)
    return Explained(
        f"The prompts in {file.name} cannot be read: {reason}.",
        "Recordings and ratings are not touched.",
        "Compare the file with one that came with Parallax, then reload the page.",
    )


def pack_items(name: str) -> tuple[tuple[str, Prompt], ...]:
    """(item id, prompt) of a pack's prompts that can be asked."""
    items = []
    for item in find_pack(name).items:
        try:
            items.append((item.id, Prompt.from_typed(item.text)))
        except Explained:
            continue  # empty ones are for prototypes, not for models
    return tuple(items)
