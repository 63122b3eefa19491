"""Store: keeps prototypes, recordings, sightings and ratings. What is kept never changes; a correction is a new row."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, RowMapping, Table, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from components.core.explained import Explained
from components.core.layer import Layer
from components.core.prompt import clean
from components.core.prototype import Prototype
from components.core.recording import Recording
from components.layers import KNOWN
from components.store import comparisons, opening, tables, troubles
from components.study.rating import Rating, Seen

if TYPE_CHECKING:
    from pandas import DataFrame


@dataclass(frozen=True)
class Summary:
    """A recording in one line: what was asked, who answered, how long it is. `made` is an ISO date."""

    id: str
    text: str
    model: str
    scripted: bool
    whole: bool
    tokens: int
    seconds: float
    made: str


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


def now() -> str:
    """This moment, ISO, UTC."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


@dataclass(frozen=True)
class Store:
    """Everything Parallax keeps. Safe to share between threads; each call is one short transaction.

    Whatever can go wrong with a database is Explained. When a call that keeps something returns, it is on the disk.
    """

    engine: Engine
    place: str
    clock: Callable[[], str] = now

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
        row = {"id": prototype.id, "layers": dumped(prototype.to_json()["layers"]), "at": self.clock()}
        with self.writing() as connection:
            once(connection, tables.prototypes, row)
            self.call(connection, prototype.id, prototype.name)
        return prototype.id

    def prototype(self, id: str, known: Mapping[str, type[Layer]] = KNOWN) -> Prototype | None:
        """The prototype with this id, None where there is none. Explained where one of its patterns is gone."""
        query = select(tables.prototypes.c.layers, tables.names.c.name).outerjoin_from(
            tables.prototypes, tables.names, tables.names.c.id == tables.prototypes.c.id
        )
        with self.reading() as connection:
            row = connection.execute(query.where(tables.prototypes.c.id == id)).mappings().first()
        if row is None:
            return None
        return Prototype.from_json({"name": row["name"] or "", "layers": json.loads(row["layers"])}, known)

    def keep_recording(self, recording: Recording) -> str:
        """Keep a recording, return its id. Explained where it would not read back as it is."""
        content = dumped(recording.to_json())
        proved(recording.id, content)
        with self.writing() as connection:
            once(connection, tables.recordings, tables.recording_row(recording, content, self.clock()))
        return recording.id

    def recording(self, id: str) -> Recording | None:
        """The recording with this id, None where there is none. Explained where its content has been altered."""
        table = tables.recordings
        with self.reading() as connection:
            content = connection.scalar(select(table.c.content).where(table.c.id == id))
        return None if content is None else proved(id, content)

    def recordings(self, limit: int = 100) -> tuple[Summary, ...]:
        """The newest recordings, newest first."""
        c = tables.recordings.c
        query = select(c.id, c.text, c.model, c.scripted, c.whole, c.tokens, c.seconds, c.made)
        with self.reading() as connection:
            rows = connection.execute(query.order_by(c.at.desc(), c.id).limit(limit)).mappings().all()
        return tuple(Summary(**row) for row in rows)

    def recordings_for(self, prompt_id: str) -> tuple[Recording, ...]:
        """Every recording of the same messages, whatever was chosen on the way; oldest first, for `replay`."""
        c = tables.recordings.c
        root = select(c.root).where(c.prompt == prompt_id)
        query = select(c.id, c.content).where(or_(c.root == prompt_id, c.root.in_(root))).order_by(c.at, c.id)
        with self.reading() as connection:
            rows = connection.execute(query).all()
        return tuple(proved(id, content) for id, content in rows)

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

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A short look at the database."""
        with troubles.explained(self.place), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A short change, on the disk when it ends."""
        with troubles.explained(self.place), self.engine.execution_options(writes=True).begin() as connection:
            yield connection

    def moment(self, at: str) -> str:
        """The same moment in UTC; now, where none is given."""
        if not at:
            return self.clock()
        given = datetime.fromisoformat(at)
        kept = given.astimezone(UTC) if given.tzinfo else given.replace(tzinfo=UTC)
        return kept.isoformat(timespec="milliseconds")

    def call(self, connection: Connection, id: str, name: str) -> None:
        """Write a name down, over the one before."""
        row = {"name": clean(name), "at": self.clock()}
        insert = inserting(connection)(tables.names).values(id=id, **row)
        connection.execute(insert.on_conflict_do_update(index_elements=["id"], set_=row))


def once(connection: Connection, table: Table, row: Mapping[str, object]) -> None:
    """Write a row unless its id is there already."""
    connection.execute(inserting(connection)(table).values(**row).on_conflict_do_nothing(index_elements=["id"]))


def inserting(connection: Connection) -> Callable[[Table], sqlite.Insert | postgresql.Insert]:
    """The insert of this database, which knows what to do about a row that is there."""
    return postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert


def dumped(values: object) -> str:
    """JSON in plain ASCII: any text survives any database."""
    return json.dumps(values, separators=(",", ":"))


def proved(id: str, content: str) -> Recording:
    """The recording behind this JSON. Explained where it is not the one that its id names."""
    recording = Recording.from_json(json.loads(content))
    if recording.id != id:
        raise Explained(
            f"The recording {id[:12]} is not what it was when it was made.", "It is not shown.", "Choose another one."
        )
    return recording


def saved(row: RowMapping) -> Saved:
    """A rating read back."""
    same = {name: row[name] for name in ("id", "play", "rater", "item", "value", "choice", "blind", "at")}
    return Saved(Rating(seen=row["seen"] or "", **same), row["pane"], row["recording"] or "")
