"""Figures: numbers that are written as words, so that "twenty-four hours" and "24 hours" say the same."""

from collections.abc import Iterable

ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
SMALL_NUMBERS = {word: n for n, word in enumerate(ONES)} | {word: 10 * n for n, word in enumerate(TENS, 2)}
SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000}


def words_to_figures(words: Iterable[str]) -> list[str]:
    """The words in lower case, each spelled-out number replaced by its digits; years said in pairs stay two numbers."""
    figures: list[str] = []
    left = list(words)
    while left:
        length, number = parse_leading_number(left)
        figures.append(str(number) if length else left[0])
        del left[: length or 1]
    return figures


def parse_leading_number(words: list[str]) -> tuple[int, int]:
    """(words used, number) of the number that the list begins with; (0, 0) where it begins with none."""
    if words[0] in ("a", "an") and words[1:2] and words[1] in SCALES:
        words = ["one", *words[1:]]
    if words[0] not in SMALL_NUMBERS:
        return 0, 0
    total, part, used = 0, SMALL_NUMBERS[words[0]], 1
    while rest := words[used:]:
        joined = int(rest[0] == "and" and words[used - 1] in SCALES)
        word = rest[joined] if len(rest) > joined else ""
        if word == "hundred" and 0 < part < 100:
            part *= 100
        elif word in SCALES and word != "hundred" and part:
            total, part = total + part * SCALES[word], 0
        elif word in SMALL_NUMBERS and (part or total) and continues_number(part, SMALL_NUMBERS[word]):
            part += SMALL_NUMBERS[word]
        else:
            break
        used += joined + 1
    return used, total + part


def continues_number(part: int, small: int) -> bool:
    """Whether `small` can follow `part` in one number: 20 and 4, 300 and 65, but not 2 and 3."""
    if part % 100 == 0:
        return small > 0
    return part % 10 == 0 and part % 100 >= 20 and 0 < small < 10
