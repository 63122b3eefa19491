"""Fault: breaks the answer on purpose, at the same place in every prototype."""

from dataclasses import dataclass
from itertools import chain
from typing import ClassVar

from components.core.card import Card
from components.core.event import Event, Stream
from components.core.faults import FAULT_KINDS
from components.core.layer import Answer, Example, Family, Layer, dial
from components.core.portable import NotPortable
from components.core.prompt import Prompt
from components.core.remark import Remark
from components.layers.hidden_answers import was_stopped
from components.layers.peek_recording import peek_recording
from components.layers.weather.made_up_words import (
    garble_letters,
    label_scripted,
    pick_refusal,
    repeat_phrase,
    replace_words,
    split_pieces,
)

WEATHER_FAULTS = tuple(name for name, kind in FAULT_KINDS.items() if kind.weather)
MIDWAY_KINDS = tuple(name for name, kind in FAULT_KINDS.items() if kind.placed)  # these begin within the answer
LIVE_ANSWER_TOKENS = 48  # tokens that a live answer is taken to have, for nobody knows how long it will be
WRONG_ANSWER = "The answer is 42. This has been known for a long time, and there is no need to check it."

WRONG_REMARK = (
    "People see a wrong answer that looks like any other: a study has to tell them afterwards what was wrong."
)


@dataclass(frozen=True)
class Fault(Layer):
    """Breaks the answer on purpose: none comes, it breaks off, or it says something else than the model did."""

    family = Family.WEATHER
    rank: ClassVar[int] = 1  # outside the latency profile, so that it breaks what the person would have waited for
    moves = ("recovery", "trust before and after")
    example = Example(scenario="photosynthesis")
    replaces: ClassVar[bool] = True
    joins_hidden_turns: ClassVar[bool] = True  # a connection breaks for what nobody sees too
    for_all_panes: ClassVar[bool] = True

    kind: str = dial("cut", "What goes wrong.", choices=WEATHER_FAULTS)
    share: int = dial(
        50,
        "How much of the answer comes before a cut, an unreadable piece, a repetition or broken letters. How long a "
        f"live answer will be is not known; there, it is that share of {LIVE_ANSWER_TOKENS} tokens.",
        10, 90, 5, "%",
    )  # fmt: skip
    words: str = dial(WRONG_ANSWER, "What a scripted wrong answer says; only you are told that it is scripted.")
    sure: int = dial(85, "How sure the model seems of the scripted wrong answer.", 0, 100, 1, "%")
    patience: float = dial(8.0, "How long a time-out takes.", 0.5, 60, 0.5, "s")
    breaks: int = dial(1, "How many attempts go wrong before one gets through.", 0, 3, 1)

    def remarks(self, card: Card | None = None) -> tuple[Remark, ...]:  # noqa: ARG002
        """A wrong answer that nobody can tell from a right one calls for a debriefing."""
        return (Remark(WRONG_REMARK, "note"),) if self.kind == "wrong" else ()

    def play(self, prompt: Prompt, answer: Answer) -> Stream:
        """The answer as it goes wrong; whole for a later attempt, or one that goes on from a partial answer."""
        if prompt.attempt >= self.breaks or prompt.partial:
            yield from answer(prompt)
        elif self.kind == "timeout":
            yield self.error(self.patience)
        elif (at := FAULT_KINDS[self.kind].at_once_s) is not None:
            yield self.error(at)
        elif self.kind in ("refusal", "wrong"):
            declines = self.kind == "refusal"
            words = split_pieces(pick_refusal(prompt.id) if declines else self.words)
            sure = None if declines else self.sure / 100
            yield from label_scripted(replace_words(answer(prompt), words, sure=sure), instead=declines)
        else:
            token_count, stream = (
                find_break_token(answer(prompt), self.share) if self.kind in MIDWAY_KINDS else (0, answer(prompt))
            )
            yield from self.break_stream(stream, token_count, prompt.id)

    def break_stream(self, stream: Stream, token_count: int, seed: str) -> Stream:
        """The stream's first `token_count` tokens and then the fault; a shorter stream breaks at its end."""
        tokens: list[Event] = []
        for event in stream:
            passes = event.kind in ("silence", "error") or was_stopped(event)
            if not passes and (len(tokens) == token_count or event.kind != "token"):
                yield from self.play_break(tokens, chain([event], stream), event.at, seed)
                return
            if event.kind == "token":
                tokens.append(event)
            yield event

    def play_break(self, tokens: list[Event], rest: Stream, at: float, seed: str) -> Stream:
        """The events of the fault from `at` seconds since Send; `rest` is what the model goes on to say."""
        if self.kind == "garbled":
            yield from garble_letters(rest, seed)
        elif self.kind == "loop":
            words = repeat_phrase(event.text for event in tokens)
            yield from replace_words(rest, words, "length", [event.at for event in tokens])
        else:
            yield Event(at, "end", "", {"reason": "empty"}) if self.kind == "empty" else self.error(at)

    def error(self, at: float) -> Event:
        """The `error` event with a client's raw text, `at` seconds since Send."""
        return Event(at, "error", FAULT_KINDS[self.kind].raw.format(patience=self.patience), {"fault": self.kind})

    def portable(self) -> NotPortable:
        """A fault is made on purpose, for a comparison."""
        return NotPortable("It breaks answers on purpose; in a product they break by themselves.")


def find_break_token(stream: Stream, share: int) -> tuple[int, Stream]:
    """(the number of tokens before the break, the stream from its beginning), for a break at `share` per cent of the
    answer.
    """
    heard, stream = peek_recording(stream)
    if heard is None:
        return LIVE_ANSWER_TOKENS * share // 100, stream
    count = sum(event.kind == "token" for event in heard)
    return max(0, min(max(1, count * share // 100), count - 1)), stream
