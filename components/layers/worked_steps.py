"""Worked steps: what is done before an answer, one step after another, and then kept above it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from components.core.event import LAST, Event, Stream
from components.core.script import split_parts


@dataclass(frozen=True)
class WorkedStep:
    """One step that is done for an answer, and what came of it; "" where that is not told."""

    name: str
    result: str = ""


def parse_steps(lines: Iterable[str]) -> tuple[WorkedStep, ...]:
    """The steps of lines that are made of a step and, after a |, what came of it."""
    steps = (WorkedStep(*split_parts(line, 2)) for line in lines)
    return tuple(step for step in steps if step.name)


def step_signs(steps: Sequence[WorkedStep], start: float, dwell: float) -> list[Event]:
    """A sign for each step: the first at `start`, the next ones `dwell` seconds after each other."""
    return [
        Event(
            start + n * dwell,
            "status",
            step.name,
            {"shape": "step", **({"result": step.result} if step.result else {})},
        )
        for n, step in enumerate(steps)
    ]


def step_log(steps: Sequence[WorkedStep], at: float, start: float, title: str, fold: str) -> Event:
    """The list of the steps, done at `at`, with what came of each and how long they took since `start`, in seconds."""
    results = [step.result for step in steps]
    told = {"results": results} if any(results) else {}
    data = {"tone": "steps", "items": [step.name for step in steps], "fold": fold, **told}
    return Event(at, "notice", title, {**data, "seconds": round(max(0.0, at - start), 1)})


def keep_steps(stream: Stream, steps: tuple[WorkedStep, ...], title: str) -> Stream:
    """The stream with the list of the steps, folded, put before its first words."""
    for event in stream:
        if event.carries_words or event.kind in LAST:
            if steps and (event.carries_words or event.kind == "end"):
                yield step_log(steps, event.at, 0.0, title, "closed")
            yield event
            break
        yield event
    yield from stream
