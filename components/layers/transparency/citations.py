"""Citations: sources under the answer, and their numbers behind what they are about."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial

from components.core.card import Card
from components.core.event import Event, Stream
from components.core.layer import Answer, Evidence, Example, Family, Layer, dial
from components.core.portable import Portable, portable_step
from components.core.prompt import Prompt
from components.core.remark import Remark
from components.core.script import split_parts
from components.layers.added_content import (
    ORIGIN_MODEL,
    ORIGIN_SCRIPT,
    content_remark,
    current_script,
    find_content,
    origin_dial,
    portable_content,
)
from components.layers.below_answer import ClosingStream, append_below_answer
from components.layers.content_rules import SOURCE_RULE

MODEL_PROMPT = "Which sources support this answer? Write the title of each on its own line."


@dataclass(frozen=True)
class CitedSource:
    """A source: its title, the passage, the words of the answer that the passage bears out, and where it is read."""

    title: str
    passage: str
    claim: str
    address: str


@dataclass(frozen=True)
class Citations(Layer):
    """Shows the sources as cards, and puts the number of each behind the words of the answer that it bears out.

    A source that is about other words than the answer's is left out.
    """

    family = Family.TRANSPARENCY
    moves = ("checking", "wrong reliance", "trust")
    example = Example(scenario="leave_carry_over")
    evidence = (
        Evidence(
            "sources reduced reliance on wrong answers",
            308,
            "Kim 2025",
            "https://arxiv.org/abs/2502.08554",
        ),
        Evidence(
            "related: in a maze game, explanations reduced over-reliance where they made checking easier",
            731,
            "Vasconcelos 2023",
            "https://arxiv.org/abs/2212.06823",
        ),
    )

    granularity: str = dial("claim", "Numbers behind each claim, or only a list.", choices=("claim", "answer"))
    preview: bool = dial(True, "Show what a source says when its number is pointed at or reached by the keyboard.")
    count: int = dial(4, "How many sources at the most.", 1, 8, 1, "sources")
    origin: str = origin_dial(ORIGIN_SCRIPT)
    own: str = dial(
        "",
        "Your own sources, one a line: title | what it says | the words of the answer that it bears out | address.",
    )

    def play(self, prompt: Prompt, answer: Answer) -> Stream:
        """The answer, and its sources."""
        return append_below_answer(prompt, answer, partial(self.add_sources, prompt, answer))

    def add_sources(self, prompt: Prompt, answer: Answer, text: str, last: Event) -> ClosingStream:
        """A `source` event for each source, then the last event. One that bears out other words is left out."""
        content = yield from find_content(
            self.origin, prompt, answer, last.at, MODEL_PROMPT, current_script(prompt).sources, self.own,
            after_answer=text, rule=SOURCE_RULE,
        )  # fmt: skip
        sources = supported_sources(content.lines, text)[: self.count]
        for number, source in enumerate(sources, 1):
            about = source.claim if self.granularity == "claim" else ""
            address = {"address": source.address} if source.address else {}
            data = {"n": number, "detail": source.passage, "claim": about, "nth": 0, "preview": self.preview, **address,
                    "origin": content.origin_label}  # fmt: skip
            yield Event(content.at, "source", source.title, data)
        if not content.lines:
            yield content_remark(content.at, "Citations need", "write sources for this question")
        elif not sources:
            yield content_remark(content.at, "Citations need other", "no source bears out what this answer says")
        return last.with_time(max(last.at, content.at))

    def remarks(self, card: Card | None = None) -> tuple[Remark, ...]:  # noqa: ARG002
        """A remark where the sources are the model's: it invents them."""
        if self.origin != ORIGIN_MODEL:
            return ()
        text = "Citations come from the model: language models invent titles. Take them from a search or a script."
        return (Remark(text),)

    def portable(self) -> Portable:
        """The step that shows sources below an answer."""
        claims = self.granularity == "claim"
        show = {"as": "sources", "most": self.count, "claims": claims, "preview": self.preview}
        content = portable_content(self.origin, MODEL_PROMPT, self.own, said=None, rule=SOURCE_RULE)
        return portable_step("more", place="after", content=content, show=show, sign=None)


def supported_sources(lines: Iterable[str], text: str) -> list[CitedSource]:
    """The sources whose claim is in the text, in the order of their claims, then those that claim nothing.

    An address that is none of the web is taken out.
    """
    sources = [CitedSource(*split_parts(line, 4)) for line in lines]
    fitting = [source for source in sources if source.title and source.claim in text]
    ordered = sorted(fitting, key=lambda source: text.index(source.claim) if source.claim else len(text))
    return [replace(source, address=web_address(source.address)) for source in ordered]


def web_address(text: str) -> str:
    """The address where it begins with http:// or https:// and has no spaces; else ""."""
    return text if re.fullmatch(r"https?://[^\s<>\"']+", text, re.IGNORECASE) else ""
