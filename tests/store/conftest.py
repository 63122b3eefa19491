"""Where a store of the tests is: a folder with SQLite, and a PostgreSQL database where that is installed."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, NullPool, create_engine, text

from components.store import Store, tables
from tests.store.postgres import programs, running_postgres


@pytest.fixture(scope="session")
def postgres() -> Iterator[Engine]:
    """An engine on a store in PostgreSQL."""
    if programs() is None:
        pytest.skip("PostgreSQL is not installed: on Debian and Ubuntu, sudo apt install postgresql")
    with running_postgres(Path(tempfile.gettempdir())) as url:
        Store.open(f"{url}/postgres").close()
        engine = create_engine(f"{url}/postgres", poolclass=NullPool)
        yield engine
        engine.dispose()


@pytest.fixture
def postgres_store(postgres: Engine) -> str:
    """The URL of an empty store in PostgreSQL."""
    with postgres.begin() as connection:
        connection.execute(text("SET session_replication_role = replica"))  # no guard speaks up
        looks = (f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {name})" for name in tables.metadata.tables)
        if filled := connection.scalars(text(" UNION ALL ".join(looks))).all():
            connection.execute(text(f"TRUNCATE {', '.join(filled)} RESTART IDENTITY CASCADE"))  # all: 0.2 s
    return postgres.url.render_as_string(hide_password=False)


@pytest.fixture(params=["sqlite", "postgresql"])
def location(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A folder or a URL that Store.open takes."""
    if request.param == "sqlite":
        return str(tmp_path)
    return str(request.getfixturevalue("postgres_store"))
