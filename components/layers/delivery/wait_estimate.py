"""Estimate: how long the first words will take: known of a recording, a usual time for a live answer."""

from components.core.event import Event, Stream
from components.layers.peek_recording import peek_recording

MIN_ESTIMATE_S = 0.2  # seconds


def estimate_wait(stream: Stream, usual: float, off_percent: int) -> tuple[float, Stream]:
    """Seconds until the first words, `off_percent` per cent wrong, and the stream from its beginning.

    `usual` is taken for a live answer, for an answer without words, and by a pattern that cannot know better.
    """
    heard, stream = peek_recording(stream)
    wait = next((event.at for event in heard or () if event.carries_words), usual)
    return max(MIN_ESTIMATE_S, wait * (1 + off_percent / 100)), stream


def format_duration(seconds: float) -> str:
    """A duration in words: “About 8 seconds”."""
    if seconds < 1.5:
        return "About a second"
    if seconds < 90:
        return f"About {seconds:.0f} seconds" if seconds < 20 else f"About {5 * round(seconds / 5)} seconds"
    return f"About {round(seconds / 60)} minutes"


def status_event(at: float, words: str, **data: object) -> Event:
    """A `status` event to look at while waiting, `at` seconds since Send."""
    return Event(at, "status", words, data)
