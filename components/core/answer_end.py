"""Answer end: whether an answer came to its own end, or was cut before it."""

import re

from components.core.event import Event

CUT_REASONS = ("length", "filter", "stopped")  # an end with one of these came before the answer's own
SENTENCE_ENDS = ".!?…。．！？｡؟۔।॥։።"
CLOSING_SIGNS = "\"'”’»)]}*_`」』）】"
ENDING_WORDS = {
    "length": "cut at its limit", "filter": "cut by a filter", "stopped": "stopped by a person",
    "empty": "without words", "declined": "declined", "tool": "asking a tool", "thoughts": "with thoughts alone",
}  # fmt: skip
BY_ITSELF, MID_SENTENCE, BROKEN_OFF = "by itself", "in mid-sentence", "broke off"
FENCE = "```"
DANGLING_WORDS = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "because",
        "but",
        "by",
        "for",
        "from",
        "if",
        "in",
        "into",
        "is",
        "its",
        "of",
        "on",
        "or",
        "our",
        "such",
        "than",
        "that",
        "the",
        "their",
        "these",
        "this",
        "to",
        "was",
        "were",
        "when",
        "which",
        "while",
        "who",
        "whose",
        "will",
        "with",
        "your",
    ]
)  # words that no sentence ends with


def was_cut(last: Event) -> bool:
    """Whether an answer with this last event broke, was stopped, or ran into its limit or a filter."""
    return last.kind == "error" or last.data.get("reason") in CUT_REASONS


def ends_mid_sentence(text: str) -> bool:
    """Whether an answer's words stop inside of a sentence, as far as its signs tell.

    It is told of prose that ends other sentences and not its last one, of a comma, of a fence of code that stays open,
    and of an English word that must go on. A list, a heading, a number, or a few words without any sign say nothing.
    """
    words = text.rstrip()
    if words.count(FENCE) % 2:
        return True
    line = words.rpartition("\n")[2].strip()
    bare = line.rstrip(CLOSING_SIGNS)
    if not bare or words.endswith(FENCE) or bare[-1] in SENTENCE_ENDS + ":" or line.startswith(("#", "|")):
        return False
    if bare[-1] in ",;—–" or bare.split()[-1].lower() in DANGLING_WORDS:
        return True
    is_list = re.match(r"([-*+•]|\d+[.)])\s", line) is not None
    return not is_list and re.search(rf"[{re.escape(SENTENCE_ENDS)}][{re.escape(CLOSING_SIGNS)}]*\s", bare) is not None


def ending_words(last: Event | None, text: str) -> str:
    """How an answer of this text ended, in a few words, by its last event: “by itself”, “cut at its limit”."""
    if last is None or last.kind != "end":
        return BROKEN_OFF
    said = ENDING_WORDS.get(str(last.data.get("reason")))
    return said or (MID_SENTENCE if ends_mid_sentence(text) else BY_ITSELF)
