"""Frozen study: a study that cannot change any more, with every answer and every timeline that it shows."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import count
from typing import Any

from components.core.comparison import branch_recordings
from components.core.explained import Explained
from components.core.layer import Layer
from components.core.prompt import content_id
from components.core.recording import Recording, replay
from components.core.timeline import build_timeline
from components.study.block_restarts import BlockRestart, current_ids
from components.study.instrument_words import spoken_instruments
from components.study.person_answers import PersonAnswers
from components.study.study import Study, StudyArm
from components.study.study_language import RIGHT_TO_LEFT, chosen_words, consent_text, study_language
from components.study.study_length import study_minutes
from components.study.study_steps import StudyStep, page_json, shown_recordings, study_steps
from components.study.trial_plan import Slot, slot_plan

MAX_KNOWN_STEPS = 1_000  # places whose screens are kept at hand, about 25 kB each
CONTENT_FORMAT = 1  # of the content; another one is read in another way
FindRecordings = Callable[[str], Sequence[Recording]]  # by id: the recording, then what may follow it


@dataclass(frozen=True)
class FrozenStudy:
    """A study with all that it was frozen with. `content` is what its id is the hash of.

    `timelines` are the player's timelines by id: those that are new with it, () where it was read back.
    """

    study: Study
    content: Mapping[str, Any]
    timelines: Mapping[str, Mapping[str, Any]]

    @cached_property
    def id(self) -> str:
        """The hash of everything that is shown and asked, and of every rule."""
        return content_id(self.content)

    @property
    def as_draft(self) -> "FrozenStudy":
        """The same to be looked at by its designer, under an id of its own; it holds no recordings."""
        return replace(self, content={**self.content, "recordings": {}, "draft": True})

    @cached_property
    def timeline_ids(self) -> Mapping[tuple[str, str], str]:
        """The id of the timeline of each arm and recording."""
        return {(arm, recording): line for arm, recording, line in self.content["shown"]}

    @cached_property
    def known_steps(self) -> dict[int, tuple[StudyStep, ...]]:
        """The screens of the places that were asked for last."""
        return {}

    @cached_property
    def known_slots(self) -> list[Slot]:
        """The places that were asked for, and more."""
        return []

    @cached_property
    def prototype_ids(self) -> Mapping[str, str]:
        """The hash of each arm's prototype, by the arm's key."""
        return {arm.key: arm.prototype.id for arm in self.study.shown_arms}

    @cached_property
    def arms_by_key(self) -> Mapping[str, StudyArm]:
        """Each arm that people see, by its key."""
        return {arm.key: arm for arm in self.study.shown_arms}

    def slot(self, number: int) -> Slot:
        """The place with this number, counted from 0; places go on beyond those that were wanted at first."""
        if number >= len(self.known_slots):
            self.known_slots[:] = slot_plan(self.study, max(2 * number, self.study.wanted) + 1)
        return self.known_slots[number]

    @property
    def gives_one_arm(self) -> bool:
        """Whether each person sees one arm alone, so that an arm can be left out for those who come."""
        return self.study.design == "between"

    def arm_at(self, number: int) -> str:
        """The key of the arm that the person in this place sees; "" where they see several."""
        blocks = self.slot(number).blocks
        return [*self.arms_by_key][blocks[0][0]] if self.gives_one_arm and blocks and blocks[0] else ""

    def place_showing(self, arm: str) -> int:
        """The first place whose person sees this arm alone; the first of all where there is none."""
        shown = self.gives_one_arm and arm in self.arms_by_key
        return next(number for number in count() if not shown or self.arm_at(number) == arm)

    def wanted_people(self, places: int, closed: Collection[str], people: Iterable[PersonAnswers]) -> int:
        """How many people shall complete it, of so many places: those of arms that are given to nobody more count only
        where somebody completed them.
        """
        if not closed or not self.gives_one_arm:
            return places
        done = {person.slot for person in people if person.end == "complete" and person.slot < places}
        return sum(place in done or self.arm_at(place) not in closed for place in range(places))

    def steps(self, number: int) -> tuple[StudyStep, ...]:
        """Every screen after consent in the place with this number."""
        steps = self.known_steps.pop(number, None) or study_steps(self.study, self.slot(number))
        while len(self.known_steps) >= MAX_KNOWN_STEPS:
            self.known_steps.pop(next(iter(self.known_steps)), None)
        self.known_steps[number] = steps  # those asked for last stand last
        return steps

    def page_steps(self, number: int, restarts: Sequence[BlockRestart] = ()) -> list[dict[str, Any]]:
        """The same as the participant's page gets them; those of blocks that were begun anew by their ids of now."""
        steps = self.steps(number)
        ids = current_ids((step.id for step in steps), restarts)
        trials = [step.id for step in steps if step.kind == "trial"]
        return [
            page_json(step, trials.index(step.id) + 1 if step.id in trials else 0, len(trials), self.timeline_ids,
                      self.prototype_ids) | {"id": ids[step.id]}
            for step in steps
        ]  # fmt: skip

    def page(self) -> dict[str, Any]:
        """What the participant's page shows before anybody has agreed: title, language and consent."""
        words = study_language(self.study.language)
        minutes = max(1, round(self.content["minutes"]))
        return {
            "title": chosen_words(self.study, "title"), "language": self.study.language,
            "rtl": self.study.language in RIGHT_TO_LEFT, "contact": self.study.words.contact,
            "frame_origin": self.study.frame_origin,
            "consent": {
                "id": "consent", "kind": "consent", "title": words["consent_title"],
                "text": f"{chosen_words(self.study, 'welcome')}\n\n{consent_text(self.study, minutes)}",
                "agree": words["agree"], "decline": words["decline"], "items": [],
            },
        }  # fmt: skip

    def end_page(self, kind: str) -> dict[str, str]:
        """What stands at an end of this kind: title, text, code and the address back, with its places not filled in."""
        words, own = study_language(self.study.language), self.study.ends.get(kind)
        text = (own.text if own else "") or words[kind]
        if kind == "withdrew" and self.study.plants_faults:  # they never come to the step that tells it
            text = f"{text}\n\n{words['debrief_planted']}"
        return {
            "kind": kind, "title": words[f"{kind}_title"], "text": text,
            "code": own.code if own else "", "url": own.url if own else "",
        }  # fmt: skip

    def step_problem(self, number: int, step_id: str, items: Mapping[str, Any]) -> str:
        """What is wrong with the items that a browser sent for a step, for its programmer; "" where nothing is.

        An answer that is missing is not wrong: what was given is kept.
        """
        step = next((step for step in self.steps(number) if step.id == step_id), None)
        if step is None:
            return f"there is no step {step_id}"
        known = {item.name: item for item in (*step.items, *((step.first,) if step.first else ()))}
        for name, value in items.items():
            if name not in known:
                return f"the step {step_id} has no item {name}"
            if value is not None and not known[name].accepts(value):
                return f"the value of {name} cannot be an answer to it"
        return ""

    def end_after(self, number: int, answers: Mapping[str, Mapping[str, Any]]) -> str:
        """At which end a person is, with these items by step: one of END_KINDS, "" where there is more to come."""
        steps = self.steps(number)
        by_id = {step.id: step for step in steps}
        failed: dict[str, int] = {"before": 0, "later": 0}
        for id, items in answers.items():
            for item in by_id[id].items if id in by_id else ():
                if item.right and not item.is_passed_by(items.get(item.name)):
                    failed["before" if id == "before" else "later"] += 1
        if failed["before"]:
            return "screened"
        if any(step.id not in answers for step in steps):
            return ""
        checks = self.study.exclusion.checks
        return "failed" if checks and failed["later"] >= checks else "complete"

    @staticmethod
    def from_content(content: Mapping[str, Any], patterns: Mapping[str, type[Layer]]) -> "FrozenStudy":
        """The study that was frozen with this content. Explained where a newer Parallax wrote it."""
        if content.get("format") != CONTENT_FORMAT:
            raise Explained("This study was frozen by a newer Parallax.", "It stays as it is.", "Update Parallax.")
        earlier = {"instruments_translated": False}  # what was frozen before there were translations stays English
        return FrozenStudy(Study.from_json({**earlier, **content["study"]}, patterns), content, {})


def freeze_study(
    study: Study, find_recordings: FindRecordings, version: str, planned: Mapping[str, Any] | None = None
) -> FrozenStudy:
    """The study with every timeline that it shows, worked out. Explained where an answer is not kept any more.

    `version` is that of Parallax, `planned` what the number of people rests on, where that is said.
    """
    shown, timelines, recordings = [], {}, {}
    lengths: dict[tuple[str, str], tuple[float, int]] = {}
    for arm, task, recording_id in shown_recordings(study):
        found = find_recordings(recording_id)
        if not found:
            raise Explained(
                f"The answer to “{task.question}” is not kept any more.",
                "The study stays as it is.",
                "Choose another answer for this question, or take the question out.",
            )
        line = arm_timeline(arm, found)
        line_id = content_id(line)
        lengths[arm.key, recording_id] = line["events"][-1]["at"], len(found[0].text.split())
        timelines[line_id] = line
        recordings[recording_id] = found[0].to_json()
        shown.append([arm.key, recording_id, line_id])
    known = spoken_instruments(study)
    used = dict.fromkeys(name for names in study.instruments.values() for name in names)
    content = {
        "format": CONTENT_FORMAT, "version": version,
        "minutes": round(study_minutes(study, lambda arm, recording: lengths[arm, recording]), 1),
        "study": study.to_json(), "shown": shown, "recordings": recordings,
        "words": dict(study_language(study.language)),
        "instruments": {name: [item.to_json() for item in known[name].items] for name in used if name in known},
    } | ({"planned": dict(planned)} if planned else {})  # fmt: skip
    return FrozenStudy(study, content, timelines)


def arm_timeline(arm: StudyArm, recordings: Sequence[Recording]) -> dict[str, Any]:
    """The player's timeline of an answer through an arm, with what follows each press."""
    first = recordings[0]
    model = replay((*branch_recordings(first, tuple(recordings[1:])), first))
    prompt = replace(first.prompt.root, temperature=first.card.temperature)
    return build_timeline(arm.prototype.with_weather(*arm.weather), prompt, model).to_json()
