"""Results page: what a comparison shows so far, what it rests on, and every number behind it to take away."""

import re
from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.errors import StreamlitAPIException

from components.charts import chart_look, felt_against_clock, pairs_chart, shares_chart
from components.report.results import ratings_export, result_basis, verdict
from components.stats.paired import compare_all_pairs
from components.store import Arm, RatedComparison, Store
from components.ui.shared import theme

SHADE_NAMES = {
    "A": "blue",
    "B": "orange",
    "C": "green",
    "D": "violet",
}  # the theme gives these names the panes' colours
MOMENT_LABELS = {"felt_first": "First words", "felt_complete": "Complete answer"}


def show(store: Callable[[], Store]) -> None:
    """The page: choose a comparison, read its two verdicts, see the charts, take the numbers."""
    st.title("Results")
    opened = store()
    comparisons = opened.comparisons()
    if not comparisons:
        show_no_ratings()
        return
    chosen = choose_comparison(comparisons)
    frame = opened.frame(chosen.id)
    st.caption(plain_markdown(result_basis.describe_prompts(frame)))
    show_verdicts(frame, chosen.arms)
    show_charts(frame, chosen.arms, st.context.theme.type == "dark")
    show_numbers(frame, chosen)


def show_no_ratings() -> None:
    """The page before anybody rated anything: what will be here, and how to get there."""
    with st.container(key="card-empty", border=True):
        st.subheader("Nothing has been rated yet")
        st.write(
            "1. Open **Compare** and play one prompt: the same answer appears in every pane, each in its own pattern.\n"
            "2. Say how long each one felt, how fast and how trustworthy it was, and which one you would ship.\n"
            "3. Come back here: felt against clock time, trust and preference, counted by person."
        )
        try:
            st.page_link("pages/compare.py", label="Open Compare", icon=":material/arrow_forward:")
        except StreamlitAPIException:
            st.caption("Compare is the first page of the app.")  # this page is shown by itself, without a navigation


def choose_comparison(comparisons: tuple[RatedComparison, ...]) -> RatedComparison:
    """The comparison to look at: the one in the address, else the one with most people."""
    by_id = {comparison.id: comparison for comparison in comparisons}
    wanted = st.query_params.get("comparison", "")
    index = list(by_id).index(wanted) if wanted in by_id else 0
    id = st.selectbox(
        "Comparison",
        list(by_id),
        index,
        format_func=lambda id: result_basis.comparison_title(by_id[id]),
        key="comparison",
    )
    chosen = by_id.get(str(id), comparisons[0])
    if chosen.id != wanted:
        st.query_params["comparison"] = chosen.id
    return chosen


def show_verdicts(frame: pd.DataFrame, arms: tuple[Arm, ...]) -> None:
    """Two sentences, what each rests on, and what their intervals mean."""
    verdicts = {"speed": verdict.speed_verdict(frame, arms), "ship": verdict.ship_verdict(frame, arms)}
    for column, (name, shown) in zip(st.columns(2), verdicts.items(), strict=True):
        with column, st.container(key=f"card-say-{name}-{shown.tone}", border=True, height="stretch"):
            words = (glue_units(part) if isinstance(part, str) else colour_name(part) for part in shown.sentence)
            st.markdown("### " + "".join(words))
            st.caption(plain_markdown(shown.detail))
    if any(shown.tone != "early" for shown in verdicts.values()):
        st.caption(verdict.LASTING_NOTE)


def show_charts(frame: pd.DataFrame, arms: tuple[Arm, ...], dark: bool) -> None:
    """The charts of felt against clock, preference, speed and trust, drawn."""
    left, right = st.columns(2)
    apart = "Each dot is one person, spread sideways to be told apart. On the line, felt equals clock."
    with left, chart_card("felt", "Felt against clock", apart):
        felt_chart(frame, arms, dark)
    with right, chart_card("shares", "Which one would you ship?", "Share of people, with 95 % interval (Wilson)."):
        draw_chart(
            shares_chart.shares_figure(frame, arms, dark), "shares", "Share of people who would ship each prototype"
        )
    left, right = st.columns(2)
    mean = "Each line is one person; the diamond is the mean of people with its 95 % interval."
    with left, chart_card("speed", "Satisfied with the speed, 1 to 7", mean):
        draw_chart(
            pairs_chart.pairs_figure(frame, arms, "speed", dark),
            "speed",
            "Speed rating of each person for each prototype",
        )
    with right, chart_card("trust", "Trust in the answer, 0 to 100", mean):
        draw_chart(
            pairs_chart.pairs_figure(frame, arms, "trust", dark),
            "trust",
            "Trust rating of each person for each prototype",
        )


@st.fragment
def felt_chart(frame: pd.DataFrame, arms: tuple[Arm, ...], dark: bool) -> None:
    """Felt against clock, for the first words or for the complete answer."""
    moment = st.segmented_control(
        "Moment", list(MOMENT_LABELS), default="felt_first", required=True, format_func=MOMENT_LABELS.__getitem__,
        label_visibility="collapsed",
    )  # fmt: skip
    figure = felt_against_clock.felt_figure(frame, arms, str(moment), dark)
    draw_chart(figure, "felt", "Felt seconds over clock seconds, one dot a person")


def show_numbers(frame: pd.DataFrame, chosen: RatedComparison) -> None:
    """What was counted, every pair in numbers, every rating with what it traces back to, and the downloads."""
    with chart_card("basis", "What was counted", ""):
        st.markdown("\n".join(f"- {plain_markdown(fact)}" for fact in result_basis.basis_sentences(frame)))
    with st.expander("Every pair in numbers"):
        st.caption(
            "For one look at a number of people fixed beforehand: mean of per-person differences with BCa bootstrap "
            "interval, sign-flip p, corrected by Holm over speed and trust times every pair."
        )
        st.dataframe(compare_all_pairs(frame, {arm.prototype: arm.label for arm in chosen.arms}), hide_index=True)
    with st.expander("Every rating, with its recording and prototype"):
        st.dataframe(frame, hide_index=True)
    with st.container(horizontal=True):
        name = f"parallax-{chosen.id[:12]}"
        st.download_button(
            "Download CSV", ratings_export.ratings_csv(frame), f"{name}.csv", "text/csv", on_click="ignore"
        )
        st.download_button(
            "Download Parquet", ratings_export.ratings_parquet(frame), f"{name}.parquet",
            "application/vnd.apache.parquet",
            on_click="ignore",
        )  # fmt: skip


def chart_card(key: str, title: str, caption: str) -> Any:
    """A box with a title and a line under it."""
    box = st.container(key=f"card-{key}", border=True, height="stretch")
    box.subheader(title)
    if caption:
        box.caption(caption)
    return box


def draw_chart(chart: Any, key: str, alt: str) -> None:
    """A chart in its own look, told in words to who cannot see it."""
    st.plotly_chart(chart, theme=None, config=chart_look.CHART_CONFIG, key=f"chart-{key}", alt=alt)


def colour_name(arm: Arm) -> str:
    """An arm's name in its pane's colour."""
    return f":{SHADE_NAMES.get(arm.pane, 'gray')}[{plain_markdown(arm.label)}]"


def plain_markdown(text: str) -> str:
    """Words that markdown leaves as they are, a figure never parted from its unit."""
    return theme.inert_label(glue_units(text))


def glue_units(text: str) -> str:
    """The text with no-break spaces between a figure and what it counts."""
    return re.sub(r"(?<=\d) (?=(?:s|points?|people|more)\b|%)|(?<=\bn) (?==)|(?<=\bn =) ", "\u00a0", text)
