"""Study basis: what the results of a study rest on: who took part, who is left out and why, what was planted."""

from collections import Counter
from collections.abc import Sequence

import pandas as pd

from components.core.prompt import isolate_direction
from components.report.results.gap_sentences import format_apart
from components.report.results.result_basis import count_with_noun
from components.report.study.study_sentences import arm_names, level_text
from components.report.study.verdict_parts import HOLDS_NOTE
from components.store.arm_records import ArmChange
from components.store.participation import COMPLETE
from components.store.study_erasures import StudyErasure
from components.store.study_people_frame import StudyFrames
from components.study.frozen_study import FrozenStudy
from components.study.instrument_words import speaks_translation
from components.study.study import Study

DESIGN_SENTENCES = {
    "within": "Everybody saw every arm, one after the other, in orders that weigh the same (Williams squares).",
    "between": "Everybody saw one arm, drawn in blocks (permuted blocks).",
    "side": "Two arms stood side by side and played at once, with sides that change.",
}
MAX_NAMED_SIGNS = 20


def study_basis(
    frozen: FrozenStudy,
    frames: StudyFrames,
    erasures: Sequence[StudyErasure] = (),
    changes: Sequence[ArmChange] = (),
    withdrawn: int = 0,
) -> list[str]:
    """A sentence for each fact that the results rest on; facts that are zero are left out. `withdrawn` people stopped
    and had everything deleted, `erasures` are deletions of others.
    """
    study = frozen.study
    return [
        *people_sentences(frames, withdrawn + len(erasures)), *withdrawal_sentences(withdrawn),
        *erasure_sentences(study, erasures), *exclusion_sentences(frames), *sign_sentences(frames),
        *void_sentences(frames), *restart_sentences(frames), *arm_change_sentences(study, changes),
        DESIGN_SENTENCES[study.design], planted_sentence(study), margin_sentence(study),
        *translation_sentences(study),
        "Every answer was recorded before and played the same way to everybody: only how it was shown differs.",
        HOLDS_NOTE,
        f"Frozen as {frozen.id} before the first person; nothing in it has changed.",
    ]  # fmt: skip


def people_sentences(frames: StudyFrames, gone: int = 0) -> list[str]:
    """How many joined, reached the end and are counted, and where the others left. `gone` people joined too, and
    nothing of them is kept.
    """
    people = frames.people
    if people.empty and not gone:
        return ["Nobody has taken part yet."]
    robots = "Simulated people, not real ones. " if people["simulated"].any() else ""
    ends = f"{len(frames.end_reachers)} reached the end, {len(frames.counted_people)} are counted"
    sentences = [f"{robots}{count_with_noun(len(people) + gone, 'person', 'people')} began, {ends}."]
    left = people[~people["reached_end"] & people["end"].eq("")]
    if len(left):
        steps = Counter(left["last_step"].replace("", "the beginning"))
        where = ", ".join(f"{step} ({count})" for step, count in steps.most_common())
        sentences.append(f"{len(left)} did not reach the end so far; the last screen that they answered: {where}.")
    screened = int(people["end"].eq("screened").sum())
    if screened:
        sentences.append(f"{count_with_noun(screened, 'person was', 'people were')} screened out at the beginning.")
    return sentences


def withdrawal_sentences(withdrawn: int) -> list[str]:
    """How many stopped and had everything deleted; they are in no result."""
    if not withdrawn:
        return []
    who = count_with_noun(withdrawn, "person", "people")
    return [f"{who} withdrew: what they had answered was deleted at once and is in no result."]


def erasure_sentences(study: Study, erasures: Sequence[StudyErasure]) -> list[str]:
    """Whose answers were deleted since, and why; they are in no result."""
    if not erasures:
        return []
    reasons: Counter[str] = Counter(one.reason for one in erasures)
    whys = {"asked": "at a request", "expired": f"{study.keep_days} days after the last one, as the study says"}
    told = ", ".join(f"{reasons[why]} {text}" for why, text in whys.items() if reasons[why])
    complete = sum(one.end == COMPLETE for one in erasures)
    people = count_with_noun(len(erasures), "person", "people")
    return [
        f"The answers of {people} were deleted ({told}); {complete} of them had completed it. They are in no result."
    ]


def arm_change_sentences(study: Study, changes: Sequence[ArmChange]) -> list[str]:
    """When an arm was taken out for those who came from then on, and when it was put in again."""
    names = arm_names(study)
    told = {"closed": "was given to nobody new from {at} on", "open": "was given again from {at} on"}
    seen = " Outcomes could be seen by then." if study.stopping == "sequential" else ""
    return [
        f"{names.get(one.arm, one.arm)} {told[one.state].format(at=one.at[:16].replace('T', ' '))} (UTC).{seen}"
        for one in changes
    ]


def retention_sentence(study: Study) -> str:
    """How long answers are kept."""
    if study.keep_days is None:
        return "Answers are kept until somebody deletes them."
    return f"The answers of a person are deleted {study.keep_days} days after the last one."


def exclusion_sentences(frames: StudyFrames) -> list[str]:
    """Who is left out by the frozen rule, by name and reason, and how many flags there are among the others."""
    people = frames.people[frames.people["reached_end"]]
    out, kept = people[people["excluded"]], people[~people["excluded"]]
    flagged = int(kept["flags"].ne("").sum())
    sentences = [
        f"Left out by the rule that was frozen with the study: {row.participant}: {row.reasons}."
        for row in out[["participant", "reasons"]].itertuples()
    ]
    if flagged:
        who = count_with_noun(flagged, "person", "people")
        sentences.append(f"{who} with a flag {'is' if flagged == 1 else 'are'} counted: one flag leaves nobody out.")
    careless = int(kept["honest"].eq("no").sum())
    if careless:
        who = count_with_noun(careless, "person", "people")
        sentences.append(f"{who} said that their answers should better not count; they are counted, as the rule says.")
    return sentences


def sign_sentences(frames: StudyFrames) -> list[str]:
    """A sentence where signs speak for somebody who is no person; nobody is left out for that."""
    people = frames.people[frames.people["reached_end"]]
    odd = people[people["webdriver"] | people["trap"].ne("") | people["untrusted"].gt(0)]
    if odd.empty:
        return []
    named = ", ".join(odd["participant"].head(MAX_NAMED_SIGNS)) + (" …" if len(odd) > MAX_NAMED_SIGNS else "")
    verb = "shows" if len(odd) == 1 else "show"
    return [
        f"{count_with_noun(len(odd), 'person', 'people')} {verb} signs of a program (a driven browser, events that no "
        f"hand made, a hidden field filled in): {named}. Nobody is left out for that."
    ]


def void_sentences(frames: StudyFrames) -> list[str]:
    """How many trials do not count for timing."""
    trials = frames.trials.drop_duplicates(["participant", "step", "pane"])
    trials = trials[trials["arm"].ne("")]
    void = int(trials["void"].sum())
    if not void:
        return []
    return [
        f"{void} of {count_with_noun(len(trials), 'answer')} shown played late or in a hidden tab: they count for "
        "trust, not for speed and seconds."
    ]


def restart_sentences(frames: StudyFrames) -> list[str]:
    """How many people did a part once more, because they had broken it off for long."""
    people = int(frames.people["restarts"].gt(0).sum())
    if not people:
        return []
    who = count_with_noun(people, "person", "people")
    return [f"{who} broke off a part for long and did it once more: what was answered before that is in no number."]


def translation_sentences(study: Study) -> list[str]:
    """That questionnaires were read in words that nobody has validated; none where they were read as published."""
    if not any(study.instruments.values()) or not speaks_translation(study):
        return []
    return ["Questionnaires are in a translation of ours, which nobody has validated."]


def restart_rule(study: Study) -> str:
    """What happens to a part that was broken off, as it was decided beforehand."""
    if study.restart_minutes is None:
        return f"Who stops in the middle goes on there, for {study.resume_hours} hours after they began."
    return (
        f"Who stays away for more than {study.restart_minutes} minutes in the middle of an arm begins that arm anew; "
        f"what they answered in it before is kept and not analysed. They can go on for {study.resume_hours} hours."
    )


def planted_sentence(study: Study) -> str:
    """What was made on purpose, of which people were told at the end."""
    arms = study.shown_arms
    wrong = {arm.key: study.wrong_count(arm) for arm in arms}
    planted = []
    if study.sweep:
        planted.append("levels of " + ", ".join(level_text(study, arm.level or 0.0) for arm in arms))
    elif any(wrong.values()):
        counts = sorted(set(wrong.values()))
        told = f"{counts[0]}" if len(counts) == 1 else " or ".join(map(str, counts))
        planted.append(f"{told} wrong of {study.trials} answers in each arm")
    if any(arm.weather for arm in arms) and study.sweep != "latency":
        names = ", ".join(isolate_direction(arm.name) for arm in arms if arm.weather)
        planted.append(f"weather (delays or faults) in {names}")
    if not planted:
        return "Nothing was planted: every answer was right, and as quick as it was recorded."
    return f"Planted, and told at the end: {'; '.join(planted)}."


def margin_sentence(study: Study) -> str:
    """Which difference would not matter, as it was declared beforehand."""
    if study.margin is None:
        return "No margin was declared beforehand: that a difference would not matter is said of none."
    size = format_apart(study.margin, 1).removesuffix(".0")
    return f"Declared beforehand: a difference of up to {size} points of trust would not matter."


def exclusion_table(frames: StudyFrames) -> pd.DataFrame:
    """Everybody with a flag, a sign or an exclusion: one row each, with the reasons."""
    people = frames.people
    odd = people["flags"].ne("") | people["excluded"] | people["webdriver"] | people["trap"].ne("")
    columns = ["participant", "end", "excluded", "reasons", "flags", "void_trials", "trials", "speed_index", "keys",
               "pastes", "untrusted", "webdriver", "trap", "honest"]  # fmt: skip
    return people.loc[odd, columns]
