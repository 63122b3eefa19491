"""Requests: the JSON that a player or a client of the proxy sends, and the prompt that is in it, every part checked."""

import json
from collections.abc import Mapping
from typing import Any, Literal, get_args

from starlette.requests import Request

from components.core.explained import Explained
from components.core.prompt import Prompt, Role
from components.models.transcripts.message_forms import parse_conversation, spoken_messages
from components.prompts.packs import with_script

MAX_CHOICES = 4
MAX_ATTEMPT = 9
MAX_QUESTION_CHARS, MAX_PARTIAL_CHARS = 500, 20_000
PromptForm = Literal["player", "chat"]
GARBLED = Explained("The question did not arrive in one piece.", "Your text is still in the box.", "Ask again.")


class RequestRejected(Exception):
    """A request that is not answered: its status, and the sentence and the code that its client reads."""

    def __init__(self, status: int, text: str, code: str | None = None) -> None:
        super().__init__(text)
        self.status, self.text, self.code = status, text, code


async def read_json_object(request: Request, max_bytes: int) -> dict[str, Any]:
    """The request's JSON object. RequestRejected where it is none (400) or longer than `max_bytes` (413)."""
    raw = bytearray()
    async for part in request.stream():
        raw += part
        if len(raw) > max_bytes:
            raise RequestRejected(413, f"The request is too long: {max_bytes:,} bytes at the most are taken.")
    try:
        values = json.loads(raw)
    except (ValueError, RecursionError):
        values = None
    if not isinstance(values, dict):
        raise RequestRejected(400, "The request is not a JSON object.")
    return values


def parse_prompt(values: Mapping[str, Any], form: PromptForm) -> Prompt:
    """The prompt in a request. Explained where it cannot be asked.

    A player sends `text`, and with it the choices made so far, the attempt, and the words to go on from. A chat client
    sends `messages`, the whole conversation.
    """
    return from_text(values) if form == "player" else from_messages(values.get("messages"))


def from_text(values: Mapping[str, Any]) -> Prompt:
    """One question with what the person chose on the way."""
    try:
        prompt = Prompt.from_typed(valid_text(values["text"]))
        for choice in values.get("choices", ())[:MAX_CHOICES]:
            step = Prompt.from_typed(valid_text(choice["option"]))
            prompt = prompt.with_choice(valid_text(choice["question"])[:MAX_QUESTION_CHARS], step.text)
        attempt = min(MAX_ATTEMPT, max(0, int(values.get("attempt", 0))))
        partial = valid_text(values.get("partial", ""))[:MAX_PARTIAL_CHARS]
    except (TypeError, ValueError, KeyError, OverflowError):
        raise GARBLED from None
    return with_script(Prompt(prompt.messages, prompt.choices, attempt, partial))


def from_messages(listed: object) -> Prompt:
    """A conversation; one that ends with the assistant's own words is gone on with from there."""
    if not isinstance(listed, list):
        raise Explained("There are no messages in the request.")
    read = parse_conversation(listed)
    if any(message.left_out or message.role not in get_args(Role) for message in read):
        raise Explained("Only text is forwarded: there are pictures, tools or unknown roles in the messages.")
    messages = spoken_messages(read)
    if not any(message.role == "user" for message in messages):
        raise Explained("Nobody asks anything in the messages.")
    begun = messages[-1].role == "assistant"
    return Prompt(messages[:-1], partial=messages[-1].text) if begun else Prompt(messages)


def pane_keys(values: Mapping[str, Any]) -> list[str]:
    """The panes that a player's request names; none for all of them. Explained where they are no names."""
    panes = values.get("panes", [])
    if not isinstance(panes, list) or not all(isinstance(key, str) for key in panes):
        raise GARBLED
    return panes


def valid_text(value: object) -> str:
    """A text in a request, half surrogate pairs taken out. TypeError where it is none."""
    if not isinstance(value, str):
        raise TypeError
    return value.encode(errors="ignore").decode()
