"""Studies page: what was built, and what each is at; one of them opened."""

import streamlit as st

from components.store import Work, WorkQuery
from components.store.works import STUDY
from components.ui.shared import state, theme
from components.ui.shared.drafts import draft_in_address, leave_draft, name_in_address
from components.ui.shared.problems import PageProblems, defer_problems
from components.ui.shared.work_moments import format_moment
from components.ui.studies import study_bench
from components.ui.studies.open_study import first_study, keep_study_draft, read_study_work

MAX_LISTED = 60
PURPOSE_TEXT = (
    "A study shows your prototypes to people who do not know what is compared: one after the other, in balanced "
    "orders, on their own phone or laptop, with a link that you send. It comes out as what feels faster, and what is "
    "trusted for good reason. A new one is sound as it stands: change what you like, look at it, then freeze it."
)


def show(problems: PageProblems) -> None:
    """The study that the address names, else the list."""
    here = state.page_state()
    here.study = shown = draft_in_address(here.study, read_study_work, problems)
    if shown is None:
        show_studies()
        return
    st.button("All studies", icon=":material/arrow_back:", type="tertiary", on_click=leave_draft, key="study-leave")
    with problems.catch_explained():
        study_bench.show(shown)


def show_studies() -> None:
    """The studies that this person can see, and the button that begins one, drawn."""
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    left.title("Studies")
    with right, st.container(horizontal=True, horizontal_alignment="right"):
        st.button("New study", icon=":material/add:", type="primary", on_click=begin_study, key="study-new")
    found = state.shared_store().find_works(WorkQuery(state.rater_id(), kind=STUDY, limit=MAX_LISTED))
    st.caption(PURPOSE_TEXT)
    for work in found.works:
        show_study_row(work)


def show_study_row(work: Work) -> None:
    """One study with the button that opens it, drawn."""
    names = " · ".join(str(part.get("name", "")) for part in work.preview)
    asked = str(work.preview[0].get("question", "")) if work.preview else ""
    store = state.shared_store()
    frozen = store.studies_of(work.id)
    stage = {"open": "taking people in", "paused": "frozen", "closed": "closed"}
    at = stage[store.study_state(frozen[0].id).state] if frozen else "being built"
    owner = "you" if work.owner == state.rater_id() else work.owner_name or "your team"
    with st.container(border=True, horizontal=True, vertical_alignment="center", horizontal_alignment="distribute",
                      key=f"study-row-{work.id}"):  # fmt: skip
        with st.container(gap="xxsmall"):
            st.markdown(f"**{theme.inert_label(work.name)}**")
            told = f"{at} · {names or 'no prototypes yet'} · {asked} · by {owner}"
            st.caption(f"{theme.inert_label(told)} · {format_moment(work.changed)}")
        st.button("Open", key=f"study-open-{work.id}", on_click=name_in_address, args=(work.id,))


@defer_problems()
def begin_study() -> None:
    """Begin a study that is sound as it stands."""
    name_in_address(keep_study_draft(first_study()).id)
