"""Pair sides: what was asked and what was answered, each in every form in which a file may write either."""

from dataclasses import dataclass, replace
from typing import Any

from components.core.explained import Explained
from components.models.transcripts.conversation_forms import (
    conversation_lists,
    listed_messages,
    spoken_order,
    text_field,
)
from components.models.transcripts.field_names import FIELD_ALIASES, names_in_order, plain_name
from components.models.transcripts.json_values import unpack_json
from components.models.transcripts.message_forms import (
    ReadMessage,
    as_list,
    as_object,
    is_message,
    is_message_list,
    parse_conversation,
    parse_message,
    spoken_message,
    without_thoughts,
)
from components.models.transcripts.message_parts import JsonObject, join_thoughts, parse_words

REQUEST_NAMES = ("request", "request body", "body", "params", "inputs", "input", "payload", "prompt", "kwargs", "args",
                 "arguments", "state", "query", "message")  # fmt: skip
RESPONSE_NAMES = ("response", "response body", "output", "completion", "result", "outputs", "preferred output",
                  "preferred response", "chosen", *FIELD_ALIASES["answer"])  # fmt: skip
INNER_NAMES = (
    "body",
    "response",
    "message",
    "messages",
    "data",
    "result",
    "output",
    "kwargs",
    "return_values",
    "value",
)
LIST_NAMES = ("choices", "candidates", "generations")
CONTENT_NAMES = ("content", "text", "parts", "generated_text", "output_text", "completion", "refusal")
NEVER_ASKED = frozenset(("error", "errors", "metadata", "usage", "config", "feedback", "scores", *RESPONSE_NAMES))
NEVER_ANSWERED = frozenset(("error", "errors", "metadata", "usage", "config", "metrics", "request", "input", "inputs"))
NOT_ASKED_TEXT = "What was asked is neither a text nor a list of messages."
MAX_SIDE_DEPTH = 6  # levels inside a question or an answer
MAX_CHOICES = 100


@dataclass(frozen=True)
class AnswerSide:
    """One answer, and the objects in which it stood, the innermost first."""

    message: ReadMessage
    chain: tuple[JsonObject, ...] = ()


def has_value(value: object) -> bool:
    """Whether something stands there: neither nothing nor an empty text, list or object."""
    return value is not None and value != "" and value != [] and value != {}


def named_value(values: JsonObject, names: tuple[str, ...]) -> tuple[str, Any]:
    """(name, value) of the first of these names that has a value; ("", None) where none has."""
    for name in names_in_order(tuple(values), names):
        if has_value(values[name]):
            return name, values[name]
    return "", None


def system_messages(values: JsonObject) -> list[ReadMessage]:
    """The system prompt that stands beside the messages; [] where there is none."""
    _, told = named_value(values, FIELD_ALIASES["system"])
    text = parse_words(told, joined=False).text.strip() if isinstance(told, str | list | dict) else ""
    return [spoken_message("system", text)] if text else []


def read_asked(value: object, depth: int = 0) -> list[ReadMessage]:
    """The messages of what was asked. Explained where there is nothing of that kind."""
    inner = unpack_json(value)
    if isinstance(inner, str):
        return [spoken_message("user", inner)]
    if isinstance(inner, list):
        listed = listed_messages(inner)
        if listed is not None:
            return parse_conversation(spoken_order(listed))
        words = parse_words(inner, joined=False)
        if words.text.strip():
            return [replace(spoken_message("user", words.text), left_out=words.left_out)]
    if isinstance(inner, dict) and depth < MAX_SIDE_DEPTH:
        if is_message(inner):
            return parse_conversation([inner])
        return asked_in_object(inner, depth)
    raise Explained(NOT_ASKED_TEXT)


def asked_in_object(values: JsonObject, depth: int) -> list[ReadMessage]:
    """The messages of what was asked, from an object that holds it under some name. Explained where none does."""
    system = system_messages(values)
    lists = conversation_lists(values)
    if lists:
        return with_system(system, parse_conversation(spoken_order(lists[0][1])))
    history = earlier_messages(values)
    if question := question_text(values):
        listed = listed_messages(question, in_dialog=False)
        asked = [spoken_message("user", question)] if listed is None else parse_conversation(listed)
        return [*with_system(system, history), *asked] if listed is None else with_system(system, asked)
    if isinstance(values.get("content"), str | list):
        return [*system, parse_message({"role": "user", **values})]
    inside = [named_value(values, (name,))[1] for name in REQUEST_NAMES]
    inside += [inner for name, inner in values.items() if plain_name(name) not in NEVER_ASKED]
    for inner in inside:
        if has_value(inner) and isinstance(inner, dict | list):
            try:
                return with_system(system, [*history, *read_asked(inner, depth + 1)])
            except Explained:
                continue
    raise Explained(NOT_ASKED_TEXT)


def with_system(system: list[ReadMessage], messages: list[ReadMessage]) -> list[ReadMessage]:
    """The messages with the system prompt before them, where they do not begin with one."""
    return messages if messages and messages[0].role == "system" else [*system, *messages]


def earlier_messages(values: JsonObject) -> list[ReadMessage]:
    """The messages of a history beside a question; [] where there is none."""
    _, history = named_value(values, FIELD_ALIASES["history"])
    listed = listed_messages(history)
    return [] if listed is None else parse_conversation(listed)


def question_text(values: JsonObject) -> str:
    """The question that an object asks in words, an instruction with its input; "" where it asks none."""
    fields = {plain_name(name): text for name, text in values.items() if isinstance(text, str) and text.strip()}
    if "instruction" in fields and "input" in fields:
        return f"{fields['instruction']}\n{fields['input']}"
    return text_field(values, "question") or fields.get("text", "")


def read_answered(value: object, depth: int = 0) -> list[AnswerSide]:
    """The answers in what was answered, several where there are choices; [] where there is none."""
    inner = unpack_json(value)
    if isinstance(inner, str):
        return [AnswerSide(without_thoughts(spoken_message("assistant", inner)))] if inner.strip() else []
    if depth >= MAX_SIDE_DEPTH:
        return []
    if isinstance(inner, list):
        return answers_in_list(inner, depth)
    sides = answers_in_object(inner, depth) if isinstance(inner, dict) else []
    if not any(side.message.text for side in sides) and isinstance(value, str):
        return [AnswerSide(spoken_message("assistant", value))]  # an answer that is JSON itself
    return sides


def answers_in_list(values: list[Any], depth: int) -> list[AnswerSide]:
    """The answers in a list: of messages, of which the last one counts, of choices, or of texts."""
    if is_message_list(values):
        messages = [without_thoughts(message) for message in parse_conversation(spoken_order(values))]
        spoken = [message for message in messages if message.role == "assistant" and message.text]
        last = spoken[-1] if spoken else messages[-1]
        thoughts = join_thoughts(message.thoughts for message in messages if message.role in ("assistant", "tool"))
        left_out = tuple(dict.fromkeys(name for message in messages for name in message.left_out))
        return [AnswerSide(replace(last, thoughts=thoughts, left_out=left_out), (last.values,))]
    parts = [part for part in values if isinstance(part, dict)]
    typed = all(isinstance(part.get("type"), str) for part in parts) or any(
        isinstance(part.get("kind"), str) for part in parts
    )
    if parts and typed and len(parts) == len(values):
        return [AnswerSide(words_message({"content": values}))]
    return [side for item in values[:MAX_CHOICES] for side in read_answered(item, depth + 1)]


def answers_in_object(values: JsonObject, depth: int) -> list[AnswerSide]:
    """The answers in an object: its choices, itself where it is a message, or what it holds under some name."""
    for name in LIST_NAMES:
        if as_list(values.get(name)):
            sides = [
                side for choice in as_list(values[name])[:MAX_CHOICES] for side in read_answered(choice, depth + 1)
            ]
            return [AnswerSide(side.message, (*side.chain, values)) for side in sides]
    if is_message(values):
        message = without_thoughts(parse_message(values))
        return [AnswerSide(message if message.role == "assistant" else words_message(values), (message.values, values))]
    for name in (*INNER_NAMES, *RESPONSE_NAMES):
        key, inner = named_value(values, (name,))
        if key and isinstance(inner, dict | list | str) and key not in CONTENT_NAMES:
            sides = [side for side in read_answered(inner, depth + 1) if has_words(side.message)]
            if sides:
                return [AnswerSide(side.message, (*side.chain, values)) for side in sides]
    if any(has_value(values.get(name)) for name in CONTENT_NAMES):
        inner = values.get("content")
        if isinstance(inner, dict) and is_message(inner):
            return [AnswerSide(side.message, (*side.chain, values)) for side in read_answered(inner, depth + 1)]
        return [AnswerSide(words_message(values), (values,))]
    for name, inner in values.items():
        if isinstance(inner, dict) and plain_name(name) not in NEVER_ANSWERED:
            sides = [side for side in read_answered(inner, depth + 1) if has_words(side.message)]
            if sides:
                return [AnswerSide(side.message, (*side.chain, values)) for side in sides]
    return []


def has_words(message: ReadMessage) -> bool:
    """Whether a message says something, or what stands in its place is known."""
    return bool(message.text or message.thoughts or message.left_out)


def words_message(values: JsonObject) -> ReadMessage:
    """An assistant's message from what an object says, whatever its role is called."""
    for name in CONTENT_NAMES:
        if has_value(values.get(name)):
            bare = {key: value for key, value in values.items() if key not in ("type", "from", "sender", "author")}
            return without_thoughts(parse_message({**bare, "role": "assistant", "content": values[name]}))
    return parse_message({**values, "role": "assistant"})


def inner_objects(value: object) -> list[JsonObject]:
    """An object and the bodies inside it, the innermost first."""
    values = as_object(value)
    inner = next(
        (as_object(values[name]) for name in ("body", "response", "result") if as_object(values.get(name))), {}
    )
    return [*(inner_objects(inner) if inner else []), values] if values else []
