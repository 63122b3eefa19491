"""Prototype versions: what a designer chose to remember of a prototype on its way."""

from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from components.core.prompt import clean_text
from components.core.prototype import Prototype
from components.store.database import Database, ascii_json, insert_if_absent
from components.store.tables import prototypes, versions

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
    """Versions are added one after the other; those of one name belong together."""

    def keep_version(self, prototype: Prototype, note: str = "") -> None:
        """Remember a prototype as it is now; twice the same without a note in between is one version."""
        row = {
            "prototype": prototype.id, "name": clean_text(prototype.name), "about": clean_text(prototype.about),
            "note": clean_text(note), "at": self.clock(),
        }  # fmt: skip
        latest = next(iter(self.versions(prototype.name)), None)
        if latest and not row["note"] and (latest.prototype, latest.about) == (row["prototype"], row["about"]):
            return
        with self.writing() as connection:
            self.write_prototype(connection, prototype)
            connection.execute(insert(versions).values(row))

    def versions(self, name: str) -> tuple[Version, ...]:
        """The latest versions under a name, the newest first."""
        query = (
            select(versions)
            .where(versions.c.name == clean_text(name))
            .order_by(versions.c.number.desc())
            .limit(MAX_LISTED_VERSIONS)
        )
        with self.reading() as connection:
            return tuple(Version(**row) for row in connection.execute(query).mappings())

    def write_prototype(self, connection: Connection, prototype: Prototype) -> None:
        """Write a prototype, its name and its description."""
        row = {"id": prototype.id, "layers": ascii_json(prototype.to_json()["layers"]), "at": self.clock()}
        insert_if_absent(connection, prototypes, row)
        self.write_name(connection, prototype.id, prototype.name, prototype.about)
