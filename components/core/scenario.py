"""Scenario: a question with everything a person wrote for it: its answers, and what patterns show beside them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from components.core.card import Card
from components.core.event import Event
from components.core.explained import Explained
from components.core.prompt import MAX_PROMPT_CHARS, Message, Prompt, content_id
from components.core.recording import Recording
from components.core.script import Lines, Script, split_parts

WRITTEN_MODEL = "Written"  # the name of the model behind written answers
Outcome = Literal["right", "wrong"]
RIGHT: Outcome = "right"
WRONG: Outcome = "wrong"
TYPED_KEPT = "What you typed stays here."


@dataclass(frozen=True)
class WrittenAnswer:
    """An answer as a person wrote it, and how sure a model is to seem of it.

    `sure` is a percentage for the whole answer, None where nothing shall be said; `doubts` are phrases of the answer
    that seem less sure or more: phrase | percentage.
    """

    text: str = ""
    sure: float | None = None
    doubts: Lines = ()

    def __post_init__(self) -> None:
        if self.sure is not None:
            object.__setattr__(self, "sure", float(self.sure))  # 90 and 90.0 are the same answer, with the same hash

    @property
    def doubtful_spans(self) -> tuple[tuple[int, int, float], ...]:
        """(from, to, confidence from 0 to 1) of each phrase in `doubts` that is in the text, by its first occurrence.

        Explained where a percentage cannot be read.
        """
        parts = (split_parts(line, 2) for line in self.doubts if line.strip())
        found = ((self.text.find(phrase), phrase, read_percent(percent)) for phrase, percent in parts if phrase)
        return tuple(sorted((start, start + len(phrase), sure) for start, phrase, sure in found if start >= 0))

    def to_json(self) -> dict[str, Any]:
        """A JSON object of the text, and the others where they say something."""
        sure = {} if self.sure is None else {"sure": self.sure}
        return {"text": self.text, **sure, **({"doubts": list(self.doubts)} if self.doubts else {})}

    @staticmethod
    def from_json(values: Mapping[str, Any]) -> "WrittenAnswer":
        """The answer that `to_json` wrote. KeyError, TypeError or ValueError where it is none."""
        sure = values.get("sure")
        doubts = tuple(str(line) for line in values.get("doubts", ()))
        return WrittenAnswer(str(values["text"]), None if sure is None else float(sure), doubts)


@dataclass(frozen=True)
class Scenario:
    """A question and what was written for it; everything but the question and the answer may be left out.

    `also` are other wordings of the question, `wrong` is an answer that is wrong, `again` are the answers of further
    attempts, and `replies` is the answer for each option that can be picked when the prototype asks back. `subject`
    is the field that it is from. The first word comes after `first` seconds, and after `thinks` more where it thinks;
    then come `rate` words a second.
    """

    question: str
    answer: WrittenAnswer
    subject: str = ""
    also: Lines = ()
    wrong: WrittenAnswer = field(default=WrittenAnswer())
    again: tuple[WrittenAnswer, ...] = ()
    replies: Mapping[str, WrittenAnswer] = field(default_factory=dict)
    script: Script = field(default=Script())
    first: float = 0.6
    rate: float = 20.0
    thinks: float = 0.0

    def __post_init__(self) -> None:
        for pace in ("first", "rate", "thinks"):
            object.__setattr__(self, pace, float(getattr(self, pace)))
        if not self.question.strip() or not self.answer.text.strip():
            raise Explained(
                "This scenario lacks its question or its answer.", TYPED_KEPT, "Write both; all else may wait."
            )
        longest = max(len(text) for text in (self.question, *(answer.text for answer in self.answers)))
        if longest > MAX_PROMPT_CHARS:
            raise Explained(
                f"A text of this scenario is {longest:,} characters long.", TYPED_KEPT,
                f"Shorten it to {MAX_PROMPT_CHARS:,} characters.",
            )  # fmt: skip
        if not (0 <= self.first <= 120 and 0 <= self.thinks <= 120 and 0.1 <= self.rate <= 1000):
            raise Explained(
                "The scenario cannot be told at this speed.", TYPED_KEPT,
                "It thinks and waits for 120 seconds at the most, then come 0.1 to 1,000 words a second.",
            )  # fmt: skip
        for answer in self.answers:
            if answer.sure is not None and not 0 <= answer.sure <= 100:
                raise Explained("Confidence is a percentage.", TYPED_KEPT, "Give a number from 0 to 100.")
            _ = answer.doubtful_spans

    @property
    def answers(self) -> tuple[WrittenAnswer, ...]:
        """Every written answer, the right one first."""
        return (self.answer, self.wrong, *self.again, *self.replies.values())

    @property
    def prompt(self) -> Prompt:
        """The question as a prompt, with its script."""
        return Prompt((Message("user", self.question.strip()),), script=self.script)

    def recordings(self, outcome: Outcome = RIGHT) -> tuple[Recording, ...]:
        """The answer of this outcome, then one for each option and each further attempt; () where it is not written.

        They are marked as written by their card, and carry the script.
        """
        main = self.answer if outcome == RIGHT else self.wrong
        if not main.text.strip():
            return ()
        card = Card(WRITTEN_MODEL, "scripted", content_id(self.to_json()), {"times": "made up", "outcome": outcome})
        prompts = [(self.prompt, main)]
        for option, reply in self.replies.items():
            prompts.append((self.prompt.with_choice(self.script.question, option), reply))
        attempt = self.prompt
        for further in self.again:
            attempt = attempt.next_attempt()
            prompts.append((attempt, further))
        return tuple(
            Recording(prompt, card, self.events_of(written)) for prompt, written in prompts if written.text.strip()
        )

    def events_of(self, answer: WrittenAnswer) -> tuple[Event, ...]:
        """The events of a written answer, at the scenario's pace, its thoughts before its first word."""
        thoughts = thought_times(self.script.thinking, self.thinks) if self.thinks else []
        return written_events(answer, self.thinks + self.first, 1 / self.rate, thoughts)

    def to_json(self) -> dict[str, Any]:
        """A JSON object that `from_json` reads."""
        optional: dict[str, Any] = {
            "subject": self.subject, "also": list(self.also), "again": [answer.to_json() for answer in self.again],
            "wrong": self.wrong.to_json() if self.wrong.text else {},
            "replies": {option: answer.to_json() for option, answer in self.replies.items()},
            "script": self.script.to_json(),
        }  # fmt: skip
        pace = {"first": self.first, "rate": self.rate, "thinks": self.thinks}
        filled = {name: value for name, value in optional.items() if value}
        return {"question": self.question, "answer": self.answer.to_json(), **filled, **pace}

    @staticmethod
    def from_json(values: Mapping[str, Any]) -> "Scenario":
        """The scenario that `to_json` wrote. KeyError, TypeError or ValueError where it is none, Explained where it
        cannot be told."""
        wrong = values.get("wrong")
        return Scenario(
            question=str(values["question"]),
            answer=WrittenAnswer.from_json(values["answer"]),
            subject=str(values.get("subject", "")),
            also=tuple(str(line) for line in values.get("also", ())),
            wrong=WrittenAnswer.from_json(wrong) if wrong else WrittenAnswer(),
            again=tuple(WrittenAnswer.from_json(answer) for answer in values.get("again", ())),
            replies={str(option): WrittenAnswer.from_json(a) for option, a in values.get("replies", {}).items()},
            script=Script.from_json(values.get("script", {})),
            first=float(values.get("first", 0.6)),
            rate=float(values.get("rate", 20.0)),
            thinks=float(values.get("thinks", 0.0)),
        )


def read_percent(text: str) -> float:
    """A percentage that a person typed, as a number from 0 to 1. Explained where it is none."""
    number = text.removesuffix("%").strip().replace(",", ".")
    if re.fullmatch(r"\d{1,3}(\.\d+)?", number) and float(number) <= 100:
        return float(number) / 100
    raise Explained(f"“{text}” is no percentage.", TYPED_KEPT, "Write the phrase, then |, then a number from 0 to 100.")


def word_pieces(text: str) -> list[str]:
    """The text in pieces of one word each, with the spaces before it; joined they are the text again."""
    return re.findall(r"\s*\S+|\s+$", text)


def written_events(
    answer: WrittenAnswer, first: float, gap: float, thoughts: list[tuple[float, str]] | None = None
) -> tuple[Event, ...]:
    """The events of a written answer: a token a word, the first after `first` s, then one each `gap` s, and the end.

    Where it says how sure the model is to seem, each token carries it as `sure`, and so does the end for the whole.
    """
    whole = None if answer.sure is None else answer.sure / 100
    spans, events, at = answer.doubtful_spans, [], 0
    for number, word in enumerate(word_pieces(answer.text)):
        start, at = at + len(word) - len(word.lstrip()), at + len(word)
        told = [sure for begin, end, sure in spans if begin < at and end > start]
        sure = min(told) if told else whole
        data: dict[str, Any] = {} if sure is None else {"sure": sure}
        if thoughts and number == 0:
            data["thoughts"] = [list(thought) for thought in thoughts]
        events.append(Event(round(first + number * gap, 6), "token", word, data))
    last = events[-1].at + gap if events else first
    end = {"reason": "stop" if events else "empty"} | ({} if whole is None else {"sure": whole})
    return (*events, Event(round(last, 6), "end", data=end))


def thought_times(thinking: Lines, seconds: float) -> list[tuple[float, str]]:
    """The lines of thoughts spread over so many seconds, by their length; each at the moment at which it begins."""
    total, past, timed = sum(map(len, thinking)) or 1, 0, []
    for line in thinking:
        timed.append((round(seconds * past / total, 6), f"{line}\n"))
        past += len(line)
    return timed
