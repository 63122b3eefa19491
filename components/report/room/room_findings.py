"""Room findings: what a projector shows of a room's answers: sentences first, then the numbers behind them."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations
from math import exp, isfinite
from typing import Any

from components.deck.deck import Scene
from components.deck.scene_kinds import EXPECTATION
from components.deck.shown_deck import ShownDeck
from components.report.room.expectation_findings import expectation_findings
from components.report.room.room_sentences import (
    FINDINGS_NOTE,
    NO_DIFFERENCE,
    choice_sentence,
    felt_sentence,
    late_text,
    named_sentences,
    points_sentence,
    room_gap,
)
from components.report.room.room_tables import PaneValues, SceneVotes, outcome_gaps, pane_gaps, scene_votes
from components.report.study.verdict_parts import SIDE_NOTE
from components.stats.error_budget import PAGE_ERROR_SHARE
from components.stats.interval import Interval, confidence_sequence
from components.stats.preference import anytime_interval
from components.store.room_records import RoomVote

QUESTIONS_A_SCENE = 4.0  # among which the part of the error budget that a scene has is shared
Panes = Sequence[Mapping[str, Any]]


def room_findings(deck: ShownDeck, votes: Sequence[RoomVote], scene: str = "") -> dict[str, Any]:
    """What a room said in a scene, or in each one that was answered where none is named."""
    asked = [one for one in deck.deck.scenes if any(step.partition(".")[0] == one.key for step in deck.steps)]
    alpha = PAGE_ERROR_SHARE / max(len(asked), 1) / QUESTIONS_A_SCENE
    wanted = [one for one in asked if scene in ("", one.key)]
    found = [scene_findings(deck, one, votes, alpha) for one in wanted]
    return {"note": FINDINGS_NOTE, "scenes": [one for one in found if scene or one["n"] or one["late"]]}


def scene_findings(deck: ShownDeck, scene: Scene, votes: Sequence[RoomVote], alpha: float) -> dict[str, Any]:
    """What a room said in one scene."""
    if scene.kind == EXPECTATION:
        return expectation_findings(deck, scene, votes, alpha)
    panes: Panes = deck.shown_panes[scene.key]
    told = scene_votes(deck, scene.key, votes)
    names = {pane["key"]: pane_label(pane) for pane in panes}
    said, notes = [], []  # what it is about, and the sentence
    if "choice" in scene.asked and len(panes) > 1:
        said.append(("Preference", choice_sentence(pane_choices(told, panes), names, alpha)))
    if "felt" in scene.asked:
        said += [("Felt time", sentence) for sentence in felt_sentences(told, names, alpha)]
        notes += [SIDE_NOTE] if deck.deck.phones != "own" and len(panes) > 1 else []
        notes += (
            [f"{told.untimed} answers did not play on time and are left out of the seconds."] if told.untimed else []
        )
    said += trust_sentences(scene, told, panes, names, alpha)
    only_late = told.late and not told.people
    if told.late and not only_late:
        notes.append(f"{told.late} came after the reveal and are not counted.")
    if not scene.kind_row.blind:
        notes.append("Names were on the screen while people rated.")
    return {
        "scene": scene.key, "title": scene.title or scene.kind_row.label, "n": told.people, "late": told.late,
        "sentences": [late_text(told.late)] if only_late else named_sentences(said), "notes": notes,
        "panes": pane_rows(told, panes, alpha),
        "none": pane_choices(told, panes)[NO_DIFFERENCE],
    }  # fmt: skip


def pane_label(pane: Mapping[str, Any]) -> str:
    """What a pane is called once names are told."""
    return f"{pane['key']} {pane['name']}"


def pane_choices(told: SceneVotes, panes: Panes) -> dict[str, int]:
    """How many chose each pane, and neither."""
    counted = Counter(told.choices.values())
    return {key: counted[key] for key in (*(pane["key"] for pane in panes), NO_DIFFERENCE)}


def felt_sentences(told: SceneVotes, names: Mapping[str, str], alpha: float) -> list[str]:
    """Which one feels faster, of each pair of panes."""
    pairs = list(combinations(names, 2))
    return [
        felt_sentence(room_gap(pane_gaps(told.felt, first, second), alpha / len(pairs)), names[first], names[second])
        for first, second in pairs
    ]


def trust_sentences(
    scene: Scene, told: SceneVotes, panes: Panes, names: Mapping[str, str], alpha: float
) -> list[tuple[str, str]]:  # fmt: skip
    """Whether trust and use follow what is right, where both are shown; else which pane is trusted more. Each with what
    it is about.
    """
    outcomes = {pane["key"]: pane["outcome"] for pane in panes}
    sentences = []
    if {"right", "wrong"} <= set(outcomes.values()):
        for name, values, words, unit, scale in OUTCOME_ROWS:
            if name in scene.asked:
                gap = room_gap(outcome_gaps(values(told), outcomes).values(), alpha)
                sentences.append((SAID_LABELS[name], points_sentence(gap, words, unit, scale)))
        return sentences
    pairs = list(combinations(names, 2)) if "trust" in scene.asked else []
    for first, second in pairs:
        gap = room_gap(pane_gaps(told.trust, first, second), alpha / len(pairs))
        words = (
            f"{names[first]} is trusted more than {names[second]}",
            f"{names[second]} is trusted more than {names[first]}",
            f"{names[first]} and {names[second]}: no difference in trust shown",
        )  # fmt: skip
        sentences.append((SAID_LABELS["trust"], points_sentence(gap, words, "points")))
    return sentences


def pane_rows(told: SceneVotes, panes: Panes, alpha: float) -> list[dict[str, Any]]:
    """The numbers of each pane: share of choices, felt beside the clock, trust, and how many would use it."""
    counts, chose = pane_choices(told, panes), len(told.choices)
    return [
        {
            "key": pane["key"], "name": pane["name"], "outcome": pane["outcome"], "clock": pane["clock"],
            "chosen": chosen_row(counts[pane["key"]], chose, alpha),
            "felt": felt_row(told, pane["key"], alpha), "trust": mean_row(told.trust, pane["key"], alpha),
            "used": share_row(told.accepted, pane["key"], alpha),
        }
        for pane in panes
    ]  # fmt: skip


def chosen_row(count: int, n: int, alpha: float) -> dict[str, Any]:
    """How many chose a pane, and the share that is."""
    return {**interval_row(anytime_interval(count, n, alpha)), "count": count}


def felt_row(told: SceneVotes, pane: str, alpha: float) -> dict[str, Any] | None:
    """Felt seconds of a pane, as a geometric mean, and beside its clock; None where nobody told."""
    logs = [given[pane] for given in told.felt.values() if pane in given]
    if not logs:
        return None
    ratio = confidence_sequence([given[pane] for given in told.ratios.values() if pane in given], alpha)
    ends = [exp(end) if isfinite(end) else end for end in (ratio.estimate, ratio.low, ratio.high)]
    told_ratio = Interval(ends[0], ends[1], ends[2], ratio.n)
    return {"seconds": round(exp(sum(logs) / len(logs)), 2), "ratio": interval_row(told_ratio), "n": len(logs)}


def mean_row(values: Mapping[str, PaneValues], pane: str, alpha: float) -> dict[str, Any] | None:
    """The mean of what people gave a pane; None where nobody did."""
    given = [found[pane] for found in values.values() if pane in found]
    return interval_row(confidence_sequence(given, alpha)) if given else None


def share_row(values: Mapping[str, PaneValues], pane: str, alpha: float) -> dict[str, Any] | None:
    """The share of people who would use a pane's answer; None where nobody was asked."""
    given = [found[pane] for found in values.values() if pane in found]
    return interval_row(anytime_interval(int(sum(given)), len(given), alpha)) if given else None


def interval_row(interval: Interval) -> dict[str, Any]:
    """An interval as JSON; what is missing is null."""
    ends = {"value": interval.estimate, "low": interval.low, "high": interval.high}
    return {name: round(end, 4) if isfinite(end) else None for name, end in ends.items()} | {"n": interval.n}


SAID_LABELS = {"trust": "Trust", "accept": "Use"}
OUTCOME_ROWS: tuple[tuple[str, Callable[[SceneVotes], Mapping[str, PaneValues]], tuple[str, ...], str, float], ...] = (
    (
        "trust", lambda told: told.trust,
        ("Right answers are trusted more than wrong ones", "Wrong answers are trusted more than right ones",
         "No difference in trust between right and wrong answers shown"), "points", 1.0,
    ),
    (
        "accept", lambda told: told.accepted,
        ("Right answers are used more often than wrong ones", "Wrong answers are used more often than right ones",
         "No difference in use between right and wrong answers shown"), "points of 100", 100.0,
    ),
)  # fmt: skip
