"""Facts about the two databases: which SQLite is trusted, and what is said when a PostgreSQL server is not there."""

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from components.core.explained import Explained
from components.store import Store
from components.store.sqlite_driver import has_sound_log, sqlite_driver, sqlite_pragmas
from tests.store.made import RECORDING, count, sighting, started

ROOT = Path(__file__).parents[2]
WRITER = """
import sys
from components.store import Store
from tests.store.test_store import trust
store = Store.open(sys.argv[1], patience=30)
for number in range(60):
    store.rate(trust(f"{sys.argv[2]}-{number}"))
    if number % 5 == 0 and store.engine.dialect.name == "sqlite":
        with store.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
store.close()
"""


@pytest.mark.parametrize(
    ("version", "sound"),
    [
        ((3, 51, 3), True), ((3, 53, 4), True), ((4, 0, 0), True), ((3, 51, 2), False), ((3, 50, 7), True),
        ((3, 50, 6), False), ((3, 44, 6), True), ((3, 44, 5), False), ((3, 40, 1), False), ((3, 45, 9), False),
    ],
)  # fmt: skip
def test_a_log_is_written_ahead_only_where_sqlite_does_it_soundly(version: tuple[int, ...], sound: bool) -> None:
    assert has_sound_log(version) == sound
    assert sqlite_pragmas(version)[0] == f"journal_mode={'WAL' if sound else 'DELETE'}"


def test_the_sqlite_in_use_is_a_sound_one() -> None:
    assert has_sound_log(sqlite_driver().sqlite_version_info)


def test_a_store_of_the_older_kind_of_journal_opens_and_keeps_what_it_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started(Store.open(tmp_path)).close()
    monkeypatch.setattr(sqlite_driver(), "sqlite_version_info", (3, 40, 1))
    store = Store.open(tmp_path)
    with store.engine.connect() as connection:
        assert connection.scalar(text("PRAGMA journal_mode")) == "delete"
    assert store.recording(RECORDING.id) == RECORDING
    store.close()


@pytest.mark.slow
def test_servers_that_write_and_tidy_the_same_file_at_once_lose_and_damage_nothing(tmp_path: Path) -> None:
    store = started(Store.open(tmp_path))
    store.keep_sightings(*(sighting("me", place) for place in range(3)))
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path), name], cwd=ROOT) for name in ("one", "two")
    ]
    assert [writer.wait(60) for writer in writers] == [0, 0]
    assert count(store, "ratings") == 120
    with store.engine.connect() as connection:
        assert connection.scalar(text("PRAGMA integrity_check")) == "ok"
    store.close()


def test_a_server_that_is_not_there_is_explained_without_the_password() -> None:
    with pytest.raises(Explained, match="cannot be reached") as error:
        Store.open("postgresql://me:hidden@127.0.0.1:1/none", patience=1)
    assert "hidden" not in str(error.value) and "PARALLAX_DATABASE_URL" in error.value.do


def test_a_database_or_a_name_that_the_server_does_not_know_is_explained(postgres: Engine) -> None:
    with pytest.raises(Explained, match="cannot be reached"):
        Store.open(postgres.url.set(database="nowhere").render_as_string(hide_password=False))


def test_a_store_goes_on_after_its_server_ended_its_connections(postgres_store: str, postgres: Engine) -> None:
    store = started(Store.open(postgres_store))
    with postgres.connect() as connection:
        ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = "
        connection.execute(text(f"{ended} 'postgres'"))
    assert store.recording(RECORDING.id) == RECORDING
    store.close()
