"""Engine: makes several answers at once, a token each in turn, and reads new prompts piece by piece in between."""

import time
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Protocol

from components.core.event import Event
from components.core.prompt import Prompt
from components.models.local.token_draft import Codec, Draft, LikelyTokens
from components.models.source import Settings

ENGINE_ERRORS = (RuntimeError, TypeError, ValueError, LookupError, MemoryError)
NumberedEvents = Iterator[tuple[int, Event]]  # events, each with the number of its answer


class Net(Protocol):
    """Weights with a row of memory for each answer that is made at the same time."""

    context: int  # tokens that a row holds
    rows: int
    piece: int  # tokens of a prompt to read at a time, so that nobody waits long
    remembers: bool  # whether a row may go on from any earlier place in it

    def read(self, row: int, ids: Sequence[int], start: int) -> LikelyTokens:
        """Read tokens into a row, after the `start` it holds; what may come next."""

    def step(self, ids: Sequence[int], starts: Sequence[int]) -> list[LikelyTokens]:
        """Read one more token into each of the first rows, in one go; what may come next in each."""

    def swap(self, first: int, second: int, count: int) -> None:
        """Exchange the first tokens of two rows."""

    def copy(self, source: int, target: int, count: int) -> None:
        """Give a row the first tokens of another."""


class Row:
    """A row of the net: the part of a prompt that it has read and keeps, and whose answer it serves now."""

    def __init__(self) -> None:
        self.read_ids: list[int] = []
        self.draft: Draft | None = None
        self.freed_at = 0.0

    @property
    def tokens_left(self) -> int:
        """Tokens of the prompt still to be read."""
        return len(self.draft.ids) - len(self.read_ids) if self.draft else 0

    @property
    def tokens_held(self) -> int:
        """Tokens that the net holds in this row."""
        return len(self.read_ids) + (len(self.draft.token_ids) if self.draft else 0)


class Engine:
    """A net, its codec and the settings to answer with. The first rows speak, the next ones listen, the rest is free.

    What a row has read as a prompt is kept, so that a prompt with the same beginning goes on from there. What it has
    said is not: that was read one token at a time, whose sums differ in the last digit from those of a prompt, and an
    answer shall depend on nothing but its prompt and attempt.
    """

    def __init__(self, net: Net, codec: Codec, settings: Settings) -> None:
        self.net, self.codec, self.settings = net, codec, settings
        self.rows = [Row() for _ in range(net.rows)]
        self.speaking_rows = self.taken_rows = 0

    @property
    def idle(self) -> bool:
        """Whether there is nothing to do."""
        return self.taken_rows == 0

    def begin(self, number: int, prompt: Prompt, began: float) -> NumberedEvents:
        """Take up a prompt, at a moment of the monotonic clock; there must be a free row."""
        try:
            draft = Draft(number, prompt, began, self.codec, self.settings)
        except ENGINE_ERRORS as error:
            yield number, Event(0, "error", f"{type(error).__name__}: {error}", {"fault": "server"})
            return
        if len(draft.ids) >= self.net.context:
            cause = f"ContextLengthError: this prompt is {len(draft.ids):,} tokens long; "
            yield timed_event(draft, draft.fail(f"{cause}the model reads {self.net.context:,} at the most", "context"))
            return
        row = self.take_row(draft.ids)
        row.draft = draft
        self.taken_rows += 1

    def stop(self, number: int) -> NumberedEvents:
        """End an answer where it stands, if it is still in the making."""
        for row in self.rows[: self.taken_rows]:
            if row.draft and row.draft.number == number:
                yield timed_event(row.draft, row.draft.end("stopped"))
        self.free_rows()

    def advance(self) -> NumberedEvents:
        """Read one more piece of one prompt, then make one more token of every answer whose prompt is read; the
        events.
        """
        yield from self.read_piece()
        yield from self.step_answers()

    def read_piece(self) -> NumberedEvents:
        """Read a piece of the prompt with the fewest tokens left, so that a long one holds up nobody else; the
        events.
        """
        if self.taken_rows == self.speaking_rows:
            return
        row_index = min(range(self.speaking_rows, self.taken_rows), key=lambda n: self.rows[n].tokens_left)
        row, start = self.rows[row_index], len(self.rows[row_index].read_ids)
        assert row.draft
        count = (
            row.tokens_left if row.tokens_left <= self.net.piece + 1 else self.net.piece
        )  # a last piece of one would be a step
        piece = row.draft.ids[start : start + count]
        try:
            likely = self.net.read(row_index, piece, start)
        except ENGINE_ERRORS as error:
            yield timed_event(row.draft, failed_event(row.draft, error))
        else:
            row.read_ids += piece
            if not row.tokens_left:
                self.swap(row_index, self.speaking_rows)
                self.speaking_rows += 1
                yield from self.draft_events(row.draft, likely)
        self.free_rows()

    def step_answers(self) -> NumberedEvents:
        """One more token for every answer whose prompt is read; the events."""
        drafts = [row.draft for row in self.rows[: self.speaking_rows] if row.draft]
        if not drafts:
            return
        starts = [row.tokens_held - 1 for row in self.rows[: self.speaking_rows]]
        try:
            every = self.net.step([draft.token_ids[-1] for draft in drafts], starts)
        except ENGINE_ERRORS as error:
            yield from (timed_event(draft, failed_event(draft, error)) for draft in drafts)
        else:
            for draft, likely in zip(drafts, every, strict=True):
                yield from self.draft_events(draft, likely)
        self.free_rows()

    def draft_events(self, draft: Draft, likely: LikelyTokens) -> NumberedEvents:
        """The events of a draft's next token."""
        most = min(self.settings.max_tokens, self.net.context - len(draft.ids))
        try:
            yield from (timed_event(draft, event) for event in draft.take_token(likely, most))
        except ENGINE_ERRORS as error:
            yield timed_event(draft, failed_event(draft, error))

    def take_row(self, ids: list[int]) -> Row:
        """The free row to take, filled with as much of the prompt as any row has read already."""
        free = self.rows[self.taken_rows :]
        best_row = max(self.rows, key=lambda row: self.shared_prefix(row, ids))
        count = self.shared_prefix(best_row, ids)
        goes_on = best_row in free and count == len(best_row.read_ids)
        self.swap(self.rows.index(best_row if goes_on else min(free, key=lambda row: row.freed_at)), self.taken_rows)
        row = self.rows[self.taken_rows]
        if best_row is not row and count:
            self.net.copy(self.rows.index(best_row), self.taken_rows, count)
        row.read_ids = ids[:count]
        return row

    def shared_prefix(self, row: Row, ids: list[int]) -> int:
        """How many tokens of a prompt a row has read; two are always left, as a piece of one would be a step."""
        same = takewhile(lambda pair: pair[0] == pair[1], zip(row.read_ids, ids[:-2], strict=False))
        return sum(1 for _ in same) if self.net.remembers else 0

    def free_rows(self) -> None:
        """Free the rows whose answers are over; those that speak close ranks."""
        for row_index in reversed(range(self.taken_rows)):
            row = self.rows[row_index]
            if row.draft and row.draft.over:
                row.draft, row.freed_at = None, time.monotonic()
                if row_index < self.speaking_rows:
                    self.speaking_rows -= 1
                    self.swap(row_index, self.speaking_rows)
                self.taken_rows -= 1
                self.swap(self.rows.index(row), self.taken_rows)

    def swap(self, first: int, second: int) -> None:
        """Two rows change places, with all that the net holds in them."""
        if first != second:
            self.net.swap(first, second, max(self.rows[first].tokens_held, self.rows[second].tokens_held))
            self.rows[first], self.rows[second] = self.rows[second], self.rows[first]


def timed_event(draft: Draft, event: Event) -> tuple[int, Event]:
    """An event with the number of its answer, at the seconds since that began."""
    return draft.number, event.with_time(time.monotonic() - draft.began)


def failed_event(draft: Draft, error: Exception) -> Event:
    """The end of an answer that the net could not make."""
    return draft.fail(f"{type(error).__name__}: {error}", "server")
