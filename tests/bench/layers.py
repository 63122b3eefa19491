"""How many events a second each pattern takes, and what a whole prototype costs. Run: python -m tests.bench.layers"""

from collections.abc import Callable
from statistics import median
from time import perf_counter

from components.core.event import Event
from components.core.prompt import Prompt
from components.core.prototype import Prototype, played
from components.core.timeline import timeline
from components.layers import KNOWN

TOKENS, ROUNDS = 2000, 5
ASKED = Prompt.read("Where should I go when my flight is cancelled in the middle of the night?")
EVENTS = [Event(place / 50, "token", " word", {"logprob": -0.7, "alternatives": []}) for place in range(TOKENS)]
EVENTS.append(Event(TOKENS / 50, "end"))


def model(prompt: Prompt):
    """A model that answers with 2,000 tokens at once."""
    return iter(EVENTS)


def seconds(task: Callable[[], object]) -> float:
    """The median of a few runs, in seconds."""
    times = []
    for _ in range(ROUNDS):
        start = perf_counter()
        task()
        times.append(perf_counter() - start)
    return median(times)


def main() -> None:
    """One line for each pattern, alone between the model and the screen, then three together as timelines."""
    for name, kind in KNOWN.items():
        alone = Prototype(name, (kind(after=TOKENS) if name == "Fault" else kind(),))  # a fault that lets all pass
        took = seconds(lambda alone=alone: played(alone, ASKED, model))
        print(f"{name:18} {len(EVENTS) / took:12,.0f} events/s")  # noqa: T201
    names = ("LatencyProfile", "Streaming", "StagedStatus", "VerbalHedge", "Badge", "KeepPartial", "CauseAndNextStep")
    stack = Prototype("Stack", tuple(KNOWN[name]() for name in names))
    took = seconds(lambda: timeline(stack, ASKED, model))
    print(f"{len(names)} layers, {TOKENS:,} tokens, timeline with branches: {1000 * took:.1f} ms")  # noqa: T201
    json = seconds(lambda: timeline(stack, ASKED, model).to_json())
    print(f"the same as JSON: {1000 * json:.1f} ms")  # noqa: T201


if __name__ == "__main__":
    main()
