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


def script_form() -> Callable[[], tuple[Source, Settings]]:
    """Questions with their answers, what anything else gets, and how fast it is said."""
    here = state.page_state()
    st.caption("You write the answers; people see them come word by word, marked as scripted wherever they show.")
    rows = st.data_editor(
        [dict(zip(PAIRS_HEADER, pair, strict=True)) for pair in here.script], num_rows="dynamic", hide_index=True,
        key=f"wire-script-{here.scripts}", row_height=44, alt="The script: a question and its answer a row",
    )  # fmt: skip
    written = filled_rows(rows)
    with st.container(horizontal=True):
        with st.popover("Paste a table", icon=":material/content_paste:"):
            st.text_area("A question and an answer a row, as CSV or from a spreadsheet", key="wire-paste", height=160)
            st.button("Put it into the script", key="wire-pasted", on_click=paste_script)
        st.download_button(
            "Take it away as CSV", script_table.pairs_csv(written), "script.csv", "text/csv", on_click="ignore",
            disabled=not written, icon=":material/download:",
        )  # fmt: skip
    otherwise = st.text_area("What anything else gets", key="wire-otherwise", height=80, max_chars=8000)
    left, right = st.columns(2)
    first = left.number_input("First word after (seconds)", 0.0, 120.0, 0.5, 0.1, key="wire-script-first")
    rate = right.number_input("Words a second", 0.1, 1000.0, 20.0, 1.0, key="wire-script-rate")
    return lambda: (Source("scripted", script=AnswerScript(written, otherwise.strip(), first, rate)), Settings())


def filled_rows(rows: Iterable[Mapping[str, Any]]) -> Pairs:
    """(question, answer) of every row that holds anything."""
    pairs = (tuple(str(row.get(name) or "").strip() for name in PAIRS_HEADER) for row in rows)
    return tuple((question, answer) for question, answer in pairs if question or answer)


@defer_problems()
def paste_script() -> None:
    """Put the pasted table into the form. A problem is shown where it is none."""
    fill_form(script_table.parse_pairs(str(state.read_widget("wire-paste") or "")))
    state.set_widget("wire-paste", "")


def edit_script(script: AnswerScript, name: str) -> None:
    """Put an existing script into the form, to make another model of it."""
    fill_form(script.pairs)
    values = {"kind": "A script", "otherwise": script.otherwise, "script-first": script.first,
              "script-rate": script.rate, "name": name}  # fmt: skip
    for key, value in values.items():
        state.set_widget(f"wire-{key}", value)


def fill_form(script: Pairs) -> None:
    """Put pairs into the form, in place of what stands there."""
    here = state.page_state()
    here.script, here.scripts = script or (("", ""),), here.scripts + 1
