"""Engine: makes an answer token by token, with the chance of each; it lives in the worker process."""

import hashlib
import time
from collections.abc import Callable, Sequence
from typing import Any, Protocol

import torch

from components.core.event import Event, Stream
from components.core.prompt import Message, Prompt
from components.models.source import Settings

ALTERNATIVES = 5
LIKELY = 256  # only so many of the likeliest words are ever drawn from
CHUNK = 64  # tokens of the prompt read at a time, so that a stop is heard in between
HALF = "\ufffd"  # what half a character decodes to


class Net(Protocol):
    """Weights that read tokens and score what comes next."""

    context: int

    def back(self) -> None:
        """Forget what was read."""

    def feed(self, ids: list[int]) -> Any:
        """Read these tokens too; one score for each word of the vocabulary."""


class Codec(Protocol):
    """What turns a conversation into tokens, and tokens into words."""

    ends: frozenset[int]

    def read(self, messages: Sequence[Message], partial: str) -> list[int]:
        """The tokens of a conversation, up to where the answer begins, or goes on after `partial`."""

    def words(self, ids: Sequence[int]) -> str:
        """The words of some tokens, every space kept; half a character is U+FFFD."""

    def name(self, id: int) -> str:
        """One token as words, or its name if it stands for none."""


class Engine:
    """Weights, their codec and the settings to answer with."""

    def __init__(self, net: Net, codec: Codec, settings: Settings) -> None:
        self.net, self.codec, self.settings = net, codec, settings

    def answer(self, prompt: Prompt, began: float, stopped: Callable[[], bool]) -> Stream:
        """Tokens and an end; `at` in seconds since `began`, a moment of the monotonic clock."""
        with torch.inference_mode():
            try:
                yield from (event.moved(time.monotonic() - began) for event in self.say(prompt, stopped))
            except (RuntimeError, TypeError, ValueError, LookupError, MemoryError) as error:
                text = f"{type(error).__name__}: {error}"
                yield Event(time.monotonic() - began, "error", text, {"fault": "server"})

    def say(self, prompt: Prompt, stopped: Callable[[], bool]) -> Stream:
        """The events of an answer, their times still to be filled in."""
        ids = self.codec.read(self.told(prompt), prompt.partial)
        if len(ids) >= self.net.context:
            cause = f"ContextLengthError: this prompt is {len(ids):,} tokens long; "
            yield Event(0, "error", f"{cause}the model reads {self.net.context:,} at the most", {"fault": "context"})
            return
        scores = self.hear(ids, stopped)
        chance = torch.Generator().manual_seed(seed(prompt))
        words = Words(self.codec, ids[-8:] if prompt.partial else [], prompt.partial.endswith(" "))
        for _ in range(min(self.settings.max_tokens, self.net.context - len(ids))):
            if stopped():
                yield Event(0, "end", data={"reason": "stopped"})
                return
            id, logprob, likely = pick(scores, self.settings, chance)
            if id in self.codec.ends:
                yield Event(0, "end", data={"reason": "stop" if words.said or prompt.partial else "empty"})
                return
            yield from words.add(id, logprob, likely)
            scores = self.net.feed([id])
        yield Event(0, "end", data={"reason": "length"})

    def told(self, prompt: Prompt) -> tuple[Message, ...]:
        """The conversation, with what the model is told beforehand in front."""
        first = (Message("system", self.settings.system),) if self.settings.system else ()
        return first + prompt.conversation

    def hear(self, ids: list[int], stopped: Callable[[], bool]) -> Any:
        """Read a prompt piece by piece; the scores after it."""
        self.net.back()
        scores = self.net.feed(ids[:1])
        for start in range(1, len(ids), CHUNK):
            if stopped():
                break
            scores = self.net.feed(ids[start : start + CHUNK])
        return scores


class Words:
    """Tokens on their way to words: what is half a character waits for its other half."""

    def __init__(self, codec: Codec, before: list[int], spaced: bool) -> None:
        self.codec, self.before, self.spaced = codec, before, spaced
        self.held: list[int] = []
        self.logprob, self.said = 0.0, False

    def add(self, id: int, logprob: float, likely: list[tuple[int, float]]) -> Stream:
        """One more token: an event, unless it ends in half a character."""
        self.held.append(id)
        self.logprob += logprob
        text = self.codec.words(self.before + self.held)[len(self.codec.words(self.before)) :]
        if text.endswith(HALF):
            return
        if not self.said and self.spaced:
            text = text.removeprefix(" ")  # the space is on the screen already
        named = [[self.codec.name(other), round(chance, 4)] for other, chance in likely]
        whole = named if len(self.held) == 1 else [[text, round(self.logprob, 4)]]
        yield Event(0, "token", text, {"logprob": round(self.logprob, 4), "alternatives": whole})
        self.before, self.held, self.logprob, self.said = self.held, [], 0.0, True


def pick(scores: Any, settings: Settings, chance: torch.Generator) -> tuple[int, float, list[tuple[int, float]]]:
    """The next token, its logprob before temperature, and the likeliest ones with theirs."""
    logprobs = scores.float().log_softmax(-1)
    top = logprobs.topk(min(LIKELY, len(logprobs)))
    place = 0
    if settings.temperature > 0:
        shares = (top.values / settings.temperature).softmax(-1)
        shares[shares.cumsum(-1) - shares >= settings.top_p] = 0.0
        place = int(torch.multinomial(shares, 1, generator=chance))
    ids, values = top.indices[:LIKELY].tolist(), top.values.tolist()
    return ids[place], values[place], list(zip(ids, values, strict=True))[:ALTERNATIVES]


def seed(prompt: Prompt) -> int:
    """The same for the same prompt and attempt, wherever it is asked."""
    return int.from_bytes(hashlib.sha256(f"{prompt.id}:{prompt.attempt}".encode()).digest()[:7])
