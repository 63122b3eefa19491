"""Study parts: what the parts of a study's page are called, and how one goes from one to another."""

from collections.abc import Mapping

from components.ui.shared import state
from components.ui.studies.open_study import OpenStudy

STUDY_PART_NAMES: Mapping[str, str] = {
    "arms": "Prototypes", "tasks": "Questions", "items": "What is asked", "words": "Words", "people": "People",
    "preview": "Preview", "run": "Run", "results": "Results",
}  # fmt: skip


def part_choice_key(shown: OpenStudy) -> str:
    """The key of the control that says which part is open."""
    return f"study-part-choice-{shown.work.id}"


def go_to_part(shown: OpenStudy, part: str) -> None:
    """Open another part of the study."""
    state.set_widget(part_choice_key(shown), part)
