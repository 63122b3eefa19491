"""Scripted: answers that a person wrote, with times that a person chose; marked as scripted wherever they show."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from components.core.card import Card
from components.core.event import Event
from components.core.explained import Explained
from components.core.prompt import MAX_PROMPT_CHARS, Prompt, content_id
from components.core.recording import events_after
from components.core.scenario import TYPED_KEPT, word_pieces
from components.models.generation import Generation
from components.models.written.paced_model import PacedModel
from components.prompts.question_matching import find_question

SURE_LOGPROB = -0.1  # the logprob of a scripted token where none is given
MAX_SCRIPT_ANSWERS = 500  # answers in a script


@dataclass(frozen=True)
class AnswerScript:
    """Which question gets which answer, and what everything else gets; `first` in seconds, `rate` in words a second."""

    pairs: tuple[tuple[str, str], ...] = ()
    otherwise: str = ""
    first: float = 0.5
    rate: float = 20.0

    def __post_init__(self) -> None:
        if not any(answer.strip() for answer in (*(answer for _, answer in self.pairs), self.otherwise)):
            raise Explained("This script has no answer yet.", TYPED_KEPT, "Write an answer, or one for anything else.")
        questions = {question_key(question) for question, _ in self.pairs}
        if len(questions) < len(self.pairs) or "" in questions:
            raise Explained(
                "A question is empty, or is in the script twice.", TYPED_KEPT, "Give each answer a question of its own."
            )
        longest = max(len(text) for pair in (*self.pairs, (self.otherwise,)) for text in pair)
        if len(self.pairs) > MAX_SCRIPT_ANSWERS or longest > MAX_PROMPT_CHARS:
            raise Explained(
                "The script is too long.",
                TYPED_KEPT,
                f"It holds {MAX_SCRIPT_ANSWERS} answers, each of {MAX_PROMPT_CHARS:,} characters at most.",
            )
        if not (0 <= self.first <= 120 and 0.1 <= self.rate <= 1000):
            raise Explained(
                "The script cannot be told at this speed.", TYPED_KEPT,
                "The first word comes within 120 seconds, then 0.1 to 1,000 words a second.",
            )  # fmt: skip

    @staticmethod
    def from_json(values: Mapping[str, Any]) -> "AnswerScript":
        """The script of a JSON object of its fields."""
        return AnswerScript(
            **{**values, "pairs": tuple((str(question), str(answer)) for question, answer in values["pairs"])}
        )

    def answer_for(self, prompt: Prompt) -> str:
        """The answer written for the last choice or the question, however it is typed; else the one for all else."""
        questions = [question for question, _ in self.pairs]
        texts = (*(choice.option for choice in prompt.choices[-1:]), prompt.text)
        found = (find_question(text, questions) for text in texts)
        return next((self.pairs[index][1] for index in found if index is not None), self.otherwise)


class ScriptedModel(PacedModel):
    """A model behind which a person sits who wrote everything beforehand: a wizard of Oz."""

    def __init__(self, script: AnswerScript) -> None:
        super().__init__()
        self.script = script

    @property
    def card(self) -> Card:
        """That a person wrote it; its revision is the hash of the script."""
        return Card("Wizard of Oz", "scripted", content_id(asdict(self.script)), {"times": "made up"})

    def events_for(self, generation: Generation) -> Iterable[Event]:
        """The events of the written answer, without probabilities."""
        prompt, script = generation.prompt, self.script
        events = scripted_events(script.answer_for(prompt), script.first, 1 / script.rate, logprobs=None)
        return events_after(events, prompt.partial)


def scripted_events(
    text: str, first: float = 0.5, gap: float = 0.05, logprobs: Sequence[float] | None = (), ends: str = "stop"
) -> tuple[Event, ...]:
    """The events of an answer that a person wrote: a token a word, the first after `first` s, then one each `gap` s.

    `logprobs` are given to the tokens one by one; tokens beyond them are almost sure. With None no token has any.
    """
    words = word_pieces(text)
    chances = [] if logprobs is None else [*logprobs, *[SURE_LOGPROB] * len(words)]
    tokens = [
        Event(round(first + n * gap, 6), "token", word, token_data(word, chances[n]) if chances else {})
        for n, word in enumerate(words)
    ]
    last = tokens[-1].at if tokens else first
    return (*tokens, Event(round(last + gap, 6), "end", data={"reason": ends if tokens else "empty"}))


def token_data(word: str, logprob: float) -> dict[str, Any]:
    """The data of a token whose logprob is known."""
    return {"logprob": logprob, "alternatives": [[word, logprob]]}


def question_key(text: str) -> str:
    """A question as it is compared: its case and its spaces do not matter."""
    return " ".join(text.casefold().split())
