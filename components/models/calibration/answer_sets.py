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
from components.layers.confidence.agreement import agreement
from components.layers.confidence.score import AGREEMENT, ESTIMATE, from_tokens, logprobs
from components.layers.confidence.score_by_asking import ENOUGH, further, stated
from components.prompts.packs import same

PLACES = 4
LABELS = "labels:"  # before the id of a set of recordings that people judged


@dataclass(frozen=True)
class Answered:
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
        if source == AGREEMENT:
            others = self.others or ()
            return agreement(self.answer, others, self.asked) if len(others) >= ENOUGH else None
        if source == ESTIMATE:
            return stated(self.reply) if self.reply is not None else None
        return from_tokens(source, [{"logprob": one} for one in self.logprobs[: look or None]])

    @staticmethod
    def from_recording(recording: Recording, right: bool, attempts: Sequence[Recording] = ()) -> "Answered":
        """A recorded answer that a person judged, with the recordings of further attempts at the same prompt."""
        asked = recording.prompt
        others = tuple(each.text for each in attempts if each.whole and each.prompt in further(asked))
        return Answered(same(asked.text), asked.text, recording.text, right, known(recording.events), others or None)

    @staticmethod
    def from_json(values: Mapping[str, Any]) -> "Answered":
        """The answer of one line. KeyError, TypeError or ValueError where it is none."""
        others = values.get("others")
        listed = {"logprobs": tuple(values["logprobs"]), "others": None if others is None else tuple(others)}
        return Answered(**{**values, **listed})


@dataclass(frozen=True)
class Answers:
    """What one model said; `questions` says in words what was asked, `asked` is that set's id, `made` an ISO date."""

    card: Card
    questions: str
    asked: str
    made: str
    rows: tuple[Answered, ...] = field(default=())

    @property
    def temperature(self) -> float:
        """How freely the model picked its words; 0 where it is not known to."""
        return temperature(self.card)

    @staticmethod
    def read(path: Path) -> "Answers":
        """The answers in a file; a last line that was cut off is left out. Explained where it holds none."""
        try:
            first, *lines = path.read_text("utf-8").splitlines(keepends=True)
            head = json.loads(first)
            rows = tuple(Answered.from_json(json.loads(each)) for each in lines if each.endswith("\n"))
            return Answers(Card(**head["model"]), head["questions"], head["asked"], head["made"], rows)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise Explained(
                f"The answers in {path.name} cannot be read.", "Nothing was changed.", "Ask the model again."
            ) from error

    def write(self, path: Path) -> None:
        """Keep them in a file, in place of what was there."""
        head = {"model": self.card.to_json(), "questions": self.questions, "asked": self.asked, "made": self.made}
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(line(head) + "".join(line(asdict(row)) for row in self.rows), "utf-8")


def labelled(judged: Iterable[tuple[Recording, bool | None]], made: str) -> tuple[Answers, ...]:
    """What people judged of a model, for each of its revisions and temperatures apart, the largest first.

    Recordings come prompt by prompt; with None they are only other attempts. One that goes on from words that stood
    there is left out: its tokens are a part of the answer. `made` is an ISO date.
    """
    rows: dict[tuple[object, ...], list[Answered]] = defaultdict(list)
    cards: dict[tuple[object, ...], Card] = {}
    ids: dict[tuple[object, ...], list[object]] = defaultdict(list)
    for _, several in groupby(judged, lambda pair: pair[0].prompt.id):
        group = list(several)
        for recording, right in group:
            if right is None or recording.prompt.partial:
                continue
            card = recording.card
            place = (card.name, card.revision, temperature(card))
            attempts = [other for other, _ in group if other.card == card]
            rows[place].append(Answered.from_recording(recording, right, attempts))
            ids[place].append([recording.id, right])
            cards[place] = card
    told = "{} recorded answers that people judged"
    return tuple(
        Answers(cards[place], told.format(len(each)), LABELS + content_id(ids[place]), made, tuple(each))
        for place, each in sorted(rows.items(), key=lambda item: -len(item[1]))
    )


def temperature(card: Card) -> float:
    """How freely a model picked its words; 0 where it is not known to."""
    return float(card.settings.get("temperature", 0.0))


def known(events: Iterable[Event]) -> tuple[float, ...]:
    """The logprobs of an answer's tokens, as far as they are known."""
    found = logprobs(event.data for event in events if event.kind == "token")
    return tuple(round(one, PLACES) for one in found)


def keep(path: Path, row: Answered) -> None:
    """Add one answer to a file."""
    with path.open("a", encoding="utf-8") as file:
        file.write(line(asdict(row)))


def line(values: Mapping[str, Any]) -> str:
    """A JSON object on one line."""
    return json.dumps({k: v for k, v in values.items() if v is not None}, ensure_ascii=False) + "\n"
