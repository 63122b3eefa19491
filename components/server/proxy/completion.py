"""Completion: answers and errors in the form of OpenAI's chat completions, whole or piece by piece."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from components.core.event import Event
from components.core.faults import fault_kind
from components.core.prompt import Prompt

ERROR_TYPES = {
    400: "invalid_request_error",
    401: "authentication_error",
    404: "not_found_error",
    429: "rate_limit_error",
}
FINISH_REASONS = {"length": "length", "filter": "content_filter", "tool": "tool_calls"}
RETRY_AFTER_S = "1"  # seconds that a client is told to wait where a prototype's weather has too many questions
BYTES_PER_TOKEN = 4  # bytes of text in a token, roughly; providers do not tell how long a prompt was


@dataclass(frozen=True)
class Reply:
    """What all pieces of one answer have in common; `top` alternatives where `logprobs` are wanted."""

    id: str
    model: str
    created: int
    logprobs: bool = False
    top: int = 0

    def chunk(self, delta: Mapping[str, Any], event: Event | None = None, finish: str | None = None) -> dict[str, Any]:
        """One piece of a streamed answer."""
        choice = {"index": 0, "delta": dict(delta), "logprobs": self.logprob_content([event] if event else []),
                  "finish_reason": finish}  # fmt: skip
        return {**self.common_fields("chat.completion.chunk"), "choices": [choice]}

    def whole_response(self, events: Sequence[Event], end: Event, used: Mapping[str, int]) -> dict[str, Any]:
        """The whole answer at once."""
        message = {"role": "assistant", "content": "".join(event.text for event in events), "refusal": None}
        choice = {
            "index": 0,
            "message": message,
            "logprobs": self.logprob_content(events),
            "finish_reason": finish_reason(end),
        }
        return {**self.common_fields("chat.completion"), "choices": [choice], "usage": dict(used)}

    def usage_chunk(self, used: Mapping[str, int]) -> dict[str, Any]:
        """The last piece, where the client asked for it: how many tokens it was."""
        return {**self.common_fields("chat.completion.chunk"), "choices": [], "usage": dict(used)}

    def common_fields(self, kind: str) -> dict[str, Any]:
        """The fields that every piece has."""
        return {"id": self.id, "object": kind, "created": self.created, "model": self.model}

    def logprob_content(self, events: Sequence[Event]) -> dict[str, Any] | None:
        """The probabilities of the tokens behind some words; None where nobody asked or none is known."""
        tokens = [token for event in events for token in event.tokens if token.get("logprob") is not None]
        if not self.logprobs or not tokens:
            return None
        listed = [
            {**token_logprob(token["text"], token["logprob"]),
             "top_logprobs": [token_logprob(*other) for other in list(token.get("alternatives", ()))[: self.top]]}
            for token in tokens
        ]  # fmt: skip
        return {"content": listed, "refusal": None}


def token_logprob(text: str, logprob: float) -> dict[str, Any]:
    """A token with its probability."""
    return {"token": text, "logprob": logprob, "bytes": list(text.encode(errors="replace"))}


def finish_reason(end: Event) -> str:
    """The protocol's `finish_reason` for an `end` event."""
    return FINISH_REASONS.get(str(end.data.get("reason")), "stop")


def token_usage(prompt: Prompt, events: Sequence[Event]) -> dict[str, int]:
    """The tokens of an answer, and roughly those of what was asked."""
    prompt_tokens = math.ceil(
        sum(len(message.text.encode(errors="replace")) for message in prompt.messages) / BYTES_PER_TOKEN
    )
    answer_tokens = sum(len(event.tokens) for event in events)
    return {
        "prompt_tokens": prompt_tokens,
        "completion_tokens": answer_tokens,
        "total_tokens": prompt_tokens + answer_tokens,
    }


def error_body(status: int, text: str, code: str | None = None) -> dict[str, Any]:
    """The body of an error response."""
    return {"error": {"message": text, "type": ERROR_TYPES.get(status, "server_error"), "param": None, "code": code}}


def fault_response(event: Event) -> tuple[int, dict[str, Any], dict[str, str]]:
    """The status, the body and the headers for an error of the model or of a prototype's weather."""
    fault = str(event.data.get("fault", ""))
    kind = fault_kind(fault)
    text = f"{event.data.get('what', kind.plain)} {event.data.get('do', kind.do)}".strip()
    headers = {"retry-after": retry_header(event.data.get("retry_after"))} if kind.status == 429 else {}
    return kind.status, error_body(kind.status, text, kind.code or fault or None), headers


def retry_header(seconds: object) -> str:
    """The value of the header Retry-After: whole seconds, or what a recording says where that is none."""
    try:
        return str(math.ceil(float(str(seconds or RETRY_AFTER_S))))
    except (ValueError, OverflowError):
        return str(seconds)


def sse_line(values: Mapping[str, Any]) -> bytes:
    """The values as a server-sent event."""
    return f"data: {json.dumps(values)}\n\n".encode()
