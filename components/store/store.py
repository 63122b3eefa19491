"""Store: keeps prototypes, sightings, ratings and the rest. What is kept never changes; a correction is a new row."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import RowMapping, select

from components.core.explained import Explained
from components.core.layer import Layer
from components.core.prototype import Prototype
from components.layers import KNOWN
from components.store import comparisons, opening, tables, troubles
from components.store.batches import Batches
from components.store.database import dumped, now, once
from components.store.library import Library
from components.store.models import Models
from components.store.versions import Versions
from components.study.rating import Rating, Seen

if TYPE_CHECKING:
    from pandas import DataFrame


@dataclass(frozen=True)
class Watched:
    """The play that ratings are about: its id, and the id of each pane's sighting."""

    play: str
    panes: Mapping[str, str]


@dataclass(frozen=True)
class Saved:
    """A rating as it stands on the disk (`rating.at` says since when), with the pane and recording it is about."""

    rating: Rating
    pane: str
    recording: str


class Store(Library, Models, Batches, Versions):
    """Everything Parallax keeps. Safe to share between threads; each call is one short transaction.

    Whatever can go wrong with a database is Explained. When a call that keeps something returns, it is on the disk.
    """

    @staticmethod
    def open(place: Path | str | None = None, patience: float = 5.0, clock: Callable[[], str] = now) -> "Store":
        """The store in a folder or at a URL; by default where PARALLAX_DATABASE_URL or PARALLAX_DATA say.

        `patience`: seconds to wait for another program that is writing. An older database is brought up to date; a
        damaged or newer one is left as it is and Explained.
        """
        return Store(*opening.opened(opening.address(place), patience), clock)

    def close(self) -> None:
        """Let go of the database's files."""
        self.engine.dispose()

    def keep_prototype(self, prototype: Prototype) -> str:
        """Keep a prototype, return its id. Kept again under another name, it is the same one with a new name."""
        with self.writing() as connection:
            self.write_prototype(connection, prototype)
        return prototype.id

    def prototype(self, id: str, known: Mapping[str, type[Layer]] = KNOWN) -> Prototype | None:
        """The prototype with this id, None where there is none. Explained where one of its patterns is gone."""
        query = select(tables.prototypes.c.layers, tables.names.c.name, tables.names.c.about).outerjoin_from(
            tables.prototypes, tables.names, tables.names.c.id == tables.prototypes.c.id
        )
        with self.reading() as connection:
            row = connection.execute(query.where(tables.prototypes.c.id == id)).mappings().first()
        if row is None:
            return None
        try:
            called = {"name": row["name"] or "", "about": row["about"] or ""}
            return Prototype.from_json({**called, "layers": json.loads(row["layers"])}, known)
        except troubles.UNREADABLE:
            raise troubles.altered("prototype", id) from None

    def keep_seen(self, *sightings: Seen) -> None:
        """Keep what browsers painted; one that is known already stays as it was first kept."""
        rows = [tables.seen_row(s, dumped([dict(layer) for layer in s.weather]), self.moment(s.at)) for s in sightings]
        with self.writing() as connection:
            for row in rows:
                once(connection, tables.seen, row)

    def rate(self, *ratings: Rating) -> None:
        """Keep ratings, all or none; one that is known already stays as it was first kept."""
        for rating in ratings:
            if rating.value is not None and not isfinite(rating.value):
                raise Explained("This answer is not a number.", do="Give a number, then save again.")
        rows = [tables.rating_row(rating, self.moment(rating.at)) for rating in ratings]
        with self.writing() as connection:
            for row in rows:
                once(connection, tables.ratings, row)

    def name_rater(self, id: str, name: str) -> None:
        """Give a rater a name, or another one; an empty name takes it away."""
        with self.writing() as connection:
            self.call(connection, id, name)

    def watched(self, rater: str, comparison: str, recording: str) -> Watched | None:
        """What this person saw last of this answer in this comparison; None where they did not."""
        with self.reading() as connection:
            rows = connection.execute(comparisons.watched(rater, comparison, recording)).mappings().all()
        return Watched(rows[0]["play"], {row["pane"]: row["id"] for row in rows}) if rows else None

    def ratings_of(self, rater: str, comparison: str) -> dict[tuple[str, str], Saved]:
        """What a person said last, by (pane, item); the pane of "ship" is ""."""
        with self.reading() as connection:
            rows = connection.execute(comparisons.said(rater, comparison)).mappings().all()
        return {(row["pane"], row["item"]): saved(row) for row in rows}

    def comparisons(self) -> tuple[comparisons.Comparison, ...]:
        """Every comparison that somebody rated, the one with most people first."""
        with self.reading() as connection:
            return comparisons.rated(connection)

    def frame(self, comparison: str | None = None) -> "DataFrame":
        """One row per rating with the sighting it is about, in the order they came; columns as in frame.py."""
        from components.store import frame  # pandas costs 0.4 s, which a page that only saves need not pay

        with self.reading() as connection:
            return frame.read(connection, comparison)


def saved(row: RowMapping) -> Saved:
    """A rating read back."""
    same = {name: row[name] for name in ("id", "play", "rater", "item", "value", "choice", "blind", "at")}
    return Saved(Rating(seen=row["seen"] or "", **same), row["pane"], row["recording"] or "")
