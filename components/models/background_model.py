"""Background: the loop on which every answer comes in that no process on this computer makes."""

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from functools import cache
from threading import Thread
from typing import Any

from components.core.event import Event
from components.core.prompt import Prompt
from components.models.generation import Generation


class BackgroundModel:
    """A model that is waited for, not computed: each answer is a Generation that grows while its work goes on."""

    def __init__(self) -> None:
        self._work: dict[Generation, Future[None]] = {}

    @property
    def making(self) -> tuple[Generation, ...]:
        """The answers that are being made."""
        return tuple(generation for generation in tuple(self._work) if not generation.done)

    def close(self) -> None:
        """Stop every answer."""
        for generation in tuple(self._work):
            generation.stop()

    def begin_generation(self, prompt: Prompt, work: Callable[[Generation], Coroutine[Any, Any, None]]) -> Generation:
        """An answer in the making, with the work that adds its events."""
        generation = Generation(prompt, self._stop)
        future = self._work[generation] = asyncio.run_coroutine_threadsafe(work(generation), background_loop())
        future.add_done_callback(lambda _: self._work.pop(generation, None))
        return generation

    def _stop(self, generation: Generation) -> None:
        work = self._work.get(generation)
        if work is not None:
            work.cancel()
        generation.add(Event(generation.elapsed, "end", data={"reason": "stopped"}))


@cache
def background_loop() -> asyncio.AbstractEventLoop:
    """The event loop of every background answer, in a daemon thread; one for the program."""
    loop = asyncio.new_event_loop()
    Thread(target=loop.run_forever, name="answers", daemon=True).start()
    return loop
