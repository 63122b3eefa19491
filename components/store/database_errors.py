"""Database errors: what can go wrong with a database, said so that a person can act on it."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DatabaseError, DBAPIError, IntegrityError, NoSuchModuleError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from components.core.explained import Explained

SAVED = "Everything saved before is still there."
NOTHING_NEW = f"{SAVED} Nothing new is saved until this is mended."


def damaged(place: str) -> Explained:
    """The file is no database any more, or parts of it cannot be read."""
    return Explained(
        f"The database {place} is damaged and cannot be read.",
        "It was left exactly as it is.",
        "Move it aside, with the files of the same name that end in -wal and -shm, and open this page again: a new, "
        "empty one is made. What was in the damaged one can often be brought back with “sqlite3 … .recover”.",
    )


def newer(place: str, version: str) -> Explained:
    """The database was made by a later version of Parallax."""
    return Explained(
        f"The database {place} was made by a newer Parallax (its version is {version}).",
        "It was left exactly as it is.",
        "Update Parallax, or name another folder with PARALLAX_DATA.",
    )


def unwritable(place: str) -> Explained:
    """Nothing can be written there."""
    return Explained(
        f"Nothing can be written to {place}.",
        NOTHING_NEW,
        "Make the folder writable, or name another one with PARALLAX_DATA, then try again.",
    )


def full(place: str) -> Explained:
    """The disk is full."""
    return Explained(f"The disk that holds {place} is full.", NOTHING_NEW, "Make room on it, then try again.")


def busy(place: str) -> Explained:
    """Somebody else holds the database for longer than we wait."""
    return Explained(
        f"Another program is holding the database {place}.", SAVED, "Close it, then try again: this was not saved."
    )


def unreachable(place: str) -> Explained:
    """A database server does not answer, or its driver is missing."""
    return Explained(
        f"The database {place} cannot be reached.",
        NOTHING_NEW,
        "Check the address in PARALLAX_DATABASE_URL and that its server runs; PostgreSQL needs “pip install psycopg”.",
    )


def altered(what: str, id: str) -> Explained:
    """A row was changed behind our back, or half of it is gone."""
    return Explained(
        f"The {what} {id[:12]} is not what it was when it was made.", "It is not shown.", "Choose another one."
    )


def orphan() -> Explained:
    """A rating or a sighting names something that was never kept."""
    return Explained(
        "This belongs to an answer or a prototype that was not saved, so it was not saved either.",
        SAVED,
        "Play the comparison once more, then rate again.",
    )


UNREADABLE = (ValueError, LookupError, TypeError, AttributeError)  # what JSON that we did not write can lead to
KNOWN = {
    "SQLITE_NOTADB": damaged, "SQLITE_CORRUPT": damaged, "SQLITE_FULL": full, "SQLITE_BUSY": busy,
    "SQLITE_LOCKED": busy, "SQLITE_READONLY": unwritable, "SQLITE_CANTOPEN": unwritable, "SQLITE_IOERR": unwritable,
    "SQLITE_PERM": unwritable,
}  # fmt: skip


@contextmanager
def explained(place: str) -> Iterator[None]:
    """Turns what a database says into what a person can do; what cannot be explained goes on as it is."""
    try:
        yield
    except IntegrityError as error:
        if "foreign key" in str(error.orig).lower():
            raise orphan() from error
        raise
    except PoolTimeout as error:
        raise busy(place) from error
    except (NoSuchModuleError, ModuleNotFoundError) as error:
        raise unreachable(place) from error
    except DatabaseError as error:
        name = getattr(error.orig, "sqlite_errorname", "")
        kind = next((known for start, known in KNOWN.items() if name.startswith(start)), None)
        if kind is None and server_gone(error):
            kind = unreachable
        if kind is None:
            raise
        raise kind(place) from error
    except OSError as error:
        raise unwritable(place) from error


def server_gone(error: DBAPIError) -> bool:
    """Whether a database server, not a file, is what failed."""
    return type(error).__name__ == "OperationalError" and not hasattr(error.orig, "sqlite_errorname")
