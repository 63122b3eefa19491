"""Messages: what was said in a conversation, in the forms in which files write messages."""

from collections.abc import Iterable, Mapping
from typing import Any

from components.core.explained import Explained
from components.core.prompt import Message, Role
from components.models.transcripts.transcript_turn import printable_text

MAX_MESSAGES = 1_000  # messages in a conversation
LIST_KEYS = ("messages", "conversations", "contents", "prompt", "input")
CONTENT_KEYS = ("content", "text", "value", "parts", "output_text")
ROLE_BY_NAME: Mapping[str, Role] = {
    "system": "system", "developer": "system", "user": "user", "human": "user",
    "assistant": "assistant", "ai": "assistant", "bot": "assistant", "gpt": "assistant", "model": "assistant",
}  # fmt: skip
LEFT_OUT_NOTE = "Pictures, tools and other parts that are no text were left out."
JsonObject = Mapping[str, Any]
ReadMessages = list[
    tuple[Message | None, bool]
]  # each message, None where it says nothing; whether something was left out


def parse_conversation(request: JsonObject) -> ReadMessages:
    """The messages of a request. Explained where there are none or too many."""
    listed = next((request[name] for name in LIST_KEYS if isinstance(request.get(name), list)), None)
    prompt = request.get("prompt")
    if listed is None and isinstance(prompt, str):
        listed = [{"role": "user", "content": prompt}]
    if not listed:
        raise Explained("There are no messages in it.")
    if len(listed) > MAX_MESSAGES:
        raise Explained(f"The conversation has {len(listed):,} messages; {MAX_MESSAGES:,} at the most are taken.")
    return [parse_message(raw) for raw in listed]


def parse_message(raw: object) -> tuple[Message | None, bool]:
    """A message, None where it says nothing; and whether something of it was left out."""
    values = as_object(raw)
    text, odd = parse_content(values)
    role = ROLE_BY_NAME.get(str(values.get("role") or values.get("from") or values.get("type")).lower())
    return (Message(role, text.strip()), odd) if role and text.strip() else (None, odd or role is None)


def parse_content(content: object) -> tuple[str, bool]:
    """What a message says, or a list of its parts; and whether some part is no text."""
    values = as_object(content)
    inner = next((values[name] for name in CONTENT_KEYS if values.get(name)), "") if values else content
    parts = inner if isinstance(inner, list) else [inner]
    words = [
        part if isinstance(part, str) else as_object(part).get("text", as_object(part).get("content")) for part in parts
    ]
    texts = [printable_text(word) for word in words if isinstance(word, str)]
    tools = bool(values.get("tool_calls") or values.get("function_call"))
    return "\n".join(texts), tools or len(texts) < len(parts)


def spoken_messages(messages: ReadMessages) -> tuple[Message, ...]:
    """The messages that say something."""
    return tuple(message for message, _ in messages if message is not None)


def left_out_notes(messages: Iterable[tuple[object, bool]]) -> tuple[str, ...]:
    """The note that something was left out, where something was."""
    return (LEFT_OUT_NOTE,) if any(odd for _, odd in messages) else ()


def as_object(value: object) -> JsonObject:
    """The value if it is a JSON object, else an empty one."""
    return value if isinstance(value, Mapping) else {}


def as_list(value: object) -> list[Any]:
    """The value if it is a JSON array, else an empty one."""
    return value if isinstance(value, list) else []
