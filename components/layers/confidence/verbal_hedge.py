"""Verbal hedge: doubt in words before the answer, where the model is unsure."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from components.core.event import LAST, Event, Stream
from components.core.layer import Answer, Evidence, Example, dial
from components.core.portable import Portable, portable_step
from components.core.prompt import Prompt
from components.layers.confidence.score import SCORE_SOURCES, no_score_notice
from components.layers.confidence.scored_layer import ScoredLayer

HEDGES = {
    ("first person", "slight"): "I think this is right, but please check it. ",
    ("first person", "medium"): "I'm not sure about this. ",
    ("first person", "strong"): "I don't really know this, so take it as a guess. ",
    ("impersonal", "slight"): "This is probably right, but worth checking. ",
    ("impersonal", "medium"): "It is not certain that this is right. ",
    ("impersonal", "strong"): "This is little better than a guess. ",
}

OpeningStream = Generator[Event, None, float]  # gives the moment, in seconds since Send, when the words were shown


@dataclass(frozen=True)
class VerbalHedge(ScoredLayer):
    """Opens the answer with a word of doubt where its score is low, by default that of its first words."""

    rank: ClassVar[int] = 1
    moves = ("agreement with wrong answers", "trust")
    evidence = (
        Evidence(
            "doubt in the first person lowered confidence and agreement and raised accuracy; the impersonal "
            "form did less, not significantly",
            404,
            "Kim 2024",
            "https://arxiv.org/abs/2405.00623",
        ),
        Evidence(
            "medium hedging did best for trust, satisfaction and performance in a word game",
            156,
            "Xu 2025",
            "https://doi.org/10.1016/j.ijhcs.2025.103455",
        ),
    )
    example = Example({"threshold": 1.0}, scenario="leave_carry_over", wrong=True)

    voice: str = dial("first person", "Who doubts.", choices=("first person", "impersonal"))
    strength: str = dial("medium", "How much doubt the words carry.", choices=("slight", "medium", "strong"))
    threshold: float = dial(0.6, "Doubt is voiced below this probability.", 0, 1, 0.01)
    look: int = dial(12, "How many tokens are held and judged; all, where it is asked again.", 1, 200, 1, "tokens")

    @property
    def token_limit(self) -> int:
        """How many tokens at the beginning the score is made of; 0 for all."""
        return 0 if SCORE_SOURCES[self.source].asks else self.look

    def play(self, prompt: Prompt, answer: Answer) -> Stream:
        """The same words a little later, a hedge before them; an answer that goes on was judged at its beginning."""
        held: list[Event] = []
        read, late, judging = 0, 0.0, not prompt.partial
        for event in answer(prompt):
            if judging and event.carries_words:
                held.append(event)
                read += len(event.tokens) or 1
            if held and (event.kind in LAST or 0 < self.token_limit <= read):
                late = yield from self.release_with_hedge(prompt, answer, held, event)
                held, judging = [], False
                if event.carries_words:
                    continue
            if not judging or not event.carries_words:
                yield event if event.at >= late else event.with_time(late)

    def release_with_hedge(self, prompt: Prompt, answer: Answer, held: Sequence[Event], now: Event) -> OpeningStream:
        """The held words, after a hedge where their score is low."""
        at = now.at
        if not self.skips_score(now):
            text = "".join(event.text for event in held)
            tokens = [token for event in held for token in event.tokens][: self.token_limit or None]
            result = yield from self.score_answer(prompt, answer, text, tokens, at, now)
            at = result.at
            if result.score is None:
                yield no_score_notice(at, result.why)
            elif self.speaker_for(result).probability(result.score) < self.threshold:
                yield Event(at, "text", HEDGES[self.voice, self.strength], {"hedge": True})
        yield from (event.with_time(at) for event in held)
        return at

    def portable(self) -> Portable:
        """The step that puts the words of doubt before an answer."""
        words = HEDGES[self.voice, self.strength]
        return portable_step("hedge", score=self.portable_score(), threshold=self.threshold, words=words)
