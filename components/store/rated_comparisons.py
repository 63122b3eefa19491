"""Comparisons: which prototypes were seen side by side, by how many people, and what each of them said last."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, case, func, select

from components.core.prompt import isolate_direction
from components.store.tables import names, ratings, seen


@dataclass(frozen=True)
class Arm:
    """One prototype of a comparison, and the pane whose colour it has."""

    pane: str
    prototype: str
    name: str

    @property
    def label(self) -> str:
        """The name as it can stand in a sentence: right-to-left text isolated."""
        return isolate_direction(self.name)


@dataclass(frozen=True)
class RatedComparison:
    """The same prototypes in the same weather. `people` gave ratings, the last of them at `last` (ISO, UTC)."""

    id: str
    arms: tuple[Arm, ...]
    people: int
    last: str


def rated_sighting() -> ColumnElement[bool]:
    """Joins a rating to its sighting, or, where it is about the whole play, to one sighting of that play."""
    other = seen.alias()
    first = select(func.min(other.c.id)).where(other.c.play == ratings.c.play).correlate(ratings).scalar_subquery()
    return seen.c.id == func.coalesce(ratings.c.seen, first)


def ratings_query(rater: str, comparison: str) -> Select[*tuple[Any, ...]]:
    """Everything a person said about a comparison, the latest last."""
    pane = case((ratings.c.seen.is_(None), ""), else_=seen.c.pane)
    return (
        select(ratings, pane.label("pane"), seen.c.recording)
        .select_from(ratings)
        .join(seen, rated_sighting())
        .where(ratings.c.rater == rater, seen.c.comparison == comparison)
        .order_by(ratings.c.number)
    )


def latest_play_query(rater: str, comparison: str, recording: str) -> Select[*tuple[Any, ...]]:
    """What a person saw at once of this answer, the last time they saw all of the comparison's panes."""
    last = (
        select(seen.c.play)
        .where(seen.c.rater == rater, seen.c.comparison == comparison, seen.c.recording == recording)
        .group_by(seen.c.play)
        .order_by(func.count().desc(), func.max(seen.c.at).desc())  # a pane that went on alone is a play of its own
        .limit(1)
    )
    return select(seen.c.pane, seen.c.id, seen.c.play).where(seen.c.play == last.scalar_subquery())


def rated_comparisons(connection: Connection) -> tuple[RatedComparison, ...]:
    """Every comparison with at least one rating, the one with most people first, then the latest."""
    counts = connection.execute(
        select(seen.c.comparison, func.count(ratings.c.rater.distinct()), func.max(ratings.c.at))
        .select_from(ratings)
        .join(seen, rated_sighting())
        .group_by(seen.c.comparison)
    ).all()
    panes = connection.execute(
        select(seen.c.comparison, seen.c.prototype, func.min(seen.c.pane), func.max(names.c.name))
        .join(names, names.c.id == seen.c.prototype, isouter=True)
        .group_by(seen.c.comparison, seen.c.prototype)
    ).all()
    comparisons = [
        RatedComparison(
            id, arms_by_pane([(pane, proto, name) for c, proto, pane, name in panes if c == id]), people, last
        )
        for id, people, last in counts
    ]
    return tuple(sorted(sorted(comparisons, key=lambda c: c.last, reverse=True), key=lambda c: -c.people))


def arms_by_pane(panes: list[tuple[str, str, str | None]]) -> tuple[Arm, ...]:
    """The arms in the order of their panes; where two claim the same pane, each gets its own."""
    ordered = sorted(panes, key=lambda pane: (pane[0], pane[2] or "", pane[1]))
    single = len({pane for pane, _, _ in ordered}) == len(ordered)
    letters = [pane for pane, _, _ in ordered] if single else [chr(ord("A") + i) for i in range(len(ordered))]
    return tuple(
        Arm(letter, proto, name or proto[:8]) for letter, (_, proto, name) in zip(letters, ordered, strict=True)
    )
