"""Prompt: what was asked, in the conversation so far."""

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from typing import Any, Literal

from components.core.explained import Explained
from components.core.script import Script

MAX_PROMPT_CHARS = 8_000  # characters; the bundled model reads about 8,000 tokens
ALLOWED_CONTROLS = "\n\t\u200c\u200d\u200e\u200f"  # line ends, and what joins emoji or steers right-to-left text

BIDI_CLASSES = ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")  # Unicode's names for such characters

Role = Literal["system", "user", "assistant"]


@dataclass(frozen=True)
class Message:
    """One turn of a conversation."""

    role: Role
    text: str


@dataclass(frozen=True)
class Choice:
    """What a person picked when the prototype asked back."""

    question: str
    option: str


@dataclass(frozen=True)
class Prompt:
    """The conversation so far, the choices made, which attempt this is, and words already shown to go on from.

    Its `script` and the `temperature` it is answered with (None where that is not known) are for the patterns alone:
    two prompts are the same without regard to them, and they are not kept.
    """

    messages: tuple[Message, ...]
    choices: tuple[Choice, ...] = ()
    attempt: int = 0
    partial: str = ""
    script: Script = field(default=Script(), compare=False, repr=False)
    temperature: float | None = field(default=None, compare=False, repr=False)

    @staticmethod
    def from_typed(typed: str) -> "Prompt":
        """A prompt from what a person typed. Explained where it cannot be asked."""
        text = clean_text(typed)
        if all(unicodedata.category(c)[0] in "ZC" for c in text):  # empty, or only characters that nobody sees
            raise Explained("There is nothing to ask yet.", do="Type a question, then press Ask again.")
        if len(text) > MAX_PROMPT_CHARS:
            raise Explained(
                f"This is {len(text):,} characters long; the model reads {MAX_PROMPT_CHARS:,} at the most.",
                "Your text is still in the box.",
                "Shorten it, then press Ask again.",
            )
        return Prompt((Message("user", text),))

    @property
    def text(self) -> str:
        """The last message of the person; "" where there is none."""
        return next((message.text for message in reversed(self.messages) if message.role == "user"), "")

    @cached_property
    def id(self) -> str:
        """The hash of the conversation and the choices; every attempt at it has the same."""
        values = self.to_json()
        return content_id({"messages": values["messages"], "choices": values["choices"]})

    @property
    def conversation(self) -> tuple[Message, ...]:
        """The messages as a model reads them: each choice is a turn asked and answered."""
        turns = [(Message("assistant", c.question), Message("user", c.option)) for c in self.choices]
        return self.messages + tuple(message for turn in turns for message in turn)

    @property
    def question(self) -> "Prompt":
        """The root without what the model was told before the conversation: the same for all instructions."""
        return replace(self.root, messages=question_messages(self.messages))

    @property
    def root(self) -> "Prompt":
        """The same prompt at its first attempt, before anything was chosen."""
        return replace(self, choices=(), attempt=0, partial="")

    def next_attempt(self) -> "Prompt":
        """The same prompt with the attempt counted up by one."""
        return replace(self, attempt=self.attempt + 1)

    def with_choice(self, question: str, option: str) -> "Prompt":
        """The same prompt with one more choice made."""
        return replace(self, choices=(*self.choices, Choice(question, option)))

    def without_choice(self, question: str) -> "Prompt":
        """The same prompt without the choices made at this question, which the model need not hear of."""
        return replace(self, choices=tuple(choice for choice in self.choices if choice.question != question))

    def choice_at(self, question: str) -> str | None:
        """The option last chosen at this question; None where it was not answered yet."""
        return next((c.option for c in reversed(self.choices) if c.question == question), None)

    def going_on(self, partial: str) -> "Prompt":
        """The next attempt, going on from these words on the screen; a page says so itself, tests ask for it here."""
        return replace(self.next_attempt(), partial=self.partial + partial)

    def to_json(self) -> dict[str, Any]:
        """A JSON object of the four fields that are kept."""
        return {
            "messages": [asdict(message) for message in self.messages],
            "choices": [asdict(choice) for choice in self.choices],
            "attempt": self.attempt,
            "partial": self.partial,
        }

    @staticmethod
    def from_json(values: Mapping[str, Any]) -> "Prompt":
        """The prompt that `to_json` wrote."""
        return Prompt(
            tuple(Message(**message) for message in values["messages"]),
            tuple(Choice(**choice) for choice in values.get("choices", ())),
            int(values.get("attempt", 0)),
            str(values.get("partial", "")),
        )


def question_messages(messages: tuple[Message, ...]) -> tuple[Message, ...]:
    """The messages without those of the system at their beginning; all of them where there are no others."""
    first = next((n for n, message in enumerate(messages) if message.role != "system"), 0)
    return messages[first:]


def join_instructions(messages: tuple[Message, ...]) -> tuple[Message, ...]:
    """The messages with those of the system at their beginning as one: many models take no second one."""
    rest = question_messages(messages)
    told = messages[: len(messages) - len(rest)]
    return (Message("system", "\n\n".join(message.text for message in told)), *rest) if len(told) > 1 else messages


def clean_text(text: str) -> str:
    """The text without control characters and half surrogate pairs, outer space taken off."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in lines if c in ALLOWED_CONTROLS or unicodedata.category(c) not in ("Cc", "Cs")).strip()


def isolate_direction(text: str) -> str:
    """The text safe inside a sentence: direction characters removed, right-to-left text in isolate marks."""
    plain = "".join(c for c in text if unicodedata.bidirectional(c) not in BIDI_CLASSES)
    to_the_left = any(unicodedata.bidirectional(c) in ("R", "AL") for c in plain)
    return f"\u2068{plain}\u2069" if to_the_left else plain


def content_id(values: Any) -> str:
    """The SHA-256 of a value's canonical JSON, in hex: the same content has the same id everywhere."""
    canonical = json.dumps(values, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
