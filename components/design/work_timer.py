"""Work timer: a countdown that everybody who has a work on screen sees; its notes say when it ends or what is left."""

from collections.abc import Sequence
from dataclasses import dataclass

from components.design.work_talk import NoteDraft, WorkNote

TIMER, TIMER_AWAY = "timer", "timer away"
FORGOTTEN_S = 600.0  # seconds after its end after which nobody is told any more that the time is up
MAX_TIMER_S = 24 * 3600.0


@dataclass(frozen=True)
class WorkTimer:
    """A countdown: the note that set it, when it ends (seconds since 1970, None while it stands still), and how many
    seconds were left when that was said.
    """

    id: str
    ends: float | None
    left: float

    def left_at(self, now: float) -> float:
        """How many seconds are left at a moment (seconds since 1970)."""
        return self.left if self.ends is None else max(0.0, self.ends - now)


def set_timer(notes: Sequence[WorkNote], now: float) -> WorkTimer | None:
    """The countdown as it was set last; None where there is none, or it ended long ago."""
    last = next((note for note in reversed(notes) if note.kind in (TIMER, TIMER_AWAY)), None)
    if last is None or last.kind == TIMER_AWAY:
        return None
    try:
        left = min(MAX_TIMER_S, max(0.0, float(last.text)))
    except ValueError:
        return None
    timer = WorkTimer(last.id, last.moment, left)
    return None if timer.ends is not None and now - timer.ends > FORGOTTEN_S else timer


def timer_note(left: float, now: float, runs: bool) -> NoteDraft:
    """What sets a countdown of so many seconds, running from `now` on or standing still."""
    return NoteDraft(TIMER, f"{left:.1f}", moment=now + left if runs else None)
