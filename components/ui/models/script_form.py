"""Script: the form in which a person writes what a model would say, question by question."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import streamlit as st

from components.models.source import Settings, Source
from components.models.written import script_table
from components.models.written.script_table import PAIRS_HEADER, Pairs
from components.models.written.scripted_model import AnswerScript
from components.ui.shared import state
from components.ui.shared.problems import defer_problems

MATCHING_TEXT = (
    "A question need not be typed exactly as it stands here: capitals, punctuation, the order of words and small slips "
    "do not matter; numbers have to be the same. Everything else gets the last answer below."
)
BEYOND_TEXT = "This model says what was written beforehand. Nobody answers live behind it."


def script_form() -> Callable[[], tuple[Source, Settings]]:
    """Questions with their answers, what anything else gets, and how fast it is said."""
    here = state.page_state()
    st.caption("You write the answers; people see them come word by word, marked as scripted wherever they show.")
    if here.script_draft and state.read_widget(f"wire-script-{here.scripts}") is None:  # it was not drawn meanwhile
        fill_pairs(here.script_draft)
    rows = st.data_editor(
        [dict(zip(PAIRS_HEADER, pair, strict=True)) for pair in here.script], num_rows="dynamic", hide_index=True,
        key=f"wire-script-{here.scripts}", row_height=44, alt="The script: a question and its answer a row",
    )  # fmt: skip
    written = here.script_draft = filled_rows(rows)
    st.caption(MATCHING_TEXT)
    with st.container(horizontal=True):
        with st.popover("Paste a table", icon=":material/content_paste:"):
            st.text_area("A question and an answer a row, as CSV or from a spreadsheet", key="wire-paste", height=160)
            st.button("Put it into the script", key="wire-pasted", on_click=paste_script)
        st.download_button(
            "Download as CSV", script_table.pairs_csv(written), "script.csv", "text/csv", on_click="ignore",
            disabled=not written, icon=":material/download:",
        )  # fmt: skip
    otherwise = st.text_area(
        "What it says to any other question", key="wire-otherwise", persist_state="session", height=80, max_chars=8000
    )
    left, right = st.columns(2)
    first = left.number_input(
        "First word after (seconds)", 0.0, 120.0, step=0.1, key="wire-script-first", persist_state="session"
    )
    rate = right.number_input("Words a second", 0.1, 1000.0, step=1.0, key="wire-script-rate", persist_state="session")
    show_beyond()
    return lambda: (Source("scripted", script=AnswerScript(written, otherwise.strip(), first, rate)), Settings())


def show_beyond() -> None:
    """What a script cannot do, and where it can be done, drawn."""
    st.caption(BEYOND_TEXT)
    if st.button(
        "Write a scenario instead", icon=":material/arrow_forward:", key="wire-scenarios", type="tertiary",
        help="A scenario also holds a wrong answer, sources, a plan, questions back and confidence, and is played on "
        "Compare.",
    ):  # fmt: skip
        st.switch_page("pages/scenarios.py")


def filled_rows(rows: Iterable[Mapping[str, Any]]) -> Pairs:
    """(question, answer) of every row that holds anything."""
    pairs = (tuple(str(row.get(name) or "").strip() for name in PAIRS_HEADER) for row in rows)
    return tuple((question, answer) for question, answer in pairs if question or answer)


@defer_problems()
def paste_script() -> None:
    """Put the pasted table into the form. A problem is shown where it is none."""
    fill_pairs(script_table.parse_pairs(str(state.read_widget("wire-paste") or "")))
    state.set_widget("wire-paste", "")


def fill_pairs(script: Pairs) -> None:
    """Put pairs into the form, in place of what stands there."""
    here = state.page_state()
    here.script, here.scripts, here.script_draft = script or (("", ""),), here.scripts + 1, ()
