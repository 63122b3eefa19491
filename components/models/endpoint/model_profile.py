"""Probe: whether a model can be asked, what exactly is wrong if not, and how fast it is if it can."""

import asyncio
from collections.abc import Callable
from dataclasses import asdict, dataclass
from itertools import pairwise
from statistics import median
from typing import Any, NamedTuple

import httpx2
import openai

from components.core.event import Event
from components.core.explained import Explained
from components.core.prompt import Prompt
from components.models.background_model import background_loop
from components.models.endpoint.endpoint_address import MODELS_KEPT, GuardedTransport, check_address
from components.models.endpoint.endpoint_errors import error_event
from components.models.endpoint.endpoint_keys import hide_secrets, key_from_env, read_key
from components.models.generation import GenerationState
from components.models.model import Model
from components.models.source import Source

PROBE_CALLS, CALL_TIMEOUT_S = 5, 300.0  # seconds for one call, loading the model not counted
POLL_INTERVAL_S = 0.5  # seconds between looks at how far the loading is
PROBE_QUESTION = "Count from one to thirty in words."
SLOW_FIRST_TOKEN_S = 10.0  # seconds until the first token from which on people have gone elsewhere (Nielsen 1993)


class Cure(NamedTuple):
    """What is wrong, and what to do about it."""

    what: str
    do: str


CURES = {
    "refused": Cure(
        "Nobody answers at this address.",
        "Start the server, or check the port in the address.",
    ),
    "address": Cure(
        "This address leads nowhere.",
        "Check it for a typing error, and your connection.",
    ),
    "tls": Cure(
        "The server's certificate is not accepted.",
        "Check the address; a server of your own may need http://.",
    ),
    "key": Cure(
        "The server does not accept the key.",
        "Check the key under this name, and what it is allowed to do.",
    ),
    "missing": Cure(
        "There is no such model, or no chat completions here.",
        "Choose a model of the list; most addresses end in /v1.",
    ),
    "rate": Cure(
        "The server says that too much was asked.",
        "Wait, then test again; or ask its provider for a higher limit.",
    ),
    "server": Cure(
        "The server had a problem of its own.",
        "Look into its log, or test again in a moment.",
    ),
    "timeout": Cure(
        "The server took the question and did not answer in time.",
        "See whether it is still loading its model, then test again.",
    ),
    "cut": Cure(
        "The server broke off in the middle of its answer.",
        "Look into its log; a proxy in between may cut long answers.",
    ),
    "malformed": Cure(
        "The server sent something that is no chat completion.",
        "Check the address; most end in /v1.",
    ),
    "request": Cure(
        "The server did not accept the question.",
        "Check the settings of this model, such as its longest answer.",
    ),
    "context": Cure(
        "Even a short question is too long for this model.",
        "Check the system prompt and the longest answer.",
    ),
    "empty": Cure(
        "The model answered without a word.",
        "Check its chat template on the server.",
    ),
}


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
    """How a model answered a few times in a row, and what it gives besides words."""

    calls: tuple[CallTiming, ...]
    streams: bool
    probabilities: bool

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
        return ModelProfile(calls, bool(values["streams"]), bool(values["probabilities"]))


def measure_profile(
    model: Model, progress: Callable[[int, GenerationState], object] = lambda *_: None, calls: int = PROBE_CALLS
) -> ModelProfile:
    """Ask a few times and measure. Explained where a call fails.

    `progress` is told how many calls are done and where the next one stands, every now and then.
    """
    model.check()
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
        if last.kind == "error" or last.data.get("reason") == "empty":
            raise call_failure(last)
        heard.append([event for event in generation.events if event.kind == "token"])
        progress(number + 1, generation.state)
    return ModelProfile(
        tuple(time_call(tokens) for tokens in heard),
        any(len({token.at for token in tokens}) > 1 for tokens in heard),
        all("logprob" in token.data for tokens in heard for token in tokens),
    )


def time_call(tokens: list[Event]) -> CallTiming:
    """The figures of one answer, from its token events."""
    gaps = [b.at - a.at for a, b in pairwise(tokens)] or [0.0]
    middle, took = median(gaps), tokens[-1].at - tokens[0].at
    spread = median(abs(gap - middle) for gap in gaps)
    rate = (len(tokens) - 1) / took if took > 0 else 0.0
    return CallTiming(round(tokens[0].at, 4), round(rate, 2), round(spread, 4), round(max(gaps), 4), len(tokens))


def call_failure(last: Event) -> Explained:
    """An Explained that names the fault a call ended with, and its cure."""
    fault = str(last.data.get("fault", "empty"))
    cure = CURES.get(fault, Cure("The model could not answer.", "Test again; look into the log of its server."))
    wait = f" It asks to wait {last.data['retry_after']} s." if last.data.get("retry_after") else ""
    detail = f" ({last.text})" if last.text else ""
    return Explained(f"{cure.what}{wait}{detail}", MODELS_KEPT, cure.do)


def list_endpoint_models(source: Source, find_key: Callable[[str], str] = key_from_env) -> tuple[str, ...]:
    """The names of the models that an endpoint lists, in alphabetical order. Explained where it cannot be asked."""
    address, key = check_address(source.where), read_key(source.key, find_key)
    listing = asyncio.run_coroutine_threadsafe(fetch_model_names(address, key), background_loop())
    try:
        return tuple(hide_secrets(name, (key,)) for name in listing.result(30))
    except Exception as error:  # noqa: BLE001 whatever it is is said in words
        listing.cancel()
        raise call_failure(error_event(error, 0.0, False, (key,))) from None


async def fetch_model_names(address: str, key: str) -> tuple[str, ...]:
    """The names of an endpoint's models, sorted."""
    async with httpx2.AsyncClient(transport=GuardedTransport(), timeout=httpx2.Timeout(15), trust_env=False) as line:
        client = openai.AsyncOpenAI(base_url=address, api_key=key or "none", max_retries=0, http_client=line)
        page = await client.models.list()
        return tuple(sorted(str(model.id) for model in page.data or []))
