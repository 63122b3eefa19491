"""Runtime: a prototype, given as data, around a model.

A prototype is a list of steps from the model outwards. Each wraps the answer of the one before it; the last is what a
person sees. `inner` steps see the model's tokens, `outer` ones see text.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import reduce
from pathlib import Path

from parallax_delivery import after, before, delay, hold, pace, release, signs
from parallax_events import Answer, Json, Prompt, Stream, as_text, put_in_order
from parallax_failure import fallback, handoff, refusal, retry, stable, told
from parallax_marks import highlight
from parallax_samples import ask_again
from parallax_scores import abstain, hedge, verdict
from parallax_words import agree, clarify, more, offer

STEPS: dict[str, Callable[[Json, Prompt, Answer], Stream]] = {
    "release": release, "pace": pace, "hold": hold, "delay": delay, "signs": signs, "before": before, "after": after,
    "more": more, "offer": offer, "clarify": clarify, "agree": agree, "verdict": verdict, "hedge": hedge,
    "abstain": abstain, "highlight": highlight, "ask_again": ask_again, "told": told, "retry": retry,
    "fallback": fallback, "handoff": handoff, "refusal": refusal, "stable": stable,
}  # fmt: skip
FORMAT_VERSION = 1


@dataclass(frozen=True)
class Prototype:
    """What was designed, and how its model is asked; `left_out` are patterns with the reason why they are none here."""

    name: str
    about: str
    inner: tuple[Json, ...]
    outer: tuple[Json, ...]
    left_out: tuple[tuple[str, str], ...]
    client: Json

    def around(self, model: Answer) -> Answer:
        """The model, as a person sees it; what a step remarks to who builds the product is left out."""
        delivered = show_tokens(reduce(wrap_in_step, self.inner, model))
        whole = reduce(wrap_in_step, self.outer, delivered)
        return lambda prompt: (event for event in put_in_order(whole(prompt)) if not event.data.get("remark"))


def load_prototype(file: Path) -> Prototype:
    """The prototype in a file."""
    return prototype_from(json.loads(file.read_text("utf-8")))


def prototype_from(values: Json) -> Prototype:
    """The prototype of a JSON object. ValueError where it was written for another version of this program."""
    unknown = [step["step"] for step in steps_of(values) if step["step"] not in STEPS]
    if values["format"] != FORMAT_VERSION or unknown:
        raise ValueError(f"this program plays format {FORMAT_VERSION}, not {values['format']} {' '.join(unknown)}")
    left_out = tuple((each["pattern"], each["reason"]) for each in values["left_out"])
    inner, outer = tuple(values["inner"]), tuple(values["outer"])
    return Prototype(values["name"], values["about"], inner, outer, left_out, values["client"])


def steps_of(values: Json) -> Iterator[Json]:
    """Every step of a prototype, from the model outwards."""
    yield from values["inner"]
    yield from values["outer"]


def wrap_in_step(answer: Answer, step: Json) -> Answer:
    """The answer inside of one step, which is an answer again; most steps pass a turn on that nobody sees."""
    play = STEPS[step["step"]]
    return lambda prompt: answer(prompt) if prompt.hidden and not step["hidden"] else play(step, prompt, answer)


def show_tokens(answer: Answer) -> Answer:
    """The same answer, every token that no step released as text."""
    return lambda prompt: (as_text(event) if event.kind == "token" else event for event in answer(prompt))
