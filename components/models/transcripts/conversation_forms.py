"""Conversation forms: the messages of a conversation in the order in which they were said, whether it is written down
as a list, as pairs, as texts by turns, as a tree or as lines that begin with who speaks.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any, TypeVar

from components.core.prompt import Role
from components.models.transcripts.field_names import FIELD_ALIASES, plain_name, ranked_names
from components.models.transcripts.json_values import unpack_json
from components.models.transcripts.message_forms import (
    CONTENT_KEYS,
    PLAIN_KEYS,
    SPEAKER_KEYS,
    as_object,
    is_message_list,
    known_role,
    message_values,
    role_name,
)
from components.models.transcripts.message_parts import JsonObject
from components.models.transcripts.moment_forms import parse_moment

DIALOG_NAMES = (
    "messages", "conversation", "conversations", "chat messages", "dialog", "dialogue", "dialogs", "turns", "chat",
    "data",
    "history", "chat history", "transcript", "utterances", "contents", "exchanges", "rounds",
)  # fmt: skip
ID_KEYS = ("id", "messageId", "message_id", "uuid")
PARENT_KEYS = ("parentMessageId", "parentId", "parent_id", "parentUuid", "parent_message_uuid", "parent")
CURRENT_KEYS = ("current_node", "currentId", "currentNode", "current_leaf_message_uuid", "currentMessageId")
SPEAKER_PATTERN = re.compile(
    r"(?:^[ \t]*(?:#{1,6}[ \t]*)?(?:\*\*|\[)?|#{2,4}[ \t]*)(user|human|you|customer|me|question|q|prompt|assistant|ai"
    r"|bot|chatgpt|gpt|claude|model|agent|answer|a|response|system)(?:\*\*|\])?[ \t]*:(?:\*\*)?[ \t]*"
    r"|^(?:#{1,6}[ \t]+(?:\*\*)?|\*\*)(user|human|you|prompt|assistant|ai|chatgpt|claude|gemini|copilot|model|bot"
    r"|response|system)(?:\*\*)?[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
TITLE_PATTERN = re.compile(r"(?:[ \t]*(?:#.*|>.*|[-_*]{3,}[ \t]*)?\r?\n)*")  # above the first speaker
SPEAKERS: Mapping[str, Role] = {"question": "user", "prompt": "user", "answer": "assistant", "response": "assistant"}
MAX_MOMENT_DIGITS = 20  # of a number that is a moment
ASKED_AGAIN_KEY = "parallax asked again"  # marks a message that was not the first one at its place in a tree
Item = TypeVar("Item")


def listed_messages(value: object, in_dialog: bool = True) -> list[Any] | None:
    """The messages in a list; None where it holds none. `in_dialog`: texts by turns and pairs are messages too."""
    value = unpack_json(value)
    if not isinstance(value, list) or not value:
        return None
    if is_message_list(value):
        return value
    if len(value) == 1 and isinstance(value[0], list):
        return listed_messages(value[0], in_dialog)
    return paired_messages(value) if in_dialog else None


def paired_messages(value: list[Any]) -> list[Any] | None:
    """The messages in a list of pairs, of texts by turns, or of objects with a question and its answer."""
    if all(isinstance(text, str) for text in value):
        return by_turns(value) if len(value) > 1 else None
    if all(isinstance(pair, list) and len(pair) == 2 for pair in value):
        texts = [text for pair in value for text in pair]
        return by_turns(texts) if all(isinstance(text, str) or text is None for text in texts) else None
    if not all(isinstance(pair, Mapping) for pair in value):
        return None
    if not all(text_field(pair, "question") and text_field(pair, "answer") for pair in value):
        return None
    return [message for pair in value for message in pair_messages(pair)]


def pair_messages(pair: JsonObject) -> list[Any]:
    """The two messages of an object with a question and its answer; what is told beside them belongs to the answer."""
    asked, answered = text_field(pair, "question"), text_field(pair, "answer")
    beside = {
        name: value
        for name, value in pair.items()
        if value not in (asked, answered) and name not in (*ID_KEYS, *PARENT_KEYS, *SPEAKER_KEYS, *CONTENT_KEYS)
    }
    session = {name: pair[name] for name in ranked_names(tuple(pair), "conversation")}
    return [
        {"role": "user", "content": asked, **session},
        {**beside, "role": "assistant", "content": answered},
    ]


def by_turns(texts: Sequence[str | None]) -> list[Any]:
    """Messages from texts that a person and a model say by turns; empty ones are left out."""
    roles = ("user", "assistant")
    return [{"role": roles[index % 2], "content": text} for index, text in enumerate(texts) if text]


def text_field(values: JsonObject, field: str) -> str:
    """The text under the name that fits a field best; "" where there is none."""
    texts = (values[name] for name in ranked_names(tuple(values), field))
    return next((text for text in texts if isinstance(text, str) and text.strip()), "")


def conversation_lists(values: JsonObject) -> list[tuple[str, list[Any]]]:
    """(name, messages) of each conversation that an object holds, the one under the most usual name first."""
    found = []
    asks = bool(text_field(values, "question"))
    for name, value in values.items():
        bare = plain_name(name)
        if asks and bare in FIELD_ALIASES["history"]:
            continue
        in_dialog = bare in DIALOG_NAMES
        if (
            not isinstance(value, (str if in_dialog else list) | list)
            or bare in FIELD_ALIASES["answer"]
            or bare in NOT_SPOKEN
        ):
            continue
        listed = listed_messages(value, in_dialog)
        if listed is not None:
            found.append((name, listed))
    found.sort(key=lambda pair: DIALOG_NAMES.index(bare) if (bare := plain_name(pair[0])) in DIALOG_NAMES else 99)
    return found


NOT_SPOKEN = ("chosen", "rejected", "preferred output", "non preferred output", "choices", "candidates", "generations")


def spoken_lines(text: str) -> list[Any] | None:
    """The messages of a text whose paragraphs begin with who speaks; None where it is none such."""
    first = SPEAKER_PATTERN.search(text[:1_000])
    if first is None or not TITLE_PATTERN.fullmatch(text[: first.start()].lstrip("\ufeff")):
        return None
    matches = list(SPEAKER_PATTERN.finditer(text))
    ends = [match.start() for match in matches[1:]] + [len(text)]
    messages = [
        {"role": SPEAKERS.get(speaker_in(match), speaker_in(match)), "content": text[match.end() : end].strip()}
        for match, end in zip(matches, ends, strict=True)
    ]
    roles = {known_role(message["role"]) for message in messages if message["content"]}
    return messages if {"user", "assistant"} <= roles else None


def speaker_in(match: re.Match[str]) -> str:
    """Who speaks where a paragraph begins."""
    return (match[1] or match[2]).lower()


def message_tree(values: JsonObject) -> list[Any] | None:
    """The messages along the current branch of a tree in an object or one level below; None where it holds none."""
    for holder in (values, *(inner for inner in values.values() if isinstance(inner, dict))):
        for nodes in holder.values():
            if isinstance(nodes, dict) and nodes and all(map(is_tree_node, nodes.values())):
                return branch_of(nodes, current_node(holder) or current_node(values))
    return None


def is_tree_node(value: object) -> bool:
    """Whether a value is a node of a tree of messages."""
    return isinstance(value, dict) and any(name in value for name in PARENT_KEYS) and (
        "message" in value or "role" in value or "content" in value
    )  # fmt: skip


def current_node(values: JsonObject) -> str:
    """The id of the message at which a conversation stands; "" where that is not told."""
    return next((str(values[name]) for name in CURRENT_KEYS if values.get(name)), "")


def branch_of(nodes: Mapping[str, Any], current: str) -> list[Any]:
    """The messages from the root of a tree to its current node, or else to the last one that has no answer."""
    parents = {parent_id(node) for node in nodes.values()}
    leaves = [id for id in nodes if id not in parents]
    id = current if current in nodes else (leaves or list(nodes))[-1]
    branch: dict[str, Any] = {}
    first_children: dict[str, str] = {}
    for child, node in nodes.items():
        first_children.setdefault(parent_id(node), child)
    while id in nodes and id not in branch:
        again = first_children.get(parent_id(nodes[id])) != id
        branch[id] = {**nodes[id], ASKED_AGAIN_KEY: True} if again else nodes[id]
        id = parent_id(nodes[id])
    return [node for node in reversed(branch.values()) if not ("message" in node and node["message"] is None)]


def parent_id(values: JsonObject) -> str:
    """The id of the message before; "" where there is none."""
    return next((str(values[name]) for name in PARENT_KEYS if values.get(name)), "")


def spoken_order(listed: list[Any], current: str = "", day_first: bool | None = None) -> list[Any]:
    """Messages in the order in which they were said: along the current branch, else by their moments."""
    if all(as_object(raw).keys() == PLAIN_KEYS for raw in listed):
        return listed
    objects = [as_object(raw) for raw in listed]
    parents = [parent for values in objects if (parent := parent_id(values))]
    if len(set(parents)) < len(parents):
        ids = [
            next((str(values[name]) for name in ID_KEYS if values.get(name)), str(n))
            for n, values in enumerate(objects)
        ]
        nodes = dict(zip(ids, listed, strict=True))
        if sum(parent in nodes for parent in parents) > len(set(parents) & set(nodes)):
            return branch_of(nodes, current)
    order = order_by_time(listed, [message_moment(raw, day_first) for raw in listed])
    return order if order is listed or speaks_first(order) or not speaks_first(listed) else listed


def speaks_first(listed: Sequence[Any]) -> bool:
    """Whether a person says something before the model does."""
    roles = (known_role(role_name(message_values(raw))) for raw in listed)
    return next((role for role in roles if role in ("user", "assistant")), "") == "user"


def message_moment(raw: object, day_first: bool | None) -> datetime | None:
    """When a message was said; None where it does not tell."""
    return next((moment for _, moment in told_moments(message_values(raw), day_first) if moment is not None), None)


def told_moments(values: JsonObject, day_first: bool | None) -> Iterator[tuple[object, datetime | None]]:
    """(what is written, its moment) of an object's dates, the one whose name fits best first."""
    for name in ranked_names(tuple(values), "created"):
        value = plain_moment(values[name])
        if isinstance(value, str | int | float) and not isinstance(value, bool) and value != "":
            yield value, parse_moment(value, day_first)


def plain_moment(value: object) -> object:
    """A moment without the object that a database writes around it."""
    if not isinstance(value, dict):
        return value
    while isinstance(value, dict) and len(value) == 1 and next(iter(value)) in ("$date", "$numberLong", "$numberInt"):
        [value] = value.values()
    return int(value) if isinstance(value, str) and value.isdecimal() and len(value) < MAX_MOMENT_DIGITS else value


def session_name(values: JsonObject) -> str:
    """What the conversation is called that a message belongs to; "" where it does not tell."""
    told = (values[name] for name in ranked_names(tuple(values), "conversation"))
    return next((str(name) for name in told if isinstance(name, str | int) and name != ""), "")


def split_sessions(listed: list[Any]) -> list[list[Any]]:
    """The messages of each conversation in a list, where they tell to which one they belong."""
    if listed and as_object(listed[0]).keys() == PLAIN_KEYS:
        return [listed]
    sessions: dict[str, list[Any]] = {}
    for raw in listed:
        sessions.setdefault(session_name(as_object(raw)), []).append(raw)
    return list(sessions.values())


def order_by_time(items: list[Item], moments: Sequence[datetime | None], newest_first: bool = False) -> list[Item]:
    """Items in the order of their moments. Where some have none, the order stays, or is turned round where the newest
    stands first.
    """
    known = [moment for moment in moments if moment is not None]
    falls = is_falling(known) or (newest_first and len(set(known)) < 2)
    if falls:
        return items[::-1]
    if len(known) < len(items) or all(a <= b for a, b in pairwise(known)):
        return items
    order = sorted(range(len(items)), key=lambda index: known[index])
    return [items[index] for index in order]


def is_falling(moments: Sequence[datetime]) -> bool:
    """Whether the newest moment stands first, and each one after it is no later."""
    return len(moments) > 1 and moments[0] > moments[-1] and all(a >= b for a, b in pairwise(moments))
