"""Traces: what an observability tool exported of a product: traces with their observations, as Langfuse writes them."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from components.core.explained import Explained
from components.models.transcripts.chat_rows import SETTINGS
from components.models.transcripts.field_names import day, moment, plain, waits
from components.models.transcripts.message_forms import (
    LISTS,
    Read,
    Values,
    conversation,
    listed,
    mapped,
    notes,
    spoken,
    text,
)
from components.models.transcripts.transcript_turn import Turn, finite

GENERATION = "GENERATION"
OTHERS = ("SPAN", "EVENT", "AGENT", "TOOL", "CHAIN", "RETRIEVER", "EVALUATOR", "EMBEDDING", "GUARDRAIL")
PAGES = ("traces", "data")  # under which a session's file and the API's pages hold what is in them
QUESTIONS = ("question", "query", "prompt", "input", "user", "text", "message")


def is_trace(values: Values) -> bool:
    """Whether a row is a trace, an observation of one, or a page of them."""
    return is_one(values) or any(is_one(mapped(next(iter(listed(values.get(name))), None))) for name in PAGES)


def is_one(values: Values) -> bool:
    """Whether an object is a trace or an observation."""
    observed = str(values.get("type")).upper() in (GENERATION, *OTHERS) and {"input", "output"} & values.keys()
    whole = {"timestamp", "input", "output"} <= values.keys() and "messages" not in values
    return bool(observed) or whole or isinstance(values.get("observations"), list)


def turns(values: Values) -> Iterator[Turn | Explained]:
    """Every model answer in a row; what cannot be read of it is said in its place."""
    for observation in observations(values):
        try:
            yield turn(observation)
        except Explained as problem:
            name = observation.get("name")
            yield Explained(f"“{name[:60]}”: {problem.what}") if isinstance(name, str) and name else problem


def observations(values: Values) -> Iterator[Values]:
    """The generations in a row, each with what is only said of its trace; a trace without any stands for itself."""
    pages = [one for name in PAGES for one in listed(values.get(name)) if isinstance(one, dict)]
    for page in pages:
        yield from observations({name: inner for name, inner in page.items() if name not in PAGES})
    if pages:
        return
    trace = mapped(values.get("trace")) or values
    several = [one for one in listed(values.get("observations") or trace.get("observations")) if isinstance(one, dict)]
    made = [one for one in several if str(one.get("type")).upper() == GENERATION]
    yield from made
    if not made and not several and str(trace.get("type", GENERATION)).upper() == GENERATION:
        yield trace


def turn(values: Values) -> Turn:
    """One generation. Explained where it holds no question and answer in words."""
    known = {plain(name): value for name, value in values.items()}
    read = asked(known.get("input"))
    answer, odd = answered(known.get("output"))
    settings = mapped(unpacked(known.get("model parameters")))
    model = next((known[n] for n in ("model", "provided model name", "model id") if isinstance(known.get(n), str)), "")
    same: dict[str, Any] = {
        "model": model, "made": day(known.get("start time") or known.get("timestamp")), **clocks(known),
        "settings": {name: settings[name] for name in SETTINGS if finite(settings.get(name)) is not None},
    }  # fmt: skip
    said = known.get("status message")
    if str(known.get("level")).upper() == "ERROR" and not answer.strip():
        error = said if isinstance(said, str) and said else "Error"
        return Turn(spoken(read), "", error=error[:500], fault="server", notes=notes(read), **same)
    return Turn(spoken(read), answer, notes=notes([*read, (None, odd)]), **same)


def asked(value: object) -> Read:
    """The messages in an input: a list of them, an object that holds one, or the question itself."""
    inner = unpacked(value)
    if isinstance(inner, dict):
        within = next((unpacked(inner[name]) for name in LISTS if isinstance(unpacked(inner.get(name)), list)), None)
        words = next((inner[name] for name in QUESTIONS if isinstance(inner.get(name), str) and inner[name]), None)
        inner = within or words or ([inner] if "content" in inner else inner)
    if isinstance(inner, str):
        inner = [{"role": "user", "content": inner}]
    if not isinstance(inner, list):
        raise Explained("What was asked is neither a text nor a list of messages.")
    return conversation({"messages": inner})


def answered(value: object) -> tuple[str, bool]:
    """The answer in an output, and whether something of it is no text."""
    inner = unpacked(value)
    if isinstance(inner, list) and inner and all(isinstance(one, dict) and "role" in one for one in inner):
        inner = inner[-1]
    if isinstance(inner, dict):
        choice = mapped(next(iter(listed(inner.get("choices"))), None))
        inner = choice.get("message") or choice.get("text") or inner.get("message") or inner
        said, odd = text(inner)
        if said.strip() or not isinstance(value, str):
            return said, odd
        return value, False  # an answer that is JSON itself
    return text(inner) if not isinstance(value, str) or isinstance(inner, list) else (value, False)


def unpacked(value: object) -> object:
    """What a text holds where it is an object or a list in JSON, which some exports write so; else the value."""
    if not isinstance(value, str) or value.lstrip()[:1] not in ("{", "["):
        return value
    try:
        return json.loads(value, strict=False)
    except (ValueError, RecursionError):
        return value


def clocks(known: Mapping[str, Any]) -> dict[str, float]:
    """The seconds to the first token and to the end: from the three moments, else from what is told as a length."""
    start, first, end = (moment(known.get(name)) for name in ("start time", "completion start time", "end time"))
    found = waits(known.items())
    if start and first:
        found["first"] = (first - start).total_seconds()
    if start and end:
        found["total"] = (end - start).total_seconds()
    return found
