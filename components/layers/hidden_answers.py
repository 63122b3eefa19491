"""Hearing: answers that nobody sees, asked for by a layer while the person already reads."""

from collections.abc import Generator, Iterable
from dataclasses import dataclass

from components.core.event import LAST, Event, Stream, answer_text_after


@dataclass
class HiddenAnswer:
    """One answer that nobody sees, while it comes in."""

    stream: Stream
    text: str = ""
    at: float = 0.0
    last: Event | None = None
    made_up: bool = False

    @property
    def whole(self) -> bool:
        """Whether it came to its own end and was really made: by the model, and not the first answer once more."""
        last = self.last
        ended = last is not None and last.kind == "end" and not was_stopped(last) and not is_stand_in(last)
        return ended and not self.made_up

    def listen(self, start: float) -> None:
        """Read events until a silence or the end; their times are counted from `start` seconds since Send."""
        for event in self.stream:
            self.at = max(self.at, start + event.at)
            if event.kind == "silence":
                return
            self.text = answer_text_after(self.text, event)
            self.made_up = self.made_up or event.made_up
            if event.kind in LAST:
                self.last = event
                return
        self.last = Event(self.at - start, "error", "", {"fault": "dry"})


def collect_parallel(streams: Iterable[Stream], start: float) -> Generator[Event, None, list[HiddenAnswer]]:
    """Yields a silence whenever one of the streams has nothing new, and returns all the answers once each is over."""
    heard = [HiddenAnswer(stream, at=start) for stream in streams]
    while going := [hidden for hidden in heard if hidden.last is None]:
        for hidden in going:
            hidden.listen(start)
        if any(hidden.last is None for hidden in going):
            yield Event(min(hidden.at for hidden in going), "silence")
    return heard


def was_stopped(last: Event) -> bool:
    """Whether an answer ended because a person stopped it."""
    return last.data.get("reason") == "stopped"


def is_stand_in(last: Event) -> bool:
    """Whether another attempt was replayed because this one was never recorded."""
    return bool(last.data.get("stands_in"))
