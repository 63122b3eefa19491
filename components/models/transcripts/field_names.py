"""Names: what people call the fields and columns of a transcript, and which unit a name tells."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from components.models.transcripts.transcript_turn import finite_number

FIELD_ALIASES: Mapping[str, tuple[str, ...]] = {
    "question": (
        "prompt", "question", "input", "user", "query", "user message", "user prompt", "user input", "user query",
        "human", "instruction", "request", "message", "utterance", "frage",
    ),
    "answer": (
        "answer", "output", "response", "assistant", "completion", "reply", "assistant message", "model output",
        "model response", "model answer", "bot", "ai", "generation", "generated text", "response text", "antwort",
    ),
    "system": ("system", "system prompt", "system message"),
    "model": ("model", "model name", "model id", "engine", "provided model name", "deployment"),
    "first": (
        "first", "first token", "time to first token", "ttft", "first token time", "first token latency", "first word",
        "time to first byte", "ttfb",
    ),
    "total": (
        "total", "total time", "latency", "duration", "elapsed", "elapsed time", "response time", "total latency",
        "total duration", "time total", "time",
    ),
    "conversation": (
        "conversation", "conversation id", "session", "session id", "thread", "thread id", "chat id", "dialog id",
        "dialogue id",
    ),
    "created": ("created", "created at", "timestamp", "date", "datetime", "start time", "time stamp", "started at"),
}  # fmt: skip
UNIT_SECONDS = {
    "ms": 0.001, "msec": 0.001, "msecs": 0.001, "millis": 0.001, "millisecond": 0.001, "milliseconds": 0.001,
    "s": 1.0, "sec": 1.0, "secs": 1.0, "second": 1.0, "seconds": 1.0,
}  # fmt: skip
QUANTITY_PATTERN = re.compile(r"\s*([+-]?[\d.,' ]*\d(?:[eE][+-]?\d{1,3})?)\s*([a-zA-Z]*)\s*")


def plain_name(name: str) -> str:
    """A name as small words: "timeToFirstToken" and "Time_to_first-token" are one."""
    return " ".join(re.sub(r"[\W_]+", " ", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name[:200])).lower().split())


def split_unit(name: str) -> tuple[str, float | None]:
    """A plain name without its unit, and how many seconds that unit is; None where it names none."""
    words = name.split()
    for end in (-1, 0):
        if len(words) > 1 and words[end] in UNIT_SECONDS:
            rest = words[:-1] if end else words[1:]
            return " ".join(rest).removeprefix("to ").removesuffix(" in"), UNIT_SECONDS[words[end]]
    return name, None


def field_for(name: str) -> str:
    """The field that a column's name stands for; "" where it stands for none."""
    bare = split_unit(plain_name(name))[0]
    return next((field for field, names in FIELD_ALIASES.items() if bare in names), "")


def parse_seconds(value: object, scale: float | None) -> float | None:
    """A length of time in seconds, from a number or a text with or without its unit; None where it is none."""
    if isinstance(value, str):
        match = QUANTITY_PATTERN.fullmatch(value[:60])
        if match is None or (match[2] and match[2].lower() not in UNIT_SECONDS):
            return None
        scale = UNIT_SECONDS.get(match[2].lower(), scale)
        value = parse_decimal(match[1])
    number = finite_number(value)
    return None if number is None else number * (scale or 1.0)


def parse_decimal(text: str) -> float | None:
    """A number as people write it, with a point or a comma before its decimals."""
    bare = re.sub(r"[' ]", "", text)
    comma, point = bare.rfind(","), bare.rfind(".")
    if comma > point and (point >= 0 or bare.count(",") == 1):
        bare = bare.replace(".", "").replace(",", ".")
    try:
        return float(bare.replace(",", ""))
    except ValueError:
        return None


def find_waits(values: Iterable[tuple[str, Any]]) -> dict[str, float]:
    """`first` and `total` in seconds, those of them that the named values hold."""
    waits: dict[str, float] = {}
    for name, value in values:
        bare, scale = split_unit(plain_name(name))
        for which in ("first", "total"):
            seconds = parse_seconds(value, scale) if bare in FIELD_ALIASES[which] else None
            if seconds is not None:
                waits.setdefault(which, seconds)
    return waits


def parse_moment(value: object) -> datetime | None:
    """A moment from an ISO text or a Unix time in seconds or milliseconds, in UTC; None where it is none."""
    try:
        if isinstance(value, str) and not value.strip().replace(".", "").isdigit():
            moment = datetime.fromisoformat(value.strip()[:40])
            return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
        number = finite_number(float(value) if isinstance(value, str) else value)
        if number is None or number < 1e8:
            return None
        return datetime.fromtimestamp(number / 1000 if number > 1e11 else number, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def iso_day(value: object) -> str:
    """The ISO date of a moment; "" where it is none."""
    moment = parse_moment(value)
    return "" if moment is None else date(moment.year, moment.month, moment.day).isoformat()
