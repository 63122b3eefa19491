"""Preregistration: a study's plan as it was frozen: its hash, what is shown and asked, every rule, and the analysis."""

from collections.abc import Mapping
from typing import Any

from components.report.document import Bullets, Document, Paragraph, Table
from components.report.study.study_basis import (
    DESIGN_SENTENCES,
    margin_sentence,
    planted_sentence,
    restart_rule,
    retention_sentence,
    translation_sentences,
)
from components.stats.error_budget import PAGE_ERROR_SHARE
from components.stats.interval import MIN_LIVE_PEOPLE
from components.stats.study_findings import SWEEP_LINES
from components.study.frozen_study import FrozenStudy
from components.study.instruments import load_instruments
from components.study.quality_flags import MAX_SPEED_INDEX, MIN_ITEM_SECONDS
from components.study.rating import LATE_S, LATE_SHARE
from components.study.study import ExclusionRule, Study
from components.study.study_language import chosen_words
from components.study.trial_items import pair_items, trial_items
from components.study.trial_plan import slot_plan

PREREGISTRATION_FORMAT = 1  # of the file
PLACE_WORDS = {"before": "before", "after_arm": "after each arm", "at_end": "at the end"}


def preregistration_json(frozen: FrozenStudy) -> dict[str, Any]:
    """The plan as JSON values. The hash in `study` is that of `content`, from which everything else here follows."""
    study = frozen.study
    return {
        "format": PREREGISTRATION_FORMAT, "study": frozen.id, "parallax": frozen.content["version"],
        "title": chosen_words(study, "title"), "design": study.design, "sweep": study.sweep,
        "seed": study.seed, "wanted": study.wanted, "stopping": study.stopping, "margin": study.margin,
        "minutes": frozen.content["minutes"], "keep_days": study.keep_days,
        "hypothesis": study.hypothesis, "planned": frozen.content.get("planned"),
        "resume_hours": study.resume_hours, "restart_minutes": study.restart_minutes,
        "arms": [arm_json(frozen, number) for number in range(len(study.shown_arms))],
        "tasks": [{"question": task.question, "right": task.right, "wrong": task.wrong} for task in study.tasks],
        "trials": study.trials, "orders": sorted({slot.sequence for slot in slot_plan(study)}),
        "items": [{"name": item.name, "text": item.text} for item in asked_items(study)],
        "instruments": instruments_json(study), "exclusion": exclusion_lines(study.exclusion),
        "analysis": analysis_lines(study), "content": dict(frozen.content),
    }  # fmt: skip


def arm_json(frozen: FrozenStudy, number: int) -> dict[str, Any]:
    """One arm as JSON values."""
    arm = frozen.study.shown_arms[number]
    return {
        "key": arm.key, "name": arm.name, "prototype": frozen.prototype_ids[arm.key],
        "patterns": [layer.to_json() for layer in arm.prototype.layers],
        "weather": [layer.to_json() for layer in arm.weather],
        "wrong": frozen.study.wrong_count(arm), "level": arm.level,
    }  # fmt: skip


def asked_items(study: Study) -> tuple[Any, ...]:
    """What is asked after a trial."""
    return pair_items(study, "AB") if study.design == "side" else trial_items(study, True)


def instruments_json(study: Study) -> list[dict[str, Any]]:
    """Each questionnaire with where it stands, its source, and how it is scored."""
    known = load_instruments()
    return [
        {"place": place, "name": name, "title": known[name].title, "citation": known[name].citation,
         "scores": {score.name: score.kind for score in known[name].scores}}
        for place, names in study.instruments.items()
        for name in names if name in known
    ]  # fmt: skip


def exclusion_lines(rule: ExclusionRule) -> list[str]:
    """The rule by which people are left out, a sentence each part, and what is flagged."""
    parts = [
        f"{rule.checks} attention checks failed" if rule.checks else "",
        f"{rule.flags} flags of different kinds" if rule.flags else "",
        f"more than {rule.void_share * 100:g} % of the trials void for timing" if rule.void_share else "",
    ]
    used = [part for part in parts if part]
    left = f"A person is left out for any of: {'; '.join(used)}." if used else "Nobody is left out."
    return [
        left,
        f"Flags: under {MIN_ITEM_SECONDS:g} s for each item of a page, or a relative speed index over "
        f"{MAX_SPEED_INDEX:g} (one kind); the same answer to all items that are worded for and against; an attention "
        "check failed; the tab hidden.",
        f"A trial is void for timing if the tab was hidden, or if the first words or the end were painted more than "
        f"{LATE_S * 1000:.0f} ms and {LATE_SHARE * 100:g} % off schedule. It counts for trust, not for time.",
        "Signs of a program are shown and leave nobody out. Every result is given with and without exclusions.",
    ]


def people_reason(study: Study, planned: Mapping[str, Any] | None) -> str:
    """Why so many people, by what the planner found when the study was frozen."""
    people = f"{study.wanted} people complete the study."
    if not planned:
        return f"{people} Why so many was not said."
    spread = ", ".join(f"{name} {value:g}" for name, value in planned["spread"].items())
    found = f"{planned['power'] * 100:.0f} of 100 drawn studies of so many people"
    guess = f"Drawn with people who differ by (standard deviations in points of 100): {spread}."
    if not study.sweep:
        return (
            f"{people} What is hoped for is a difference in trust of {planned['size']:g} points of 100 between the "
            f"first two arms, at the error that all primary claims share: {found} show it. {guess}"
        )
    exact = f"{planned['size'] * 100:g} % wrong" if study.sweep == "errors" else f"{planned['size']:g} s"
    return (
        f"{people} What is hoped for is an interval of the level of at most {exact} to each side, where ratings fall "
        f"by {planned['fall']:g} points of 100 from the first level to the last and meet the middle of their scale "
        f"halfway: {found} reach it. {guess}"
    )


def analysis_lines(study: Study) -> list[str]:
    """The analysis as it will be done, a sentence each."""
    return [*stopping_lines(study), *estimator_lines(study), *family_lines(study)]


def stopping_lines(study: Study) -> list[str]:
    """When outcomes may be looked at."""
    if study.stopping == "fixed":
        return [f"{study.wanted} people complete the study. Outcomes stay hidden until then."]
    return [
        f"People are taken in one after the other, {study.wanted} are planned. Outcomes may be looked at any time: "
        f"intervals are confidence sequences (Waudby-Smith and others 2021), from {MIN_LIVE_PEOPLE} people on, and "
        "choices are judged by e-values."
    ]


def estimator_lines(study: Study) -> list[str]:
    """How each kind of answer is estimated. The participant is the unit: trials are never counted as people."""
    ratings = {
        "within": "Ratings: a mixed model with arms fixed, and people, people in arms, and questions at random (REML, "
        "Satterthwaite's degrees of freedom, at most people less one); beside it a paired t on one mean a person.",
        "between": "Ratings: Welch's t on one mean a person.",
        "side": "Ratings: the difference within a trial, averaged by person, with a paired t.",
    }[study.design]
    lines = [
        "The participant is the unit of analysis.", ratings,
        "Seconds: the same on ln(felt), and on ln(felt / clock) where the clock is 0.5 s or more; told as ratios.",
    ]  # fmt: skip
    if "accept" in study.battery and study.design != "side":
        lines.append(
            "Trust calibration: P(accept | right) − P(accept | wrong) of each person, with a t interval; beside it a "
            "marginal logit model (GEE, exchangeable, covariance corrected for few people)."
        )
    if study.design == "side":
        lines.append("Choices: Davidson's model with ties and a leaning to the left, resampling people.")
    if study.asks_preference and study.design == "within":
        lines.append(
            "Preference at the end: exact binomial tests, Wilson intervals; a favourite has to beat every other arm."
        )
    if study.sweep:
        middle = ", ".join(f"{item} {line:g}" for item, line in SWEEP_LINES.items())
        lines.append(
            f"Sweep: the level at which the mean falls below the middle of its scale ({middle}), means made to fall "
            "steadily, resampling people."
        )
    return [
        *lines,
        "Questionnaires: scored as published, a missing answer is never made up; Cronbach's alpha with its interval.",
    ]


def family_lines(study: Study) -> list[str]:
    """Which claims share the budget of error."""
    if study.sweep:
        return ["The level is the claim of the study; every difference between levels is exploratory."]
    how = "Holm's correction" if study.stopping == "fixed" else "intervals that share the budget equally"
    return [
        "Primary: speed, trust and trust calibration, every pair of arms, together wrong in at most "
        f"{PAGE_ERROR_SHARE * 100:g} of 100 studies ({how}). Everything else is exploratory and labelled so, corrected "
        "by Benjamini and Hochberg.",
        margin_sentence(study),
    ]


def preregistration_markdown(frozen: FrozenStudy) -> str:
    """The plan as a text that people read."""
    return preregistration_document(frozen).markdown()


def preregistration_document(frozen: FrozenStudy) -> Document:
    """The plan as a document."""
    study, plan = frozen.study, preregistration_json(frozen)
    arms = tuple(
        (arm["key"], arm["name"], arm["prototype"], str(arm["wrong"]), weather_text(arm)) for arm in plan["arms"]
    )
    tasks = tuple((task.question, task.right, task.wrong or "none") for task in study.tasks)
    tools = tuple(f"{tool['title']} ({PLACE_WORDS[tool['place']]}). {tool['citation']}" for tool in plan["instruments"])
    own = tuple(f"{entry.item.text} ({PLACE_WORDS[entry.place]})" for entry in study.own_items)
    return Document(
        f"Plan: {plan['title']}", "What was decided before the first person took part.",
        {"Hash of the study": frozen.id, "Parallax": str(plan["parallax"]), "Seed": study.seed,
         "People": str(study.wanted), "Minutes": f"{plan['minutes']:g}"},
        {
            "Hypothesis": (Paragraph(study.hypothesis or "None was said."),),
            "People": (Paragraph(people_reason(study, plan["planned"])),),
            "Design": (Paragraph(DESIGN_SENTENCES[study.design]), Paragraph(planted_sentence(study)),
                       Paragraph(f"Orders: {', '.join(plan['orders'])}.")),
            "Arms": (Table(("Key", "Name", "Hash of the prototype", "Wrong answers", "Weather"), arms),),
            "Questions": (Paragraph(f"{study.trials} for each arm."),
                          Table(("Question", "Right answer", "Wrong answer"), tasks)),
            "What is asked": (Bullets(tuple(item["text"] for item in plan["items"])),
                              Bullets((*tools, *own, *translation_sentences(study)))),
            "Exclusion": (Bullets(tuple(plan["exclusion"])), Paragraph(restart_rule(study)),
                          Paragraph(retention_sentence(study))),
            "Analysis": (Bullets(tuple(plan["analysis"])),),
        },
        label="Preregistration",
    )  # fmt: skip


def weather_text(arm: Mapping[str, Any]) -> str:
    """The weather of an arm in short; "none" where there is none."""
    names = [str(layer["layer"]) for layer in arm["weather"]]
    return ", ".join(names) or "none"
