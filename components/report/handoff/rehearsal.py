"""Rehearsal: a prototype played on its answer, unbroken and with each fault, for a specification to tell about."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from components.core.event import Event
from components.core.faults import FAULT_KINDS
from components.core.layer import Layer, dials_of
from components.core.prompt import Choice, Prompt
from components.core.prototype import Prototype
from components.core.recording import Recording, replay
from components.core.timeline import BRANCH_DEPTH, Timeline, build_timeline
from components.layers.confidence.scored_layer import ScoredLayer
from components.layers.weather.fault import Fault

MAX_QUESTIONS_FIRST = 4  # questions before the answer, at the most
OTHER_FAULTS = tuple(name for name, kind in FAULT_KINDS.items() if kind.outside and not kind.weather)
PROBABILITY_STEPS = 40  # probabilities between 0 and 1 at which it is heard what a score makes it say


@dataclass(frozen=True)
class Rehearsal:
    """What is played: a prototype in its weather, on an answer.

    `further` are other answers of the same conversation, such as those to its options. `chosen` is what the person who
    hands it off said where it asked back; where they said nothing, the first option is taken.
    """

    prototype: Prototype
    recording: Recording
    weather: tuple[Layer, ...] = ()
    further: tuple[Recording, ...] = ()
    chosen: tuple[Choice, ...] = ()

    @cached_property
    def played_prompt(self) -> Prompt:
        """The prompt with an option chosen wherever the prototype asks back before it answers, after what was chosen
        in the recording already."""
        prompt, said = self.recording.prompt, {choice.question: choice.option for choice in self.chosen}
        for _ in range(MAX_QUESTIONS_FIRST):
            line = self.play(prompt)
            last = line.events[-1]
            if last.kind != "question" or line.first is not None:
                break
            prompt = prompt.with_choice(last.text, said.get(last.text) or next(iter(last.data.get("options", ())), ""))
        return prompt

    def play(
        self, prompt: Prompt, *fault: Layer, recording: Recording | None = None, depth: int = BRANCH_DEPTH
    ) -> Timeline:
        """The timeline of a recording's words for this prompt, whatever was chosen before them."""
        main = recording or self.answer_to(prompt)
        attempt = replace(main, prompt=replace(prompt, attempt=0, partial=""))
        prompt = replace(prompt, temperature=attempt.card.temperature)
        others = () if recording else self.further
        model = replay([attempt, *others])
        return build_timeline(self.prototype.with_weather(*self.weather, *fault), prompt, model, depth)

    def answer_to(self, prompt: Prompt) -> Recording:
        """The first answer after these choices; the main one where there is none of its own."""
        if prompt.choices == self.recording.prompt.choices:
            return self.recording
        chosen = (
            found for found in self.further if found.prompt.choices == prompt.choices and not found.prompt.attempt
        )
        return next(chosen, self.recording)

    @cached_property
    def whole_timeline(self) -> Timeline:
        """The timeline when nothing breaks."""
        return self.play(self.played_prompt)

    @cached_property
    def fault_timelines(self) -> Mapping[str, Timeline]:
        """The timeline for each kind of fault, by the fault's name."""
        kinds = next(spec.choices for spec in dials_of(Fault) if spec.name == "kind")
        timelines = {kind: self.play(self.played_prompt, Fault(kind=kind)) for kind in kinds}
        for kind in OTHER_FAULTS:
            failed = replace(self.recording, events=(Event(0.0, "error", "", {"fault": kind}),))
            timelines.setdefault(kind, self.play(self.played_prompt, recording=failed))
        return {FAULT_KINDS[kind].title: line for kind, line in timelines.items()}

    @property
    def all_events(self) -> Iterator[Event]:
        """Every event that can reach the screen, also after a press."""
        for line in (self.play(self.recording.prompt), self.whole_timeline, *self.fault_timelines.values()):
            yield from line.events
            for branch in line.branches.values():
                yield from branch.events
        yield from self.score_events()

    def score_events(self) -> Iterator[Event]:
        """The events it shows for each of PROBABILITY_STEPS probabilities of an answer that came to its end.

        Those with a percentage are left out.
        """
        scored = any(isinstance(layer, ScoredLayer) for layer in self.prototype.layers)
        for step in range(1, PROBABILITY_STEPS if scored else 1):
            logprob = math.log(step / PROBABILITY_STEPS)
            data: dict[str, dict[str, Any]] = {"token": {"logprob": logprob}, "end": {"reason": "stop"}}
            events = tuple(replace(event, data=data.get(event.kind, event.data)) for event in self.recording.events)
            line = self.play(self.played_prompt, recording=replace(self.recording, events=events), depth=0)
            yield from (event for event in line.events if "percent" not in event.data)
