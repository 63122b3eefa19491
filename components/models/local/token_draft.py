"""Draft: one answer while the engine makes it: which token comes next, and how tokens become words."""

import hashlib
from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from components.core.event import Event, Stream
from components.core.prompt import Message, Prompt, join_instructions
from components.models.source import Settings

MAX_ALTERNATIVES = 5
HALF_CHARACTER = "\ufffd"  # what half a character decodes to
LikelyTokens = tuple[
    NDArray[np.integer[Any]], NDArray[np.floating[Any]]
]  # the likeliest tokens, best first, and their logprobs


class Codec(Protocol):
    """What turns a conversation into tokens, and tokens into words."""

    ends: frozenset[int]

    def encode(self, messages: Sequence[Message], partial: str) -> list[int]:
        """The tokens of a conversation, up to where the answer begins, or goes on after `partial`."""

    def decode(self, ids: Sequence[int]) -> str:
        """The words of some tokens, every space kept; half a character is U+FFFD."""

    def token_name(self, id: int) -> str:
        """The text of one token, or its name where it has none."""


class Draft:
    """One answer in the making; it depends on its prompt, the attempt and the settings alone."""

    def __init__(self, number: int, prompt: Prompt, began: float, codec: Codec, settings: Settings) -> None:
        self.number, self.began, self.codec, self.settings = number, began, codec, settings
        first = (Message("system", settings.system),) if settings.system else ()
        self.ids = codec.encode(join_instructions(first + prompt.conversation), prompt.partial)
        self.token_ids: list[int] = []
        self.over = False
        self.chance = np.random.default_rng(prompt_seed(prompt))
        self.partial = prompt.partial
        self.words = TokenDecoder(codec, self.ids[-8:] if prompt.partial else [], prompt.partial.endswith(" "))

    def take_token(self, likely: LikelyTokens, most: int) -> Stream:
        """The next token, given the likeliest ones; the end, if it is the last one or no more fit in `most`."""
        ids, logprobs = likely
        index = pick_token(logprobs, self.settings, self.chance)
        id = int(ids[index])
        if id in self.codec.ends:
            yield self.end("stop" if self.words.has_spoken or self.partial else "empty")
            return
        self.token_ids.append(id)
        named = list(zip(ids[:MAX_ALTERNATIVES].tolist(), logprobs[:MAX_ALTERNATIVES].tolist(), strict=True))
        yield from self.words.add_token(id, float(logprobs[index]), named)
        if len(self.token_ids) >= most:
            yield self.end("length")

    def end(self, reason: str) -> Event:
        """Finish the answer; its `end` event."""
        self.over = True
        return Event(0, "end", data={"reason": reason})

    def fail(self, text: str, fault: str) -> Event:
        """Finish the answer; its `error` event."""
        self.over = True
        return Event(0, "error", text, {"fault": fault})


class TokenDecoder:
    """Tokens on their way to words: what is half a character waits for its other half."""

    def __init__(self, codec: Codec, before: list[int], spaced: bool) -> None:
        self.codec, self.before, self.spaced = codec, before, spaced
        self.held: list[int] = []
        self.logprob, self.has_spoken = 0.0, False

    def add_token(self, id: int, logprob: float, likely: list[tuple[int, float]]) -> Stream:
        """Add a token; yields its event, unless it ends in half a character."""
        self.held.append(id)
        self.logprob += logprob
        text = self.codec.decode(self.before + self.held)[len(self.codec.decode(self.before)) :]
        if text.endswith(HALF_CHARACTER):
            return
        if not self.has_spoken and self.spaced:
            text = text.removeprefix(" ")  # the space is on the screen already
        named = [[self.codec.token_name(other), round(chance, 4)] for other, chance in likely]
        whole = named if len(self.held) == 1 else [[text, round(self.logprob, 4)]]
        yield Event(0, "token", text, {"logprob": round(self.logprob, 4), "alternatives": whole})
        self.before, self.held, self.logprob, self.has_spoken = self.held, [], 0.0, True


def pick_token(logprobs: NDArray[np.floating[Any]], settings: Settings, chance: np.random.Generator) -> int:
    """The index, among the likeliest tokens, of the one to say next."""
    if settings.temperature == 0:
        return 0
    shares = np.exp((logprobs - logprobs[0]).astype(float) / settings.temperature)
    shares /= shares.sum()
    before = shares.cumsum() - shares
    shares[before >= settings.top_p] = 0.0
    return int(chance.choice(len(shares), p=shares / shares.sum()))


def prompt_seed(prompt: Prompt) -> int:
    """The random seed of an answer: the same for the same prompt and attempt, on every computer."""
    return int.from_bytes(hashlib.sha256(f"{prompt.id}:{prompt.attempt}".encode()).digest()[:7])
