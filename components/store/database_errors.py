"""Database errors: what can go wrong with a database, said so that a person can act on it."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DatabaseError, DBAPIError, IntegrityError, NoSuchModuleError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from components.core.explained import Explained

SAVED_TEXT = "Everything saved before is still there."
NOTHING_NEW = f"{SAVED_TEXT} Nothing new is saved until this is mended."


def damaged_database(location: str) -> Explained:
    """An Explained: the file is no database any more, or parts of it cannot be read."""
    return Explained(
        f"The database {location} is damaged and cannot be read.",
        "It was left exactly as it is.",
        "Move it aside, with the files of the same name that end in -wal and -shm, and open this page again: a new, "
        "empty one is made. What was in the damaged one can often be brought back with “sqlite3 … .recover”.",
    )


def newer_database(location: str, version: str) -> Explained:
    """An Explained: the database was made by a later version of Parallax."""
    return Explained(
        f"The database {location} was made by a newer Parallax (its version is {version}).",
        "It was left exactly as it is.",
        "Update Parallax, or name another folder with PARALLAX_DATA.",
    )


def unwritable_location(location: str) -> Explained:
    """An Explained: nothing can be written there."""
    return Explained(
        f"Nothing can be written to {location}.",
        NOTHING_NEW,
        "Make the folder writable, or name another one with PARALLAX_DATA, then try again.",
    )


def full_disk(location: str) -> Explained:
    """An Explained: the disk is full."""
    return Explained(f"The disk that holds {location} is full.", NOTHING_NEW, "Make room on it, then try again.")


def busy_database(location: str) -> Explained:
    """An Explained: another program holds the database for longer than we wait."""
    return Explained(
        f"Another program is holding the database {location}.",
        SAVED_TEXT,
        "Close it, then try again: this was not saved.",
    )


def unreachable_database(location: str) -> Explained:
    """An Explained: a database server does not answer, or its driver is missing."""
    return Explained(
        f"The database {location} cannot be reached.",
        NOTHING_NEW,
        "Check the address in PARALLAX_DATABASE_URL, with its name and password, and that its server runs.",
    )


def altered_row(what: str, id: str) -> Explained:
    """An Explained: a row was changed by something else than Parallax."""
    return Explained(
        f"The {what} {id[:12]} was changed from outside of Parallax.", "It is not shown.", "Choose another one."
    )


def orphan_row() -> Explained:
    """An Explained: a rating or a sighting names something that was never kept."""
    return Explained(
        "This belongs to an answer or a prototype that was not saved, so it was not saved either.",
        SAVED_TEXT,
        "Play the comparison once more, then rate again.",
    )


UNREADABLE_ERRORS = (ValueError, LookupError, TypeError, AttributeError)  # what JSON that we did not write can lead to
# By the beginning of SQLite's name for an error, or of PostgreSQL's code: postgresql.org/docs/current/errcodes-appendix
DATABASE_ERRORS = {
    "SQLITE_NOTADB": damaged_database, "SQLITE_CORRUPT": damaged_database, "SQLITE_FULL": full_disk,
    "SQLITE_BUSY": busy_database,
    "SQLITE_LOCKED": busy_database, "SQLITE_READONLY": unwritable_location, "SQLITE_CANTOPEN": unwritable_location,
    "SQLITE_IOERR": unwritable_location,
    "SQLITE_PERM": unwritable_location,
    "53100": full_disk, "53": unreachable_database, "57P": unreachable_database, "08": unreachable_database,
    "28": unreachable_database, "3D": unreachable_database, "42501": unwritable_location, "25006": unwritable_location,
    "40P01": busy_database, "40001": busy_database, "55P03": busy_database, "XX001": damaged_database,
    "XX002": damaged_database,
}  # fmt: skip

CROSSING_STATES = ("40P01", "40001")  # two transactions crossed: the same one can be tried again at once


def is_unavailable(problem: Explained) -> bool:
    """Whether the database as a whole failed, not what one row holds."""
    return isinstance(problem.__cause__, Exception) and not isinstance(problem.__cause__, IntegrityError)


def is_transient(problem: Explained) -> bool:
    """Whether another transaction was in the way, so that the same one may well pass now."""
    return getattr(getattr(problem.__cause__, "orig", None), "sqlstate", None) in CROSSING_STATES


@contextmanager
def explain_errors(location: str) -> Iterator[None]:
    """Turns what a database says into what a person can do; what cannot be explained goes on as it is."""
    try:
        yield
    except IntegrityError as error:
        if "foreign key" in str(error.orig).lower():
            raise orphan_row() from error
        raise
    except PoolTimeout as error:
        raise busy_database(location) from error
    except (NoSuchModuleError, ModuleNotFoundError) as error:
        raise unreachable_database(location) from error
    except DatabaseError as error:
        name = getattr(error.orig, "sqlite_errorname", "") or getattr(error.orig, "sqlstate", None) or ""
        kind = next((problem for start, problem in DATABASE_ERRORS.items() if name.startswith(start)), None)
        if kind is None and server_gone(error):
            kind = unreachable_database
        if kind is None:
            raise
        raise kind(location) from error
    except OSError as error:
        raise unwritable_location(location) from error


def server_gone(error: DBAPIError) -> bool:
    """Whether a database server, not a file, is what failed."""
    return type(error).__name__ == "OperationalError" and not hasattr(error.orig, "sqlite_errorname")
