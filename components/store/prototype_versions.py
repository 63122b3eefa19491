"""Prototype versions: what a designer chose to remember of a prototype on its way."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select

from components.core.prompt import clean_text
from components.core.prototype import Prototype
from components.store.database import Database, ascii_json, insert_if_absent
from components.store.tables import prototypes, seen, versions

MAX_LISTED_VERSIONS = 50


@dataclass(frozen=True)
class Version:
    """One remembered state: the prototype's id, its name and description then, a note, and since when (ISO, UTC)."""

    number: int
    prototype: str
    name: str
    about: str
    note: str
    at: str


class Versions(Database):
    """Versions are added one after the other; those of one work belong together, whatever it was called then."""

    def keep_version(self, prototype: Prototype, note: str = "") -> None:
        """Remember a prototype as it is now, for its work; twice the same without a note in between is one version."""
        row = {
            "prototype": prototype.id, "name": clean_text(prototype.name), "about": clean_text(prototype.about),
            "note": clean_text(note), "at": self.clock(), "work": prototype.work,
        }  # fmt: skip
        latest = next(iter(self.versions(prototype)), None)
        same = latest and (latest.prototype, latest.name, latest.about) == (row["prototype"], row["name"], row["about"])
        if same and not row["note"]:
            return
        with self.writing() as connection:
            self.write_prototype(connection, prototype)
            connection.execute(insert(versions).values(row))

    def versions(self, prototype: Prototype, rater: str = "") -> tuple[Version, ...]:
        """The latest versions of a prototype's work, the newest first.

        Those that were kept under its name before there were works come after them, where one of them is this very
        prototype or this person once watched one: a stranger's prototype of the same name is not shown.
        """
        c = versions.c
        own = select(*listed_columns()).where(c.work == prototype.work, c.work != "")
        old = select(*listed_columns()).where(c.work == "", c.name == clean_text(prototype.name))
        with self.reading() as connection:
            found, earlier = (
                tuple(
                    Version(**row)
                    for row in connection.execute(query.order_by(c.number.desc()).limit(MAX_LISTED_VERSIONS)).mappings()
                )
                for query in (own, old)
            )
            known = {prototype.id, *(version.prototype for version in found)}
            ids = {version.prototype for version in earlier}
            watched = select(seen.c.id).where(seen.c.rater == rater, seen.c.prototype.in_(ids)).limit(1)
            theirs = bool(known & ids) or (bool(rater and ids) and connection.execute(watched).first() is not None)
        return (*found, *(earlier if theirs else ()))[:MAX_LISTED_VERSIONS]

    def write_prototype(self, connection: Connection, prototype: Prototype) -> None:
        """Write a prototype, its name and its description."""
        row = {"id": prototype.id, "layers": ascii_json(prototype.to_json()["layers"]), "at": self.clock()}
        insert_if_absent(connection, prototypes, row)
        self.write_name(connection, prototype.id, prototype.name, prototype.about)


def listed_columns() -> list[Any]:
    """The columns of a version that is listed."""
    return [column for column in versions.c if column.name != "work"]
