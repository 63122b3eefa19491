"""Apology: owns the mistake when the answer breaks, then says what to do."""

from dataclasses import dataclass
from typing import ClassVar

from components.core.event import Event, Stream
from components.core.faults import UNKNOWN_FAULT, FaultKind
from components.core.layer import Answer, Evidence, Example, Family, Layer, dial
from components.core.portable import Portable
from components.core.prompt import Prompt
from components.layers.failure.broken_answers import RETRY_ACTION, fault_of, replace_break
from components.layers.failure.fault_words import KEPT_TEXT, PRODUCT_FAULTS, fault_words, portable_failure

APOLOGIES = {
    "rote": "Sorry for the inconvenience.",
    "explanatory": "I am sorry. {cause}",
    "empathic": "I am sorry. You came here for an answer, and I see how annoying it is not to get it.",
}


@dataclass(frozen=True)
class Apology(Layer):
    """Says sorry when the answer breaks: by rote, with the cause, or with feeling. Then what to do, and a new try."""

    family = Family.FAILURE
    rank: ClassVar[int] = 3
    moves = ("trust repair", "retry")
    evidence = (
        Evidence(
            "mixed: explanatory apologies were preferred overall, empathic ones after bias; after made-up facts "
            "no kind was",
            162,
            "Ashktorab 2025",
            "https://arxiv.org/abs/2507.02745",
        ),
    )
    example = Example(fault="cut", scenario="leave_carry_over")

    kind: str = dial("explanatory", "How it says sorry.", choices=tuple(APOLOGIES))
    retry: bool = dial(True, "Offer to try again.")
    keep: bool = dial(True, "Show words that had come but were not on the screen yet.")

    def play(self, prompt: Prompt, answer: Answer) -> Stream:
        """The answer; an error or an empty answer as an apology and a next step."""
        return replace_break(prompt, answer, self.failure_event, self.keep)

    def failure_event(self, last: Event, has_words: bool) -> Event:
        """The apology for a break; `has_words` where words of the answer are on the screen."""
        fault = fault_of(last)
        words = fault_words(fault)
        detail = f"{KEPT_TEXT} {words.do}" if has_words else words.do
        apology = APOLOGIES[self.kind].format(cause=words.personal)
        return last.become(
            "failure", apology, detail=detail, tone="personal", fault=fault, **RETRY_ACTION if self.retry else {}
        )

    def portable(self) -> Portable:
        """The step that tells of a break with an apology."""

        def row(words: FaultKind) -> tuple[str, str]:
            return APOLOGIES[self.kind].format(cause=words.personal), words.do

        return portable_failure(
            {fault: row(words) for fault, words in PRODUCT_FAULTS.items()}, row(UNKNOWN_FAULT), kept=KEPT_TEXT,
            keep=self.keep, data={"tone": "personal", **(RETRY_ACTION if self.retry else {})},
        )  # fmt: skip
