"""Question run: asks a model questions whose answers are known, so that its scores can be compared with what is right.

`python -m components.tools.ask_bundled` asks the bundled model, or goes on where it was left; what its scores are worth
is then worked out by `python -m components.tools.calibrate_bundled`.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from components.core.card import Card
from components.core.event import Event
from components.core.explained import Explained
from components.core.folders import PROJECT_ROOT
from components.core.prompt import Prompt, content_id
from components.layers.confidence.score_by_asking import confidence_turn, next_attempts
from components.models.bundled import prepare_bundled
from components.models.calibration.answer_sets import AnsweredQuestion, AnswerSet, rounded_logprobs
from components.models.model import Model
from components.prompts.answer_judging import is_right_answer
from components.prompts.packs import load_questions

PARALLEL_QUESTIONS = 8  # questions under way together
ANSWERS_FOLDER = PROJECT_ROOT / "assets" / "calibration" / prepare_bundled.MODEL_NAME
TEMPERATURES = (0.0, 0.2, 0.7)  # 0.2 as models are asked live, 0.7 near the shipped answers; above 0 answers differ
MAX_ANSWER_TOKENS = 40  # tokens: the questions have short answers


@dataclass(frozen=True)
class KnownQuestion:
    """A question with the rule that tells a right answer."""

    id: str
    text: str
    right: Callable[[str], bool]


def answer_question(model: Model, question: KnownQuestion) -> AnsweredQuestion:
    """The model's answer to one question, its own estimate, and further attempts where its temperature is above 0.

    Explained where the model breaks off.
    """
    prompt = Prompt.from_typed(question.text)
    answer, events = collect_answer(model, prompt)
    if events[-1].kind == "error":
        raise Explained(
            f"The model broke off at “{question.text}” ({events[-1].text}).",
            "Every answer before it is kept.",
            "Start again: it goes on from there.",
        )
    varies = float(model.card.settings.get("temperature", 1.0)) > 0
    others = [collect_answer(model, attempt) for attempt in next_attempts(prompt)] if varies else []
    return AnsweredQuestion(
        question.id, question.text, answer, question.right(answer), rounded_logprobs(events),
        tuple(text for text, heard in others if heard[-1].kind == "end") if varies else None,
        collect_answer(model, confidence_turn(prompt, answer))[0],
    )  # fmt: skip


def collect_answer(model: Model, prompt: Prompt) -> tuple[str, list[Event]]:
    """(text, events) of an answer, waiting until it is whole; at least one event, an error where none came."""
    events = list(model.ask(prompt).answer()) or [Event(0.0, "error", "no answer")]
    return "".join(event.text for event in events if event.kind == "token"), events


def answer_questions(
    model: Model,
    questions: Sequence[KnownQuestion],
    done: Sequence[AnsweredQuestion] = (),
    at_once: int = PARALLEL_QUESTIONS,
) -> Iterator[AnsweredQuestion]:
    """Every answer to a question that is not done yet, as it comes; leaving it early asks no more."""
    answered = {row.question for row in done}
    pool = ThreadPoolExecutor(at_once)
    try:
        left = [question for question in questions if question.id not in answered]
        yield from pool.map(lambda question: answer_question(model, question), left)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def resume_answers(path: Path, card: Card, questions: Sequence[KnownQuestion]) -> tuple[AnsweredQuestion, ...]:
    """The rows of an unfinished file that still hold: same model, same questions, judged anew. () where there is
    none.
    """
    if not path.exists() or (earlier := AnswerSet.read(path)).card != card:
        return ()
    by_id = {question.id: question for question in questions}
    same = [row for row in earlier.rows if row.question in by_id and by_id[row.question].text == row.asked]
    return tuple(replace(row, right=by_id[row.question].right(row.answer)) for row in same)


def known_questions() -> tuple[KnownQuestion, ...]:
    """The questions that come with Parallax."""
    return tuple(
        KnownQuestion(question.id, question.text, partial(is_right_answer, question)) for question in load_questions()
    )


def make_answer_set(card: Card, questions: Sequence[KnownQuestion], rows: Sequence[AnsweredQuestion] = ()) -> AnswerSet:
    """The rows as a set of answers, with a name and an id for the questions and today's date."""
    id = content_id([[question.id, question.text] for question in questions])
    today = datetime.now(UTC).date().isoformat()
    return AnswerSet(card, f"{len(questions)} short factual questions", id, today, tuple(rows))
