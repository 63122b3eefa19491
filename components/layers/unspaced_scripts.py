"""Writing: how scripts differ in where a word ends."""

import unicodedata


def is_unspaced_character(character: str) -> bool:
    """Whether it is from a script that puts no spaces between words, such as Chinese or Japanese."""
    return unicodedata.east_asian_width(character) in "WF"
