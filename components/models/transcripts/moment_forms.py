"""Moment forms: dates and times as files write them, from ISO to "29.05.2026 14:02" and "Mon, 03 Nov 2025"."""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

from components.models.transcripts.transcript_turn import finite_number

EARLIEST_UNIX_S = 1e8  # seconds since 1970; smaller numbers are no moments
UNIX_SCALES = ((1e17, 1e-9), (1e14, 1e-6), (1e11, 1e-3), (EARLIEST_UNIX_S, 1.0))  # nanoseconds to seconds
MONTH_BEGINNINGS = {
    "jan": 1, "ene": 1, "gen": 1, "feb": 2, "fév": 2, "fev": 2, "mar": 3, "mär": 3, "mrz": 3, "maa": 3, "apr": 4,
    "avr": 4, "abr": 4, "may": 5, "mai": 5, "mei": 5, "mag": 5, "jun": 6, "juin": 6, "giu": 6, "jul": 7, "juil": 7,
    "lug": 7, "aug": 8, "aoû": 8, "ago": 8,
    "sep": 9, "set": 9, "oct": 10, "okt": 10, "ott": 10, "out": 10, "nov": 11, "dec": 12,
    "dez": 12, "déc": 12, "dic": 12,
}  # fmt: skip
DAY_PATTERN = re.compile(r"(?:19|20)\d{2}[01]\d[0-3]\d")  # 20260529
CLOCK = (
    r"(?:[T,]?\s*(?:at\s+|um\s+)?(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?:[.,]\d{1,9})?"
    r"\s*([AaPp]\.?[Mm]\.?)?(?:\s*Uhr)?)?"
)
ZONE = r"\s*(Z|UTC|GMT|(?:UTC|GMT)?[+-]\d{2}:?(?:\d{2})?)?"
NUMBERS_PATTERN = re.compile(rf"(\d{{1,4}})([./-])(\d{{1,2}})\2(\d{{1,4}}){CLOCK}{ZONE}")
WORDS_PATTERN = re.compile(
    rf"(?:[^\W\d_]{{2,12}}\.?,?\s+)?(?:(\d{{1,2}})(?:\.|st|nd|rd|th)?[\s-]+(?:de\s+)?([^\W\d_]{{3,12}})\.?,?"
    rf"|([^\W\d_]{{3,12}})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?)[\s-]+(?:de\s+)?(\d{{4}}){CLOCK}{ZONE}"
)


def parse_moment(value: object, day_first: bool | None = None) -> datetime | None:
    """A moment in UTC, from a text or a Unix time in seconds to nanoseconds; None where it is none or can be two.

    `day_first`: whether 3/4/2026 is 3 April; such a date is None where that is not known.
    """
    if isinstance(value, str):
        text = value.strip()
        number = text.replace(".", "", 1).isdecimal() and not DAY_PATTERN.fullmatch(text)
        return parse_number(text) if number else parse_text(text, day_first)
    return parse_number(value)


def parse_number(value: object) -> datetime | None:
    """The moment of a Unix time; None where it is none."""
    try:
        number = finite_number(float(value) if isinstance(value, str) else value, 1e19)
        scale = next((scale for least, scale in UNIX_SCALES if number is not None and number >= least), None)
        return None if scale is None or number is None else datetime.fromtimestamp(number * scale, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def parse_text(text: str, day_first: bool | None) -> datetime | None:
    """The moment that a text tells; None where it tells none."""
    if not 6 <= len(text) <= 60 or not any(sign.isdigit() for sign in text):
        return None
    try:
        return in_utc(datetime.fromisoformat(text))
    except (ValueError, OverflowError):
        pass
    try:
        if match := NUMBERS_PATTERN.fullmatch(text):
            return numbers_moment(match, day_first)
        if match := WORDS_PATTERN.fullmatch(text):
            return words_moment(match)
        return in_utc(parsedate_to_datetime(text)) if text[0].isalpha() or " " in text else None
    except (ValueError, OverflowError, TypeError, IndexError):
        return None


def numbers_moment(match: re.Match[str], day_first: bool | None) -> datetime | None:
    """The moment of a date in three numbers; None where its day and its month cannot be told apart."""
    first, sign, second, third = match[1], match[2], match[3], match[4]
    if len(first) == 4:
        year, month, day = int(first), int(second), int(third)
    else:
        year = int(third) + (2000 if len(third) <= 2 else 0)
        order = True if sign == "." else tell_day_order(first, second, day_first)
        if order is None:
            return None
        day, month = (int(first), int(second)) if order else (int(second), int(first))
    return clock_moment(year, month, day, match.groups()[4:])


def tell_day_order(first: str, second: str, day_first: bool | None) -> bool | None:
    """Whether the day stands first; None where both numbers can be months and nobody said."""
    if int(first) > 12 or int(second) > 12:
        return int(first) > 12
    return True if int(first) == int(second) else day_first


def words_moment(match: re.Match[str]) -> datetime | None:
    """The moment of a date whose month is a word; None where that is no month."""
    word = (match[2] or match[3]).lower()
    month = next((number for beginning, number in MONTH_BEGINNINGS.items() if word.startswith(beginning)), None)
    if month is None:
        return None
    return clock_moment(int(match[5]), month, int(match[1] or match[4]), match.groups()[5:])


def clock_moment(year: int, month: int, day: int, clock: Sequence[str | None]) -> datetime:
    """The moment of a day and its clock: hour, minute, second, half of the day and zone, each where it is told."""
    hour, minute, second = (int(part or 0) for part in clock[:3])
    half = (clock[3] or "").lower()[:1]
    hour = hour % 12 + (12 if half == "p" else 0) if half else hour
    offset = re.sub(r"[^\d+-]", "", clock[4] or "")
    minutes = int(offset[1:3]) * 60 + int(offset[3:5] or 0) if offset else 0
    zone = timezone(timedelta(minutes=-minutes if offset.startswith("-") else minutes))
    return datetime(year, month, day, hour, minute, second, tzinfo=zone).astimezone(UTC)


def in_utc(moment: datetime) -> datetime:
    """The moment in UTC; one without a zone is taken to be there already."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def iso_day(value: object, day_first: bool | None = None) -> str:
    """The ISO date of a moment; "" where it is none."""
    moment = parse_moment(value, day_first)
    return "" if moment is None else moment.date().isoformat()


def is_ambiguous_date(value: object) -> bool:
    """Whether a value is a date that can be read with the day or with the month first."""
    return parse_moment(value) is None and parse_moment(value, True) is not None


def find_day_order(values: Iterable[object]) -> bool | None:
    """Whether days stand first in these dates, as those among them tell that can be read in one way only; None where
    none does, or they contradict each other.
    """
    matches = [NUMBERS_PATTERN.fullmatch(value.strip()[:60]) for value in values if isinstance(value, str)]
    pairs = [(match[1], match[3]) for match in matches if match and match[2] != "." and len(match[1]) <= 2]
    orders = {tell_day_order(a, b, None) for a, b in pairs if int(a) != int(b)} - {None}
    return orders.pop() if len(orders) == 1 else None
