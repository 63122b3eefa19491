"""Store: keeps prototypes, sightings, ratings and the rest. What is kept never changes; a correction is a new row."""

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import RowMapping, func, select

from components.core.explained import Explained
from components.core.layer import Layer
from components.core.prototype import Prototype
from components.layers import ALL_PATTERNS
from components.store import database_errors, open_database, rated_comparisons, tables
from components.store.arm_records import ArmRecords
from components.store.batch_records import BatchRecords
from components.store.database import ascii_json, insert_if_absent, utc_now
from components.store.person_choices import PersonChoices
from components.store.person_desks import PersonDesks
from components.store.prototype_versions import Versions
from components.store.recording_library import Library
from components.store.registered_models import Models
from components.store.room_records import RoomRecords
from components.store.study_erasures import ErasureRecords
from components.store.study_records import StudyRecords
from components.store.work_mentions import WorkMentions
from components.store.work_search import WorkSearch
from components.store.work_sharing import WorkSharing
from components.store.works import Works
from components.study.rating import Rating, Sighting

if TYPE_CHECKING:
    from pandas import DataFrame

MAX_RATER_NAME_CHARS = 60  # characters that a page lets a person's name have


@dataclass(frozen=True)
class PlayRef:
    """The play that ratings are about: its id, the id of each pane's sighting, and which panes were not in sight."""

    play: str
    panes: Mapping[str, str]
    hidden: frozenset[str] = frozenset()


@dataclass(frozen=True)
class SavedRating:
    """A rating as it stands on the disk (`rating.at` says since when), with the pane and recording it is about.

    `answers` are the recordings that played beside each other when it was given.
    """

    rating: Rating
    pane: str
    recording: str
    answers: frozenset[str] = frozenset()


class Store(
    Library, Models, BatchRecords, Versions, Works, WorkSearch, WorkSharing, PersonChoices, StudyRecords,
    ErasureRecords, ArmRecords, RoomRecords, PersonDesks, WorkMentions,
):  # fmt: skip
    """Everything Parallax keeps. Safe to share between threads; each call is one short transaction.

    Whatever can go wrong with a database is Explained. When a call that keeps something returns, it is on the disk.
    """

    @staticmethod
    def open(location: Path | str | None = None, patience: float = 5.0, clock: Callable[[], str] = utc_now) -> "Store":
        """The store in a folder or at a URL; by default where PARALLAX_DATABASE_URL or PARALLAX_DATA say.

        `patience`: seconds to wait for another program that is writing. An older database is brought up to date; a
        damaged or newer one is left as it is and Explained.
        """
        return Store(*open_database.connect(open_database.database_url(location), patience), clock)

    def close(self) -> None:
        """Let go of the database's files."""
        self.engine.dispose()

    def keep_prototype(self, prototype: Prototype) -> str:
        """Keep a prototype, return its id. Kept again under another name, it is the same one with a new name."""
        with self.writing() as connection:
            self.write_prototype(connection, prototype)
        return prototype.id

    def prototype(self, id: str, patterns: Mapping[str, type[Layer]] = ALL_PATTERNS) -> Prototype | None:
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
            return Prototype.from_json({**called, "layers": json.loads(row["layers"])}, patterns)
        except database_errors.UNREADABLE_ERRORS:
            raise database_errors.altered_row("prototype", id) from None

    def keep_sightings(self, *sightings: Sighting) -> None:
        """Keep what browsers painted; one that is known already stays as it was first kept."""
        weather = [ascii_json([dict(layer) for layer in sighting.weather]) for sighting in sightings]
        pairs = zip(sightings, weather, strict=True)
        rows = [tables.sighting_row(sighting, json_text, self.to_utc(sighting.at)) for sighting, json_text in pairs]
        with self.writing() as connection:
            for row in rows:
                insert_if_absent(connection, tables.seen, row)

    def rate(self, *ratings: Rating) -> None:
        """Keep ratings, all or none; one that is known already stays as it was first kept."""
        for rating in ratings:
            if rating.value is not None and not isfinite(rating.value):
                raise Explained("This answer is not a number.", do="Give a number, then save again.")
        rows = [tables.rating_row(rating, self.to_utc(rating.at)) for rating in ratings]
        with self.writing() as connection:
            for row in rows:
                insert_if_absent(connection, tables.ratings, row)

    def name_rater(self, id: str, name: str) -> None:
        """Give a rater a name, or another one; an empty name takes it away."""
        with self.writing() as connection:
            self.write_name(connection, id, name)

    def last_play(self, rater: str, comparison: str, answer: str) -> PlayRef | None:
        """The play in which this person last saw this answer in this comparison; None where there is none.

        `answer` is the id of a recording, or of several that played beside each other, with + between them.
        """
        answers = answer.split("+")
        asked = {
            "rater_id": rater, "comparison_id": comparison, "answers": answers, "count": len(set(answers)),
        }  # fmt: skip
        with self.reading() as connection:
            rows = connection.execute(rated_comparisons.latest_play_query(), asked).mappings().all()
        if not rows:
            return None
        hidden = frozenset(row["pane"] for row in rows if row["hidden"])
        return PlayRef(rows[0]["play"], {row["pane"]: row["id"] for row in rows}, hidden)

    def rater_name(self, id: str) -> str:
        """The name that a rater gave; "" where none was given."""
        with self.reading() as connection:
            name = connection.execute(select(tables.names.c.name).where(tables.names.c.id == id)).scalar()
        return name or ""

    def ratings_of(self, rater: str, comparison: str) -> dict[tuple[str, str], SavedRating]:
        """A person's latest ratings by (pane, item); the pane of "ship" is ""."""
        asked = {"rater_id": rater, "comparison_id": comparison}
        with self.reading() as connection:
            rows = connection.execute(rated_comparisons.ratings_query(), asked).mappings().all()
            seen = connection.execute(rated_comparisons.play_answers_query(), asked).tuples().all()
        answers: dict[str, set[str]] = defaultdict(set)
        for play, recording in seen:
            answers[play].add(recording or "")
        return {(row["pane"], row["item"]): rating_from_row(row, answers[row["play"]]) for row in rows}

    def comparisons(self) -> tuple[rated_comparisons.RatedComparison, ...]:
        """Every comparison that somebody rated, the one with most people first."""
        with self.reading() as connection:
            return rated_comparisons.rated_comparisons(connection)

    def ratings_mark(self) -> tuple[Any, ...]:
        """What is another whenever a rating was added or a name changed; what was worked out for the same one holds."""
        last = select(func.max(tables.ratings.c.number)).scalar_subquery()
        renamed = select(func.max(tables.names.c.at)).scalar_subquery()
        with self.reading() as connection:
            found = connection.execute(
                select(last, renamed, select(func.count()).select_from(tables.names).scalar_subquery())
            )
            return (str(self.engine.url), *found.one())

    def frame(self, *comparisons: str) -> "DataFrame":
        """One row per rating of these comparisons (or of all), in the order they came; columns as in ratings_frame."""
        from components.store import ratings_frame  # pandas costs 0.4 s, which a page that only saves need not pay

        with self.reading() as connection:
            return ratings_frame.read_ratings(connection, comparisons)


def rating_from_row(row: RowMapping, answers: Collection[str]) -> SavedRating:
    """A rating read back, with the answers that played beside each other."""
    same = {name: row[name] for name in ("id", "play", "rater", "item", "value", "choice", "blind", "at")}
    return SavedRating(Rating(seen=row["seen"] or "", **same), row["pane"], row["recording"] or "", frozenset(answers))
