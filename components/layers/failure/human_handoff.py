"""Human handoff: passes to a person, with what that person needs to know."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from textwrap import shorten
from typing import ClassVar

from components.core.card import Card
from components.core.event import Event, Stream, answer_text_after
from components.core.faults import UNKNOWN_FAULT
from components.core.layer import Answer, Evidence, Example, Family, Layer, dial
from components.core.portable import Portable, PortableStep
from components.core.prompt import Message, Prompt
from components.core.remark import Remark
from components.core.script import split_parts
from components.layers.confidence.abstain import Abstain
from components.layers.confidence.scored_layer import ScoredLayer
from components.layers.failure.broken_answers import fault_of, replace_break
from components.layers.failure.fault_words import PRODUCT_FAULTS, fault_words, portable_failure

ON_FAILURE, ON_REQUEST, BOTH, WHEN_UNSURE, ALWAYS = TRIGGERS = (
    "on failure", "when the person asks", "both", "when unsure", "always",
)  # fmt: skip
FAILING = (ON_FAILURE, BOTH, ALWAYS)
ASKING = (ON_REQUEST, BOTH, ALWAYS)
PERSON_PATTERN = (
    r"(?:human(?: being)?|person|real people|agent|representative|operator|somebody real)\b(?! (?:who|that|with|in)\b)"
)
HANDOFF_PATTERN = re.compile(
    rf"\b(?:talk|speak|chat|connect|transfer|pass|put)\w*(?: \w+){{0,3}} {PERSON_PATTERN}|"
    rf"\b(?:want|need|get me|give me)(?: an?| some)?(?: real| live| human)? {PERSON_PATTERN}(?! (?!now|please|pls)\w)|"
    rf"^\W*(?:\w+\W+)?(?:{PERSON_PATTERN})(?:\W+\w+)?\W*$"
)
PERSON_GOES_ON = "A person can go on from here."
MAX_PASSED_CHARS = 200  # characters of the question and of the answer that are passed on


@dataclass(frozen=True)
class HumanHandoff(ScoredLayer):
    """Passes the conversation on to a person, with what was said and chosen. Nothing is sent anywhere.

    People ask by the button under the answer, or in words: one who writes “human” or “talk to a real person” gets no
    answer by the model, and is passed on at once. So is one whose answer the model is too unsure of, if you wish.
    """

    family = Family.FAILURE
    rank: ClassVar[int] = 6
    moves = ("resolution", "abandonment")
    evidence = (Evidence("none found for when to pass on to a person"),)
    example = Example(fault="cut", scenario="support_missing_parcel")
    replaces: ClassVar[bool] = True
    quiet: ClassVar[Mapping[str, str]] = {"trigger": WHEN_UNSURE}

    trigger: str = dial(
        BOTH, "When it passes on to a person; “always” is on a failure, when asked for and when unsure.",
        choices=TRIGGERS, title="When a person takes over",
    )  # fmt: skip
    label: str = dial("Talk to a person", "What the button says.", title="Words on the button")
    offered: str = dial("I will pass you on to a person.", "What is said to somebody who asks for a person in words.")
    after: str = dial(
        "Passed on. A person will go on from here.", "What is shown while people wait for the person.",
        title="Words while people wait",
    )  # fmt: skip
    threshold: float = dial(
        0.5, "A person answers where the model is less sure than this.", 0, 1, 0.01, title="Unsure below"
    )
    unsure: str = dial(
        "I'm not sure enough of the answer.", "What is said before it passes on, where the model is unsure.",
        title="Words when unsure",
    )  # fmt: skip
    person: str = dial(
        "Sam Rivera | Customer care | Hi, I have read your conversation. Let me look into it.",
        "Who takes over, where nobody was written for the question: name | role | first words.",
        title="Who takes over",
    )
    wait: float = dial(
        4.0, "How long it takes until the person is there.", 0, 60, 0.5, "s", title="Wait for the person"
    )
    review: bool = dial(True, "People read what is passed on, and can change it.", title="Let people change it first")

    @property
    def doubts(self) -> bool:
        """Whether it passes on where the model is unsure."""
        return self.trigger in (WHEN_UNSURE, ALWAYS) and bool(self.unsure.strip())

    def score_lender(self, others: Sequence[Layer]) -> ScoredLayer | None:
        """The pattern whose score it goes by: the one that abstains, else one that shows how sure the model is."""
        scored = [other for other in others if isinstance(other, ScoredLayer) and not isinstance(other, HumanHandoff)]
        scored.sort(key=lambda other: (not isinstance(other, Abstain), other.token_limit))
        return scored[0] if scored and self.doubts else None

    def among(self, others: Sequence[Layer]) -> Layer:
        """Beside a pattern that shows how sure the model is, it goes by the same score; where one abstains, that one
        alone says when the model is unsure."""
        lender = self.score_lender(others)
        if lender is None:
            return self
        words = "" if isinstance(lender, Abstain) else self.unsure
        return replace(self, source=lender.source, calibration=lender.calibration, unsure=words)

    @property
    def abstaining(self) -> Abstain:
        """The pattern that keeps an unsure answer back."""
        return Abstain(
            source=self.source, calibration=self.calibration, threshold=self.threshold, words=self.unsure.strip()
        )

    @property
    def offered_text(self) -> str:
        """What is said where it passes on."""
        return self.offered.strip() or HumanHandoff.offered

    def remarks(self, card: Card | None = None) -> tuple[Remark, ...]:
        """What its score is worth, where it rests on one."""
        return super().remarks(card) if self.doubts else ()

    def play(self, prompt: Prompt, answer: Answer) -> Stream:
        """The answer, and the offer where it broke, is too unsure, or the person may ask; a break in plain words."""
        if self.trigger in ASKING and self.offered.strip() and wants_a_person(prompt.text):
            yield Event(0.0, "text", self.offered.strip(), {"instead": True})
            yield self.offer(0.0, prompt, begins=True)
            yield Event(0.0, "end")
            return
        inner = self.abstaining.around(answer) if self.doubts else answer
        shown, unsure = prompt.partial, False
        for event in replace_break(prompt, inner, plain_failure):
            unsure = unsure or bool(event.data.get("unsure"))
            if event.data.get("unsure") == "redirect":
                event = Event(event.at, "text", self.offered_text, event.data)
            shown = answer_text_after(shown, event)
            if event.kind == "failure" and self.trigger in FAILING:
                yield self.offer(event.at, prompt, shown, event.text)
            if event.kind in ("end", "question") and shown.strip() and (unsure or self.trigger in ASKING):
                yield self.offer(event.at, prompt, "" if unsure else shown, begins=unsure)
            yield event

    def offer(self, at: float, prompt: Prompt, shown: str = "", wrong: str = "", begins: bool = False) -> Event:
        """The `action` event that passes on, with what is passed on as its items; if it `begins`, without a press."""
        answer = shorten(shown, MAX_PASSED_CHARS, placeholder="…")
        items = [
            f"Your question: {shorten(prompt.text, MAX_PASSED_CHARS, placeholder='…')}",
            *(f"You chose: {shorten(c.option, MAX_PASSED_CHARS, placeholder='…')}" for c in prompt.choices),
            f"The answer so far: {answer}" if answer else "No answer so far",
            *([f"What went wrong: {wrong}"] if wrong else []),
        ]
        data = {"name": "person", "after": self.after, "items": items, "wait": self.wait, "review": self.review}
        person = split_parts(prompt.script.person if prompt.script.person.strip() else self.person, 3)
        return Event(
            at, "action", self.label.strip() or HumanHandoff.label, {**data, "person": list(person), "open": begins}
        )

    def portable(self) -> Portable:
        """An unsure answer kept back, a break in plain words, and the button that calls a person."""
        asked = Prompt((Message("user", "{question}"),)).with_choice("", "{chosen}")
        offer_event = self.offer(0.0, asked, "{answer}", "{wrong}")
        [question, chosen, answer, wrong], none = (
            offer_event.data["items"],
            self.offer(0.0, Prompt(())).data["items"][1],
        )
        says = {"question": question, "chosen": chosen, "answer": answer, "none": none, "wrong": wrong}
        rows = {fault: (words.plain, PERSON_GOES_ON) for fault, words in PRODUCT_FAULTS.items()}
        values = {
            "wanted": HANDOFF_PATTERN.pattern if self.trigger in ASKING and self.offered.strip() else None,
            "offered": self.offered_text,
            "on_failure": self.trigger in FAILING,
            "on_answer": self.trigger in ASKING,
            "label": offer_event.text,
            "data": {key: value for key, value in offer_event.data.items() if key not in ("items", "open")},
            "says": says,
            "longest": MAX_PASSED_CHARS,
        }
        inner = self.abstaining.portable().steps if self.doubts else ()
        told = portable_failure(rows, (UNKNOWN_FAULT.plain, PERSON_GOES_ON)).steps
        return Portable((*inner, *told, PortableStep("handoff", values)))


def wants_a_person(text: str) -> bool:
    """Whether a sentence asks to talk to a person or wants one, or has at most three words and names one."""
    return any(HANDOFF_PATTERN.search(sentence) for sentence in re.split(r"[.!?\n]+", text.casefold()))


def plain_failure(last: Event, has_words: bool) -> Event:  # noqa: ARG001
    """A `failure` event that tells a break in plain words."""
    fault = fault_of(last)
    words = fault_words(fault)
    return last.become("failure", words.plain, detail=PERSON_GOES_ON, fault=fault)
