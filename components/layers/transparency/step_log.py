"""Step log: what is done for the answer, step by step, and kept to look at."""

from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from components.core.event import Event, Stream, shifted
from components.core.layer import PEOPLE_UNKNOWN, Answer, Evidence, Example, Family, Layer, dial
from components.core.portable import Portable, portable_step
from components.core.prompt import Prompt
from components.layers.added_content import ORIGIN_SCRIPT, Content, find_content, origin_dial, portable_content
from components.layers.below_answer import ClosingStream, append_below_answer
from components.layers.delivery.waiting_signs import show_signs

MODEL_PROMPT = "Before you answer, list in a few words each what you will do for it, one step a line."


@dataclass(frozen=True)
class StepLog(Layer):
    """Shows each step of the work while the person waits, and keeps the list below the answer."""

    family = Family.TRANSPARENCY
    rank: ClassVar[int] = 4
    moves = ("perceived effort", "trust", "checking")
    example = Example(scenario="support_missing_parcel")
    evidence = (
        Evidence(
            "related: with the work made visible, people can prefer websites that take longer (5 experiments)",
            PEOPLE_UNKNOWN,
            "Buell & Norton 2011",
            "https://doi.org/10.1287/mnsc.1110.1376",
        ),
        Evidence("none found for a log of what a model did"),
    )

    depth: int = dial(4, "How many steps at the most.", 1, 8, 1, "steps")
    dwell: float = dial(0.8, "How long each step is shown; the last one until the first words.", 0.2, 10, 0.1, "s")
    keep: bool = dial(True, "Keep the list below the answer, folded.")
    title: str = dial("What was done", "What stands above the list.")
    origin: str = origin_dial(ORIGIN_SCRIPT)
    own: str = dial("Read your request\nLooked for what matters\nWrote the answer", "Your own steps, one a line.")

    def play(self, prompt: Prompt, answer: Answer) -> Stream:
        """Each step as its time comes, the answer, and the list."""
        if prompt.attempt or prompt.partial:
            yield from answer(prompt)
            return
        content = yield from find_content(self.origin, prompt, answer, 0.0, MODEL_PROMPT, prompt.script.steps, self.own)
        steps = content.lines[: self.depth]
        shape = {"shape": "step", "origin": content.origin_label}
        plan = [Event(content.at + n * self.dwell, "status", step, shape) for n, step in enumerate(steps)]
        waiting = partial(show_signs, lambda inner: shifted(answer(inner), content.at), plan=plan)
        yield from append_below_answer(
            prompt, waiting, partial(self.add_log, Content(steps, content.origin, content.at))
        )

    def add_log(self, content: Content, _: str, last: Event) -> ClosingStream:
        """The list of steps as a folded notice, then the last event."""
        if self.keep and content.lines:
            data = {"items": list(content.lines), "fold": "closed", "origin": content.origin_label}
            yield last.become("notice", self.title, **data)
        return last

    def portable(self) -> Portable:
        """Steps, while an answer is waited for, and below it."""
        show = {"as": "steps", "title": self.title, "most": self.depth, "dwell": self.dwell, "keep": self.keep}
        content = portable_content(self.origin, MODEL_PROMPT, self.own)
        return portable_step("more", place="waiting", content=content, show=show, sign=None)
