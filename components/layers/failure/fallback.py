"""Fallback: another answer in the place of one that broke."""

from collections.abc import Generator
from dataclasses import dataclass, replace
from typing import ClassVar

from components.core.card import Card
from components.core.event import Event, Stream, answer_text_after
from components.core.layer import Answer, Evidence, Example, Family, Layer, dial
from components.core.portable import Portable, portable_step
from components.core.prompt import Prompt
from components.core.remark import Remark
from components.layers.failure.broken_answers import answer_broke

TEMPLATE, EARLIER = "a prepared answer", "an earlier answer"
DISCLOSURES = {
    TEMPLATE: "The model gave no whole answer. This one was prepared beforehand.",
    EARLIER: "The model gave no whole answer. This is an earlier one to the same question.",
}

FallbackStream = Generator[Event, None, tuple[str, float]]  # its words, and when they were there, in seconds since Send


@dataclass(frozen=True)
class Fallback(Layer):
    """Puts another answer in the place of one that broke: yours, or an earlier one to the same question.

    A replay has the earlier answer at once; a live model is asked once more for it, and takes its time.
    """

    family = Family.FAILURE
    rank: ClassVar[int] = 2
    moves = ("completion", "trust after failure")
    evidence = (
        Evidence(
            "none found",
            None,
            "asked for by HAX G10, Amershi et al. 2019",
            "https://doi.org/10.1145/3290605.3300233",
        ),
    )
    example = Example(fault="server", scenario="support_missing_parcel")
    replaces: ClassVar[bool] = True

    source: str = dial(EARLIER, "What stands in; where there is no earlier answer, yours.", choices=(EARLIER, TEMPLATE))
    template: str = dial(
        "I cannot answer this at the moment. The help pages have the most common questions with their answers.",
        "Your prepared answer.",
    )
    disclosed: bool = dial(True, "Say that it is another answer.")

    def play(self, prompt: Prompt, answer: Answer) -> Stream:
        """The answer; on a break, another one in its place where there is any."""
        shown = prompt.partial
        for event in answer(prompt):
            shown = answer_text_after(shown, event)
            if answer_broke(event, shown):
                words, at = (
                    (yield from ask_once_more(prompt, answer, event.at)) if self.source == EARLIER else ("", event.at)
                )
                source = EARLIER if words.strip() else TEMPLATE
                if words := words if words.strip() else self.template.strip():
                    yield from self.show_instead(words, source, at, bool(shown))
                    return
                event = event.with_time(at)
            yield event

    def show_instead(self, words: str, source: str, at: float, over: bool) -> Stream:
        """The other answer and its end; it takes the place of words on the screen where `over`."""
        if self.disclosed:
            yield Event(at, "notice", DISCLOSURES[source], {"tone": "info", "instead": True})
        yield Event(at, "revise" if over else "text", words, {"instead": True})
        yield Event(at, "end")

    def remarks(self, card: Card | None = None) -> tuple[Remark, ...]:  # noqa: ARG002
        """Words that pass for the model's own deceive."""
        text = "Fallback does not say that its answer is another one: people take it for the answer to their question."
        return () if self.disclosed else (Remark(text),)

    def portable(self) -> Portable:
        """Another answer in place of one that broke."""
        disclosed = {"earlier": DISCLOSURES[EARLIER], "template": DISCLOSURES[TEMPLATE]} if self.disclosed else None
        values = {"earlier": self.source == EARLIER, "template": self.template.strip(), "disclosed": disclosed}
        return portable_step("fallback", **values)


def ask_once_more(prompt: Prompt, answer: Answer, at: float) -> FallbackStream:
    """Yields silences, and returns (words, when they were there, in seconds since Send) of another attempt; no words
    where it broke.
    """
    words, start = "", at
    for event in answer(replace(prompt.next_attempt(), partial="")):
        words = answer_text_after(words, event)
        if event.kind == "silence":
            at = max(at, start + event.at)
            yield Event(at, "silence")
        elif event.kind in ("error", "failure", "question"):
            return "", at
    return words, at
