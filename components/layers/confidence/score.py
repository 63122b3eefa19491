"""Score: how sure a model is of an answer, from 0 to 1, in five ways, each with what it is blind to."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from components.core.event import Event
from components.core.recording import Recording

SPAN_TOKENS = 5  # tokens in a row that "lowest span" looks at together
SAMPLE_COUNT = 5  # further answers that "self-consistency" asks for
MEAN_PROBABILITY, LOWEST_SPAN, SELF_CONSISTENCY, OWN_ESTIMATE, CLASS_PROBABILITY = (
    "mean probability", "lowest span", "self-consistency", "own estimate", "class probability",
)  # fmt: skip
CLASSIFICATION_TASK = "text-classification"  # the task of a model, in its card's settings, whose answer is a class
Tokens = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class ScoreSource:
    """One kind of score: how it is made, one of its limits, and what to call the number on a screen."""

    name: str
    about: str
    limit: str
    short: str
    asks: int = 0  # how many more answers it needs


SCORE_SOURCES: Mapping[str, ScoreSource] = {
    source.name: source
    for source in (
        ScoreSource(
            MEAN_PROBABILITY,
            "The geometric mean of the probabilities that the model gave the words it chose.",
            "It says how usual the wording is, not whether it is true: a fluent mistake scores high.",
            "The model's own token probability.",
        ),
        ScoreSource(
            LOWEST_SPAN,
            f"The lowest such mean over any {SPAN_TOKENS} tokens in a row: where the model doubted most.",
            "A rare name or a choice between two good wordings lowers it as much as a mistake does.",
            "The model's own token probability where it was lowest.",
        ),
        ScoreSource(
            SELF_CONSISTENCY,
            f"Asks {SAMPLE_COUNT} more times and counts how many of those answers say the same, one counted for and "
            "one against from the start.",
            "It costs that many more answers and a temperature above 0; a model that always makes the same mistake "
            "agrees with itself.",
            f"How far {SAMPLE_COUNT} more answers of the model agree with this one.",
            SAMPLE_COUNT,
        ),
        ScoreSource(
            OWN_ESTIMATE,
            "Asks the model, after its answer, how sure it is from 0 to 100 %.",
            "Small models often give no number, or the same high one whatever they answered.",
            "The model's own estimate when asked how sure it is.",
            1,
        ),
        ScoreSource(
            CLASS_PROBABILITY,
            "The probability that a model which sorts texts into classes gave the class it chose.",
            "Only for such models; on texts unlike those they learnt from, they are mostly far too sure.",
            "The model's own probability for this class.",
        ),
    )
}  # fmt: skip

WRITTEN_CONFIDENCE = "written confidence"  # of an answer that a person wrote; it takes the place of every other kind
WRITTEN_LEGEND = "How sure the model is that this answer is right."
NO_SCORE = "No probabilities came with this answer, so how sure the model is cannot be shown."
MADE_UP = "Not all of these words are the model's own, so how sure it is cannot be shown."
NO_OTHERS = "What the model says when it is asked again is not known here, so how sure it is cannot be shown."
NO_NUMBER = "Asked how sure it is, the model gave no number."


def uncalibrated_text(source: str) -> str:
    """What a score says of itself that was never compared with right answers."""
    if source == WRITTEN_CONFIDENCE:
        return WRITTEN_LEGEND
    return f"{SCORE_SOURCES[source].short} Not checked against right answers."


def available_sources(probabilities: bool, classes: bool = False, others: bool = True) -> tuple[str, ...]:
    """The kinds of score that work: by whether each token's probability is known, whether the answer is a class, and
    whether the model can be asked again (or was, in recordings)."""
    if classes:
        return (CLASS_PROBABILITY,) if probabilities else ()
    return ((MEAN_PROBABILITY, LOWEST_SPAN) if probabilities else ()) + (
        (SELF_CONSISTENCY, OWN_ESTIMATE) if others else ()
    )


def sources_for_recording(recording: Recording) -> tuple[str, ...]:
    """The kinds of score that work in front of the model of a recording, by what it recorded."""
    logprobs = known_logprobs(event.data for event in recording.events if event.kind == "token")
    return available_sources(bool(logprobs), recording.card.settings.get("task") == CLASSIFICATION_TASK)


def score_from_tokens(source: str, tokens: Tokens) -> float | None:
    """The score that the answer's own tokens give, 0 to 1; None where no token has a probability."""
    logprobs = known_logprobs(tokens)
    if not logprobs:
        return None
    if source == LOWEST_SPAN:
        return lowest_span(logprobs)
    return math.exp(math.fsum(logprobs)) if source == CLASS_PROBABILITY else geometric_mean(logprobs)


def written_score(tokens: Tokens, last: Event | None) -> float | None:
    """How sure the model seems of an answer that a person wrote, 0 to 1: of the whole where its end says so, else of
    its least sure words; None where nothing was written, or where the model's own probabilities are known."""
    if known_logprobs(tokens):
        return None
    whole = last.data.get("sure") if last is not None else None
    known = [token["sure"] for token in tokens if isinstance(token.get("sure"), int | float)]
    return float(whole) if isinstance(whole, int | float) else min(known, default=None)


def known_logprobs(tokens: Iterable[Mapping[str, Any]]) -> list[float]:
    """The logprobs that are known, none above 0."""
    listed = (token.get("logprob") for token in tokens)
    return [
        min(0.0, float(logprob)) for logprob in listed if isinstance(logprob, int | float) and math.isfinite(logprob)
    ]


def geometric_mean(logprobs: Sequence[float]) -> float:
    """The geometric mean of the probabilities: exp of the mean logprob."""
    return math.exp(math.fsum(logprobs) / len(logprobs))


def lowest_span(logprobs: Sequence[float], span: int = SPAN_TOKENS) -> float:
    """The lowest geometric mean over any `span` in a row; over all where there are fewer."""
    starts = range(max(1, len(logprobs) - span + 1))
    return min(geometric_mean(logprobs[start : start + span]) for start in starts)


def no_score_notice(at: float, why: str = NO_SCORE) -> Event:
    """A remark with the reason why there is no score, `at` seconds since Send."""
    return Event(at, "notice", why, {"tone": "info", "remark": True})
