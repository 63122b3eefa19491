"""Study questions: what people are asked, before, after each answer, and at the end, drawn."""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from components.core.explained import Explained
from components.study.instrument_words import has_translation
from components.study.instruments import load_instruments
from components.study.study import PLACES, TRIAL_ITEM_NAMES, OwnItem, Place, Study
from components.study.study_item import ITEM_KINDS, ItemKind, ItemOption, StudyItem
from components.ui.shared import state, theme
from components.ui.shared.problems import defer_problems
from components.ui.shared.text_fields import typed_text
from components.ui.studies.open_study import OpenStudy, put_study
from components.ui.studies.study_form import field_key

ITEM_LABELS: Mapping[str, str] = {
    "first": "Their own answer, before", "accept": "Use it, or change it", "trust": "Trust, 0 to 100",
    "speed": "Satisfied with the speed, 1 to 7", "felt_first": "Seconds to the first words, as felt",
    "felt_complete": "Seconds to the complete answer, as felt", "likely": "How likely it is correct, 0 to 100",
}  # fmt: skip
PLACE_LABELS: Mapping[Place, str] = {
    "before": "Before the first answer", "after_arm": "After each prototype", "at_end": "At the end",
}  # fmt: skip
KIND_LABELS: Mapping[ItemKind, str] = {
    "scale": "Scale of buttons", "slider": "Slider, 0 to 100", "choice": "Choice", "text": "Free text",
}  # fmt: skip
MAX_OWN_ITEMS = 20
OWN_FIELDS: Mapping[str, int] = {"text": 300, "low": 60, "high": 60, "right": 100, "options": 2_000}  # most characters


def show_asked(shown: OpenStudy) -> Study:
    """What is asked after each answer, and the questionnaires, drawn."""
    study, frozen, key = shown.study, shown.record is not None, field_key(shown)
    battery = st.pills(
        "After each answer", TRIAL_ITEM_NAMES, selection_mode="multi", default=list(study.battery), disabled=frozen,
        format_func=lambda name: ITEM_LABELS[name], key=key("battery"),
    )  # fmt: skip
    study = replace(study, battery=tuple(name for name in TRIAL_ITEM_NAMES if name in battery))
    if any(name.startswith("felt_") for name in study.battery):
        announced = st.toggle(
            "Tell them at the start that seconds will be asked", study.seconds_announced, key=key("announced"),
            disabled=frozen, help="Else seconds are asked once only, after the last answer: who expects the question "
            "attends to time.",
        )  # fmt: skip
        study = replace(study, seconds_announced=announced)
    study = replace(
        study,
        asks_why=st.toggle("“Why?” after each answer, optional", study.asks_why, key=key("why"), disabled=frozen),
        asks_preference=st.toggle(
            "Which one they would rather use, at the end", study.asks_preference, key=key("preference"),
            disabled=frozen or study.design != "within",
        ),
        attention_checks=int(
            st.segmented_control(
                "Items that show whether people read", (0, 1, 2), default=study.attention_checks, required=True,
                key=key("checks"), disabled=frozen,
            )
        ),
    )  # fmt: skip
    st.markdown("**Questionnaires**")
    study = show_questionnaires(shown, study)
    st.markdown("**Your own questions**")
    for own in study.own_items:
        show_own_item(shown, own)
    if not frozen and len(study.own_items) < MAX_OWN_ITEMS:
        show_new_item(shown)
    return study


def show_questionnaires(shown: OpenStudy, study: Study) -> Study:
    """Which questionnaires are asked at each place, and in which words, drawn."""
    if has_translation(study.language):
        translated = st.toggle(
            "In the language of the study", study.instruments_translated, key=field_key(shown)("translated"),
            disabled=shown.record is not None,
            help="In a translation of ours that nobody has validated. Else in English, as they were published.",
        )  # fmt: skip
        study = replace(study, instruments_translated=translated)
    return replace(study, instruments={place: show_instruments(shown, place) for place in PLACES})


def show_instruments(shown: OpenStudy, place: Place) -> tuple[str, ...]:
    """The questionnaires at one place, drawn; those that are chosen."""
    known = load_instruments()
    held = [name for name in shown.study.instruments.get(place, ()) if name in known]
    chosen = st.multiselect(
        PLACE_LABELS[place], list(known), default=held,
        format_func=lambda name: known[name].title, key=field_key(shown)(f"instruments-{place}"), placeholder="None",
        disabled=shown.record is not None, select_all=False,
    )  # fmt: skip
    for name in chosen:
        tool = known[name]
        st.caption(f"{theme.inert_label(tool.measures)}. {theme.inert_label(tool.citation)}")
    return tuple(chosen)


def show_own_item(shown: OpenStudy, own: OwnItem) -> None:
    """One of the designer's own questions with the button that takes it out, drawn."""
    item = own.item
    with st.container(border=True, horizontal=True, vertical_alignment="center", horizontal_alignment="distribute",
                      key=f"study-own-{shown.work.id}-{own.place}-{item.name}"):  # fmt: skip
        with st.container(gap="xxsmall"):
            st.markdown(theme.inert_label(item.text))
            st.caption(theme.inert_label(item_line(own)))
        if shown.record is None:
            st.button("Take out", key=f"study-own-out-{own.place}-{item.name}", on_click=take_item_out,
                      args=(shown, own), type="tertiary")  # fmt: skip


def item_line(own: OwnItem) -> str:
    """Where one of the designer's own questions stands, and how it is answered, in a line."""
    item = own.item
    options = f": {', '.join(option.label for option in item.options)}" if item.options else ""
    only = f" · only who answers “{item.right}” takes part" if item.right and own.place == "before" else ""
    return f"{PLACE_LABELS[own.place]} · {KIND_LABELS.get(item.kind, item.kind)}{options}{only}"


@defer_problems()
def take_item_out(shown: OpenStudy, own: OwnItem) -> None:
    """Take one of the designer's own questions out."""
    put_study(shown, replace(shown.study, own_items=tuple(kept for kept in shown.study.own_items if kept != own)))


def show_new_item(shown: OpenStudy) -> None:
    """The form for another question, drawn."""
    key = field_key(shown)
    with st.expander("Write a question"), st.form(key("own"), border=False):
        st.text_input("Question", key=key("own-text"))
        left, right = st.columns(2)
        left.selectbox("Where", PLACES, format_func=lambda place: PLACE_LABELS[place], key=key("own-place"))
        right.selectbox("Answered by", list(KIND_LABELS), format_func=KIND_LABELS.__getitem__, key=key("own-kind"))
        left.text_input("Words at the low end", key=key("own-low"))
        right.text_input("Words at the high end", key=key("own-high"))
        left.text_area("Options of a choice, one a line", key=key("own-options"), height=100)
        right.text_input(
            "Only who chooses this option takes part", key=key("own-right"),
            help="For a choice before the first answer. Others are thanked and led back.",
        )  # fmt: skip
        st.form_submit_button("Add it", on_click=add_own_item, args=(shown,))


@defer_problems()
def add_own_item(shown: OpenStudy) -> None:
    """Add the question that stands in the form."""
    key = field_key(shown)
    typed = {name: typed_text(key(f"own-{name}"), most) for name, most in OWN_FIELDS.items()}
    place = next((place for place in PLACES if place == state.read_widget(key("own-place"))), None)
    kind = next((kind for kind in ITEM_KINDS if kind == state.read_widget(key("own-kind"))), None)
    if not typed["text"]:
        raise Explained("The question is empty.", "What you set beside it is kept.", "Write the question, then add it.")
    if place is None or kind is None:
        return
    lines = [line.strip() for line in typed["options"].splitlines() if line.strip()]
    options = tuple(ItemOption(line, line) for line in dict.fromkeys(lines)) if kind == "choice" else ()
    names = {own.item.name for own in shown.study.own_items}
    name = next(name for number in range(1, 100) if (name := f"q{number}") not in names)
    right = typed["right"] if typed["right"] in [option.value for option in options] else ""
    item = StudyItem(
        name, kind, typed["text"], typed["low"], typed["high"], least=0 if kind == "slider" else 1, options=options,
        required=kind != "text", right=right,
    )  # fmt: skip
    put_study(shown, replace(shown.study, own_items=(*shown.study.own_items, OwnItem(place, item))))
