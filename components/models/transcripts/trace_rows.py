"""Traces: what an observability tool exported of a product: traces with their observations, as Langfuse writes them."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from components.core.explained import Explained
from components.models.transcripts.chat_rows import SETTING_KEYS
from components.models.transcripts.field_names import find_waits, iso_day, parse_moment, plain_name
from components.models.transcripts.message_forms import (
    LIST_KEYS,
    JsonObject,
    ReadMessages,
    as_list,
    as_object,
    left_out_notes,
    parse_content,
    parse_conversation,
    spoken_messages,
)
from components.models.transcripts.transcript_turn import Turn, finite_number

GENERATION_TYPE = "GENERATION"
OTHER_TYPES = ("SPAN", "EVENT", "AGENT", "TOOL", "CHAIN", "RETRIEVER", "EVALUATOR", "EMBEDDING", "GUARDRAIL")
PAGE_KEYS = ("traces", "data")  # under which a session's file and the API's pages hold what is in them
QUESTION_KEYS = ("question", "query", "prompt", "input", "user", "text", "message")


def is_trace(values: JsonObject) -> bool:
    """Whether a row is a trace, an observation of one, or a page of them."""
    return is_observation(values) or any(
        is_observation(as_object(next(iter(as_list(values.get(name))), None))) for name in PAGE_KEYS
    )


def is_observation(values: JsonObject) -> bool:
    """Whether an object is a trace or an observation of one."""
    observed = (
        str(values.get("type")).upper() in (GENERATION_TYPE, *OTHER_TYPES) and {"input", "output"} & values.keys()
    )
    whole = {"timestamp", "input", "output"} <= values.keys() and "messages" not in values
    return bool(observed) or whole or isinstance(values.get("observations"), list)


def trace_turns(values: JsonObject) -> Iterator[Turn | Explained]:
    """Every model answer in a row; what cannot be read of it is said in its place."""
    for observation in find_generations(values):
        try:
            yield trace_turn(observation)
        except Explained as problem:
            name = observation.get("name")
            yield Explained(f"“{name[:60]}”: {problem.what}") if isinstance(name, str) and name else problem


def find_generations(values: JsonObject) -> Iterator[JsonObject]:
    """The generations in a row, each with what is only said of its trace; a trace without any stands for itself."""
    pages = [page for name in PAGE_KEYS for page in as_list(values.get(name)) if isinstance(page, dict)]
    for page in pages:
        yield from find_generations({name: inner for name, inner in page.items() if name not in PAGE_KEYS})
    if pages:
        return
    trace = as_object(values.get("trace")) or values
    observations = [
        observation
        for observation in as_list(values.get("observations") or trace.get("observations"))
        if isinstance(observation, dict)
    ]
    generations = [
        observation for observation in observations if str(observation.get("type")).upper() == GENERATION_TYPE
    ]
    yield from generations
    if not generations and not observations and str(trace.get("type", GENERATION_TYPE)).upper() == GENERATION_TYPE:
        yield trace


def trace_turn(values: JsonObject) -> Turn:
    """One generation. Explained where it holds no question and answer in words."""
    fields = {plain_name(name): value for name, value in values.items()}
    messages = input_messages(fields.get("input"))
    answer, odd = output_text(fields.get("output"))
    settings = as_object(unpack_json(fields.get("model parameters")))
    model = next(
        (fields[n] for n in ("model", "provided model name", "model id") if isinstance(fields.get(n), str)), ""
    )
    same: dict[str, Any] = {
        "model": model, "made": iso_day(fields.get("start time") or fields.get("timestamp")), **trace_timings(fields),
        "settings": {name: settings[name] for name in SETTING_KEYS if finite_number(settings.get(name)) is not None},
    }  # fmt: skip
    status_message = fields.get("status message")
    if str(fields.get("level")).upper() == "ERROR" and not answer.strip():
        error = status_message if isinstance(status_message, str) and status_message else "Error"
        return Turn(
            spoken_messages(messages), "", error=error[:500], fault="server", notes=left_out_notes(messages), **same
        )
    return Turn(spoken_messages(messages), answer, notes=left_out_notes([*messages, (None, odd)]), **same)


def input_messages(value: object) -> ReadMessages:
    """The messages in an input: a list of them, an object that holds one, or the question itself."""
    inner = unpack_json(value)
    if isinstance(inner, dict):
        within = next(
            (unpack_json(inner[name]) for name in LIST_KEYS if isinstance(unpack_json(inner.get(name)), list)), None
        )
        words = next((inner[name] for name in QUESTION_KEYS if isinstance(inner.get(name), str) and inner[name]), None)
        inner = within or words or ([inner] if "content" in inner else inner)
    if isinstance(inner, str):
        inner = [{"role": "user", "content": inner}]
    if not isinstance(inner, list):
        raise Explained("What was asked is neither a text nor a list of messages.")
    return parse_conversation({"messages": inner})


def output_text(value: object) -> tuple[str, bool]:
    """(the text of an output, whether something of it is no text)."""
    inner = unpack_json(value)
    if isinstance(inner, list) and inner and all(isinstance(message, dict) and "role" in message for message in inner):
        inner = inner[-1]
    if isinstance(inner, dict):
        choice = as_object(next(iter(as_list(inner.get("choices"))), None))
        inner = choice.get("message") or choice.get("text") or inner.get("message") or inner
        text, odd = parse_content(inner)
        if text.strip() or not isinstance(value, str):
            return text, odd
        return value, False  # an answer that is JSON itself
    return parse_content(inner) if not isinstance(value, str) or isinstance(inner, list) else (value, False)


def unpack_json(value: object) -> object:
    """What a text holds where it is an object or a list in JSON, which some exports write so; else the value."""
    if not isinstance(value, str) or value.lstrip()[:1] not in ("{", "["):
        return value
    try:
        return json.loads(value, strict=False)
    except (ValueError, RecursionError):
        return value


def trace_timings(fields: Mapping[str, Any]) -> dict[str, float]:
    """`first` and `total` in seconds: from the three moments, else from lengths of time."""
    start, first, end = (parse_moment(fields.get(name)) for name in ("start time", "completion start time", "end time"))
    waits = find_waits(fields.items())
    if start and first:
        waits["first"] = (first - start).total_seconds()
    if start and end:
        waits["total"] = (end - start).total_seconds()
    return waits
