"""Human handoff: passes to a person, with what that person needs to know."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from textwrap import shorten
from typing import ClassVar

from components.core.event import Event, Stream, answer_text_after
from components.core.faults import UNKNOWN_FAULT
from components.core.layer import Answer, Evidence, Example, Family, Layer, dial
from components.core.portable import Portable, PortableStep
from components.core.prompt import Message, Prompt
from components.core.remark import NO_DOUBT
from components.layers.failure.broken_answers import fault_of, replace_break
from components.layers.failure.fault_words import PRODUCT_FAULTS, fault_words, portable_failure

ON_FAILURE, ON_REQUEST, BOTH, WHEN_UNSURE = TRIGGERS = (
    "on failure", "when the person asks", "both", "on failure, or when unsure",
)  # fmt: skip
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
class HumanHandoff(Layer):
    """Offers to pass the conversation on to a person, and says what that person will see. Nothing is sent anywhere.

    People ask by the button under the answer, or in words: one who writes “human” or “talk to a real person” gets no
    answer by the model, and the offer at once. Where it hands over when unsure, the button stands under answers alone
    of which another pattern says that they are doubtful.
    """

    family = Family.FAILURE
    rank: ClassVar[int] = 6
    moves = ("resolution", "abandonment")
    evidence = (Evidence("none found for when to pass on to a person"),)
    example = Example(fault="cut", scenario="support_missing_parcel")
    replaces: ClassVar[bool] = True
    quiet: ClassVar[Mapping[str, str]] = {"trigger": WHEN_UNSURE}

    trigger: str = dial(BOTH, "When it is offered.", choices=TRIGGERS)
    label: str = dial("Talk to a person", "What the button says.")
    offered: str = dial("I will pass you on to a person.", "What is said to somebody who asks for a person in words.")
    after: str = dial("Passed on. A person will go on from here.", "What is shown once the button is pressed.")

    def play(self, prompt: Prompt, answer: Answer) -> Stream:
        """The answer, and the offer where it broke or the person may ask; a break is told in plain words."""
        if self.trigger != ON_FAILURE and self.offered.strip() and wants_a_person(prompt.text):
            yield Event(0.0, "text", self.offered.strip(), {"instead": True})
            yield self.offer(0.0, prompt)
            yield Event(0.0, "end")
            return
        shown, unsure = prompt.partial, False
        for event in replace_break(prompt, answer, plain_failure):
            shown, unsure = answer_text_after(shown, event), unsure or says_doubt(event)
            if event.kind == "failure" and self.trigger != ON_REQUEST:
                yield self.offer(event.at, prompt, shown, event.text)
            if (
                event.kind in ("end", "question")
                and shown.strip()
                and (self.stands_always or (self.trigger == WHEN_UNSURE and unsure))
            ):
                yield self.offer(event.at, prompt, shown)
            yield event

    @property
    def stands_always(self) -> bool:
        """Whether the button stands under every answer."""
        return self.trigger in (ON_REQUEST, BOTH)

    def needs(self) -> Mapping[str, str]:
        """Something has to say that the model is unsure, where it hands over then."""
        text = "Human handoff hands over when the model is unsure, but no pattern here tells that it is."
        return {NO_DOUBT: text} if self.trigger == WHEN_UNSURE else {}

    def offer(self, at: float, prompt: Prompt, shown: str = "", wrong: str = "") -> Event:
        """The button's `action` event, with what is passed on as its items."""
        answer = shorten(shown, MAX_PASSED_CHARS, placeholder="…")
        items = [
            f"Your question: {shorten(prompt.text, MAX_PASSED_CHARS, placeholder='…')}",
            f"The answer so far: {answer}" if answer else "No answer so far",
            *([f"What went wrong: {wrong}"] if wrong else []),
        ]
        return Event(
            at, "action", self.label.strip() or HumanHandoff.label, {"name": "say", "after": self.after, "items": items}
        )

    def portable(self) -> Portable:
        """A break in plain words, and the button that calls a person."""
        offered = self.offered.strip() if self.trigger != ON_FAILURE else ""
        offer_event = self.offer(0.0, Prompt((Message("user", "{question}"),)), "{answer}", "{wrong}")
        [question, answer, wrong], none = offer_event.data["items"], self.offer(0.0, Prompt(())).data["items"][1]
        says = {"question": question, "answer": answer, "none": none, "wrong": wrong}
        rows = {fault: (words.plain, words.do) for fault, words in PRODUCT_FAULTS.items()}
        values = {
            "wanted": HANDOFF_PATTERN.pattern if offered else None,
            "offered": offered,
            "on_failure": self.trigger != ON_REQUEST,
            "on_answer": self.stands_always,
            "on_doubt": self.trigger == WHEN_UNSURE,
            "label": offer_event.text,
            "after": self.after,
            "says": says,
        }
        steps = (
            *portable_failure(rows, (UNKNOWN_FAULT.plain, UNKNOWN_FAULT.do)).steps,
            PortableStep("handoff", {**values, "longest": MAX_PASSED_CHARS}),
        )
        return Portable(steps)


def says_doubt(event: Event) -> bool:
    """Whether an event tells people that the answer is doubtful, or stands in the place of a doubtful one."""
    return event.data.get("level") == "low" or bool(event.data.get("hedge")) or bool(event.data.get("instead"))


def wants_a_person(text: str) -> bool:
    """Whether a sentence asks to talk to a person or wants one, or has at most three words and names one."""
    return any(HANDOFF_PATTERN.search(sentence) for sentence in re.split(r"[.!?\n]+", text.casefold()))


def plain_failure(last: Event, has_words: bool) -> Event:  # noqa: ARG001
    """A `failure` event that tells a break in plain words."""
    fault = fault_of(last)
    words = fault_words(fault)
    return last.become("failure", words.plain, detail=words.do, fault=fault)
