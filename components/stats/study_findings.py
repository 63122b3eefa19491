"""Study findings: everything that a study shows, with and without those whom its rule leaves out.

Where the number of people was fixed beforehand, nothing is worked out before they are complete: who looks at outcomes
and stops when they please is wrong more often than the intervals say.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import nan

import pandas as pd

from components.stats.arm_contrasts import (
    PRIMARY_RATINGS,
    STUDY_MEASURES,
    ArmContrast,
    arm_contrasts,
    arm_means,
    measured_trials,
)
from components.stats.end_preference import ArmPreference, end_preferences
from components.stats.error_budget import PAGE_ERROR_SHARE
from components.stats.interval import Interval
from components.stats.person_means import CLOCK_COLUMNS
from components.stats.reliance_model import RelianceModel, fit_reliance
from components.stats.scale_scores import ArmScore, arm_scores, score_contrasts
from components.stats.side_choices import SideChoices, side_choices
from components.stats.study_families import PRIMARY_CLAIMS, FamilyClaims, adjust_contrasts
from components.stats.sweep_curves import SweepCrossing, equality_point, faster_gaps, felt_exponent, sweep_crossing
from components.stats.trust_calibration import ArmReliance, arm_reliance, calibration_contrasts, reliance_trials
from components.store.study_people_frame import StudyFrames
from components.study.instruments import load_instruments
from components.study.study import Study

SWEEP_LINES: Mapping[str, float] = {"trust": 50.0, "accept": 0.5, "speed": 4.0}  # the middle of each scale
SWEEP_ITEMS: Mapping[str, tuple[str, ...]] = {"errors": ("trust", "accept"), "latency": ("speed", "trust", "accept")}


@dataclass(frozen=True)
class StudyFindings:
    """What some people of a study show. Arms are keys; `means` are by item and measure, then by arm.

    `model` is the marginal model of accepting, None where no wrong answer was shown. `sides` and `faster` are choices
    side by side, None in other designs. `crossings` and `exponents` are of sweeps. `equality` is how many seconds more
    the first of a pair may take and still seem as fast.
    """

    people: int
    arms: tuple[str, ...]
    claims: FamilyClaims
    means: Mapping[tuple[str, str], Mapping[str, Interval]]
    clocks: Mapping[str, Mapping[str, float]]
    reliance: tuple[ArmReliance, ...]
    model: RelianceModel | None
    preferences: tuple[ArmPreference, ...]
    sides: SideChoices | None
    faster: SideChoices | None
    scores: tuple[ArmScore, ...]
    crossings: tuple[SweepCrossing, ...]
    exponents: Mapping[str, Interval]
    equality: Mapping[tuple[str, str], Interval]


@dataclass(frozen=True)
class StudyResults:
    """A study's findings: of those whom its rule counts, and of everybody who reached the end.

    Both are None while they are hidden; `hidden` says why, in a sentence. `complete` people of those `wanted` reached
    the end with their attention checks passed.
    """

    complete: int
    wanted: int
    hidden: str
    counted: StudyFindings | None
    everybody: StudyFindings | None


def study_results(study: Study, frames: StudyFrames, wanted: int = 0, deleted: int = 0) -> StudyResults:
    """The findings of a study, as far as they may be seen. `wanted`: how many people, where it is not as planned.

    `deleted` people had completed it before their answers were deleted: what was shown once is not hidden again.
    """
    complete, wanted = int(frames.people["end"].eq("complete").sum()), wanted or study.wanted
    if study.hides_outcomes(complete + deleted, wanted):
        planned = "as was planned" if wanted == study.wanted else f"where {study.wanted} were planned"
        verb = "is" if complete == 1 else "are"
        why = f"Outcomes stay hidden until {wanted} people are complete, {planned}: {complete} {verb} so far."
        return StudyResults(complete, wanted, why, None, None)
    counted, everybody = frames.counted_people, frames.end_reachers
    main = study_findings(study, frames.rows_of(counted))
    same = len(counted) == len(everybody)
    return StudyResults(
        complete, wanted, "", main, main if same else study_findings(study, frames.rows_of(everybody))
    )  # fmt: skip


def study_findings(study: Study, frames: StudyFrames) -> StudyFindings:
    """What the people of these frames show."""
    trials, arms = frames.trials, tuple(arm.key for arm in study.shown_arms)
    reliance = reliance_trials(trials)
    rows = {key: measured_trials(trials, *key) for key in STUDY_MEASURES}
    accepted = [arm_reliance(reliance, arm) for arm in arms] if len(reliance) else []
    side = study.design == "side"
    return StudyFindings(
        len(frames.people), arms, find_claims(study, arms, rows, reliance, frames),
        {(item, measure): arm_means(part, arms, measure) for (item, measure), part in rows.items() if len(part)},
        clock_seconds(trials, arms), tuple(accepted),
        fit_reliance(reliance, arms) if reliance["wrong"].any() else None,
        end_preferences(frames.people, arms),
        side_choices(trials, arms) if side else None, side_choices(trials, arms, "faster") if side else None,
        tuple(arm_scores(frames.scores, frames.items, score_items())), find_crossings(study, trials, reliance),
        {item: felt_exponent(rows[item, "felt"], clock) for item, clock in CLOCK_COLUMNS.items()}
        if study.sweep == "latency" else {},
        equality_points(trials, arms) if side else {},
    )  # fmt: skip


def find_claims(
    study: Study, arms: Sequence[str], rows: Mapping[tuple[str, str], pd.DataFrame], reliance: pd.DataFrame,
    frames: StudyFrames,
) -> FamilyClaims:  # fmt: skip
    """Every contrast of a study, corrected in its family. Of a sweep all are exploratory: its claim is the level."""
    asked = [(item, measure) for (item, measure), part in rows.items() if len(part)]
    pairs = len(arms) * (len(arms) - 1) // 2
    alpha = PAGE_ERROR_SHARE / max(pairs * primary_count(study), 1)
    found: list[ArmContrast] = calibration_contrasts(reliance, arms, study.design, alpha)
    for key in asked:
        found += arm_contrasts(rows[key], arms, study.design, *key, alpha)
    found += score_contrasts(frames.scores, arms, study.design)
    return adjust_contrasts(found, () if study.sweep else PRIMARY_CLAIMS)


def primary_count(study: Study) -> int:
    """How many primary questions a study asks, by its plan, so that it is the same at every look."""
    rated = sum(item in study.battery for item in PRIMARY_RATINGS)
    return rated + ("accept" in study.battery and any(study.wrong_count(arm) for arm in study.shown_arms))


def find_crossings(study: Study, trials: pd.DataFrame, reliance: pd.DataFrame) -> tuple[SweepCrossing, ...]:
    """Up to which level of a sweep the means stay over the middle of their scales; () where nothing is swept."""
    if not study.sweep:
        return ()
    found = []
    for item in SWEEP_ITEMS[study.sweep]:
        rows = (
            reliance.assign(measured=reliance["value"]) if item == "accept" else measured_trials(trials, item, "value")
        )
        if len(rows):
            found.append(sweep_crossing(rows, item, SWEEP_LINES[item]))
    return tuple(found)


def clock_seconds(trials: pd.DataFrame, arms: Sequence[str]) -> dict[str, dict[str, float]]:
    """The mean of the painted seconds of each arm, over trials that count for timing, by what was felt."""
    shown = trials[~trials["void"] & trials["arm"].ne("")].drop_duplicates(["participant", "step", "pane"])
    return {
        item: {arm: float(means.get(arm, nan)) for arm in arms}
        for item, clock in CLOCK_COLUMNS.items()
        for means in [shown.groupby("arm")[clock].mean()]
    }


def equality_points(trials: pd.DataFrame, arms: Sequence[str]) -> dict[tuple[str, str], Interval]:
    """For each pair side by side, how many seconds more the first may take until complete and still seem as fast."""
    shown = trials[trials["arm"].ne("") & ~trials["void"]].drop_duplicates(["participant", "step", "arm"])
    clocks = {
        (f"{person}/{step}", arm): seconds
        for person, step, arm, seconds in zip(
            shown["participant"], shown["step"], shown["arm"], shown["painted_complete"], strict=True
        )
    }
    found = {}
    for place, first in enumerate(arms):
        for second in arms[place + 1 :]:
            rows = faster_gaps(trials, clocks, (first, second))
            if len(rows):
                found[first, second] = equality_point(rows["gap"].tolist(), rows["chosen"].tolist(),
                                                      rows["participant"].tolist())  # fmt: skip
    return found


def score_items() -> dict[tuple[str, str], tuple[str, ...]]:
    """The items behind each score of the questionnaires that come along, by (instrument, score)."""
    return {(tool.name, score.name): score.items for tool in load_instruments().values() for score in tool.scores}
