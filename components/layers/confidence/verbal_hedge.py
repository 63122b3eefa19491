"""Verbal hedge: doubt in words before the answer, where the model is unsure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from components.core.event import LAST, Event, Stream
from components.core.layer import Answer, Evidence, Family, Layer, dial
from components.core.prompt import Prompt
from components.layers.confidence.score import mean_probability, no_score

HEDGES = {
    ("first person", "slight"): "I think this is right, but please check it. ",
    ("first person", "medium"): "I'm not sure about this. ",
    ("first person", "strong"): "I don't really know this, so take it as a guess. ",
    ("impersonal", "slight"): "This is probably right, but worth checking. ",
    ("impersonal", "medium"): "It is not certain that this is right. ",
    ("impersonal", "strong"): "This is little better than a guess. ",
}


@dataclass(frozen=True)
class VerbalHedge(Layer):
    """Opens the answer with a word of doubt where its first words were improbable to the model itself."""

    family = Family.CONFIDENCE
    rank: ClassVar[int] = 1
    moves = ("agreement with wrong answers", "trust")
    evidence = (
        Evidence("doubt in the first person lowered confidence and agreement and raised accuracy; the impersonal form "
                 "did less, not significantly", 404, "Kim, FAccT 2024"),
        Evidence("medium hedging did best for trust, satisfaction and performance", 156, "Xu 2025"),
    )  # fmt: skip
    scores: ClassVar[bool] = True

    voice: str = dial("first person", "Who doubts.", choices=("first person", "impersonal"))
    strength: str = dial("medium", "How much doubt the words carry.", choices=("slight", "medium", "strong"))
    threshold: float = dial(0.6, "Doubt is voiced below this mean token probability.", 0, 1, 0.01)
    look: int = dial(12, "How many tokens are kept back and judged before the first is shown.", 1, 200, 1, "tokens")

    def play(self, prompt: Prompt, answer: Answer) -> Stream:
        """The same words a little later, a hedge before them; an answer that goes on was judged at its beginning."""
        held: list[Event] = []
        read, judging = 0, not prompt.partial
        for event in answer(prompt):
            if judging and event.words:
                held.append(event)
                read += len(event.tokens) or 1
            if held and (read >= self.look or event.kind in LAST):
                yield from self.judged(held, event.at)
                held, judging = [], False
                if event.words:
                    continue
            if not judging or not event.words:
                yield event

    def judged(self, held: Sequence[Event], at: float) -> Stream:
        """The held words `at` seconds since Send, after a hedge where the first of them were improbable."""
        tokens = [token for event in held for token in event.tokens][: self.look]
        score = mean_probability(tokens)
        if score is None:
            yield no_score(at)
        elif score < self.threshold:
            yield Event(at, "text", HEDGES[self.voice, self.strength], {"hedge": True})
        yield from (event.moved(at) for event in held)
