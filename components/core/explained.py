"""Explained: something went wrong, said so that a person can act on it."""

import re

CLASS_NAMES = re.compile(r"\b(?:[a-z_]+\.)*[A-Z]\w*(?:Error|Exception|Timeout)\b(?::\s*|\s*\((?=\S))?")
LINKED_SENTENCE = re.compile(r"[^.!?;\n]*https?://\S+[^.!?;\n]*[.!?;]?")
MAX_REASON_CHARS = 500


def plain_reason(text: str) -> str:
    """A program's words for what failed, in one line: without names of classes, and without sentences with a link."""
    first = " ".join(LINKED_SENTENCE.sub(" ", CLASS_NAMES.sub("", text)).split())
    return first if len(first) <= MAX_REASON_CHARS else first[: MAX_REASON_CHARS - 1].rstrip() + "…"


class Explained(Exception):
    """What happened, what was kept and what to do: three plain sentences, safe to show on any page."""

    def __init__(self, what: str, kept: str = "", do: str = "") -> None:
        super().__init__(" ".join(part for part in (what, kept, do) if part))
        self.what, self.kept, self.do = what, kept, do
