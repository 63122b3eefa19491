"""Person page: what a colleague has before them who is taken for the model: the question, a draft, and a box."""

import re
import time
from collections.abc import Sequence

import streamlit as st

from components.core.explained import Explained
from components.core.hidden_turn import is_hidden_turn
from components.models.written.person_desk import (
    BROKE,
    DONE,
    MAX_PHRASE_CHARS,
    PARAGRAPH,
    DeskQuestion,
    LineKind,
)
from components.ui.shared import state, theme
from components.ui.shared.problems import defer_problems, page_part

LOOK_S = 1.0  # seconds between looks for a question
SIT_S = 3.0  # seconds after which the page says again that it is open
DESK_PATTERN = re.compile(r"[A-Za-z0-9_-]{8,40}")
SENTENCE = re.compile(r"\s*(?:.+?(?:[.!?…]+[\"'”’»)\]]*(?=\s)|[。！？]+|(?=\n)|\Z))", re.DOTALL)
PHRASE_PART = re.compile(rf"(?s:.{{1,{MAX_PHRASE_CHARS}}})(?=\s|\Z)|(?s:.{{1,{MAX_PHRASE_CHARS}}})")
ABOUT_TEXT = (
    "People see your words come one by one and take you for the model. Press Enter after each sentence, or after "
    "half a one: it is sent as it is. Everything is kept, and marked as typed by a person."
)
WAITING_TEXT = "Nothing is asked at the moment. Leave this page open: the next question comes here by itself."
ENDED_TEXT = "You ended this answer. Its last words are on their way; the next question comes here by itself."
HIDDEN_TEXT = "A pattern of the prototype asks this for itself. Nobody reads the words; answer in the form it asks for."
GONE_TEXT = "Nobody waits for this answer any more. What you sent is kept."
NO_DESK = Explained(
    "This link leads to nobody's desk.", do="Ask for the link again: it stands at the model, on the page Models."
)


def show() -> None:
    """The page, for the desk that the address names. Explained where there is none."""
    desk = str(st.query_params.get("desk", ""))
    st.title("You are the model")
    store = state.shared_store()
    if not DESK_PATTERN.fullmatch(desk) or not store.is_desk_known(desk):
        raise NO_DESK
    st.caption(ABOUT_TEXT)
    questions = store.open_questions(desk)
    page_part(LOOK_S)(watch_desk)(desk, question_mark(questions))
    if questions and not questions[0].ended:
        show_answering(questions[0].id)


def question_mark(questions: Sequence[DeskQuestion]) -> tuple[str, bool]:
    """What tells a desk from itself when another question stands there first, or its answer was ended."""
    return (questions[0].id, questions[0].ended) if questions else ("", False)


def watch_desk(desk: str, shown: tuple[str, bool]) -> None:
    """The question, what was sent of the answer and the draft, drawn and looked after again and again."""
    here, store = state.page_state(), state.shared_store()
    if time.monotonic() - here.sat_at > SIT_S:
        store.sit_at_desk(desk, state.rater_id())
        here.sat_at = time.monotonic()
    questions = store.open_questions(desk)
    if question_mark(questions) != shown:
        st.rerun()
    if not questions:
        st.markdown(WAITING_TEXT)
        return
    show_question(questions[0], len(questions) - 1)


def show_question(question: DeskQuestion, waiting: int) -> None:
    """One question with the answer so far, drawn."""
    for message in question.prompt.conversation[:-1]:
        st.caption(f"{message.role.capitalize()}: {theme.inert_label(message.text)}")
    with st.container(border=True, key="card-person-question"):
        asked = question.prompt.conversation[-1].text
        st.text(asked)
        if is_hidden_turn(question.prompt):
            st.caption(f":material/visibility_off: {HIDDEN_TEXT}")
    if question.text:
        st.caption("Your answer so far")
        st.text(question.text)
    if question.ended:
        st.caption(f":material/check: {ENDED_TEXT}")
    elif question.draft:
        show_draft(question)
    if waiting:
        st.caption(f"{waiting} more {'question waits' if waiting == 1 else 'questions wait'} for you after this one.")


def show_draft(question: DeskQuestion) -> None:
    """What another model would say, with a button that puts it into a box to be corrected, drawn."""
    with st.container(border=True, key="card-person-draft"):
        st.caption("A model's draft")
        st.text(question.draft)
        if st.button("Put it into a box, to correct and send", key="person-take", icon=":material/edit_note:"):
            state.set_widget(draft_key(question.id), question.draft)
            st.rerun()  # the box stands outside of what is looked after


def show_answering(question: str) -> None:
    """The box for the next words, and the ends that an answer can have, drawn."""
    key = draft_key(question)
    if state.read_widget(key) is not None:
        st.text_area("Draft, to be corrected", key=key, height=160)
        with st.container(horizontal=True, gap="xsmall"):
            st.button("Send its next sentence", key="person-next", on_click=send_draft, args=(question, False))
            st.button("Send all of it", key="person-all", on_click=send_draft, args=(question, True))
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        for label, kind, style, help_text in (
            ("That is all", DONE, "primary", "The answer is complete"),
            ("New paragraph", PARAGRAPH, "secondary", "What you send next begins on a new line"),
            ("Break off", BROKE, "tertiary", "The connection breaks in the middle of the answer"),
        ):
            st.button(
                label, key=f"person-{kind}", type=style, help=help_text,  # type: ignore[arg-type]
                on_click=send_sign, args=(question, kind),
            )  # fmt: skip
    st.chat_input("Your next words. Enter sends them.", key="person-said", on_submit=send_typed, args=(question,))


def draft_key(question: str) -> str:
    """The key of the box in which a draft is corrected."""
    return f"person-draft-{question}"


@defer_problems()
def send_typed(question: str) -> None:
    """Send what was typed. A problem is shown at the next drawing."""
    text = str(state.read_widget("person-said") or "").strip()
    if text:
        send_words(question, text)


@defer_problems()
def send_draft(question: str, whole: bool) -> None:
    """Send the box, or its first sentence, and leave the rest in it. A problem is shown at the next drawing."""
    key = draft_key(question)
    text = str(state.read_widget(key) or "")
    first, rest = (text, "") if whole else next_sentence(text)
    if first.strip():
        send_words(question, first)
        state.set_widget(key, rest)


def next_sentence(text: str) -> tuple[str, str]:
    """The first sentence or line of a text, with the space before it, and the rest."""
    found = SENTENCE.match(text)
    return (found[0], text[found.end() :]) if found else (text, "")


@defer_problems()
def send_sign(question: str, kind: LineKind) -> None:
    """Send what is no words: an end or a new paragraph. A problem is shown at the next drawing."""
    send_line(question, kind, "")


def send_words(question: str, text: str) -> None:
    """Send words, after a new paragraph where they begin with one. Explained where nobody waits for them."""
    lines = len(text) - len(text.lstrip("\n"))
    if lines > 1:
        send_line(question, "paragraph", "")
    for part in phrase_parts(text):
        send_line(question, "phrase", part)


def phrase_parts(text: str) -> list[str]:
    """The text in parts that are each kept whole, parted where words are parted wherever that can be."""
    return PHRASE_PART.findall(text)


def send_line(question: str, kind: LineKind, text: str) -> None:
    """Send one thing. Explained, with the words that were not sent, where nobody waits for it any more."""
    if not state.shared_store().send_line(question, kind, text, state.rater_id()):
        raise Explained(GONE_TEXT, f"Not sent: {text.strip()}" if text else "")
