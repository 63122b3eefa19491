"""End picture: what stands on the screen at the end of an answer, as plain boxes for a specification."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

from components.core.event import Event, answer_text_after
from components.core.prompt import Prompt
from components.core.timeline import Timeline
from components.report.document import escape_markdown, flatten_line, shorten_line

MAX_ANSWER_CHARS, MAX_BOX_CHARS, MAX_BUTTON_CHARS, MAX_ITEMS = 420, 160, 48, 6
HEADING = re.compile(r"^ {0,3}#{1,6} +", re.MULTILINE)
EMPHASIS = re.compile(r"(?<!\w)([*_])(?=\S)([^*_\n]*\S)\1(?!\w)")
BOX_TITLES = {
    "asked": "The person asks", "text": "The answer", "badge": "Badge", "notice": "Notice", "question": "It asks",
    "source": "Source", "failure": "It broke", "action": "Button"
}  # fmt: skip


@dataclass(frozen=True)
class ScreenBox:
    """One thing on the screen: its `kind` (a key of BOX_TITLES), its words, and the words on its buttons or lines.

    The answer's lines keep their ends.
    """

    kind: str
    text: str
    items: tuple[str, ...] = ()
    level: str = ""

    @property
    def line(self) -> str:
        """Its words and its buttons or lines, on one line."""
        return " · ".join(part for part in (self.text, *(f"[{item}]" for item in self.items)) if part)


@dataclass(frozen=True)
class EndPicture:
    """A drawing of a screen, from top to bottom, with a line that says what it shows."""

    boxes: tuple[ScreenBox, ...]
    caption: str

    def markdown(self) -> tuple[str, ...]:
        """A table with a row for each box, and the caption under it."""
        lines = [f"| {BOX_TITLES[box.kind]} | {escape_markdown(box.line)} |" for box in self.boxes]
        return ("| on the screen | its words |", "|---|---|", *lines, "", f"*{escape_markdown(self.caption)}*")

    def to_json(self) -> dict[str, Any]:
        """A JSON object with its `kind`, `boxes` and `caption`."""
        boxes = [
            {"kind": box.kind, "text": flatten_line(box.text), "level": box.level,
             "lines": [flatten_line(line) for line in box.text.splitlines() if line.strip()],
             "items": [flatten_line(item) for item in box.items]}
            for box in self.boxes
        ]  # fmt: skip
        return {"kind": "picture", "boxes": boxes, "caption": flatten_line(self.caption)}


def end_picture(prompt: Prompt, timeline: Timeline, caption: str) -> EndPicture:
    """The picture of how an answer ends: what was asked and chosen, and all that is left on the screen."""
    asked = [ScreenBox("asked", shorten_line(prompt.text, MAX_BOX_CHARS))]
    chosen = [
        box
        for choice in prompt.choices
        for box in (
            ScreenBox("question", shorten_line(choice.question, MAX_BOX_CHARS)),
            ScreenBox("asked", shorten_line(choice.option, MAX_BOX_CHARS)),
        )
    ]
    return EndPicture((*asked, *chosen, *event_boxes(timeline.events)), caption)


def event_boxes(events: Sequence[Event]) -> Iterable[ScreenBox]:
    """A box for everything that stays, in the order in which it came; the answer stands where its words began."""
    words = reduce(answer_text_after, events, "")
    answered = False
    for event in events:
        if event.data.get("remark"):
            continue
        if event.carries_words and words.strip() and not answered:
            answered = True
            yield ScreenBox("text", plain_lines(words))
        elif event.kind in ("badge", "notice", "question", "source", "failure", "action") and event.text.strip():
            yield event_box(event)


def event_box(event: Event) -> ScreenBox:
    """The box of one event beside the answer's words."""
    data = event.data
    detail = str(data.get("detail", "")) if event.kind == "failure" else str(data.get("legend", ""))
    labels = data.get("labels", {})
    offered = [*data.get("options", ()), *(labels.get(name, name) for name in data.get("actions", ()) if labels)]
    lines = offered or (data.get("items", ()) if event.kind != "action" else ())
    items = tuple(shorten_line(str(item), MAX_BUTTON_CHARS) for item in lines)[:MAX_ITEMS]
    dot = "." if detail.strip() and event.text[-1:].isalnum() else ""
    text = shorten_line(f"{event.text}{dot} {detail}".strip(), MAX_BOX_CHARS)
    return ScreenBox(event.kind, text, items, str(data.get("level", "")))


def plain_text(words: str) -> str:
    """The answer's words on one line, without the signs of Markdown that stand for bold words, titles and lines."""
    plain = EMPHASIS.sub(r"\2", HEADING.sub("", words).replace("**", "").replace("`", "").replace("|---", ""))
    return " ".join(plain.split())


def plain_lines(words: str) -> str:
    """The beginning of an answer, line by line, without those signs; a list's lines begin with a dot."""
    lines, left = [], MAX_ANSWER_CHARS
    for line in words.splitlines():
        plain = re.sub(r"^[-*+] ", "• ", plain_text(line))
        if plain and left > 0:
            lines.append(shorten_line(plain, left))
            left -= len(plain)
    return "\n".join(lines) + (" …" if left < 0 and not lines[-1].endswith("…") else "")
