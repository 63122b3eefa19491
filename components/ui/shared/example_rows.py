"""Example rows: the written questions to try, those that come along and one's own, and which answer of theirs plays."""

from dataclasses import replace
from functools import cache
from textwrap import shorten
from typing import Any

from components.core.comparison import branch_recordings
from components.core.explained import Explained
from components.core.recording import Recording
from components.core.scenario import RIGHT, WRONG, Scenario
from components.layers.compare import Comparison
from components.prompts.scenarios import bundled_scenarios
from components.store import Work, WorkQuery, WorkStep
from components.store.works import SCENARIO
from components.ui.shared import state
from components.ui.shared.samples import example_recordings, shipped_recordings

OWN, MAX_OWN = "work:", 40  # how a chip's value begins where it is a work; how many are listed
MAX_LABEL_CHARS, MAX_ENTRY_CHARS = 40, 70
OUTCOME_TEXTS = {RIGHT: "Right", WRONG: "Wrong"}
OUTCOME_ABOUT = "Both answers were written for this question; a wrong one shows whether people notice."
GONE_SCENARIO = Explained(
    "This scenario is not kept here any more, or cannot be played yet.",
    "The comparison stays as it is.",
    "Choose another question, or open the page Scenarios.",
)


def example_row(compare: Comparison) -> dict[str, Any]:
    """The questions to try: some as chips, all others that were written in a list."""
    chips = {example.id: example.prompt.text for example in example_recordings()}
    others = [recording for recording in main_recordings() if recording.id not in chips]
    groups = [
        {
            "label": "Yours and your team's",
            "options": [example_option(OWN + work.id, work.name) for work in own_scenarios()],
        },
        {
            "label": "Examples from Parallax",
            "options": [example_option(recording.id, recording.prompt.text) for recording in others],
        },
    ]
    return {
        "name": "sample", "label": "Try", "value": compare.recording.id,
        "about": "Another question, with the answer that was written for it.",
        "options": [example_option(id, text, MAX_LABEL_CHARS) for id, text in chips.items()],
        "more": {"label": "More questions …", "groups": [group for group in groups if group["options"]]},
    }  # fmt: skip


def example_option(value: str, text: str, longest: int = MAX_ENTRY_CHARS) -> dict[str, str]:
    """A question's chip or entry, its words shortened to the `longest` number of characters."""
    label = shorten(text, longest, placeholder=" …", break_on_hyphens=False)
    return {"value": value, "label": label, "title": text}


def own_scenarios() -> tuple[Work, ...]:
    """The scenarios that this person can see, the last changed first; none where the store cannot be read."""
    try:
        return state.shared_store().find_works(WorkQuery(state.rater_id(), kind=SCENARIO, limit=MAX_OWN)).works
    except Explained:
        return ()  # the page says elsewhere what is wrong with the store


@cache
def main_recordings() -> tuple[Recording, ...]:
    """The right answer of each scenario that comes along."""
    return tuple(scenario.recordings()[0] for scenario in bundled_scenarios())


def outcome_row(compare: Comparison) -> dict[str, Any] | None:
    """Which of a scenario's two answers plays; None where there is only one."""
    if not compare.recording.card.scripted or other_outcome(compare.recording) is None:
        return None
    return {
        "name": "outcome", "label": "Answer", "about": OUTCOME_ABOUT,
        "value": str(compare.recording.card.settings["outcome"]),
        "options": [{"value": value, "label": label, "title": ""} for value, label in OUTCOME_TEXTS.items()],
    }  # fmt: skip


def other_outcome(recording: Recording) -> Recording | None:
    """The other answer that was written in the same state of the same scenario; None where there is none."""
    card, outcome = recording.card, recording.card.settings.get("outcome")
    if outcome not in OUTCOME_TEXTS:
        return None
    kept = known_recordings(recording)
    found = (other for other in kept if other.prompt == recording.prompt and other.card.revision == card.revision)
    return next((other for other in found if other.card.settings.get("outcome") not in (None, outcome)), None)


def with_outcome(compare: Comparison, value: str) -> Comparison:
    """The comparison on the right or the wrong answer of its scenario. LookupError where there is none."""
    other = other_outcome(compare.recording)
    if value not in OUTCOME_TEXTS or other is None:
        raise LookupError(value)
    return compare if compare.recording.card.settings["outcome"] == value else with_conversation(compare, other)


def with_example(compare: Comparison, value: str) -> Comparison:
    """The comparison on another question. KeyError where it is not offered, Explained where it is not here any more."""
    if value.startswith(OWN):
        return with_scenario(compare, read_own_scenario(value.removeprefix(OWN)))
    offered = {recording.id: recording for recording in (*example_recordings(), *main_recordings())}
    return with_conversation(compare, offered[value])


def read_own_scenario(work_id: str) -> Scenario:
    """The scenario of a work as it is now. Explained where it is not here, or cannot be played yet."""
    store = state.shared_store()
    work = store.work(work_id, state.rater_id())
    return scenario_from(store.work_step(work.id, work.step) if work and work.kind == SCENARIO else None)


def scenario_from(step: WorkStep | None) -> Scenario:
    """The scenario in a state of a work. Explained where there is none, or it cannot be played yet."""
    try:
        if step is not None:
            return Scenario.from_json(step.content)
    except (KeyError, TypeError, ValueError, Explained):
        pass
    raise GONE_SCENARIO


def with_scenario(compare: Comparison, scenario: Scenario) -> Comparison:
    """The comparison on a scenario's right answer; all that was written for it is kept, to be found again."""
    store, right = state.shared_store(), scenario.recordings()
    for recording in (*right, *scenario.recordings(WRONG)):
        store.keep_recording(recording)
    return replace(compare, recordings=right)


def with_conversation(compare: Comparison, recording: Recording) -> Comparison:
    """The comparison on an answer, with all that follows it."""
    branches = branch_recordings(recording, known_recordings(recording))
    return replace(compare, recordings=(recording, *branches))


def known_recordings(recording: Recording) -> tuple[Recording, ...]:
    """Every recording that may belong to the same conversation: those that come along, and those kept of its prompt.

    Where the store cannot be read, the former alone: the page says elsewhere what is wrong with it.
    """
    try:
        return (*shipped_recordings(), *state.shared_store().recordings_for(recording.prompt.id))
    except Explained:
        return shipped_recordings()
