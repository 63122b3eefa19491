"""Chunk parts: the words and the thoughts in one piece of an answer, in whichever field and shape they come."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

THOUGHT_FIELDS = ("reasoning_content", "reasoning", "thinking", "thinking_content", "thoughts", "reasoning_text")
THOUGHT_TYPES = ("thinking", "reasoning", "thought", "redacted_thinking", "reasoning_text", "summary_text")
SILENT_TYPES = ("tool_use", "tool_call", "tool_result", "function_call", "image", "image_url", "audio", "input_audio")


class SpokenParts(NamedTuple):
    """What one piece says: words of the answer, thoughts beside it, and whether a tool is called.

    `is_whole` where the piece tells the whole message so far, and not only what is new.
    """

    words: str = ""
    thought: str = ""
    calls_tool: bool = False
    is_whole: bool = False


def spoken_parts(choice: Mapping[str, Any]) -> SpokenParts:
    """What a choice says: as a delta, as a whole message, or as the text of the older completions."""
    delta, message = choice.get("delta"), choice.get("message")
    parts = message_parts(delta) if delta else SpokenParts()
    if not any(parts) and message:
        parts = message_parts(message)._replace(is_whole=True)
    if not any(parts[:3]) and isinstance(choice.get("text"), str):
        return SpokenParts(choice["text"])
    return parts


def message_parts(message: object) -> SpokenParts:
    """The words, thoughts and tool calls of a message or of a piece of one."""
    if not isinstance(message, dict):
        return SpokenParts(message) if isinstance(message, str) else SpokenParts()
    words, thought = content_parts(message.get("content"))
    if not words and isinstance(message.get("text"), str):
        words = message["text"]
    refusal = message.get("refusal")
    words += refusal if isinstance(refusal, str) else ""
    beside = next((text for name in THOUGHT_FIELDS if name in message and (text := whole_text(message[name]))), "")
    if not beside and not thought and "reasoning_details" in message:
        beside = whole_text(message.get("reasoning_details"))
    return SpokenParts(words, thought + beside, bool(message.get("tool_calls") or message.get("function_call")))


def content_parts(content: object) -> tuple[str, str]:
    """(words, thoughts) of a message's content: a text, or parts that are told apart by their type."""
    if isinstance(content, str):
        return content, ""
    if isinstance(content, dict):
        return content_parts([content])
    if not isinstance(content, list):
        return "", ""
    words: list[str] = []
    thoughts: list[str] = []
    for part in content:
        if isinstance(part, str):
            words.append(part)
        elif isinstance(part, dict) and part.get("type") not in SILENT_TYPES:
            is_thought = part.get("type") in THOUGHT_TYPES or part.get("thought") is True
            (thoughts if is_thought else words).append(whole_text(part))
    return "".join(words), "".join(thoughts)


def whole_text(value: object) -> str:
    """All of the text in a value: of its parts, one after the other, and of their fields that hold text."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return join_texts(value)
    if isinstance(value, dict):
        names = ("text", "thinking", "reasoning", "content", "refusal", "summary", "value")
        return next((text for name in names if (text := whole_text(value.get(name)))), "")
    return ""


def join_texts(values: Iterable[object]) -> str:
    """The texts of some values, one after the other."""
    return "".join(whole_text(value) for value in values)
