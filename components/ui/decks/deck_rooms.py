"""Deck rooms: the rooms that saw a deck, what they said, and their data to take away."""

import gzip
import json
from collections.abc import Sequence
from functools import partial

import streamlit as st

from components.deck.scene_kinds import EXPECTATION
from components.deck.shown_deck import ShownDeck
from components.layers import ALL_PATTERNS
from components.store import Room
from components.ui.decks.open_deck import OpenDeck, compile_shown
from components.ui.shared import state, theme
from components.ui.shared.comparison_link import full_address
from components.ui.shared.downloads import file_stem, show_download
from components.ui.shared.problems import defer_problems
from components.ui.shared.work_moments import format_moment
from components.ui.studies.study_links import is_own_computer

MAX_SHOWN_ROOMS = 12
STAGE_HELP = "In a tab of its own: move it to the projector and press F. ? there tells all keys."
NOTES_HELP = "Your notes, the next scene and a timer, in step with the stage."
FILE_HELP = "The whole deck in any browser, without a server or a network. It has neither a room nor your notes."
ROOM_FILE_HELP = "The deck as this room saw it, with what it said: in any browser, without a server or a network."
LOCAL_STAGE_TEXT = (
    "Here the stage opens on this computer alone, which is enough to show the deck. For phones in a room, start "
    "Parallax with `make run SHARE=1`."
)
ROOM_TEXT = (
    "A room is opened on the stage, with the key R: people join by its QR code. What they say stays apart from studies "
    "and is marked as a demonstration wherever it goes."
)
AUDIENCES_NOTE = (
    "Means of what people said, beside what the recordings show. Audiences are no random samples: a difference between "
    "them may be one of who was there."
)


def show_rooms(shown: OpenDeck) -> None:
    """The rooms of a deck, the newest first, drawn."""
    st.markdown("**Rooms**")
    rooms = state.shared_store().rooms_of_work(shown.work.id)
    if not rooms:
        st.caption(ROOM_TEXT)
    if len(rooms) > 1 and any(scene.kind == EXPECTATION for scene in shown.deck.scenes):
        show_audiences(rooms)
    for room in rooms[:MAX_SHOWN_ROOMS]:
        show_room_row(shown, room)


def show_audiences(rooms: Sequence[Room]) -> None:
    """How far each audience's expectation was from what was measured, a row each, drawn once it is asked for."""
    if not st.toggle("What each audience had expected", key="deck-audiences"):
        return
    from components.report.room.audience_rows import audience_rows  # statistics take a second to load

    store = state.shared_store()
    seen = [(f"{room.code} · {format_moment(room.at)}", shown_deck_of(room), store.room_votes(room.id))
            for room in reversed(rooms)]  # fmt: skip
    rows = audience_rows((name, deck, votes) for name, deck, votes in seen if deck is not None)
    if not rows:
        st.caption("No audience has answered the check yet.")
        return
    st.dataframe(rows, hide_index=True)
    st.caption(AUDIENCES_NOTE)


def show_stage_links(shown: OpenDeck) -> None:
    """The stage, its notes, and the deck as files, drawn; nothing before the deck is kept as it is now."""
    if not shown.stage:
        return
    stage = full_address(shown.stage)
    with st.container(border=True, gap="xsmall"):
        with st.container(horizontal=True, gap="xsmall"):
            st.link_button("Open the stage", stage, icon=":material/present_to_all:", type="primary", help=STAGE_HELP)
            st.link_button("Open your notes", f"{stage}?notes", icon=":material/speaker_notes:", help=NOTES_HELP)
            show_deck_files(shown)
        if is_own_computer(stage):
            st.caption(f":material/info: {LOCAL_STAGE_TEXT}")


def show_deck_files(shown: OpenDeck) -> None:
    """The deck as one file that plays anywhere, and as pages, drawn."""
    stem = file_stem(shown.work.name)
    show_download(
        "One file that plays anywhere", lambda: deck_file_bytes(shown, None), f"{stem}.html", "text/html",
        key="deck-file", help=FILE_HELP,
    )  # fmt: skip
    show_download(
        "PDF", lambda: deck_pdf_bytes(shown, None), f"{stem}.pdf", "application/pdf", key="deck-pdf",
        help="Each scene with its notes.",
    )  # fmt: skip


def deck_file_bytes(shown: OpenDeck, room: Room | None) -> bytes:
    """The deck as one HTML file; where a room is named, as that saw it, with what it said."""
    from components.report.room.deck_file import deck_page

    if room is None:
        compiled = compile_shown(shown)
        return deck_page(compiled, shown.work.name, compiled.timelines).encode()
    deck, store = shown_deck_of(room), state.shared_store()
    if deck is None:
        return b""
    kept = {id: store.timeline(id) for id in sorted(deck.timeline_ids)}
    timelines = {id: json.loads(gzip.decompress(packed)) for id, packed in kept.items() if packed}
    return deck_page(deck, shown.work.name, timelines, room, store.room_votes(room.id)).encode()


def deck_pdf_bytes(shown: OpenDeck, room: Room | None) -> bytes:
    """The deck as pages, with what a room said where one is named."""
    from components.report.pdf import make_pdf
    from components.report.room.deck_document import deck_document

    if room is None:
        return make_pdf(deck_document(compile_shown(shown), shown.work.name))
    deck = shown_deck_of(room)
    votes = state.shared_store().room_votes(room.id)
    return make_pdf(deck_document(deck, shown.work.name, room, votes)) if deck else b""


def show_room_row(shown: OpenDeck, room: Room) -> None:
    """One room: how many were there, what they said, and what can be done with it, drawn."""
    counts = state.shared_store().room_counts(room.id)
    joined = counts.joined if counts else 0
    answers = sum((*counts.votes.values(), *counts.late.values())) if counts else 0
    is_open = "" if room.ended else " · open now"
    with st.container(border=True, key=f"deck-room-{room.id}", gap="xsmall"):
        st.markdown(f"**{room.code}** · {format_moment(room.at)}{is_open}")
        st.caption(f"{joined} joined, {answers} answers")
        if answers and st.toggle("What they said", key=f"deck-room-said-{room.id}"):
            show_room_findings(room)
        with st.container(horizontal=True, gap="xsmall"):
            if answers:
                stem = f"{file_stem(shown.work.name)}-room-{room.code}"
                show_download(
                    "HTML", lambda: deck_file_bytes(shown, room), f"{stem}.html", "text/html",
                    key=f"deck-room-file-{room.id}", help=ROOM_FILE_HELP,
                )  # fmt: skip
                show_download(
                    "PDF", lambda: deck_pdf_bytes(shown, room), f"{stem}.pdf", "application/pdf",
                    key=f"deck-room-pdf-{room.id}",
                )  # fmt: skip
                for ending, mime in (("csv", "text/csv"), ("json", "application/json")):
                    show_download(
                        ending.upper(), partial(room_file_bytes, room, ending), f"{stem}.{ending}", mime,
                        key=f"deck-room-{ending}-{room.id}",
                    )  # fmt: skip
            if not room.ended:
                st.button("Close this room", key=f"deck-room-end-{room.id}", on_click=close_room, args=(room.id,),
                          type="tertiary")  # fmt: skip


def shown_deck_of(room: Room) -> ShownDeck | None:
    """The deck that a room saw, as it was then; None where it is not kept."""
    record = state.shared_store().kept_deck(room.deck)
    return None if record is None else ShownDeck.from_content(record.content, ALL_PATTERNS)


def show_room_findings(room: Room) -> None:
    """What a room said, scene by scene, drawn."""
    from components.report.room.room_findings import room_findings  # statistics take a second to load

    deck = shown_deck_of(room)
    if deck is None:
        return
    found = room_findings(deck, state.shared_store().room_votes(room.id))
    for scene in found["scenes"]:
        st.markdown(f"**{theme.inert_label(scene['title'])}** · n = {scene['n']}")
        st.markdown("\n".join(f"- {theme.inert_label(sentence)}" for sentence in scene["sentences"]))
        for note in scene["notes"]:
            st.caption(theme.inert_label(note))
    st.caption(found["note"])


def room_file_bytes(room: Room, ending: str) -> bytes:
    """A room's data as a file."""
    from components.report.room.room_export import room_csv, room_json

    deck, votes = shown_deck_of(room), state.shared_store().room_votes(room.id)
    if deck is None:
        return b""
    return room_csv(deck, room, votes) if ending == "csv" else room_json(deck, room, votes)


@defer_problems()
def close_room(id: str) -> None:
    """Let nobody else into a room."""
    state.shared_store().end_room(id)
