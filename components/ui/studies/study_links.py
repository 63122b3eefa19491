"""Study links: the ways into a frozen study, for people, for phones and for recruiters, drawn."""

from urllib.parse import urlsplit

import segno
import streamlit as st

from components.core.explained import Explained
from components.layers import ALL_PATTERNS
from components.server.app_context import app_context
from components.store.study_records import StudyRecord
from components.study.frozen_study import FrozenStudy
from components.study.study import EndPage, Study
from components.ui.shared import state, theme
from components.ui.shared.comparison_link import full_address
from components.ui.shared.problems import defer_problems
from components.ui.shared.text_fields import typed_text

PERSON_KEY, MAX_PERSON_CHARS = "study-link-person", 80
LOCAL_TEXT = (
    "These links open on this computer alone. For phones and other people, start Parallax with `make run SHARE=1`, or "
    "on a server, and open this page at the address that it prints."
)
LINK_LABELS = {"many": "Many people", "once": "One person, once", "personal": "One person, by name"}


def show_links(record: StudyRecord) -> None:
    """The links that let people in, each with its picture, and a way to make more, drawn."""
    st.markdown("**Links**")
    store, taking = state.shared_store(), app_context().taking
    for link in store.links_of(record.id):
        if link.revoked:
            continue
        address = full_address(taking.link_path(link.id))
        with st.container(border=True, key=f"study-link-{link.id}"):
            who = f" · {theme.inert_label(link.person)}" if link.person else ""
            st.caption(f"{LINK_LABELS[link.kind]}{who}")
            st.code(address, language=None, wrap_lines=True)
            with st.container(horizontal=True, gap="xsmall"):
                with st.popover("QR code", icon=":material/qr_code_2:"):
                    st.image(qr_picture(address), width=240)
                st.button("Close this link", key=f"study-revoke-{link.id}", on_click=revoke_on_page, args=(link.id,),
                          type="tertiary")  # fmt: skip
    if is_own_computer(full_address("/")):
        st.caption(f":material/info: {LOCAL_TEXT}")
    left, middle, right = st.columns([3, 3, 1], vertical_alignment="bottom")
    kind = left.selectbox(
        "Another link for", list(LINK_LABELS), format_func=LINK_LABELS.__getitem__, key="study-link-kind"
    )
    middle.text_input("Name", key=PERSON_KEY, disabled=kind != "personal")
    right.button("Make it", key="study-link-make", on_click=make_link, args=(record.id, kind))
    with st.expander("For a recruiter"):
        show_recruiters(record)


def is_own_computer(address: str) -> bool:
    """Whether an address opens on the computer alone on which it is typed."""
    host = urlsplit(address).hostname or ""
    return host in ("localhost", "::1") or host.startswith("127.")


def show_recruiters(record: StudyRecord) -> None:
    """How Prolific, SONA, MTurk and Qualtrics are given the link, drawn."""
    links = [link for link in state.shared_store().links_of(record.id) if link.kind == "many" and not link.revoked]
    if not links:
        st.caption("Make a link for many people first.")
        return
    address = full_address(app_context().taking.link_path(links[0].id))
    st.markdown("Prolific: the study's address, with its own places, which it fills in")
    places = "PROLIFIC_PID={{%PROLIFIC_PID%}}&STUDY_ID={{%STUDY_ID%}}&SESSION_ID={{%SESSION_ID%}}"
    st.code(f"{address}?{places}", language=None, wrap_lines=True)
    st.markdown("SONA")
    st.code(f"{address}?survey_code=%SURVEY_CODE%", language=None, wrap_lines=True)
    st.markdown("MTurk: the address of a *Survey Link* project")
    st.code(address, language=None, wrap_lines=True)
    st.caption(mturk_text(FrozenStudy.from_content(record.content, ALL_PATTERNS).study))
    st.markdown("Qualtrics: as HTML in a question; the survey goes on by itself when it is done")
    st.code(qualtrics_snippet(address), language="html", wrap_lines=True)


def mturk_text(study: Study) -> str:
    """What people of MTurk do with the code at the end of a study."""
    if code := study.ends.get("complete", EndPage()).code:
        told = f"Whoever completes the study reads the code “{theme.inert_label(code)}” and pastes it into the HIT."
        return f"{told} You approve by it. It is the same for everybody."
    return (
        "People paste a code into the HIT, by which you approve, and this study has none: in a copy, write one under "
        "Words, Where they go in the end."
    )


def qualtrics_snippet(address: str) -> str:
    """What is pasted into a Qualtrics question: a frame with the study, whose end is waited for."""
    template = theme.ASSETS_FOLDER / "markup" / "qualtrics.html"
    return template.read_text("utf-8").replace("{{address}}", address)


def qr_picture(address: str) -> str:
    """An address as a QR code, an SVG."""
    return str(segno.make(address, error="m").svg_inline(scale=6, dark="#1c2024", light="#ffffff"))


@defer_problems()
def make_link(study: str, kind: str) -> None:
    """Make another link, for whom its field names."""
    person = typed_text(PERSON_KEY, MAX_PERSON_CHARS) if kind == "personal" else ""
    if kind == "personal" and not person:
        raise Explained("Whom is the link for?", do="Type a name, so that you know whom it belongs to.")
    state.shared_store().keep_link(study, kind, person)  # type: ignore[arg-type]


@defer_problems()
def revoke_on_page(id: str) -> None:
    """Let nobody else in by a link."""
    state.shared_store().revoke_link(id)
