"""Comparison: one question, played through several prototypes beside each other: with one recorded answer, or with an
answer of each pane's own model.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

from components.core.event import Event
from components.core.layer import Layer
from components.core.own_model import OwnModel
from components.core.prompt import Prompt, content_id, question_messages
from components.core.prototype import Prototype
from components.core.recording import Recording, find_recording, replay
from components.core.timeline import Timeline, build_timeline

PANE_KEYS = "ABCD"
UNANSWERED_TEXT = "This pane's model has not answered this question yet. Ask live to hear it."
UNANSWERED = Timeline((Event(0.0, "notice", UNANSWERED_TEXT, {"remark": True}), Event(0.0, "end")))


@dataclass(frozen=True)
class PaneComparison:
    """One comparison. `recordings` holds the answer on screen first, then the branches of its conversation.

    `answers` are those to the same question by the panes' own models; their branches are among `recordings` too.
    """

    recordings: tuple[Recording, ...]
    prototypes: tuple[Prototype, ...]
    keys: str = PANE_KEYS  # the panes' letters, and so their colours
    answers: tuple[tuple[OwnModel, Recording], ...] = ()

    @property
    def surroundings(self) -> tuple[Layer, ...]:
        """The weather and the fault around every pane; () where the answer is played as recorded."""
        return ()

    @property
    def recording(self) -> Recording:
        """The answer that every pane plays, but for those with a model of their own."""
        return self.recordings[0]

    @property
    def prompt(self) -> Prompt:
        """What every pane is asked at the start, before any choice or second attempt."""
        return self.recording.prompt.root

    @property
    def replayed_recordings(self) -> tuple[Recording, ...]:
        """Every recording, the answer on screen last: it wins over others of the same prompt."""
        return (*self.recordings[1:], self.recording)

    def recording_of(self, key: str) -> Recording | None:
        """The answer that a pane plays; None where its own model has not answered this question yet."""
        own = self.panes[key].own_model
        if own is None:
            return self.recording
        asked = self.prompt.question
        return next((found for model, found in self.answers if model == own and found.prompt.question == asked), None)

    @cached_property
    def pane_answers(self) -> Mapping[str, Recording]:
        """The answer of each pane that has one, by the pane's key."""
        found = {key: self.recording_of(key) for key in self.panes}
        return {key: recording for key, recording in found.items() if recording is not None}

    @property
    def unanswered_panes(self) -> tuple[str, ...]:
        """The panes whose own model has not answered this question yet."""
        return tuple(key for key in self.panes if key not in self.pane_answers)

    @property
    def plays_one_answer(self) -> bool:
        """Whether every pane plays the same recording."""
        return not self.unanswered_panes and len({recording.id for recording in self.pane_answers.values()}) == 1

    @property
    def authors(self) -> tuple[str, ...]:
        """The names of those who answer in the panes, each once, from the left."""
        names = (
            self.pane_answers[key].card.author if key in self.pane_answers else getattr(prototype.own_model, "name", "")
            for key, prototype in self.panes.items()
        )
        return tuple(dict.fromkeys(names))

    @property
    def answer_id(self) -> str:
        """The id of the answer that is on screen; of several, all of their ids."""
        return join_answer_ids(recording.id for recording in self.pane_answers.values())

    def recordings_of(self, key: str) -> tuple[Recording, ...]:
        """What a pane replays, its own answer last: where panes have answers of different models, its model's alone."""
        own = self.recording_of(key)
        if own is None:
            return ()
        if self.plays_one_answer:
            return self.replayed_recordings
        further = (other for other in self.recordings[1:] if shares_model(own, other))
        return (*(other for other in further if other.prompt != own.prompt), own)

    def recordings_for_prototype(self, prototype: Prototype) -> tuple[Recording, ...]:
        """What a prototype replays in its pane; those of the others where its own model has not answered."""
        found = (self.recordings_of(key) for key, other in self.panes.items() if other == prototype)
        return next(found, ()) or self.replayed_recordings

    def timeline_of(self, key: str) -> Timeline:
        """A pane's timeline with its branches."""
        recording = self.recording_of(key)
        if recording is None:
            return UNANSWERED
        prompt = replace(recording.prompt.root, temperature=recording.card.temperature)
        prototype = self.panes[key].with_weather(*self.surroundings)
        return build_timeline(prototype, prompt, replay(self.recordings_of(key)))

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
        return {key: self.timeline_of(key) for key in self.panes}

    def with_prototype(self, key: str, prototype: Prototype) -> Self:
        """The same comparison with another prototype in one pane."""
        changed = {**self.panes, key: prototype}
        return replace(self, prototypes=tuple(changed[k] for k in self.panes))

    def only_pane(self, key: str) -> Self:
        """The comparison with one of its panes only, in that pane's colour."""
        return replace(self, prototypes=(self.panes[key],), keys=key)

    def with_whole(self, cut: Recording, whole: Recording) -> Self:
        """The comparison with another recording wherever this one is the answer."""
        first = whole if self.recording == cut else self.recording
        answers = tuple((model, whole if found == cut else found) for model, found in self.answers)
        return replace(self, recordings=(first, *self.recordings[1:]), answers=answers)

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


def join_answer_ids(ids: Iterable[str]) -> str:
    """One id of the answers that play beside each other: their ids, each once, in an order of their own."""
    return "+".join(sorted(set(ids)))


def shares_model(recording: Recording, other: Recording) -> bool:
    """Whether the same model gave two answers, or the same person wrote them."""
    if recording.card.scripted or other.card.scripted:
        return recording.card == other.card
    return (recording.card.name, recording.card.provider) == (other.card.name, other.card.provider)


def shares_author(recording: Recording, other: Recording) -> bool:
    """Whether two answers can belong to one conversation: what was written goes only with what was written with it."""
    if recording.card.scripted or other.card.scripted:
        return recording.card == other.card
    return True
