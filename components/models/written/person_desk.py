"""Person desk: where a colleague sits who is taken for the model: the questions that come, and what they send."""

import re
from dataclasses import dataclass
from typing import Literal, Protocol

from components.core.prompt import Prompt

PHRASE, PARAGRAPH, DONE, BROKE = "phrase", "paragraph", "done", "broke"
MAX_PHRASE_CHARS = 4_000
CLOSING_SIGNS = ".,;:!?)]}…»”’、。，！？"
OUTLINE_LINE = re.compile(r"(?:[-*+•]|\d{1,3}[.)]|#{1,6})\s")  # what begins a line of its own
UNSPACED_SCRIPTS = (("\u0e00", "\u0eff"), ("\u1780", "\u17ff"), ("\u2e80", "\ua4cf"), ("\uf900", "\ufaff"),
                    ("\uff00", "\uff9f"))  # fmt: skip
LineKind = Literal["phrase", "paragraph", "done", "broke"]


@dataclass(frozen=True)
class DeskLine:
    """One thing that a colleague sent: its number, which only grows, its kind, and its words.

    Its kind: words, a new paragraph, that the answer is done, or that it breaks off.
    """

    number: int
    kind: str
    text: str = ""

    def after(self, before: str) -> str:
        """What it adds to the words of the answer that stand before it, with what parts them."""
        if self.kind == PARAGRAPH:
            return "\n\n" if before.strip() else ""
        return phrase_gap(before, self.text) + self.text if self.kind == PHRASE else ""


@dataclass(frozen=True)
class DeskQuestion:
    """A question at a desk: its id, the prompt, the other model's draft so far, and what was sent already."""

    id: str
    prompt: Prompt
    draft: str = ""
    lines: tuple[DeskLine, ...] = ()

    @property
    def text(self) -> str:
        """The answer as it was sent so far."""
        text = self.prompt.partial
        for line in self.lines:
            text += line.after(text)
        return text

    @property
    def ended(self) -> bool:
        """Whether the answer was said to be done or to break off; its last words may be on their way still."""
        return any(line.kind in (DONE, BROKE) for line in self.lines)


@dataclass(frozen=True)
class DeskView:
    """What who asked sees of a question: its place (1 is the one being answered), whether anybody sits there, and what
    was sent since they looked last.
    """

    place: int
    attended: bool
    lines: tuple[DeskLine, ...] = ()


class PersonDesk(Protocol):
    """Where questions are laid down for a colleague, whichever server their page is at."""

    def ask_desk(self, desk: str, prompt: Prompt) -> str:
        """Lay down a question; its id."""

    def view_question(self, id: str, after: int) -> DeskView:
        """How a question stands, with what was sent after a line's number; this says too that it is still waited
        for.
        """

    def keep_draft(self, id: str, text: str) -> None:
        """Show who sits there what another model would say."""

    def close_question(self, id: str) -> None:
        """Nobody waits for this answer any more."""


def phrase_gap(before: str, text: str) -> str:
    """What stands between two phrases: a space, a line end, or nothing where that is there or has no place."""
    if not before or before[-1].isspace() or text[:1].isspace():
        return ""
    if OUTLINE_LINE.match(text):
        return "\n"
    joins = text[:1] in CLOSING_SIGNS or (is_unspaced(before[-1]) and is_unspaced(text[:1]))
    return "" if joins else " "


def is_unspaced(letter: str) -> bool:
    """Whether a letter is of a script that has no spaces between words: Chinese, Japanese, Thai, Lao, Khmer."""
    return any(low <= letter <= high for low, high in UNSPACED_SCRIPTS)
