"""Answers: what a model said to questions whose right answers are known, kept question by question."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

from components.core.card import Card
from components.core.event import Event
from components.core.explained import Explained
from components.core.prompt import content_id
from components.core.recording import Recording
from components.layers.confidence.agreement import agreement_share
from components.layers.confidence.score import OWN_ESTIMATE, SELF_CONSISTENCY, known_logprobs, score_from_tokens
from components.layers.confidence.score_by_asking import MIN_SAMPLES, next_attempts, parse_percentage
from components.prompts.packs import normalise_text

DECIMAL_PLACES = 4
LABELS_PREFIX = "labels:"  # before the id of a set of recordings that people judged


@dataclass(frozen=True)
class AnsweredQuestion:
    """One answer: to which question (its id and its words), whether it was right, and what its scores are made of.

    `logprobs` are its tokens'; `others` are the answers of further attempts, `reply` what the model said when asked
    how sure it is: None where it was not asked.
    """

    question: str
    asked: str
    answer: str
    right: bool
    logprobs: tuple[float, ...] = ()
    others: tuple[str, ...] | None = None
    reply: str | None = None

    def score(self, source: str, look: int = 0) -> float | None:
        """One kind of score, 0 to 1, of the first `look` tokens (0: of all); None where there is none."""
        if source == SELF_CONSISTENCY:
            others = self.others or ()
            return agreement_share(self.answer, others, self.asked) if len(others) >= MIN_SAMPLES else None
        if source == OWN_ESTIMATE:
            return parse_percentage(self.reply) if self.reply is not None else None
        return score_from_tokens(source, [{"logprob": logprob} for logprob in self.logprobs[: look or None]])

    @staticmethod
    def from_recording(recording: Recording, right: bool, attempts: Sequence[Recording] = ()) -> "AnsweredQuestion":
        """A recorded answer that a person judged, with the recordings of further attempts at the same prompt."""
        prompt = recording.prompt
        others = tuple(
            attempt.text for attempt in attempts if attempt.whole and attempt.prompt in next_attempts(prompt)
        )
        return AnsweredQuestion(
            normalise_text(prompt.text),
            prompt.text,
            recording.text,
            right,
            rounded_logprobs(recording.events),
            others or None,
        )

    @staticmethod
    def from_json(values: Mapping[str, Any]) -> "AnsweredQuestion":
        """The answer of one line. KeyError, TypeError or ValueError where it is none."""
        others = values.get("others")
        listed = {"logprobs": tuple(values["logprobs"]), "others": None if others is None else tuple(others)}
        return AnsweredQuestion(**{**values, **listed})


@dataclass(frozen=True)
class AnswerSet:
    """What one model said; `questions` says in words what was asked, `asked` is that set's id, `made` an ISO date."""

    card: Card
    questions: str
    asked: str
    made: str
    rows: tuple[AnsweredQuestion, ...] = field(default=())

    @property
    def temperature(self) -> float:
        """How freely the model picked its words; 0 where it is not known to."""
        return card_temperature(self.card)

    @staticmethod
    def read(path: Path) -> "AnswerSet":
        """The answers in a file; a last line that was cut off is left out. Explained where it holds none."""
        try:
            first, *lines = path.read_text("utf-8").splitlines(keepends=True)
            head = json.loads(first)
            rows = tuple(AnsweredQuestion.from_json(json.loads(line)) for line in lines if line.endswith("\n"))
            return AnswerSet(Card(**head["model"]), head["questions"], head["asked"], head["made"], rows)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise Explained(
                f"The answers in {path.name} cannot be read.", "Nothing was changed.", "Ask the model again."
            ) from error

    def write(self, path: Path) -> None:
        """Keep them in a file, in place of what was there."""
        head = {"model": self.card.to_json(), "questions": self.questions, "asked": self.asked, "made": self.made}
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json_line(head) + "".join(json_line(asdict(row)) for row in self.rows), "utf-8")


def answers_from_labels(judged: Iterable[tuple[Recording, bool | None]], made: str) -> tuple[AnswerSet, ...]:
    """The answers that people judged, a set for each model, revision and temperature, the largest first.

    Recordings come prompt by prompt; with None they are only other attempts. One that goes on from words that stood
    there is left out: its tokens are a part of the answer. `made` is an ISO date.
    """
    rows: dict[tuple[object, ...], list[AnsweredQuestion]] = defaultdict(list)
    cards: dict[tuple[object, ...], Card] = {}
    ids: dict[tuple[object, ...], list[object]] = defaultdict(list)
    for _, several in groupby(judged, lambda pair: pair[0].prompt.id):
        group = list(several)
        for recording, right in group:
            if right is None or recording.prompt.partial:
                continue
            card = recording.card
            identity = (card.name, card.revision, card_temperature(card))
            attempts = [other for other, _ in group if other.card == card]
            rows[identity].append(AnsweredQuestion.from_recording(recording, right, attempts))
            ids[identity].append([recording.id, right])
            cards[identity] = card
    questions = "{} recorded answers that people judged"
    return tuple(
        AnswerSet(
            cards[identity],
            questions.format(len(answers)),
            LABELS_PREFIX + content_id(ids[identity]),
            made,
            tuple(answers),
        )
        for identity, answers in sorted(rows.items(), key=lambda item: -len(item[1]))
    )


def card_temperature(card: Card) -> float:
    """The temperature in a card's settings; 0.0 where none is given."""
    return float(card.settings.get("temperature", 0.0))


def rounded_logprobs(events: Iterable[Event]) -> tuple[float, ...]:
    """The tokens' known logprobs, each rounded to DECIMAL_PLACES."""
    logprobs = known_logprobs(event.data for event in events if event.kind == "token")
    return tuple(round(logprob, DECIMAL_PLACES) for logprob in logprobs)


def append_answer(path: Path, row: AnsweredQuestion) -> None:
    """Append one answer to a file."""
    with path.open("a", encoding="utf-8") as file:
        file.write(json_line(asdict(row)))


def json_line(values: Mapping[str, Any]) -> str:
    """A JSON object on one line."""
    return json.dumps({k: v for k, v in values.items() if v is not None}, ensure_ascii=False) + "\n"
