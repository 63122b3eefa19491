"""Citations: sources under the answer, and their numbers behind what they are about."""

from dataclasses import dataclass
from functools import partial

from components.core.card import Card
from components.core.event import Event, Stream
from components.core.layer import Answer, Evidence, Example, Family, Layer, dial
from components.core.portable import Portable, portable_step
from components.core.prompt import Prompt
from components.core.remark import Remark
from components.layers.added_content import ORIGIN_MODEL, ORIGIN_SCRIPT, find_content, origin_dial, portable_content
from components.layers.below_answer import ClosingStream, append_below_answer

MODEL_PROMPT = "Which sources support this answer? Write the title of each on its own line."


@dataclass(frozen=True)
class Citations(Layer):
    """Lists where the answer can be checked, and puts the number of a source behind the words it is about."""

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
        "Your handbook, chapter 2 | What it says about this",
        "Your own sources, one a line: title | what it says | the words of the answer it is about.",
    )

    def play(self, prompt: Prompt, answer: Answer) -> Stream:
        """The answer, and its sources."""
        return append_below_answer(prompt, answer, partial(self.add_sources, prompt, answer))

    def add_sources(self, prompt: Prompt, answer: Answer, text: str, last: Event) -> ClosingStream:
        """A `source` event for each source, then the last event."""
        script_lines = prompt.script.sources
        content = yield from find_content(
            self.origin, prompt, answer, last.at, MODEL_PROMPT, script_lines, self.own, after_answer=text
        )
        for number, line in enumerate(content.lines[: self.count], 1):
            title, detail, claim = [*(part.strip() for part in line.split("|", 2)), "", ""][:3]
            about = claim if self.granularity == "claim" and claim in text else ""
            data = {"n": number, "detail": detail, "claim": about, "nth": 0, "preview": self.preview,
                    "origin": content.origin_label}  # fmt: skip
            yield Event(content.at, "source", title, data)
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
        content = portable_content(self.origin, MODEL_PROMPT, self.own, said=None)
        return portable_step("more", place="after", content=content, show=show, sign=None)
