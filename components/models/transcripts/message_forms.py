"""Message forms: who said what in a conversation, in the forms in which files write messages."""

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from components.core.explained import Explained
from components.core.prompt import Message, Role
from components.models.transcripts.field_names import plain_name
from components.models.transcripts.json_values import nested_names
from components.models.transcripts.message_parts import (
    FILES,
    TOOLS,
    JsonObject,
    MessageWords,
    join_thoughts,
    parse_words,
    thought_text,
    type_kind,
)
from components.models.transcripts.transcript_turn import printable_text

MAX_MESSAGES = 1_000  # messages in a conversation
ROLE_NAMES: Mapping[Role | Literal["tool"], tuple[str, ...]] = {
    "system": ("system", "developer", "instruction", "instructions", "system prompt"),
    "user": ("user", "human", "customer", "client", "person", "visitor", "you", "me", "end user", "guest", "prompter",
             "student", "patient", "caller", "nutzer", "kunde", "benutzer", "utilisateur", "usuario", "cliente", "q"),
    "assistant": ("assistant", "ai", "bot", "gpt", "chatgpt", "model", "agent", "chatbot", "llm", "claude", "gemini",
                  "copilot", "bing", "bard", "ai assistant", "virtual assistant", "support agent", "assistent",
                  "asistente", "a"),
    "tool": ("tool", "function", "observation", "function call", "function response", "function call output",
             "tool call", "tool use", "tool result", "tool response", "tool output", "ipython", "environment",
             "web search call", "file search call", "code interpreter call", "computer call", "computer call output",
             "mcp call", "mcp list tools", "reasoning", "retriever", "custom tool call"),
}  # fmt: skip
ROLE_BY_NAME = {name: role for role, names in ROLE_NAMES.items() for name in names}
SPEAKER_KEYS = ("role", "from", "sender", "author", "speaker", "sender_type", "senderType", "participant",
                "participant_role", "message_type", "who", "Role", "From", "Sender", "Speaker", "Author")  # fmt: skip
CONTENT_KEYS = ("content", "text", "value", "parts", "fragments", "message", "output_text", "body", "utterance",
                "output", "response", "Content", "Text", "Message", "msg", "chunk")  # fmt: skip
PERSON_FLAGS = ("isCreatedByUser", "is_user", "isUser", "fromUser", "from_user", "is_human", "isHuman", "is_from_user")
THOUGHT_KEYS = ("reasoning_content", "reasoning", "thinking", "thoughts", "reasoning_details")
TOOL_KEYS = ("tool_calls", "function_call", "tool_call", "toolCalls", "functionCall")
FILE_KEYS = ("attachments", "files", "images", "file_ids")
THOUGHT_PATTERN = re.compile(r"\A\s*<(think|thinking|thought|reasoning)>(.*?)(?:</\1>|\Z)", re.DOTALL | re.IGNORECASE)
BEGUN_THOUGHT_PATTERN = re.compile(r"\A()(.*?)</(?:think|thinking)>", re.DOTALL | re.IGNORECASE)  # its mark is lost
FOLD_TAG, TITLE_TAG = "details", "summary"  # what a chat page folds away before an answer, and its title
FOLDED_PATTERN = re.compile(
    rf'\A\s*<{FOLD_TAG}\b[^>]*\btype="(\w+)"[^>]*>\s*(?:<{TITLE_TAG}>.*?</{TITLE_TAG}>)?(.*?)</{FOLD_TAG}>',
    re.DOTALL | re.IGNORECASE,
)
QUOTE_PATTERN = re.compile(r"^[ \t]*(?:>|&gt;) ?", re.MULTILINE)
MODEL_WORDS = frozenset(("bot", "assistant", "ai", "gpt", "chatgpt", "claude", "gemini", "copilot", "grok", "mistral",
                         "llama", "deepseek"))  # of a name, where it is the first or the last of its words  # fmt: skip
PLAIN_KEYS = frozenset(("role", "content"))
NO_VALUES: JsonObject = {}


@dataclass(frozen=True)
class ReadMessage:
    """One message: its `role` ("tool" for what no person and no model says, "" where that is not known) and its words.

    `named` is its role as the file calls it, `values` all that the file tells of it. `left_out` are its parts that are
    no words; `thoughts` is the reasoning that stood beside or inside them.
    """

    role: Role | Literal["tool", ""]
    text: str
    named: str = ""
    thoughts: str = ""
    left_out: tuple[str, ...] = ()
    values: JsonObject = field(default_factory=dict, compare=False, repr=False)


def parse_conversation(listed: Sequence[object]) -> list[ReadMessage]:
    """The messages of a list. Explained where there are none or too many."""
    if not listed:
        raise Explained("There are no messages in it.")
    if len(listed) > MAX_MESSAGES:
        raise Explained(f"The conversation has {len(listed):,} messages; {MAX_MESSAGES:,} at the most are taken.")
    return [parse_message(raw) for raw in listed]


def parse_message(raw: object) -> ReadMessage:
    """A message in any form; its text is "" where it says nothing."""
    values = message_values(raw)
    named = role_name(values)
    role: Role | Literal["tool", ""] = known_role(named)
    if values.keys() == PLAIN_KEYS and isinstance(values["content"], str):
        return ReadMessage(role, "" if role == "tool" else printable_text(values["content"]).strip(), named, "",
                           (TOOLS,) if role == "tool" else (), values)  # fmt: skip
    if is_hidden(values):
        return ReadMessage("tool", "", named, "", (), values)
    if is_aside(values):
        if values.get("recipient"):
            return ReadMessage("tool", "", named, "", (TOOLS,), values)
        aside = next(filter(None, (thought_text(values.get(name)) for name in CONTENT_KEYS)), "")
        return ReadMessage("tool", "", named, aside, (), values)
    words = message_words(values, role == "assistant")
    left_out = dict.fromkeys(words.left_out)
    if role == "tool" or any(values[name] for name in TOOL_KEYS if name in values):
        left_out[TOOLS] = None
    if any(values[name] for name in FILE_KEYS if name in values):
        left_out[FILES] = None
    beside = next(filter(None, (thought_text(values[name]) for name in THOUGHT_KEYS if name in values)), "")
    thoughts = join_thoughts((beside, words.thoughts))
    if plain_name(named) == "reasoning":
        thoughts, left_out = join_thoughts((thoughts, thought_text(values.get("summary")))), {}
    return ReadMessage(role, "" if role == "tool" else words.text.strip(), named, thoughts, tuple(left_out), values)


def message_values(raw: object) -> JsonObject:
    """What a message tells, wherever it is wrapped: in `message`, `kwargs` or `data`, under a node's own names."""
    values = as_object(raw)
    if "message.role" in values or "message.content" in values:
        values = nested_names(values)
    if values.keys() == PLAIN_KEYS:
        return values
    if len(values) == 1:
        [inner] = values.values()
        values = inner if isinstance(inner, dict) and is_message(inner) else values
    for name in ("message", "kwargs", "data"):
        inner = values.get(name)
        if isinstance(inner, dict) and (role_name(inner) or any(key in inner for key in CONTENT_KEYS)):
            outer = {key: value for key, value in values.items() if key != name}
            kind = values.get("id")
            if name == "kwargs" and isinstance(kind, list) and kind and "type" not in inner:
                outer["type"] = kind[-1]
            return message_values({**outer, **inner}) if name == "message" else {**outer, **inner}
    return values


def role_name(values: JsonObject) -> str:
    """What a message's role is called; "" where it names none."""
    role = values.get("role")
    if isinstance(role, str) and role:
        return role.strip()
    for name in PERSON_FLAGS:
        if isinstance(values.get(name), bool):
            return "user" if values[name] else "assistant"
    for name in SPEAKER_KEYS:
        value = values.get(name)
        if isinstance(value, dict):
            value = value.get("role") or value.get("type") or value.get("name")
        if isinstance(value, str) and value.strip():
            return value.strip()
    fragments = as_list(values.get("fragments"))
    if fragments:
        return "user" if as_object(fragments[0]).get("type") == "REQUEST" else "assistant"
    told = values.get("type")
    if told == "message":  # as a team's chat writes them
        told = "bot" if values.get("bot_id") else values.get("user")
        return told.strip() if isinstance(told, str) else ""
    told = told or values.get("event")
    if not isinstance(told, str) or not known_role(told) or is_step_of_work(values, told):
        return ""
    return told


def is_step_of_work(values: JsonObject, named: str) -> bool:
    """Whether something with an input and an output is a step of a program, and no message."""
    return "input" in values and "output" in values and "message" not in plain_name(named)


def known_role(named: str) -> Role | Literal["tool", ""]:
    """The role that a name stands for; "" where that is not known."""
    if named in ROLE_BY_NAME:
        return ROLE_BY_NAME[named]
    bare = plain_name(named).removesuffix(" chunk").removesuffix(" message")
    if bare in ROLE_BY_NAME or not bare:
        return ROLE_BY_NAME.get(bare, "")
    words = bare.split()
    return "assistant" if {words[0], words[-1]} & MODEL_WORDS or bare.endswith("bot") else ""


def is_hidden(values: JsonObject) -> bool:
    """Whether a message only writes a setting down, which nobody ever saw."""
    return bool(as_object(values.get("metadata")).get("is_visually_hidden_from_conversation"))


def is_aside(values: JsonObject) -> bool:
    """Whether a message is a thought of the model's, or spoken to a tool."""
    recipient = values.get("recipient")
    to_tool = isinstance(recipient, str) and recipient not in ("all", "", "user")
    return values.get("isThought") is True or values.get("thought") is True or to_tool


def message_words(values: JsonObject, joined: bool) -> MessageWords:
    """The words of a message, from the first of its fields that has any; a refusal where there are none."""
    words = MessageWords()
    for name in CONTENT_KEYS:
        if values.get(name):
            found = parse_words(values[name], joined)
            words = MessageWords(found.text, words.thoughts or found.thoughts, words.left_out + found.left_out)
            if found.text.strip():
                return words
    refusal = values.get("refusal")
    return replace(words, text=parse_words(refusal).text) if isinstance(refusal, str) else words


def without_thoughts(message: ReadMessage) -> ReadMessage:
    """The message without the thoughts that a model wrote between marks before its answer."""
    if message.role != "assistant" or "<" not in message.text:
        return message
    message = without_folded(message)
    match = THOUGHT_PATTERN.match(message.text) or BEGUN_THOUGHT_PATTERN.match(message.text)
    if match is None:
        return message
    thoughts = join_thoughts((message.thoughts, match[2].strip()))
    return replace(message, text=message.text[match.end() :].strip(), thoughts=thoughts)


def without_folded(message: ReadMessage) -> ReadMessage:
    """The message without what a page folds away before the answer: thoughts, and tools with their results."""
    while match := FOLDED_PATTERN.match(message.text):
        is_thought = not type_kind(match[1]) or type_kind(match[1]) == "thoughts"
        thought = html.unescape(QUOTE_PATTERN.sub("", match[2])).strip() if is_thought else ""
        message = replace(
            message, text=message.text[match.end() :].strip(), thoughts=join_thoughts((message.thoughts, thought)),
            left_out=tuple(dict.fromkeys((*message.left_out, *(() if is_thought else (TOOLS,))))),
        )  # fmt: skip
    return message


def is_message(value: object) -> bool:
    """Whether a value is a message: somebody is named, and there is a field for what is said."""
    values = message_values(value)
    named = role_name(values)
    if not named or is_step_of_work(values, named):
        return False
    return any(name in values for name in CONTENT_KEYS) or any(name in values for name in (*TOOL_KEYS, "refusal"))


def is_message_list(value: object) -> bool:
    """Whether a value is a list of messages, with at least one whose role is known or whose speaker is named."""
    if not isinstance(value, list) or not value or not all(isinstance(item, dict) for item in value[:20]):
        return False
    return any(is_message(item) and known_role(role_name(message_values(item))) != "tool" for item in value[:50])


def spoken_messages(messages: Iterable[ReadMessage]) -> tuple[Message, ...]:
    """The messages in which a person, a model or a system prompt says something."""
    return tuple(Message(m.role, m.text) for m in messages if m.text and m.role and m.role != "tool")


def spoken_message(role: Role, text: str) -> ReadMessage:
    """A message of this role with this text, cleaned."""
    return ReadMessage(role, parse_words(text).text.strip(), role)


def left_out_notes(messages: Iterable[ReadMessage]) -> tuple[str, ...]:
    """What to say of the parts that are no words, of reasoning, and of messages whose role is not known."""
    messages = list(messages)
    names = list(dict.fromkeys(name for message in messages for name in message.left_out))
    unknown = dict.fromkeys(m.named[:40] for m in messages if not m.role and m.text)
    thoughts = sum(len(message.thoughts) for message in messages)
    notes = [f"{join_names(names).capitalize()} were left out."] if names else []
    quoted = [f"“{name}”" for name in unknown if name][:4]
    notes += [f"What {join_names(quoted)} said was left out: that role is not known."] if quoted else []
    notes += ["What stands there without a role was left out."] if "" in unknown else []
    if thoughts:
        letters = count_letters(thoughts)
        notes.append(f"Reasoning of other turns was left out ({letters}): an answer keeps its own alone.")
    return tuple(notes)


def count_letters(count: int) -> str:
    """So many letters, in words."""
    return "1 letter" if count == 1 else f"{count:,} letters"


def join_names(names: Sequence[str]) -> str:
    """Names as people say them one after the other."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""


def as_object(value: object) -> JsonObject:
    """The value if it is a JSON object, else an empty one."""
    return value if isinstance(value, dict) else NO_VALUES


def as_list(value: object) -> list[Any]:
    """The value if it is a JSON array, else an empty one."""
    return value if isinstance(value, list) else []
