"""Vocabulary: every kind of event there is: who says it, what it means, and which data it may carry.

This table is the only home of it: `make vocabulary` makes the player's types and the table in ARCHITECTURE.md from it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

EventKind = Literal[
    "token", "silence", "error", "end", "status", "text", "revise", "mark", "badge", "question", "notice", "source",
    "failure", "action",
]  # fmt: skip
Speaker = Literal["model", "screen", "both"]
ValueType = Literal[
    "text", "number", "flag", "fault", "texts", "texts by name", "columns", "tokens", "chances", "thoughts"
]

FREEZE_S = 1.0  # seconds without new words that break a person's flow of thought (Nielsen 1993)


@dataclass(frozen=True)
class DataKey:
    """One key of an event's data: the type of its value (or the words it is one of), what it means, and its unit.

    A `hidden` one is for other layers only, and is taken out before a screen gets the event.
    """

    type: ValueType | tuple[str, ...]
    meaning: str
    unit: str = ""
    hidden: bool = False


@dataclass(frozen=True)
class KindSpec:
    """One kind of event: who says it, what it means, what its text is ("" where it has none) and its data's keys.

    `last` where a stream says nothing more after it; `sign` where it is a sign of life on the screen; `answers`
    where its text is words of the answer; `breaks` where the answer ended in a failure.
    """

    speaker: Speaker
    meaning: str
    text: str = ""
    data: Mapping[str, DataKey] = field(default_factory=dict)
    last: bool = False
    sign: bool = True
    answers: bool = False
    breaks: bool = False


TOKENS = DataKey("tokens", "the model's tokens behind these words, each with text, logprob and alternatives", "", True)
FAULT = DataKey("fault", "what went wrong: a name in components/core/faults.py, or one from elsewhere")
THOUGHTS = DataKey(
    "thoughts",
    "what the model thought since the words before, apart from its answer: pairs of seconds and text, null "
    "where nobody told the seconds",
    "",
    True,
)
ORIGIN = DataKey("text", "where these words come from, in a sentence, where they are not the answer's")
INSTEAD = DataKey("flag", "whether it stands in the place of the model's own words")
SURE = DataKey("number", "how sure the model seems, from 0 to 1, as a person wrote it; nothing measured")
HEDGE = DataKey("flag", "whether these are words of doubt that a pattern put before the answer")
UNSURE = DataKey(
    ("words", "redirect"),
    "that the model was too unsure to answer: the words that say so, or those that say where to turn",
)
DRAFT = DataKey("flag", "whether these words are a draft that others take the place of")
ITEMS = DataKey("texts", "lines that stand below it as a list")
ACTIONS = DataKey("texts", "what a person can do next: retry, again or continue")

VOCABULARY: Mapping[EventKind, KindSpec] = {
    "token": KindSpec(
        "model", "The model found the next piece of its answer.", "the piece, spaces included", {
            "logprob": DataKey("number", "how likely the model found it, null where nobody told", "natural logarithm"),
            "alternatives": DataKey("chances", "what else it could have been: pairs of text and natural logarithm"),
            "made_up": DataKey("flag", "whether a fault, not the model, wrote it"),
            "thoughts": THOUGHTS, "sure": SURE,
        }, answers=True,
    ),
    "silence": KindSpec(
        "model", "Nothing comes until this moment; it lets a live answer's layers see time pass.", "", {
            "more": DataKey("flag", "whether the next event is known already and only its moment is waited for"),
            "thoughts": THOUGHTS,
        }, sign=False,
    ),
    "error": KindSpec(
        "both", "The answer broke, and no failure pattern has told so yet.", "what a developer would read", {
            "fault": FAULT,
            "partial": DataKey("text", "words of the answer that were held back until then", "", True),
            "tokens": TOKENS,
            "what": DataKey("text", "what happened, in words for a person, where they are known better than the fault"),
            "kept": DataKey("text", "what was kept"),
            "do": DataKey("text", "what the person can do"),
            "retry_after": DataKey("text", "how long the server asks to wait; older recordings may hold a date", "s"),
        }, last=True, breaks=True,
    ),
    "end": KindSpec(
        "both", "The answer came to its end.", "", {
            "reason": DataKey(
                ("stop", "length", "filter", "stopped", "empty", "declined", "tool", "thoughts", "other"),
                "why; thoughts: with nothing but them, tool: to call one, other: as `said` says",
            ),
            "said": DataKey("text", "the server's own word for why, where it is another one"),
            "thoughts": THOUGHTS, "sure": SURE,
            "stands_in": DataKey("flag", "whether another attempt's recording stands in: no second opinion", "", True),
        }, last=True, sign=False,
    ),
    "status": KindSpec(
        "screen", "Something moves while nothing can be read yet; it goes when words come.", "what stands beside it", {
            "shape": DataKey(("spinner", "typing", "skeleton", "step", "thought", "bar"),
                             "what moves; a step or a thought joins those before"),
            "result": DataKey("text", "what came of a step, told once it is done"),
            "fold": DataKey(("open", "closed"), "whether all thoughts are seen, or the last one"),
            "lines": DataKey("number", "how many lines a skeleton has"),
            "seconds": DataKey("number", "how long a bar takes to fill", "s"),
            "curve": DataKey(("linear", "accelerating", "decelerating"), "how a bar fills"),
            "origin": ORIGIN,
        },
    ),
    "text": KindSpec(
        "screen", "Words of the answer are shown after those before.", "the words, spaces included", {
            "tokens": TOKENS,
            "cursor": DataKey("flag", "whether a cursor follows the words while they are written"),
            "draft": DRAFT, "hedge": HEDGE, "instead": INSTEAD, "unsure": UNSURE,
        }, answers=True,
    ),
    "revise": KindSpec(
        "screen", "All words of the answer are taken back for others.", "all words from now on, or none", {
            "tokens": TOKENS, "draft": DRAFT, "instead": INSTEAD,
        }, answers=True,
    ),
    "mark": KindSpec(
        "screen", "A phrase of the answer stands out.", "the phrase, as it is in the answer", {
            "nth": DataKey("number", "which occurrence of the phrase is meant, from 0"),
            "palette": DataKey(("amber", "underline", "grey"), "how it stands out"),
            "level": DataKey(("low", "medium"), "how sure the model was of it"),
            "title": DataKey("text", "why it stands out"),
        },
    ),
    "badge": KindSpec(
        "screen", "How sure the model is of the whole answer.", "the words on the badge", {
            "level": DataKey(("low", "medium", "high"), "how sure, where it is told in steps"),
            "percent": DataKey("number", "how sure, where it is told as a number", "%"),
            "legend": DataKey("text", "what the badge means"),
        },
    ),
    "question": KindSpec(
        "screen", "The prototype asks back; what the person picks joins the prompt.", "the question", {
            "options": DataKey("texts", "the answers that can be picked"),
            "other": DataKey("flag", "whether another answer can be typed"),
            "form": DataKey(("next", "plan", "brief"), "a next question, a plan in `items`, a brief; else a decision"),
            "brief": DataKey("texts by name", "the request as it was understood, part by part, to be corrected"),
            "labels": DataKey("texts by name", "other words on the button of an option"),
            "items": ITEMS, "origin": ORIGIN, "instead": INSTEAD,
        }, last=True,
    ),
    "notice": KindSpec(
        "screen", "Something beside the answer: a line, a card, something to unfold.", "the line, or the title", {
            "tone": DataKey(("info", "caution", "card", "label", "ready", "steps", "thoughts"),
                            "how it looks; ready also rings in the tab"),
            "form": DataKey(
                ("abilities", "starters", "accuracy", "others", "decision", "reasons", "assumed"),
                "what it is, where that has a look of its own",
            ),
            "before": DataKey("flag", "whether it stands there before the person asks"),
            "percent": DataKey("number", "how often answers are right, as it was measured", "%"),
            "items": ITEMS,
            "results": DataKey("texts", "what came of each of these lines"),
            "seconds": DataKey("number", "how long it took", "s"),
            "columns": DataKey("columns", "lists side by side, each with a title and items"),
            "fold": DataKey(("open", "closed"), "whether its list can be folded, and how it is at first"),
            "level": DataKey(("low", "medium", "high"), "how sure the model is, where it warns of it"),
            "remark": DataKey("flag", "whether it is Parallax's word to the designer, shown outside the pane"),
            "origin": ORIGIN, "instead": INSTEAD,
        },
    ),
    "source": KindSpec(
        "screen", "A source below the answer, and its number behind what it is about.", "the source's title", {
            "n": DataKey("number", "its number, from 1"),
            "detail": DataKey("text", "what more is known of it"),
            "claim": DataKey("text", "the phrase of the answer that it is about"),
            "nth": DataKey("number", "which occurrence of that phrase is meant, from 0"),
            "address": DataKey("text", "where it can be read: an address that begins with http:// or https://"),
            "preview": DataKey("flag", "whether the source shows when the number is pointed at"),
            "origin": ORIGIN,
        },
    ),
    "failure": KindSpec(
        "screen", "The answer broke, told by a failure pattern.", "what happened", {
            "fault": FAULT,
            "detail": DataKey("text", "what was kept and what to do"),
            "tone": DataKey(("plain", "personal"), "about the answer, or in the assistant's own voice"),
            "actions": ACTIONS,
            "labels": DataKey("texts by name", "the words on the button of each action"),
            "raw": DataKey("flag", "whether the text is what a developer would read"),
            "technical": DataKey("text", "what a developer would read, below the plain words"),
        }, last=True, breaks=True,
    ),
    "action": KindSpec(
        "screen", "Something a person can do besides reading.", "the words on its button, or above it", {
            "name": DataKey(("stop", "again", "say", "edit", "feedback", "person"), "what it does"),
            "actions": ACTIONS,
            "place": DataKey(("below", "above"), "where a stop button stands"),
            "after": DataKey("text", "what is said once it is pressed"),
            "items": ITEMS,
            "person": DataKey("texts", "who takes over: name, role and first words"),
            "wait": DataKey("number", "how long it takes until the person is there", "s"),
            "review": DataKey("flag", "whether the items can be changed before they are passed on"),
            "open": DataKey("flag", "whether it begins without a press"),
            "scope": DataKey(("sentence", "answer"), "what is corrected at a time"),
            "undo": DataKey("flag", "whether a correction can be taken back"),
            "scale": DataKey(("thumbs", "stars"), "how an answer is rated"),
            "parts": DataKey(("answer", "paragraphs"), "what is rated at a time"),
            "tags": DataKey("texts", "words to pick for what it was like"),
            "comment": DataKey("flag", "whether a comment can be written"),
        }, sign=False,
    ),
}  # fmt: skip

FROM_MODEL = tuple(kind for kind, spec in VOCABULARY.items() if spec.speaker != "screen")
ON_SCREEN = tuple(kind for kind, spec in VOCABULARY.items() if spec.speaker != "model")
LAST = tuple(kind for kind, spec in VOCABULARY.items() if spec.last)  # after one of these a stream says nothing more
NO_SIGN = tuple(kind for kind, spec in VOCABULARY.items() if not spec.sign)  # nothing to see by itself
ANSWERING = tuple(kind for kind, spec in VOCABULARY.items() if spec.answers)  # whose text is words of the answer
BREAKING = tuple(kind for kind, spec in VOCABULARY.items() if spec.breaks)
HIDDEN = tuple({name: None for spec in VOCABULARY.values() for name, key in spec.data.items() if key.hidden})
