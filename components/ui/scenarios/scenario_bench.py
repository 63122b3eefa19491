"""Scenario bench: one scenario, its fields on the left, the answer as people see it on the right."""

import streamlit as st

from components.core.prototype import Prototype
from components.core.scenario import RIGHT, WRONG, Outcome, Scenario
from components.design.scenario_exchange import export_scenarios
from components.design.scenario_fields import ScenarioPart
from components.layers import ALL_PATTERNS
from components.layers.compare import Comparison
from components.ui.scenarios import scenario_form
from components.ui.scenarios.open_scenario import OpenScenario, put_values, save_values
from components.ui.shared import example_rows, player, screen, state, theme
from components.ui.shared.comparison_link import full_address
from components.ui.shared.downloads import file_stem, show_download
from components.ui.shared.drafts import rename_draft
from components.ui.shared.problems import defer_problems, page_part, show_problems
from components.ui.shared.work_moments import format_moment

OUTCOME_LABELS: dict[Outcome, str] = {RIGHT: "Right answer", WRONG: "Wrong answer"}
MAX_SHOWN_STATES = 20
DELETED_TEXT = "This scenario was deleted: it is on nobody's list and no chip any more. Its link still opens it."
UNWRITTEN_TEXT = "The answer plays here as soon as a question and a right answer are written on the left."
MARKED_TEXT = "That a person wrote it is told to you and in the data, never inside a pane."


@page_part()
def show(shown: OpenScenario) -> None:
    """The name and what can be done with the whole, then the fields beside what they make; what is typed is saved, and
    draws these alone."""
    head, acts = st.columns([3, 2], vertical_alignment="bottom")
    with head:
        show_scenario_name(shown)
    bar = acts.container(horizontal=True, horizontal_alignment="right", gap="xsmall")
    part = scenario_form.choose_part(shown)
    left, right = st.columns([5, 6], gap="large")
    with left, show_problems():
        scenario_form.show(shown, part)
        save_values(shown, shown.values)
    with right, show_problems():
        show_saved_moment(shown)
        show_part(shown, part)
    with left, show_problems(), bar:
        show_acts(shown)


def show_scenario_name(shown: OpenScenario) -> None:
    """The scenario's name, which can be written over, drawn."""
    key = f"scenario-name-{shown.work.id}-{shown.work.name}"
    st.text_input("Name of the scenario", shown.work.name, key=key, on_change=rename_draft, args=(shown, key))


def show_saved_moment(shown: OpenScenario) -> None:
    """Since when it is saved, and that it is marked as written, drawn."""
    if shown.work.deleted:
        with st.container(key="scenario-deleted", horizontal=True, vertical_alignment="center", gap="xsmall"):
            st.caption(f":material/delete: {DELETED_TEXT}")
            st.button(
                "Bring it back", on_click=bring_scenario_back, args=(shown,), key="scenario-back", type="tertiary"
            )
        return
    mine = shown.work.owner == state.rater_id()
    owner = "" if mine else f" · by {theme.inert_label(shown.work.owner_name) or 'your team'}"
    st.caption(f":material/check: Saved, {format_moment(shown.saved)}{owner}. {MARKED_TEXT}")


@defer_problems()
def bring_scenario_back(shown: OpenScenario) -> None:
    """Put the deleted scenario that is on screen back on the list."""
    store = state.shared_store()
    store.restore_work(shown.work.id)
    shown.work = store.work(shown.work.id, state.rater_id()) or shown.work


def show_part(shown: OpenScenario, part: ScenarioPart) -> None:
    """The scenario in the patterns that show this part of it, drawn; or what it waits for."""
    if not shown.is_playable:
        st.info(UNWRITTEN_TEXT, icon=":material/edit_note:")
        return
    scenario = shown.scenario
    outcome = choose_outcome(scenario)
    layers = tuple(ALL_PATTERNS[name](**ALL_PATTERNS[name].example.dials) for name in part.patterns)
    player.show_beside(Comparison(scenario.recordings(outcome), (Prototype(part.name, layers),)), "scenario-preview")


def choose_outcome(scenario: Scenario) -> Outcome:
    """Which of the two answers is shown, from the control that is drawn here where both are written."""
    if not scenario.wrong.text.strip():
        return RIGHT
    chosen = st.segmented_control(
        "Answer", list(OUTCOME_LABELS), default=RIGHT, required=True, format_func=OUTCOME_LABELS.__getitem__,
        key="scenario-outcome", label_visibility="collapsed",
    )  # fmt: skip
    return WRONG if chosen == WRONG else RIGHT


def show_acts(shown: OpenScenario) -> None:
    """The buttons that play it on Compare, keep it as a file, and show its earlier states, drawn."""
    waits = not shown.is_playable
    if st.button("Play on Compare", icon=":material/play_arrow:", type="primary", key="scenario-play", disabled=waits):
        play_on_compare(shown)
    with st.popover("Share", icon=":material/ios_share:"):
        show_ways_out(shown, waits)
    with st.popover("Versions", icon=":material/history:"):
        show_versions(shown)


def show_ways_out(shown: OpenScenario, waits: bool) -> None:
    """The scenario as a link and as a file, drawn."""
    st.markdown("**Link**")
    st.caption("Opens it as it is then, with every later change. Who has it can change it too.")
    st.code(full_address("scenarios", {"work": shown.work.id}), language=None, wrap_lines=True)
    st.markdown("**File**")
    st.caption("Everything written here. Another Parallax reads it under “Bring in”.")
    show_download(
        "Download", lambda: export_scenarios((shown.scenario,)), f"{file_stem(shown.work.name)}.scenario.json",
        "application/json", key="scenario-file", disabled=waits,
    )  # fmt: skip


def play_on_compare(shown: OpenScenario) -> None:
    """Let the comparison on screen play this scenario, and lead to it."""
    compare = screen.current_comparison()
    screen.change_comparison(example_rows.with_scenario(compare, shown.scenario))
    st.switch_page("pages/compare.py")


def show_versions(shown: OpenScenario) -> None:
    """The states that the scenario was in, newest first, each with a button to go back to it, drawn."""
    st.caption("Every stretch of writing is kept. Going back is a new version: nothing is lost.")
    for kept in state.shared_store().work_steps(shown.work.id)[:MAX_SHOWN_STATES]:
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            whose = theme.inert_label(kept.rater_name) if kept.rater != state.rater_id() else "you"
            st.caption(f"{format_moment(kept.at)} · {whose or 'somebody'}")
            if kept.step == shown.step:
                st.badge("On screen", color="gray")
            else:
                st.button(
                    "Go back to it", key=f"scenario-back-{kept.step}", on_click=go_back, args=(shown, kept.content)
                )


@defer_problems()
def go_back(shown: OpenScenario, values: object) -> None:
    """Put an earlier state into the fields."""
    put_values(shown, values)  # type: ignore[arg-type]
