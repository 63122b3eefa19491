"""Comparison: one recorded answer, played through several prototypes beside each other."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

from components.core.layer import Layer
from components.core.prompt import Prompt, content_id, question_messages
from components.core.prototype import Prototype
from components.core.recording import Recording, find_recording, replay
from components.core.timeline import Timeline, build_timeline

PANE_KEYS = "ABCD"


@dataclass(frozen=True)
class PaneComparison:
    """One comparison. `recordings` holds the answer on screen first, then the branches of its conversation."""

    recordings: tuple[Recording, ...]
    prototypes: tuple[Prototype, ...]
    keys: str = PANE_KEYS  # the panes' letters, and so their colours

    @property
    def surroundings(self) -> tuple[Layer, ...]:
        """The weather and the fault around every pane; () where the answer is played as recorded."""
        return ()

    @property
    def recording(self) -> Recording:
        """The answer that every pane plays."""
        return self.recordings[0]

    @property
    def prompt(self) -> Prompt:
        """What every pane is asked at the start, before any choice or second attempt."""
        return self.recording.prompt.root

    @property
    def replayed_recordings(self) -> tuple[Recording, ...]:
        """Every recording, the answer on screen last: it wins over others of the same prompt."""
        return (*self.recordings[1:], self.recording)

    @cached_property
    def id(self) -> str:
        """The hash of the prototypes and the surroundings: plays of the same comparison share it."""
        around = [layer.to_json() for layer in self.surroundings]
        return content_id({"prototypes": [prototype.id for prototype in self.prototypes], "weather": around})

    @cached_property
    def panes(self) -> Mapping[str, Prototype]:
        """Each prototype by its pane's key."""
        return dict(zip(self.keys, self.prototypes, strict=False))

    @cached_property
    def timelines(self) -> Mapping[str, Timeline]:
        """Each pane's timeline with its branches, by the pane's key."""
        model = replay(self.replayed_recordings)
        prompt = replace(self.prompt, temperature=self.recording.card.temperature)
        return {
            key: build_timeline(prototype.with_weather(*self.surroundings), prompt, model)
            for key, prototype in self.panes.items()
        }

    def with_prototype(self, key: str, prototype: Prototype) -> Self:
        """The same comparison with another prototype in one pane."""
        changed = {**self.panes, key: prototype}
        return replace(self, prototypes=tuple(changed[k] for k in self.panes))

    def only_pane(self, key: str) -> Self:
        """The comparison with one of its panes only, in that pane's colour."""
        return replace(self, prototypes=(self.panes[key],), keys=key)

    def with_added(self, prototype: Prototype) -> Self:
        """The comparison with one more pane, if there is room."""
        return replace(self, prototypes=(*self.prototypes, prototype)[: len(PANE_KEYS)])

    def without_pane(self, key: str) -> Self:
        """The comparison with one pane less; the last one stays."""
        remaining = tuple(prototype for other, prototype in self.panes.items() if other != key)
        return replace(self, prototypes=remaining or self.prototypes)

    def with_moved(self, key: str, by: int) -> Self:
        """The comparison with one pane further to the left (-1) or to the right (1); at the edge, the same."""
        order, place = list(self.prototypes), self.keys.index(key)
        to = place + by
        if not 0 <= to < len(order):
            return self
        order[place], order[to] = order[to], order[place]
        return replace(self, prototypes=tuple(order))


def conversation_start(recording: Recording, recordings: tuple[Recording, ...]) -> Recording | None:
    """The first answer of a recording's conversation; None where only its rest is kept."""
    first = recording.prompt.root
    if recording.prompt == first:
        return recording
    alone = None if recording.prompt.partial else replace(recording, prompt=Prompt(recording.prompt.conversation))
    return find_recording((other for other in recordings if shares_author(recording, other)), first) or alone


def branch_recordings(recording: Recording, recordings: tuple[Recording, ...]) -> tuple[Recording, ...]:
    """The recordings that follow in the same conversation: after a choice, of a further attempt, or with other
    instructions.
    """
    prompt = recording.prompt
    asked = question_messages(prompt.messages)
    return tuple(
        other
        for other in recordings
        if question_messages(other.prompt.messages) == asked
        and other.prompt != prompt
        and shares_author(recording, other)
    )


def shares_author(recording: Recording, other: Recording) -> bool:
    """Whether two answers can belong to one conversation: what was written goes only with what was written with it."""
    if recording.card.scripted or other.card.scripted:
        return recording.card == other.card
    return True
