"""Cause and next step: what went wrong in plain words, and what to do about it."""

from dataclasses import dataclass
from typing import Any, ClassVar

from components.core.event import Event, Stream
from components.core.faults import UNKNOWN_FAULT, FaultKind
from components.core.layer import Answer, Evidence, Example, Family, Layer, dial
from components.core.portable import Portable
from components.core.prompt import Prompt
from components.core.remark import NO_RECOVERY
from components.layers.failure.broken_answers import RETRY_ACTION, fault_of, replace_break
from components.layers.failure.fault_words import KEPT_TEXT, PRODUCT_FAULTS, fault_words, portable_failure


@dataclass(frozen=True)
class CauseAndNextStep(Layer):
    """Says in plain words what went wrong, what was kept and what to do, with a button to try again."""

    family = Family.FAILURE
    rank: ClassVar[int] = 4
    moves = ("recovery", "retry", "trust after failure")
    evidence = (
        Evidence(
            "options and explanations were preferred among 8 ways to repair",
            203,
            "Ashktorab 2019",
            "https://doi.org/10.1145/3290605.3300484",
        ),
    )
    example = Example(fault="cut", scenario="card_dispute")
    cures: ClassVar[str] = NO_RECOVERY

    detail: str = dial("next step", "How much is said.", choices=("cause", "next step", "technical"))
    tone: str = dial("plain", "About the answer, or in the assistant's own voice.", choices=("plain", "personal"))
    retry: bool = dial(True, "Offer to try again.")
    keep: bool = dial(True, "Show words that had come but were not on the screen yet.")

    def play(self, prompt: Prompt, answer: Answer) -> Stream:
        """The answer; an error or an empty answer as a cause and a next step."""
        return replace_break(prompt, answer, self.failure_event, self.keep)

    def failure_event(self, last: Event, has_words: bool) -> Event:
        """The break in plain words; `has_words` where words of the answer are on the screen."""
        words = fault_words(fault_of(last))
        sentences = [] if self.detail == "cause" else [*([KEPT_TEXT] if has_words else []), words.do]
        data: dict[str, Any] = {"detail": " ".join(sentences), "tone": self.tone, "fault": fault_of(last)}
        if self.detail == "technical" and last.text:
            data["technical"] = last.text
        if self.retry:
            data |= RETRY_ACTION
        return last.become("failure", words.personal if self.tone == "personal" else words.plain, **data)

    def portable(self) -> Portable:
        """The step that tells of a break in plain words."""

        def row(words: FaultKind) -> tuple[str, str]:
            return words.personal if self.tone == "personal" else words.plain, "" if brief else words.do

        brief = self.detail == "cause"
        return portable_failure(
            {fault: row(words) for fault, words in PRODUCT_FAULTS.items()}, row(UNKNOWN_FAULT),
            kept="" if brief else KEPT_TEXT, keep=self.keep, technical=self.detail == "technical",
            data={"tone": self.tone, **(RETRY_ACTION if self.retry else {})},
        )  # fmt: skip
