"""Who moves what was written ahead into the database's file, and how far the log grows."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

import pytest
from sqlalchemy import Connection, text

from components.store import open_database
from components.store.database import Database
from components.store.log_checkpoints import LogCheckpoints, move_log
from components.store.sqlite_driver import sqlite_driver, sqlite_pragmas

ROW_BYTES, ENOUGH_ROWS = 200_000, 30  # together more than SQLite itself would leave in the log


def opened(folder: Path) -> Database:
    """A database with a table to fill."""
    file = folder / "filled.db"
    database = Database(open_database.sqlite_engine(f"sqlite:///{file}"), str(file))
    with database.writing() as connection:
        connection.execute(text("CREATE TABLE filler (bytes BLOB)"))
    return database


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """A database that is tidied only when a test does it."""
    monkeypatch.setattr(LogCheckpoints, "plan", lambda self: None)
    database = opened(tmp_path)
    yield database
    database.engine.dispose()


def fill(store: Database, rows: int = ENOUGH_ROWS) -> None:
    for _ in range(rows):
        with store.writing() as connection:
            connection.execute(text("INSERT INTO filler VALUES (zeroblob(:n))"), {"n": ROW_BYTES})


def log_bytes(store: Database) -> int:
    return Path(f"{store.location}-wal").stat().st_size


@contextmanager
def long_reader(store: Database) -> Iterator[Connection]:
    with store.reading() as connection:
        connection.execute(text("SELECT count(*) FROM filler")).all()
        yield connection


def test_no_connection_of_the_store_moves_the_log_and_one_checkpoint_moves_all_of_it(store: Database) -> None:
    fill(store)
    assert log_bytes(store) > ENOUGH_ROWS * ROW_BYTES and "wal_autocheckpoint=0" in sqlite_pragmas((3, 53, 4))
    assert move_log(sqlite_driver(), store.location, 10**9)
    before = log_bytes(store)
    fill(store, 3)
    assert log_bytes(store) == before  # written over from its beginning


def test_a_log_grows_while_somebody_reads_for_long_and_is_cut_once_they_have_ended(store: Database) -> None:
    limit = 10 * ROW_BYTES
    with long_reader(store):
        fill(store)
        assert not move_log(sqlite_driver(), store.location, limit)
        assert log_bytes(store) > ENOUGH_ROWS * ROW_BYTES
        fill(store, 1)  # and nobody who writes waits for who reads
    assert move_log(sqlite_driver(), store.location, limit)
    assert log_bytes(store) <= limit
    with store.reading() as connection:
        assert connection.scalar(text("SELECT count(*) FROM filler")) == ENOUGH_ROWS + 1


def test_short_readers_at_all_times_do_not_let_the_log_grow_beyond_its_limit(store: Database) -> None:
    limit, longest = 10 * ROW_BYTES, 0
    for _ in range(5):
        with long_reader(store):
            fill(store, 6)
        move_log(sqlite_driver(), store.location, limit)
        longest = max(longest, log_bytes(store))
    assert longest <= limit


def test_what_a_reader_held_back_is_moved_by_itself_after_them() -> None:
    told = iter((False, False, True))
    made: list[bool] = []

    def move() -> bool:
        made.append(next(told))
        return made[-1]

    checkpoints = LogCheckpoints(move, pause=0.01)
    for _ in range(5):
        checkpoints.plan()
    wait_for(lambda: len(made) == 3)
    time.sleep(0.03)
    assert made == [False, False, True]
    checkpoints.plan()
    checkpoints.cancel()
    time.sleep(0.03)
    assert len(made) == 3


def test_a_file_that_is_gone_is_not_made_anew(tmp_path: Path) -> None:
    file = tmp_path / "gone.db"
    assert move_log(sqlite_driver(), str(file), 10) and not file.exists()


def test_what_a_store_wrote_is_moved_soon_and_nothing_once_it_is_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved: list[bool] = []

    def move(driver: ModuleType, file: str, limit_bytes: int) -> bool:
        if Path(file).is_relative_to(tmp_path):  # what another test left planned comes by here too
            moved.append(True)  # as it begins: one that is under way when the store is closed may end after it
        return move_log(driver, file, limit_bytes)

    monkeypatch.setattr(open_database, "CHECKPOINT_PAUSE_S", 0.02)
    monkeypatch.setattr(open_database, "move_log", move)
    store = opened(tmp_path)
    wait_for(lambda: bool(moved))
    fill(store, 1)
    store.engine.dispose()
    before = len(moved)
    time.sleep(0.06)
    assert len(moved) == before >= 1


def wait_for(what: Callable[[], bool]) -> None:
    end = time.monotonic() + 10
    while not what() and time.monotonic() < end:
        time.sleep(0.005)
