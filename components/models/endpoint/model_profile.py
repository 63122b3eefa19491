"""Probe: whether a model can be asked, what exactly is wrong if not, and how fast it is if it can."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from statistics import median
from typing import Any

from components.core.event import Event
from components.core.explained import Explained
from components.core.prompt import Prompt
from components.models.endpoint.endpoint import Endpoint
from components.models.endpoint.endpoint_request import REFUSAL_REMARKS, refusal_remarks
from components.models.endpoint.fault_cures import call_failure
from components.models.endpoint.thought_tags import THOUGHT_TAGS
from components.models.generation import GenerationState
from components.models.model import Model

PROBE_CALLS, CALL_TIMEOUT_S = 5, 300.0  # seconds for one call, loading the model not counted
POLL_INTERVAL_S = 0.5  # seconds between looks at how far the loading is
PROBE_QUESTION = "Count from one to thirty in words."
MOMENT_S, STREAM_MOMENTS_COUNT = 0.01, 3  # words in so many moments of this length did not come at once
PAUSE_S = 0.1  # seconds between two words that no network takes by itself
PROBABLE_SHARE = 0.5  # of the tokens, from which on a model counts as one that gives probabilities
SLOW_FIRST_TOKEN_S = 10.0  # seconds until the first token from which on people have gone elsewhere (Nielsen 1993)


@dataclass(frozen=True)
class CallTiming:
    """One answer in figures, in seconds; `jitter` is the middle distance of the gaps from their median."""

    first: float
    rate: float
    jitter: float
    stall: float
    tokens: int


@dataclass(frozen=True)
class ModelProfile:
    """How a model answered a few times in a row, and what it gives besides words.

    `refused` names the parameters that its server refuses; `thinks_s` is how many seconds it thought before its first
    word, in the median call, 0.0 where it tells no thoughts; `ended` is its server's own word for why answers ended,
    "" where it is a usual one.
    """

    calls: tuple[CallTiming, ...]
    streams: bool
    probabilities: bool
    refused: tuple[str, ...] = ()
    thinks_s: float = 0.0
    ended: str = ""
    shows_thoughts: bool = False  # whether its answers hold the end of thoughts whose beginning was not told

    def median(self, name: str) -> float:
        """The median over the calls of one of their figures, by its name."""
        return float(median(getattr(call, name) for call in self.calls))

    @property
    def remarks(self) -> tuple[str, ...]:
        """What a designer should know about this model before building on it."""
        sentences = []
        if not self.streams:
            sentences.append("It does not stream: its whole answer comes at once, so streaming looks like blocking.")
        if not self.probabilities:
            sentences.append(
                "It gives no probabilities: confidence can only come from asking again, or from the model's own words."
            )
        sentences += [s for s in refusal_remarks(self.refused) if self.streams or s != REFUSAL_REMARKS["stream"]]
        if self.thinks_s:
            sentences.append(
                f"It thinks before it answers, {self.thinks_s:.2g} s here; its thoughts are kept apart from the answer."
            )
        if self.shows_thoughts:
            sentences.append(
                "Its answers begin with its thoughts, unmarked: set a parser for reasoning on its server to part them."
            )
        if self.ended:
            sentences.append(f"It says “{self.ended}” where an answer ends, which is not among the usual words.")
        if self.median("first") > SLOW_FIRST_TOKEN_S:
            sentences.append(f"Its first token takes {self.median('first'):.0f} s: people will have gone elsewhere.")
        return tuple(sentences)

    def to_json(self) -> dict[str, Any]:
        """A JSON object that `from_json` reads."""
        return asdict(self)

    @staticmethod
    def from_json(values: dict[str, Any]) -> "ModelProfile":
        """The profile that `to_json` wrote."""
        calls = tuple(CallTiming(**call) for call in values["calls"])
        return ModelProfile(
            calls, bool(values["streams"]), bool(values["probabilities"]), tuple(values.get("refused", ())),
            float(values.get("thinks_s", 0.0)), str(values.get("ended", "")),
            bool(values.get("shows_thoughts")),
        )  # fmt: skip


def measure_profile(
    model: Model, progress: Callable[[int, GenerationState], object] = lambda *_: None, calls: int = PROBE_CALLS
) -> ModelProfile:
    """Ask a few times and measure; an endpoint is asked with everything once more. Explained where a call fails.

    `progress` is told how many calls are done and where the next one stands, every now and then.
    """
    model.check()
    if isinstance(model, Endpoint):
        model.refused.clear()  # its server may have learnt since
    heard = []
    for number in range(calls):
        generation = model.ask(Prompt.from_typed(PROBE_QUESTION))
        try:
            while not generation.wait(POLL_INTERVAL_S):
                if generation.elapsed > CALL_TIMEOUT_S:
                    raise call_failure(Event(0.0, "error", "", {"fault": "timeout"}))
                progress(number, generation.state)
        finally:
            generation.stop()  # where it is too slow, or whoever waited has left
        last = generation.events[-1]
        tokens = [event for event in generation.events if event.kind == "token"]
        if last.kind == "error" or not any(token.text.strip() for token in tokens):
            raise model_failure(model, last)
        heard.append([*tokens, last])
        progress(number + 1, generation.state)
    return profile_of_answers(heard, tuple(model.refused) if isinstance(model, Endpoint) else ())


def model_failure(model: Model, last: Event) -> Explained:
    """An Explained for the last event of a call that failed."""
    address = model.base_url if isinstance(model, Endpoint) else ""
    return call_failure(last, address, int(model.card.settings.get("max_tokens", 0)))


def profile_of_answers(heard: Sequence[Sequence[Event]], refused: tuple[str, ...] = ()) -> ModelProfile:
    """The profile of a model from its answers: of each its tokens, and the end as the last event."""
    tokens = [token for answer in heard for token in answer[:-1]]
    streams = any(comes_in_pieces(answer[:-1]) for answer in heard)
    known = sum("logprob" in token.data for token in tokens)
    return ModelProfile(
        tuple(time_call(answer[:-1], streams) for answer in heard),
        streams,
        known > PROBABLE_SHARE * len(tokens),
        refused,
        round(median(thinking_seconds(answer[0]) for answer in heard), 4),
        next((str(answer[-1].data["said"]) for answer in heard if "said" in answer[-1].data), ""),
        any(shows_thoughts_end(answer[:-1]) for answer in heard),
    )


def shows_thoughts_end(tokens: Sequence[Event]) -> bool:
    """Whether the words of an answer hold a tag that ends thoughts."""
    text = "".join(token.text for token in tokens)
    return any(tag in text for tag in THOUGHT_TAGS.values())


def comes_in_pieces(tokens: Sequence[Event]) -> bool:
    """Whether the words of an answer came apart in time, and not all at once however many pieces they were in."""
    moments, last = 0, -MOMENT_S
    for token in tokens:
        if token.at - last >= MOMENT_S:
            moments, last = moments + 1, token.at
    pauses = any(b.at - a.at > PAUSE_S for a, b in pairwise(tokens))
    return pauses or moments >= max(2, min(STREAM_MOMENTS_COUNT, len(tokens)))


def thinking_seconds(first: Event) -> float:
    """Seconds from the first thought to the first word, from that word's event; 0.0 where no thought was told."""
    thoughts = first.data.get("thoughts")
    return float(max(0.0, first.at - thoughts[0][0])) if thoughts else 0.0


def time_call(tokens: Sequence[Event], streams: bool = True) -> CallTiming:
    """The figures of one answer, from its token events; where it does not stream, only the first is one."""
    if not streams:
        return CallTiming(round(tokens[0].at, 4), 0.0, 0.0, 0.0, len(tokens))
    gaps = [b.at - a.at for a, b in pairwise(tokens)] or [0.0]
    middle, took = median(gaps), tokens[-1].at - tokens[0].at
    spread = median(abs(gap - middle) for gap in gaps)
    rate = (len(tokens) - 1) / took if took > 0 else 0.0
    return CallTiming(round(tokens[0].at, 4), round(rate, 2), round(spread, 4), round(max(gaps), 4), len(tokens))
