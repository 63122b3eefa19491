"""Claim strips: for each question of a study the people's own numbers, with the interval that its sentence rests on.

Where everybody saw every arm the number of a person is their difference between two arms, which is what is claimed;
where each saw one, it is their mean. Of a sweep each level is a strip. Scores of questionnaires have strips as well.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import exp

import pandas as pd

from components.stats.arm_contrasts import STUDY_MEASURES, ArmContrast, arm_table, as_told, measured_trials
from components.stats.interval import Interval, Numbers, confidence_sequence, finite_numbers, mean_interval
from components.stats.study_families import CALIBRATION_ITEM
from components.stats.trust_calibration import calibration_table, reliance_trials
from components.store.study_people_frame import StudyFrames
from components.study.study import Study

StripKey = tuple[str, str]  # item, measure
ACCEPT_ITEM = "accept"
STRIP_MEASURES = (*STUDY_MEASURES, (CALIBRATION_ITEM, "value"))


@dataclass(frozen=True)
class ClaimStrip:
    """One row of a chart: the first arm less the second, or one arm alone (`second` is ""). Ratios of seconds where
    logarithms were compared.
    """

    first: str
    second: str
    values: tuple[float, ...]
    interval: Interval


def claim_strips(
    study: Study, frames: StudyFrames, contrasts: Sequence[ArmContrast]
) -> Mapping[StripKey, tuple[ClaimStrip, ...]]:
    """The strips of each item and measure that was rated; `contrasts` as the study's stopping rule judges them."""
    found: dict[StripKey, tuple[ClaimStrip, ...]] = {}
    scored = dict.fromkeys((one.item, one.measure) for one in contrasts if "." in one.item)
    swept = ((ACCEPT_ITEM, "value"),) if study.sweep else ()
    for item, measure in (*STRIP_MEASURES, *swept, *scored):
        rows = strip_rows(frames, item, measure)
        if not len(rows):
            continue
        if study.sweep or study.design == "between":
            strips = [arm_strip(study, rows, arm.key, item, measure) for arm in study.shown_arms]
        else:
            pairs = [one for one in contrasts if (one.item, one.measure) == (item, measure)]
            strips = [pair_strip(study, rows, one) for one in pairs]
        if kept := tuple(strip for strip in strips if strip.values):
            found[item, measure] = kept
    return found


def strip_rows(frames: StudyFrames, item: str, measure: str) -> pd.DataFrame:
    """The answers of an item that count, with the column `measured`; those of trust calibration are of all answers, and
    of a questionnaire's score ("instrument.score") the scores about arms.
    """
    instrument, dot, score = item.partition(".")
    if dot:
        rows = frames.scores
        rows = rows[rows["instrument"].eq(instrument) & rows["score"].eq(score) & rows["arm"].ne("")]
        return rows.assign(measured=rows["value"]).dropna(subset="measured")
    if item == ACCEPT_ITEM:
        rows = reliance_trials(frames.trials)
        return rows.assign(measured=rows["value"])
    return reliance_trials(frames.trials) if item == CALIBRATION_ITEM else measured_trials(frames.trials, item, measure)


def person_table(study: Study, rows: pd.DataFrame, arms: Sequence[str], item: str) -> pd.DataFrame:
    """One row for each person, and side by side for each trial that showed both; one column for each of the arms."""
    if item == CALIBRATION_ITEM:
        return calibration_table(rows, arms)
    if study.design == "side" and "." not in item:
        wide = rows.groupby(["participant", "step", "arm"], sort=False)["measured"].mean().unstack()
        both = wide.reindex(columns=list(arms)).astype("float64").dropna()
        return both.groupby(level="participant", sort=False).mean()
    return arm_table(rows, arms)


def pair_strip(study: Study, rows: pd.DataFrame, contrast: ArmContrast) -> ClaimStrip:
    """Each person's difference of a pair, with the interval of the contrast."""
    pair = (contrast.first, contrast.second)
    table = person_table(study, rows, pair, contrast.item)
    gaps = finite_numbers(table[pair[0]] - table[pair[1]])
    return ClaimStrip(*pair, as_shown(gaps, contrast.item, contrast.measure), in_percent(contrast))


def arm_strip(study: Study, rows: pd.DataFrame, arm: str, item: str, measure: str) -> ClaimStrip:
    """Each person's mean of one arm, with an interval that holds at the study's looks."""
    values = finite_numbers(person_table(study, rows, [arm], item)[arm])
    spread = confidence_sequence(values) if study.stopping == "sequential" else mean_interval(values)
    told = as_told(spread, measure)
    return ClaimStrip(arm, "", as_shown(values, item, measure), scaled_interval(told, 100) if is_share(item) else told)


def is_share(item: str) -> bool:
    """Whether an item is a share, which is told in per cent."""
    return item in (CALIBRATION_ITEM, ACCEPT_ITEM)


def in_percent(contrast: ArmContrast) -> Interval:
    """A contrast as it is told; of shares in percentage points."""
    return scaled_interval(contrast.shown_interval, 100) if is_share(contrast.item) else contrast.shown_interval


def scaled_interval(interval: Interval, by: float) -> Interval:
    """An interval in another unit."""
    return replace(interval, estimate=interval.estimate * by, low=interval.low * by, high=interval.high * by)


def as_shown(values: Numbers, item: str, measure: str) -> tuple[float, ...]:
    """Values as they are told: of logarithms as ratios, or seconds; of shares in per cent."""
    if is_share(item):
        return tuple(float(value) * 100 for value in values)
    return tuple(float(value) if measure == "value" else exp(min(float(value), 700.0)) for value in values)
