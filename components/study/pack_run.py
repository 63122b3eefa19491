"""Sheet: one prototype over many prompts: what each answer comes to, and how clean prompts fare against messy ones."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from components.core.layer import Layer
from components.core.prototype import Prototype
from components.core.recording import Recording, replay
from components.core.timeline import Timeline, build_timeline
from components.prompts.answer_judging import is_right_answer
from components.prompts.packs import PackItem
from components.study.outcome import USEFUL_OUTCOMES, classify_outcome


@dataclass(frozen=True)
class PlayedItem:
    """One prompt seen through one prototype: what is known about it, what it came to, one of OUTCOMES."""

    item: PackItem
    recording: Recording
    seen: Timeline
    outcome: str
    checked: bool = True  # whether anything says that the answer is right or wrong

    @property
    def messy(self) -> bool:
        """Whether the prompt is as real use brings it."""
        return bool(self.item.mess)


@dataclass(frozen=True)
class OutcomeCounts:
    """How many prompts ended in each outcome, clean ones and messy ones.

    `unchecked` says of how many "answered" ones, clean and messy, nobody knows whether the answer is right.
    """

    clean: Mapping[str, int]
    messy: Mapping[str, int]
    unchecked: tuple[int, int] = (0, 0)

    @property
    def shares(self) -> tuple[float | None, float | None]:
        """The share of clean and of messy prompts that ended in a useful state, 0 to 1; None where there are none."""
        return useful_share(self.clean), useful_share(self.messy)


def play_pack(
    prototype: Prototype, items: Iterable[PackItem], answers: Mapping[str, Recording], weather: Iterable[Layer] = (),
    judged: Mapping[str, bool] | None = None,
) -> tuple[PlayedItem, ...]:  # fmt: skip
    """Each item with an answer in `answers` (by its prompt's text), played through the prototype.

    `judged` says by a recording's id whether a person called it right; elsewhere the item's known answers decide.
    """
    surrounded = prototype.with_weather(*weather)
    pairs = ((item, answers[item.text]) for item in items if item.text in answers)
    return tuple(play_item(surrounded, item, recording, (judged or {}).get(recording.id)) for item, recording in pairs)


def play_item(prototype: Prototype, item: PackItem, recording: Recording, judged: bool | None) -> PlayedItem:
    """One item played through the prototype, with its outcome."""
    prompt = replace(recording.prompt, temperature=recording.card.temperature)
    seen = build_timeline(prototype, prompt, replay([recording]), depth=0)
    known = is_right_answer(item.as_question, recording.text) if item.as_question else None
    right = known if judged is None else judged
    return PlayedItem(item, recording, seen, classify_outcome(seen, right, bool(item.missing)), right is not None)


def count_outcomes(sheet: Iterable[PlayedItem]) -> OutcomeCounts:
    """How many clean and how many messy prompts ended in each outcome."""
    counts, unchecked = {False: Counter[str](), True: Counter[str]()}, Counter[bool]()
    for played in sheet:
        counts[played.messy][played.outcome] += 1
        unchecked[played.messy] += played.outcome == "answered" and not played.checked
    return OutcomeCounts(counts[False], counts[True], (unchecked[False], unchecked[True]))


def useful_share(counts: Mapping[str, int]) -> float | None:
    """The share of useful outcomes, 0 to 1; None where nothing was counted."""
    total = sum(counts.values())
    return sum(counts.get(name, 0) for name in USEFUL_OUTCOMES) / total if total else None
