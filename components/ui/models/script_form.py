"""Script: the form in which a person writes what a model would say, question by question."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from components.models.source import Settings, Source
from components.models.written import script_table
from components.models.written.script_table import PAIRS_HEADER, Pairs
from components.models.written.scripted_model import AnswerScript
from components.ui.shared import state
from components.ui.shared.downloads import show_download
from components.ui.shared.problems import defer_problems
from components.ui.shared.text_fields import text_box

MAX_OTHERWISE_CHARS = 8_000
MATCHING_TEXT = (
    "A question need not be typed exactly as it stands here: capitals, punctuation, the order of words and small slips "
    "do not matter; numbers and signs, as in C++, have to be the same. Everything else gets the last answer below."
)
QUESTION_PX, ANSWER_PX = 68, 110
BLANK_PAIRS: Pairs = (("", ""),)
BEYOND_TEXT = "This model says what was written beforehand. Nobody answers live behind it."


def script_form() -> Callable[[], tuple[Source, Settings]]:
    """Questions with their answers, what anything else gets, and how fast it is said."""
    st.caption("You write the answers; people see them come word by word, marked as scripted wherever they show.")
    show_pairs()
    written = filled_pairs(state.page_state().script)
    st.caption(MATCHING_TEXT)
    with st.container(horizontal=True):
        with st.popover("Paste a table", icon=":material/content_paste:"):
            st.text_area("A question and an answer a row, as CSV or from a spreadsheet", key="wire-paste", height=160)
            st.button("Put it into the script", key="wire-pasted", on_click=paste_script)
        show_download(
            "Download as CSV", partial(script_table.pairs_csv, written), "script.csv", "text/csv",
            key="wire-script-file", disabled=not written,
        )  # fmt: skip
    otherwise = text_box(
        "What it says to any other question",
        key="wire-otherwise",
        persist_state="session",
        height=80,
        max_chars=MAX_OTHERWISE_CHARS,
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


def show_pairs() -> None:
    """Each question with its answer, as fields that can be taken out, and the button for one more, drawn."""
    rows = state.page_state().script
    with st.container(key="wire-pairs", gap="small"):
        for number, pair in enumerate(rows):
            with st.container(border=True, gap="xsmall", key=f"wire-pair-{number}"):
                for column, (label, value) in enumerate(zip(PAIRS_HEADER, pair, strict=True)):
                    height = ANSWER_PX if column else QUESTION_PX
                    st.text_area(label, value, key=cell_key(number, column), height=height, on_change=read_pairs)
                st.button(
                    "Take out", key=f"wire-pair-out-{number}", type="tertiary", on_click=take_pair_out, args=(number,),
                    disabled=rows == BLANK_PAIRS,
                )  # fmt: skip
        st.button("Add a question", icon=":material/add:", key="wire-pair-add", type="tertiary", on_click=add_pair)


def cell_key(number: int, column: int) -> str:
    """The key of the field for the question (0) or the answer (1) of a row."""
    return f"wire-script-{state.page_state().scripts}-{number}-{column}"


def read_pairs() -> None:
    """Remember the pairs as they stand in their fields."""
    here = state.page_state()
    here.script = tuple(
        (
            str(state.read_widget(cell_key(number, 0), asked) or ""),
            str(state.read_widget(cell_key(number, 1), said) or ""),
        )
        for number, (asked, said) in enumerate(here.script)
    )


def add_pair() -> None:
    """One more row, in which nothing is written."""
    read_pairs()
    state.page_state().script += BLANK_PAIRS


def take_pair_out(number: int) -> None:
    """Take a row out."""
    read_pairs()
    rows = state.page_state().script
    fill_pairs(rows[:number] + rows[number + 1 :])


def filled_pairs(rows: Pairs) -> Pairs:
    """(question, answer) of every row that holds anything."""
    pairs = ((asked.strip(), said.strip()) for asked, said in rows)
    return tuple(pair for pair in pairs if any(pair))


@defer_problems()
def paste_script() -> None:
    """Put the pasted table into the form. A problem is shown where it is none."""
    fill_pairs(script_table.parse_pairs(str(state.read_widget("wire-paste") or "")))
    state.set_widget("wire-paste", "")


def fill_pairs(script: Pairs) -> None:
    """Put pairs into the form, in place of what stands there."""
    here = state.page_state()
    here.script, here.scripts = script or BLANK_PAIRS, here.scripts + 1
