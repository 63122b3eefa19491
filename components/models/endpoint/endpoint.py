"""Endpoint: a model behind any address that speaks the OpenAI chat completions protocol."""

import asyncio
import json
import math
import time
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import aclosing
from copy import copy
from typing import Any

import httpx2
import openai

from components.core.card import Card
from components.core.event import Event
from components.core.prompt import Prompt
from components.models.background_model import BackgroundModel
from components.models.endpoint.endpoint_address import GuardedTransport, cap_response, check_address
from components.models.endpoint.endpoint_errors import EndpointError, error_event
from components.models.endpoint.endpoint_keys import key_from_env, read_key
from components.models.endpoint.event_stream import server_events
from components.models.generation import Generation
from components.models.source import Settings, Source

MAX_ALTERNATIVES = 5
RESPONSE_HOOKS = {"response": [cap_response]}
END_REASONS = {"stop": "stop", "length": "length", "content_filter": "filter"}


class Endpoint(BackgroundModel):
    """Asks in the background; each answer is a Generation that grows as it comes."""

    def __init__(
        self, source: Source, settings: Settings | None = None, find_key: Callable[[str], str] = key_from_env,
        transport: Callable[[], httpx2.AsyncBaseTransport] = GuardedTransport,
    ) -> None:  # fmt: skip
        super().__init__()
        self.source, self.settings, self.find_key, self.transport = source, settings or Settings(), find_key, transport
        self.patience = source.patience
        self.base_url = check_address(source.where)
        self.without_logprobs = False  # whether this endpoint refused to give probabilities

    @property
    def card(self) -> Card:
        """Which model it is; its revision is its address, the key is nowhere."""
        return Card(self.source.model, "endpoint", self.base_url, self.settings.to_json())

    def check(self) -> None:
        """Explained where its key is missing."""
        self._key()

    def with_settings(self, settings: Settings) -> "Endpoint":
        """The same endpoint, asked with other settings."""
        other = copy(self)
        other.settings = settings
        return other

    def ask(self, prompt: Prompt) -> Generation:
        """An answer in the making."""
        key = self._key()
        return self.begin_generation(prompt, lambda generation: self._answer(generation, key))

    def _key(self) -> str:
        return read_key(self.source.key, self.find_key)

    async def _answer(self, generation: Generation, key: str) -> None:
        try:
            waits = httpx2.Timeout(None, connect=self.patience.connect)
            async with httpx2.AsyncClient(
                transport=self.transport(), timeout=waits, trust_env=False, event_hooks=RESPONSE_HOOKS
            ) as line:
                client = openai.AsyncOpenAI(
                    base_url=self.base_url, api_key=key or "none", max_retries=0, http_client=line
                )
                completions = client.chat.completions  # read in here the first time, before the clock runs
                generation.begin(time.monotonic())
                events = self._events(completions, generation.prompt)
                async with asyncio.timeout(self.patience.total), aclosing(events):
                    async for event in events:
                        generation.add(event.with_time(generation.elapsed))
            if not generation.done:
                raise EndpointError("cut", "the stream ended without saying that the answer is complete")
        except Exception as error:  # noqa: BLE001 whatever it is becomes one event that a person can read
            generation.add(error_event(error, generation.elapsed, bool(generation.events), (key,)))

    async def _events(self, completions: Any, prompt: Prompt) -> AsyncGenerator[Event]:
        """The events of one answer, their times still to be filled in."""
        async with asyncio.timeout(self.patience.first) as wait:
            stream = await self._open_stream(completions, prompt)
            async with stream:
                has_words = False
                async with aclosing(response_chunks(stream.response)) as chunks:
                    async for chunk in chunks:
                        for event in chunk_events(chunk):
                            has_words = has_words or bool(event.text)
                            yield mark_empty_end(event, has_words)
                        wait.reschedule(asyncio.get_running_loop().time() + self.patience.between)

    async def _open_stream(self, completions: Any, prompt: Prompt) -> Any:
        """The stream of an answer; asked for once more without probabilities where those are refused."""
        if not self.without_logprobs:
            try:
                return await self._request_completion(completions, prompt, logprobs=True, top_logprobs=MAX_ALTERNATIVES)
            except (openai.BadRequestError, openai.UnprocessableEntityError) as error:
                if "logprob" not in str(error).lower():
                    raise
            self.without_logprobs = True
        return await self._request_completion(completions, prompt)

    async def _request_completion(self, completions: Any, prompt: Prompt, **options: Any) -> Any:
        s = self.settings
        system = [{"role": "system", "content": s.system}] if s.system else []
        turns = [{"role": message.role, "content": message.text} for message in prompt.conversation]
        begun = [{"role": "assistant", "content": prompt.partial}] if prompt.partial else []
        extra = {"seed": s.seed, "stop": list(s.stop) or None}
        return await completions.create(
            model=self.source.model, messages=[*system, *turns, *begun], stream=True, temperature=s.temperature,
            top_p=s.top_p, max_tokens=s.max_tokens, **{k: v for k, v in extra.items() if v is not None}, **options,
        )  # fmt: skip


async def response_chunks(response: httpx2.Response) -> AsyncGenerator[dict[str, Any]]:
    """The chunks of a response as dicts; an endpoint that does not stream gives its whole answer as one.

    EndpointError for what is no answer. Where the body ends within a chunk, that chunk is left out.
    """
    kind = response.headers.get("content-type", "").lower()
    if "json" in kind:
        yield {**read_chunk(await response.aread()), "whole": True}
        return
    if "html" in kind:
        raise EndpointError("malformed", "the endpoint sent a web page instead of an answer")
    async with aclosing(server_events(response.aiter_bytes())) as events:
        async for event in events:
            if event.data.startswith("[DONE]"):
                return
            try:
                yield read_chunk(event.data)
            except json.JSONDecodeError:
                if event.is_whole:
                    raise


def read_chunk(text: str | bytes) -> dict[str, Any]:
    """The JSON object in a text. JSONDecodeError where it is no JSON, EndpointError where it is no object."""
    value = json.loads(text)
    if not isinstance(value, dict):
        raise EndpointError("malformed", "the endpoint sent something that is no answer")
    return value


def chunk_events(chunk: dict[str, Any]) -> Iterator[Event]:
    """The events in one piece: tokens, with their probabilities where it has them, and the end.

    EndpointError where it is none.
    """
    if error := chunk.get("error"):
        raise EndpointError("server", str(error.get("message", error) if isinstance(error, dict) else error))
    choices = chunk.get("choices") or []
    if not isinstance(choices, list) or (choices and not isinstance(choices[0], dict)):
        raise EndpointError("malformed", "the endpoint sent choices that are none")
    if not choices:
        if chunk.get("whole"):
            raise EndpointError("empty", "the endpoint sent an answer without a choice")
        return
    message = choices[0].get("message" if chunk.get("whole") else "delta") or {}
    text = message.get("content") if isinstance(message, dict) else None
    if isinstance(text, str) and text:
        yield from chunk_tokens(text, choices[0].get("logprobs"))
    if reason := choices[0].get("finish_reason"):
        yield Event(0.0, "end", data={"reason": END_REASONS.get(str(reason), "stop")})


def chunk_tokens(text: str, logprobs: object) -> Iterator[Event]:
    """The tokens of a piece: each with its probability where they make up the text, else the text as one."""
    listed = logprobs.get("content") if isinstance(logprobs, dict) else None
    tokens = [token for token in listed or [] if isinstance(token, dict) and is_finite_number(token.get("logprob"))]
    if tokens and "".join(str(token.get("token", "")) for token in tokens) == text:
        for token in tokens:
            likely = [other for other in token.get("top_logprobs") or [token] if is_finite_number(other.get("logprob"))]
            named = [[str(other.get("token", "")), float(other["logprob"])] for other in likely]
            data = {"logprob": float(token["logprob"]), "alternatives": named}
            yield Event(0.0, "token", str(token["token"]), data)
    else:
        data = {"logprob": sum(float(token["logprob"]) for token in tokens)} if tokens else {}
        yield Event(0.0, "token", text, data)


def is_finite_number(value: object) -> bool:
    """Whether it is a number that can be counted with."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def mark_empty_end(event: Event, has_words: bool) -> Event:
    """The event, an end without any text before it given the reason "empty"."""
    return event if event.kind != "end" or has_words else Event(event.at, "end", data={"reason": "empty"})
