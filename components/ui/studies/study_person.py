"""Study person: what is kept of one participant, found by their code, to be given to them or deleted, drawn."""

from collections.abc import Sequence

import streamlit as st

from components.layers import ALL_PATTERNS
from components.report.results.result_basis import count_with_noun
from components.server.participate.return_address import person_named
from components.store.participation import WITHDREW, Participant
from components.store.study_erasures import StudyErasure
from components.store.study_records import StudyRecord
from components.study.frozen_study import FrozenStudy
from components.study.person_code import people_with_code, person_code
from components.ui.shared import state, theme
from components.ui.shared.downloads import show_download
from components.ui.shared.problems import defer_problems, show_problems
from components.ui.shared.work_moments import format_moment

MAX_SHOWN_PEOPLE = 5
CODE_HELP = (
    "It stands on the last screen of each participant. The name that a recruiter gave them finds them too, and so does "
    "the name on a link that is for one person."
)
STAYS_TEXT = (
    "Deleted are their answers, what their browser told and what they came with. What stays: that a place was given. "
    "Files that were downloaded before still have the answers."
)
NOBODY_TEXT = "Nobody in this study has this code. It has eight letters, as in K7QX-2MPD."
SHARED_CODE_TEXT = "That is the code of the study, which is the same for everybody. Their own one stands below it."


def show_one_person(record: StudyRecord) -> None:
    """The field for a code, and what is kept of whom it belongs to, drawn."""
    st.markdown("**One person's data**")
    typed = st.text_input("Code of one person", key=f"study-code-{record.id[:12]}", help=CODE_HELP)
    if not typed.strip():
        return
    with show_problems():
        found = find_people(record, typed)
        if not found:
            ends = record.content["study"].get("ends", {}).values()
            is_shared = any(typed.strip() == str(page.get("code", "")) for page in ends)
            st.caption(SHARED_CODE_TEXT if is_shared else NOBODY_TEXT)
        erased = {one.participant: one for one in state.shared_store().erasures_of(record.id)}
        for person in found[:MAX_SHOWN_PEOPLE]:
            show_kept(record, person, erased.get(person.id))


def find_people(record: StudyRecord, typed: str) -> Sequence[Participant]:
    """Who a typed code belongs to, real people first; also by a recruiter's name for them, or that of their link."""
    store, bare = state.shared_store(), typed.strip()
    people = [*store.participants(record.id), *store.participants(record.id, simulated=True)]
    coded = set(people_with_code([person.id for person in people], bare))
    links = {link.id for link in store.links_of(record.id) if link.kind == "personal" and link.person == bare}

    def is_meant(person: Participant) -> bool:
        named = person_named({name: str(value) for name, value in person.entry.items()})
        return person.id in coded or person.link in links or (named is not None and named[1] == bare)

    return [person for person in people if is_meant(person)]


def show_kept(record: StudyRecord, person: Participant, erased: StudyErasure | None) -> None:
    """What is kept of one participant, in counts, with the buttons that give it away or delete it, drawn."""
    with st.container(border=True, key=f"study-person-{person.id}"):
        robot = " · simulated" if person.simulated else ""
        st.markdown(f"`{person_code(person.id)}`{robot}")
        if person.end == WITHDREW:
            st.caption(deletion_line(person, erased))
            return
        st.caption(theme.inert_label(kept_line(person)))
        with st.container(horizontal=True, gap="xsmall"):
            show_download(
                "Download", lambda: person_data(record, person), f"person-{person_code(person.id)}.json",
                "application/json", key=f"study-get-{person.id}",
                help="Everything that is kept of this person, to be given to them. Their answers are in it.",
            )  # fmt: skip
            with st.popover("Delete …", icon=":material/delete:"):
                st.markdown(STAYS_TEXT)
                st.button(
                    "Yes, delete all of it", type="primary", key=f"study-erase-{person.id}", on_click=erase_on_page,
                    args=(person.id,),
                )  # fmt: skip


def kept_line(person: Participant) -> str:
    """What is kept of a participant, in counts."""
    answers = state.shared_store().answers_of(person.id)
    plays = sum(len(answer.content.get("play") or ()) for answer in answers)
    last = "came to an end" if person.ended else "last heard of"
    counts = f"{count_with_noun(len(answers), 'screen')} answered, {count_with_noun(plays, 'play')}"
    return (
        f"Began {format_moment(person.joined)}, {last} {format_moment(person.ended or person.seen)}. Kept: {counts}, "
        f"{count_with_noun(len(person.browser), 'fact')} about the browser. The link brought: "
        f"{', '.join(person.entry) or 'nothing'}."
    )


def deletion_line(person: Participant, erased: StudyErasure | None) -> str:
    """When and why a participant's data was deleted."""
    if erased is None:
        return f"Withdrew {format_moment(person.ended)}: everything was deleted then."
    why = "as this study keeps answers for so long only" if erased.reason == "expired" else "at a request"
    return f"Deleted {format_moment(erased.at)}, {why}: {erased.answers} screens. That a place was given stays."


def person_data(record: StudyRecord, person: Participant) -> bytes:
    """The file with all that is kept of a participant."""
    from components.report.study.person_export import person_file

    store, frozen = state.shared_store(), FrozenStudy.from_content(record.content, ALL_PATTERNS)
    return person_file(frozen, person, store.link(person.link), store.answers_of(person.id))


@defer_problems()
def erase_on_page(id: str) -> None:
    """Delete all that is kept of a participant."""
    state.shared_store().erase_participant(id)
