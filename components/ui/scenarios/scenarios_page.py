"""Scenarios page: those that were written, those that come along, and ways to begin another."""

from collections.abc import Iterable

import streamlit as st

from components.core.explained import Explained
from components.core.scenario import Scenario
from components.design.scenario_exchange import (
    MAX_SCENARIO_FILE_BYTES,
    import_scenarios,
    scenario_from_recording,
    scenarios_from_pairs,
)
from components.models.written.script_table import parse_pairs
from components.prompts.scenarios import bundled_scenarios
from components.store import Work, WorkQuery
from components.store.works import SCENARIO
from components.ui.scenarios import scenario_bench
from components.ui.scenarios.open_scenario import (
    BLANK_SCENARIO,
    OpenScenario,
    keep_scenario,
    read_scenario_work,
)
from components.ui.shared import example_rows, screen, state, theme, undo_toast
from components.ui.shared.drafts import draft_in_address, leave_draft, name_in_address
from components.ui.shared.problems import PageProblems, defer_problems

MAX_LISTED, MAX_ROW_CHARS = 60, 140
PURPOSE_TEXT = (
    "A scenario is a question with everything that is written for it: a right and a wrong answer, the question back, "
    "sources, a plan, thoughts. It plays like a model's answer in every pattern, and is marked as written to you and "
    "in the data."
)
EMPTY_TEXT = "You have written none yet. Begin with one that comes along, or with a blank one."


def show(problems: PageProblems) -> None:
    """The scenario that the address names, else the list."""
    shown = current_scenario(problems)
    if shown is None:
        show_scenarios()
        return
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        st.button(
            "All scenarios", icon=":material/arrow_back:", type="tertiary", on_click=leave_draft, key="scenario-leave"
        )
        if not shown.work.deleted:
            st.button(
                "Delete", icon=":material/delete:", type="tertiary", on_click=delete_scenario, args=(shown.work.id,),
                key="scenario-delete",
            )  # fmt: skip
    with problems.catch_explained():
        scenario_bench.show(shown)


def current_scenario(problems: PageProblems) -> OpenScenario | None:
    """The scenario that the address names, in the state that it names; None where there is none to show."""
    here, step = state.page_state(), st.query_params.get("step", "")
    here.scenario = draft_in_address(
        here.scenario, lambda id: read_scenario_work(id, int(step) if step.isdecimal() else 0), problems
    )
    return here.scenario


@defer_problems()
def delete_scenario(work_id: str) -> None:
    """Take a scenario off every list, and go back to the list, where it can be taken back."""
    state.shared_store().delete_work(work_id, state.rater_id())
    leave_draft()


def show_scenarios() -> None:
    """What can be begun, the written scenarios, and those that come along, drawn."""
    undo_toast.show(SCENARIO)
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    left.title("Scenarios")
    with right, st.container(horizontal=True, horizontal_alignment="right", gap="xsmall"):
        show_beginnings()
    st.caption(PURPOSE_TEXT)
    words = st.text_input("Search", key="scenario-search", placeholder="A question, a field, a name")
    found = state.shared_store().find_works(WorkQuery(state.rater_id(), words, SCENARIO, limit=MAX_LISTED))
    if not found.works and not words:
        st.caption(EMPTY_TEXT)
    for work in found.works:
        show_work(work)
    if found.total > len(found.works):
        st.caption(f"{found.total - len(found.works)} more: search for a word of theirs.")
    examples = scenarios_with(bundled_scenarios(), words)
    if examples:
        st.header("Examples from Parallax")
    elif not found.works:
        st.caption("Nothing here has these words. Try fewer.")
    for number, scenario in enumerate(examples):
        show_bundled(number, scenario)


def scenarios_with(scenarios: Iterable[Scenario], words: str) -> list[Scenario]:
    """The scenarios in whose question or field every word stands."""
    asked = words.casefold().split()
    return [s for s in scenarios if all(word in f"{s.question} {s.subject}".casefold() for word in asked)]


def show_beginnings() -> None:
    """The buttons that begin a scenario: blank, from what is on screen, from a file or a table, drawn."""
    st.button("New", icon=":material/add:", type="primary", on_click=begin_blank, key="scenario-new")
    st.button(
        "From the answer on screen", on_click=begin_from_screen, key="scenario-screen",
        help="Takes the answer that Compare shows, a model's too, to be corrected here.",
    )  # fmt: skip
    with st.popover("Bring in", icon=":material/upload:"):
        st.file_uploader(
            "A file of scenarios", type="json", key="scenario-upload", on_change=bring_file,
            max_upload_size=MAX_SCENARIO_FILE_BYTES // 1_000_000,
        )  # fmt: skip
        st.text_area("Or a table: a question and an answer a row, from a spreadsheet", key="scenario-paste", height=120)
        st.button("Make a scenario of each row", on_click=bring_table, key="scenario-pasted")


def show_work(work: Work) -> None:
    """A written scenario with the button that opens it, drawn."""
    picture = work.preview[0] if work.preview else {}
    owner = "you" if work.owner == state.rater_id() else work.owner_name or "your team"
    text = str(picture.get("text", ""))
    words = f"{text[:MAX_ROW_CHARS]}{'…' if len(text) > MAX_ROW_CHARS else ''}" or "no answer yet"
    show_row(work.id, work.name, f"{picture.get('name') or 'No topic'} · by {owner} · {words}")


def show_row(work_id: str, name: str, line: str) -> None:
    """One row of the list, drawn."""
    with st.container(border=True, horizontal=True, vertical_alignment="center", horizontal_alignment="distribute",
                      key=f"scenario-row-{work_id}"):  # fmt: skip
        with st.container(gap="xxsmall"):
            st.markdown(f"**{theme.inert_label(name)}**")
            st.caption(theme.inert_label(line))
        st.button("Open", key=f"scenario-open-{work_id}", on_click=name_in_address, args=(work_id,))


def show_bundled(number: int, scenario: Scenario) -> None:
    """A scenario that comes along, with the buttons that play it and make a copy of it, drawn."""
    with st.container(border=True, horizontal=True, vertical_alignment="center", horizontal_alignment="distribute",
                      key=f"scenario-bundled-{number}"):  # fmt: skip
        with st.container(gap="xxsmall"):
            st.markdown(f"**{theme.inert_label(scenario.question)}**")
            st.caption(theme.inert_label(scenario.subject))
        with st.container(horizontal=True, width="content", gap="xsmall"):
            if st.button("Play", key=f"scenario-bundled-play-{number}"):
                screen.change_comparison(example_rows.with_scenario(screen.current_comparison(), scenario))
                st.switch_page("pages/compare.py")
            st.button("Make it mine", key=f"scenario-copy-{number}", on_click=begin_from, args=(scenario,))


@defer_problems()
def begin_blank() -> None:
    """Begin a blank scenario."""
    name_in_address(keep_scenario(BLANK_SCENARIO).id)


@defer_problems()
def begin_from_screen() -> None:
    """Begin a scenario from the answer that Compare shows."""
    begin_from(scenario_from_recording(screen.current_comparison().recording))


@defer_problems()
def begin_from(scenario: Scenario) -> None:
    """Begin a scenario that is a copy of another one."""
    name_in_address(keep_scenario(scenario.to_json()).id)


@defer_problems()
def bring_file() -> None:
    """Keep every scenario of the uploaded file; one alone is opened."""
    file = state.read_widget("scenario-upload")
    if file is not None:
        bring_scenarios(import_scenarios(file.getvalue()))  # type: ignore[attr-defined]


@defer_problems()
def bring_table() -> None:
    """Keep a scenario for each row of the pasted table; one alone is opened."""
    pairs = parse_pairs(str(state.read_widget("scenario-paste") or ""))
    empty = next((number for number, pair in enumerate(pairs, 1) if not all(pair)), None)
    if empty is not None:
        raise Explained(f"Row {empty} lacks its question or its answer.", "What you pasted stays here.", "Fill it in.")
    bring_scenarios(scenarios_from_pairs(pairs))
    state.set_widget("scenario-paste", "")


def bring_scenarios(scenarios: tuple[Scenario, ...]) -> None:
    """Keep some scenarios as works; one alone is opened, of several it is said how many they are."""
    kept = [keep_scenario(scenario.to_json()) for scenario in scenarios]
    if len(kept) == 1:
        name_in_address(kept[0].id)
    else:
        st.toast(f"{len(kept)} scenarios kept.", icon=":material/check:")
