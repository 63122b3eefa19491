"""Instrument words: the questionnaires in a study's language, by our own translation, which nobody has validated."""

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from components.core.explained import Explained
from components.study.instruments import INSTRUMENTS_FOLDER, Instrument, load_instruments
from components.study.study import Study
from components.study.study_item import ItemOption, StudyItem

PUBLISHED_LANGUAGE = "en"


def spoken_instruments(study: Study) -> Mapping[str, Instrument]:
    """Every questionnaire by its name, in the words that the people of a study read."""
    return translated_instruments(study.language if speaks_translation(study) else PUBLISHED_LANGUAGE)


def speaks_translation(study: Study) -> bool:
    """Whether the people of a study read questionnaires in other words than the published ones."""
    return study.instruments_translated and has_translation(study.language)


@cache
def translated_instruments(language: str) -> Mapping[str, Instrument]:
    """Every questionnaire by its name, in a language; as published where that is not translated into it."""
    words = instrument_words(language)
    return {
        name: replace(tool, items=tuple(translate_item(item, words) for item in tool.items))
        for name, tool in load_instruments().items()
    }


@cache
def instrument_words(language: str) -> Mapping[str, str]:
    """The words of the questionnaires in a language by the English ones. Explained where they cannot be read."""
    if not has_translation(language):
        return {}
    try:
        read = json.loads((INSTRUMENTS_FOLDER / "words" / f"{language}.json").read_text("utf-8"))
        return {str(english): str(own) for english, own in read.items()}
    except (OSError, ValueError, AttributeError) as error:
        raise Explained(
            f"The questionnaires in the language “{language}” cannot be read.",
            do="Put back the file that came with Parallax.",
        ) from error


def has_translation(language: str) -> bool:
    """Whether the questionnaires come along in a language other than the published one."""
    return language.isalpha() and (INSTRUMENTS_FOLDER / "words" / f"{language}.json").exists()


def translate_item(item: StudyItem, words: Mapping[str, str]) -> StudyItem:
    """An item in other words; what has none stays as it is."""
    options = tuple(ItemOption(option.value, words.get(option.label, option.label)) for option in item.options)
    text, low, high = (words.get(told, told) for told in (item.text, item.low, item.high))
    return replace(item, text=text, low=low, high=high, options=options)
