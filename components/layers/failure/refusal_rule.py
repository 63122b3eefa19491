"""Refusing: whether an answer is a refusal, by a rule that anybody can check by hand.

Only the first sentence counts. It refuses where I or we, or this assistant, cannot, will not or may not do something
that an answer does (help, answer, provide, discuss and the like), with nothing but a few little words between the two,
or do not have the ability or the permission to do whatever it is. Only English is known; a refusal in another language
is taken for an answer.
"""

import re

from components.layers.confidence.agreement import SENTENCE_BREAK, first_sentence

MAX_SENTENCE_CHARS = 240  # characters after which a first sentence is judged, whether it has ended or not
SUBJECT_PART = r"(?:i|we|this assistant)"
INABILITY_PART = (
    r"(?:can ?not|can't|could not|couldn't|will not|won't|must decline|have to decline|"
    r"(?:am|are|is|'m|'re|'s) (?:not|un)(?: |-)?(?:able|allowed|permitted|equipped|authori[sz]ed|comfortable))"
)
FILLER_PART = r"(?: (?:to|with|in|be|you|really|currently|directly|personally|further))*"
ANSWERING_PART = (
    r"(?:help|assist\w*|answer\w*|provid\w*|offer\w*|give|giving|discuss\w*|talk\w*|tell\w*|fulfil\w*|comply|support\w*|"
    r"shar\w*|generat\w*|creat\w*|writ\w*|mak\w*|do|say\w*)"
)
LACKS_ABILITY_PART = (
    r"(?:do not|don't|does not|doesn't) have (?:the|any) (?:ability|capability|capacity|means|permission) to"
)
REFUSAL_PATTERN = re.compile(
    rf"\b{SUBJECT_PART} ?(?:{INABILITY_PART}{FILLER_PART} {ANSWERING_PART}\b(?! but)|{LACKS_ABILITY_PART})"
)


def is_refusal(text: str) -> bool:
    """Whether an answer that begins like this is a refusal."""
    first = first_sentence(text).casefold().replace("’", "'")
    return REFUSAL_PATTERN.search(" ".join(first.split())) is not None


def can_judge_refusal(text: str) -> bool:
    """Whether the first sentence has ended, or is longer than MAX_SENTENCE_CHARS."""
    return len(text) > MAX_SENTENCE_CHARS or SENTENCE_BREAK.search(text.lstrip()) is not None
