"""Scored: what every pattern has that shows how sure the model is: a kind of score, and what the score means."""

from dataclasses import dataclass, field, replace
from typing import Any, Self

from components.core.calibration import Calibration
from components.core.card import Card
from components.core.event import Event
from components.core.layer import Answer, Family, Layer, dial, pattern_title
from components.core.prompt import Prompt
from components.core.remark import Remark
from components.layers.confidence import score_by_asking
from components.layers.confidence.score import (
    CLASS_PROBABILITY,
    LOWEST_SPAN,
    MADE_UP,
    MEAN_PROBABILITY,
    NO_NUMBER,
    NO_OTHERS,
    NO_SCORE,
    OWN_ESTIMATE,
    SCORE_SOURCES,
    SELF_CONSISTENCY,
    WRITTEN_CONFIDENCE,
    Tokens,
    score_from_tokens,
    written_score,
)
from components.layers.confidence.score_by_asking import ScoreResult, ScoreStream
from components.layers.hidden_answers import was_stopped

PORTABLE_NAMES = {
    MEAN_PROBABILITY: "mean",
    LOWEST_SPAN: "lowest",
    CLASS_PROBABILITY: "product",
    SELF_CONSISTENCY: "agreement",
    OWN_ESTIMATE: "estimate",
}


@dataclass(frozen=True)
class ScoredLayer(Layer, base=True):
    """A pattern that rests on a score; `calibration` says how likely an answer with this score is right."""

    family = Family.CONFIDENCE

    source: str = dial(
        MEAN_PROBABILITY, "Where the number behind it comes from.", choices=tuple(SCORE_SOURCES),
        title="What confidence is made of",
    )  # fmt: skip
    calibration: Calibration | None = field(default=None, metadata={"carried": Calibration})

    @property
    def token_limit(self) -> int:
        """How many tokens at the beginning the score is made of; 0 for all."""
        return 0

    @property
    def fitting_calibration(self) -> Calibration | None:
        """The calibration, if it was made for this layer's kind of score; else None."""
        calibration = self.calibration
        return calibration if calibration is not None and calibration.suits(self.source, self.token_limit) else None

    def probability(self, score: float) -> float:
        """How likely the answer is right; the score itself where nothing is known about that."""
        return self.fitting_calibration.probability(score) if self.fitting_calibration else score

    def speaker_for(self, result: ScoreResult) -> Self:
        """The layer that tells this score: without its calibration where the score was written with the answer."""
        return replace(self, source=WRITTEN_CONFIDENCE, calibration=None) if result.written else self

    def score_answer(
        self, prompt: Prompt, answer: Answer, text: str, tokens: Tokens, at: float, last: Event | None = None
    ) -> ScoreStream:
        """Yields silences, and returns the score of an answer whose last word came `at` seconds since Send, and whose
        `last` event is given where it is there; what was written with the answer comes before all else."""
        if (written := written_score(tokens, last)) is not None:
            return ScoreResult(at, written, written=True)
        if any(token.get("made_up") for token in tokens):
            return ScoreResult(at, None, MADE_UP)
        if SCORE_SOURCES[self.source].asks:
            return (yield from score_by_asking.score_by_asking(self.source, prompt, answer, text, at))
        return ScoreResult(at, score_from_tokens(self.source, tokens), NO_SCORE)

    def skips_score(self, last: Event) -> bool:
        """Whether the model would have to be asked again, but this answer broke or was stopped."""
        return bool(SCORE_SOURCES[self.source].asks) and (last.kind != "end" or was_stopped(last))

    def remarks(self, card: Card | None = None) -> tuple[Remark, ...]:
        """Whether the score was ever compared with right answers, of this kind and of this model."""
        name, fitting = pattern_title(type(self)), self.fitting_calibration
        if card is not None and card.scripted:
            return (
                Remark(f"{name} shows the confidence that was written with this answer; nothing is measured.", "note"),
            )
        if fitting is None:
            made_of = SCORE_SOURCES[self.source].short.removesuffix(".").lower()
            text = (
                f"{name} rests on a score that was not calibrated: {made_of}. How often it is right at each level has "
                "not been measured, so it may lead people astray."
            )
            return (Remark(text, "note"),)
        if card is not None and not fitting.made_for(card):
            text = (
                f"{name} was calibrated with {fitting.model}, and this answer is from {card.name}"
                f"{', another version of it' if card.name == fitting.model else ''}: what it says may not hold here."
            )
            return (Remark(text),)
        if not fitting.found.discriminates:
            text = f"{name}: the calibration did not show that this score tells right answers from wrong ones."
            return (Remark(text),)
        temperature = card.temperature if card else None
        if temperature is not None and fitting.temperature_remark(temperature):
            text = (
                f"{name} was calibrated at temperature {fitting.temperature:g}, and this answer was made at "
                f"{temperature:g}: what it says may not hold here."
            )
            return (Remark(text, "note"),)
        return ()

    def portable_score(self) -> dict[str, Any]:
        """The score, its kind and what it means, for a step that rests on it."""
        fitting = self.fitting_calibration
        points = [list(point) for point in fitting.points] if fitting else []
        line = {"slope": fitting.slope, "shift": fitting.shift} if fitting and not points else None
        fields = {
            "unknown": NO_SCORE,
            "unheard": NO_OTHERS,
            "numberless": NO_NUMBER,
            "ask": score_by_asking.CONFIDENCE_PROMPT,
        }
        return {
            "source": PORTABLE_NAMES[self.source],
            "look": self.token_limit,
            "points": points,
            "line": line,
            **fields,
        }
