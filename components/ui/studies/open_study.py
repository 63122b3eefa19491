"""Open study: the one that is being built: kept as it is changed; once it is frozen, it stays as it is."""

import secrets
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from components.core.comparison import PANE_KEYS
from components.core.explained import Explained
from components.core.folders import PROJECT_ROOT
from components.core.prompt import content_id
from components.core.recording import Recording
from components.layers import ALL_PATTERNS
from components.store import Work, WorkState
from components.store.study_records import StudyRecord
from components.store.works import STUDY, copy_name
from components.study.frozen_study import FrozenStudy, freeze_study
from components.study.study import Study, Task
from components.ui.shared import state
from components.ui.shared.drafts import add_draft_state
from components.ui.shared.example_rows import known_recordings
from components.ui.shared.samples import shipped_recordings, starting_prototypes
from components.ui.studies.study_choices import bundled_tasks, numbered_arms

NEW_STUDY_NAME = "Untitled study"
SEED_BYTES = 8
NO_STUDY = Explained(
    "This study is not kept here, or is not shared with you.",
    do="Choose another one, or ask who sent the link for a new one.",
)
UNREADABLE_STUDY = Explained(
    "This study was made with patterns that are not here.", "It stays as it is.", "Update Parallax, or begin another."
)


@dataclass
class OpenStudy:
    """A study on the page. `records` are what was frozen from it, the newest first: () while it can be changed."""

    work: Work
    study: Study
    step: int
    saved: str
    by: str
    records: tuple[StudyRecord, ...] = ()
    afresh: int = 0  # counts how often other values were put into the fields
    part: str = ""
    preview: str = ""  # the address of the last preview
    tried: dict[str, object] = field(default_factory=dict)  # what the planner found, by what it was asked

    @property
    def record(self) -> StudyRecord | None:
        """What was frozen from it; None where it can still be changed."""
        return self.records[0] if self.records else None


def study_state(study: Study) -> WorkState:
    """A study as the state of a work."""
    values, asked = study.to_json(), f"{len(study.tasks)} questions, {study.wanted} people"
    parts = [
        {"key": key, "name": arm.name, "text": arm.prototype.summary, "question": asked}
        for key, arm in zip(PANE_KEYS, study.arms, strict=False)
    ]
    return WorkState(values, content_id(values), "", tuple(parts) or ({"key": "A", "name": "", "question": asked},))


def first_study() -> Study:
    """What a new study begins with: the plainest and the most careful prototype, on questions that come along."""
    tasks, prototypes = bundled_tasks(), starting_prototypes()
    return Study(
        numbered_arms((prototypes[0], prototypes[-1])), tasks[:-1], trials=3, practice=tasks[-1],
        wrong_share=1 / 3, wanted=24, seed=secrets.token_hex(SEED_BYTES),
    )  # fmt: skip


def keep_study_draft(study: Study, name: str = NEW_STUDY_NAME) -> Work:
    """Keep a new study as a work."""
    return state.shared_store().keep_work(STUDY, name, state.rater_id(), study_state(study))


def read_study_work(work_id: str) -> OpenStudy:
    """The study of a work as it is now. Explained where it is not here or cannot be read."""
    store = state.shared_store()
    work = store.work(work_id, state.rater_id())
    kept = store.work_step(work.id, work.step) if work and work.kind == STUDY else None
    if work is None or kept is None:
        raise NO_STUDY
    try:
        study = Study.from_json(kept.content, ALL_PATTERNS)
    except (KeyError, TypeError, ValueError):
        raise UNREADABLE_STUDY from None
    return OpenStudy(work, study, kept.step, kept.at, kept.rater, store.studies_of(work.id))


def save_study(shown: OpenStudy, study: Study) -> None:
    """Save a study where it changed; what one person changes without a long pause is one state of the work."""
    if study == shown.study or shown.record is not None:
        return
    shown.study, shown.preview = study, ""
    add_draft_state(shown, study_state(study))


def put_study(shown: OpenStudy, study: Study) -> None:
    """Put another study into the fields, and save it."""
    save_study(shown, study)
    shown.afresh += 1


def compile_study(study: Study, planned: Mapping[str, Any] | None = None) -> FrozenStudy:
    """The study with all that it shows, and what its number of people rests on, where that is said. Explained where an
    answer of it is not kept any more.
    """
    return freeze_study(study, find_conversation, parallax_version(), planned)


def find_conversation(recording_id: str) -> Sequence[Recording]:
    """A recording and what may follow it; () where it is not kept."""
    shipped = next((recording for recording in shipped_recordings() if recording.id == recording_id), None)
    recording = shipped or state.shared_store().recording(recording_id)
    return () if recording is None else (recording, *known_recordings(recording))


@cache
def parallax_version() -> str:
    """The version of Parallax that runs."""
    return str(tomllib.loads((PROJECT_ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"])


def copy_study(shown: OpenStudy) -> Work:
    """A copy of a study that can be changed, with a seed of its own."""
    study = replace(shown.study, seed=secrets.token_hex(SEED_BYTES))
    return keep_study_draft(study, copy_name(shown.work.name))


def with_task(study: Study, task: Task) -> Study:
    """The study with one more question, or without it where it has it."""
    others = tuple(other for other in study.tasks if other.right != task.right)
    return replace(study, tasks=others if len(others) < len(study.tasks) else (*study.tasks, task))
