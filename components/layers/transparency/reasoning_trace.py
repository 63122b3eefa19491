"""Reasoning trace: what is thought before the answer."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, ClassVar

from components.core.event import LAST, Event, Stream, in_order
from components.core.layer import PEOPLE_UNKNOWN, Answer, Evidence, Example, Family, Layer, dial
from components.core.portable import NotPortable, Portable, portable_step
from components.core.prompt import Prompt
from components.layers.added_content import (
    ORIGIN_DESIGNER,
    content_remark,
    current_script,
    origin_dial,
    parse_list,
    portable_content,
    written_content,
)
from components.layers.content_rules import written_words
from components.layers.peek_recording import peek_recording

SHOW_CHOICES = ("full", "summary", "on demand")
OLD_TITLE, TITLE = "What I thought about", "Thought for {seconds}"
UNTIMED_TITLE = "Thoughts"  # where nobody knows how long it thought
SENTENCE_END, LINE_END = re.compile(r"(?<=\D[.!?])\s+"), re.compile(r"\n+")
NEEDED = "this answer came without thoughts; write them, or use a model that thinks"
LEAST_PAUSE_S = 1.0  # seconds after the last thought in which the first words still belong to the thinking

Thought = tuple[float, str]  # seconds since Send, and what was thought from then on
TimedPiece = tuple[float, str]  # seconds since Send, and some letters of a thought


def recorded_thoughts(events: Iterable[Event]) -> list[Thought]:
    """What a model thought before its first words, a line or a sentence each; [] where nothing was recorded.

    Where nobody told when, it comes with the first words.
    """
    for event in events:
        pieces = recorded_pieces(event)
        if pieces or event.carries_words:
            return split_thoughts(pieces)
    return []


def recorded_pieces(event: Event) -> list[TimedPiece]:
    """The pieces of thoughts that came with an event; [] where none did."""
    beside = [token.get("thoughts", ()) for token in event.tokens] or [event.data.get("thoughts", ())]
    return [(event.at if at is None else float(at), str(text)) for pairs in beside for at, text in pairs]


def split_thoughts(thoughts: list[Thought]) -> list[Thought]:
    """The same thoughts, one a line, each at the moment at which its first letter came; sentences in one line apart."""
    text, starts = "", list[tuple[int, float]]()
    for at, piece in thoughts:
        starts.append((len(text), at))
        text += piece
    pattern = r"[^\n]+" if "\n" in text.strip() else r"\S.*?(?:[.!?](?=\s)|$)"
    found = ((match.start(), parse_list(match.group())) for match in re.finditer(pattern, text))
    return [(max(at for begin, at in starts if begin <= start), lines[0]) for start, lines in found if lines]


class LineBuffer:
    """Cuts thoughts that come in pieces into lines, or into sentences as long as there is but one line."""

    def __init__(self) -> None:
        self.has_told = False
        self._text, self._pattern = "", SENTENCE_END

    def add(self, pieces: Iterable[str]) -> list[str]:
        """The lines that these pieces finish."""
        self._text += "".join(pieces)
        if "\n" in self._text.strip():
            self._pattern = LINE_END
        *finished, self._text = self._pattern.split(self._text)
        lines = [line for text in finished for line in parse_list(text)]
        self.has_told = self.has_told or bool(lines)
        return lines


def fit_thoughts(thoughts: list[Thought], first: float) -> tuple[list[Thought], float]:
    """The thoughts, none after the first words, and when thinking was over; all in seconds since Send."""
    scale = min(1.0, first / thoughts[-1][0]) if thoughts[-1][0] > 0 else 1.0
    timed = [(at * scale, line) for at, line in thoughts]
    pause = max([LEAST_PAUSE_S, *(b[0] - a[0] for a, b in pairwise(timed))])
    return timed, min(first, timed[-1][0] + pause)


@dataclass(frozen=True)
class ReasoningTrace(Layer):
    """Shows what was thought before the answer: all of it, its beginning, or only to who unfolds it.

    They are the thoughts that a model had, each as it came, or those that were written with the answer. A model is
    never asked for them: it would make them up.
    """

    family = Family.TRANSPARENCY
    rank: ClassVar[int] = 3
    moves = ("trust", "performance")
    example = Example(scenario="tenancy_deposit")
    evidence = (
        Evidence(
            "a summary raised trust, not performance; with a wordy model, the full trace lowered performance",
            559,
            "Fernandes 2026",
            "https://arxiv.org/abs/2605.25856",
        ),
        Evidence(
            "traces raised acceptance of right and of wrong answers",
            PEOPLE_UNKNOWN,
            "Palod 2026",
            "https://arxiv.org/abs/2605.10930",
        ),
    )

    show: str = dial("on demand", "How much of it is seen.", choices=SHOW_CHOICES)
    summary: int = dial(2, "How many thoughts a summary has.", 1, 5, 1, "thoughts")
    title: str = dial(TITLE, "What stands above it; {seconds} is how long it thought.")
    origin: str = origin_dial()
    own: str = dial("", "Your own, one a line.")

    def play(self, prompt: Prompt, answer: Answer) -> Stream:
        """The thoughts as they come, folded once the answer begins, then the answer."""
        if prompt.attempt or prompt.partial:
            yield from answer(prompt)
            return
        known, stream = peek_recording(answer(prompt))
        thoughts = recorded_thoughts(known or ()) if self.origin != ORIGIN_DESIGNER else []
        if known and thoughts:
            yield from in_order(self.think_aloud(known, thoughts))
            return
        lines = written_content(self.origin, current_script(prompt).thinking, self.own)
        if known is None:
            yield from self.with_live(stream, lines)
            return
        yield self.card(lines, 0.0) if lines else content_remark(0.0, "Reasoning trace needs", NEEDED)
        yield from stream

    def with_live(self, stream: Stream, lines: tuple[str, ...]) -> Stream:
        """A live answer with each thought as it is finished, folded before its first words, or else the written ones.

        What else shows that it works stands back while it thinks.
        """
        buffer, sign, folded_at = LineBuffer(), list[Event](), None
        for event in stream:
            thoughts = [] if self.origin == ORIGIN_DESIGNER or folded_at is not None else recorded_pieces(event)
            over = event.carries_words or event.kind in LAST
            if event.kind == "silence" and not event.data.get("more"):
                yield from (self.thought_sign(event.at, line) for line in buffer.add(text for _, text in thoughts))
            elif thoughts:
                yield self.live_card(thoughts, event.at)
                folded_at = event.at
            elif over and folded_at is None:
                yield self.card(lines, event.at) if lines else content_remark(event.at, "Reasoning trace needs", NEEDED)
            if over:
                yield event
                yield from stream
                return
            if event.kind == "status":
                sign = [event]
            elif folded_at is not None and event.at > folded_at:
                yield from (each.with_time(event.at) for each in sign)
                sign = []
            if event.kind != "status" or not (buffer.has_told and folded_at is None):
                yield event

    def thought_sign(self, at: float, line: str) -> Event:
        """The status that shows a thought while it is thought, `at` seconds since Send."""
        return Event(at, "status", line, {"shape": "thought", "fold": "open" if self.show == "full" else "closed"})

    def live_card(self, pieces: list[TimedPiece], first: float) -> Event:
        """The notice that folds what a live model thought before its first words, `first` seconds since Send."""
        timed, over = fit_thoughts(split_thoughts(pieces), first)
        return self.card((line for _, line in timed), first, over - timed[0][0] if timed[0][0] < over else None)

    def card(self, lines: Iterable[str], at: float, seconds: float | None = None) -> Event:
        """The notice that shows thoughts, or the beginning of them."""
        fold = {} if self.show == "summary" else {"fold": "open" if self.show == "full" else "closed"}
        items = list(lines)[: self.summary] if self.show == "summary" else list(lines)
        title = TITLE if self.title == OLD_TITLE else self.title
        words = UNTIMED_TITLE if seconds is None and "{seconds}" in title else title
        data: dict[str, Any] = {"tone": "thoughts", "items": items, **fold}
        if seconds is not None:
            data["seconds"] = round(seconds, 1)
        return Event(at, "notice", words.replace("{seconds}", seconds_in_words(seconds or 0.0)), data)

    def think_aloud(self, events: Iterable[Event], thoughts: list[Thought]) -> Stream:
        """The events with each thought at its moment, and all of them folded when thinking is over."""
        events = list(events)
        first = next((e.at for e in events if e.carries_words or e.kind in LAST), thoughts[-1][0])
        timed, over = fit_thoughts(thoughts, first)
        signs = [self.thought_sign(at, line) for at, line in timed]
        begun = timed[0][0]
        card = self.card((line for _, line in timed), over, over - begun if begun < over else None)
        waiting = [e for e in events if e.kind == "status" and e.at <= over]
        again = [waiting[-1].with_time(over)] if waiting and over < first else []
        rest = [e for e in events if e not in waiting]
        yield from merged_by_time([*signs, card, *again], rest)

    def portable(self) -> Portable | NotPortable:
        """The step that shows written thoughts before an answer."""
        own = written_words(self.own)
        if self.origin != ORIGIN_DESIGNER or not own.strip():
            return NotPortable("It shows what a model thought by itself; this program hears only its answers.")
        summary, fold = self.show == "summary", {"full": "open", "on demand": "closed"}.get(self.show)
        show = {
            "as": "list",
            "tone": "thoughts",
            "title": self.card((), 0.0).text,
            "most": self.summary if summary else None,
            "fold": fold,
        }
        return portable_step(
            "more", place="before", content=portable_content(self.origin, "", own), show=show, sign=None
        )


def merged_by_time(added: Iterable[Event], events: Iterable[Event]) -> Stream:
    """Both in order of time; what is added comes first where both have the same."""
    return iter(sorted([*added, *events], key=lambda event: event.at))


def seconds_in_words(seconds: float) -> str:
    """A length of time as people say it: "a moment", "8 s", "1 min 5 s"."""
    whole = round(seconds)
    if whole < 1:
        return "a moment"
    return f"{whole} s" if whole < 60 else f"{whole // 60} min {whole % 60} s"
