"""Events: what happens on the screen, moment by moment, and the answers that are made of them.

An answer is a function from a prompt to a stream of events. A model is one; each step of a prototype wraps one and is
one again. A live answer says a `silence` whenever nothing new came, so that a step can tell that time has passed.
"""

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

LAST_KINDS = ("end", "error", "failure", "question")  # after one of these a stream says nothing more
LETTING_GO = ("end", "failure", "question", "revise")  # before one of these, words that were held back are shown

Json = Mapping[str, Any]


@dataclass(frozen=True)
class Event:
    """One thing that happens `at` seconds since the question was sent."""

    at: float
    kind: str
    text: str = ""
    data: Json = field(default_factory=dict)

    def become(self, kind: str, text: str = "", **data: Any) -> "Event":
        """The same moment, told as another kind of event."""
        return Event(self.at, kind, text, data)

    def moved(self, at: float) -> "Event":
        """The same event at another moment."""
        return Event(at, self.kind, self.text, self.data)

    def plus(self, **data: Any) -> "Event":
        """The same event with more data."""
        return Event(self.at, self.kind, self.text, {**self.data, **data})

    @property
    def has_words(self) -> bool:
        """Whether a person reads words of the answer here."""
        return self.kind in ("token", "text", "revise") and bool(self.text)

    @property
    def tokens(self) -> list[Json]:
        """The model's tokens behind these words, each with its text and, where it is known, its logprob."""
        return [{"text": self.text, **self.data}] if self.kind == "token" else list(self.data.get("tokens", ()))

    @property
    def was_stopped(self) -> bool:
        """Whether the answer ended because a person stopped it."""
        return self.data.get("reason") == "stopped"

    @property
    def was_cut(self) -> bool:
        """Whether the answer broke, was stopped, or ran into its limit or a filter."""
        return self.kind == "error" or self.data.get("reason") in ("length", "filter", "stopped")


Stream = Iterator[Event]


class Message(NamedTuple):
    """One turn of a conversation; the role is system, user or assistant."""

    role: str
    text: str


class Choice(NamedTuple):
    """What a person picked or typed at a question, and the answer that stood above the question."""

    question: str
    option: str
    above: str = ""


@dataclass(frozen=True)
class Prompt:
    """The conversation so far, the choices made, which attempt this is, and words already shown to go on from.

    A `hidden` turn is one of which nobody sees the answer; the model is asked after a `wait` in seconds.
    """

    messages: tuple[Message, ...]
    choices: tuple[Choice, ...] = ()
    attempt: int = 0
    partial: str = ""
    hidden: bool = False
    wait: float = 0.0

    @property
    def text(self) -> str:
        """The last thing the person said."""
        return next((text for role, text in reversed(self.messages) if role == "user"), "")

    def again(self, attempts: int = 1) -> "Prompt":
        """The same prompt, so many attempts later."""
        return replace(self, attempt=self.attempt + attempts)

    @property
    def conversation(self) -> tuple[Message, ...]:
        """The messages as a model reads them: each choice is a turn asked and answered."""
        asked = (f"{choice.above}\n\n{choice.question}" if choice.above else choice.question for choice in self.choices)
        turns = zip(asked, self.choices, strict=True)
        return self.messages + tuple(
            message
            for said, choice in turns
            for message in (Message("assistant", said), Message("user", choice.option))
        )

    def chose(self, question: str, option: str, above: str = "") -> "Prompt":
        """The same prompt with one more choice made."""
        return replace(self, choices=(*self.choices, Choice(question, option, above)), hidden=False)

    def without(self, question: str) -> "Prompt":
        """The same prompt without what was chosen at this question: the model does not hear of it."""
        return replace(self, choices=tuple(choice for choice in self.choices if choice.question != question))

    def chosen(self, question: str) -> str | None:
        """What the person chose at this question last; None where it was not asked yet."""
        return next((choice.option for choice in reversed(self.choices) if choice.question == question), None)

    def hidden_turn(self, said: str, ask: str) -> "Prompt":
        """The turn in which the model, after it `said` that, is asked for more than its answer."""
        return replace(Prompt(self.messages, self.choices).chose(said, ask), hidden=True)


Answer = Callable[[Prompt], Stream]


def event_from(values: Json, at: float | None = None) -> Event:
    """The event of a JSON object, at its own moment or at another one."""
    return Event(values["at"] if at is None else at, values["kind"], values.get("text", ""), values.get("data", {}))


def put_in_order(stream: Iterable[Event], start: float = 0.0) -> Stream:
    """The same events, none before `start` or before the one in front of it."""
    last = start
    for event in stream:
        last = max(last, event.at)
        yield event.moved(last)


def shift_by(stream: Iterable[Event], seconds: float) -> Stream:
    """The same events, so many seconds later."""
    return (event.moved(event.at + seconds) for event in stream)


def text_after(before: str, event: Event) -> str:
    """The words of the answer on the screen after this event; a hedge is not one of them."""
    if event.kind == "revise":
        return event.text
    return before + event.text if event.kind == "text" and not event.data.get("hedge") else before


def as_text(token: Event) -> Event:
    """The words of a token as they stand on the screen, the token kept behind them."""
    return Event(token.at, "text", token.text, {"tokens": token.tokens})


def join_words(held: Iterable[Event], at: float) -> list[Event]:
    """Words that were held back, as one event; nothing where there are none."""
    words = tuple(held)
    text = "".join(event.text for event in words)
    return [Event(at, "text", text, {"tokens": [token for event in words for token in event.tokens]})] if text else []


def hand_on(error: Event, held: Iterable[Event]) -> Event:
    """The error with the words that nobody has seen yet."""
    words = tuple(held)
    if not words:
        return error
    partial = "".join(event.text for event in words) + str(error.data.get("partial", ""))
    return error.plus(partial=partial, tokens=[token for event in words for token in event.tokens] + error.tokens)


@dataclass
class HiddenAnswer:
    """An answer that nobody sees, while it comes in; `last` is its last event once it is over."""

    stream: Stream
    at: float
    text: str = ""
    last: Event | None = None

    @property
    def is_whole(self) -> bool:
        """Whether it came to its own end."""
        return self.last is not None and self.last.kind == "end" and not self.last.was_stopped

    def listen(self, start: float) -> None:
        """Take in what it says until it has nothing new, or is over."""
        for event in self.stream:
            self.at = max(self.at, start + event.at)
            if event.kind == "silence":
                return
            self.text = text_after(self.text, event)
            if event.kind in LAST_KINDS:
                self.last = event
                return
        self.last = Event(self.at - start, "error")


Hearing = Generator[Event, None, list[HiddenAnswer]]  # silences while answers come in, and then the answers


def hear_all(streams: Iterable[Stream], start: float) -> Hearing:
    """Several answers, heard side by side from `start` on."""
    heard = [HiddenAnswer(stream, start) for stream in streams]
    while going := [one for one in heard if one.last is None]:
        for one in going:
            one.listen(start)
        if any(one.last is None for one in going):
            yield Event(min(one.at for one in going), "silence")
    return heard


Closing = Generator[Event, None, Event]  # what is added below an answer, and then its last event or another one


def append_below(prompt: Prompt, answer: Answer, close: Callable[[str, Event], Closing]) -> Stream:
    """The answer, and what `close` makes of its words and its last event.

    What broke, was stopped or is not the model's is left as it is.
    """
    shown, own = prompt.partial, True
    for event in answer(prompt):
        shown = text_after(shown, event)
        own = own and not event.data.get("instead")
        if own and shown.strip() and event.kind in ("end", "question") and not event.was_stopped:
            event = yield from close(shown, event)
        yield event
