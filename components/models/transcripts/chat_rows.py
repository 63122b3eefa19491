"""Chat: rows in the chat-completions form: conversations, requests with their responses, questions with answers."""

from collections.abc import Iterator
from typing import Any

from components.core.explained import Explained
from components.core.faults import faults_by_status
from components.core.prompt import Message
from components.models.transcripts.field_names import day, field, seconds, waits
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
from components.models.transcripts.transcript_turn import NO_ANSWER, Turn, finite

REASONS = {"length": "length", "max_tokens": "length", "content_filter": "filter"}
FAULTS = {str(status): name for status, name in faults_by_status(logged=True).items()}
SETTINGS = ("temperature", "top_p", "max_tokens", "max_completion_tokens", "seed")
CLOCKS = ("timings", "timing", "metrics", "metadata")
MADE = ("created", "created_at", "timestamp", "date")
MOST_CHOICES = 100


def turns(values: Values, every: bool = False) -> Iterator[Turn]:
    """The answers in a row: the last one, or each of a conversation's. Explained where there is none."""
    request = mapped(values.get("request")) or mapped(values.get("body")) or values
    if request is values and not any(name in values for name in (*LISTS, "choices")):
        yield asked(values)
        return
    response = responded(values)
    if response is not None:
        yield from told(values, request, response)
    else:
        yield from within(request, values, every)


def asked(values: Values) -> Turn:
    """A question with its answer, under whatever names."""
    found: dict[str, str] = {}
    for name, value in values.items():
        if isinstance(value, str):
            found.setdefault(field(name), value)
    if "question" not in found or "answer" not in found:
        raise Explained("There are neither messages nor a question and its answer in it.")
    return Turn(question(found), found["answer"], **same(values), **clocks(values))


def question(found: dict[str, str]) -> tuple[Message, ...]:
    """The messages behind a question and what the model was told before it."""
    said = (("system", found.get("system", "")), ("user", found["question"]))
    return spoken(conversation({"messages": [{"role": role, "content": words} for role, words in said]}))


def within(request: Values, values: Values, every: bool) -> Iterator[Turn]:
    """The answers in a conversation itself; only the last one's times and probabilities are told, if any."""
    read = conversation(request)
    while read and read[-1][0] is None:
        read.pop()
    places = [place for place, (one, _) in enumerate(read) if one is not None and one.role == "assistant"]
    if not places or (places[-1] < len(read) - 1 and not every):
        raise Explained(NO_ANSWER)
    for place in places if every else places[-1:]:
        last = clocks(values) | chances(values) if place == len(read) - 1 else {}
        yield Turn(spoken(read[:place]), said(read, place), notes=notes(read[: place + 1]), **same(values), **last)


def said(read: Read, place: int) -> str:
    """What is said in one of some messages."""
    one = read[place][0]
    return "" if one is None else one.text


def told(values: Values, request: Values, response: Values) -> Iterator[Turn]:
    """The answers of a response, an attempt each; or the failure that it tells."""
    read = conversation(request)
    row = {**values, **request, **response}
    if error := response.get("error") or values.get("error"):
        yield Turn(spoken(read), "", **failure(values, error), notes=notes(read), **same(row), **clocks(row))
        return
    choices = [choice for choice in listed(response.get("choices"))[:MOST_CHOICES] if isinstance(choice, dict)]
    if not choices:
        raise Explained(NO_ANSWER)
    for attempt, choice in enumerate(choices):
        answer, odd = text(choice.get("message") or choice.get("text") or "")
        reason = REASONS.get(str(choice.get("finish_reason")), "stop")
        more = clocks(row) | chances(choice)
        heard = notes([*read, (None, odd)])
        yield Turn(spoken(read), answer, reason=reason, attempt=attempt, notes=heard, **same(row), **more)


def responded(values: Values) -> Values | None:
    """The response in a row, None where the row holds only a conversation."""
    for name in ("response", "output", "completion"):
        inner = values.get(name)
        if isinstance(inner, str | list):
            return {"choices": [{"message": {"content": inner}}]}
        if isinstance(inner, dict):
            inner = mapped(inner.get("body")) or inner
            return inner if "choices" in inner or "error" in inner else {"choices": [{"message": inner}]}
    return values if "choices" in values or "error" in values else None


def failure(values: Values, error: object) -> dict[str, Any]:
    """The error that a response tells, and its kind."""
    inner = mapped(error)
    code = mapped(values.get("response")).get("status_code") or inner.get("status") or inner.get("code")
    text = inner.get("message") if inner else error
    return {"error": str(text or "Error")[:500], "fault": FAULTS.get(str(code), "server")}


def same(values: Values) -> dict[str, Any]:
    """What holds for every answer of a row: the model, the day, the settings."""
    kept = {name: values[name] for name in SETTINGS if finite(values.get(name)) is not None}
    model = next(
        (values[name] for name in ("model", "model_name", "model_id") if isinstance(values.get(name), str)), ""
    )
    made = next((found for name in MADE if (found := day(values.get(name)))), "")
    return {"model": model, "made": made, "settings": kept}


def clocks(values: Values) -> dict[str, Any]:
    """The seconds to the first token and to the end, as far as a row tells them."""
    inner = [mapped(values.get(name)) for name in CLOCKS]
    for one in inner:
        read, spoke = seconds(one.get("prompt_ms"), 0.001), seconds(one.get("predicted_ms"), 0.001)  # llama.cpp's
        if read is not None and spoke is not None:
            return {"first": read, "total": read + spoke}
    return waits([pair for one in (values, *inner) for pair in one.items()])


def chances(values: Values) -> dict[str, Any]:
    """The tokens of an answer with their probabilities, and their times where a row tells them."""
    known = mapped(values.get("logprobs")) or mapped(mapped(values.get("message")).get("logprobs"))
    return {"tokens": listed(known.get("content")), "times": listed(values.get("token_times"))}
