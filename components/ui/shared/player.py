"""Player: puts the front-end player on the page and takes what it reports."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import streamlit as st

from components.core.comparison import KEYS, branches
from components.core.explained import Explained
from components.core.folders import ROOT
from components.core.prompt import LONGEST, Choice, Prompt
from components.core.prototype import Prototype
from components.core.recording import Recording, found
from components.layers.compare import Compare
from components.layers.delivery.streaming import Streaming
from components.server.app_context import app_context
from components.server.live.tickets import Ticket
from components.server.routes import player_module
from components.study.rating import Marks, Sighting
from components.ui.shared import rows, screen, state
from components.ui.shared.problems import defer_problems
from components.ui.shared.samples import shipped

KEY = "player"
REMEMBERED = 20  # comparisons, so that a report of one that just left the screen is still understood
LEAD = (
    "One answer, {count}",
    "Every pane plays the same recorded words at the same pace. Only the experience around them differs.",
)
GARBLED = Explained(
    "What the player reported could not be read.",
    "Everything saved before is kept.",
    "Reload the page, then play again.",
)
COUNT = {1: "one experience", 2: "two experiences", 3: "three experiences", 4: "four experiences"}
LOADER = (ROOT / "assets" / "player" / "page" / "loader.js").read_text()

component = st.components.v2.component("parallax_player", js=LOADER)


def show(compare: Compare, reveal: bool) -> None:
    """The ask row, the panes on one clock and the race, for a person who will rate what they see."""
    here = state.state()
    here.shown = dict([*here.shown.items(), (compare.id, compare)][-REMEMBERED:])
    draw(KEY, {**data(compare), **live(compare), "reveal": reveal, "lead": lead(compare), "open": here.open or None})


def preview(compare: Compare) -> None:
    """The same for who is designing: nothing that is seen here is kept for ratings. It tells when it shows a change."""
    draw("preview", {**data(compare), **live(compare), "reveal": True, "told": True})


def beside(compare: Compare, key: str) -> None:
    """Only what was recorded, without the rows to change it: a second player on a page."""
    draw(key, {**data(compare), "reveal": True, "rows": [], "alone": True})


def answers(recordings: Sequence[Recording], key: str) -> None:
    """Answers to the same question beside each other, as they came."""
    each = []
    for number, one in enumerate(recordings):
        name = f"{one.card.name}, answer {number + 1}" if len(recordings) > 1 else one.card.name
        each.append(data(Compare((one,), (Prototype(name, (Streaming(),)),), keys=KEYS[number])))
    panes = [pane for values in each for pane in values["panes"]]
    played = {"play_set": ":".join(one.id for one in recordings), "panes": panes, "rows": [], "alone": True}
    several = {"recording": {**each[0]["recording"], "id": ""}} if len(panes) > 1 else {}
    draw(key, {**each[0], **played, **several, "autoplay": False, "reveal": True})


def file(compare: Compare) -> dict[str, Any]:
    """The same for a file of its own: no way to ask anybody."""
    return {**data(compare), "reveal": True, "lead": lead(compare), "alone": True}


def lead(compare: Compare) -> tuple[str, str]:
    """What is seen here, in a heading and a sentence."""
    return LEAD[0].format(count=COUNT[len(compare.prototypes)]), LEAD[1]


def draw(key: str, values: Mapping[str, Any]) -> None:
    """A player; its reports come back through the callbacks below."""
    component(key=key, data={**values, "key": key}, **{f"on_{name}_change": took(key, name) for name in TAKES})


def data(compare: Compare) -> dict[str, Any]:
    """What every player takes."""
    recording = compare.recording
    return {
        "module": player_module(),
        "part": KEY,
        "play_set": f"{''.join(compare.panes)}:{compare.id}:{recording.id}",
        "comparison": compare.id,
        "autoplay": True,
        "prompt": recording.prompt.text,
        "panes": [
            {
                "key": key, "name": prototype.name, "summary": prototype.summary, "prototype": prototype.id,
                "timeline": compare.timelines[key].to_json(),
            }
            for key, prototype in compare.panes.items()
        ],
        "recording": {
            "id": recording.id, "model": recording.card.name, "scripted": recording.card.scripted,
            "made": recording.made, "whole": recording.whole,
        },
        "rows": rows.rows(compare),
        "longest": LONGEST,
    }  # fmt: skip


def live(compare: Compare) -> dict[str, Any]:
    """Where a live answer is asked for, with a ticket for just these prototypes; or why there is no model to ask."""
    here = state.state()
    try:
        name = app_context().model_name(here.model)
    except Explained as problem:
        return {"live": None, "away": f"{problem.what} {problem.do}"}
    if here.token_of != compare.id or not app_context().tickets.good(here.token):
        panes = tuple((key, proto.within(*compare.surroundings)) for key, proto in compare.panes.items())
        here.token, here.token_of = app_context().tickets.mint(Ticket(panes, here.model)), compare.id
    return {"live": {"url": "/parallax/live", "token": here.token, "model": name}}


def took(key: str, name: str) -> Any:
    """The callback for one kind of report; a problem in it is shown at the next drawing."""

    @defer_problems()
    def callback() -> None:
        report = getattr(state.widget(key), name, None)
        if report is None:
            return
        try:
            TAKES[name](report)
        except (LookupError, TypeError, ValueError):
            raise GARBLED from None

    return callback


def seen(report: Mapping[str, Any]) -> None:
    """Keep what was painted; ratings refer to it."""
    compare = state.state().shown.get(str(report["comparison"]))
    if compare is None:
        return
    store, now = state.store(), datetime.now(UTC).isoformat()
    recording = str(report["recording"])
    if recording == compare.recording.id:
        told = found(compare.known, asked(compare, report)) or compare.recording
        recording = store.keep_recording(told)
    for pane in report["panes"]:
        store.keep_prototype(compare.panes[pane["pane"]])
    store.keep_seen(
        *(
            Sighting(
                id=str(pane["id"]), play=str(report["play"]), comparison=compare.id, rater=state.rater(),
                pane=pane["pane"], prototype=compare.panes[pane["pane"]].id, recording=recording,
                scheduled=Marks(**pane["scheduled"]), painted=Marks(**pane["painted"]),
                weather=tuple(layer.to_json() for layer in compare.surroundings), live=bool(report["live"]),
                freeze=float(pane["freeze"]), hidden=bool(pane["hidden"]), resized=bool(pane["resized"]),
                stopped=bool(pane["stopped"]), broke=bool(pane["broke"]), at=now,
            )
            for pane in report["panes"]
        )
    )  # fmt: skip


def asked(compare: Compare, report: Mapping[str, Any]) -> Prompt:
    """What a pane that went on alone was asked; the comparison's own prompt where all of them played."""
    choices = tuple(Choice(str(each["question"]), str(each["option"])) for each in report["choices"])
    return Prompt(compare.prompt.messages, choices, int(report["attempt"]), str(report["partial"]))


def kept(report: Mapping[str, Any]) -> None:
    """A live answer was kept: from now on every pane replays it, unless another one was chosen meanwhile."""
    compare, store = screen.current_comparison(), state.store()
    recording = store.recording(str(report["recording"]))
    if recording is None or report["instead"] != compare.recording.id:
        return
    family = store.recordings_for(recording.prompt.id)
    same = recording.prompt.messages == compare.prompt.messages and recording.prompt != compare.prompt
    if recording.prompt.partial and not same:
        return  # the rest of an answer whose beginning was not kept
    main = compare.recording if same else recording
    others = (*branches(main, (*shipped(), *family)),)
    screen.change_comparison(replace(compare, recordings=(main, *others)))


def renew(_: Any) -> None:
    """The player's ticket was used or too old: the next drawing mints another."""
    state.state().token = ""


def answering(report: Mapping[str, Any]) -> None:
    """A live answer began or is over: in between, the panes show none that could be rated."""
    state.state().live = bool(report["begun"])


def loaded(_: Any) -> None:
    """The preview shows what the dials tell: now the rest of the page may follow."""
    state.state().follow = True


def dials(pane: Any) -> None:
    """A gear was pressed: open that pane's dials, or close them."""
    state.state().open = str(pane or "")


TAKES = {
    "seen": seen, "kept": kept, "renew": renew, "live": answering, "loaded": loaded, "dials": dials, "row": rows.chosen,
}  # fmt: skip
