"""How many events a second each pattern takes, and what whole prototypes cost. Run: python -m tests.bench.layers"""

from collections.abc import Callable
from functools import partial
from random import Random
from statistics import median
from time import perf_counter

from components.core.event import Event, Stream
from components.core.prompt import Prompt
from components.core.prototype import Prototype, visible_events
from components.core.recording import Recording, replay
from components.core.timeline import build_timeline
from components.layers import ALL_PATTERNS
from components.layers.weather.fault import Fault
from components.prompts.bundled_recordings import bundled_recordings

TOKENS, ROUNDS = 2000, 5
PROTOTYPES, RECORDINGS, LONG = 60, 100, 100
ASKED = Prompt.from_typed("Where should I go when my flight is cancelled in the middle of the night?")
EVENTS = [Event(place / 50, "token", " word", {"logprob": -0.7, "alternatives": []}) for place in range(TOKENS)]
EVENTS.append(Event(TOKENS / 50, "end"))


def model(prompt: Prompt) -> Stream:
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


def prototypes() -> list[Prototype]:
    """Sixty different stacks: a delivery pattern each, and one to four others, drawn with a fixed seed."""
    chance = Random(1)
    shows = [kind for kind in ALL_PATTERNS.values() if kind.releases]
    others = [kind for kind in ALL_PATTERNS.values() if not kind.releases and kind.__name__ != "Fault"]
    return [
        Prototype(str(n), (chance.choice(shows)(), *(kind() for kind in chance.sample(others, chance.randint(1, 4)))))
        for n in range(PROTOTYPES)
    ]


def recordings() -> list[Recording]:
    """A hundred answers of the bundled model with a hundred tokens each, the short ones told once more."""
    made = []
    for recording in bundled_recordings()[:RECORDINGS]:
        tokens = [event for event in recording.events if event.kind == "token"]
        step = tokens[-1].at
        told = [event.with_time(event.at + step * lap) for lap in range(1 + LONG // len(tokens)) for event in tokens][
            :LONG
        ]
        events = (*told, Event(told[-1].at, "end"))
        made.append(Recording(recording.prompt, recording.card, events))
    return made


def whole() -> None:
    """Sixty prototypes times a hundred recordings, played through once."""
    stacks, answers = prototypes(), [(each.prompt, replay([each])) for each in recordings()]
    took = seconds(lambda: sum(len(visible_events(stack, *asked)) for stack in stacks for asked in answers))
    events = len(stacks) * len(answers) * (LONG + 1)
    told = f"{len(stacks)} prototypes x {len(answers)} recordings of {LONG} tokens"
    print(f"{told}: {took:.2f} s, {events / took:,.0f} events/s")  # noqa: T201


def main() -> None:
    """One line for each pattern, alone between the model and the screen, then several together, then all at once."""
    whole()
    for name, kind in ALL_PATTERNS.items():
        alone = Prototype(name, (Fault(share=90) if kind is Fault else kind(),))  # a fault that lets most pass
        took = seconds(partial(visible_events, alone, ASKED, model))
        print(f"{name:18} {len(EVENTS) / took:12,.0f} events/s")  # noqa: T201
    names = ("LatencyProfile", "Streaming", "StagedStatus", "VerbalHedge", "Badge", "KeepPartial", "CauseAndNextStep")
    stack = Prototype("Stack", tuple(ALL_PATTERNS[name]() for name in names))
    took = seconds(lambda: build_timeline(stack, ASKED, model))
    print(f"{len(names)} layers, {TOKENS:,} tokens, timeline with branches: {1000 * took:.1f} ms")  # noqa: T201
    json = seconds(lambda: build_timeline(stack, ASKED, model).to_json())
    print(f"the same as JSON: {1000 * json:.1f} ms")  # noqa: T201


if __name__ == "__main__":
    main()
