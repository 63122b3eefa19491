"""Player: puts the front-end player on the page and takes what it reports."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import streamlit as st

from components.core.comparison import PANE_KEYS, branch_recordings, shares_model
from components.core.explained import Explained
from components.core.folders import PROJECT_ROOT
from components.core.own_model import OwnModel
from components.core.prompt import MAX_PROMPT_CHARS, Choice, Prompt, question_messages
from components.core.prototype import Prototype
from components.core.recording import Recording, find_played, find_recording
from components.design.work_talk import WorkNote
from components.layers.compare import Comparison
from components.layers.delivery.streaming import Streaming
from components.layers.weather.instructions import instructed_prompt
from components.server.app_context import app_context
from components.server.routes import player_module
from components.study.rating import Moments, Sighting
from components.ui.shared import pane_answers, pane_models, rows, screen, state, talk, talk_timer, written_offer
from components.ui.shared.problems import defer_problems
from components.ui.shared.samples import shipped_recordings

FeltSeconds = Mapping[str, Sequence[float | None]]  # by pane: to the first words, and to the end
PLAYER_KEY = "player"
MAX_REMEMBERED = 20  # comparisons, so that a report of one that just left the screen is still understood
LEAD_TEXTS = (
    "One answer, {count}",
    "Every pane plays the same recorded words at the same pace. Only the experience around them differs.",
)
UNREADABLE_REPORT = Explained(
    "What the player reported could not be read.",
    "Everything saved before is kept.",
    "Reload the page, then play again.",
)
HIDDEN_NAMES_TEXT = "Names come once you have rated, so that none sways you, or with Rate blind off below."
COUNT_WORDS = {1: "one experience", 2: "two experiences", 3: "three experiences", 4: "four experiences"}
LOADER_SCRIPT = (PROJECT_ROOT / "assets" / "player" / "page" / "loader.js").read_text()

player_component = st.components.v2.component("parallax_player", js=LOADER_SCRIPT)


def show(compare: Comparison, reveal: bool, felt: FeltSeconds | None = None, notes: tuple[WorkNote, ...] = ()) -> None:
    """The ask row, the panes on one clock and the race, for a person who will rate what they see.

    Unless `reveal`, the panes are letters, and nothing tells seconds. `felt`: what the person said of each pane.
    `notes`: what was said of the work.
    """
    here = state.page_state()
    here.shown = dict([*here.shown.items(), (compare.id, compare)][-MAX_REMEMBERED:])
    mount_player(
        PLAYER_KEY,
        {
            **player_data(compare, rows.choice_rows(compare, reveal)),
            **pane_answers.hidden_authors(compare, reveal),
            **live_data(compare),
            "reveal": reveal,
            "felt": felt or {},
            "together": talk.shared_moment(notes),
            "timer": talk_timer.shared_timer(notes),
            "pins": talk.moment_pins(compare, notes),
            "patterns": {key: talk.pattern_choices(pane) for key, pane in compare.panes.items()} if reveal else {},
            "lead": lead_texts(compare, reveal),
            "open": here.open or None,
            "found": written_offer.written_offer(compare),
        },
    )


def show_preview(compare: Comparison) -> None:
    """The player for who is designing: nothing seen here is kept for ratings."""
    found, picks = written_offer.written_offer(compare), str(state.page_state().picks or "")
    reported = {"reveal": True, "told": True, "found": found, "plays": picks}
    mount_player("preview", {**player_data(compare), **live_data(compare), **reported})


def show_beside(compare: Comparison, key: str, asked: str = "") -> None:
    """Only what was recorded, without the rows to change it: a second player on a page, which plays at once where
    `asked` says for what.
    """
    mount_player(key, {**player_data(compare, []), "reveal": True, "alone": True, "plays": asked})


def show_sweep(compare: Comparison, key: str, asked: str) -> None:
    """Prototypes that differ in one dial, beside each other; they play at once where `asked` is another one."""
    values = player_data(compare, [])
    panes = [{**pane, "summary": ""} for pane in values["panes"]]
    mount_player(key, {**values, "panes": panes, "reveal": True, "alone": True, "autoplay": False, "plays": asked})


def show_answers(recordings: Sequence[Recording], key: str) -> None:
    """Answers to the same question beside each other, as they came."""
    panes_data = []
    for number, recording in enumerate(recordings):
        name = f"{recording.card.name}, answer {number + 1}" if len(recordings) > 1 else recording.card.name
        panes_data.append(
            player_data(Comparison((recording,), (Prototype(name, (Streaming(),)),), keys=PANE_KEYS[number]), [])
        )
    panes = [pane for values in panes_data for pane in values["panes"]]
    played = {"play_set": ":".join(recording.id for recording in recordings), "panes": panes, "alone": True}
    several = {"recording": {**panes_data[0]["recording"], "id": ""}} if len(panes) > 1 else {}
    mount_player(key, {**panes_data[0], **played, **several, "autoplay": False, "reveal": True})


def standalone_data(compare: Comparison) -> dict[str, Any]:
    """The player's data for a file of its own, without a way to ask live."""
    return {**player_data(compare), "reveal": True, "lead": lead_texts(compare), "alone": True}


def lead_texts(compare: Comparison, named: bool = True) -> tuple[str, str]:
    """What is seen here, in a heading and a sentence; unless `named`, also why the panes have no names."""
    heading, text = LEAD_TEXTS[0].format(count=COUNT_WORDS[len(compare.prototypes)]), LEAD_TEXTS[1]
    if not compare.plays_one_answer:
        heading, text = pane_answers.several_lead_texts(compare)
    return heading, text if named else f"{text} {HIDDEN_NAMES_TEXT}"


def mount_player(key: str, values: Mapping[str, Any]) -> None:
    """A player; its reports come back through the callbacks below."""
    player_component(
        key=key,
        data={**values, "key": key},
        **{f"on_{name}_change": report_callback(key, name) for name in REPORT_HANDLERS},
    )


def player_data(compare: Comparison, shown_rows: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    """The data that every player takes, with the rows to change it that are given, or with all."""
    recording = compare.recording
    return {
        "module": player_module(),
        "part": PLAYER_KEY,
        "play_set": f"{''.join(compare.panes)}:{compare.id}:{pane_answers.played_ids(compare)}",
        "comparison": compare.id,
        "autoplay": True,
        "prompt": recording.prompt.text,
        "panes": [
            {
                "key": key, "name": prototype.name, "summary": prototype.summary, "prototype": prototype.id,
                "timeline": compare.timelines[key].to_json(), **pane_answers.pane_author(compare, key),
            }
            for key, prototype in compare.panes.items()
        ],
        "recording": pane_answers.answer_data(compare),
        "rows": rows.choice_rows(compare) if shown_rows is None else shown_rows,
        "longest": MAX_PROMPT_CHARS,
    }  # fmt: skip


def live_data(compare: Comparison) -> dict[str, Any]:
    """The address and token for a live answer into just these prototypes; or why no model can be asked."""
    here = state.page_state()
    try:
        ticket, name = pane_answers.live_ticket(compare)
    except Explained as problem:
        return {"live": None, "away": f"{problem.what} {problem.do}"}
    asked = " ".join(ticket.models)
    if (here.token_of, here.token_model) != (compare.id, asked) or not app_context().tickets.is_valid(here.token):
        here.token = app_context().tickets.mint(ticket)
        here.token_of, here.token_model = compare.id, asked
    return {"live": {"url": "/parallax/live", "token": here.token, "model": name}}


def report_callback(key: str, name: str) -> Any:
    """The callback for one kind of report; a problem in it is shown at the next drawing."""

    @defer_problems()
    def callback() -> None:
        report = getattr(state.read_widget(key), name, None)
        if report is None:
            return
        try:
            REPORT_HANDLERS[name](report)
        except (LookupError, TypeError, ValueError):
            raise UNREADABLE_REPORT from None

    return callback


def handle_sightings(report: Mapping[str, Any]) -> None:
    """Keep the sightings in a report, with their prototypes and recording."""
    here = state.page_state()
    here.chosen.update({str(pane["prototype"]): reported_choices(report) for pane in report["panes"]})
    compare = here.shown.get(str(report["comparison"]))
    if compare is None:
        return
    store, now = state.shared_store(), datetime.now(UTC).isoformat()
    if compare.unanswered_panes and not report["live"]:
        return  # nobody can compare an answer with none
    played = {pane["pane"]: played_recording(compare, report, pane["pane"]) for pane in report["panes"]}
    for pane in report["panes"]:
        store.keep_prototype(compare.panes[pane["pane"]])
    store.keep_sightings(
        *(
            Sighting(
                id=str(pane["id"]), play=str(report["play"]), comparison=compare.id, rater=state.rater_id(),
                pane=pane["pane"], prototype=compare.panes[pane["pane"]].id, recording=played[pane["pane"]],
                scheduled=Moments(**pane["scheduled"]), painted=Moments(**pane["painted"]),
                weather=tuple(layer.to_json() for layer in compare.surroundings), live=bool(report["live"]),
                freeze=float(pane["freeze"]), hidden=bool(pane["hidden"]), resized=bool(pane["resized"]),
                stopped=bool(pane["stopped"]), broke=bool(pane["broke"]), at=now,
            )
            for pane in report["panes"]
        )
    )  # fmt: skip


def played_recording(compare: Comparison, report: Mapping[str, Any], pane: str) -> str:
    """The id of the recording that a pane of a report played; what was replayed is kept with it."""
    reported, prompt = str(report["recording"]), reported_prompt(compare, report)
    if reported != compare.recording.id or report.get("answers"):
        reported = str(report.get("answers", {}).get(pane, reported))
        live = state.shared_store().recording(reported)
        asked = instructed_prompt(compare.panes[pane], live.prompt.question if live else prompt)
        if live is None or asked.messages == live.prompt.messages:
            return reported
        family = state.shared_store().recordings_for(live.prompt.id)
        own = find_recording((other for other in family if shares_model(live, other)), asked)
        return own.id if own else reported
    prompt, recordings = instructed_prompt(compare.panes[pane], prompt), compare.recordings_of(pane)
    return state.shared_store().keep_recording(find_played(recordings, prompt) or recordings[-1])


def reported_prompt(compare: Comparison, report: Mapping[str, Any]) -> Prompt:
    """The prompt that the panes of a report were asked."""
    return Prompt(compare.prompt.messages, reported_choices(report), int(report["attempt"]), str(report["partial"]))


def reported_choices(report: Mapping[str, Any]) -> tuple[Choice, ...]:
    """What the person of a report said where the prototype asked back."""
    return tuple(Choice(str(choice["question"]), str(choice["option"])) for choice in report["choices"])


def use_live_answer(report: Mapping[str, Any]) -> None:
    """Let every pane replay the live answer that was kept, unless another one was chosen meanwhile."""
    compare, store = screen.current_comparison(), state.shared_store()
    recording = store.recording(str(report["recording"]))
    if recording is None or compare.recording.id not in report["instead"]:
        return
    family = store.recordings_for(recording.prompt.id)
    asked = question_messages(recording.prompt.messages)
    same = asked == question_messages(compare.prompt.messages) and recording.prompt != compare.prompt
    if recording.prompt.partial and not same:
        return  # the rest of an answer whose beginning was not kept
    main = compare.recording if same else recording
    branches = branch_recordings(main, (*shipped_recordings(), *family))
    told = (recording,) if same and recording not in branches else ()
    changed = replace(compare, recordings=(main, *branches, *told))
    answers = {key: store.recording(str(id)) for key, id in report.get("answers", {}).items()}
    own = () if same else own_answers(changed, answers, recording)
    screen.change_comparison(pane_models.with_answers(changed, own))


def own_answers(
    compare: Comparison, answers: Mapping[str, Recording | None], alone: Recording
) -> Iterator[tuple[OwnModel, Recording]]:
    """The answers of panes that have a model of their own, by that model; of one that was asked `alone`, that one."""
    for key, prototype in compare.panes.items():
        model = prototype.own_model
        found = answers.get(key) or (alone if model is not None and model.gave(alone.card) else None)
        if model is not None and found is not None and found.prompt == found.prompt.root:
            yield model, found


def renew_ticket(_: Any) -> None:
    """The player's ticket was used or too old: the next drawing mints another."""
    state.page_state().token = ""


def look_up_question(typed: Any) -> None:
    """Remember the question in the box, so that what is written for it is offered."""
    state.page_state().typed = str(typed)[:MAX_PROMPT_CHARS].strip()


def set_live(report: Mapping[str, Any]) -> None:
    """Remember whether a live answer is under way: in between, nothing can be rated."""
    state.page_state().live = bool(report["begun"])


def follow_preview(_: Any) -> None:
    """The preview has been painted: let the rest of the page follow."""
    state.page_state().follow = True


def toggle_dials(pane: Any) -> None:
    """A gear was pressed: open that pane's dials, or close them."""
    state.page_state().open = str(pane or "")


REPORT_HANDLERS = {
    "seen": handle_sightings, "kept": use_live_answer, "renew": renew_ticket, "live": set_live,
    "loaded": follow_preview, "dials": toggle_dials, "row": rows.apply_choice, "typed": look_up_question,
    "pinned": talk.say_pinned,
}  # fmt: skip
