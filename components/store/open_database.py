"""Open database: find the database, check that it is whole, and bring an older one up to date."""

import os
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError

from components.core.explained import Explained
from components.core.folders import data_folder
from components.store import database_errors
from components.store.log_checkpoints import CHECKPOINT_PAUSE_S, LogCheckpoints, move_log
from components.store.sqlite_driver import LOG_LIMIT_BYTES, sqlite_driver, sqlite_pragmas

DATABASE_FILE = "parallax.db"
LATEST_VERSION = "0012"  # the last file in migrations/versions
MIGRATIONS_FOLDER = Path(__file__).parent / "migrations"
MIGRATION_LOCK = Lock()  # alembic keeps what it is working on in module variables


def database_url(location: Path | str | None = None) -> str:
    """The database's URL: of a folder, of a URL as it is, or of what PARALLAX_DATABASE_URL or PARALLAX_DATA name."""
    chosen = location or os.environ.get("PARALLAX_DATABASE_URL", "").strip() or data_folder()
    if "://" in str(chosen):
        return str(chosen)
    return f"sqlite:///{Path(chosen) / DATABASE_FILE}"


def connect(url: str, patience: float) -> tuple[Engine, str]:
    """An engine on a whole and current database, and its place as a person reads it. Explained where there is none."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise Explained(
            "PARALLAX_DATABASE_URL is not the address of a database.",
            do="Write it as postgresql://name:password@host/database, or leave it out.",
        ) from error
    file = parsed.database if parsed.get_backend_name() == "sqlite" else None
    location = file or parsed.render_as_string(hide_password=True)
    with database_errors.explain_errors(location):
        if file:
            Path(file).parent.mkdir(parents=True, exist_ok=True)
        engine = sqlite_engine(parsed, patience) if file else server_engine(parsed, patience)
        try:
            require_sound(engine, location)
            migrate_database(engine)
        except BaseException:
            engine.dispose()
            raise
    return engine, location


def sqlite_engine(url: URL | str, patience: float = 5.0) -> Engine:
    """An engine on a SQLite file that waits `patience` seconds for another writer; every write takes its turn at once.

    A commit is on the disk before it returns.
    """
    driver = sqlite_driver()
    engine = create_engine(url, module=driver, connect_args={"timeout": patience}, pool_timeout=patience)
    pragmas = sqlite_pragmas(driver.sqlite_version_info)
    file = str(engine.url.database)
    checkpoints = LogCheckpoints(lambda: move_log(driver, file, LOG_LIMIT_BYTES), CHECKPOINT_PAUSE_S)

    @event.listens_for(engine, "connect")
    def settings(connection: Any, _: object) -> None:
        connection.isolation_level = None  # BEGIN is ours to say, so that changes of tables are in it too
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    @event.listens_for(engine, "commit")
    def plan(connection: Connection) -> None:
        if connection.get_execution_options().get("writes"):
            checkpoints.plan()

    @event.listens_for(engine, "engine_disposed")
    def cancel(_: Engine) -> None:
        checkpoints.cancel()

    return engine


def server_engine(url: URL, patience: float) -> Engine:
    """An engine on a PostgreSQL server that waits `patience` seconds for a free connection.

    It keeps nothing on a connection from one transaction to the next, so that PgBouncer may stand between.
    """
    return create_engine(
        url, connect_args={"prepare_threshold": None}, pool_timeout=patience, pool_pre_ping=True
    )  # fmt: skip


def require_sound(engine: Engine, location: str) -> None:
    """Explained where pages of the file are damaged or it comes from a newer Parallax."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite" and connection.scalar(text("PRAGMA quick_check(1)")) != "ok":
            raise database_errors.damaged_database(location)
        version = table_version(connection)
    if version > LATEST_VERSION:
        raise database_errors.newer_database(location, version)


def table_version(connection: Connection) -> str:
    """The version of the database's tables, "" where there are none yet."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return str(connection.scalar(text("SELECT version_num FROM alembic_version")) or "")


def migrate_database(engine: Engine, target: str = LATEST_VERSION) -> None:
    """Bring an empty or older database up to date, whole or not at all."""
    with engine.connect() as connection:
        if table_version(connection) == target:
            return
    from alembic.command import upgrade  # 0.2 s that only a new or older database costs
    from alembic.config import Config

    with MIGRATION_LOCK, engine.execution_options(writes=True).begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(7051984)"))  # any number, always the same
        if table_version(connection) < target:
            config = Config(attributes={"connection": connection})
            config.set_main_option("script_location", str(MIGRATIONS_FOLDER).replace("%", "%%"))
            upgrade(config, target)
