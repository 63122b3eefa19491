"""Asked model: one of the models that a live answer asks, with everything that it is asked for."""

from collections.abc import Callable

from components.core.event import Event, Stream
from components.core.explained import Explained
from components.core.prompt import Prompt
from components.layers.failure.fault_words import KEPT_TEXT, fault_words
from components.models.generation import Generation
from components.models.make_recording import make_recording
from components.models.model import Model
from components.store import Store


class AskedModel:
    """A model, the panes that it answers in, and its answers by prompt, attempt and partial: each is made once.

    `told` is called from another thread whenever something changed.
    """

    def __init__(self, model: Model, panes: tuple[str, ...], told: Callable[[], None]) -> None:
        self.model, self.panes, self.told = model, panes, told
        self.card = model.card  # as it is now: its files may be others when the answer is kept
        self.generations: dict[tuple[str, int, str], Generation] = {}

    def answer(self, prompt: Prompt) -> Stream:
        """The model for every pane: the same prompt and attempt is generated once, however many panes ask."""
        key = (prompt.id, prompt.attempt, prompt.partial)
        if key not in self.generations:
            self.generations[key] = self.model.ask(prompt)
            self.generations[key].on_change(self.told)
        for event in self.generations[key].stream():
            if event.kind == "token":  # a layer that hurries must not tell a word before the model did
                thoughts = {"thoughts": event.data["thoughts"]} if "thoughts" in event.data else {}
                yield Event(event.at, "silence", data={"more": True, **thoughts})
            yield event

    @property
    def first(self) -> Generation | None:
        """What it was asked first; None where it was not asked."""
        return next(iter(self.generations.values()), None)

    @property
    def began(self) -> float | None:
        """When it began to answer, on this computer's monotonic clock (seconds); None before that."""
        begun = (made.began for made in tuple(self.generations.values()) if made.began is not None)
        return next(begun, None)

    @property
    def waits(self) -> bool:
        """Whether it was asked, and has neither begun nor failed."""
        return self.first is not None and self.first.began is None and not self.first.done

    @property
    def has_words(self) -> bool:
        """Whether any words came."""
        return any(has_any_words(made) for made in tuple(self.generations.values()))

    @property
    def problem(self) -> Explained | None:
        """Why it failed in the end: panes tell it in their own ways, some only in its raw words. None where it did
        not.
        """
        events = [event for made in tuple(self.generations.values())[-1:] for event in made.events]
        if not events or events[-1].kind != "error":
            return None
        words, data = fault_words(events[-1].data.get("fault")), events[-1].data
        kept_text = KEPT_TEXT if len(events) > 1 else ""
        return Explained(data.get("what", words.plain), data.get("kept", kept_text), data.get("do", words.do))

    def keep(self, store: Store, question: Prompt, today: str, broken: bool = False) -> list[str]:
        """Keep every answer as a recording, where `broken` also those that failed before their first words.

        Their ids, those without instructions before the question first. `today` is an ISO date.
        """
        made = sorted(self.generations.values(), key=lambda generation: generation.prompt.messages != question.messages)
        return [
            generation.recording_id
            or store.keep_recording(make_recording(finished_events(generation), generation.prompt, self.card, today))
            for generation in made
            if has_any_words(generation) or (broken and generation.done and generation.events[-1].kind == "error")
        ]


def has_any_words(generation: Generation) -> bool:
    """Whether any words of an answer came."""
    return any(event.kind == "token" for event in generation.events)


def finished_events(generation: Generation) -> tuple[Event, ...]:
    """The events of an answer; one that is left in the middle was stopped."""
    events = tuple(generation.events)
    return events if generation.done else (*events, Event(generation.elapsed, "end", data={"reason": "stopped"}))
