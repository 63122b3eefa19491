"""Questionnaire: how it felt, before clock and names are shown; every answer is on disk before it is called saved."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import streamlit as st

from components.core.explained import Explained
from components.layers.compare import Comparison
from components.store import PlayRef, SavedRating
from components.study.rating import QUESTION_TEXTS, Rating
from components.ui.compare import saved_marks
from components.ui.shared import state, theme
from components.ui.shared.problems import defer_problems

FELT_ITEMS = ("felt_first", "felt_complete")
NO_DIFFERENCE_LABEL = "No difference"
BLIND_HELP = (
    "On: panes are only letters and nothing tells seconds until everything is rated. Off: names, seconds and the race "
    "show at once, to design or to present; what is rated then counts apart in Results."
)
GivenAnswers = dict[tuple[str, str], SavedRating]


def given_answers(compare: Comparison) -> GivenAnswers:
    """This person's latest ratings of this answer in this comparison."""
    ratings = state.shared_store().ratings_of(state.rater_id(), compare.id)
    return {key: saved for key, saved in ratings.items() if saved.recording in ("", compare.recording.id)}


def watched_play(compare: Comparison) -> PlayRef | None:
    """The play that this person's ratings are about; None before all panes were played."""
    return state.shared_store().last_play(state.rater_id(), compare.id, compare.recording.id)


def may_reveal(compare: Comparison, answers: GivenAnswers) -> bool:
    """Whether clock and names may be shown: every question is answered, or the person asked to see them.

    Who opens dials reads names and seconds there, and has seen them from then on.
    """
    here = state.page_state()
    if not here.blind or here.open:
        here.revealed.add(answer_key(compare))
    return answer_key(compare) in here.revealed or all(question in answers for question in questions_of(compare))


def questions_of(compare: Comparison) -> list[tuple[str, str]]:
    """Every question about this answer, as (pane, item); the pane of "ship" is ""."""
    of_panes = [(key, item) for key in compare.panes for item in (*felt_items(compare, key), "speed", "trust")]
    return [*of_panes, ("", "ship")] if len(compare.panes) > 1 else of_panes


def answer_key(compare: Comparison) -> str:
    """The key of an answer in a comparison, as clock times are revealed by it."""
    return f"{compare.id}:{compare.recording.id}"


def felt_items(compare: Comparison, key: str) -> tuple[str, ...]:
    """The felt times to ask of a pane: none for words that never came."""
    return FELT_ITEMS if compare.timelines[key].first is not None else FELT_ITEMS[1:]


def show(compare: Comparison, answers: GivenAnswers, revealed: bool) -> None:
    """A card a pane, then the one question about them all."""
    waits = state.page_state().live or watched_play(compare) is None
    show_lead(compare, answers, revealed, waits)
    if waits:
        return
    columns = st.columns(len(compare.panes))
    for column, (key, prototype) in zip(columns, compare.panes.items(), strict=True):
        with column, st.container(key=f"rate-{key}", border=True):
            st.markdown(f"**{key}** {theme.inert_label(prototype.name) if revealed else ''}")
            ask_about_pane(compare, key, answers, revealed)
    ask_overall(compare, answers, revealed)


def show_lead(compare: Comparison, answers: GivenAnswers, revealed: bool, waits: bool) -> None:
    """What is asked, what it counts for, and the switch between rating blind and seeing all at once, drawn."""
    here = state.page_state()
    left, right = st.columns([3, 1], vertical_alignment="center")
    if not waits:
        left.subheader("How did it feel?")
    if here.live:
        left.caption("The model is answering. When every pane is done, you can say how each one felt.")
    elif waits:
        left.caption("Play the panes once; then you can say how each one felt.")
    elif revealed:
        left.caption(
            "Clock and names are on the screen now. Felt times stay as they are; what you say or change from here on "
            "counts apart."
        )
    else:
        done = sum(question in answers for question in questions_of(compare))
        left.caption(
            f"Seconds from pressing Play, by feel. Each answer is saved at once; names and the race appear after the "
            f"last. {done} of {len(questions_of(compare))} given."
        )
    with right, st.container(key="reveal", horizontal_alignment="right"):
        st.toggle("Rate blind", here.blind, help=BLIND_HELP, key="rate-blind", on_change=keep_blind)


def keep_blind() -> None:
    """Remember whether this person rates blind."""
    state.page_state().blind = bool(state.read_widget("rate-blind"))


def ask_about_pane(compare: Comparison, key: str, answers: GivenAnswers, revealed: bool) -> None:
    """The questions about one pane, drawn."""
    of = f"{answer_key(compare)}:{key}"
    for item in felt_items(compare, key):
        with marked_question(compare, key, item, answers):
            st.number_input(
                QUESTION_TEXTS[item], 0.0, 600.0, given_number(answers, key, item), 0.5, format="%g",
                placeholder="seconds", key=f"{item}:{of}", disabled=revealed,
                on_change=keep_callback(compare, key, item, f"{item}:{of}", True),
            )  # fmt: skip
    speed = given_number(answers, key, "speed")
    with marked_question(compare, key, "speed", answers):
        st.segmented_control(
            QUESTION_TEXTS["speed"] + " (1 not at all, 7 extremely)", range(1, 8),
            default=int(speed) if speed else None, key=f"speed:{of}",
            on_change=keep_callback(compare, key, "speed", f"speed:{of}", not revealed), width="stretch",
        )  # fmt: skip
    trust = given_number(answers, key, "trust")
    with marked_question(compare, key, "trust", answers):
        st.slider(
            QUESTION_TEXTS["trust"] + (" (not given yet: move it)" if trust is None else ""), 0, 100,
            50 if trust is None else int(trust), key=f"trust:{of}",
            on_change=keep_callback(compare, key, "trust", f"trust:{of}", not revealed),
        )  # fmt: skip


@contextmanager
def marked_question(compare: Comparison, key: str, item: str, answers: GivenAnswers) -> Iterator[None]:
    """A place for one question; below it stands which answer is on disk."""
    name, saved = saved_marks.question_name(answer_key(compare), key, item), answers.get((key, item))
    with st.container(key=name, gap="xxsmall"):
        yield
        choice = (ship_label(compare, saved) or "a prototype that is not here") if saved and item == "ship" else ""
        saved_marks.show_saved_mark(name, saved, choice)


def ask_overall(compare: Comparison, answers: GivenAnswers, revealed: bool) -> None:
    """The question about all panes, the person's name, and what is not saved yet, drawn."""
    if len(compare.panes) > 1:
        ask_ship(compare, answers, revealed)
    left, right = st.columns([1, 2], vertical_alignment="bottom")
    left.text_input(
        "Your name, if you like",
        key="rater-name",
        max_chars=60,
        on_change=save_rater_name,
        placeholder="Stays with your ratings",
    )
    with right:
        names = {saved_marks.question_name(answer_key(compare), *asked): asked for asked in asked_questions(compare)}
        saved = {name: saved_value(compare, answers.get(asked)) for name, asked in names.items()}
        saved_marks.watch_answers(names, saved, not revealed, lambda *answer: save_answer(compare, *answer))


def asked_questions(compare: Comparison) -> Iterator[tuple[str, str]]:
    """(pane, item) of every question about a comparison; the pane of "ship" is ""."""
    for key in compare.panes:
        yield from ((key, item) for item in (*felt_items(compare, key), "speed", "trust"))
    if len(compare.panes) > 1:
        yield ("", "ship")


def ask_ship(compare: Comparison, answers: GivenAnswers, revealed: bool) -> None:
    """Which of the panes this person would ship."""
    of, saved = answer_key(compare), answers.get(("", "ship"))
    with st.container(key="ship"), marked_question(compare, "", "ship", answers):
        st.pills(
            QUESTION_TEXTS["ship"], [*compare.panes, NO_DIFFERENCE_LABEL],
            default=ship_label(compare, saved) if saved else None,
            key=f"ship:{of}", on_change=keep_callback(compare, "", "ship", f"ship:{of}", not revealed),
        )  # fmt: skip


def keep_callback(compare: Comparison, key: str, item: str, widget: str, blind: bool) -> Callable[[], None]:
    """A callback that saves what stands in a widget as a rating."""

    @defer_problems()
    def callback() -> None:
        value = state.read_widget(widget)
        if value is not None:  # else it was taken back: the earlier answer stays, and its mark says so
            save_answer(compare, key, item, str(value) if item == "ship" else float(str(value)), blind)

    return callback


def save_answer(compare: Comparison, key: str, item: str, value: saved_marks.AnswerValue, blind: bool) -> None:
    """Save an answer about what was watched last; one that arrives twice is kept once. Explained where it cannot be."""
    saw = watched_play(compare)
    if saw is None or (key and key not in saw.panes):
        raise Explained("This pane was not played to its end here.", "Nothing was saved.", "Play again first.")
    saved = given_answers(compare).get((key, item))
    if saved is not None and saved.rating.play == saw.play and saved_value(compare, saved) == value:
        return
    choice = ship_options(compare).get(str(value), "") if item == "ship" else ""
    if item == "ship" and not choice:
        raise saved_marks.UNREADABLE_ANSWER
    state.shared_store().rate(
        Rating(
            id=uuid.uuid4().hex, play=saw.play, rater=state.rater_id(), item=item,
            seen=saw.panes[key] if key else "", value=None if choice else float(str(value)), choice=choice,
            blind=blind, at=datetime.now(UTC).isoformat(),
        )
    )  # fmt: skip


def ship_options(compare: Comparison) -> dict[str, str]:
    """The choice to save for each pill: a prototype's id, or "none"."""
    return {key: prototype.id for key, prototype in compare.panes.items()} | {NO_DIFFERENCE_LABEL: "none"}


def ship_label(compare: Comparison, saved: SavedRating) -> str | None:
    """The pill of a saved choice; None where its prototype is not among the panes."""
    return {choice: label for label, choice in ship_options(compare).items()}.get(saved.rating.choice)


def saved_value(compare: Comparison, saved: SavedRating | None) -> saved_marks.AnswerValue:
    """A saved answer as its question shows it: a number, or the label of a pill; None where there is none."""
    if saved is None:
        return None
    return ship_label(compare, saved) if saved.rating.item == "ship" else saved.rating.value


@defer_problems()
def save_rater_name() -> None:
    """Save the name that the person typed."""
    state.shared_store().name_rater(state.rater_id(), str(state.read_widget("rater-name") or "").strip())


def given_number(answers: GivenAnswers, key: str, item: str) -> float | None:
    """The number given to an item of a pane; None where none was."""
    saved = answers.get((key, item))
    return saved.rating.value if saved else None
