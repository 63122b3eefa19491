"""Room sentences: what is said of a difference: what holds at every look, or that it is too early to call."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp

from components.stats.interval import MIN_LIVE_PEOPLE, Interval, confidence_sequence
from components.stats.preference import anytime_interval
from components.stats.sign_counts import SignCount, count_signs, lead_e_value

NO_DIFFERENCE = "none"
FINDINGS_NOTE = (
    "A demonstration, not a study: it tells of who sat in the room. If nothing differed, at most 5 in 100 such decks "
    "would say that something does, however often one looks."
)
EARLY_END = "too early to call."
NOBODY_TEXT = "Nobody has answered yet."


@dataclass(frozen=True)
class RoomGap:
    """A difference within people: its interval that is right at every look, and how many lean which way."""

    interval: Interval
    signs: SignCount
    alpha: float

    @property
    def direction(self) -> int:
        """1 where the first is shown to be larger, -1 where the second is, 0 where neither is."""
        if self.interval.n >= MIN_LIVE_PEOPLE and self.interval.excludes_zero:
            return 1 if self.interval.estimate > 0 else -1
        for sign, signs in ((1, self.signs), (-1, self.signs.flip())):
            if signs.evidence >= 4 / self.alpha:  # two sides, and half of the budget is the interval's
                return sign
        return 0


def room_gap(gaps: Iterable[float], alpha: float) -> RoomGap:
    """The gap of these differences, one a person, within a part of the error budget."""
    listed = list(gaps)
    return RoomGap(confidence_sequence(listed, alpha / 2), count_signs(listed), alpha)


def count_people(n: int) -> str:
    """How many people, in words."""
    return "1 person" if n == 1 else f"{n} people"


def early_text(n: int) -> str:
    """That so few people say nothing yet."""
    return NOBODY_TEXT if not n else f"{count_people(n)}: {EARLY_END}"


def late_text(late: int) -> str:
    """That answers came, and all of them after the reveal."""
    if late == 1:
        return "The one answer came after the reveal and is not counted."
    return f"All {late} answers came after the reveal and are not counted."


def some_late_text(late: int) -> str:
    """That some answers came after the reveal, where others came in time."""
    told = "1 answer came late and is" if late == 1 else f"{late} answers came late and are"
    return f"{told} not counted."


def named_sentences(said: Sequence[tuple[str, str]]) -> list[str]:
    """Sentences without what they are about; where some hold, those that are too early say what they are about."""
    early = [sentence.endswith(EARLY_END) or sentence == NOBODY_TEXT for _, sentence in said]
    if all(early):
        return list(dict.fromkeys(sentence for _, sentence in said))
    told = (
        f"{label}: {EARLY_END}" if is_early else sentence
        for (label, sentence), is_early in zip(said, early, strict=True)
    )
    return list(dict.fromkeys(told))


def choice_sentence(counts: Mapping[str, int], names: Mapping[str, str], alpha: float) -> str:
    """Who is preferred, shown against each other one and against "no difference"; else that nothing is shown."""
    n = sum(counts.values())
    panes = [key for key in counts if key != NO_DIFFERENCE]
    best = max(panes, key=lambda key: counts[key], default="")
    if not n or not best:
        return early_text(n)
    others = [count for key, count in counts.items() if key != best]
    if all(lead_e_value(counts[best], other) >= len(panes) / alpha for other in others):
        share = anytime_interval(counts[best], n, alpha)
        ends = f"{100 * share.low:.0f} % to {100 * share.high:.0f} %"
        return f"{names[best]} is preferred: {counts[best]} of {n} ({ends})."
    if n < MIN_LIVE_PEOPLE:
        return early_text(n)
    told = ", ".join(f"{counts[key]} {names[key]}" for key in panes)
    none = f", {counts[NO_DIFFERENCE]} no difference" if counts.get(NO_DIFFERENCE) else ""
    return f"No preference shown among {count_people(n)}: {told}{none}."


def felt_sentence(gap: RoomGap, first: str, second: str) -> str:
    """Which of two feels faster, by differences of logarithms."""
    n = gap.signs.n
    if not gap.direction:
        return (
            early_text(n)
            if n < MIN_LIVE_PEOPLE
            else f"{first} and {second}: no difference in felt time shown, n = {n}."
        )
    fast, slow = (second, first) if gap.direction > 0 else (first, second)
    if n >= MIN_LIVE_PEOPLE and gap.interval.excludes_zero:
        ends = sorted(exp(-abs(end)) for end in (gap.interval.low, gap.interval.high))
        ratio = exp(-abs(gap.interval.estimate))
        return f"{fast} feels {ratio:.2f} × as long as {slow} ({ends[0]:.2f} to {ends[1]:.2f}), n = {n}."
    leaning = gap.signs.first if gap.direction > 0 else gap.signs.second
    return f"{leaning} of {n} felt {fast} as the faster one."


def points_sentence(gap: RoomGap, words: Sequence[str], unit: str, scale: float = 1.0) -> str:
    """What is higher by so many points. `words`: said where the first is, where the second is, and where nothing is."""
    n = gap.signs.n
    if not gap.direction:
        return early_text(n) if n < MIN_LIVE_PEOPLE else f"{words[2]}, n = {n}."
    said, sign = (words[0], 1) if gap.direction > 0 else (words[1], -1)
    if n >= MIN_LIVE_PEOPLE and gap.interval.excludes_zero:
        low, high = sorted((sign * scale * gap.interval.low, sign * scale * gap.interval.high))
        digits = next((few for few in (0, 1) if round(low, few)), 2)  # what is shown to differ is never told as 0
        size = sign * scale * gap.interval.estimate
        return f"{said} by {size:.{digits}f} {unit} ({low:.{digits}f} to {high:.{digits}f}), n = {n}."
    leaning = gap.signs.first if sign > 0 else gap.signs.second
    return f"{said}, for {leaning} of {n}."
