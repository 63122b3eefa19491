"""Questionnaire: how it felt, before clock and names are shown; every answer is on disk before it is called saved."""

import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from components.core.explained import Explained
from components.layers.compare import Comparison
from components.store import PlayRef, SavedRating
from components.study.rating import QUESTION_TEXTS, Rating
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
        st.number_input(
            QUESTION_TEXTS[item], 0.0, 600.0, given_number(answers, key, item), 0.5, format="%g", placeholder="seconds",
            key=f"{item}:{of}", disabled=revealed, on_change=keep_callback(compare, key, item, f"{item}:{of}", True),
        )  # fmt: skip
    speed = given_number(answers, key, "speed")
    st.segmented_control(
        QUESTION_TEXTS["speed"] + " (1 not at all, 7 extremely)", range(1, 8), default=int(speed) if speed else None,
        key=f"speed:{of}", on_change=keep_callback(compare, key, "speed", f"speed:{of}", not revealed), width="stretch",
    )  # fmt: skip
    trust = given_number(answers, key, "trust")
    st.slider(
        QUESTION_TEXTS["trust"] + (" (not given yet: move it)" if trust is None else ""), 0, 100,
        50 if trust is None else int(trust), key=f"trust:{of}",
        on_change=keep_callback(compare, key, "trust", f"trust:{of}", not revealed),
    )  # fmt: skip


def ask_overall(compare: Comparison, answers: GivenAnswers, revealed: bool) -> None:
    """The question about all panes, the person's name and when the last answer was saved, drawn."""
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
    with right, st.container(key="saved"):
        if answers:
            st.markdown(f":material/check: Saved, {format_clock(max(saved.rating.at for saved in answers.values()))}")


def ask_ship(compare: Comparison, answers: GivenAnswers, revealed: bool) -> None:
    """Which of the panes this person would ship."""
    of = answer_key(compare)
    ids = {prototype.id: key for key, prototype in compare.panes.items()} | {"none": NO_DIFFERENCE_LABEL}
    saved = answers.get(("", "ship"))
    with st.container(key="ship"):
        st.pills(
            QUESTION_TEXTS["ship"], [*compare.panes, NO_DIFFERENCE_LABEL],
            default=ids.get(saved.rating.choice) if saved else None,
            key=f"ship:{of}", on_change=keep_callback(compare, "", "ship", f"ship:{of}", not revealed),
        )  # fmt: skip


def keep_callback(compare: Comparison, key: str, item: str, widget: str, blind: bool) -> Callable[[], None]:
    """A callback that saves what stands in a widget as a rating."""

    @defer_problems()
    def callback() -> None:
        value = state.read_widget(widget)
        if value is None:
            return  # taken back: the earlier answer stays, and is on the screen at the next reload
        saw = watched_play(compare)
        if saw is None or (key and key not in saw.panes):
            raise Explained("This pane was not played to its end here.", "Nothing was saved.", "Play again first.")
        choice = ship_options(compare)[str(value)] if item == "ship" else ""
        state.shared_store().rate(
            Rating(
                id=uuid.uuid4().hex, play=saw.play, rater=state.rater_id(), item=item,
                seen=saw.panes[key] if key else "", value=None if choice else float(str(value)), choice=choice,
                blind=blind, at=datetime.now(UTC).isoformat(),
            )
        )  # fmt: skip

    return callback


def ship_options(compare: Comparison) -> dict[str, str]:
    """The choice to save for each pill: a prototype's id, or "none"."""
    return {key: prototype.id for key, prototype in compare.panes.items()} | {NO_DIFFERENCE_LABEL: "none"}


@defer_problems()
def save_rater_name() -> None:
    """Save the name that the person typed."""
    state.shared_store().name_rater(state.rater_id(), str(state.read_widget("rater-name") or "").strip())


def given_number(answers: GivenAnswers, key: str, item: str) -> float | None:
    """The number given to an item of a pane; None where none was."""
    saved = answers.get((key, item))
    return saved.rating.value if saved else None


def format_clock(at: str) -> str:
    """A moment as HH:MM in the person's own time zone."""
    moment = datetime.fromisoformat(at)
    try:
        return moment.astimezone(ZoneInfo(st.context.timezone or "UTC")).strftime("%H:%M")
    except (ZoneInfoNotFoundError, ValueError):
        return moment.strftime("%H:%M UTC")
