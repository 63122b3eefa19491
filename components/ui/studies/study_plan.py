"""Study plan: whether so many people are enough for what one hopes to find, and how long they need, drawn."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from math import isfinite
from typing import Any

import streamlit as st

from components.core.prompt import content_id
from components.study.study import HopedFinding, Study
from components.study.study_checks import is_stopped
from components.ui.studies.open_study import OpenStudy, compile_study
from components.ui.studies.study_form import field_key

ENOUGH_POWER, MOST_PEOPLE = 0.8, 1_200  # what the planner asks for, and up to how many people it looks
ODDS_WORDS = (
    (0.075, "hardly any"), (0.15, "about 1 in 10"), (0.225, "about 1 in 5"), (0.29, "about 1 in 4"),
    (0.42, "about 1 in 3"), (0.58, "about half of all"), (0.7, "about 2 in 3"), (0.8, "about 3 in 4"),
)  # fmt: skip
FIRST_POINTS, FIRST_FALL = 8, 50  # where the sliders stand first, in points of 100
EXACT_PARTS, LEAST_PARTS = 5, 50  # of a sweep's range: how exact its level is first asked for, and at the most
SWEPT_NAMES = {"trust": "trust", "speed": "satisfaction with the speed", "accept": "what people would use"}
KEEP_HELP = (
    "What you hope for, and what the planner says of so many people, is frozen with the study and stands in its plan. "
    "Else the plan says how many people, and not why."
)
NO_LEVEL_TEXT = "Nothing is asked that a level can be told by. Ask for trust, or whether people would use the answer."


def show_plan(shown: OpenStudy, study: Study) -> Study:
    """How many people it takes for what one hopes to find, and how long they need, drawn; with what the plan will say
    of it.
    """
    st.markdown("**Is that enough?**")
    if is_stopped(study):
        st.caption("First mend what stops the study, above.")
        return study
    hoped = show_sweep_plan(shown, study) if study.sweep else show_difference_plan(shown, study)
    said = st.toggle(
        "Say in the plan what you hope for, and why so many people", study.hoped is not None,
        key=field_key(shown)("hoped"), disabled=shown.record is not None or hoped is None, help=KEEP_HELP,
    )  # fmt: skip
    return study if shown.record else replace(study, hoped=hoped if said else None)


def show_difference_plan(shown: OpenStudy, study: Study) -> HopedFinding:
    """How many people show a difference that one hopes for, drawn; the difference."""
    first = round(study.hoped.size) if study.hoped else FIRST_POINTS
    effect = st.slider(
        "Difference in trust that you hope to show, in points of 100", 2, 30, first, key=field_key(shown)("effect")
    )
    hoped = HopedFinding(float(effect))
    plan = found_once(shown, study, hoped, "Playing the study a thousand times …", difference_plan)
    left, middle, right = st.columns(3)
    left.metric(
        f"Shown with {study.wanted} people", f"{plan['power'] * 100:.0f} %", help="Of a thousand drawn studies."
    )
    wanted = plan["wanted"]
    middle.metric("People for 80 %", people_label(wanted))
    right.metric("Minutes for each", f"{planned_minutes(shown, study):.0f}")
    aim = f"show a difference of {effect} points, even where it is there"
    if warned := weakness_text(plan["power"], study.wanted, aim, wanted, "look for a larger difference"):
        st.warning(warned)
    st.caption(
        "The difference is that of the first two, held against all that the study will claim. "
        f"{guesses_text(plan['spread'])} A pilot of five people gives better ones."
    )
    return hoped


def show_sweep_plan(shown: OpenStudy, study: Study) -> HopedFinding | None:
    """How many people find the level of a sweep as exactly as one hopes, drawn; that, None where no level is asked."""
    from components.stats.sweep_simulation import sweep_item

    item = sweep_item(study)
    if not item:
        st.metric("Minutes for each", f"{planned_minutes(shown, study):.0f}")
        st.caption(NO_LEVEL_TEXT)
        return None
    hoped = asked_precision(shown, study, item)
    plan = found_once(shown, study, hoped, "Playing the sweep some hundred times …", sweep_plan)
    left, middle, right, last = st.columns(4)
    half, wanted = plan["half"], plan["wanted"]
    left.metric(
        f"With {study.wanted} people", "beyond the sweep" if half is None else f"± {level_size(study, half)}",
        help="Half the width of the interval of the level, in the middle one of the drawn studies.",
    )  # fmt: skip
    middle.metric("So exact or better", f"{plan['power'] * 100:.0f} %", help="Of 200 drawn studies.")
    right.metric("People for 80 %", people_label(wanted))
    last.metric("Minutes for each", f"{planned_minutes(shown, study):.0f}")
    aim = f"find the level to within {level_size(study, hoped.size)}"
    if warned := weakness_text(plan["power"], study.wanted, aim, wanted, "be content with a less exact level"):
        st.warning(warned)
    st.caption(
        f"Drawn as if {SWEPT_NAMES[item]} fell evenly over the levels and met the middle of its scale halfway: where "
        f"it falls less, or elsewhere, it takes more people. {guesses_text(plan['spread'])}"
    )
    return hoped


def asked_precision(shown: OpenStudy, study: Study, item: str) -> HopedFinding:
    """How exact a level is asked for, and how far ratings will fall, from the two sliders that are drawn here."""
    scale, step = (100, 1.0) if study.sweep == "errors" else (1, 0.1)
    reach, key, known = (study.levels[-1] - study.levels[0]) * scale, field_key(shown), study.hoped
    least, most = max(step, round(reach / LEAST_PARTS / step) * step), max(2 * step, round(reach / 2 / step) * step)
    first = known.size * scale if known else reach / EXACT_PARTS
    left, right = st.columns(2)
    exact = left.slider(
        "How exact the level should be, ± " + ("per cent wrong" if scale == 100 else "seconds"),
        float(least), float(max(most, least + step)), float(min(max(round(first / step) * step, least), most)), step,
        format="%.0f" if scale == 100 else "%.1f", key=key(f"exact-{study.sweep}-{reach:g}"),
    )  # fmt: skip
    fall = right.slider(
        f"How far {SWEPT_NAMES[item]} will fall from the first level to the last, in points of 100", 10, 90,
        round(known.fall) if known and known.fall else FIRST_FALL, 5, key=key("fall"),
        help="A guess. The less it falls, the harder it is to say where it falls below the middle.",
    )  # fmt: skip
    return HopedFinding(round(exact / scale, 4), float(fall))


def level_size(study: Study, size: float) -> str:
    """A distance between levels of a sweep, in its unit."""
    return f"{size * 100:.0f} % wrong" if study.sweep == "errors" else f"{size:.1f} s"


def people_label(wanted: int | None) -> str:
    """A number of people; of more than can be planned only that."""
    return f"{wanted:,}" if wanted else f"over {MOST_PEOPLE:,}"


def guesses_text(spread: Mapping[str, float]) -> str:
    """What the planner takes for how much people differ."""
    told = ", ".join(f"{name} {value:g}" for name, value in spread.items())
    return f"Drawn from rough guesses of how much people differ (standard deviations in points: {told})."


def weakness_text(power: float, people: int, aim: str, wanted: int | None, otherwise: str) -> str:
    """That a study of so many people would often not reach its aim; "" where about 8 of 10 would.

    `wanted` is how many people it takes, None where that is more than can be planned; `otherwise` what else helps.
    """
    if power >= ENOUGH_POWER or (wanted and wanted <= people):
        return ""
    odds = next((words for most, words in ODDS_WORDS if power < most), ODDS_WORDS[-1][1])
    cure = f"Take {wanted:,} people" if wanted else f"Take over {MOST_PEOPLE:,} people"
    return f"With {people:,} people, {odds} such studies would {aim}. {cure}, or {otherwise}: then 8 of 10 would."


def planned_minutes(shown: OpenStudy, study: Study) -> float:
    """How many minutes it takes one person. Explained where an answer of the study is not kept any more."""
    asked = f"minutes {content_id(study.to_json())}"
    if asked not in shown.tried:
        shown.tried[asked] = compile_study(study).content["minutes"]
    minutes: Any = shown.tried[asked]
    return float(minutes)


def found_once(
    shown: OpenStudy, study: Study, hoped: HopedFinding, says: str,
    find: Callable[[Study, HopedFinding], dict[str, Any]],
) -> dict[str, Any]:  # fmt: skip
    """What the planner finds for a study and a hope, worked out once."""
    asked = f"{hoped} {content_id(replace(study, hoped=None, hypothesis='').to_json())}"
    if asked not in shown.tried:
        with st.spinner(says):
            shown.tried[asked] = find(study, hoped)
    found: Any = shown.tried[asked]
    return dict(found)


def difference_plan(study: Study, hoped: HopedFinding) -> dict[str, Any]:
    """What the planner finds for a difference: the power, the people wanted (None where too many), and its guesses."""
    from components.stats.power_simulation import RatingSpread, people_wanted

    found = people_wanted(study, hoped.size, RatingSpread())
    return {**kept_plan(study, hoped), "wanted": found.people if found else None}


def sweep_plan(study: Study, hoped: HopedFinding) -> dict[str, Any]:
    """What the planner finds for a sweep: the same, and half the width of the interval (None where it has no end)."""
    from components.stats.power_simulation import RatingSpread
    from components.stats.sweep_simulation import sweep_people

    found = sweep_people(study, hoped.fall or FIRST_FALL, hoped.size, RatingSpread())
    return {**kept_plan(study, hoped), "wanted": found.people if found else None}


def frozen_plan(study: Study) -> dict[str, Any] | None:
    """What is frozen of the plan; None where it is not said what is hoped for, or nothing can be found of it."""
    from components.stats.sweep_simulation import sweep_item

    return kept_plan(study, study.hoped) if study.hoped and (not study.sweep or sweep_item(study)) else None


def kept_plan(study: Study, hoped: HopedFinding) -> dict[str, Any]:
    """What the planner says of the study's own number of people: how often so many find what is hoped for, and by which
    guesses.
    """
    from components.stats.power_simulation import RatingSpread, study_power
    from components.stats.sweep_simulation import sweep_precision

    spread = RatingSpread()
    told = {**asdict(hoped), "people": study.wanted, "spread": asdict(spread)}
    if not study.sweep:
        return {**told, "power": study_power(study, study.wanted, hoped.size, spread).power}
    found = sweep_precision(study, study.wanted, hoped.fall or FIRST_FALL, hoped.size, spread)
    return {**told, "power": found.share, "half": found.half if isfinite(found.half) else None}
