"""Open scenario: the one that is being written: kept as it is typed, playable once it has a question and an answer."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from textwrap import shorten
from typing import Any

from components.core.explained import Explained
from components.core.prompt import content_id
from components.core.scenario import Scenario
from components.report.handoff.end_picture import plain_text
from components.store import Work, WorkState
from components.store.works import SCENARIO
from components.ui.shared import state
from components.ui.shared.drafts import add_draft_state

MAX_NAME_CHARS, MAX_PREVIEW_CHARS = 60, 240
NEW_NAME = "Untitled scenario"
BLANK_SCENARIO = {"first": 0.6, "rate": 20.0, "thinks": 0.0}  # what a blank scenario begins with
NO_SCENARIO = Explained(
    "This scenario is not kept here, or is not shared with you.",
    do="Choose another one below, or ask who sent the link for a new one.",
)


@dataclass
class OpenScenario:
    """A scenario on the page. `opened` is what its fields were drawn with, `values` what stands in them now."""

    work: Work
    opened: Mapping[str, Any]
    values: Mapping[str, Any] = field(default_factory=dict)
    step: int = 0
    saved: str = ""
    afresh: int = 0  # counts how often other values were put into the fields
    by: str = ""  # who made the state that it is in
    part: str = ""  # the name of the part that is drawn
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)  # of its tables, as they were drawn, by field
    unsaved: bool = False  # what stands in the fields could not be saved yet

    def draw_anew(self) -> None:
        """Let the fields be drawn with what stands in them: those that were not on the page have forgotten theirs."""
        self.opened, self.afresh, self.rows = self.values, self.afresh + 1, {}

    @property
    def is_playable(self) -> bool:
        """Whether a question and a right answer stand in the fields, and the rest can be read."""
        with suppress(Explained):
            return bool(self.scenario.question)
        return False

    @property
    def scenario(self) -> Scenario:
        """What stands in the fields, as it can be played. Explained where it lacks something."""
        try:
            return Scenario.from_json(self.values)
        except (KeyError, TypeError, ValueError):
            raise Explained(
                "It cannot be played yet: the question or the right answer is missing.",
                "What you wrote is saved.",
                "Write both under “Question and answers”.",
            ) from None


def scenario_state(values: Mapping[str, Any]) -> WorkState:
    """A scenario's JSON, whole or not yet, as the state of a work."""
    answer, question = values.get("answer"), str(values.get("question", ""))
    text = plain_text(str(answer.get("text", "") if isinstance(answer, Mapping) else ""))
    picture = {"key": "A", "name": str(values.get("subject", "")), "question": question[:MAX_PREVIEW_CHARS],
               "text": text[:MAX_PREVIEW_CHARS]}  # fmt: skip
    return WorkState(values, content_id(dict(values)), "", (picture,))


def keep_scenario(values: Mapping[str, Any]) -> Work:
    """Keep a new scenario as a work, named after its question."""
    return state.shared_store().keep_work(SCENARIO, name_for(values), state.rater_id(), scenario_state(values))


def read_scenario_work(work_id: str, step: int = 0) -> OpenScenario:
    """The scenario of a work as it is now, or in an earlier state. Explained where it is not here."""
    store = state.shared_store()
    work = store.work(work_id, state.rater_id())
    kept = store.work_step(work.id, step or work.step) if work and work.kind == SCENARIO else None
    if work is None or kept is None:
        raise NO_SCENARIO
    return OpenScenario(work, kept.content, kept.content, kept.step, kept.at, by=kept.rater)


def save_values(shown: OpenScenario, values: Mapping[str, Any]) -> None:
    """Save what stands in the fields where it changed; what one person types without a long pause is one state.

    Explained where it cannot be saved; the next call tries again.
    """
    if values == shown.values and not shown.unsaved:
        return
    before, shown.values, shown.unsaved = shown.values, values, True
    store, called = state.shared_store(), name_for(values)
    if called != name_for(before) == shown.work.name:
        store.rename_work(shown.work.id, called)
    add_draft_state(shown, scenario_state(values))
    shown.unsaved = False


def name_for(values: Mapping[str, Any]) -> str:
    """The name that a scenario has until somebody gives it another one: its question."""
    return shorten(str(values.get("question", "")), MAX_NAME_CHARS, placeholder=" …") or NEW_NAME


def put_values(shown: OpenScenario, values: Mapping[str, Any]) -> None:
    """Put other values into the fields, and save them as a state of their own."""
    shown.saved = ""
    save_values(shown, values)
    shown.draw_anew()
