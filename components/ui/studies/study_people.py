"""Study people: how many it takes, how long, what they read, and where they go in the end, drawn."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

import streamlit as st

from components.core.prompt import content_id
from components.study.study import (
    END_KINDS,
    MAX_PEOPLE,
    STOPPINGS,
    EndPage,
    ExclusionRule,
    Stopping,
    Study,
    StudyWords,
)
from components.study.study_checks import study_remarks
from components.study.study_language import LANGUAGES, study_language
from components.ui.shared.problems import show_problems
from components.ui.studies.open_study import OpenStudy, compile_study
from components.ui.studies.study_form import field_key

END_LABELS: Mapping[str, str] = {
    "complete": "Complete", "screened": "Not who is looked for", "failed": "Did not read", "withdrew": "Withdrew",
}  # fmt: skip
URL_HELP = (
    "Where the recruiter takes people back, as https://app.prolific.com/submissions/complete?cc={code}. {pid}, "
    "{study}, {session} and {code} are filled in, and so is everything that the link brought, as {its_name}."
)
WORD_LABELS: Mapping[str, tuple[str, str]] = {
    "title": ("Title", "What participants see above the study. It should not tell what is compared."),
    "welcome": ("Welcome", ""),
    "consent": (
        "What they agree to",
        "{minutes} becomes the minutes it takes, {days} the days that answers are kept.",
    ),
    "instructions": ("How it works", ""),
    "debrief": ("What it was about, told at the end", "Planted mistakes and delays are told besides, by themselves."),
    "contact": ("Whom to ask", "A name and an address that participants can write to."),
}
STOPPING_LABELS: Mapping[Stopping, str] = {
    "fixed": "After the last person", "sequential": "At any time",
}  # fmt: skip
SWEEP_TEXT = (
    "What a sweep finds is a level, with an interval: how narrow it will be is not planned here. A pilot shows it."
)
ENOUGH_POWER, MOST_PEOPLE = 0.8, 1_200  # what the planner asks for, and up to how many people it looks
ODDS_WORDS = (
    (0.075, "hardly any"), (0.15, "about 1 in 10"), (0.225, "about 1 in 5"), (0.29, "about 1 in 4"),
    (0.42, "about 1 in 3"), (0.58, "about half of all"), (0.7, "about 2 in 3"), (0.8, "about 3 in 4"),
)  # fmt: skip
SHORT_WORDS = ("title", "contact")
MAX_KEEP_DAYS = 3_650
MIN_RESTART_MINUTES = 5  # as long as somebody may look at one screen
RESTART_HELP = (
    "A part is one prototype with its questions and questionnaires. Who stays away for so long in the middle of one "
    "does it once more from its beginning. What they answered before is kept and exported, and is in no result."
)
KEEP_HELP = (
    "Counted for each person from their last answer, and said in what they agree to. Leave time for all to take part "
    "and for you to read the results: what is deleted is in no result any more."
)


def show_words(shown: OpenStudy) -> Study:
    """What participants read, and what stands at each end, drawn."""
    study, frozen, key = shown.study, shown.record is not None, field_key(shown)
    language = st.segmented_control(
        "Language", list(LANGUAGES), default=study.language, required=True, format_func=LANGUAGES.__getitem__,
        key=key("language"), disabled=frozen,
    )  # fmt: skip
    st.caption("What you leave empty is said in the words that come along, which stand in grey.")
    said, written = study_language(language), {}
    for name, (label, about) in WORD_LABELS.items():
        draw = st.text_input if name in SHORT_WORDS else st.text_area
        written[name] = draw(
            label, getattr(study.words, name), help=about or None, placeholder=said.get(name, ""),
            key=key(f"word-{name}"), disabled=frozen,
        )  # fmt: skip
    st.markdown("**Where they go in the end**")
    ends = {kind: show_end_page(shown, kind) for kind in END_KINDS}
    with st.expander("Inside another survey, as Qualtrics"):
        origin = st.text_input(
            "Address of the survey", study.frame_origin, placeholder="https://example.qualtrics.com",
            key=key("frame"), disabled=frozen, help="Only this site hears when somebody has finished.",
        )  # fmt: skip
    kept = {kind: page for kind, page in ends.items() if page != EndPage()}
    return replace(study, language=language, words=StudyWords(**written), ends=kept, frame_origin=origin.strip())


def show_end_page(shown: OpenStudy, kind: str) -> EndPage:
    """One end, drawn: its code, and the address back."""
    now, key = shown.study.ends.get(kind, EndPage()), field_key(shown)
    frozen = shown.record is not None
    left, right = st.columns([1, 3])
    code = left.text_input(f"{END_LABELS[kind]}: code", now.code, key=key(f"code-{kind}"), disabled=frozen)
    url = right.text_input(
        f"{END_LABELS[kind]}: address back", now.url, key=key(f"url-{kind}"), disabled=frozen, help=URL_HELP
    )
    return replace(now, code=code.strip(), url=url.strip())


def show_people(shown: OpenStudy) -> Study:
    """How many people, how long, and which rules are fixed beforehand, drawn."""
    study, frozen, key = shown.study, shown.record is not None, field_key(shown)
    left, right = st.columns(2)
    people = left.number_input(
        "People who complete it", 2, MAX_PEOPLE, study.wanted, key=key("wanted"), disabled=frozen
    )
    study = replace(study, wanted=int(people))
    stopping = right.segmented_control(
        "When are results shown?", STOPPINGS, default=study.stopping, required=True, key=key("stopping"),
        format_func=lambda stopping: STOPPING_LABELS[stopping], disabled=frozen,
        help="Who may look at any time pays for it with wider intervals, so that nobody stops at a lucky moment.",
    )  # fmt: skip
    margin = left.number_input(
        "Difference that would not matter, in points of trust", 0.0, 50.0, study.margin, key=key("margin"),
        placeholder="Not said", disabled=frozen,
        help="Said beforehand, it allows “no difference that matters” in the end.",
    )  # fmt: skip
    study = replace(study, stopping=stopping, margin=margin or None)
    with st.expander("Who is left out, and how long places and answers are kept"):
        study = show_rules(shown, study)
    with show_problems():
        show_plan(shown, study)
    return study


def show_rules(shown: OpenStudy, study: Study) -> Study:
    """The rule by which people are left out, and how long places are kept, drawn."""
    frozen, key, rule = shown.record is not None, field_key(shown), study.exclusion
    st.caption("Fixed before anybody takes part. Results are always given with and without those who are left out.")
    fields: dict[str, tuple[str, int, int, int]] = {
        "checks": ("Failed items that show whether people read", 0, 2, rule.checks),
        "flags": ("Other signs at once, of those that stand by themselves", 1, 6, rule.flags),
        "void": ("Answers whose timing does not count, in per cent", 5, 100, round(rule.void_share * 100)),
        "stale": ("Minutes without a sign of life until a place is given to another person", 5, 24 * 60,
                  study.stale_minutes),
        "resume": ("Hours in which somebody can go on", 1, 24 * 30, study.resume_hours),
    }  # fmt: skip
    typed = {}
    for name, (label, low, high, value) in fields.items():
        fitting = min(max(value, low), high)
        typed[name] = int(st.number_input(label, low, high, fitting, key=key(f"rule-{name}"), disabled=frozen))
    away = st.number_input(
        "Minutes away after which a part that was broken off begins again", MIN_RESTART_MINUTES, 24 * 60,
        study.restart_minutes, key=key("rule-restart"), disabled=frozen, placeholder="It goes on where it stopped",
        help=RESTART_HELP,
    )  # fmt: skip
    days = st.number_input(
        "Days after which a person's answers are deleted", 1, MAX_KEEP_DAYS, study.keep_days, key=key("rule-keep"),
        disabled=frozen, placeholder="Kept until you delete them", help=KEEP_HELP,
    )  # fmt: skip
    return replace(
        study, exclusion=ExclusionRule(typed["checks"], typed["flags"], typed["void"] / 100),
        stale_minutes=typed["stale"], resume_hours=typed["resume"], keep_days=None if days is None else int(days),
        restart_minutes=None if away is None else int(away),
    )  # fmt: skip


def show_plan(shown: OpenStudy, study: Study) -> None:
    """How many people it takes for a difference that one hopes for, and how long they need, drawn."""
    st.markdown("**Is that enough?**")
    if any(remark.weight == "stop" for remark in study_remarks(study)):
        st.caption("First mend what stops the study, above.")
        return
    if study.sweep:
        st.metric("Minutes for each", f"{planned_minutes(shown, study):.0f}")
        st.caption(SWEEP_TEXT)
        return
    effect = st.slider(
        "Difference in trust that you hope to show, in points of 100", 2, 30, 8, key=field_key(shown)("effect")
    )
    asked = f"{effect} {content_id(study.to_json())}"
    if asked not in shown.tried:
        with st.spinner("Playing the study a thousand times …"):
            shown.tried[asked] = found_plan(study, float(effect))
    plan: Any = shown.tried[asked]
    left, middle, right = st.columns(3)
    left.metric(
        f"Shown with {study.wanted} people", f"{plan['power'] * 100:.0f} %", help="Of a thousand drawn studies."
    )
    wanted = plan["wanted"]
    middle.metric("People for 80 %", f"{wanted:,}" if wanted else f"over {MOST_PEOPLE:,}")
    right.metric("Minutes for each", f"{planned_minutes(shown, study):.0f}")
    if warned := weakness_text(plan["power"], study.wanted, effect, wanted):
        st.warning(warned)
    st.caption(
        "The difference is that of the first two, held against all that the study will claim. "
        "Drawn from rough guesses of how much people differ (standard deviations in points: "
        + ", ".join(f"{name} {value:g}" for name, value in plan["spread"].items())
        + "). A pilot of five people gives better ones."
    )


def weakness_text(power: float, people: int, effect: int, wanted: int | None) -> str:
    """That a study of so many people would often not show a difference that is there; "" where about 8 of 10 would.

    `wanted` is how many people it takes, None where that is more than can be planned.
    """
    if power >= ENOUGH_POWER or (wanted and wanted <= people):
        return ""
    odds = next((words for most, words in ODDS_WORDS if power < most), ODDS_WORDS[-1][1])
    cure = f"Take {wanted:,} people" if wanted else f"Take over {MOST_PEOPLE:,} people"
    return (
        f"With {people:,} people, {odds} such studies would show a difference of {effect} points, even where it is "
        f"there. {cure}, or look for a larger difference: then 8 of 10 would."
    )


def planned_minutes(shown: OpenStudy, study: Study) -> float:
    """How many minutes it takes one person. Explained where an answer of the study is not kept any more."""
    asked = f"minutes {content_id(study.to_json())}"
    if asked not in shown.tried:
        shown.tried[asked] = compile_study(study).content["minutes"]
    minutes: Any = shown.tried[asked]
    return float(minutes)


def found_plan(study: Study, effect: float) -> dict[str, Any]:
    """What the planner finds: the power, the people wanted (None where too many), and its guesses."""
    from components.stats.power_simulation import RatingSpread, people_wanted, study_power

    spread = RatingSpread()
    found = people_wanted(study, effect, spread)
    return {
        "power": study_power(study, study.wanted, effect, spread).power, "wanted": found.people if found else None,
        "spread": asdict(spread),
    }  # fmt: skip
