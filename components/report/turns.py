"""Turns: what a prototype says and asks around an answer, as plain values for a program that does without Parallax.

Where words come from the model, `ask` is what it is asked for and `own` what stands in where it gives none that fit;
a prompt pack's script has no counterpart in a product, so `own` takes its place as well.
"""

from collections.abc import Iterator, Sequence
from textwrap import wrap
from typing import Any

from components.core.hidden_turn import HIDDEN_TURN_ENDING
from components.core.layer import Family
from components.core.prototype import Prototype
from components.layers.clarification import answer_then_ask, follow_ups, restate_and_confirm
from components.layers.clarification.clarification import THINKING
from components.layers.content import MODEL, lines
from components.layers.control import plan_approval
from components.layers.failure.human_handoff import BREAKS, HumanHandoff
from components.layers.stakes import KNOWN, LEVELS, LOW
from components.layers.transparency import citations, for_and_against, reasoning_trace, why
from components.report import parts

Value = dict[str, Any]
ASKS = {
    "Why": why.ASK, "Citations": citations.ASK, "ForAndAgainst": for_and_against.ASK, "FollowUps": follow_ups.ASK,
    "AnswerThenAsk": answer_then_ask.ASK, "ReasoningTrace": reasoning_trace.ASK,
    "RestateAndConfirm": restate_and_confirm.ASK, "PlanApproval": plan_approval.ASK,
}  # fmt: skip
WIDE = 90  # characters of a line of words


def sourced(layer: Any) -> Value:
    """Where a layer's words come from."""
    ask = {"ask": f"{ASKS[type(layer).__name__]} {HIDDEN_TURN_ENDING}"} if layer.origin == MODEL else {}
    return {**ask, "own": list(lines(layer.own))}


def of(prototype: Prototype, *names: str) -> Iterator[Any]:
    """The layers of these kinds, from the model outwards."""
    return (layer for layer in prototype.layers if type(layer).__name__ in names)


def after(prototype: Prototype) -> list[str | Value]:
    """What is said below a whole answer, in its order: a line that is always the same, or words to be found."""
    around = (*prototype.of(Family.EXPECTATION), *prototype.of(Family.TRANSPARENCY))
    return [said for layer in around for said in below(layer)]


def below(layer: Any) -> Sequence[str | Value]:
    """What one layer says below a whole answer."""
    match type(layer).__name__:
        case "Why":
            return [{"title": layer.title, **sourced(layer), "most": layer.length}]
        case "Citations":
            return [{"sources": layer.granularity, **sourced(layer), "most": layer.count}]
        case "ForAndAgainst":
            sides = [for_and_against.FOR, for_and_against.AGAINST]
            order = sides[::-1] if layer.against_first else sides
            even = layer.balance != "all there are"
            return [{"title": "Both sides", "sides": order, "even": even, **sourced(layer), "most": layer.count}]
        case "StepLog":
            steps = [*lines(layer.own)][: layer.depth]
            return [{"title": layer.title, "own": steps}] if layer.keep and steps else []
        case _:
            return parts.notices([layer])[1]


def thoughts(prototype: Prototype) -> list[Value]:
    """What is said before the answer to each question."""
    return [
        {
            "title": layer.title, **sourced(layer), **({"most": layer.summary} if layer.show == "summary" else {}),
            **({"sign": THINKING.text} if layer.origin == MODEL else {}),
        }
        for layer in of(prototype, "ReasoningTrace")
    ]  # fmt: skip


def controls(prototype: Prototype) -> list[Value]:
    """What is asked before anything else, the outermost pattern first."""
    return [asked for layer in reversed([*of(prototype, "DecideFirst", "PlanApproval")]) for asked in control(layer)]


def control(layer: Any) -> Iterator[Value]:
    """What one pattern of control asks."""
    question = layer.question.strip()
    if question and type(layer).__name__ == "DecideFirst":
        options = list(dict.fromkeys(lines(layer.options)))
        if options or layer.other:
            yield {"question": question, "options": options, "other": layer.other, "decided": "You decided:"}
    elif question:
        yield {
            "question": question, "options": [plan_approval.GO, plan_approval.NOT_NOW], "other": True,
            **sourced(layer), **worth(layer.risk), "quiet": [plan_approval.GO],
            "stops": {plan_approval.NOT_NOW: layer.declined},
        }  # fmt: skip


def checks(prototype: Prototype) -> list[Value]:
    """What is asked just before the answer."""
    yes, no = restate_and_confirm.YES, restate_and_confirm.NO
    return [
        {
            "question": layer.question.strip(), "options": [yes, no], "other": True, **sourced(layer), "most": 1,
            **worth(layer.above), **({"sign": THINKING.text} if layer.origin == MODEL else {}),
            "quiet": [yes], "instead": {no: restate_and_confirm.INSTEAD},
        }
        for layer in reversed([*of(prototype, "RestateAndConfirm")])
        if layer.question.strip()
    ]  # fmt: skip


def worth(level: str) -> Value:
    """The words of which a request has to name one so that this is asked; nothing where it always is."""
    if level == LOW:
        return {}
    named = (word for word, at in KNOWN.items() if LEVELS.index(at) >= LEVELS.index(level))
    return {"stakes": wrap(" ".join(sorted(named)), WIDE)}


def following(prototype: Prototype) -> list[Value]:
    """What is asked below a whole answer."""
    return [
        {
            "question": layer.question.strip(), "assumed": type(layer).__name__ == "AnswerThenAsk", **sourced(layer),
            "most": layer.count,
        }
        for layer in of(prototype, "AnswerThenAsk", "FollowUps")
        if layer.question.strip()
    ]  # fmt: skip


def person(prototype: Prototype) -> Value | None:
    """How the question is passed on to a person; `after` an answer only where people may ask for one."""
    layer = parts.named(prototype, "HumanHandoff")
    if layer is None:
        return None
    offered = layer.offered.strip() if layer.trigger != BREAKS else ""
    return {"label": layer.label.strip() or HumanHandoff.label, "offered": offered, "after": layer.after}


def asks_for_one(prototype: Prototype) -> bool:
    """Whether a whole answer has the button that calls a person."""
    layer = parts.named(prototype, "HumanHandoff")
    return layer is not None and layer.trigger != BREAKS
