"""A database is opened whole and current, or it is said what happened, what was kept and what to do."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from components.core.explained import Explained
from components.core.prototype import Prototype
from components.layers.delivery.streaming import Streaming
from components.store import Store, WorkQuery, WorkState, open_database, tables
from components.store.sqlite_driver import sqlite_driver
from tests.must_have import must_have
from tests.store.made import RECORDING, count, crowd, make_old_store, started

ROOT = Path(__file__).parents[2]


def complete(error: pytest.ExceptionInfo[Explained]) -> bool:
    return all((error.value.what, error.value.kept, error.value.do))


def test_an_empty_folder_becomes_a_store_and_is_made_if_missing(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "new" / "folder")
    assert (tmp_path / "new" / "folder" / "parallax.db").exists()
    assert store.search().total == 0 and store.comparisons() == ()


def test_the_folder_can_be_named_by_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PARALLAX_DATABASE_URL", raising=False)
    monkeypatch.setenv("PARALLAX_DATA", str(tmp_path / "named"))
    assert Store.open().location == str(tmp_path / "named" / "parallax.db")
    monkeypatch.setenv("PARALLAX_DATABASE_URL", f"sqlite:///{tmp_path}/url.db")
    assert Store.open().location == f"{tmp_path}/url.db"


def test_a_database_of_version_1_is_brought_up_to_date_with_what_is_in_it(tmp_path: Path) -> None:
    make_old_store(tmp_path, "0001")
    with sqlite_driver().connect(tmp_path / "parallax.db") as before:
        before.execute("INSERT INTO prototypes VALUES ('p', '[]', '2026-01-01')")
    before.close()
    store = Store.open(tmp_path)
    assert must_have(store.prototype("p")).layers == ()
    with store.engine.connect() as connection:
        assert open_database.table_version(connection) == open_database.LATEST_VERSION
        guards = connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all()
    assert "ratings_no_update" in guards


def test_the_tables_in_the_code_are_the_tables_the_migrations_make(tmp_path: Path) -> None:
    with Store.open(tmp_path).engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), tables.metadata) == []


def test_the_latest_version_is_the_last_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(open_database.MIGRATIONS_FOLDER))
    assert ScriptDirectory.from_config(config).get_current_head() == open_database.LATEST_VERSION


@pytest.mark.slow
def test_four_processes_can_make_the_same_store_at_once(tmp_path: Path) -> None:
    code = "import sys; from components.store import Store; Store.open(sys.argv[1]).search()"
    made = [subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], cwd=ROOT) for _ in range(4)]
    assert [process.wait(60) for process in made] == [0, 0, 0, 0]


def test_a_newer_database_is_left_alone_and_said_to_be_newer(tmp_path: Path) -> None:
    Store.open(tmp_path).close()
    with sqlite_driver().connect(tmp_path / "parallax.db") as file:
        file.execute("UPDATE alembic_version SET version_num = '9999'")
    file.close()
    with pytest.raises(Explained, match="newer Parallax") as error:
        Store.open(tmp_path)
    assert complete(error)


@pytest.mark.parametrize("content", [b"this is no database" * 400, bytes(range(256)) * 64])
def test_a_file_that_is_no_database_is_never_overwritten(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "parallax.db"
    file.write_bytes(content)
    with pytest.raises(Explained, match="damaged") as error:
        Store.open(tmp_path)
    assert complete(error) and str(file) in error.value.what
    assert file.read_bytes() == content


def test_a_database_with_damaged_pages_is_said_to_be_damaged(tmp_path: Path) -> None:
    crowd(Store.open(tmp_path), 5).close()
    file = tmp_path / "parallax.db"
    content = file.read_bytes()
    holed = content[:8192] + b"\xff" * 20_000 + content[28_192:]
    file.write_bytes(holed)
    with pytest.raises(Explained, match="damaged"):
        Store.open(tmp_path)
    assert file.read_bytes() == holed


def test_after_the_damaged_file_is_moved_aside_a_new_store_opens(tmp_path: Path) -> None:
    file = tmp_path / "parallax.db"
    file.write_bytes(b"this is no database" * 400)
    with pytest.raises(Explained):
        Store.open(tmp_path)
    file.rename(tmp_path / "aside.db")
    assert Store.open(tmp_path).comparisons() == ()


@pytest.mark.parametrize("blocked", ["folder is a file", "database is a folder", "no such device"])
def test_a_place_that_cannot_be_written_is_explained(tmp_path: Path, blocked: str) -> None:
    place = tmp_path / "place"
    if blocked == "folder is a file":
        place.write_text("")
    if blocked == "database is a folder":
        (place / "parallax.db").mkdir(parents=True)
    if blocked == "no such device":
        place = Path("/proc/parallax")
    with pytest.raises(Explained, match="Nothing can be written") as error:
        Store.open(place)
    assert complete(error)


def test_a_database_held_by_another_program_is_explained_and_nothing_is_half_saved(tmp_path: Path) -> None:
    store = Store.open(tmp_path, patience=0.2)
    other = sqlite_driver().connect(tmp_path / "parallax.db")
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(Explained, match="Another program") as error:
        store.name_rater("me", "Ada")
    other.close()
    assert complete(error) and count(store, "names") == 0
    store.name_rater("me", "Ada")
    assert count(store, "names") == 1


def test_a_full_disk_is_explained_and_what_was_saved_stays(tmp_path: Path) -> None:
    store = started(Store.open(tmp_path))
    with store.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1")
        connection.commit()
    with pytest.raises(Explained, match="is full") as error:
        store.name_rater("me", "x" * 1_000_000)
    assert complete(error) and store.recording(RECORDING.id) == RECORDING


@pytest.mark.parametrize("url", ["postgresql+nodriver://me:secret@localhost/none", "nothing://at/all", "://"])
def test_an_address_that_leads_nowhere_is_explained_without_its_password(url: str) -> None:
    with pytest.raises(Explained) as error:
        Store.open(url)
    assert "secret" not in str(error.value) and error.value.do


def test_a_database_of_version_4_keeps_its_versions_and_gets_a_place_for_works(tmp_path: Path) -> None:
    make_old_store(tmp_path, "0004")
    help_desk = Prototype("Help", (Streaming(),))
    with sqlite_driver().connect(tmp_path / "parallax.db") as before:
        layers = json.dumps(help_desk.to_json()["layers"])
        before.execute("INSERT INTO prototypes VALUES (?, ?, '2026-01-01')", (help_desk.id, layers))
        before.execute(
            "INSERT INTO versions (prototype, name, about, note, at) VALUES (?, 'Help', '', 'of old', '2026-01-01')",
            (help_desk.id,),
        )
    before.close()
    store = Store.open(tmp_path)
    assert [version.note for version in store.versions(help_desk)] == ["of old"]
    assert store.find_works(WorkQuery("anybody")).works == ()
    store.keep_work("prototype", "Help", "ada", WorkState({}))
    assert store.find_works(WorkQuery("anybody")).total == 1
