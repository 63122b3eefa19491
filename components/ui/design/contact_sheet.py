"""Contact sheet: every prompt of the packs through the prototypes on screen, clean ones against messy ones."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache, partial
from html import escape
from string import Template
from typing import Any

import streamlit as st

from components.charts.chart_look import CHART_CONFIG
from components.charts.demo_trap_meter import meter_figure, meter_legend
from components.core.event import Event
from components.core.prompt import Prompt, content_id
from components.core.recording import Recording
from components.core.timeline import without_layer_data
from components.layers.compare import Comparison
from components.prompts.bundled_recordings import bundled_recordings
from components.prompts.packs import load_packs
from components.server.routes import player_module
from components.store import Arm
from components.study.outcome import NOT_CHECKED, OUTCOMES, USEFUL_OUTCOMES
from components.study.pack_run import PlayedItem, count_outcomes, describe_useful, play_pack
from components.ui.recordings import check_answers, recording_list
from components.ui.shared import screen, state, theme
from components.ui.shared.player import LOADER_SCRIPT
from components.ui.shared.problems import defer_problems

SHEET_KEY = "sheet"
ALL_PACKS = "All packs"
RIGHT_BY_MARK = {"right": True, "wrong": False, "unclear": None}
MAX_RECORDINGS = 1000  # recordings looked at
OUTCOME_KEY = theme.ASSETS_FOLDER / "markup" / "outcome_key.html"

sheet_component = st.components.v2.component("parallax_sheet", js=LOADER_SCRIPT)


def show(compare: Comparison, key: str) -> None:
    """The demo-trap meter of every prototype on screen, then the contact sheet of one."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        named = {pack.name: pack.items for pack in load_packs()}
        name = st.selectbox("Prompts", [ALL_PACKS, *named], key="sheet-pack")
        answers, judged = answers_by_model()
        model = st.selectbox("Answers of", list(answers), key="sheet-model")
    items = named[name] if name in named else tuple(item for pack in load_packs() for item in pack.items)
    around = compare.surroundings
    about = content_id([name, model, [layer.to_json() for layer in around], judged,
                        [answers[model][item.text].id for item in items if item.text in answers[model]]])  # fmt: skip
    sheets = {}
    for number, (pane, proto) in enumerate(compare.panes.items(), 1):
        with st.spinner(f"Playing {len(items)} prompts through {pane}, prototype {number} of {len(compare.panes)}"):
            sheets[pane] = play_cached(
                (proto.id, about), partial(play_pack, proto, items, answers[model], around, judged)
            )
    if not sheets[key]:
        st.caption("No answers to these prompts yet. Record the pack on the page Recordings, then come back.")
        return
    st.markdown("**The demo trap.** How often do prompts as people really write them end as well as tidy ones?")
    arms = [(Arm(pane, proto.id, proto.name), count_outcomes(sheets[pane])) for pane, proto in compare.panes.items()]
    st.caption(checked_text(sheets[key]))
    dark = st.context.theme.type == "dark"
    st.plotly_chart(meter_figure(arms, dark), config=CHART_CONFIG, key="sheet-meter")
    st.html(bar_legend(meter_legend(arms, dark)))
    with st.popover("What counts as useful"):
        st.markdown("\n".join(outcome_rule(name) for name in OUTCOMES))
    offer_sheet_check(sheets[key])
    values = {
        "module": player_module(),
        "part": SHEET_KEY,
        "pane": key,
        "cells": [cell_data(cell) for cell in sheets[key]],
    }
    sheet_component(key=SHEET_KEY, data={**values, "key": SHEET_KEY}, on_pick_change=preview_answer)


def offer_sheet_check(sheet: tuple[PlayedItem, ...]) -> None:
    """The way to check these answers one after the other, drawn; the meter counts what was said when it is closed."""
    unchecked = [cell.recording.id for cell in sheet if not cell.checked]
    choices = {f"Check what is not checked ({len(unchecked)})": unchecked} if unchecked else {}
    choices[f"Check all {len(sheet)} answers"] = [cell.recording.id for cell in sheet]
    chosen = st.pills("Check answers", list(choices), required=False, key="sheet-check", label_visibility="collapsed")
    if chosen:
        check_answers.show(choices[chosen])
        st.caption("The meter counts your marks once you press the choice above again.")


@st.cache_resource(max_entries=24, show_spinner=False)
def play_cached(about: tuple[str, str], _play: Callable[[], tuple[PlayedItem, ...]]) -> tuple[PlayedItem, ...]:  # noqa: ARG001
    """The pack played through a prototype, cached by `about` alone, which names all that it depends on."""
    return _play()


def checked_text(sheet: tuple[PlayedItem, ...]) -> str:
    """What these answers come to, how many of them could be checked, and how the others are."""
    told = describe_useful(Counter(cell.outcome for cell in sheet))
    more = "" if all(cell.checked for cell in sheet) else " Check those below, one after the other."
    return f"{told[0].upper()}{told[1:]}: by what is known of each prompt, or as people judged the answer.{more}"


def bar_legend(colours: Mapping[str, str]) -> str:
    """The parts of the bars named, useful outcomes first; these stand in each pane's own colour."""
    before, part, after = OUTCOME_KEY.read_text("utf-8").splitlines()
    named = (Template(part).substitute(name=escape(name), shade=escape(shade)) for name, shade in colours.items())
    return "".join((before, *named, after))


def outcome_rule(name: str) -> str:
    """An outcome with its rule, as a line of Markdown."""
    worth = "" if name in USEFUL_OUTCOMES else " (counted apart)" if name == NOT_CHECKED else " (not useful)"
    return f"- **{name}**{worth}: {OUTCOMES[name]}"


def answers_by_model() -> tuple[Mapping[str, Mapping[str, Recording]], Mapping[str, bool | None]]:
    """The answers at hand by the model's name and the prompt's words, and which of them people called right.

    None is said of one that a person looked at and could not tell. A newer answer comes before an older one and
    before what was shipped.
    """
    answers: dict[str, dict[str, Recording]] = {}
    roots = [root for pack in load_packs() for item in pack.items if (root := recording_list.pack_prompt_id(item.text))]
    rows = state.shared_store().search(roots=roots, limit=MAX_RECORDINGS, order="oldest").rows
    stored = [recording for row in rows if (recording := stored_recording(row.id)) and not recording.prompt.choices]
    for recording in (
        *(recording for recording in bundled_recordings() if recording.prompt == Prompt(recording.prompt.messages)),
        *stored,
    ):
        answers.setdefault(recording.card.name, {})[recording.prompt.text] = recording
    return answers, {row.id: RIGHT_BY_MARK[row.right] for row in rows if row.right}


@lru_cache(2 * MAX_RECORDINGS)
def stored_recording(id: str) -> Recording | None:
    """A recording of the store, cached: it never changes."""
    return state.shared_store().recording(id)


def cell_data(cell: PlayedItem) -> dict[str, Any]:
    """A cell's data for the front end."""
    seen = cell.seen
    return {
        "recording": cell.recording.id, "prompt": cell.item.text, "mess": cell.item.mess, "outcome": cell.outcome,
        "useful": cell.outcome in USEFUL_OUTCOMES, "checked": cell.checked,
        "events": [event.to_json() for event in final_events(seen.events)],
        "marks": {"sign": seen.sign, "first": seen.first, "complete": seen.complete},
    }  # fmt: skip


def final_events(events: tuple[Event, ...]) -> list[Event]:
    """The events that are left on the screen at the end, words joined, without signs of waiting."""
    left: list[Event] = []
    for event in events:
        words = event.kind == "text" and not event.data.get("hedge") and not event.data.get("draft")
        if words and left and left[-1].kind == "text":
            left[-1] = replace(left[-1], text=left[-1].text + event.text)
        elif event.kind not in ("status", "end"):
            left.append(replace(without_layer_data(event), data={}) if words else without_layer_data(event))
    return left


@defer_problems()
def preview_answer() -> None:
    """Put the chosen answer into the preview."""
    id = str(getattr(state.read_widget(SHEET_KEY), "pick", "") or "")
    recording = check_answers.find_any_recording(id)
    if recording is not None:
        state.page_state().picks += 1  # also the one that is there already plays anew
        screen.change_comparison(
            replace(screen.current_comparison(), recordings=recording_list.conversation_recordings(recording))
        )
