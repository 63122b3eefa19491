"""Rating: what one person said about one pane they saw, and what their browser really painted."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

LATE_S, LATE_SHARE = 0.1, 0.05  # seconds, share: painted this far from schedule makes a trial void for timing

QUESTION_TEXTS: Mapping[str, str] = {
    "felt_first": "About how many seconds until the first words?",
    "felt_complete": "About how many seconds until the answer was complete?",
    "speed": "How satisfied are you with the speed?",
    "trust": "How far would you trust this answer?",
    "faster": "Which one felt faster?",
    "ship": "Which one would you ship?",
}
CHOICE_ITEMS = ("faster", "ship")  # answered with a pane or with "no difference", about the whole play


def rating_question(item: str, panes: int) -> str:
    """The words of a question about so many panes: of three, one felt fastest."""
    return QUESTION_TEXTS[item].replace("faster", "fastest" if panes > 2 else "faster")


@dataclass(frozen=True)
class Moments:
    """Three moments of one pane in seconds since Send; None where the moment never came."""

    sign: float | None = None
    first: float | None = None
    complete: float | None = None


@dataclass(frozen=True)
class Sighting:
    """One pane as one person's browser painted it, once.

    `play` is shared by the panes that started together, `comparison` by every play of the same prototypes in the same
    weather. `id` and `play` are made in the browser. `freeze` is the longest gap between words in seconds, `at` the
    moment it was kept (ISO, UTC). `live` means that the model answered while the person watched.
    """

    id: str
    play: str
    comparison: str
    rater: str
    pane: str
    prototype: str
    recording: str
    scheduled: Moments
    painted: Moments
    weather: tuple[Mapping[str, Any], ...] = field(default=())
    live: bool = False
    freeze: float = 0.0
    hidden: bool = False
    resized: bool = False
    stopped: bool = False
    broke: bool = False
    at: str = ""

    @property
    def void(self) -> bool:
        """Whether this sighting cannot count for timing: the tab was hidden, or painted strayed from scheduled."""
        pairs = ((self.scheduled.first, self.painted.first), (self.scheduled.complete, self.painted.complete))
        return self.hidden or any(
            a is not None and b is not None and abs(b - a) > max(LATE_S, LATE_SHARE * a) for a, b in pairs
        )


@dataclass(frozen=True)
class Rating:
    """One answer to one item. `id` is made by the asker, so that the same answer sent twice is kept once.

    `seen` is the sighting it is about ("" for CHOICE_ITEMS, which are about the whole play). `value` is a number:
    seconds for felt times, 1 to 7 for speed, 0 to 100 for trust, None for CHOICE_ITEMS, whose `choice` is a
    prototype's id or "none" for no difference. `blind` is False if the clock times were already on the screen. A
    correction is a new rating; the latest counts.
    """

    id: str
    play: str
    rater: str
    item: str
    seen: str = ""
    value: float | None = None
    choice: str = ""
    blind: bool = True
    at: str = ""
