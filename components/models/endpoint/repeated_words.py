"""Repeated words: an answer whose pieces each say all of it so far, read so that no word comes twice."""

from collections.abc import Iterator, Sequence

from components.core.event import Event

SURE_CHARS = 12  # letters that a second piece repeats from the first, from which on that is no chance


class RepetitionFilter:
    """Takes the tokens of each piece in turn. A piece that may repeat the ones before is held until the next shows."""

    def __init__(self) -> None:
        self._said: list[str] = []  # all the words so far, piece by piece, those that are held left out
        self._held: list[Event] = []
        self._count = 0  # pieces so far
        self._repeats = False  # whether each piece says all of it so far

    def rest_of(self, message: str) -> str:
        """The words of a whole message that did not come before; "" where other words came."""
        text = self._text + "".join(event.text for event in self._held)
        if not text.strip():
            return message
        return message[len(text) :] if message.startswith(text) else ""

    def filter(self, tokens: Sequence[Event]) -> Iterator[Event]:
        """The tokens of one piece, or what is new in it."""
        piece = "".join(token.text for token in tokens)
        if not piece:
            return
        self._count += 1
        held = "".join(event.text for event in self._held)
        if self._held:
            self._repeats = piece.startswith(held) and len(piece) > len(held)
            yield from self._give(self._held)
            self._held = []
        if self._repeats and piece.startswith(self._text):
            yield from self._give(tokens)
        elif self._count == 2 and piece != self._text and piece.startswith(self._text):
            self._held = list(tokens)
        else:
            self._repeats = False
            yield from self._give(tokens)

    def finish(self) -> Iterator[Event]:
        """The piece that was held until the end."""
        self._repeats = len(self._text) >= SURE_CHARS
        yield from self._give(self._held)
        self._held = []

    def _give(self, tokens: Sequence[Event]) -> Iterator[Event]:
        """The tokens, or where they repeat all that came before, the rest of them as one."""
        piece = "".join(token.text for token in tokens)
        if not self._repeats:
            self._said.append(piece)
            yield from tokens
        elif new := piece[len(self._text) :]:
            self._said = [piece]
            yield Event(tokens[0].at, "token", new)

    @property
    def _text(self) -> str:
        return "".join(self._said)
