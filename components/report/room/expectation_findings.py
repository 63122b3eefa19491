"""Expectation findings: what a room guessed, what it felt, and what was measured."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import exp, log
from typing import Any

from components.deck.deck import Scene
from components.deck.room_items import AFTER, BEFORE, SAFEGUARDS, VERDICT
from components.deck.shown_deck import ShownDeck
from components.report.room.room_sentences import (
    count_people,
    early_text,
    late_text,
    named_sentences,
    points_sentence,
    room_gap,
    some_late_text,
)  # fmt: skip
from components.stats.interval import MIN_LIVE_PEOPLE, Interval, confidence_sequence
from components.store.room_records import RoomVote

GAP_LABEL = "The room's guess against what was measured"
GAP_WORDS = (
    "The room expected more right answers than there were", "The room expected fewer right answers than there were",
    "The room's guess and what was measured: no difference shown",
)  # fmt: skip
NO_GUESS_TEXT = "Nobody had guessed beforehand."
SHIP_LABELS = {"yes": "as it is", "safe": "with safeguards", "no": "not"}


def expectation_findings(deck: ShownDeck, scene: Scene, votes: Sequence[RoomVote], alpha: float) -> dict[str, Any]:
    """Guess, felt and measured, for how often it is right and how long it takes; and who would ship it."""
    panes = deck.shown_panes[scene.key]
    measured = sum(pane["outcome"] == "right" for pane in panes)
    clock = exp(sum(log(max(pane["clock"], 0.1)) for pane in panes) / len(panes)) if panes else 0.0
    before, after = (step_values(votes, f"{scene.key}.{when}") for when in (BEFORE, AFTER))
    guess, felt = numbers_of(before, "right"), numbers_of(after, "right")
    gaps = [number - measured for number in guess.values()]
    told = right_text(measured, len(panes))
    if guess:
        seen = f" and saw {mean_text(felt)}" if felt else ""
        gap_told = points_sentence(room_gap(gaps, alpha), GAP_WORDS, f"of {len(panes)}")
        first = f"{told}; the room had guessed {mean_text(guess)}{seen}."
        sentences = named_sentences([("", first), (GAP_LABEL, gap_told)])
    else:
        sentences = [f"{told}; the room saw {mean_text(felt)}. {NO_GUESS_TEXT}" if felt else NO_GUESS_TEXT]
    verdicts = step_values(votes, f"{scene.key}.{VERDICT}") or after  # rooms of earlier versions said it with the rest
    ship = Counter(str(items["ship"]) for items in verdicts.values() if "ship" in items)
    if not (before or after or verdicts):
        sentences = [early_text(0)]
    if ship:
        ways = ", ".join(f"{ship[value]} {label}" for value, label in SHIP_LABELS.items() if ship[value])
        sentences.append(f"Would they ship it? {count_people(ship.total())}: {ways}.")
    guards = Counter(guard for items in verdicts.values() for guard in items.get("guards", [items.get("guard")]))
    late = sum(vote.late and vote.step.startswith(f"{scene.key}.") for vote in votes)
    only_late = late and not (before or after or verdicts)
    return {
        "scene": scene.key, "title": scene.title or scene.kind_row.label,
        "n": max(len(before), len(after), len(verdicts)),
        "late": late, "sentences": [late_text(late)] if only_late else list(dict.fromkeys(sentences)),
        "notes": [some_late_text(late)] if late and not only_late else [],
        "expectation": {
            "of": len(panes),
            "right": {"guess": mean_of(guess, alpha), "felt": mean_of(felt, alpha), "measured": measured},
            "seconds": {"guess": middle_seconds(numbers_of(before, "felt").values()),
                        "felt": middle_seconds(numbers_of(after, "felt").values()), "measured": round(clock, 2)},
            "ship": [[label, ship[value]] for value, label in SHIP_LABELS.items() if ship[value]],
            "guards": [[label, guards[value]] for value, label in SAFEGUARDS if guards[value]],
        },
    }  # fmt: skip


def step_values(votes: Sequence[RoomVote], step: str) -> dict[str, Mapping[str, Any]]:
    """What each person answered to a step, in time."""
    return {vote.person: vote.content.get("items", {}) for vote in votes if vote.step == step and not vote.late}


def numbers_of(given: Mapping[str, Mapping[str, Any]], name: str) -> dict[str, float]:
    """Each person's number for an item."""
    return {who: float(items[name]) for who, items in given.items() if name in items}


def mean_text(numbers: Mapping[str, float]) -> str:
    """The mean of people's numbers, of which there are some, in words."""
    return f"{sum(numbers.values()) / len(numbers):.1f}"


def right_text(right: int, answers: int) -> str:
    """How many of the answers were right, without a full stop."""
    return f"{right} of {answers} {'was' if right == 1 else 'were'} right"


def mean_of(numbers: Mapping[str, float], alpha: float) -> dict[str, Any]:
    """The mean of people's numbers; with its interval from so many people on as that needs."""
    found: Interval = confidence_sequence(numbers.values(), alpha)
    enough = found.n >= MIN_LIVE_PEOPLE and not found.note
    ends = {"low": round(found.low, 2), "high": round(found.high, 2)} if enough else {"low": None, "high": None}
    return {"value": round(found.estimate, 2) if found.n else None, "n": found.n, **ends}


def middle_seconds(seconds: Iterable[float]) -> float | None:
    """The geometric mean of seconds; None where there are none."""
    logs = [log(max(value, 0.1)) for value in seconds]
    return round(exp(sum(logs) / len(logs)), 2) if logs else None
