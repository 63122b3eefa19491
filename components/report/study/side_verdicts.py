"""Side verdicts: what people chose side by side, what seemed faster, and what that is worth in seconds."""

from collections.abc import Mapping
from math import isfinite

from components.report.results.gap_sentences import join_sentences
from components.report.study.study_sentences import equality_sentence, percent_text
from components.report.study.verdict_parts import EXPLORATORY_NOTE, ONE_LOOK_NOTE, SIDE_NOTE, StudyVerdict
from components.stats.error_budget import PAGE_ERROR_SHARE
from components.stats.interval import Interval
from components.stats.side_choices import SideChoices
from components.stats.study_findings import StudyFindings
from components.study.study import Study


def side_verdicts(study: Study, found: StudyFindings, names: Mapping[str, str]) -> list[StudyVerdict]:
    """What was chosen side by side, and what seemed faster; () in other designs."""
    said = []
    for topic, choices in (("choice side by side", found.sides), ("which one felt faster", found.faster)):
        if choices is not None and choices.people:
            said.append(side_verdict(topic, choices, names, study.stopping == "sequential"))
    told = [equality_sentence(pair, one, names) for pair, one in found.equality.items()]
    if any(told):
        head, *rest = filter(None, told)
        one_look = ONE_LOOK_NOTE if study.stopping == "sequential" else ""
        detail = join_sentences(*rest, SIDE_NOTE, one_look, EXPLORATORY_NOTE)
        said.append(StudyVerdict("worth in seconds", head, detail, "shown", False))
    return said


def side_verdict(topic: str, choices: SideChoices, names: Mapping[str, str], lasting: bool = False) -> StudyVerdict:
    """How often each one of a pair is chosen, had neither stood on the left.

    No difference is an answer like the others: one is preferred only where it beats that too. Where `lasting`, people
    are counted, which holds at every look.
    """
    pairs = [side_sentence(pair, choices, names, lasting) for pair in choices.preferred]
    shown, rest = ([text for text, holds in pairs if holds is wanted] for wanted in (True, False))
    left = choices.left
    leaning = f"Of two alike, the first one is chosen in {share_text(left)}."
    pulled = "An arm always or never won: its share is pulled a little to the middle." if choices.ridged else ""
    head = shown[0] if shown else "No preference side by side is shown."
    detail = join_sentences(*shown[1:], *rest, leaning, pulled, ONE_LOOK_NOTE if lasting else "", EXPLORATORY_NOTE)
    if not isfinite(left.low):
        early = "Too early to say which one people choose."
        return StudyVerdict(topic, early, f"{left.note.capitalize()}.", "early", False)
    return StudyVerdict(topic, head, detail, "shown" if shown else "none", False)


def side_sentence(
    pair: tuple[str, str], choices: SideChoices, names: Mapping[str, str], lasting: bool
) -> tuple[str, bool]:
    """A sentence on one pair, and whether a preference is shown in it."""
    share, signs = choices.preferred[pair], choices.leanings[pair]
    over, under = pair
    if share.estimate < 0.5:
        over, under, signs = under, over, signs.flip()
        share = Interval(1 - share.estimate, 1 - share.high, 1 - share.low, share.n)
    tie = choices.over_ties.get((over, under))
    made = f"{share_text(share)} of the choices that are made, n = {share.n}."
    text = f"{names[over]} is chosen over {names[under]} in {made}"
    if lasting:
        return text, signs.evidence >= 2 * len(choices.preferred) / PAGE_ERROR_SHARE
    beaten = tie is None or tie.low > 0.5
    if share.low > 0.5 and not beaten:
        text = f"{text} As many or more see no difference."
    return text, share.low > 0.5 and beaten


def share_text(share: Interval) -> str:
    """A share with its interval, as in “61 % (48 to 74)”; alone where it has none."""
    ends = f" ({share.low * 100:.0f} to {share.high * 100:.0f})" if isfinite(share.low) else ""
    return f"{percent_text(share.estimate)}{ends}"
