"""Study outcome: what a study shows, in sentences, with what they rest on and its data as files, drawn."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from components.layers import ALL_PATTERNS
from components.report.study.study_sentences import arm_names, measure_unit
from components.report.study.verdict_parts import PREFERENCE_TOPIC, StudyVerdict
from components.stats.claim_strips import ClaimStrip, claim_strips
from components.store import Store
from components.store.arm_records import ArmChange, closed_arms
from components.store.participation import COMPLETE, WITHDREW
from components.store.study_people_frame import StudyFrames, study_frames
from components.store.study_records import StudyRecord
from components.study.frozen_study import FrozenStudy
from components.study.person_answers import gather_people
from components.ui.shared import state, theme
from components.ui.shared.downloads import file_stem, show_download
from components.ui.studies.open_study import OpenStudy

if TYPE_CHECKING:
    from components.stats.end_preference import ArmPreference
    from components.stats.study_findings import StudyResults

SIMULATED_TEXT = (
    "**Simulated people.** They took the real page over the real line, and chose at random: this shows that everything "
    "works, and nothing about people."
)
DELETED_TEXT = "Everybody's answers were deleted: there is nothing left to tell. The plan can still be taken away."
PAIR_CAPTION = (
    "Each dot is one person: how much more they gave the first than the second. The line is the mean, the band its "
    "interval. Whether a difference is told asks for more where a study makes several claims."
)
ARM_CAPTION = "Each dot is one person's mean; the band is the interval of the mean of people."
EMPTY_TEXT = "Nobody has taken part yet. Take people in under “Run”, or rehearse there with simulated people."


@dataclass(frozen=True)
class StudyOutcome:
    """What is said of a study: its verdicts; what it rests on; who is left out. `strips` are the people's numbers
    behind verdicts, by item and measure, `names` the arms', and `votes` what people would rather use, with intervals
    that hold at every look where `is_lasting`.
    """

    verdicts: tuple[StudyVerdict, ...]
    strips: Mapping[tuple[str, str], tuple[ClaimStrip, ...]]
    names: Mapping[str, str]
    votes: tuple["ArmPreference", ...]
    is_lasting: bool
    budget: str
    basis: tuple[str, ...]
    left_out: list[dict[Hashable, object]]
    begun: int
    deleted: int


def show_outcome(shown: OpenStudy) -> None:
    """What the study shows so far, drawn; of a draft, why there is nothing."""
    if shown.record is None:
        st.caption("A study has results once it is frozen and people have taken part.")
        return
    record, store = shown.record, state.shared_store()
    simulated = bool(
        st.segmented_control(
            "Whose answers?", (False, True), default=False, required=True, key=f"study-whose-{record.id[:12]}",
            format_func=lambda simulated: "Simulated people" if simulated else "People",
        )
    )  # fmt: skip
    if simulated:
        st.warning(SIMULATED_TEXT, icon=":material/smart_toy:")
    wanted = store.study_state(record.id).slots
    with st.spinner("Working out what it shows …"):
        changes = store.arm_changes(record.id)
        mark = (store.study_mark(record.id), wanted, simulated, len(changes))
        found = found_outcome(mark, store, record, wanted, changes, simulated)
    if not found.begun:
        st.caption(DELETED_TEXT if found.deleted else EMPTY_TEXT)
    else:
        show_findings(found)
    show_files(shown, record, simulated)


def show_findings(found: StudyOutcome) -> None:
    """The sentences, and what they rest on, drawn; how a chart is read stands below the first one."""
    drawn = False
    for place, said in enumerate(found.verdicts):
        with st.container(key=f"card-say-{place}-{said.tone}", border=True):
            st.markdown(f"### {theme.plain_markdown(said.text)}")
            if said.detail:
                st.caption(theme.plain_markdown(said.detail))
            strips = found.strips.get((said.item, said.measure))
            if strips and said.tone != "early":
                show_strips(said, strips, found.names)
                if not drawn:
                    st.caption(PAIR_CAPTION if strips[0].second else ARM_CAPTION)
                drawn = True
            if said.topic == PREFERENCE_TOPIC and said.tone != "early" and found.votes:
                show_votes(found)
            if not said.primary and said.tone != "early":
                st.badge("Exploratory", color="gray")
    if found.budget:
        st.caption(theme.plain_markdown(found.budget))
    with st.expander("What this rests on", expanded=True):
        st.markdown("\n".join(f"- {theme.plain_markdown(sentence)}" for sentence in found.basis))
        if found.left_out:
            st.dataframe(found.left_out, hide_index=True, alt="Who is left out or shows a sign, and why")


def show_files(shown: OpenStudy, record: StudyRecord, simulated: bool) -> None:
    """The buttons that take the plan and the data away, drawn."""
    name = file_stem(shown.work.name)
    with st.container(horizontal=True, gap="xsmall"):
        show_download(
            "Plan", lambda: plan_text(record), f"{name}.preregistration.md", "text/markdown",
            icon=":material/lock:", key="study-plan-file",
            help="Everything that was fixed beforehand, to be registered before the first person.",
        )  # fmt: skip
        show_download(
            "All data", lambda: data_archive(record, simulated), f"{name}{'.simulated' if simulated else ''}.zip",
            "application/zip", key="study-data-file",
            help="Tables that a spreadsheet, R and Python open, with a codebook, every raw answer, and the plan. "
            "What people's links brought stands with their codes in entry.csv alone: leave it out of what you publish. "
            "The outcomes are in it: who looks before all have taken part, and then stops, is wrong more often.",
        )  # fmt: skip


@st.cache_data(max_entries=8, show_spinner=False)
def found_outcome(
    mark: Hashable,  # noqa: ARG001
    _store: Store,
    _record: StudyRecord,
    wanted: int,
    _changes: tuple[ArmChange, ...],
    simulated: bool,
) -> StudyOutcome:
    """What a study shows, worked out anew only where something has come since."""
    from components.report.study import study_basis, study_extensions, study_verdicts
    from components.stats.study_findings import study_results

    frozen = FrozenStudy.from_content(_record.content, ALL_PATTERNS)
    joined = _store.participants(frozen.id, simulated)
    people = gather_people(joined, _store.study_answers(frozen.id, simulated))
    frames = study_frames(frozen, people, simulated)
    erasures = _store.erasures_of(frozen.id, simulated)
    withdrawn = sum(person.end == WITHDREW for person in joined) - len(erasures)
    deleted = sum(one.end == COMPLETE for one in erasures)
    states = () if simulated else _store.study_states(frozen.id)
    extended = study_extensions.study_extensions(frozen, states, joined, deleted, _changes)
    wanted = frozen.wanted_people(wanted, closed_arms(_changes), people)
    results = study_results(frozen.study, frames, wanted, deleted)
    said = study_verdicts.study_verdicts(frozen.study, results)
    was_seen = any(one.seen for one in extended)
    budget = study_extensions.EXTENDED_BUDGET if was_seen else study_verdicts.budget_sentence(frozen.study)
    return StudyOutcome(
        said, found_strips(frozen, frames, results), arm_names(frozen.study),
        results.counted.preferences if results.counted else (), frozen.study.stopping == "sequential",
        budget if results.counted is not None else "",
        tuple(filter(None, (
            study_verdicts.exclusion_sentence(frozen.study, results),
            *study_extensions.extension_sentences(extended),
            *study_basis.study_basis(frozen, frames, erasures, _changes, withdrawn),
        ))),
        study_basis.exclusion_table(frames).to_dict("records"),
        len(frames.people), len(erasures) + withdrawn,
    )  # fmt: skip


def found_strips(
    frozen: FrozenStudy, frames: StudyFrames, results: "StudyResults"
) -> Mapping[tuple[str, str], tuple[ClaimStrip, ...]]:
    """The people's numbers behind each verdict, of those who are counted; none while outcomes are hidden."""
    from components.report.study.study_verdicts import judged_claims

    if results.counted is None:
        return {}
    contrasts = judged_claims(frozen.study, results.counted).contrasts
    return claim_strips(frozen.study, frames.rows_of(frames.counted_people), contrasts)


def show_strips(said: StudyVerdict, strips: Sequence[ClaimStrip], names: Mapping[str, str]) -> None:
    """The people behind a verdict as a chart, drawn."""
    from components.charts import chart_look, strips_chart

    dark, is_ratio = st.context.theme.type == "dark", said.measure != "value"
    paired = any(strip.second for strip in strips)
    unit = strip_unit(said, paired)
    chart = strips_chart.strips_figure(strips, names, unit, is_ratio, dark)
    st.plotly_chart(
        chart, theme=None, config=chart_look.CHART_CONFIG, key=f"study-strips-{said.topic}-{said.item}-{said.measure}",
        alt=f"{said.topic}: one dot for each person, with the interval behind them",
    )  # fmt: skip


def show_votes(found: StudyOutcome) -> None:
    """What people would rather use as a chart, drawn."""
    from components.charts import chart_look, shares_chart

    dark = st.context.theme.type == "dark"
    st.plotly_chart(
        shares_chart.votes_figure(found.votes, found.names, found.is_lasting, dark), theme=None,
        config=chart_look.CHART_CONFIG, key="study-votes",
        alt="The share of people who would rather use each, with its interval",
    )  # fmt: skip


def strip_unit(said: StudyVerdict, paired: bool) -> str:
    """What the axis of a chart counts."""
    if said.measure == "felt_to_clock":
        return "felt, in times of the clock" if not paired else "in times as long against the clock"
    if said.measure == "felt":
        return "in times as long" if paired else "seconds, as felt"
    if said.item == "accept":
        return "answers accepted, in per cent"
    unit = measure_unit(said.item)
    return f"difference, in {unit}" if paired else unit


def plan_text(record: StudyRecord) -> str:
    """The plan of a frozen study, as a text."""
    from components.report.study.preregistration import preregistration_markdown

    return preregistration_markdown(FrozenStudy.from_content(record.content, ALL_PATTERNS))


def data_archive(record: StudyRecord, simulated: bool) -> bytes:
    """Every file of a study in one archive."""
    from components.report.study.study_export import study_files, zip_files

    store, frozen = state.shared_store(), FrozenStudy.from_content(record.content, ALL_PATTERNS)
    participants = store.participants(frozen.id, simulated)
    people = gather_people(participants, store.study_answers(frozen.id, simulated))
    entries = {person.id: person.entry for person in participants}
    return zip_files(study_files(frozen, study_frames(frozen, people, simulated), people, entries))
