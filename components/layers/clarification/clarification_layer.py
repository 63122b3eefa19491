"""Clarification: when to ask back before answering, by a stated method, and how often."""

from collections.abc import Generator
from dataclasses import dataclass
from typing import Any

from components.core.event import Event, Stream, shifted
from components.core.layer import Answer, Family, Layer, dial
from components.core.portable import NotPortable, Portable, portable_step
from components.core.prompt import Prompt
from components.layers.confidence.agreement import agreement_share
from components.layers.confidence.score_by_asking import MIN_SAMPLES, next_attempts
from components.layers.hidden_answers import collect_parallel, is_stand_in

MISSING, DIFFER, ALWAYS, NEVER = ASK_METHODS = ("missing details", "answers differ", "always", "never")
READING_STATUS = Event(0.0, "status", "Reading your question", {"shape": "typing"})

QuestionStream = Generator[
    Event, None, Event
]  # the question, or a silence at the moment when it is known that there is none
DecisionStream = Generator[
    Event, None, tuple[bool, float]
]  # whether to ask, and when that was known, in seconds since Send


@dataclass(frozen=True)
class Clarification(Layer, base=True):
    """A pattern that may ask before it has the model answer. What is not known never makes it ask."""

    family = Family.CLARIFICATION

    when: str = dial(
        MISSING,
        "Missing details: those written for the question. Answers differ: the model, asked a few times before, "
        "does not agree with itself.",
        choices=ASK_METHODS,
    )
    threshold: float = dial(
        0.6,
        "Missing details: it asks from this many on, and from one at the least. Answers differ: it asks where less "
        "than this share of them agrees.",
        0, 5, 0.1,
    )  # fmt: skip
    maximum: int = dial(1, "How many questions are asked before the answer, at the most.", 1, 3, 1, "questions")

    def play(self, prompt: Prompt, answer: Answer) -> Stream:
        """The question and nothing more, until it is answered; else the answer."""
        wanted, at = yield from self.decide_to_ask(prompt, answer)
        event = (yield from self.ask_question(prompt, answer, at)) if wanted else Event(at, "silence")
        if event.kind == "question":
            yield event
        else:
            yield from shifted(answer(prompt), event.at)

    def ask_question(self, prompt: Prompt, answer: Answer, at: float) -> QuestionStream:
        """Yields silences, and returns the question event; a silence where nothing is asked. `at` is in seconds
        since Send.
        """
        raise NotImplementedError

    def decide_to_ask(self, prompt: Prompt, answer: Answer) -> DecisionStream:
        """Returns (whether to ask, when that was known, in seconds since Send): the method calls for a question, and
        fewer than `maximum` were asked.
        """
        if len(prompt.choices) >= self.maximum:
            return False, 0.0
        if self.when == DIFFER and not (prompt.attempt or prompt.partial):
            return (yield from self.compare_samples(prompt, answer))
        return self.calls_for_question(prompt), 0.0

    def calls_for_question(self, prompt: Prompt) -> bool:
        """Whether the prompt itself calls for a question; each one that was answered gave one detail."""
        left = len(prompt.script.missing) - len(prompt.choices)
        return self.when == ALWAYS or (self.when == MISSING and 0 < left >= self.threshold)

    def compare_samples(self, prompt: Prompt, answer: Answer) -> DecisionStream:
        """Returns (whether hidden samples disagree, when that was known); False where there were too few of them."""
        yield READING_STATUS
        heard = yield from collect_parallel((answer(step) for step in next_attempts(prompt)), 0.0)
        first, *others = [hidden.text for hidden in heard if hidden.whole] or [""]
        at = max((hidden.at for hidden in heard if hidden.last and not is_stand_in(hidden.last)), default=0.0)
        return 1 + len(others) >= MIN_SAMPLES and agreement_share(first, others, prompt.text) < self.threshold, at

    def portable(self) -> Portable | NotPortable:
        """The question before an answer, where a product can know when to ask it."""
        if self.when == MISSING:
            return NotPortable("It asks what a prompt pack says a request lacks; a product has no such pack.")
        if self.when == NEVER:
            return Portable()
        when = {DIFFER: "differ", ALWAYS: "always"}.get(self.when, "short")
        values = {"when": when, "short": 0, "threshold": self.threshold, "maximum": self.maximum}
        return portable_step("clarify", **values, sign=READING_STATUS.to_json(), **self.portable_question())

    def portable_question(self) -> dict[str, Any]:
        """The values of such a step that say what is asked."""
        raise NotImplementedError
