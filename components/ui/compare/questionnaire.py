"""Questionnaire: how it felt, before clock and names are shown; every answer is on disk before it is called saved."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime

import streamlit as st
from streamlit.errors import StreamlitAPIException

from components.core.explained import Explained
from components.layers.compare import Comparison
from components.store import PlayRef, SavedRating
from components.store.store import MAX_RATER_NAME_CHARS
from components.study.rating import CHOICE_ITEMS, QUESTION_TEXTS, Rating, rating_question
from components.ui.compare import reveal, saved_marks
from components.ui.compare.reveal import answer_key
from components.ui.shared import state, theme
from components.ui.shared.problems import defer_problems
from components.ui.shared.text_fields import typed_text

FELT_ITEMS = ("felt_first", "felt_complete")
SCALES = {
    "trust": (range(0, 101, 10), "0 not at all, 100 completely"),
    "speed": (range(1, 8), "1 not at all, 7 extremely"),
}
SHORT_ITEMS = ("trust",)  # of each pane; the two choices of CHOICE_ITEMS are short too
UNSEEN_WORDS = (
    "This pane was not in sight when its first words or its end came, so it is not asked about. Bring it into "
    "sight and play again."
)
NO_DIFFERENCE_LABEL = "No difference"
BLIND_HELP = (
    "On: panes are only letters and nothing tells seconds until everything is rated. Off: names, seconds and the race "
    "show at once, to design or to present; what is rated then counts apart in Results."
)
GivenAnswers = dict[tuple[str, str], SavedRating]


def given_answers(compare: Comparison) -> GivenAnswers:
    """This person's latest ratings of this answer in this comparison; of several, only where all of them played."""
    ratings, shown = state.shared_store().ratings_of(state.rater_id(), compare.id), answer_ids(compare)
    return {key: saved for key, saved in ratings.items() if not saved.recording or shown <= saved.answers}


def answer_ids(compare: Comparison) -> set[str]:
    """The ids of the answers on screen."""
    return {recording.id for recording in compare.pane_answers.values()}


def watched_play(compare: Comparison) -> PlayRef | None:
    """The play that this person's ratings are about; None before all panes were played."""
    if compare.unanswered_panes:
        return None
    return state.shared_store().last_play(state.rater_id(), compare.id, compare.answer_id)


def may_reveal(compare: Comparison, answers: GivenAnswers) -> bool:
    """Whether clock and names are on the screen: the person asked to see them, or may have seen them before."""
    rated_speeds = answers.keys() >= {(key, "speed") for key in compare.panes}  # asked in place of "faster" before
    missing = [item for _, item in missing_questions(compare, answers) if item != "faster" or not rated_speeds]
    return reveal.is_revealed(compare, not missing)


def missing_questions(compare: Comparison, answers: GivenAnswers) -> list[tuple[str, str]]:
    """The questions of the short form that are not answered yet, as (pane, item); the pane of a choice is ""."""
    of_panes = [(key, item) for key in compare.panes for item in SHORT_ITEMS]
    asked = [*of_panes, *(("", item) for item in asked_choices(compare))]
    return [question for question in asked if question not in answers]


def asked_choices(compare: Comparison) -> tuple[str, ...]:
    """The questions that are answered with a pane: none where there is only one."""
    return CHOICE_ITEMS if len(compare.panes) > 1 else ()


def felt_seconds(compare: Comparison, answers: GivenAnswers) -> dict[str, list[float | None]]:
    """What each pane felt like in seconds, to the first words and to the end; None where it was not said."""
    return {key: [given_number(answers, key, item) for item in FELT_ITEMS] for key in compare.panes}


def felt_items(compare: Comparison, key: str) -> tuple[str, ...]:
    """The felt times to ask of a pane: none for words that never came."""
    return FELT_ITEMS if compare.timelines[key].first is not None else FELT_ITEMS[1:]


def show(compare: Comparison, answers: GivenAnswers, revealed: bool) -> None:
    """Which one felt faster, a card a pane, which one to ship, more for who wants to say it, and the reveal, drawn."""
    saw = None if state.page_state().live else watched_play(compare)
    show_lead(revealed, saw is None, compare.unanswered_panes)
    if saw is None:
        return
    if not saw.hidden:
        ask_choice(compare, "faster", answers, revealed)
    for column, (key, prototype) in zip(st.columns(len(compare.panes)), compare.panes.items(), strict=True):
        with column, st.container(key=f"rate-{key}", border=True):
            st.markdown(f"**{key}** {theme.inert_label(prototype.name) if revealed else ''}")
            if key in saw.hidden:
                st.caption(UNSEEN_WORDS)
            else:
                ask_on_scale(compare, key, "trust", answers, revealed)
    if not saw.hidden:
        ask_choice(compare, "ship", answers, revealed)
    with st.expander("More: seconds and satisfaction with the speed"):
        for column, key in zip(st.columns(len(compare.panes)), compare.panes, strict=True):
            with column, st.container(key=f"rate-{key}-felt"):
                if key not in saw.hidden:
                    ask_seconds(compare, key, answers, revealed)
                    ask_on_scale(compare, key, "speed", answers, revealed)
    show_end(compare, answers, revealed)


def show_lead(revealed: bool, waits: bool, unanswered: tuple[str, ...] = ()) -> None:
    """What is asked, what it counts for, and the switch between rating blind and seeing all at once, drawn."""
    here = state.page_state()
    left, right = st.columns([3, 1], vertical_alignment="center")
    if not waits:
        left.subheader("How did it feel?")
    if here.live:
        left.caption("The model is answering. When every pane is done, you can say how each one felt.")
    elif unanswered:
        left.caption(f"Ask live first: {' and '.join(unanswered)} has no answer yet, so there is nothing to compare.")
    elif waits:
        left.caption("Play the panes once; then you can say how each one felt.")
    elif revealed:
        left.caption("Names and times are on the screen now. What you say or change from here on counts apart.")
    else:
        left.caption("Each answer is saved at once. Names and times stay hidden until you ask for them below.")
    with right, st.container(key="reveal", horizontal_alignment="right"):
        st.toggle("Rate blind", here.blind, help=BLIND_HELP, key="rate-blind", on_change=keep_blind)


def keep_blind() -> None:
    """Remember whether this person rates blind."""
    state.page_state().blind = bool(state.read_widget("rate-blind"))


def ask_on_scale(compare: Comparison, key: str, item: str, answers: GivenAnswers, revealed: bool) -> None:
    """A question about one pane that is answered on a scale, drawn: nothing is preset."""
    steps, ends = SCALES[item]
    value, widget = given_number(answers, key, item), f"{item}:{answer_key(compare)}:{key}"
    given = int(value) if value is not None and value in steps else None
    with marked_question(compare, key, item, answers):
        st.segmented_control(
            f"{key}: {QUESTION_TEXTS[item]} ({ends})", steps, default=given, required=True,
            key=widget, on_change=keep_callback(compare, key, item, widget, not revealed), width="stretch",
        )  # fmt: skip


def ask_seconds(compare: Comparison, key: str, answers: GivenAnswers, revealed: bool) -> None:
    """How long one pane felt, drawn; it is asked before the clock is shown, and not after."""
    for item in felt_items(compare, key):
        widget = f"{item}:{answer_key(compare)}:{key}"
        with marked_question(compare, key, item, answers):
            st.number_input(
                f"{key}: {QUESTION_TEXTS[item]}", 0.0, 600.0, given_number(answers, key, item), 0.5, format="%g",
                placeholder="seconds", key=widget, disabled=revealed,
                on_change=keep_callback(compare, key, item, widget, True),
            )  # fmt: skip


@contextmanager
def marked_question(compare: Comparison, key: str, item: str, answers: GivenAnswers) -> Iterator[None]:
    """A place for one question; below it stands which answer is on disk."""
    name, saved = saved_marks.question_name(answer_key(compare), key, item), answers.get((key, item))
    with st.container(key=name, gap="xxsmall"):
        yield
        choice = (choice_label(compare, saved) or "a prototype that is not here") if saved and not key else ""
        saved_marks.show_saved_mark(name, saved, choice)


def show_end(compare: Comparison, answers: GivenAnswers, revealed: bool) -> None:
    """The reveal or the way to Results, the person's name, and what is not saved yet, drawn."""
    if not revealed:
        reveal.show_button(compare, len(missing_questions(compare, answers)))
    elif answers:
        show_results_link(compare)
    left, right = st.columns([1, 2], vertical_alignment="bottom")
    left.text_input(
        "Your name, if you like", state.shared_store().rater_name(state.rater_id()), key="rater-name",
        on_change=save_rater_name, placeholder="Stays with your ratings",
    )  # fmt: skip
    with right:
        names = {saved_marks.question_name(answer_key(compare), *asked): asked for asked in asked_questions(compare)}
        saved = {name: saved_value(compare, answers.get(asked)) for name, asked in names.items()}
        saved_marks.watch_answers(names, saved, not revealed, lambda *answer: save_answer(compare, *answer))


def show_results_link(compare: Comparison) -> None:
    """The way to what everybody said of this comparison, drawn where the page has a navigation."""
    with suppress(StreamlitAPIException):
        st.page_link(
            "pages/results.py", label="See what everybody said", icon=":material/arrow_forward:",
            query_params={"comparison": compare.id, "answer": compare.answer_id},
        )  # fmt: skip


def asked_questions(compare: Comparison) -> Iterator[tuple[str, str]]:
    """(pane, item) of every question about a comparison; the pane of a choice is ""."""
    for key in compare.panes:
        yield from ((key, item) for item in (*felt_items(compare, key), *SCALES))
    yield from (("", item) for item in asked_choices(compare))


def ask_choice(compare: Comparison, item: str, answers: GivenAnswers, revealed: bool) -> None:
    """A question that is answered with one of the panes, drawn; nothing where there is only one."""
    if item not in asked_choices(compare):
        return
    widget, saved = f"{item}:{answer_key(compare)}", answers.get(("", item))
    with st.container(key=f"choice-{item}"), marked_question(compare, "", item, answers):
        st.pills(
            rating_question(item, len(compare.panes)), [*compare.panes, NO_DIFFERENCE_LABEL], required=True,
            default=choice_label(compare, saved) if saved else None,
            key=widget, on_change=keep_callback(compare, "", item, widget, not revealed),
        )  # fmt: skip


def keep_callback(compare: Comparison, key: str, item: str, widget: str, blind: bool) -> Callable[[], None]:
    """A callback that saves what stands in a widget as a rating."""

    @defer_problems()
    def callback() -> None:
        value = state.read_widget(widget)
        if value is not None:  # else it was taken back: the earlier answer stays, and its mark says so
            save_answer(compare, key, item, str(value) if item in CHOICE_ITEMS else float(str(value)), blind)

    return callback


def save_answer(compare: Comparison, key: str, item: str, value: saved_marks.AnswerValue, blind: bool) -> None:
    """Save an answer about what was watched last; one that arrives twice is kept once. Explained where it cannot be."""
    saw = watched_play(compare)
    if saw is None or (key and key not in saw.panes):
        raise Explained("This pane was not played to its end here.", "Nothing was saved.", "Play again first.")
    if saw.hidden & {key or pane for pane in saw.panes}:
        raise Explained(UNSEEN_WORDS, "Nothing was saved.")
    saved = given_answers(compare).get((key, item))
    if saved is not None and saved.rating.play == saw.play and saved_value(compare, saved) == value:
        return
    choice = choice_options(compare).get(str(value), "") if item in CHOICE_ITEMS else ""
    if item in CHOICE_ITEMS and not choice:
        raise saved_marks.UNREADABLE_ANSWER
    state.shared_store().rate(
        Rating(
            id=uuid.uuid4().hex, play=saw.play, rater=state.rater_id(), item=item,
            seen=saw.panes[key] if key else "", value=None if choice else float(str(value)), choice=choice,
            blind=blind, at=datetime.now(UTC).isoformat(),
        )
    )  # fmt: skip


def choice_options(compare: Comparison) -> dict[str, str]:
    """The choice to save for each pill: a prototype's id, or "none"."""
    return {key: prototype.id for key, prototype in compare.panes.items()} | {NO_DIFFERENCE_LABEL: "none"}


def choice_label(compare: Comparison, saved: SavedRating) -> str | None:
    """The pill of a saved choice; None where its prototype is not among the panes."""
    return {choice: label for label, choice in choice_options(compare).items()}.get(saved.rating.choice)


def saved_value(compare: Comparison, saved: SavedRating | None) -> saved_marks.AnswerValue:
    """A saved answer as its question shows it: a number, or the label of a pill; None where there is none."""
    if saved is None:
        return None
    return choice_label(compare, saved) if saved.rating.item in CHOICE_ITEMS else saved.rating.value


@defer_problems()
def save_rater_name() -> None:
    """Save the name that the person typed."""
    state.shared_store().name_rater(state.rater_id(), typed_text("rater-name", MAX_RATER_NAME_CHARS))


def given_number(answers: GivenAnswers, key: str, item: str) -> float | None:
    """The number given to an item of a pane; None where none was."""
    saved = answers.get((key, item))
    return saved.rating.value if saved else None
