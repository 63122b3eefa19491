"""Room tables: the votes of a room by person and pane, with what the clock said; late ones are counted apart."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import Any

from components.deck.shown_deck import ShownDeck
from components.stats.play_contrasts import MIN_RATIO_CLOCK_S
from components.store.room_records import RoomVote

INSTANT_S = 0.1  # seconds; shorter feels like none, and a felt 0 has no logarithm
PaneValues = Mapping[str, float]  # by pane


@dataclass(frozen=True)
class SceneVotes:
    """What a room said in one scene, in time: by person the choice, and by person and pane what was asked of each.

    `felt` are logarithms of felt seconds, `ratios` of felt over clock seconds. `late` counts who answered after the
    reveal, `untimed` the felt seconds of answers that a phone did not play as it should.
    """

    people: int
    late: int
    choices: Mapping[str, str]
    felt: Mapping[str, PaneValues]
    ratios: Mapping[str, PaneValues]
    trust: Mapping[str, PaneValues]
    accepted: Mapping[str, PaneValues]
    untimed: int


def scene_votes(deck: ShownDeck, scene: str, votes: Sequence[RoomVote]) -> SceneVotes:
    """The votes of a scene with panes beside each other."""
    own = [vote for vote in votes if vote.step == scene]
    told = [vote for vote in own if not vote.late]
    clocks = {pane["key"]: float(pane["clock"]) for pane in deck.shown_panes.get(scene, ())}
    items = {vote.person: vote.content.get("items", {}) for vote in told}
    timed = {vote.person: pane_clocks(deck, vote, clocks) for vote in told}
    felt = {who: dict(pane_numbers(given, "felt", clocks)) for who, given in items.items()}
    ratios = {
        who: {
            pane: log(max(seconds, INSTANT_S) / timed[who][pane])
            for pane, seconds in found.items()
            if timed[who].get(pane, 0.0) >= MIN_RATIO_CLOCK_S
        }
        for who, found in felt.items()
    }
    untimed = sum(pane not in timed[who] for who, found in felt.items() for pane in found)
    logs = {
        who: {pane: log(max(seconds, INSTANT_S)) for pane, seconds in found.items() if pane in timed[who]}
        for who, found in felt.items()
    }
    choices = {who: str(given["choice"]) for who, given in items.items() if "choice" in given}
    return SceneVotes(
        len(told), len(own) - len(told), choices,
        logs, ratios, {who: dict(pane_numbers(given, "trust", clocks)) for who, given in items.items()},
        {who: dict(pane_accepts(given, clocks)) for who, given in items.items()}, untimed,
    )  # fmt: skip


def pane_clocks(deck: ShownDeck, vote: RoomVote, clocks: PaneValues) -> PaneValues:
    """The seconds to the end of each pane's answer: as the phone painted it, where phones play; else as the stage does.

    An answer that a phone did not paint as it should is not among them.
    """
    if deck.deck.phones != "own":
        return clocks
    seen = vote.content.get("seen", {})
    return {
        pane: float(at)
        for pane, at in seen.items()
        if pane in clocks and abs(float(at) - clocks[pane]) <= max(0.1, 0.05 * clocks[pane])
    }


def pane_numbers(given: Mapping[str, Any], name: str, panes: Mapping[str, Any]) -> Iterator[tuple[str, float]]:
    """The number that was given for each pane to the item with this name."""
    for pane in panes:
        value = given.get(f"{name}-{pane}")
        if value is not None:
            yield pane, float(value)


def pane_accepts(given: Mapping[str, Any], panes: Mapping[str, Any]) -> Iterator[tuple[str, float]]:
    """For each pane 1.0 where its answer would be used as it is, 0.0 where not."""
    for pane in panes:
        value = given.get(f"accept-{pane}")
        if value is not None:
            yield pane, float(value == "accept")


def outcome_gaps(values: Mapping[str, PaneValues], outcomes: Mapping[str, str]) -> dict[str, float]:
    """By person the mean over right answers minus that over wrong ones, for who has said it of both."""
    gaps = {}
    for who, given in values.items():
        sides = [[value for pane, value in given.items() if outcomes.get(pane) == wanted] for wanted in OUTCOMES]
        if all(sides):
            gaps[who] = sum(sides[0]) / len(sides[0]) - sum(sides[1]) / len(sides[1])
    return gaps


def pane_gaps(values: Mapping[str, PaneValues], first: str, second: str) -> list[float]:
    """Each person's value for one pane minus that for another."""
    return [given[first] - given[second] for given in values.values() if first in given and second in given]


OUTCOMES = ("right", "wrong")
