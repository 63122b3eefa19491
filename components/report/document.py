"""Document: chapters of paragraphs, lists, figures and tables, written once for Markdown and for print."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from components.core.prompt import clean, isolated


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
        return (f"### {escaped(self.text)}",)

    def to_json(self) -> dict[str, Any]:
        """`text`."""
        return {"kind": "heading", "text": flat(self.text)}


@dataclass(frozen=True)
class Paragraph:
    """Some sentences."""

    text: str

    def markdown(self) -> tuple[str, ...]:
        """One line."""
        return (escaped(self.text),)

    def to_json(self) -> dict[str, Any]:
        """`text`."""
        return {"kind": "paragraph", "text": flat(self.text)}


@dataclass(frozen=True)
class Bullets:
    """A list."""

    items: tuple[str, ...]

    def markdown(self) -> tuple[str, ...]:
        """A line for each item."""
        return tuple(f"- {escaped(item)}" for item in self.items)

    def to_json(self) -> dict[str, Any]:
        """`items`."""
        return {"kind": "bullets", "items": [flat(item) for item in self.items]}


@dataclass(frozen=True)
class Table:
    """Rows of cells under a head. `figures` are large in print: the first column names them, the second has them."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    figures: bool = False

    def markdown(self) -> tuple[str, ...]:
        """A line for the head, one under it, and one for each row."""
        head, *rows = (f"| {' | '.join(map(escaped, row))} |" for row in (self.head, *self.rows))
        return (head, "|---" * len(self.head) + "|", *rows)

    def to_json(self) -> dict[str, Any]:
        """`head` and `rows`."""
        rows = [[flat(cell) for cell in row] for row in self.rows]
        return {
            "kind": "figures" if self.figures else "table",
            "head": [flat(cell) for cell in self.head],
            "rows": rows,
        }


@dataclass(frozen=True)
class Document:
    """A title, what it is about, the facts that it can be traced by, and its chapters."""

    title: str
    about: str
    facts: Mapping[str, str]
    chapters: Mapping[str, tuple[Block, ...]]

    def markdown(self) -> str:
        """The whole text in Markdown; nothing that a person wrote becomes markup."""
        facts = Table(("what", "which"), tuple(self.facts.items()))
        parts = [f"# {escaped(self.title)}", *([escaped(self.about)] if self.about.strip() else []), told(facts)]
        for name, blocks in self.chapters.items():
            parts += [f"## {escaped(name)}", *map(told, blocks)]
        return "\n\n".join(parts) + "\n"

    def to_json(self) -> dict[str, Any]:
        """All of it as JSON values, in plain words."""
        return {
            "title": flat(self.title), "about": flat(self.about),
            "facts": [[name, flat(fact)] for name, fact in self.facts.items()],
            "chapters": [{"name": n, "blocks": [block.to_json() for block in b]} for n, b in self.chapters.items()],
        }  # fmt: skip


def told(block: Block) -> str:
    """A block in Markdown."""
    return "\n".join(block.markdown())


def flat(text: str) -> str:
    """Words on one line, without what nobody sees or what would turn the words around them."""
    return isolated(" ".join(clean(text).split()))


def escaped(text: str) -> str:
    """Words on one line of Markdown that stay words."""
    words = re.sub(r"([\\`*_\[\]<>|~#])", r"\\\1", flat(text))
    return re.sub(r"^(\d*)([-+=.)]+)(?=\s|$)", r"\1\\\2", words)  # what would begin a list or underline a title
