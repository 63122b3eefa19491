"""Answer reader: from the chunks of a response to the events of an answer: its words, its thoughts and how it ended."""

from collections.abc import Iterator, Mapping
from typing import Any

from components.core.event import Event
from components.models.end_reasons import MAX_REASON_CHARS, read_reason
from components.models.endpoint.chunk_parts import SpokenParts, message_parts, spoken_parts
from components.models.endpoint.endpoint_errors import EndpointError, RefusedRequest
from components.models.endpoint.endpoint_keys import SecretFilter, hide_secrets
from components.models.endpoint.repeated_words import RepetitionFilter
from components.models.endpoint.response_chunks import ResponseChunk
from components.models.endpoint.server_message import ServerMessage, read_message
from components.models.endpoint.thought_tags import ThoughtSplitter
from components.models.endpoint.token_probabilities import TokenSpeller

UNFINISHED = "the stream ended without saying that the answer is complete"
MAX_NAMES_TOLD = 6  # names of what came in place of an answer


class AnswerReader:
    """Reads the chunks of one answer in turn. The end is told once all of it was read: words may come after its reason.

    `count` grows with each piece of words, thoughts or tool calls; `is_over` once the server told a reason to end.
    """

    def __init__(self, secrets: tuple[str, ...] = ()) -> None:
        self.count, self._secrets = 0, secrets
        self.is_over = False
        self._reason = self._word = ""
        self._over_at = 0.0
        self._foreign: dict[str, None] = {}  # names in what came, while nothing of it is a part of a chat completion
        self._is_chat = False
        self._done = self._has_words = self._has_thoughts = self._calls_tool = False
        self._thoughts: list[tuple[float, str]] = []  # those not yet told with a token or the end
        self._fresh: list[tuple[float, str]] = []  # those not yet taken
        self._speller, self._repetitions, self._tags = TokenSpeller(), RepetitionFilter(), ThoughtSplitter()
        self._words_filter, self._thoughts_filter = SecretFilter(secrets), SecretFilter(secrets)

    def read(self, chunk: ResponseChunk, at: float) -> Iterator[Event]:
        """The events of one chunk that came `at` seconds since Send. EndpointError where it is none, or a refusal."""
        values = chunk.values
        if chunk.is_done:
            self._done, self._over_at = True, self._over_at or at
            return
        choice = first_choice(values)
        self._is_chat = self._is_chat or "choices" in values
        if not self._is_chat:
            self._foreign.update(dict.fromkeys(values))
        if message := told_trouble(chunk, choice):
            raise RefusedRequest(0, message)
        parts = spoken_parts(choice) if choice else older_parts(values)
        if parts.is_whole:
            parts = parts._replace(words=self._repetitions.rest_of(parts.words))
        self._calls_tool = self._calls_tool or parts.calls_tool
        if parts.words or parts.thought or parts.calls_tool:
            self.count += 1
            self._over_at = at
        if parts.thought:
            self._keep_thoughts([(at, parts.thought)])
        spelled = self._speller.spell(
            parts.words, choice.get("logprobs") if choice and not is_thinking(parts) else None
        )
        tokens = [Event(at, "token", token.text, token.data) for token in spelled]
        for event in self._repetitions.filter(tokens):
            yield from self._tell(self._tags.split(event))
        self._read_end(chunk, choice or values, at)

    def finish(self, at: float) -> Iterator[Event]:
        """What was held, and the end. EndpointError where the answer broke off, or its end was a failure."""
        for event in self._repetitions.finish():
            yield from self._tell(self._tags.split(event))
        yield from self._tell(self._tags.finish())
        yield from self._with_thoughts(self._words_filter.finish())
        self._take_thoughts()
        self._thoughts += [(event.at, event.text) for event in self._thoughts_filter.finish()]
        if self._reason == "error":
            raise EndpointError("server", f"the server ended the answer with “{self._word}”")
        if self._foreign and not (self._is_chat or self.count or self._reason):
            names = ", ".join(f"“{name[:40]}”" for name in [*self._foreign][:MAX_NAMES_TOLD])
            raise EndpointError("malformed", hide_secrets(f"what came has no choices, but {names}", self._secrets))
        if not (self._reason or self._done):
            raise EndpointError("cut", UNFINISHED)
        data: dict[str, Any] = {"reason": self._end_reason()}
        if self._reason == "other":
            data["said"] = hide_secrets(self._word, self._secrets)
        if self._thoughts:
            data["thoughts"] = self._pop_thoughts()
        yield Event(min(at, self._over_at or at), "end", data=data)

    def take_new_thoughts(self) -> list[tuple[float, str]]:
        """The thoughts that were read since this was called before, each with its seconds since Send."""
        taken, self._fresh = self._fresh, []
        return taken

    @property
    def has_thoughts(self) -> bool:
        """Whether any thoughts came."""
        return self._has_thoughts

    def _end_reason(self) -> str:
        """Why the answer ended; where no word came, why there is none."""
        if self._has_words or self._reason in ("length", "filter", "tool", "other"):
            return self._reason or "stop"
        return "tool" if self._calls_tool else "thoughts" if self._has_thoughts else "empty"

    def _read_end(self, chunk: ResponseChunk, choice: Mapping[str, Any], at: float) -> None:
        told = (read_reason(choice[name]) for name in REASON_FIELDS if choice.get(name) is not None)
        reason, word = next(filter(any, told), ("", ""))
        if reason:
            kept = self._reason == "error"  # a failure stays one, whatever is said after it
            cause = str(choice.get("native_finish_reason") or "")[:MAX_REASON_CHARS]
            word = f"{word}: {cause}" if reason == "error" and cause not in ("", word) else word
            self._reason, self._word = (self._reason, self._word) if kept else (reason, word)
            self._over_at, self.is_over = at, True
        elif values_tell_usage(chunk.values) or (chunk.is_whole and (choice.get("message") or choice.get("done"))):
            self._done, self._over_at = True, at

    def _tell(self, words: Iterator[Event]) -> Iterator[Event]:
        """The words without a secret, each with the thoughts that came before it."""
        for event in words:
            self._take_thoughts()
            yield from self._with_thoughts(self._words_filter.filter(event))
        self._take_thoughts()

    def _with_thoughts(self, words: Iterator[Event]) -> Iterator[Event]:
        for event in words:
            self._has_words = self._has_words or bool(event.text.strip())
            yield event.with_data(thoughts=self._pop_thoughts()) if self._thoughts else event

    def _take_thoughts(self) -> None:
        """Take over the thoughts that stood between tags."""
        taken, self._tags.thoughts = self._tags.thoughts, []
        self._keep_thoughts([(at, text) for at, text in taken if text])

    def _keep_thoughts(self, thoughts: list[tuple[float, str]]) -> None:
        for at, text in thoughts:
            self._has_thoughts = self._has_thoughts or bool(text.strip())
            kept = self._thoughts_filter.filter(Event(at, "token", text))
            new = [(event.at, event.text) for event in kept]
            self._thoughts += new
            self._fresh += new

    def _pop_thoughts(self) -> list[list[Any]]:
        thoughts, self._thoughts = self._thoughts, []
        return [[round(at, 4), text] for at, text in thoughts]


REASON_FIELDS = ("finish_reason", "finishReason", "finish_details", "stop_reason", "done_reason")


def values_tell_usage(values: Mapping[str, Any]) -> bool:
    """Whether a chunk only says how many tokens were used, as comes behind an answer that is complete."""
    return values.get("choices") == [] and bool(values.get("usage"))


def is_thinking(parts: SpokenParts) -> bool:
    """Whether a piece holds thoughts alone, whose probabilities say nothing of the answer."""
    return bool(parts.thought) and not parts.words


def first_choice(values: Mapping[str, Any]) -> dict[str, Any]:
    """The first of the choices in a chunk; empty where it has none. EndpointError where they are no choices."""
    choices = values.get("choices")
    if not choices:
        return {}
    if not isinstance(choices, list) or not isinstance(choices[0], dict):
        raise EndpointError("malformed", "the endpoint sent choices that are none")
    return next((choice for choice in choices if isinstance(choice, dict) and not choice.get("index")), {})


def told_trouble(chunk: ResponseChunk, choice: Mapping[str, Any]) -> ServerMessage | None:
    """What a chunk says of the server's trouble; None where it speaks of none."""
    values = chunk.values
    base = values.get("base_resp")
    failed = isinstance(base, dict) and str(base.get("status_code") or 0) != "0"
    if chunk.is_error or failed or values.get("error") or values.get("errors"):
        return read_message(values)
    if values.get("object") == "error" or values.get("type") == "error" or values.get("success") is False:
        return read_message(values)
    if choice.get("error"):
        return read_message(choice["error"])
    if "choices" in values:
        return None
    speaks = any(values.get(name) and isinstance(values[name], str | list) for name in ("detail", "message", "msg"))
    return read_message(values) if speaks else None


def older_parts(values: Mapping[str, Any]) -> SpokenParts:
    """The parts of a chunk without choices, as a server says them whose own protocol has a message at its top."""
    message = values.get("message")
    return message_parts(message) if isinstance(message, dict) else SpokenParts()
