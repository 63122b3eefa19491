"""Study verdicts: what a study shows, one verdict a question, primary ones first; all under one budget of error."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import exp, isfinite

from components.report.results.gap_sentences import MOMENT_PHRASES, format_apart, join_sentences
from components.report.results.result_basis import count_with_noun
from components.report.study.side_verdicts import side_verdicts
from components.report.study.study_sentences import (
    arm_names,
    claimed_sentence,
    crossing_sentence,
    measure_name,
    open_sentence,
    percent_text,
    reliance_sentence,
)
from components.report.study.verdict_parts import (
    EXPLORATORY_NOTE,
    FIXED_BUDGET,
    LASTING_BUDGET,
    ONE_LOOK_NOTE,
    PREFERENCE_TOPIC,
    SIDE_NOTE,
    TRUST_WARNING,
    StudyVerdict,
    Tone,
)
from components.stats.arm_contrasts import ArmContrast
from components.stats.end_preference import ArmPreference, preferred_arm
from components.stats.error_budget import PAGE_ERROR_SHARE
from components.stats.interval import MIN_LIVE_PEOPLE, Interval
from components.stats.study_families import CALIBRATION_ITEM, FamilyClaims, is_claimed
from components.stats.study_findings import StudyFindings, StudyResults
from components.study.study import Study


def study_verdicts(study: Study, results: StudyResults) -> tuple[StudyVerdict, ...]:
    """Every verdict of a study, from those whom its rule counts; one that says why, where outcomes are hidden."""
    found = results.counted
    if found is None:
        return (StudyVerdict("outcomes", results.hidden, "", "early", True),)
    names = arm_names(study)
    claims = judged_claims(study, found)
    items = list(dict.fromkeys((one.item, one.measure) for one in claims.contrasts))
    said = [sweep_verdict(study, found)] if study.sweep else []
    said += [contrast_verdict(study, found, claims, item, measure, names) for item, measure in items]
    if not study.sweep and not any(item == CALIBRATION_ITEM for item, _ in items) and found.reliance:
        said.insert(0, reliance_verdict(found, names))
    said += [*preference_verdicts(study, found, names), *side_verdicts(study, found, names)]
    return tuple(sorted(said, key=lambda verdict: not verdict.primary))


def judged_claims(study: Study, found: StudyFindings) -> FamilyClaims:
    """The contrasts as the study's stopping rule judges them."""
    return found.claims if study.stopping == "fixed" else lasting_claims(found.claims)


def lasting_claims(claims: FamilyClaims) -> FamilyClaims:
    """The same contrasts judged by the intervals that hold at every look: shown where one leaves zero out."""
    judged = []
    for one in claims.contrasts:
        lasting = one.lasting
        shown = lasting is not None and isfinite(lasting.low) and lasting.excludes_zero
        mean = one.mean
        if lasting is not None:
            mean = replace(mean, low=lasting.low, high=lasting.high, estimate=lasting.estimate)
        judged.append(replace(one, mean=mean, p_adjusted=0.0 if shown else 1.0,
                              note=lasting.note if lasting is not None and lasting.note else one.note))  # fmt: skip
    return FamilyClaims(tuple(judged))


def contrast_verdict(
    study: Study, found: StudyFindings, claims: FamilyClaims, item: str, measure: str, names: Mapping[str, str]
) -> StudyVerdict:
    """The verdict on one item: pairs that are shown first, then the others."""
    pairs = [one for one in claims.contrasts if (one.item, one.measure) == (item, measure)]
    shown = sorted((one for one in pairs if is_claimed(one)), key=lambda one: -abs(one.mean.estimate))
    still = [one for one in pairs if not is_claimed(one)]
    primary, own = any(one in claims.primary for one in pairs), study.own_items
    sentences = [claimed_sentence(one, names, own) for one in shown]
    rest = [open_sentence(one, possible_interval(study, claims, one), names, study.margin, own) for one in still]
    topic = f"{measure_name(item, own)}{' against the clock' if measure == 'felt_to_clock' else ''}"
    early = not shown and not any(isfinite(one.mean.low) for one in still)
    head = sentences[0] if sentences else f"Too early to say anything of {topic}." if early else (
        f"No difference in {topic} is shown.")  # fmt: skip
    before = [reliance_sentence(one, names[one.arm]) for one in found.reliance] if item == CALIBRATION_ITEM else []
    before += [ONE_LOOK_NOTE] if before and study.stopping == "sequential" else []
    notes = [TRUST_WARNING if item == "trust" and shown else "", "" if primary else EXPLORATORY_NOTE]
    if study.design == "side" and item == "speed":
        notes.append(SIDE_NOTE)
    seconds = seconds_text(found, shown[0], names) if shown and measure == "felt" else ""
    detail = join_sentences(*before, seconds, *sentences[1:], *rest, *notes)
    tone: Tone = "shown" if shown else "early" if early else "none"
    return StudyVerdict(topic, head, detail, tone, primary, item, measure)


def possible_interval(study: Study, claims: FamilyClaims, contrast: ArmContrast) -> Interval:
    """What is not ruled out of a pair of which nothing is shown."""
    return claims.ruled_out(contrast) if study.stopping == "fixed" else contrast.mean.interval


def seconds_text(found: StudyFindings, contrast: ArmContrast, names: Mapping[str, str]) -> str:
    """The felt seconds of a pair beside those of the clock: a translation, not what was tested."""
    felt, clock = found.means.get((contrast.item, "felt"), {}), found.clocks.get(contrast.item, {})
    told = [
        f"{names[arm]} felt like {format_apart(felt[arm].estimate, 1)} s, by the clock {format_apart(clock[arm], 1)} s"
        for arm in (contrast.first, contrast.second)
        if arm in felt and isfinite(felt[arm].estimate) and isfinite(clock.get(arm, exp(1)))
    ]
    return f"In seconds, {MOMENT_PHRASES[contrast.item]}: {'; '.join(told)}." if told else ""


def reliance_verdict(found: StudyFindings, names: Mapping[str, str]) -> StudyVerdict:
    """What people took and left, where arms cannot be compared in it."""
    told = [reliance_sentence(one, names[one.arm]) for one in found.reliance]
    return StudyVerdict("trust calibration", told[0], join_sentences(*told[1:]), "none", False)


def sweep_verdict(study: Study, found: StudyFindings) -> StudyVerdict:
    """Up to which level an answer is trusted, or a wait tolerated."""
    told = [crossing_sentence(one, study) for one in found.crossings]
    exponents = [
        f"Felt time {MOMENT_PHRASES[item]} grows as the clock to the power of {format_apart(one.estimate, 2)} "
        f"({one.low:.2f} to {one.high:.2f}), n = {one.n}."
        for item, one in found.exponents.items()
        if isfinite(one.low)
    ]  # fmt: skip
    if not told:
        return StudyVerdict("sweep", "Nothing that was asked can be told by level.", "", "early", True)
    decided = any(not one.crossing.note for one in found.crossings)
    one_look = study.stopping == "sequential"
    detail = join_sentences(*told[1:], *exponents, reliance_sentences(study, found), ONE_LOOK_NOTE if one_look else "")
    if one_look and found.people < MIN_LIVE_PEOPLE:
        return StudyVerdict("sweep", "Too early to call a level.", f"It needs {MIN_LIVE_PEOPLE} people.", "early", True)
    return StudyVerdict("sweep", told[0], detail, "shown" if decided else "early", True, *sweep_rating(found))


def sweep_rating(found: StudyFindings) -> tuple[str, str]:
    """The rating that the first sentence of a sweep is about."""
    return found.crossings[0].item, "value"


def reliance_sentences(study: Study, found: StudyFindings) -> str:
    """What people took and left at each level."""
    names = arm_names(study)
    return join_sentences(*(reliance_sentence(one, names[one.arm]) for one in found.reliance))


def preference_verdicts(study: Study, found: StudyFindings, names: Mapping[str, str]) -> list[StudyVerdict]:
    """Which arm people would rather use, asked once at the end; () where nobody was asked."""
    votes = found.preferences
    if not votes:
        return []
    lasting = study.stopping == "sequential"
    best = preferred_arm(votes, lasting)
    tally = " · ".join(f"{names[vote.arm]} {vote.count}" for vote in sorted(votes, key=lambda vote: -vote.count)) + "."
    if best is None:
        early = votes[0].n < MIN_LIVE_PEOPLE and lasting
        head = "Too early to call what people would rather use." if early else "No favourite is shown."
        tone: Tone = "early" if early else "none"
        return [StudyVerdict(PREFERENCE_TOPIC, head, join_sentences(tally, EXPLORATORY_NOTE), tone, False)]
    detail = join_sentences(tally, trust_conflict(found, best, names), EXPLORATORY_NOTE)
    return [StudyVerdict(PREFERENCE_TOPIC, favourite_sentence(best, names, lasting), detail, "shown", False)]


def favourite_sentence(best: ArmPreference, names: Mapping[str, str], lasting: bool) -> str:
    """Who would rather use what, with its interval."""
    share = best.lasting if lasting else best.share
    ends = f"{share.low * 100:.0f} to {share.high * 100:.0f}"
    return (
        f"{best.count} of {best.n} people would rather use {names[best.arm]} ({percent_text(share.estimate)}, {ends})."
    )


def trust_conflict(found: StudyFindings, best: ArmPreference, names: Mapping[str, str]) -> str:
    """A sentence where people trust another arm more, or tell right from wrong better with it, than their favourite."""
    for one in found.claims.primary:
        turned = one if one.mean.estimate > 0 else one.flip()
        if is_claimed(one) and turned.second == best.arm and one.item in ("trust", CALIBRATION_ITEM):
            return f"These two disagree: {measure_name(one.item)} is higher with {names[turned.first]}."
    return ""


def exclusion_sentence(study: Study, results: StudyResults) -> str:
    """Whether anything is shown with everybody that is not shown with the exclusions, or the other way round."""
    main, everybody = results.counted, results.everybody
    if main is None or everybody is None:
        return ""
    if main.people == everybody.people:
        return "Nobody is left out: the results are of everybody who reached the end."
    names, sets = arm_names(study), [claim_set(judged_claims(study, one).primary) for one in (main, everybody)]
    people = count_with_noun(everybody.people, "person", "people")
    if sets[0] == sets[1]:
        return f"With all {people} who reached the end, exclusions or not, the same differences are shown."
    changed = sorted({measure_name(item) for item, *_ in sets[0] ^ sets[1]})
    arms = sorted({names[arm] for _, *pair in sets[0] ^ sets[1] for arm in pair})
    return (
        f"With all {people} who reached the end, another set of differences is shown, in {' and '.join(changed)} "
        f"({', '.join(arms)}): what is said here hangs on who is left out."
    )


def claim_set(contrasts: Sequence[ArmContrast]) -> set[tuple[str, str, str]]:
    """What is shown: the item, then the arm with more and the one with less."""
    turned = [one if one.mean.estimate > 0 else one.flip() for one in contrasts if is_claimed(one)]
    return {(one.item, one.first, one.second) for one in turned}


def budget_sentence(study: Study) -> str:
    """How often the sentences of a study are wrong, all together."""
    if study.sweep:
        right = 100 - PAGE_ERROR_SHARE * 100
        return f"The interval of each level is right in {right:g} of 100 studies by itself; the rest is exploratory."
    return FIXED_BUDGET if study.stopping == "fixed" else LASTING_BUDGET
