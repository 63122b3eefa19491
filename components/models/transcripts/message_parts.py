"""Message parts: what a message says in words, told apart by type from thoughts, tools, pictures and files."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from components.models.transcripts.field_names import plain_name
from components.models.transcripts.transcript_turn import printable_text

JsonObject = Mapping[str, Any]
TOOLS, FILES, OTHER_PARTS = "tools and their results", "pictures and files", "other parts"
TEXT_TYPES = frozenset(("text", "input text", "output text", "refusal", "message", "markdown", "paragraph"))
TYPE_WORDS: Mapping[str, tuple[str, ...]] = {
    "thoughts": ("think", "thought", "reason", "chain of"),
    TOOLS: ("tool", "function", "call", "result", "code", "execut", "search", "observation", "computer", "mcp", "quote",
            "browsing"),
    OTHER_PARTS: ("progress", "status", "warning", "confirmation", "command"),
    FILES: ("image", "picture", "photo", "audio", "video", "file", "document", "media", "inline data", "asset", "blob"),
}  # fmt: skip
WORD_KEYS = ("text", "content", "value", "refusal", "parts", "output_text", "markdown")
SILENT_TYPES = ("step-start", "step-finish", "step_start", "step_finish")  # that only part other parts
THOUGHT_NAMES = ("thinking", "reasoning", "text", "content", "summary", "thoughts", "reasoning_text", "value", "parts")
MAX_PART_DEPTH = 6  # levels of parts inside parts
PLAIN_TYPES = frozenset(("", "text", "output_text", "input_text"))


@dataclass(frozen=True)
class MessageWords:
    """The words of a message, the thoughts that stood beside them, and which parts are no words."""

    text: str = ""
    thoughts: str = ""
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class MessagePart:
    """One part of a message: `words`, None where it has none that anybody said; `whole` where it stands for itself."""

    words: str | None
    whole: bool
    thoughts: str = ""
    left_out: tuple[str, ...] = ()


def parse_words(content: object, joined: bool = True) -> MessageWords:
    """The words in a message's content. `joined`: parts that follow each other are pieces of one text."""
    if isinstance(content, str):
        return MessageWords(printable_text(content))
    parts = list_parts(content, 0)
    left_out = dict.fromkeys(name for part in parts for name in part.left_out)
    return MessageWords(join_parts(parts, joined), join_thoughts(part.thoughts for part in parts), tuple(left_out))


def list_parts(content: object, depth: int) -> list[MessagePart]:
    """The parts of a message's content, parts inside parts one after the other."""
    if isinstance(content, str):
        return [MessagePart(printable_text(content), True)]
    if isinstance(content, list) and depth < MAX_PART_DEPTH:
        if any(isinstance(item, dict) for item in content):  # texts between others are pieces of one
            content = [{"text": item} if isinstance(item, str) else item for item in content]
        return [part for item in content for part in list_parts(item, depth + 1)]
    if isinstance(content, dict) and depth < MAX_PART_DEPTH:
        return object_parts(content, depth)
    return [] if content is None else [MessagePart(None, True, "", (OTHER_PARTS,))]


def object_parts(part: JsonObject, depth: int) -> list[MessagePart]:
    """What an object among the parts holds, by its type or, where it has none, by the names in it."""
    if part.get("type") in SILENT_TYPES:
        return []
    kind = part_kind(part)
    if kind == "thoughts":
        return [MessagePart(None, True, thought_text(part))]
    if kind:
        return [MessagePart(None, True, "", (kind,))]
    for name in WORD_KEYS:
        inner = part.get(name)
        if isinstance(inner, str) and inner:
            return [MessagePart(printable_text(inner), False)]
        if isinstance(inner, list | dict) and inner:
            return list_parts(inner, depth + 1)
    known = any(name in part for name in WORD_KEYS)
    return [] if known else [MessagePart(None, True, "", (OTHER_PARTS,))]


def part_kind(part: JsonObject) -> str:
    """What a part is besides words: "thoughts" or a name for what is left out; "" where it is words."""
    told = part.get("type") or part.get("content_type") or part.get("kind")
    if part.get("thought") is True or part.get("isThought") is True:
        return "thoughts"
    if isinstance(told, str):
        return "" if told in PLAIN_TYPES else type_kind(told)
    if any(isinstance(part.get(name), str | list | dict) for name in WORD_KEYS):
        return ""
    return next((kind for name in part if (kind := type_kind(name))), "")


def type_kind(told: str) -> str:
    """What a type's name speaks of: "thoughts" or a name for what is left out; "" where that is words."""
    bare = plain_name(told)
    if bare in TEXT_TYPES:
        return ""
    return next((kind for kind, words in TYPE_WORDS.items() if any(word in bare for word in words)), "")


def join_parts(parts: list[MessagePart], joined: bool) -> str:
    """The words of the parts: pieces of one text as they follow each other, all else on lines of its own."""
    text, apart = "", True
    for part in parts:
        if part.words is None:
            apart = apart or bool(part.left_out)
            continue
        seam = text[-1:].isspace() or part.words[:1].isspace() or not text
        one_text = seam or (joined and not part.whole and not apart)
        text += part.words if one_text or not part.words else f"\n{part.words}"
        apart = False
    return text


def join_thoughts(thoughts: Iterable[str]) -> str:
    """Thoughts one below the other; those that are said in another field as well stand once."""
    return "\n".join(dict.fromkeys(filter(None, thoughts)))


def thought_text(value: object, depth: int = 0) -> str:
    """The thoughts that a value holds, in words, signatures and names aside; "" where there are none."""
    if isinstance(value, str):
        return printable_text(value).strip()
    if depth >= MAX_PART_DEPTH:
        return ""
    if isinstance(value, dict):
        found = (thought_text(value[name], depth + 1) for name in THOUGHT_NAMES if value.get(name))
        return next(filter(None, found), "")
    return join_thoughts(thought_text(item, depth + 1) for item in value) if isinstance(value, list) else ""
