"""Study people: how many it takes, how long, what they read, and where they go in the end, drawn."""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

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
from components.study.study_language import LANGUAGES, study_language
from components.ui.shared.problems import show_problems
from components.ui.studies.open_study import OpenStudy
from components.ui.studies.study_form import field_key
from components.ui.studies.study_plan import show_plan

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
HYPOTHESIS_EXAMPLE = (
    "For example: answers that stream are trusted more than answers that come whole. It would count against that if "
    "both were trusted alike, or the whole ones more."
)
HYPOTHESIS_HELP = "For the plan that is frozen, and for nobody who takes part. You may leave it empty."
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
    expected = st.text_area(
        "What do you expect, and what would count against it?", study.hypothesis, key=key("hypothesis"),
        placeholder=HYPOTHESIS_EXAMPLE, help=HYPOTHESIS_HELP, disabled=frozen, height=100,
    )  # fmt: skip
    study = replace(study, hypothesis=expected.strip())
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
    study = replace(study, stopping=stopping)
    if not study.sweep:  # a sweep tells a level, and no difference
        margin = left.number_input(
            "Difference that would not matter, in points of trust", 0.0, 50.0, study.margin, key=key("margin"),
            placeholder="Not said", disabled=frozen,
            help="Said beforehand, it allows “no difference that matters” in the end.",
        )  # fmt: skip
        study = replace(study, margin=margin or None)
    with st.expander("Who is left out, and how long places and answers are kept"):
        study = show_rules(shown, study)
    with show_problems():
        return show_plan(shown, study)
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
