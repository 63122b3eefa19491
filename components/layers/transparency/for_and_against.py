"""For and against: both cases beside each other."""

from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from components.core.event import Event, Stream
from components.core.layer import PEOPLE_UNKNOWN, Answer, Evidence, Example, Family, Layer, dial
from components.core.portable import Portable, portable_step
from components.core.prompt import Prompt
from components.layers.added_content import find_content, origin_dial, parse_list, portable_content
from components.layers.below_answer import ClosingStream, append_below_answer
from components.layers.content_rules import Lines

MODEL_PROMPT = (
    "What speaks for and what against this answer? Write each point on its own line, and begin it with “For:” or "
    "“Against:”."
)
FOR, AGAINST = "For", "Against"


@dataclass(frozen=True)
class ForAndAgainst(Layer):
    """Shows what speaks for the answer and what against it, side by side."""

    family = Family.TRANSPARENCY
    rank: ClassVar[int] = 2
    moves = ("over-reliance", "understanding")
    example = Example(scenario="tenancy_deposit")
    evidence = (
        Evidence(
            "arguments for and against were the only kind of explanation that helped people tell right answers "
            "from wrong ones",
            PEOPLE_UNKNOWN,
            "Palod 2026",
            "https://arxiv.org/abs/2605.10930",
        ),
    )

    balance: str = dial(
        "as many of each", "Whether both sides get the same room.", choices=("as many of each", "all there are")
    )
    against_first: bool = dial(False, "Begin with what speaks against it.")
    count: int = dial(3, "How many points a side at the most.", 1, 6, 1, "points")
    origin: str = origin_dial()
    own: str = dial("For: It is the usual advice\nAgainst: Your case may be special",
                    "Your own points, one a line, each begun with For: or Against:.")  # fmt: skip

    def play(self, prompt: Prompt, answer: Answer) -> Stream:
        """The answer, and both cases."""
        return append_below_answer(prompt, answer, partial(self.add_columns, prompt, answer))

    def add_columns(self, prompt: Prompt, answer: Answer, text: str, last: Event) -> ClosingStream:
        """A card with a column for each side, then the last event."""
        item = prompt.script
        script_lines = [f"{FOR}: {point}" for point in item.pro] + [f"{AGAINST}: {point}" for point in item.contra]
        content = yield from find_content(
            self.origin,
            prompt,
            answer,
            last.at,
            MODEL_PROMPT,
            script_lines,
            self.own,
            after_answer=text,
            parse=parse_sides,
        )
        sides = {name: side_points(content.lines, name) for name in (FOR, AGAINST)}
        room = min(self.count, *map(len, sides.values())) if self.balance == "as many of each" else self.count
        order = (AGAINST, FOR) if self.against_first else (FOR, AGAINST)
        columns = [{"title": name, "items": sides[name][:room]} for name in order if sides[name][:room]]
        if columns:
            data = {"tone": "card", "columns": columns, "origin": content.origin_label}
            yield Event(content.at, "notice", "Both sides", data)
        return last.with_time(max(last.at, content.at))

    def portable(self) -> Portable:
        """The step that shows points of both sides below an answer."""
        sides = [AGAINST, FOR] if self.against_first else [FOR, AGAINST]
        even = self.balance == "as many of each"
        show = {"as": "columns", "title": "Both sides", "most": self.count, "even": even, "sides": sides}
        content = portable_content(self.origin, MODEL_PROMPT, self.own, said=None, read="sides")
        return portable_step("more", place="after", content=content, show=show, sign=None)


def side_points(lines: Lines, side: str) -> list[str]:
    """The points of one side without its name."""
    parts = (line.partition(":") for line in lines)
    return [point.strip() for name, _, point in parts if name.strip().casefold() == side.casefold() and point.strip()]


def parse_sides(text: str) -> Lines:
    """The lines of a reply, each begun with its side; none unless both sides have one."""
    lines = parse_list(text.replace("**", ""))
    return lines if side_points(lines, FOR) and side_points(lines, AGAINST) else ()
