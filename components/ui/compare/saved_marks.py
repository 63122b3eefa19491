"""Saved marks: beside each question the answer that is on disk; answers that did not arrive are sent again."""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from components.core.explained import Explained
from components.core.prompt import content_id
from components.server.routes import player_module
from components.store import SavedRating
from components.ui.shared import state, theme
from components.ui.shared.player import LOADER_SCRIPT
from components.ui.shared.problems import defer_problems
from components.ui.shared.work_moments import format_clock

WATCH_KEY = "answers"
NO_BREAK_SPACE = "\u00a0"
ANSWER_UNITS = {"felt_first": " s", "felt_complete": " s"}
ANSWER_RANGES = {"felt_first": (0, 600), "felt_complete": (0, 600), "speed": (1, 7), "trust": (0, 100)}
UNREADABLE_ANSWER = Explained(
    "An answer that was sent again could not be read.",
    "The answers that are marked as saved are kept.",
    "Look at the marks beside the questions, and give what is missing once more.",
)
AnswerValue = float | str | None
SaveAnswer = Callable[[str, str, AnswerValue, bool], None]  # pane, item, value, whether the clock was hidden

answers_component = st.components.v2.component("parallax_answers", js=LOADER_SCRIPT)


def question_name(answer: str, key: str, item: str) -> str:
    """The name of one question about one answer on the page; another answer's questions have other names."""
    return f"ask-{item}-{key or 'all'}-{content_id(answer)[:12]}"


def show_saved_mark(name: str, saved: SavedRating | None, choice: str = "") -> None:
    """Which answer to a question is on disk, and since when, drawn, or an empty line; `choice` is the saved choice."""
    with st.container(key=f"mark-{name}"):
        if saved is None:
            st.caption(NO_BREAK_SPACE)  # the line stays free, so that nothing moves once it is answered
            return
        rating = saved.rating
        words = choice or f"{rating.value:g}{ANSWER_UNITS.get(rating.item, '')}"
        st.caption(f":material/check: Saved: {theme.inert_label(words)}, {format_clock(rating.at)}")


def watch_answers(names: Mapping[str, tuple[str, str]], saved: Mapping[str, AnswerValue], blind: bool,
                  save: SaveAnswer) -> None:  # fmt: skip
    """The part of the page that marks what is not on disk and sends it again, drawn.

    `names` says of which pane and item each question is, `saved` what is on disk for it.
    """
    answers_component(
        key=WATCH_KEY,
        data={"module": player_module(), "part": "answers", "key": WATCH_KEY, "saved": dict(saved), "blind": blind},
        on_unsaved_change=resend_callback(names, save),
    )


def resend_callback(names: Mapping[str, tuple[str, str]], save: SaveAnswer) -> Callable[[], None]:
    """A callback that saves the answers which the browser reports as not confirmed."""

    @defer_problems()
    def callback() -> None:
        report = getattr(state.read_widget(WATCH_KEY), "unsaved", None)
        if report is None:
            return
        for name, value, blind in reported_answers(report):
            if name in names:  # else it is about an answer that left the screen
                key, item = names[name]
                save(key, item, parse_answer(item, value), blind)

    return callback


def reported_answers(report: Any) -> list[tuple[str, object, bool]]:
    """(question, value, blind) of each answer in a report. Explained where it is none."""
    try:
        return [(str(name), answer["value"], bool(answer["blind"])) for name, answer in report["answers"].items()]
    except (AttributeError, LookupError, TypeError):
        raise UNREADABLE_ANSWER from None


def parse_answer(item: str, value: object) -> AnswerValue:
    """The value as the item takes it: a number in its range, or words. Explained where it is none."""
    if item not in ANSWER_RANGES:
        return str(value)
    least, most = ANSWER_RANGES[item]
    try:
        number = float(str(value))
    except ValueError:
        raise UNREADABLE_ANSWER from None
    if not least <= number <= most:
        raise UNREADABLE_ANSWER
    return number
