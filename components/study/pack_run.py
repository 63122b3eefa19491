"""Sheet: one prototype over many prompts: what each answer comes to, and how clean prompts fare against messy ones."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from components.core.layer import Layer
from components.core.prototype import Prototype
from components.core.recording import Recording, replay
from components.core.timeline import Timeline, build_timeline
from components.prompts.answer_rules import is_question, judge_answer, split_sentences
from components.prompts.packs import PackItem
from components.study.outcome import NOT_CHECKED, USEFUL_OUTCOMES, classify_outcome


@dataclass(frozen=True)
class PlayedItem:
    """One prompt seen through one prototype: what is known about it, what it came to, one of OUTCOMES."""

    item: PackItem
    recording: Recording
    seen: Timeline
    outcome: str

    @property
    def checked(self) -> bool:
        """Whether it is known what the prompt came to."""
        return self.outcome != NOT_CHECKED

    @property
    def messy(self) -> bool:
        """Whether the prompt is as real use brings it."""
        return bool(self.item.mess)


@dataclass(frozen=True)
class OutcomeCounts:
    """How many prompts ended in each outcome, clean ones and messy ones."""

    clean: Mapping[str, int]
    messy: Mapping[str, int]


def play_pack(
    prototype: Prototype, items: Iterable[PackItem], answers: Mapping[str, Recording], weather: Iterable[Layer] = (),
    judged: Mapping[str, bool | None] | None = None,
) -> tuple[PlayedItem, ...]:  # fmt: skip
    """Each item with an answer in `answers` (by its prompt's text), played through the prototype.

    `judged` says by a recording's id whether a person called it right, None where they could not tell; elsewhere what
    is known of the item decides.
    """
    surrounded = prototype.with_weather(*weather)
    pairs = ((item, answers[item.text]) for item in items if item.text in answers)
    return tuple(play_item(surrounded, item, recording, judged or {}) for item, recording in pairs)


def play_item(
    prototype: Prototype, item: PackItem, recording: Recording, judged: Mapping[str, bool | None]
) -> PlayedItem:
    """One item played through the prototype, with its outcome.

    Who answers a request that lacks something has guessed, unless it asks, or a person has looked at the answer.
    """
    looked = recording.id in judged
    prompt = replace(recording.prompt, temperature=recording.card.temperature)
    seen = build_timeline(prototype, prompt, replay([recording]), depth=0)
    right = judged[recording.id] if looked else judge_answer(item, recording.text)
    asks = any(is_question(sentence) for sentence in split_sentences(recording.text))
    guessed = bool(item.missing) and not looked and (right is False or (right is None and not asks))
    return PlayedItem(item, recording, seen, classify_outcome(seen, None if guessed else right, guessed))


def count_outcomes(sheet: Iterable[PlayedItem]) -> OutcomeCounts:
    """How many clean and how many messy prompts ended in each outcome."""
    counts = {False: Counter[str](), True: Counter[str]()}
    for played in sheet:
        counts[played.messy][played.outcome] += 1
    return OutcomeCounts(counts[False], counts[True])


def describe_useful(counts: Mapping[str, int]) -> str:
    """How many prompts ended usefully of those that could be checked, and how many could not, in words."""
    total, unchecked = sum(counts.values()), counts.get(NOT_CHECKED, 0)
    useful = sum(counts.get(name, 0) for name in USEFUL_OUTCOMES)
    if not total:
        return "none here"
    if unchecked == total:
        return f"none of these {total} could be checked"
    left = f"; {unchecked} not checked" if unchecked else ""
    return f"useful in {useful} of the {total - unchecked} that could be checked{left}"
