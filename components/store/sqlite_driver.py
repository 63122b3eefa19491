"""SQLite driver: which SQLite keeps the data folder, and whether its write-ahead log can be trusted.

Before the versions named here, two connections that write and checkpoint at the same moment can damage a database in
write-ahead mode (https://sqlite.org/wal.html, "The WAL-reset bug"). pysqlite3 brings a later SQLite than many systems.
"""

import importlib
import sqlite3
from types import ModuleType

SOUND_RELEASES = ((3, 44, 6), (3, 50, 7), (3, 51, 3))  # the first sound ones of 3.44 and of 3.50, and of all later ones
LOG_LIMIT_BYTES = 64_000_000  # what a write-ahead log is cut back to after long readers let it grow


def sqlite_driver() -> ModuleType:
    """pysqlite3 where it is installed, Python's own sqlite3 elsewhere. Only one of them may open a file."""
    try:
        return importlib.import_module("pysqlite3.dbapi2")
    except ModuleNotFoundError:
        return sqlite3


def has_sound_log(version: tuple[int, ...]) -> bool:
    """Whether this version of SQLite can write ahead without the fault."""
    return version >= SOUND_RELEASES[-1] or any(
        version[:2] == first[:2] and version >= first for first in SOUND_RELEASES
    )


def sqlite_pragmas(version: tuple[int, ...]) -> tuple[str, ...]:
    """Settings of a connection: a commit is on the disk before it returns, and readers wait for no writer.

    Where the log of this version has the fault, changes are written in place: readers then wait for a writer.
    """
    journal = "WAL" if has_sound_log(version) else "DELETE"
    log = ("wal_autocheckpoint=0", f"journal_size_limit={LOG_LIMIT_BYTES}")  # log_checkpoints.py moves what is in it
    return (f"journal_mode={journal}", *log, "synchronous=FULL", "foreign_keys=ON")
