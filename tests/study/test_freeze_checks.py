"""Before freezing: what one may regret is said, and nothing else."""

import pytest

from components.study.freeze_checks import freeze_remarks
from components.study.study import EndPage, HopedFinding, OwnItem, StudyWords
from components.study.study_item import ItemOption, StudyItem
from tests.study.made_study import made_study

CODED = EndPage(code="C1")
WHOLE = {
    "words": StudyWords(contact="Ada, ada@example.org"), "keep_days": 90, "hypothesis": "More trust.",
    "hoped": HopedFinding(8.0), "ends": {"complete": CODED, "failed": CODED, "withdrew": CODED},
}  # fmt: skip
OPTIONS = (ItemOption("yes", "yes"), ItemOption("no", "no"))
SCREENING = OwnItem("before", StudyItem("q1", "choice", "Are you a pilot?", options=OPTIONS, right="yes"))


@pytest.mark.parametrize(
    ("changes", "words", "part"),
    [
        ({"words": StudyWords()}, "Whom to ask", "words"),
        ({"keep_days": None}, "how long", "people"),
        ({"hypothesis": ""}, "what you expect", "people"),
        ({"hoped": None}, "why so many people", "people"),
        ({"ends": {}}, "Without a recruiter nothing is missing", "words"),
        ({"ends": {"failed": CODED, "withdrew": CODED}}, "Who completes it", "words"),
        ({"ends": {"complete": CODED, "withdrew": CODED}}, "Who fails the attention checks", "words"),
        ({"ends": {"complete": CODED, "failed": CODED}}, "Who withdraws", "words"),
        ({"own_items": (SCREENING,)}, "Who is screened out", "words"),
        ({"ends": {**WHOLE["ends"], "withdrew": EndPage(url="https://x.org/?c={code}")}}, "{code}", "words"),  # type: ignore[dict-item]
    ],
)  # fmt: skip
def test_what_one_may_regret_is_said_where_it_is_mended(changes: dict[str, object], words: str, part: str) -> None:
    [remark] = freeze_remarks(made_study(**{**WHOLE, **changes}))
    assert words in remark.text and (remark.part, remark.weight) == (part, "warn")


def test_where_nothing_is_missing_nothing_is_said() -> None:
    assert not freeze_remarks(made_study(**WHOLE))
    without_checks = {**WHOLE, "attention_checks": 0, "ends": {"complete": CODED, "withdrew": CODED}}
    assert not freeze_remarks(made_study(**without_checks))
