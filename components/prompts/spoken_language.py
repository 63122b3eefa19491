"""Language: whether a text is written in a language, by its letters or by its small words."""

import re
from collections import Counter
from collections.abc import Mapping

from components.core.text_folding import fold_text

SCRIPTS = {
    "ar": r"[\u0600-\u06ff]", "fa": r"[\u0600-\u06ff]", "he": r"[\u0590-\u05ff]", "ru": r"[\u0400-\u04ff]",
    "hi": r"[\u0900-\u097f]", "ja": r"[\u3040-\u30ff\u4e00-\u9fff]",
}  # fmt: skip
SMALL_WORDS: Mapping[str, str] = {
    "en": "the and of to is you your it that this for with can are have not be or if on from will was",
    "de": "der die das und ist nicht sie du ich zu mit auf fur den dem ein eine wenn es wie im von kannst konnen dein",
    "es": "el la los las de que y en un una es por para con no se tu su lo del si al como puedes",
    "fr": "le la les de des du et est un une vous que pour dans ne pas votre ce il sur avec au en ou si",
    "pt": "o os de que e em um uma para com nao se da na por seu sua voce pode",
    "pl": "w z na do nie to sie jest ze jak lub po przez od jesli mozna oraz za dla",
    "tr": "ve bir bu icin ile da de cok ne gibi olarak daha veya ya sonra kadar eger size once",
}
MIN_SMALL_WORDS = 3  # in a text, from which on its language can be told


def is_in_language(languages: str, text: str) -> bool:
    """Whether a text is in one of the languages, codes with a space between; a text too short to tell is.

    In a script of its own most letters are of that script. Otherwise no other language has more small words in it.
    """
    wanted = languages.split()
    letters = len(re.findall(r"[^\W\d_]", text))
    if any(len(re.findall(SCRIPTS[code], text)) * 2 > letters for code in wanted if code in SCRIPTS):
        return True
    words = Counter(re.findall(r"\w+", fold_text(text)))
    counts = {code: sum(words[word] for word in small.split()) for code, small in SMALL_WORDS.items()}
    most = max(counts.values())
    if most < MIN_SMALL_WORDS:
        return letters == 0 or not all(code in SCRIPTS for code in wanted) or letters < MIN_SMALL_WORDS
    return any(counts.get(code, 0) == most for code in wanted)
