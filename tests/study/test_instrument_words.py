"""A study in another language: all that is ours is said in it, and what was frozen in English stays English."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from components.layers import ALL_PATTERNS
from components.study.frozen_study import FrozenStudy
from components.study.instrument_words import instrument_words, translated_instruments
from components.study.instruments import load_instruments
from components.study.study import PLACES, TRIAL_ITEM_NAMES, OwnItem
from components.study.study_item import StudyItem
from components.study.study_language import LANGUAGES, study_language
from tests.study.made_study import frozen

FOREIGN = [language for language in LANGUAGES if language != "en"]
EVERYTHING = {
    "battery": TRIAL_ITEM_NAMES, "asks_why": True, "keep_days": 30,
    "instruments": {place: tuple(load_instruments()) for place in PLACES},
}  # fmt: skip


def english_words() -> set[str]:
    """Every text of ours in English that a participant can read, sentences with places for numbers aside."""
    said = {word for tool in load_instruments().values() for item in tool.items for word in item_words(item)}
    return {text for text in (*said, *study_language("en").values()) if text and "{" not in text}


def item_words(item: StudyItem) -> tuple[str, ...]:
    return (item.text, item.low, item.high, *(option.label for option in item.options))


def texts_in(value: Any) -> Iterator[str]:
    """Every text in JSON values."""
    if isinstance(value, str):
        yield from value.split("\n\n")
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from texts_in(one)


@pytest.mark.parametrize("language", FOREIGN)
@pytest.mark.parametrize("design", ["within", "between", "side"])
def test_no_english_text_of_ours_is_on_a_page_in_another_language(language: str, design: str) -> None:
    study = frozen(language=language, design=design, **EVERYTHING)
    ends = [study.end_page(kind) for kind in ("complete", "screened", "failed", "withdrew")]
    shown = {*texts_in(study.page()), *texts_in(study.page_steps(0)), *texts_in(ends)}
    assert not shown & {part for text in english_words() for part in text.split("\n\n")}
    assert study.page()["rtl"] is (language == "ar")


@pytest.mark.parametrize("language", FOREIGN)
def test_every_word_of_the_questionnaires_is_translated_and_scored_as_before(language: str) -> None:
    words = instrument_words(language)
    items = [item for tool in load_instruments().values() for item in tool.items]
    assert set(words) == {word for item in items for word in item_words(item) if word}
    assert all(own.strip() and own != english for english, own in words.items())
    for name, tool in translated_instruments(language).items():
        assert tool.scores == load_instruments()[name].scores and tool.reversed == load_instruments()[name].reversed
        assert [item.name for item in tool.items] == [item.name for item in load_instruments()[name].items]


def test_a_designer_can_keep_the_words_that_were_tried_and_their_own_stay_as_they_are() -> None:
    own = OwnItem("after_arm", StudyItem("q1", "text", "Never"))
    study = frozen(language="de", own_items=(own,), instruments_translated=False)
    assert "I can trust the AI assistant." in {*texts_in(study.page_steps(0))}
    assert "Never" in {*texts_in(frozen(language="de", own_items=(own,)).page_steps(0))}


def test_what_was_frozen_before_stays_as_it_was_under_its_own_hash() -> None:
    content = json.loads(json.dumps(frozen(language="de", instruments_translated=False).content))
    for name in ("hypothesis", "hoped", "instruments_translated"):
        del content["study"][name]
    earlier = FrozenStudy.from_content(content, ALL_PATTERNS)
    assert earlier.content is content and earlier.id == FrozenStudy(earlier.study, content, {}).id
    assert earlier.study.hypothesis == "" and earlier.study.hoped is None
    assert "I can trust the AI assistant." in {*texts_in(earlier.page_steps(0))}
