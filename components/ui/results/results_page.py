"""Results page: what a comparison shows so far, what it rests on, and every number behind it to take away."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.errors import StreamlitAPIException

from components.charts import chart_look, felt_against_clock, pairs_chart, shares_chart
from components.report.results import answer_groups, ratings_export, result_basis, verdict
from components.report.results.answer_groups import AnswerGroup
from components.stats.paired import compare_all_pairs
from components.store import Arm, RatedComparison, Store
from components.study.rating import CHOICE_ITEMS, QUESTION_TEXTS
from components.ui.shared import theme, work_links
from components.ui.shared.downloads import show_download
from components.ui.shared.problems import page_part

SHADE_NAMES = {
    "A": "blue",
    "B": "orange",
    "C": "green",
    "D": "violet",
}  # the theme gives these names the panes' colours
MAX_TABLE_ROWS = 2000  # rows of the table of ratings: a browser need not hold them all
PAIRS_NOTE = (
    "For one look at a number of people fixed beforehand. Both sides of a pair come from the same recorded answer, or "
    "from those of several models that played beside each other, and are averaged by person; the mean has Student's t "
    "interval, p is by flipping signs. Felt times are compared as ratios, felt / clock only where the clock is 0.5 s "
    "or more. Speed and trust are the primary family, corrected by Holm over every pair; felt times are exploratory, "
    "corrected by Benjamini and Hochberg. The sentences above do not rest on this table."
)
MOMENT_LABELS = {"felt_first": "First words", "felt_complete": "Complete answer"}
FELT_CHART = "felt"
SHARES_CAPTION = "The share of people, with a line from the least to the most that it may be (95 % interval)."
MEANS_CAPTION = "Each line is one person; the diamond is the mean of people with its interval (95 %)."
CHARTS: Mapping[str, tuple[str, str, str]] = {  # by question: title, caption, and the chart told in words
    "faster": (QUESTION_TEXTS["faster"], SHARES_CAPTION, "Share of people who say that each prototype felt faster"),
    "ship": (QUESTION_TEXTS["ship"], SHARES_CAPTION, "Share of people who would ship each prototype"),
    FELT_CHART: (
        "Felt against clock",
        "Each dot is one person, spread sideways to be told apart. On the line, it felt as long as it was.",
        "Felt seconds over clock seconds, one dot a person",
    ),
    "trust": ("Trust in the answer, 0 to 100", MEANS_CAPTION, "Trust rating of each person for each prototype"),
    "speed": ("Satisfied with the speed, 1 to 7", MEANS_CAPTION, "Speed rating of each person for each prototype"),
}  # fmt: skip


@dataclass(frozen=True)
class RatedAnswers:
    """All ratings of a comparison, and the groups of answers that they can be looked at by."""

    frame: pd.DataFrame
    groups: tuple[AnswerGroup, ...]


@dataclass(frozen=True)
class ComparisonResults:
    """All that the page says of one comparison, worked out once for the ratings that there are."""

    mark: Hashable
    chosen: RatedComparison
    group: AnswerGroup
    frame: pd.DataFrame
    prompts_text: str
    verdicts: tuple[verdict.Verdict, ...]
    basis: tuple[str, ...]
    pairs: pd.DataFrame
    told_pairs: pd.DataFrame


@st.cache_resource(max_entries=8, show_spinner="Working out what the ratings show …")
def rated_answers(mark: Hashable, _store: Store, _chosen: RatedComparison) -> RatedAnswers:  # noqa: ARG001
    """A comparison's ratings and the answers that they are about, kept for as long as nothing is added (`mark`)."""
    frame = _store.frame(*_chosen.ids)
    return RatedAnswers(frame, answer_groups.answer_groups(frame))


@st.cache_resource(max_entries=8, show_spinner="Working out what the ratings show …")
def comparison_results(
    mark: Hashable, _chosen: RatedComparison, _frame: pd.DataFrame, _group: AnswerGroup
) -> ComparisonResults:
    """What a comparison shows of some of its answers, kept as its ratings are (`mark`)."""
    frame, arms = _group.ratings_in(_frame), _chosen.arms
    verdicts = (*verdict.speed_verdicts(frame, arms), verdict.ship_verdict(frame, arms))
    named = {arm.prototype: arm.label for arm in arms}
    told = compare_all_pairs(frame, named, blind=False)
    return ComparisonResults(
        mark, _chosen, _group, frame, result_basis.describe_prompts(frame), verdicts,
        tuple(result_basis.basis_sentences(frame)), compare_all_pairs(frame, named), told[told["n"] > 0],
    )  # fmt: skip


@st.cache_resource(max_entries=64, show_spinner=False)
def cached_figure(mark: Hashable, kind: str, dark: bool, _found: ComparisonResults) -> Any:  # noqa: ARG001
    """One figure about an item of the questionnaire, kept as the results are."""
    frame, arms = _found.frame, _found.chosen.arms
    if kind in CHOICE_ITEMS:
        return shares_chart.shares_figure(frame, arms, dark, kind)
    if kind in MOMENT_LABELS:
        return felt_against_clock.felt_figure(frame, arms, kind, dark)
    return pairs_chart.pairs_figure(frame, arms, kind, dark)


def show(store: Callable[[], Store]) -> None:
    """The page: choose a comparison, read its two verdicts, see the charts, take the numbers."""
    st.title("Results")
    opened = store()
    comparisons = opened.comparisons()
    if not comparisons:
        show_no_ratings()
        work_links.show_said_elsewhere(())
        return
    chosen = choose_comparison(comparisons)
    mark = (opened.ratings_mark(), chosen.ids)
    answers = rated_answers(mark, opened, chosen)
    group = choose_answers(chosen, answers.groups)
    found = comparison_results((*mark, group.recordings), chosen, answers.frame, group)
    st.caption(theme.plain_markdown(f"{found.prompts_text} · {group.source}"))
    work_links.show_work_links(subjects=chosen.ids)
    show_verdicts(found.verdicts)
    show_charts(found, st.context.theme.type == "dark")
    show_numbers(found)
    work_links.show_said(chosen.ids)
    work_links.show_said_elsewhere([id for comparison in comparisons for id in comparison.ids])


def show_no_ratings() -> None:
    """The page before anybody rated anything: what will be here, and how to get there."""
    with st.container(key="card-empty", border=True):
        st.header("Nothing has been rated yet")
        st.write(
            "1. Open **Compare** and play one prompt: the same answer appears in every pane, each in its own pattern.\n"
            "2. Say which one felt faster, how far you trust each answer, and which one you would ship.\n"
            "3. Come back here: speed, trust and preference, counted by person, and felt against clock time."
        )
        try:
            st.page_link("pages/compare.py", label="Open Compare", icon=":material/arrow_forward:")
        except StreamlitAPIException:
            st.caption("Compare is in the menu at the top.")  # this page is shown by itself, without a navigation


def choose_comparison(comparisons: tuple[RatedComparison, ...]) -> RatedComparison:
    """The comparison to look at: the one in the address, else the one with most people."""
    by_id = {comparison.id: comparison for comparison in comparisons}
    asked = st.query_params.get("comparison", "")
    wanted = next((comparison.id for comparison in comparisons if asked in comparison.ids), asked)
    index = list(by_id).index(wanted) if wanted in by_id else 0
    id = st.selectbox(
        "Comparison",
        list(by_id),
        index,
        format_func=lambda id: result_basis.comparison_title(by_id[id]),
        key="comparison",
    )
    chosen = by_id.get(str(id), comparisons[0])
    if chosen.id != asked:
        st.query_params["comparison"] = chosen.id
    return chosen


def choose_answers(chosen: RatedComparison, groups: tuple[AnswerGroup, ...]) -> AnswerGroup:
    """The answers to look at: asked for where there are several, since two to one question never share a mean."""
    default = answer_groups.default_group(groups, st.query_params.get("answer", ""))
    if len(groups) < 2:
        return default
    place = st.selectbox(
        "Answer", range(len(groups)), groups.index(default), key=f"answers-{chosen.id}",
        format_func=lambda place: result_basis.group_title(groups[place]),
        help="Different answers to the same question are never averaged: a right one and a wrong one, or what a "
        "person wrote and what a model said.",
    )  # fmt: skip
    return groups[place]


def show_verdicts(verdicts: Sequence[verdict.Verdict]) -> None:
    """A sentence a question, what each rests on, and what their intervals mean."""
    in_row = 2 if len(verdicts) == 4 else len(verdicts)
    for start in range(0, len(verdicts), in_row):
        row = verdicts[start : start + in_row]
        for place, (column, shown) in enumerate(zip(st.columns(in_row), row, strict=True), start):
            with column, st.container(key=f"card-say-{place}-{shown.tone}", border=True, height="stretch"):
                words = (
                    theme.glue_units(part) if isinstance(part, str) else colour_name(part) for part in shown.sentence
                )
                st.markdown("## " + "".join(words))
                st.caption(theme.plain_markdown(shown.detail))
    if any(shown.tone != "early" for shown in verdicts):
        st.caption(verdict.SIMULTANEOUS_NOTE)
        st.caption(verdict.LASTING_NOTE)


def show_charts(found: ComparisonResults, dark: bool) -> None:
    """A chart a question that somebody answered, two beside each other, drawn."""
    answered = set(found.frame["item"].replace(dict.fromkeys(MOMENT_LABELS, FELT_CHART)))
    asked = [item for item in CHARTS if item in answered]
    for start in range(0, len(asked), 2):
        for column, item in zip(st.columns(2), asked[start : start + 2], strict=False):
            title, caption, alt = CHARTS[item]
            with column, chart_card(item, title, caption):
                if item == FELT_CHART:
                    felt_chart(found, dark)
                else:
                    draw_chart(cached_figure(found.mark, item, dark, found), item, alt)


@page_part()
def felt_chart(found: ComparisonResults, dark: bool) -> None:
    """Felt against clock, for the first words or for the complete answer."""
    moment = st.segmented_control(
        "Moment", list(MOMENT_LABELS), default="felt_first", required=True, format_func=MOMENT_LABELS.__getitem__,
        label_visibility="collapsed",
    )  # fmt: skip
    draw_chart(cached_figure(found.mark, str(moment), dark, found), FELT_CHART, CHARTS[FELT_CHART][2])


def show_numbers(found: ComparisonResults) -> None:
    """What was counted, every pair in numbers, every rating with what it traces back to, and the downloads."""
    with chart_card("basis", "What was counted", ""):
        st.markdown("\n".join(f"- {theme.plain_markdown(fact)}" for fact in found.basis))
    with st.expander("Every pair in numbers"):
        st.caption(PAIRS_NOTE)
        st.dataframe(found.pairs, hide_index=True)
    with st.expander("Every rating, with its recording and prototype"):
        if len(found.frame) > MAX_TABLE_ROWS:
            st.caption(f"The last {MAX_TABLE_ROWS:,} of {len(found.frame):,}; the files below hold them all.")
        st.dataframe(found.frame.tail(MAX_TABLE_ROWS), hide_index=True)
    if len(found.told_pairs):
        with st.expander("Every pair, as answered with the clock on the screen"):
            st.caption("Counted apart: it is in no sentence and no chart.")
            st.dataframe(found.told_pairs, hide_index=True)
    with st.container(horizontal=True):
        name = f"parallax-{found.chosen.id[:12]}"
        show_download(
            "Download CSV", partial(ratings_export.ratings_csv, found.frame), f"{name}.csv", "text/csv",
            key="results-csv",
        )  # fmt: skip
        show_download(
            "Download Parquet", partial(ratings_export.ratings_parquet, found.frame), f"{name}.parquet",
            "application/vnd.apache.parquet", key="results-parquet",
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
    return f":{SHADE_NAMES.get(arm.pane, 'gray')}[{theme.plain_markdown(arm.label)}]"
