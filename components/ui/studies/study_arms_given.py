"""Study arms given: which prototypes are given to people who come from now on, with the switch of each, drawn."""

import streamlit as st

from components.layers import ALL_PATTERNS
from components.report.study.study_sentences import arm_names
from components.store.arm_records import ArmState, closed_arms
from components.store.study_records import StudyRecord
from components.study.frozen_study import FrozenStudy
from components.ui.shared import state, theme
from components.ui.shared.problems import defer_problems

SWITCH_TEXT = (
    "A prototype that is switched off is given to nobody who comes from now on; whoever has it goes on, and its free "
    "places are not filled. It is told with the results. The last one stays on: to stop all, pause the study."
)
CANNOT_TEXT = (
    "Here everybody sees all prototypes, in orders that balance each other. Without one of them those who come would "
    "take another study than those who came, so none can be switched off. Pause it, and take one out of a copy."
)


def show_arm_switches(record: StudyRecord) -> None:
    """A switch for each prototype, or why there is none, drawn."""
    with st.expander("Stop one prototype"):
        frozen = FrozenStudy.from_content(record.content, ALL_PATTERNS)
        if not frozen.gives_one_arm:
            st.caption(CANNOT_TEXT)
            return
        st.caption(SWITCH_TEXT)
        closed = closed_arms(state.shared_store().arm_changes(record.id))
        last = len(frozen.arms_by_key) - len(closed) < 2
        for arm, name in arm_names(frozen.study).items():
            key = f"study-arm-given-{record.id[:12]}-{arm}"
            st.toggle(
                theme.inert_label(name), arm not in closed, key=key, on_change=switch_arm, args=(record.id, arm, key),
                disabled=last and arm not in closed,
            )  # fmt: skip


@defer_problems()
def switch_arm(study: str, arm: str, key: str) -> None:
    """Give a prototype to people who come, or to nobody more, as its switch says."""
    to: ArmState = "open" if state.read_widget(key) else "closed"
    state.shared_store().set_arm_state(study, arm, to)
