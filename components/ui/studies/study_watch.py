"""Study watch: how many have begun and finished, where others stopped, and how full the orders are, drawn."""

from collections.abc import Hashable

import streamlit as st

from components.layers import ALL_PATTERNS
from components.report.results.result_basis import count_with_noun
from components.report.study.study_basis import arm_change_sentences
from components.server.participate.retention import kept_days
from components.stats.study_progress import StudyProgress, study_progress
from components.store import Store
from components.store.arm_records import closed_arms
from components.store.participation import COMPLETE, FAILED, SCREENED
from components.store.study_records import StudyRecord
from components.study.frozen_study import FrozenStudy
from components.study.person_answers import gather_people
from components.ui.shared import state, theme
from components.ui.shared.problems import page_part

REFRESH_S = 5
END_WORDS = {
    "complete": "complete", "screened": "screened out at the beginning", "failed": "failed the attention checks",
    "withdrew": "withdrew",
}  # fmt: skip
HIDDEN_TEXT = "What they answered stays hidden until all have taken part, so that nobody stops at a lucky moment."


@page_part(REFRESH_S)
def show_study_progress(record: StudyRecord) -> None:
    """How far the study has come, drawn anew every few seconds."""
    st.markdown("**How far it has come**")
    store = state.shared_store()
    places, changes = store.study_state(record.id).slots, store.arm_changes(record.id)
    closed = closed_arms(changes)
    progress, wanted = worked_out((store.study_mark(record.id), places, closed), store, record, places, closed)
    st.progress(
        min(1.0, progress.done / wanted) if wanted else 0.0, f"{progress.done} of {wanted} people have completed it"
    )
    show_retention(record, store)
    study = FrozenStudy.from_content(record.content, ALL_PATTERNS).study
    for sentence in arm_change_sentences(study, changes):
        st.caption(theme.inert_label(sentence))
    if not progress.started:
        st.caption("Nobody has begun yet.")
        return
    st.caption(theme.inert_label(people_line(progress)))
    if not_counted := uncounted_sentence(progress):
        st.caption(not_counted)
    show_details(progress)
    erased = sum(one.end == COMPLETE for one in store.erasures_of(record.id, False))
    if study.hides_outcomes(progress.done + erased, wanted):
        st.caption(HIDDEN_TEXT)


def show_retention(record: StudyRecord, store: Store) -> None:
    """How long answers are kept, and how many were deleted, drawn; nothing where neither is to be said."""
    days, erasures = kept_days(record), store.erasures_of(record.id, False)
    told = [f"Each person's answers are deleted {days} days after their last one."] if days else []
    for reason, why in (("asked", "at a request"), ("expired", "because they were over")):
        if count := sum(one.reason == reason for one in erasures):
            told.append(f"The answers of {count_with_noun(count, 'person', 'people')} were deleted {why}.")
    if told:
        st.caption(" ".join(told))


@st.cache_data(max_entries=8, show_spinner=False, ttl=60)
def worked_out(
    mark: Hashable, _store: Store, _record: StudyRecord, places: int, closed: frozenset[str]  # noqa: ARG001
) -> tuple[StudyProgress, int]:  # fmt: skip
    """The progress of a study and how many people are wanted, worked out anew only where something has come since."""
    study = FrozenStudy.from_content(_record.content, ALL_PATTERNS)
    people = gather_people(_store.participants(study.id), _store.study_answers(study.id))
    erased = {one.participant for one in _store.erasures_of(study.id, False)}
    return study_progress(study, people, _store.clock(), erased), study.wanted_people(places, closed, people)


def people_line(progress: StudyProgress) -> str:
    """How many have begun, and what became of them, in a line."""
    ends = [f"{count} {END_WORDS.get(end, end)}" for end, count in progress.ends.items()]
    left = [f"{progress.dropped} left"] if progress.dropped else []
    left += [f"{progress.deleted} deleted since"] if progress.deleted else []
    return " · ".join([f"{progress.started} have begun", *ends, f"{progress.active} under way", *left])


def uncounted_sentence(progress: StudyProgress) -> str:
    """That who failed or was screened out is not counted and keeps no place; "" where nobody did."""
    people = progress.ends.get(FAILED, 0) + progress.ends.get(SCREENED, 0)
    if not people:
        return ""
    if people == 1:
        return "1 person who did not pass is not counted as complete: their place is free for somebody else."
    return f"{people} people who did not pass are not counted as complete: their places are free for others."


def show_details(progress: StudyProgress) -> None:
    """Step by step, order by order, and what is not quite right, drawn."""
    left, right = st.columns([3, 2])
    left.dataframe(
        [
            {
                "Screen": row.step, "Answered": row.answered, "Left before it": row.dropped,
                "Seconds, in the middle": None if row.seconds is None else round(row.seconds, 1),
            }
            for row in progress.steps
        ],
        hide_index=True, alt="Screens, with how many answered each",
    )  # fmt: skip
    right.dataframe(
        [{"Order": row.order, "Completed": row.done, "Under way": row.active} for row in progress.orders],
        hide_index=True, alt="Orders, with how many are in each",
    )  # fmt: skip
    if progress.void:
        right.caption(f"{progress.void} of {progress.trials} plays do not count for timing.")
    if count := progress.restarted:
        right.caption(f"{count} {'person' if count == 1 else 'people'} did a part once more after a long break.")
    for sign, count in progress.signs.items():
        right.caption(f"{count} {'person' if count == 1 else 'people'}: {sign}. Shown, never left out by itself.")
