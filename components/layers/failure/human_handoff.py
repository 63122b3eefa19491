"""Human handoff: passes to a person, with what that person needs to know."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from textwrap import shorten
from typing import ClassVar

from components.core.card import Card
from components.core.event import Event, Stream, answer_text_after
from components.core.faults import UNKNOWN_FAULT
from components.core.layer import Answer, Evidence, Example, Family, dial
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

    trigger: str = dial(BOTH, "When it passes on; “both” is on failure and when the person asks.", choices=TRIGGERS)
    label: str = dial("Talk to a person", "What the button says.")
    offered: str = dial("I will pass you on to a person.", "What is said to somebody who asks for a person in words.")
    after: str = dial("Passed on. A person will go on from here.", "What is shown while they wait for the person.")
    threshold: float = dial(0.5, "When unsure: below this probability a person answers.", 0, 1, 0.01)
    unsure: str = dial("I'm not sure enough of the answer.", "When unsure: what is said before it passes on.")
    person: str = dial(
        "Sam Rivera | Customer care | Hi, I have read your conversation. Let me look into it.",
        "Who takes over, where nobody was written for the question: name | role | first words.",
    )
    wait: float = dial(4.0, "How long it takes until the person is there.", 0, 60, 0.5, "s")
    review: bool = dial(True, "Let people read and change what is passed on.")

    @property
    def doubts(self) -> bool:
        """Whether it passes on where the model is unsure."""
        return self.trigger in (WHEN_UNSURE, ALWAYS) and bool(self.unsure.strip())

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
        rows = {fault: (words.plain, words.do) for fault, words in PRODUCT_FAULTS.items()}
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
        told = portable_failure(rows, (UNKNOWN_FAULT.plain, UNKNOWN_FAULT.do)).steps
        return Portable((*inner, *told, PortableStep("handoff", values)))


def wants_a_person(text: str) -> bool:
    """Whether a sentence asks to talk to a person or wants one, or has at most three words and names one."""
    return any(HANDOFF_PATTERN.search(sentence) for sentence in re.split(r"[.!?\n]+", text.casefold()))


def plain_failure(last: Event, has_words: bool) -> Event:  # noqa: ARG001
    """A `failure` event that tells a break in plain words."""
    fault = fault_of(last)
    words = fault_words(fault)
    return last.become("failure", words.plain, detail=words.do, fault=fault)
