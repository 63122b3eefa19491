"""Deck bench: the scenes on the left, the one that is chosen on the right, and above them the way to the stage."""

from dataclasses import replace
from textwrap import shorten

import streamlit as st

from components.deck.deck import MAX_SCENES, PHONE_MODES, PhoneMode
from components.deck.deck_remarks import DeckRemark, deck_remarks
from components.deck.scene_kinds import SCENE_KINDS
from components.study.study_language import LANGUAGES
from components.ui.decks import deck_rooms, scene_form
from components.ui.decks.open_deck import (
    OpenDeck,
    change_deck,
    filled_scene,
    put_deck,
    save_history,
    scene_line,
    stage_path,
)
from components.ui.shared import state, theme
from components.ui.shared.drafts import rename_draft
from components.ui.shared.problems import defer_problems, page_part, show_problems
from components.ui.shared.work_moments import format_moment

MAX_LINE_CHARS = 180  # of what is told of a scene in the list
PRESENT_HELP = "Keeps every answer with the deck, so that it plays without a model or a network."
LANGUAGE_TEXT = (
    "What the screen itself says. What you write stays as it is, sentences that are worked out from a room's answers "
    "are in English, and each phone speaks its own language."
)
PHONE_LABELS: dict[PhoneMode, str] = {"own": "Play on each phone", "follow": "Follow the projector"}
PHONE_TEXTS: dict[PhoneMode, str] = {
    "own": "Each phone plays the answers one after the other, without names, in an order of its own. Best for claims "
    "about waiting.",
    "follow": "Everybody watches the projector and only answers on the phone. Answers that play at once compete for "
    "attention.",
}


@page_part()
def show(shown: OpenDeck) -> None:
    """The name and the buttons above, the scenes on the left, the chosen one on the right; what is changed is saved.

    The fields are drawn first: all else tells what stands in them now.
    """
    head, buttons = st.columns([3, 2], vertical_alignment="bottom")
    with head:
        show_deck_name(shown)
    phones, language = st.columns([3, 2])
    with phones:
        choose_phones(shown)
    with language:
        choose_language(shown)
    stage = st.container(key="deck-stage")
    left, right = st.columns([2, 3], gap="large")
    with right, st.container(key="deck-form"), show_problems():
        remarks = st.container(gap="xxsmall")
        if shown.scene is not None:
            change_deck(shown, shown.deck.with_scene(scene_form.show_scene(shown, shown.scene)))
    found = deck_remarks(shown.deck)
    with remarks:
        for remark in found:
            if shown.scene is not None and remark.scene == shown.scene.key:
                show_deck_remark(remark)
    with left:
        show_scenes(shown, found)
    with buttons:
        show_deck_buttons(shown, any(remark.weight == "stop" for remark in found))
    with stage, show_problems():
        deck_rooms.show_stage_links(shown)
    with show_problems():
        deck_rooms.show_rooms(shown)


def show_deck_name(shown: OpenDeck) -> None:
    """The deck's name, which can be written over, drawn."""
    key = f"deck-name-{shown.work.id}-{shown.work.name}"
    st.text_input("Name of the deck", shown.work.name, key=key, on_change=rename_draft, args=(shown, key))


def choose_phones(shown: OpenDeck) -> None:
    """How phones take part, drawn, and since when the deck is saved."""
    chosen = st.segmented_control(
        "Phones", PHONE_MODES, default=shown.deck.phones, required=True, format_func=PHONE_LABELS.__getitem__,
        key=f"deck-phones-{shown.work.id}-{shown.afresh}",
    )  # fmt: skip
    st.caption(f"{PHONE_TEXTS[chosen]} :material/check: Saved, {format_moment(shown.saved)}")
    change_deck(shown, replace(shown.deck, phones=chosen))


def choose_language(shown: OpenDeck) -> None:
    """In which language the projector speaks, drawn."""
    chosen = st.segmented_control(
        "Language of the projector", list(LANGUAGES), default=shown.deck.language, required=True,
        format_func=LANGUAGES.__getitem__, key=f"deck-language-{shown.work.id}-{shown.afresh}",
    )  # fmt: skip
    st.caption(LANGUAGE_TEXT)
    change_deck(shown, replace(shown.deck, language=chosen))


def show_deck_buttons(shown: OpenDeck, stopped: bool) -> None:
    """Undo, redo, and the button that makes the deck ready to be shown, drawn."""
    with st.container(horizontal=True, horizontal_alignment="right", gap="xsmall", vertical_alignment="bottom"):
        st.button("", icon=":material/undo:", key="deck-undo", help="Take the last change back", type="tertiary",
                  disabled=shown.history.back == shown.history, on_click=step_back, args=(shown, True))  # fmt: skip
        st.button("", icon=":material/redo:", key="deck-redo", help="Bring it back", type="tertiary",
                  disabled=shown.history.forward == shown.history, on_click=step_back, args=(shown, False))  # fmt: skip
        st.button("Present", icon=":material/present_to_all:", type="primary", key="deck-present", disabled=stopped,
                  on_click=present_deck, args=(shown,),
                  help="First mend what is said at the scenes." if stopped else PRESENT_HELP)  # fmt: skip


@defer_problems()
def present_deck(shown: OpenDeck) -> None:
    """Keep the deck as it is now, with all that it plays, so that it can be shown."""
    shown.stage = stage_path(shown)


@defer_problems()
def step_back(shown: OpenDeck, back: bool) -> None:
    """Take the last change back, or bring it back."""
    save_history(shown, shown.history.back if back else shown.history.forward)
    shown.afresh += 1


def show_scenes(shown: OpenDeck, remarks: tuple[DeckRemark, ...]) -> None:
    """The scenes in order, each with what moves it, and the list of what can be added, drawn."""
    stopped = {remark.scene for remark in remarks if remark.weight == "stop"}
    if "" in stopped:
        st.caption(remarks[0].text)
    for number, scene in enumerate(shown.deck.scenes, start=1):
        chosen = shown.scene is not None and shown.scene.key == scene.key
        with st.container(border=True, key=f"deck-scene-{'on-' if chosen else ''}{scene.key}", gap="xxsmall"):
            title = theme.inert_label(scene.title or scene.kind_row.label)
            st.markdown(f"**{number}** · {'**' + title + '**' if chosen else title}")
            sign = ":material/error: " if scene.key in stopped else ""
            told = [scene.kind_row.label, *filter(None, [scene_line(scene)])]
            st.caption(sign + theme.inert_label(shorten(" · ".join(told), MAX_LINE_CHARS, placeholder=" …")))
            with st.container(horizontal=True, gap="xxsmall"):
                show_scene_buttons(shown, scene.key, number, chosen)
    if len(shown.deck.scenes) < MAX_SCENES:
        key = f"deck-add-{shown.work.id}-{shown.afresh}"
        st.selectbox(
            "Add a scene", list(SCENE_KINDS), index=None, key=key, on_change=add_scene, args=(shown, key),
            format_func=lambda kind: f"{SCENE_KINDS[kind].label}: {SCENE_KINDS[kind].about}",
            placeholder="Side by side, blind A/B, break it …",
        )  # fmt: skip


def show_scene_buttons(shown: OpenDeck, key: str, number: int, chosen: bool) -> None:
    """What can be done with one scene, drawn."""
    if not chosen:
        st.button("Edit", key=f"deck-edit-{key}", on_click=choose_scene, args=(shown, key), type="tertiary")
    for by, icon, label in ((-1, "arrow_upward", "Earlier"), (1, "arrow_downward", "Later")):
        st.button("", icon=f":material/{icon}:", key=f"deck-move-{by}-{key}", on_click=move_scene, type="tertiary",
                  args=(shown, key, by), help=label,
                  disabled=not 1 <= number + by <= len(shown.deck.scenes))  # fmt: skip
    st.button("", icon=":material/delete:", key=f"deck-out-{key}", on_click=take_scene_out, args=(shown, key),
              type="tertiary", help="Take this scene out; undo brings it back")  # fmt: skip


def show_deck_remark(remark: DeckRemark) -> None:
    """A remark on the scene that is edited, drawn."""
    if remark.weight == "stop":
        st.warning(remark.text, icon=":material/block:")
    else:
        st.caption(f":material/info: {remark.text}")


def choose_scene(shown: OpenDeck, key: str) -> None:
    """Edit this scene."""
    shown.chosen = key
    shown.afresh += 1


@defer_problems()
def move_scene(shown: OpenDeck, key: str, by: int) -> None:
    """Put a scene earlier or later."""
    put_deck(shown, shown.deck.with_moved_scene(key, by))


@defer_problems()
def take_scene_out(shown: OpenDeck, key: str) -> None:
    """Take a scene out."""
    put_deck(shown, shown.deck.without_scene(key))


@defer_problems()
def add_scene(shown: OpenDeck, widget: str) -> None:
    """Add the kind of scene that was chosen, at the end, filled so that it can be shown."""
    kind = state.read_widget(widget)
    if kind in SCENE_KINDS:
        shown.chosen = shown.deck.fresh_key()
        put_deck(shown, shown.deck.with_scene(filled_scene(shown.chosen, str(kind))))
