"""Verdict parts: what one verdict of a study is made of, and the notes that stand below it."""

from dataclasses import dataclass
from typing import Literal

PREFERENCE_TOPIC = "preference"
Tone = Literal["shown", "none", "early"]
EXPLORATORY_NOTE = "Exploratory: a hint for the next study, not a finding."
TRUST_WARNING = "Trust is what people said; trust calibration is whether the answers deserved it."
SIDE_NOTE = "Both answers played at once and competed for attention: no basis for a claim about waiting times."
FIXED_BUDGET = (
    "The sentences on speed, trust and trust calibration are wrong in at most 5 of 100 studies, all pairs of arms "
    "together, as the number of people was fixed beforehand (Holm). Each interval beside a difference that is shown is "
    "right in 95 of 100 studies by itself."
)
LASTING_BUDGET = (
    "The sentences on speed, trust and trust calibration are wrong in at most 5 of 100 studies, all pairs of arms "
    "together, however often one looks and whenever one stops. That makes the intervals wider."
)
ONE_LOOK_NOTE = "These intervals are right for one look, at a number of people fixed beforehand."
HOLDS_NOTE = "This holds for these questions and these answers; other questions may give something else."


@dataclass(frozen=True)
class StudyVerdict:
    """What is said of one question. `text` is the finding, `detail` the other pairs and what they rest on.

    `tone` is "shown", "none" (no difference shown) or "early". `primary` verdicts share the budget of error, the others
    are exploratory. `item` and `measure` name the ratings that it is about, "" where it is about none alone.
    """

    topic: str
    text: str
    detail: str
    tone: Tone
    primary: bool
    item: str = ""
    measure: str = ""
