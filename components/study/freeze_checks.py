"""Freeze checks: what a designer may regret once a study is frozen, as it cannot be changed then."""

from collections.abc import Iterator

from components.study.study import END_KINDS, EndPage, Study
from components.study.study_checks import StudyRemark

END_WHO = {"screened": "is screened out", "failed": "fails the attention checks", "withdrew": "withdraws"}


def freeze_remarks(study: Study) -> tuple[StudyRemark, ...]:
    """Everything that is worth a look before a study is frozen; nothing of it stops it."""
    return (*word_regrets(study), *end_regrets(study), *plan_regrets(study))


def word_regrets(study: Study) -> Iterator[StudyRemark]:
    """What participants will miss in what they read."""
    if not study.words.contact.strip():
        yield StudyRemark("Participants read nowhere whom they can ask: “Whom to ask” is empty.", part="words")
    if study.keep_days is None:
        yield StudyRemark(
            "Participants are not told for how long their answers are kept: no days are set after which they go.",
            part="people",
        )  # fmt: skip


def end_regrets(study: Study) -> Iterator[StudyRemark]:
    """Who would come from a recruiter and not get back to it."""
    ends = {kind: study.ends.get(kind, EndPage()) for kind in END_KINDS}
    if not any(page.code or page.url for page in ends.values()):
        yield StudyRemark(
            "No end has a code or an address back: a recruiter such as Prolific, SONA or MTurk cannot tell who is to "
            "be paid. Without a recruiter nothing is missing.", part="words",
        )  # fmt: skip
        return
    if not (ends["complete"].code or ends["complete"].url):
        yield StudyRemark("Who completes it gets no code and no way back to the recruiter.", part="words")
    for kind in reachable_ends(study):
        if not (ends[kind].code or ends[kind].url):
            yield StudyRemark(f"Who {END_WHO[kind]} gets no code and no way back to the recruiter.", part="words")
    if any("{code}" in page.url and not page.code for page in ends.values()):
        yield StudyRemark("An address back has a place for {code}, and its code is empty.", part="words")


def reachable_ends(study: Study) -> Iterator[str]:
    """The ends that people can come to, besides the one of who completes it."""
    if any(own.place == "before" and own.item.right for own in study.own_items):
        yield "screened"
    if study.attention_checks and 0 < study.exclusion.checks <= study.attention_checks:
        yield "failed"
    yield "withdrew"


def plan_regrets(study: Study) -> Iterator[StudyRemark]:
    """What the plan will not say, which cannot be said any more once people have taken part."""
    if not study.hypothesis:
        yield StudyRemark("The plan will not say what you expect, and what would count against it.", part="people")
    if study.hoped is None:
        yield StudyRemark("The plan will not say why so many people take part.", part="people")
