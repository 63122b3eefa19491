"""Turn: one answer as a file tells it, and the recording that it becomes."""

import codecs
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from components.core.card import Card
from components.core.event import Event
from components.core.explained import Explained
from components.core.prompt import Message, Prompt
from components.core.recording import Recording
from components.models.make_recording import DECIMAL_PLACES, MAX_KEPT_ALTERNATIVES

MAX_ANSWER_CHARS = 200_000  # characters; of the conversation before it as well
MAX_WAIT_S = 3600.0  # seconds; what a file tells beyond that is no time anybody waited
DEFAULT_FIRST_S, DEFAULT_WORDS_PER_S = (
    1.0,
    40.0,
)  # seconds to the first word and words per second, where a file tells nothing
UNSPACED_SCRIPTS = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"  # scripts that write no spaces: each sign is a word
WORD_PATTERN = re.compile(rf"\s*(?:[{UNSPACED_SCRIPTS}]|[^\s{UNSPACED_SCRIPTS}]{{1,40}})|\s+$")
CONTROL_PATTERN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
NO_DATA: Mapping[str, Any] = {}  # one for all words without a probability: a file can have a million of them
NO_ANSWER = "There is no answer."
UNTOLD_DAY = "cannot be told for certain, so it bears today's."
STRANGE_TIMES = "Its times cannot be right, so they were not used."
STRANGE_CHANCES = "Its probabilities belong to other words, so they were left out."
TimedThoughts = tuple[tuple[float | None, str], ...]


@dataclass(frozen=True)
class Turn:
    """What was asked and answered; times in seconds since it was asked, None where the file does not tell them.

    `tokens` are those of `logprobs.content` with their `times`, where the file has them. `fault` is "" or what kind
    of failure `error` tells. `notes` say what of it could not be taken over. `made` is an ISO date, "" where
    `date_text`, as the file writes it, is none. `unitless` names those times whose unit the file does not tell.
    `said` is the file's own word for how the answer ended, where `reason` is "other". `thoughts` are those before the
    answer, each with its seconds, None where they are not told.
    """

    messages: tuple[Message, ...]
    answer: str
    model: str = ""
    first: float | None = None
    total: float | None = None
    tokens: Sequence[Any] = ()
    times: Sequence[Any] = ()
    made: str = ""
    reason: str = "stop"
    said: str = ""
    error: str = ""
    fault: str = ""
    attempt: int = 0
    settings: Mapping[str, Any] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    date_text: str = ""
    unitless: frozenset[str] = frozenset()
    thoughts: TimedThoughts = ()


def printable_text(text: str) -> str:
    """The text with plain line ends, without control characters and half surrogate pairs."""
    return CONTROL_PATTERN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def finite_number(value: object, greatest: float = 1e15) -> float | None:
    """The value as a float; None where it is no finite number, or larger than `greatest`."""
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > greatest:
        return None
    return float(value) if math.isfinite(value) else None


def turn_recording(turn: Turn, today: str) -> tuple[Recording, tuple[str, ...]]:
    """The recording of a turn, and what a person should know about it. Explained where it cannot be one."""
    check_turn(turn)
    notes = list(turn.notes)
    if turn.date_text and not turn.made:
        notes.append(f"Its date “{printable_text(turn.date_text)[:40]}” {UNTOLD_DAY}")
    tokens = answer_tokens(turn)
    if turn.tokens and not tokens:
        notes.append(STRANGE_CHANCES)
    tokens = tokens or [(word, NO_DATA) for word in WORD_PATTERN.findall(printable_text(turn.answer))]
    if has_strange_times(turn.first, turn.total):
        notes.append(STRANGE_TIMES)
    times, end, how = word_times(turn, len(tokens))
    events = [
        Event(round(at, DECIMAL_PLACES), "token", text, data) for at, (text, data) in zip(times, tokens, strict=True)
    ]
    thought = sum(len(text) for _, text in turn.thoughts)
    if thought > MAX_ANSWER_CHARS:
        notes.append(f"{thought:,} letters of reasoning were left out: {MAX_ANSWER_CHARS:,} at the most are kept.")
    elif events and thought:
        events[0] = events[0].with_data(thoughts=thought_pairs(turn.thoughts, times[0]))
    said = {"said": printable_text(turn.said)} if turn.said else {}
    last = Event(round(end, DECIMAL_PLACES), "end", data={"reason": turn.reason, **said})
    if turn.fault:
        last = last.become("error", printable_text(turn.error) or "Error", fault=turn.fault)
    name = " ".join(printable_text(turn.model).split())[:200] or "Imported"
    card = Card(name, "imported", settings={**turn.settings, "times": how})
    prompt = Prompt(turn.messages, attempt=turn.attempt)
    return Recording(prompt, card, (*events, last), turn.made or today), tuple(notes)


def check_turn(turn: Turn) -> None:
    """Explained where there is nothing asked or answered, or too much of it."""
    if not any(message.role == "user" and message.text for message in turn.messages):
        raise Explained("There is no question before the answer.")
    if not turn.answer.strip() and not turn.fault:
        raise Explained(NO_ANSWER)
    for name, length in (("answer", len(turn.answer)), ("conversation", sum(len(m.text) for m in turn.messages))):
        if length > MAX_ANSWER_CHARS:
            raise Explained(f"The {name} is {length:,} characters long; {MAX_ANSWER_CHARS:,} at the most are taken.")


def has_strange_times(first: float | None, total: float | None) -> bool:
    """Whether the times are negative, too long or in the wrong order."""
    times = [at for at in (first, total) if at is not None]
    return any(not 0 <= at <= MAX_WAIT_S for at in times) or times != sorted(times)


def word_times(turn: Turn, count: int) -> tuple[list[float], float, str]:
    """(each word's time, the end's time, in seconds since Send; how they came about: “measured”, “spread” or “made
    up”).
    """
    odd = has_strange_times(turn.first, turn.total)
    first, total = (None, None) if odd else (turn.first, turn.total)
    if at := measured_times(turn, count):
        return at, max(at[-1], total or 0.0), "measured"
    how = "made up" if first is None or total is None else "spread"
    if first is None:
        thought = max((at for at, _ in turn.thoughts if at is not None), default=0.0)
        first = DEFAULT_FIRST_S if total is None else min(DEFAULT_FIRST_S, total / 2)
        first = max(first, thought) if thought <= (MAX_WAIT_S if total is None else total) else first
    if total is None:
        total = first + count / DEFAULT_WORDS_PER_S
    return [first + index * (total - first) / count for index in range(count)], total, how


def thought_pairs(thoughts: TimedThoughts, first: float) -> list[list[Any]]:
    """Thoughts as a recording holds them; without their times where these are not those before the first word."""
    times = [at for at, _ in thoughts if at is not None]
    fits = times == sorted(times) and all(0 <= at <= first for at in times)
    return [
        [round(at, DECIMAL_PLACES) if fits and at is not None else None, printable_text(text)] for at, text in thoughts
    ]


def measured_times(turn: Turn, count: int) -> list[float]:
    """The times of so many tokens, none where they are not told or cannot be right."""
    at = [seconds for time in turn.times if (seconds := finite_number(time)) is not None]
    fits = len(turn.times) == len(at) == count > 0 and at == sorted(at)
    return at if fits and at[0] >= 0 and at[-1] <= MAX_WAIT_S else []


def answer_tokens(turn: Turn) -> list[tuple[str, Mapping[str, Any]]]:
    """(text, data) of each of the answer's own tokens; [] where they do not spell the answer."""
    listed = [token for token in turn.tokens if isinstance(token, Mapping)]
    for texts in (tokens_by_name(listed), tokens_by_bytes(listed)):
        if "".join(texts).strip() == turn.answer.strip():
            return [(text, token_chance(token)) for text, token in zip(texts, listed, strict=True)]
    return []


def tokens_by_name(listed: Sequence[Mapping[str, Any]]) -> list[str]:
    """The tokens' texts as their names tell."""
    return [printable_text(token["token"]) if isinstance(token.get("token"), str) else "" for token in listed]


def tokens_by_bytes(listed: Sequence[Mapping[str, Any]]) -> list[str]:
    """The tokens' texts decoded from their bytes: a character split between tokens comes with the last of them."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    return [printable_text(decoder.decode(bytes_from_numbers(token.get("bytes")))) for token in listed]


def bytes_from_numbers(spelling: object) -> bytes:
    """The bytes in a list of numbers; b"" where it is none."""
    numbers = spelling if isinstance(spelling, list) else []
    return bytes(n for n in numbers if isinstance(n, int) and 0 <= n < 256)


def token_chance(token: Mapping[str, Any]) -> Mapping[str, Any]:
    """The logprob of a token and its alternatives; nothing where they are not known."""
    logprob = finite_number(token.get("logprob"))
    if logprob is None:
        return NO_DATA
    likely = token.get("top_logprobs")
    others = [other for other in likely if isinstance(other, Mapping)] if isinstance(likely, list) else []
    pairs = [(other.get("token"), finite_number(other.get("logprob"))) for other in others]
    alternatives = [
        [printable_text(text), round_logprob(n)] for text, n in pairs if isinstance(text, str) and n is not None
    ]
    return {"logprob": round_logprob(logprob), "alternatives": alternatives[:MAX_KEPT_ALTERNATIVES]}


def round_logprob(logprob: float) -> float:
    """A logprob of at most 0, rounded to DECIMAL_PLACES."""
    return round(min(0.0, logprob), DECIMAL_PLACES)
