"""Comparisons: which prototypes were seen side by side, by how many people, and what each of them said last."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, bindparam, case, func, select

from components.core.prompt import isolate_direction
from components.store.tables import names, ratings, recordings, seen


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
    """The same prototypes in the same weather. `people` gave ratings, the last of them at `last` (ISO, UTC).

    `ids` are all under which it was kept, `id` the one rated last: the panes in another order are the same comparison.
    """

    id: str
    ids: tuple[str, ...]
    arms: tuple[Arm, ...]
    people: int
    last: str


def rated_sighting() -> ColumnElement[bool]:
    """Joins a rating to its sighting, or, where it is about the whole play, to one sighting of that play."""
    other = seen.alias()
    first = select(func.min(other.c.id)).where(other.c.play == ratings.c.play).correlate(ratings).scalar_subquery()
    return seen.c.id == func.coalesce(ratings.c.seen, first)


@cache
def ratings_query() -> Select[*tuple[Any, ...]]:
    """Everything a person, :rater_id, said about a comparison, :comparison_id, the latest last."""
    pane = case((ratings.c.seen.is_(None), ""), else_=seen.c.pane)
    return (
        select(ratings, pane.label("pane"), seen.c.recording)
        .select_from(ratings)
        .join(seen, rated_sighting())
        .where(ratings.c.rater == bindparam("rater_id"), seen.c.comparison == bindparam("comparison_id"))
        .order_by(ratings.c.number)
    )


@cache
def latest_play_query() -> Select[*tuple[Any, ...]]:
    """What a person, :rater_id, saw at once of :answers, :count different ones, the last time they saw all panes of a
    comparison, :comparison_id.
    """
    last = (
        select(seen.c.play)
        .where(
            seen.c.rater == bindparam("rater_id"),
            seen.c.comparison == bindparam("comparison_id"),
            seen.c.recording.in_(bindparam("answers", expanding=True)),
        )
        .group_by(seen.c.play)
        .having(func.count(seen.c.recording.distinct()) == bindparam("count"))
        .order_by(func.count().desc(), func.max(seen.c.at).desc())  # a pane that went on alone is a play of its own
        .limit(1)
    )
    return select(seen.c.pane, seen.c.id, seen.c.play, seen.c.hidden).where(seen.c.play == last.scalar_subquery())


@cache
def play_answers_query() -> Select[*tuple[Any, ...]]:
    """Which recordings a person, :rater_id, saw beside each other in a comparison, :comparison_id, by the play."""
    return select(seen.c.play, seen.c.recording).where(
        seen.c.rater == bindparam("rater_id"), seen.c.comparison == bindparam("comparison_id")
    )


def plays_of_several_answers() -> Select[tuple[str]]:
    """The plays in which panes had answers of their own."""
    return select(seen.c.play).group_by(seen.c.play).having(func.count(seen.c.recording.distinct()) > 1)


def rated_comparisons(connection: Connection) -> tuple[RatedComparison, ...]:
    """Every comparison with at least one rating, the one with most people first, then the latest."""
    answers = connection.execute(
        select(seen.c.comparison, ratings.c.rater, func.max(ratings.c.at))
        .select_from(ratings)
        .join(seen, rated_sighting())
        .group_by(seen.c.comparison, ratings.c.rater)
    ).all()
    panes = defaultdict(list)
    for id, weather, pane, prototype, name in connection.execute(rated_panes_query()):
        panes[id].append((weather, pane, prototype, name))
    groups = same_comparisons(panes)
    same = defaultdict(list)
    for id, rater, last in answers:
        same[groups[id]].append((last, id, rater))
    models, comparisons = pane_models(connection), []
    for given in same.values():
        last, id, _ = max(given)
        arms = arms_with_models(arms_by_pane([row[1:] for row in panes[id]]), models.get(id, {}))
        ids = tuple(sorted({other for _, other, _ in given}))
        comparisons.append(RatedComparison(id, ids, arms, len({rater for _, _, rater in given}), last))
    return tuple(sorted(sorted(comparisons, key=lambda c: c.last, reverse=True), key=lambda c: -c.people))


def same_comparisons(panes: Mapping[str, list[tuple[str, str, str, str | None]]]) -> dict[str, Hashable]:
    """A key for each comparison's id, from its (weather, pane, prototype, name): the same where only panes changed."""
    copies: Counter[Hashable] = Counter()
    keys: dict[str, Hashable] = {}
    for id in sorted(panes):
        order = tuple((pane, prototype) for _, pane, prototype, _ in panes[id])
        what = (frozenset(prototype for _, prototype in order), panes[id][0][0])
        keys[id] = (*what, copies[what, order])  # two with the very same panes were kept apart, and stay so
        copies[what, order] += 1
    return keys


def rated_panes_query() -> Select[*tuple[Any, ...]]:
    """Each comparison's prototypes with the weather, the first pane and the name of each."""
    return (
        select(
            seen.c.comparison, func.min(seen.c.weather), func.min(seen.c.pane), seen.c.prototype,
            func.max(names.c.name),
        )
        .join(names, names.c.id == seen.c.prototype, isouter=True)
        .group_by(seen.c.comparison, seen.c.prototype)
        .order_by(seen.c.comparison, seen.c.prototype)
    )  # fmt: skip


def pane_models(connection: Connection) -> dict[str, dict[str, set[str]]]:
    """Who answered in the panes of comparisons whose panes had answers of their own, by comparison and prototype."""
    query = (
        select(seen.c.comparison, seen.c.prototype, recordings.c.model)
        .join(recordings, recordings.c.id == seen.c.recording)
        .where(seen.c.play.in_(plays_of_several_answers()))
        .distinct()
    )
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for comparison, prototype, model in connection.execute(query):
        found[comparison][prototype].add(model)
    return found


def arms_with_models(arms: tuple[Arm, ...], models: Mapping[str, set[str]]) -> tuple[Arm, ...]:
    """The arms called by their models too, where each was always answered by one and not all by the same."""
    told = {prototype: next(iter(names)) for prototype, names in models.items() if len(names) == 1}
    if len(set(told.values())) < 2:
        return arms
    return tuple(
        replace(arm, name=f"{arm.name}, {told[arm.prototype]}") if arm.prototype in told else arm for arm in arms
    )


def arms_by_pane(panes: list[tuple[str, str, str | None]]) -> tuple[Arm, ...]:
    """The arms in the order of their panes; where two claim the same pane, each gets its own."""
    ordered = sorted(panes, key=lambda pane: (pane[0], pane[2] or "", pane[1]))
    single = len({pane for pane, _, _ in ordered}) == len(ordered)
    letters = [pane for pane, _, _ in ordered] if single else [chr(ord("A") + i) for i in range(len(ordered))]
    return tuple(
        Arm(letter, proto, name or proto[:8]) for letter, (_, proto, name) in zip(letters, ordered, strict=True)
    )
