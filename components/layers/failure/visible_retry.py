"""Visible retry: tries again when the answer breaks, and lets the person see it."""

from collections.abc import Generator
from dataclasses import dataclass
from typing import ClassVar

from components.core.event import Event, Stream, answer_text_after, shifted
from components.core.faults import FAULT_KINDS, UNKNOWN_FAULT, fault_kind
from components.core.layer import Answer, Evidence, Example, Family, Layer, dial
from components.core.portable import Portable, portable_step
from components.core.prompt import Prompt
from components.layers.failure.broken_answers import answer_broke, fault_of, held_words
from components.layers.failure.fault_words import PRODUCT_FAULTS, fault_words, portable_failure

NOT_RETRYABLE = tuple(name for name, kind in FAULT_KINDS.items() if not kind.curable)


@dataclass(frozen=True)
class VisibleRetry(Layer):
    """Tries again when the answer breaks and says so; when every attempt fails, another failure pattern takes over."""

    family = Family.FAILURE
    moves = ("abandonment", "recovery")
    evidence = (Evidence("none found for showing the attempts"),)
    example = Example(fault="cut", scenario="card_dispute")
    joins_hidden_turns: ClassVar[bool] = True  # what nobody sees is tried again too
    retries: ClassVar[bool] = True

    automatic: bool = dial(True, "Try again by itself, or wait for the person to press a button.")
    attempts: int = dial(2, "How many more attempts there are after the first.", 0, 2, 1, "attempts")
    back_off: float = dial(1.0, "Seconds before the next attempt; each further wait is twice as long.", 0, 10, 0.5, "s")

    def play(self, prompt: Prompt, answer: Answer) -> Stream:
        """The first attempt that gets through, after the broken ones; else the last one as it is."""
        if not self.automatic:
            yield from self.retry_by_hand(prompt, answer)
            return
        start = 0.0
        for tried in range(self.attempts):
            last = yield from play_attempt(prompt, shifted(answer(prompt), start), first=not tried)
            if last is None:
                return
            yield last.become("status", f"Trying again ({tried + 1} of {self.attempts})", shape="spinner")
            start = last.at + self.back_off * 2**tried
            prompt = prompt.next_attempt()
        stream = shifted(answer(prompt), start)
        yield from (event for event in stream if not self.attempts or event.kind != "status")

    def retry_by_hand(self, prompt: Prompt, answer: Answer) -> Stream:
        """The answer; a break as a button, for as many attempts as there are."""
        shown = prompt.partial
        for event in answer(prompt):
            shown = answer_text_after(shown, event)
            if is_retryable(event, shown) and prompt.attempt < self.attempts:
                label = f"Try again ({prompt.attempt + 1} of {self.attempts})"
                data = {"actions": ["retry"], "labels": {"retry": label}, "fault": fault_of(event)}
                yield from held_words(event)
                event = event.become("failure", fault_words(fault_of(event)).plain, **data)
            yield event

    def portable(self) -> Portable:
        """Further attempts by itself, or the button for one."""
        count = range(1, self.attempts + 1)
        if self.automatic:
            says = [f"Trying again ({n} of {self.attempts})" for n in count]
            return portable_step("retry", says=says, back_off=self.back_off, excepted=list(NOT_RETRYABLE))
        return portable_failure(
            {fault: (words.plain,) for fault, words in PRODUCT_FAULTS.items()}, (UNKNOWN_FAULT.plain,),
            excepted=NOT_RETRYABLE,
            labels=[f"Try again ({n} of {self.attempts})" for n in count], data={"actions": ["retry"]},
        )  # fmt: skip


def play_attempt(prompt: Prompt, stream: Stream, first: bool) -> Generator[Event, None, Event | None]:
    """One attempt; where it breaks, its words are taken back and the event it broke at is returned, else None.

    Later attempts show no sign of their own: that it tries again is the sign.
    """
    shown = prompt.partial
    verdicts: list[Event] = []  # verdicts wait until it is certain that their words stay
    for event in stream:
        shown = answer_text_after(shown, event)
        if is_retryable(event, shown):
            if shown != prompt.partial:
                yield event.become("revise", prompt.partial)
            return event
        if event.kind in ("badge", "notice"):
            verdicts.append(event)
            continue
        if event.kind != "silence":
            yield from verdicts
            verdicts = []
        if first or event.kind != "status":
            yield event
    yield from verdicts
    return None


def is_retryable(last: Event, shown: str) -> bool:
    """Whether the answer broke in a way that another attempt may cure."""
    return answer_broke(last, shown) and fault_kind(fault_of(last)).curable
