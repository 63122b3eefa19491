"""Workbench: one prototype, its stack of patterns and dials on the left, the answer seen through it on the right."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.core.comparison import PANE_KEYS
from components.core.prototype import Prototype
from components.core.recording import Recording, replay
from components.core.timeline import Timeline, build_timeline
from components.design.felt_lint import lint_felt
from components.design.lint import apply_cure, cure_words, lint
from components.layers import ALL_PATTERNS
from components.layers.compare import CUSTOM_WEATHER, NO_FAULT, Comparison
from components.layers.weather.instructions import unheard_instructions
from components.ui.design import contact_sheet, dial_sweep, pattern_picker, templates, versions_panel
from components.ui.shared import dials, player, screen, share, state, theme, work_head
from components.ui.shared.problems import page_part


def show(compare: Comparison) -> DeltaGenerator:
    """The page; what is changed here is changed in the comparison too. The place that says that it is saved."""
    left, right = st.columns([4, 7], gap="large", vertical_alignment="center")
    left.title("Design")
    saved = left.container()
    with right, st.container(horizontal=True, horizontal_alignment="distribute"):
        key = choose_pane(compare)
        bar = st.container(horizontal=True, width="content", gap="xsmall")
    state.page_state().follow = False
    show_bench(compare, key)
    compare = screen.current_comparison()
    with bar:
        show_actions(compare, key)
        templates.show()
        pattern_picker.show()
        share.show(compare)
    with st.container(key="below"):
        show_further(compare, key)
    return saved


@page_part()
def show_bench(drawn: Comparison, key: str) -> None:
    """The dials beside what they do; a turned dial draws them alone. The page, `drawn` before, follows the preview."""
    here = state.page_state()
    if here.follow and screen.current_comparison() != drawn:
        st.rerun()
    compare = apply_page_dials(screen.current_comparison(), key)
    left, right = st.columns([4, 7], gap="large")
    with right:
        player.show_preview(compare.only_pane(key))
        show_remarks(compare, key)
    with left:
        show_dials(compare, key)
    if compare != drawn and compare.id == drawn.id:  # another name: the preview has nothing to show
        st.rerun()


def show_further(compare: Comparison, key: str) -> None:
    """The control for the parts below the bench, and the chosen part, drawn."""
    parts = {
        "Over a prompt pack": contact_sheet.show,
        "Sweep a dial": dial_sweep.show,
        "Versions": versions_panel.show,
    }
    name = st.segmented_control("More", list(parts), required=False, key="design-more", label_visibility="collapsed")
    if name:
        parts[name](compare, key)
    else:
        st.caption("See it over a whole prompt pack, clean against messy; sweep one dial; or remember a version.")


def apply_page_dials(compare: Comparison, key: str) -> Comparison:
    """The comparison as the page's dials stand, read before they are drawn."""
    after = compare.with_prototype(
        key, versions_panel.with_description(dials.prototype_from_dials(compare.panes[key], key), key)
    )
    after = dials.weather_from_dials(after) if after.weather == CUSTOM_WEATHER else after
    screen.change_comparison(after, dialled=True)
    return after


def show_dials(compare: Comparison, key: str) -> None:
    """The dials of the chosen pane, drawn; those of the weather too where it is the person's own."""
    with st.container(key=f"dials-{key}-design"):
        dials.choose_patterns(compare, key)
        versions_panel.show_description(compare.panes[key], key)
    if compare.weather == CUSTOM_WEATHER:
        with st.container(key="dials-weather"):
            dials.show_weather_dials(compare)


def choose_pane(compare: Comparison) -> str:
    """The key of the pane that is being designed, from the control that is drawn here."""
    here, panes = state.page_state(), list(compare.panes)
    here.design = here.design if here.design in panes else panes[0]
    with st.container(key="design-panes", width="content"):
        picked = st.segmented_control(
            "Prototype", panes, default=here.design, required=True,
            format_func=lambda key: theme.inert_label(f"{key} {compare.panes[key].name}"),
            label_visibility="collapsed", key=f"design-pane-{here.afresh}",
        )  # fmt: skip
    here.design = str(picked)
    return here.design


def show_actions(compare: Comparison, key: str) -> None:
    """The buttons for undo, redo, duplicate and delete, drawn."""
    work_head.show_undo()
    work_head.show_icon_button(
        "content_copy",
        "Duplicate this prototype",
        lambda: duplicate_pane(compare, key),
        len(compare.panes) == len(PANE_KEYS),
    )
    work_head.show_icon_button(
        "delete",
        "Take this prototype away",
        lambda: screen.change_comparison(compare.without_pane(key)),
        len(compare.panes) == 1,
    )


def duplicate_pane(compare: Comparison, key: str) -> None:
    """Add a copy of a pane's prototype, and design that one."""
    prototype = compare.panes[key]
    changed = compare.with_added(replace(prototype, name=f"Copy of {prototype.name}"[: dials.MAX_NAME_CHARS], work=""))
    screen.change_comparison(changed)
    state.page_state().design = list(changed.panes)[-1]


def show_remarks(compare: Comparison, key: str) -> None:
    """The remarks on a pane's prototype, each with a button for its cure, drawn."""
    prototype = compare.panes[key]
    recordings = compare.recordings_for_prototype(prototype)
    felt = lint_felt(prototype, lambda tried: play_unbroken(compare, tried, recordings), ALL_PATTERNS)
    unheard = unheard_instructions(prototype, compare.prompt, recordings)
    remarks = (*lint(prototype, recordings[-1].card), *felt, *unheard)
    if not remarks:
        st.caption(":material/check: Nothing to remark: every pattern has its place.")
    for number, remark in enumerate(remarks):
        with st.container(horizontal=True, vertical_alignment="center", key=f"remark-{number}"):
            mark = "warning" if remark.level == "warning" else "lightbulb"
            st.caption(f":material/{mark}: {theme.inert_label(remark.text)}")
            if cure := cure_words(remark, ALL_PATTERNS):
                after = compare.with_prototype(key, apply_cure(compare.panes[key], remark, ALL_PATTERNS))
                st.button(cure.capitalize(), key=f"cure-{number}", on_click=screen.change_comparison, args=(after,))


def play_unbroken(compare: Comparison, prototype: Prototype, recordings: Sequence[Recording]) -> Timeline:
    """How a prototype plays the last of these recordings in the comparison's weather, where nothing breaks."""
    around = replace(compare, fault=NO_FAULT).surroundings
    return build_timeline(prototype.with_weather(*around), recordings[-1].prompt.root, replay(recordings), depth=0)
