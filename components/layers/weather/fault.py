"""Fault: breaks the answer on purpose, at the same place in every prototype."""

from dataclasses import dataclass
from typing import ClassVar

from components.core.event import Event, Stream
from components.core.layer import Answer, Family, Layer, dial
from components.core.prompt import Prompt

RAW = {  # as Python's usual clients for model servers word them
    "timeout": "ReadTimeout: timed out after {patience:.1f} s",
    "refused": "ConnectError: [Errno 111] Connection refused",
    "rate": "RateLimitError: Error code: 429 - {{'error': {{'message': 'Rate limit reached for requests', "
    "'type': 'requests', 'param': None, 'code': 'rate_limit_exceeded'}}}}",
    "server": "InternalServerError: Error code: 500 - {{'error': {{'message': 'The server had an error while "
    "processing your request', 'type': 'server_error', 'param': None, 'code': None}}}}",
    "cut": "RemoteProtocolError: peer closed connection without sending complete message body "
    "(incomplete chunked read)",
}
AT_ONCE = {"refused": 0.05, "rate": 0.3}  # seconds; nothing was generated, so the answer's own pace says nothing


@dataclass(frozen=True)
class Fault(Layer):
    """Breaks the answer on purpose: a time-out, a cut, nothing at all, or an error from the model's server."""

    family = Family.WEATHER
    rank: ClassVar[int] = 1  # outside the latency profile, so that it breaks what the person would have waited for
    moves = ("recovery", "trust before and after")

    kind: str = dial("cut", "What goes wrong.", choices=("timeout", "cut", "empty", "server", "refused", "rate"))
    after: int = dial(24, "A cut comes after this many tokens; the others before the first word.", 0, 2000, 1, "tokens")
    patience: float = dial(8.0, "How long a time-out takes.", 0.5, 60, 0.5, "s")
    breaks: int = dial(1, "How many attempts go wrong before one gets through.", 0, 3, 1)

    def play(self, prompt: Prompt, answer: Answer) -> Stream:
        """The answer up to where it breaks; whole for a later attempt, or one that goes on from a partial answer."""
        if prompt.attempt >= self.breaks or prompt.partial:
            yield from answer(prompt)
        elif self.kind == "timeout":
            yield self.error(self.patience)
        elif self.kind in AT_ONCE:
            yield self.error(AT_ONCE[self.kind])
        else:
            yield from self.broken(answer(prompt))

    def broken(self, stream: Stream) -> Stream:
        """The stream until it breaks; one that ends before that breaks at its end."""
        left = self.after if self.kind == "cut" else 0
        for event in stream:
            whole = event.kind in ("silence", "error")
            if not whole and (left == 0 or event.kind != "token"):
                yield event.become("end", reason="empty") if self.kind == "empty" else self.error(event.at)
                return
            left -= not whole
            yield event

    def error(self, at: float) -> Event:
        """What a developer would read, `at` seconds since Send."""
        return Event(at, "error", RAW[self.kind].format(patience=self.patience), {"fault": self.kind})
