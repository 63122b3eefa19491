"""Abstain: says "I don't know" where the model is too unsure."""

from dataclasses import dataclass
from typing import ClassVar

from components.core.event import LAST, Event, Stream
from components.core.layer import Answer, Evidence, Example, dial
from components.core.portable import Portable, portable_step
from components.core.prompt import Prompt
from components.core.script import Script, split_parts
from components.layers.confidence.score import no_score_notice
from components.layers.confidence.scored_layer import ScoredLayer
from components.layers.delivery.held_words import error_with_held, join_held

CHECKING_SIGN = "Checking before it answers"
NEXT_DETAIL = "Tell me one more detail, and I will look again."
VAGUE_REDIRECT = "Please ask somebody who knows, or look it up in a source you trust."  # of earlier versions


@dataclass(frozen=True)
class Abstain(ScoredLayer):
    """Keeps the answer back until its score is known, and says instead that it does not know where that is low."""

    rank: ClassVar[int] = 5  # outside of the others: what they say of an answer goes with it
    moves = ("wrong acceptance", "over-reliance")
    evidence = (
        Evidence(
            "none found for a model that declines when unsure",
            None,
            "asked for by HAX G10, Amershi et al. 2019",
            "https://doi.org/10.1145/3290605.3300233",
        ),
    )
    example = Example({"threshold": 1.0}, scenario="baby_fever", wrong=True)
    replaces: ClassVar[bool] = True

    threshold: float = dial(
        0.5, "It does not answer where the model is less sure than this.", 0, 1, 0.01, title="Unsure below"
    )
    words: str = dial("I don't know this well enough to answer.", "What it says instead.")
    redirect: str = dial(
        "",
        "Where to turn. Where this is empty: the source or the person that was written for the question, else a "
        "request for one more detail. Human handoff in the same prototype takes its place.",
    )
    anyway: bool = dial(False, "Let people see the answer all the same.")
    sign: str = dial(CHECKING_SIGN, "What stands there while the answer is kept back.")

    def redirect_text(self, script: Script) -> str:
        """Where to turn: the designer's words, else what was written for the question, else one more detail."""
        own = "" if self.redirect.strip() == VAGUE_REDIRECT else self.redirect.strip()
        title, _ = split_parts(script.sources[0] if script.sources else "", 2)
        name, role, _ = split_parts(script.person, 3)
        written = f"You can look it up here: {title}." if title else ""
        named = f"{name} ({role}) can tell you." if name and role else ""
        return own or written or named or NEXT_DETAIL

    def play(self, prompt: Prompt, answer: Answer) -> Stream:
        """All at once at the end: the answer with what was said of it, or that it is not known."""
        if prompt.partial:
            yield from answer(prompt)
            return
        held: list[Event] = []
        for event in sign_while_held(answer(prompt), self.sign.strip()):
            if event.kind in ("silence", "status"):
                yield event
            elif event.kind == "error":
                yield error_with_held(event, [held_event for held_event in held if held_event.kind == "text"])
            elif event.kind in LAST:
                yield from self.release_held(prompt, answer, held, event)
            elif event.kind == "revise":
                held = [event.become("text", event.text, **event.data)]
            else:
                held.append(event)

    def release_held(self, prompt: Prompt, answer: Answer, held: list[Event], last: Event) -> Stream:
        """The held answer or the words in its place, and its last event."""
        words = [event for event in held if event.kind == "text"]
        text, tokens = "".join(event.text for event in words), [token for event in words for token in event.tokens]
        at, score, why, speaker = last.at, None, "", self
        own = not any(event.data.get("instead") for event in words)
        if own and text.strip() and last.kind == "end" and not self.skips_score(last):
            result = yield from self.score_answer(prompt, answer, text, tokens, last.at, last)
            speaker = self.speaker_for(result)
            at, score = max(at, result.at), result.score
            why = result.why if score is None else ""
        if score is not None and speaker.probability(score) < self.threshold and self.words.strip():
            redirect = self.redirect_text(prompt.script)
            yield Event(at, "text", f"{self.words.strip()} ", {"instead": True, "unsure": "words"})
            yield Event(at, "text", redirect, {"instead": True, "unsure": "redirect"})
            if self.anyway:
                yield Event(at, "action", "Show the answer all the same", {"name": "say", "after": text})
        else:
            first = next((event for event in held if event.kind == "text"), None)
            for event in held:
                if event is first and own:
                    yield from join_held(words, at)
                elif event.kind != "text" or not own:
                    yield event.with_time(at)
            if why:
                yield no_score_notice(at, why)
        yield last.with_time(at)

    def portable(self) -> Portable:
        """What stands in place of a doubtful answer."""
        anyway = "Show the answer all the same" if self.anyway else None
        values = {"threshold": self.threshold, "words": self.words.strip(), "redirect": self.redirect_text(Script())}
        return portable_step(
            "abstain", score=self.portable_score(), **values, anyway=anyway, sign=self.sign.strip() or None
        )


def sign_while_held(stream: Stream, words: str) -> Stream:
    """The events, before them a sign with these words; none where there are no words or a sign is there at once."""
    begun = not words
    for event in stream:
        if not begun and not (event.kind == "status" and event.at == 0):
            yield Event(0.0, "status", words, {"shape": "spinner"})
        begun = True
        yield event
