"""Capability card: what the assistant can do and cannot, before the person asks."""

from dataclasses import dataclass
from typing import Any

from components.core.event import Stream
from components.core.layer import PEOPLE_UNKNOWN, Answer, Evidence, Example, Family, Layer, dial
from components.core.portable import Portable
from components.core.prompt import Prompt
from components.core.script import Script
from components.layers.added_content import content_remark
from components.layers.expectation.before_answer import card_before_asking, show_before_answer, text_lines
from components.layers.portable_parts import opening_step

STOCK_ABILITIES = (  # words of earlier versions that nobody wrote
    "Explain things in plain words\nSuggest next steps",
    "Look things up\nKnow what happened lately",
)
TITLES = ("Can", "Cannot")


@dataclass(frozen=True)
class CapabilityCard(Layer):
    """Says before the question what this assistant is good for and what it is not, as written for it or by you."""

    family = Family.EXPECTATION
    moves = ("acceptance", "wrong expectations")
    example = Example(scenario="support_missing_parcel")
    evidence = (
        Evidence(
            "related: other ways of setting expectations raised acceptance of an assistant that was right half "
            "of the time",
            PEOPLE_UNKNOWN,
            "Kocielnik 2019",
            "https://doi.org/10.1145/3290605.3300641",
        ),
    )

    can: str = dial("", "What it can do, one a line; where both are empty, what was written for the question.")
    cannot: str = dial("", "What it cannot do, one a line.")

    def columns(self, script: Script) -> list[dict[str, Any]]:
        """What it can and cannot do, as columns with a title and items; none where nothing was written."""
        own = [text_lines("" if words in STOCK_ABILITIES else words) for words in (self.can, self.cannot)]
        lists = own if any(own) else [list(script.can), list(script.cannot)]
        return [{"title": title, "items": items} for title, items in zip(TITLES, lists, strict=True) if items]

    def play(self, prompt: Prompt, answer: Answer) -> Stream:
        """The card at once, then the answer."""
        columns = self.columns(prompt.script)
        remark = content_remark(0.0, "Capability card needs", "write what this assistant can do and what it cannot")
        card = card_before_asking("What to expect", "abilities", columns=columns) if columns else remark
        return show_before_answer(prompt, answer, card)

    def portable(self) -> Portable:
        """What is said above the first answer."""
        return opening_step(self)
