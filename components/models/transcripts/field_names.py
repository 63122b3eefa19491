"""Field names: what people call the fields and columns of a transcript, and which unit a name tells."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from components.models.transcripts.transcript_turn import finite_number

FIELD_ALIASES: Mapping[str, tuple[str, ...]] = {
    "question": (
        "prompt", "question", "input", "query", "user message", "user prompt", "user input", "user query", "user text",
        "user question", "question text", "raw", "rendered prompt",
        "inputs", "instruction", "request", "message", "utterance", "user", "human",
        "customer", "frage", "eingabe", "pregunta", "domanda", "pergunta", "vraag", "вопрос", "質問", "问题",
    ),
    "answer": (
        "answer", "output", "response", "assistant", "completion", "reply", "assistant message", "model output",
        "model response", "model answer", "bot", "ai", "generation", "generated text", "response text", "answers",
        "answer text", "sampled",
        "assistant response", "ai response", "bot response", "llm response", "llm output", "outputs",
        "result", "ai message", "bot message", "chatbot", "antwort", "ausgabe", "réponse", "reponse", "respuesta",
        "risposta", "resposta", "antwoord", "ответ", "回答", "答案",
    ),
    "more": (),
    "history": ("history", "chat history", "earlier messages", "previous messages", "conversation history"),
    "system": (
        "system", "system prompt", "system message", "instructions", "system instruction", "system instructions",
        "systemprompt",
    ),
    "model": (
        "model", "model name", "model id", "engine", "provided model name", "deployment", "model version",
        "request model", "model slug", "from model", "default model slug",
        "ls model name", "llm model", "modell", "modèle", "modelo",
    ),
    "first": (
        "first", "first token", "time to first token", "ttft", "first token time", "first token latency", "first word",
        "time to first byte", "ttfb", "time to first word", "erstes wort", "zeit bis zum ersten wort",
        "zeit bis zum ersten token", "temps jusqu au premier mot", "tiempo hasta la primera palabra",
        "tempo fino alla prima parola", "tempo até a primeira palavra",
    ),
    "total": (
        "total", "total time", "latency", "duration", "elapsed", "elapsed time", "response time", "total latency",
        "total duration", "time total", "delay", "time", "generation time", "processing time", "dauer", "antwortzeit",
        "latenz", "durée", "durata", "duración", "duração", "latence", "gesamtzeit", "gesamtdauer", "temps total",
        "temps de réponse", "tiempo total", "tiempo de respuesta", "tempo totale", "tempo di risposta", "tempo total",
        "tempo de resposta", "provider response latency",
    ),
    "conversation": (
        "conversation", "conversation id", "session", "session id", "thread", "thread id", "chat id", "dialog id",
        "dialogue id", "ticket", "ticket id", "ticket number", "case", "case id", "case number",
        "conversation hash", "chat session id", "gespräch", "sitzung", "conversación", "sesión",
    ),
    "created": (
        "created", "created at", "timestamp", "date", "datetime", "start time", "time stamp", "started at",
        "create time", "creation time",
        "created time", "inserted at", "sent at", "ts", "request created at", "completed at", "response created at",
        "update time", "updated at", "start time unix nano",
        "start time ns", "time", "zeit", "datum", "zeitpunkt", "zeitstempel", "erstellt", "fecha", "hora",
        "data ora", "data", "heure", "date heure", "дата", "日付", "日期", "时间",
    ),
    "role": (
        "role", "sender", "from", "speaker", "author", "sender type", "author role", "message role", "participant",
        "type", "message type", "who", "rolle", "absender", "rôle", "rol",
    ),
    "text": (
        "content", "text", "message", "body", "utterance", "value", "message text", "message content", "msg", "turn",
        "nachricht", "inhalt", "texto", "mensaje", "texte", "messaggio", "mensagem",
    ),
}  # fmt: skip
START_NAMES = ("start time", "started at", "start", "request created at", "request time", "requested at",
               "request timestamp",
               "start timestamp", "began at", "start time unix nano", "start time ns")  # fmt: skip
FIRST_NAMES = ("completion start time", "first token at", "first token time", "first token timestamp", "first chunk at")
END_NAMES = ("end time", "finished at", "ended at", "end", "completed at", "response created at", "response time",
             "response timestamp", "finish time", "responded at", "end timestamp",
             "end time unix nano", "end time ns")  # fmt: skip
UNIT_SECONDS = {
    "ms": 0.001, "msec": 0.001, "msecs": 0.001, "millis": 0.001, "millisecond": 0.001, "milliseconds": 0.001,
    "s": 1.0, "sec": 1.0, "secs": 1.0, "second": 1.0, "seconds": 1.0, "sekunden": 1.0, "sek": 1.0,
    "us": 1e-6, "µs": 1e-6, "ns": 1e-9, "nanoseconds": 1e-9, "microseconds": 1e-6,
    "min": 60.0, "minutes": 60.0,
}  # fmt: skip
QUANTITY_PATTERN = re.compile(r"\s*([+-]?[\d.,' ]*\d(?:[eE][+-]?\d{1,3})?)\s*([a-zA-Zµ]*)\s*")
CLOCK_PATTERN = re.compile(r"\s*(\d{1,2}):(\d{2}):(\d{2}(?:\.\d{1,9})?)\s*")


@lru_cache(maxsize=4096)
def plain_name(name: str) -> str:
    """A name as small words: "timeToFirstToken" and "Time_to_first-token" are one."""
    return " ".join(re.sub(r"[\W_]+", " ", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name[:200])).lower().split())


@lru_cache(maxsize=4096)
def split_unit(name: str) -> tuple[str, float | None]:
    """A plain name without its unit, and how many seconds that unit is; None where it names none."""
    words = name.split()
    for end in (-1, 0):
        if len(words) > 1 and words[end] in UNIT_SECONDS:
            rest = words[:-1] if end else words[1:]
            return " ".join(rest).removeprefix("to ").removesuffix(" in"), UNIT_SECONDS[words[end]]
    return name, None


@lru_cache(maxsize=4096)
def field_ranks(name: str) -> Mapping[str, int]:
    """The fields that a name can stand for, each with its place among that field's names; lower fits better."""
    bare = split_unit(plain_name(name))[0]
    return {field: names.index(bare) for field, names in FIELD_ALIASES.items() if bare in names}


@lru_cache(maxsize=256)
def ranked_names(names: tuple[str, ...], field: str) -> tuple[str, ...]:
    """Those of an object's names that can stand for a field, the one that fits best first."""
    ranks = [(field_ranks(name)[field], name) for name in names if field in field_ranks(name)]
    return tuple(name for _, name in sorted(ranks, key=lambda pair: pair[0]))


@lru_cache(maxsize=256)
def names_in_order(names: tuple[str, ...], wanted: tuple[str, ...]) -> tuple[str, ...]:
    """Those of an object's names that are wanted, as plain names, in the order of what is wanted."""
    by_plain = {plain_name(name): name for name in reversed(names)}
    return tuple(by_plain[bare] for bare in wanted if bare in by_plain)


def parse_seconds(value: object, scale: float | None) -> float | None:
    """A length of time in seconds, from a number or a text with or without its unit; None where it is none."""
    if isinstance(value, str):
        if clock := CLOCK_PATTERN.fullmatch(value[:60]):
            return int(clock[1]) * 3600.0 + int(clock[2]) * 60.0 + float(clock[3])
        match = QUANTITY_PATTERN.fullmatch(value[:60])
        if match is None or (match[2] and match[2].lower() not in UNIT_SECONDS):
            return None
        scale = UNIT_SECONDS.get(match[2].lower(), scale)
        value = parse_decimal(match[1])
    number = finite_number(value)
    return None if number is None else number * (scale or 1.0)


def tells_unit(value: object) -> bool:
    """Whether a length of time bears its unit itself."""
    if not isinstance(value, str):
        return False
    match = QUANTITY_PATTERN.fullmatch(value[:60])
    return bool(CLOCK_PATTERN.fullmatch(value[:60]) or (match and match[2]))


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


def find_waits(values: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """`first` and `total` in seconds, those of them that the named values hold; in `unitless`, those whose unit is
    not told.
    """
    waits: dict[str, Any] = {}
    unitless: set[str] = set()
    for name, value in values:
        if not isinstance(value, int | float | str) or isinstance(value, bool):
            continue
        ranks = field_ranks(name)
        for which in ("first", "total"):
            if which not in ranks or which in waits:
                continue
            scale = split_unit(plain_name(name))[1]
            seconds = parse_seconds(value, scale)
            if seconds is not None and seconds < MOMENT_SECONDS:
                waits[which] = seconds
                unitless |= {which} if scale is None and not tells_unit(value) else set()
    return waits | ({"unitless": frozenset(unitless)} if unitless else {})


MOMENT_SECONDS = 1.2e9  # a larger number counts the seconds since 1970
