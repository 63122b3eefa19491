"""Paced: answers that are known beforehand, told again at their own times as if they were being made."""

import asyncio
import time
from abc import abstractmethod
from collections.abc import Iterable

from components.core.event import Event
from components.core.explained import Explained
from components.core.prompt import Prompt
from components.models.background_model import BackgroundModel
from components.models.generation import Generation


class PacedModel(BackgroundModel):
    """A model that looks its answers up. Every word comes when it is due, so layers and people see it live."""

    @abstractmethod
    def events_for(self, generation: Generation) -> Iterable[Event]:
        """The whole answer with its times; may take a while. Explained where there is none."""

    def check(self) -> None:
        """Nothing to check: it can always be asked."""

    def ask(self, prompt: Prompt) -> Generation:
        """An answer in the making."""
        return self.begin_generation(prompt, self._play)

    async def _play(self, generation: Generation) -> None:
        try:
            events = await asyncio.to_thread(self.events_for, generation)
        except Explained as problem:
            data = {"fault": "unrecorded", "what": problem.what, "kept": problem.kept, "do": problem.do}
            events = (Event(0.0, "error", f"LookupError: {problem.what}", data),)
        generation.begin(time.monotonic())
        for event in events:
            await asyncio.sleep(max(0.0, event.at - generation.elapsed))
            generation.add(event)
