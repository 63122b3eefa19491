"""Endpoint: a model behind any address that speaks the OpenAI chat completions protocol."""

import asyncio
import time
from collections.abc import AsyncGenerator, Callable, Iterable
from contextlib import aclosing
from copy import copy

import httpx2

from components.core.card import Card
from components.core.event import Event
from components.core.prompt import Prompt
from components.models.background_model import BackgroundModel
from components.models.endpoint.answer_reader import AnswerReader
from components.models.endpoint.bound_key import FindKey, key_from_env
from components.models.endpoint.endpoint_address import GuardedTransport, address_of, cap_response, check_address
from components.models.endpoint.endpoint_errors import RefusedRequest, error_event, raise_refusal
from components.models.endpoint.endpoint_keys import read_key
from components.models.endpoint.endpoint_request import (
    guessed_parameter,
    refused_parameters,
    request_body,
    request_headers,
)
from components.models.endpoint.response_chunks import response_chunks
from components.models.generation import Generation
from components.models.source import Settings, Source

END_WAIT_S = 2.0  # seconds that more is waited for once a server told that its answer ended
PROTOCOL_DEFAULTS = {"temperature": 1.0, "top_p": 1.0}  # what a server that is told nothing answers with
RESPONSE_HOOKS = {"response": [cap_response]}


class Endpoint(BackgroundModel):
    """Asks in the background; each answer is a Generation that grows as it comes.

    Parameters that the server refuses are left out from then on; `refused` names them, shared by all `with_settings`.
    """

    def __init__(
        self, source: Source, settings: Settings | None = None, find_key: FindKey = key_from_env,
        transport: Callable[[], httpx2.AsyncBaseTransport] = GuardedTransport,
    ) -> None:  # fmt: skip
        super().__init__()
        self.source, self.settings, self.find_key, self.transport = source, settings or Settings(), find_key, transport
        self.patience = source.patience
        self.base_url = check_address(source.where)
        self.refused: list[str] = []
        self._suspected: list[str] = []  # left out once after an error that may have come by chance
        self._accepted: list[bool] = []  # filled once a question was accepted, so that its server's refusals are known

    @property
    def card(self) -> Card:
        """Which model it is, with the settings it answers with; its revision is its address, the key is nowhere."""
        settings = {name: value for name, value in self.settings.to_json().items() if name not in self.refused}
        usual = {name: value for name, value in PROTOCOL_DEFAULTS.items() if name in self.refused}
        if "max_completion_tokens" not in self.refused:
            usual["max_tokens"] = self.settings.max_tokens
        return Card(self.source.model, "endpoint", self.base_url, {**settings, **usual})

    def check(self) -> None:
        """Explained where its key is missing or cannot be sent."""
        self._key()

    def learn_refused(self, refused: Iterable[str]) -> None:
        """Leave these parameters out from the first question on; others were accepted when it was tested."""
        self.refused += refused
        self._accepted.append(True)

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
        return read_key(self.source.key, self.find_key, self.base_url)

    async def _answer(self, generation: Generation, key: str) -> None:
        try:
            waits = httpx2.Timeout(None, connect=self.patience.connect)
            async with (
                asyncio.timeout(self.patience.total),
                httpx2.AsyncClient(
                    transport=self.transport(), timeout=waits, trust_env=False, event_hooks=RESPONSE_HOOKS
                ) as line,
            ):
                await self._ask_until_answered(line, generation, key)
        except Exception as error:  # noqa: BLE001 whatever it is becomes one event that a person can read
            generation.add(error_event(error, generation.elapsed, bool(generation.events), (key,)))

    async def _ask_until_answered(self, line: httpx2.AsyncClient, generation: Generation, key: str) -> None:
        """Ask, and once more without each parameter that is refused; only the question that is answered is timed.

        Until a server is known to accept what it is asked with, an answer begins, for who waits for it too, when it is
        accepted, at the moment at which it was asked for.
        """
        refused, suspected, first = list(self.refused), list[str](), None
        while True:
            body = request_body(self.source.model, self.settings, generation.prompt, refused)
            request = line.build_request(
                "POST", address_of(self.base_url, "chat/completions"), json=body, headers=request_headers(key)
            )
            sent = time.monotonic()
            if self._accepted or generation.began is not None:
                generation.begin(sent)
            try:
                async with aclosing(self._events(line, request, generation, key, sent)) as events:
                    async for event in events:
                        if not generation.events:
                            self._accepted.append(True)
                            self._remember(refused, suspected)
                        generation.add(event)
                return
            except RefusedRequest as error:
                named = () if generation.events else refused_parameters(error, body)
                guessed = () if named or generation.events else guessed_parameter(error, body)
                first = None if named else first or error  # where guessing does not help, the first refusal counts
                if not (named or guessed):
                    begin_if_waiting(generation, sent)
                    raise first or error from None
                refused += [*named, *guessed]
                suspected += guessed if error.status >= 500 else ()
            except BaseException:
                begin_if_waiting(generation, sent)
                raise

    def _remember(self, refused: list[str], suspected: list[str]) -> None:
        """Leave these parameters out from now on; a suspected one from the second time on."""
        sure = [name for name in refused if name not in suspected or name in self._suspected]
        self.refused.extend(name for name in sure if name not in self.refused)
        self._suspected.extend(suspected)

    async def _events(
        self, line: httpx2.AsyncClient, request: httpx2.Request, generation: Generation, key: str, sent: float
    ) -> AsyncGenerator[Event]:
        """The events of one answer, with their times in seconds since it was asked for."""
        reader, loop, count = AnswerReader((key,) if key else ()), asyncio.get_running_loop(), 0
        try:
            async with asyncio.timeout(self.patience.first) as wait:
                response = await line.send(request, stream=True)
                async with aclosing(response):
                    await raise_refusal(response)
                    begin_if_waiting(generation, sent)
                    async with aclosing(response_chunks(response)) as chunks:
                        async for chunk in chunks:
                            for event in reader.read(chunk, generation.elapsed):
                                yield event
                            if thoughts := reader.take_new_thoughts():
                                generation.think(thoughts)
                            if reader.is_over or reader.count > count:
                                between = self.patience.between
                                left = min(END_WAIT_S, between) if reader.is_over else between
                                wait.reschedule(loop.time() + left)
                                count = reader.count
        except (TimeoutError, httpx2.TransportError):
            if not reader.is_over:
                raise
        for event in reader.finish(generation.elapsed):
            yield event


def begin_if_waiting(generation: Generation, sent: float) -> None:
    """Begin an answer that has not begun, at the moment of the monotonic clock at which it was asked for."""
    if generation.began is None:
        generation.begin(sent)
