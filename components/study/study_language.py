"""Study language: the words that come along for every study, in each language, and what belongs to one study."""

import json
from collections.abc import Mapping
from functools import cache

from components.core.explained import Explained
from components.core.folders import PROJECT_ROOT
from components.study.study import Study

WORDS_FOLDER = PROJECT_ROOT / "assets" / "participate" / "study"
LANGUAGES: Mapping[str, str] = {"en": "English", "de": "Deutsch", "ar": "العربية"}
RIGHT_TO_LEFT = ("ar",)


@cache
def study_language(language: str) -> Mapping[str, str]:
    """The words that come along in a language. Explained where there are none."""
    try:
        read = json.loads((WORDS_FOLDER / f"{language}.json").read_text("utf-8")) if language in LANGUAGES else None
    except (OSError, ValueError):
        read = None
    if not isinstance(read, dict):
        raise Explained(
            f"There are no words in the language “{language}”.", do=f"Choose one of: {', '.join(LANGUAGES.values())}."
        )
    return {str(name): str(words) for name, words in read.items()}


def chosen_words(study: Study, name: str) -> str:
    """The study's own words of this name, those that come along where it has none."""
    return str(getattr(study.words, name)).strip() or study_language(study.language)[name]


def consent_text(study: Study, minutes: int) -> str:
    """What people agree to, with the minutes that it takes; where answers are deleted after some days, that is said."""
    text = chosen_words(study, "consent")
    if study.keep_days is not None and "{days}" not in text:
        text = f"{text}\n\n{study_language(study.language)['consent_kept']}"
    return text.replace("{minutes}", str(minutes)).replace("{days}", str(study.keep_days or ""))
