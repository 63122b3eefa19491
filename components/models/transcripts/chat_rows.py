"""Chat: rows in the chat-completions form: conversations, requests with their responses, questions with answers."""

from collections.abc import Iterator
from typing import Any

from components.core.explained import Explained
from components.core.faults import faults_by_status
from components.core.prompt import Message
from components.models.transcripts.field_names import field_for, find_waits, iso_day, parse_seconds
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
from components.models.transcripts.transcript_turn import NO_ANSWER, Turn, finite_number

END_REASONS = {"length": "length", "max_tokens": "length", "content_filter": "filter"}
FAULT_BY_STATUS = {str(status): name for status, name in faults_by_status(logged=True).items()}
SETTING_KEYS = ("temperature", "top_p", "max_tokens", "max_completion_tokens", "seed")
TIMING_KEYS = ("timings", "timing", "metrics", "metadata")
DATE_KEYS = ("created", "created_at", "timestamp", "date")
MAX_CHOICES = 100


def chat_turns(values: JsonObject, every_answer: bool = False) -> Iterator[Turn]:
    """The answers in a row: the last one, or each of a conversation's. Explained where there is none."""
    request = as_object(values.get("request")) or as_object(values.get("body")) or values
    if request is values and not any(name in values for name in (*LIST_KEYS, "choices")):
        yield question_turn(values)
        return
    response = find_response(values)
    if response is not None:
        yield from response_turns(values, request, response)
    else:
        yield from conversation_turns(request, values, every_answer)


def question_turn(values: JsonObject) -> Turn:
    """A turn from a row with a question and an answer, whatever their keys are called. Explained where one is
    missing.
    """
    fields: dict[str, str] = {}
    for name, value in values.items():
        if isinstance(value, str):
            fields.setdefault(field_for(name), value)
    if "question" not in fields or "answer" not in fields:
        raise Explained("There are neither messages nor a question and its answer in it.")
    return Turn(question_messages(fields), fields["answer"], **shared_fields(values), **chat_timings(values))


def question_messages(fields: dict[str, str]) -> tuple[Message, ...]:
    """The messages of a question, with the system prompt before it if there is one."""
    turns = (("system", fields.get("system", "")), ("user", fields["question"]))
    return spoken_messages(
        parse_conversation({"messages": [{"role": role, "content": words} for role, words in turns]})
    )


def conversation_turns(request: JsonObject, values: JsonObject, every_answer: bool) -> Iterator[Turn]:
    """The turns inside a conversation: its last answer, or every one; only the last has times and probabilities."""
    messages = parse_conversation(request)
    while messages and messages[-1][0] is None:
        messages.pop()
    indices = [
        index for index, (message, _) in enumerate(messages) if message is not None and message.role == "assistant"
    ]
    if not indices or (indices[-1] < len(messages) - 1 and not every_answer):
        raise Explained(NO_ANSWER)
    for index in indices if every_answer else indices[-1:]:
        last = chat_timings(values) | token_probabilities(values) if index == len(messages) - 1 else {}
        yield Turn(
            spoken_messages(messages[:index]),
            message_text(messages, index),
            notes=left_out_notes(messages[: index + 1]),
            **shared_fields(values),
            **last,
        )


def message_text(messages: ReadMessages, index: int) -> str:
    """The text of the message at this index; "" where it says nothing."""
    message = messages[index][0]
    return "" if message is None else message.text


def response_turns(values: JsonObject, request: JsonObject, response: JsonObject) -> Iterator[Turn]:
    """A turn for each choice of a response, or one for the failure that it reports."""
    messages = parse_conversation(request)
    row = {**values, **request, **response}
    if error := response.get("error") or values.get("error"):
        yield Turn(
            spoken_messages(messages),
            "",
            **response_failure(values, error),
            notes=left_out_notes(messages),
            **shared_fields(row),
            **chat_timings(row),
        )
        return
    choices = [choice for choice in as_list(response.get("choices"))[:MAX_CHOICES] if isinstance(choice, dict)]
    if not choices:
        raise Explained(NO_ANSWER)
    for attempt, choice in enumerate(choices):
        answer, odd = parse_content(choice.get("message") or choice.get("text") or "")
        reason = END_REASONS.get(str(choice.get("finish_reason")), "stop")
        more = chat_timings(row) | token_probabilities(choice)
        heard = left_out_notes([*messages, (None, odd)])
        yield Turn(
            spoken_messages(messages), answer, reason=reason, attempt=attempt, notes=heard, **shared_fields(row), **more
        )


def find_response(values: JsonObject) -> JsonObject | None:
    """The response in a row; None where the row is a conversation only."""
    for name in ("response", "output", "completion"):
        inner = values.get(name)
        if isinstance(inner, str | list):
            return {"choices": [{"message": {"content": inner}}]}
        if isinstance(inner, dict):
            inner = as_object(inner.get("body")) or inner
            return inner if "choices" in inner or "error" in inner else {"choices": [{"message": inner}]}
    return values if "choices" in values or "error" in values else None


def response_failure(values: JsonObject, error: object) -> dict[str, Any]:
    """`error` and `fault` of a turn, from the error that a response reports."""
    inner = as_object(error)
    code = as_object(values.get("response")).get("status_code") or inner.get("status") or inner.get("code")
    text = inner.get("message") if inner else error
    return {"error": str(text or "Error")[:500], "fault": FAULT_BY_STATUS.get(str(code), "server")}


def shared_fields(values: JsonObject) -> dict[str, Any]:
    """`model`, `made` and `settings` of every turn in a row."""
    settings = {name: values[name] for name in SETTING_KEYS if finite_number(values.get(name)) is not None}
    model = next(
        (values[name] for name in ("model", "model_name", "model_id") if isinstance(values.get(name), str)), ""
    )
    made = next((day for name in DATE_KEYS if (day := iso_day(values.get(name)))), "")
    return {"model": model, "made": made, "settings": settings}


def chat_timings(values: JsonObject) -> dict[str, Any]:
    """`first` and `total` in seconds, those of them that a row has."""
    groups = [as_object(values.get(name)) for name in TIMING_KEYS]
    for group in groups:
        reading_s, speaking_s = (
            parse_seconds(group.get("prompt_ms"), 0.001),
            parse_seconds(group.get("predicted_ms"), 0.001),
        )  # llama.cpp's
        if reading_s is not None and speaking_s is not None:
            return {"first": reading_s, "total": reading_s + speaking_s}
    return find_waits([pair for group in (values, *groups) for pair in group.items()])


def token_probabilities(values: JsonObject) -> dict[str, Any]:
    """`tokens` with their logprobs and their `times`, [] where a row has none."""
    logprobs = as_object(values.get("logprobs")) or as_object(as_object(values.get("message")).get("logprobs"))
    return {"tokens": as_list(logprobs.get("content")), "times": as_list(values.get("token_times"))}
