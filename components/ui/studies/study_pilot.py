"""Study pilot: after the first people, how long it takes and how many people it needs, drawn; no outcome is shown."""

from collections.abc import Collection, Hashable

import streamlit as st

from components.layers import ALL_PATTERNS
from components.report.study import pilot_sentences
from components.stats.pilot_plan import MIN_PILOT_PEOPLE, PilotFacts, pilot_facts, pilot_people
from components.stats.study_progress import study_progress
from components.store import Store
from components.store.arm_records import closed_arms
from components.store.participation import WITHDREW
from components.store.study_people_frame import study_frames
from components.store.study_records import StudyRecord
from components.study.frozen_study import FrozenStudy
from components.study.person_answers import END_REACHED, gather_people
from components.ui.shared import state, theme
from components.ui.shared.problems import show_problems

ROBOT_TEXT = "From simulated people: it shows what will stand here, and says nothing of people."
HOPED_POINTS = {"speed": (0.25, 3.0, 0.75, 0.25)}  # least, most, first, step; of ratings from 0 to 100:
HOPED_PERCENT = (2.0, 30.0, 8.0, 1.0)


def show_pilot(record: StudyRecord) -> None:
    """What the first people recommend, drawn; nothing before there are enough, or once the results are shown."""
    store = state.shared_store()
    mark, closed = store.study_mark(record.id), closed_arms(store.arm_changes(record.id))
    with show_problems():
        facts, simulated = found_pilot(mark, store, record, False), False
        wanted = wanted_now(store, record, store.study_state(record.id).slots, closed)
        if facts.complete + facts.deleted >= max(wanted, MIN_PILOT_PEOPLE):
            return
        if facts.complete < MIN_PILOT_PEOPLE:
            facts, simulated = found_pilot(mark, store, record, True), True
        if facts.complete < MIN_PILOT_PEOPLE:
            return
        st.markdown("**What the first people tell**")
        if simulated:
            st.warning(ROBOT_TEXT, icon=":material/smart_toy:")
        said = pilot_sentences.length_sentences(facts, float(record.content["minutes"]))
        said.append(pilot_sentences.dropout_sentence(facts, wanted))
        if facts.spread is not None:
            study = FrozenStudy.from_content(record.content, ALL_PATTERNS).study
            hoped = hoped_difference(record, facts.spread.item)
            people = pilot_people(study, facts.spread.spread, hoped)
            said.append(pilot_sentences.spread_sentence(facts.spread, study.design))
            said.append(pilot_sentences.people_sentence(people, hoped, facts.spread.item, wanted))
            said.append(pilot_sentences.SMALL_SPREAD_NOTE)
        st.markdown("\n".join(f"- {theme.inert_label(sentence)}" for sentence in said))


def wanted_now(store: Store, record: StudyRecord, places: int, closed: Collection[str]) -> int:
    """How many people shall complete it: the places that were planned and added since, less those that are not filled
    any more because their arm was switched off.
    """
    frozen = FrozenStudy.from_content(record.content, ALL_PATTERNS)
    people = gather_people(store.participants(frozen.id), ()) if closed else ()
    return frozen.wanted_people(places, closed, people)


def hoped_difference(record: StudyRecord, item: str) -> float:
    """The difference that is hoped for, from the slider that is drawn here."""
    least, most, first, step = HOPED_POINTS.get(item, HOPED_PERCENT)
    return float(
        st.slider("Difference that you hope to show", least, most, first, step, key=f"study-hoped-{record.id[:12]}")
    )


@st.cache_data(max_entries=8, show_spinner=False)
def found_pilot(mark: Hashable, _store: Store, _record: StudyRecord, simulated: bool) -> PilotFacts:  # noqa: ARG001
    """What a pilot tells, worked out anew only where something has come since."""
    frozen = FrozenStudy.from_content(_record.content, ALL_PATTERNS)
    people = gather_people(_store.participants(frozen.id, simulated), _store.study_answers(frozen.id, simulated))
    erased = {one.participant: one.end for one in _store.erasures_of(frozen.id, simulated)}
    withdrew = sum(one.end == WITHDREW and not erased.get(one.id) for one in people)
    left = study_progress(frozen, people, _store.clock()).dropped + withdrew
    deleted = sum(end in END_REACHED for end in erased.values())
    return pilot_facts(frozen.study, study_frames(frozen, people, simulated), left, deleted)
