"""Database: short looks and short changes, and what every kind of row is written with."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Connection, Engine, Table, exists
from sqlalchemy.dialects import postgresql, sqlite

from components.core.prompt import clean_text
from components.store import database_errors, tables


def utc_now() -> str:
    """This moment, ISO, UTC."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


@dataclass(frozen=True)
class Database:
    """An engine on the database, its place as a person reads it, and the clock that dates what is kept."""

    engine: Engine
    location: str
    clock: Callable[[], str] = utc_now

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection for a short read. Explained where the database fails."""
        with database_errors.explain_errors(self.location), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection for a short write, on the disk when it ends. Explained where the database fails."""
        with (
            database_errors.explain_errors(self.location),
            self.engine.execution_options(writes=True).begin() as connection,
        ):
            yield connection

    def to_utc(self, at: str) -> str:
        """A given ISO time in UTC; the clock's where none is given. ValueError where it is none."""
        if not at:
            return self.clock()
        moment = datetime.fromisoformat(at)
        in_utc = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
        return in_utc.isoformat(timespec="milliseconds")

    def write_name(self, connection: Connection, id: str, name: str, about: str = "") -> None:
        """Write the name and description of an id, in place of those before."""
        row = {"name": clean_text(name), "about": clean_text(about), "at": self.clock()}
        insert = dialect_insert(connection)(tables.names).values(id=id, **row)
        connection.execute(insert.on_conflict_do_update(index_elements=["id"], set_=row))


def insert_if_absent(connection: Connection, table: Table, row: Mapping[str, object]) -> None:
    """Write a row unless its id is there already."""
    connection.execute(dialect_insert(connection)(table).values(**row).on_conflict_do_nothing(index_elements=["id"]))


def dialect_insert(connection: Connection) -> Callable[[Table], sqlite.Insert | postgresql.Insert]:
    """The insert of this database, which knows what to do about a row that is there."""
    return postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert


def is_latest(table: Table, *same: str) -> ColumnElement[bool]:
    """Whether a row is the last one that came with the same values in these columns."""
    later = table.alias()
    return ~exists().where(*(later.c[name] == table.c[name] for name in same), later.c.number > table.c.number)


def ascii_json(values: object) -> str:
    """JSON in plain ASCII: any text survives any database."""
    return json.dumps(values, separators=(",", ":"))
