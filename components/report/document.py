"""Document: chapters of paragraphs, lists, figures and tables, written once for Markdown and for print."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from components.core.prompt import clean_text, isolate_direction


class Block(Protocol):
    """A part of a chapter."""

    def markdown(self) -> tuple[str, ...]:
        """Its lines in Markdown."""

    def to_json(self) -> dict[str, Any]:
        """A JSON object with its `kind`, for the template that prints it."""


@dataclass(frozen=True)
class Heading:
    """The title of a part of a chapter."""

    text: str

    def markdown(self) -> tuple[str, ...]:
        """A heading of the third order."""
        return (f"### {escape_markdown(self.text)}",)

    def to_json(self) -> dict[str, Any]:
        """A JSON object with its `kind` and `text`."""
        return {"kind": "heading", "text": flatten_line(self.text)}


@dataclass(frozen=True)
class Paragraph:
    """Some sentences."""

    text: str

    def markdown(self) -> tuple[str, ...]:
        """The sentences as one line."""
        return (escape_markdown(self.text),)

    def to_json(self) -> dict[str, Any]:
        """A JSON object with its `kind` and `text`."""
        return {"kind": "paragraph", "text": flatten_line(self.text)}


@dataclass(frozen=True)
class Bullets:
    """A list."""

    items: tuple[str, ...]

    def markdown(self) -> tuple[str, ...]:
        """A line for each item."""
        return tuple(f"- {escape_markdown(item)}" for item in self.items)

    def to_json(self) -> dict[str, Any]:
        """A JSON object with its `kind` and `items`."""
        return {"kind": "bullets", "items": [flatten_line(item) for item in self.items]}


@dataclass(frozen=True)
class Table:
    """Rows of cells under a head. `figures` are large in print: the first column names them, the second has them."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    figures: bool = False

    def markdown(self) -> tuple[str, ...]:
        """A line for the head, one under it, and one for each row."""
        head, *rows = (f"| {' | '.join(map(escape_markdown, row))} |" for row in (self.head, *self.rows))
        return (head, "|---" * len(self.head) + "|", *rows)

    def to_json(self) -> dict[str, Any]:
        """A JSON object with its `kind`, `head` and `rows`."""
        rows = [[flatten_line(cell) for cell in row] for row in self.rows]
        return {
            "kind": "figures" if self.figures else "table",
            "head": [flatten_line(cell) for cell in self.head],
            "rows": rows,
        }


@dataclass(frozen=True)
class Document:
    """A title, what it is about, what it opens with, the facts that it rests on, and its chapters.

    `label` says on every printed page what kind of document it is.
    """

    title: str
    about: str
    facts: Mapping[str, str]
    chapters: Mapping[str, tuple[Block, ...]]
    opening: tuple[Block, ...] = ()
    label: str = "Hand-off"

    def markdown(self) -> str:
        """The whole text in Markdown; nothing that a person wrote becomes markup."""
        facts = Table(("what", "which"), tuple(self.facts.items()))
        parts = [
            f"# {escape_markdown(self.title)}",
            *([escape_markdown(self.about)] if self.about.strip() else []),
            *map(to_markdown, self.opening),
            to_markdown(facts),
        ]
        for name, blocks in self.chapters.items():
            parts += [f"## {escape_markdown(name)}", *map(to_markdown, blocks)]
        return "\n\n".join(parts) + "\n"

    def to_json(self) -> dict[str, Any]:
        """All of it as JSON values, in plain words."""
        return {
            "label": self.label, "title": flatten_line(self.title), "about": flatten_line(self.about),
            "opening": [block.to_json() for block in self.opening],
            "facts": [[name, flatten_line(fact)] for name, fact in self.facts.items()],
            "chapters": [{"name": n, "blocks": [block.to_json() for block in b]} for n, b in self.chapters.items()],
        }  # fmt: skip


def to_markdown(block: Block) -> str:
    """A block as Markdown text."""
    return "\n".join(block.markdown())


def flatten_line(text: str) -> str:
    """The text on one line, control and direction characters removed."""
    return isolate_direction(" ".join(clean_text(text).split()))


def escape_markdown(text: str) -> str:
    """The text on one line, with every sign that Markdown would read escaped."""
    words = re.sub(r"([\\`*_\[\]<>|~#])", r"\\\1", flatten_line(text))
    return re.sub(r"^(\d*)([-+=.)]+)(?=\s|$)", r"\1\\\2", words)  # what would begin a list or underline a title


def shorten_line(text: str, most: int = 90) -> str:
    """The text on one line, at most `most` characters."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"
