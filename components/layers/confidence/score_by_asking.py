"""Asking: the scores for which the model is asked again, while the person already reads its answer."""

import re
from collections.abc import Generator
from dataclasses import dataclass, replace

from components.core.event import Event
from components.core.layer import Answer
from components.core.prompt import Prompt
from components.layers.confidence.agreement import agreement_share
from components.layers.confidence.score import NO_NUMBER, NO_OTHERS, SAMPLE_COUNT, SELF_CONSISTENCY
from components.layers.hidden_answers import collect_parallel

MIN_SAMPLES = 3  # of the further answers; with fewer, how far they agree says nothing
CONFIDENCE_PROMPT = (
    "How sure are you that your answer is right? Reply with a percentage from 0 % (surely wrong) to 100 % (surely "
    "right), and nothing else."
)
PERCENT_PATTERN = re.compile(r"(?<![\d.])(\d{1,3}(?:\.\d+)?)\s*(?:%|percent|per cent)", re.IGNORECASE)
LONE_NUMBER_PATTERN = re.compile(r"\W*(\d{1,3}(?:\.\d+)?)\W*")


@dataclass(frozen=True)
class ScoreResult:
    """A score from 0 to 1, or why there is none, and when that was known, in seconds since Send."""

    at: float
    score: float | None
    why: str = ""
    written: bool = False  # by a person, with the answer


ScoreStream = Generator[Event, None, ScoreResult]  # silences while the model works, and then the score


def score_by_asking(source: str, prompt: Prompt, answer: Answer, text: str, start: float) -> ScoreStream:
    """Yields silences, and returns the score of `text`, which was complete `start` seconds since Send, by asking the
    model again.
    """
    judge = self_consistency if source == SELF_CONSISTENCY else own_estimate
    return judge(prompt, answer, text, start)


def self_consistency(prompt: Prompt, answer: Answer, text: str, start: float) -> ScoreStream:
    """How far further answers, all asked for at once, agree with this one."""
    heard = yield from collect_parallel((answer(step) for step in next_attempts(prompt)), start)
    others = [hidden.text for hidden in heard if hidden.whole]
    at = max([start, *(hidden.at for hidden in heard)])
    score = agreement_share(text, others, prompt.text) if len(others) >= MIN_SAMPLES else None
    return ScoreResult(at, score, NO_OTHERS)


def own_estimate(prompt: Prompt, answer: Answer, text: str, start: float) -> ScoreStream:
    """Yields silences, and returns the percentage that the model gives when asked how sure it is, as a score."""
    [heard] = yield from collect_parallel([answer(confidence_turn(prompt, text))], start)
    if not heard.whole:
        return ScoreResult(heard.at, None, NO_OTHERS)
    return ScoreResult(heard.at, parse_percentage(heard.text), NO_NUMBER)


def next_attempts(prompt: Prompt) -> tuple[Prompt, ...]:
    """The next SAMPLE_COUNT attempts at the same prompt, each from its beginning."""
    return tuple(replace(prompt, attempt=prompt.attempt + n, partial="") for n in range(1, SAMPLE_COUNT + 1))


def confidence_turn(prompt: Prompt, text: str) -> Prompt:
    """The hidden turn that asks the model how sure it is of its answer `text`; its recording belongs to the same
    prompt.
    """
    return replace(prompt.with_choice(text, CONFIDENCE_PROMPT), partial="")


def parse_percentage(reply: str) -> float | None:
    """The percentage in a reply as a number from 0 to 1; None where there is none, or more than one."""
    alone = LONE_NUMBER_PATTERN.fullmatch(reply.strip())
    numbers = {float(number) for number in ([alone[1]] if alone else PERCENT_PATTERN.findall(reply))}
    number = numbers.pop() if len(numbers) == 1 else -1.0
    return number / 100 if 0 <= number <= 100 else None
