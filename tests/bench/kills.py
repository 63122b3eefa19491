"""What is lost when the program is killed while people rate: on SQLite and, where it is installed, on PostgreSQL."""

import json
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

from sqlalchemy import text

from components.store import Store
from components.study.rating import Rating
from tests.store.made import COMPARISON, sighting, started
from tests.store.postgres import programs, running_postgres

KILLS = 100
RATERS = 4  # threads that rate at once
LONGEST_S = 0.4  # seconds under load before the kill
DURABLE = ("max_connections=60",)  # PostgreSQL as it comes: a commit is on the disk


def rate_until_killed(location: str, turn: int, told: int) -> None:
    """Rate from several threads without end; the id of each rating is written to `told` once it counts as saved."""
    store = Store.open(location, patience=30)

    def person(number: int) -> None:
        for count in range(1_000_000):
            id = f"{turn}-{number}-{count}"
            store.rate(Rating(id, f"{COMPARISON}-me", "me", "trust", f"{COMPARISON}-me-0", 50.0))
            os.write(told, f"{id}\n".encode())

    for number in range(RATERS):
        Thread(target=person, args=(number,), daemon=True).start()
    time.sleep(60)


def killed_once(location: str, turn: int) -> list[str]:
    """The ratings that a process called saved before it was killed."""
    hear, tell = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(hear)
        rate_until_killed(location, turn, tell)
        os._exit(1)
    os.close(tell)
    with os.fdopen(hear) as lines:
        first = lines.readline()
        time.sleep(random.uniform(0, LONGEST_S))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        return [line.strip() for line in (first, *lines) if line.endswith("\n")]


def figures(location: str) -> dict[str, object]:
    """How many ratings were called saved, and how many of them are not there, over all kills."""
    store = started(Store.open(location))
    store.keep_sightings(*(sighting("me", place) for place in range(3)))
    store.close()
    said = [id for turn in range(KILLS) for id in killed_once(location, turn)]
    store = Store.open(location)
    with store.engine.connect() as connection:
        there = set(connection.scalars(text("SELECT id FROM ratings")))
        sound = connection.scalar(text("PRAGMA integrity_check")) if connection.dialect.name == "sqlite" else "opened"
        version = connection.scalar(
            text("SELECT sqlite_version()" if connection.dialect.name == "sqlite" else "SHOW server_version")
        )
    store.close()
    return {
        "version": version, "kills": KILLS, "called saved": len(said), "lost": len(set(said) - there),
        "saved unsaid": len(there - set(said)), "check": sound,
    }  # fmt: skip


@contextmanager
def places() -> Iterator[list[tuple[str, str]]]:
    """The name and location of each database that there is here."""
    with tempfile.TemporaryDirectory() as folder:
        if programs() is None:
            yield [("sqlite", folder)]
            return
        with running_postgres(Path(tempfile.gettempdir()), DURABLE) as url:
            yield [("sqlite", folder), ("postgresql", f"{url}/postgres")]


def main() -> int:
    """Print the figures; 1 where anything was lost."""
    with places() as found:
        table = {name: figures(location) for name, location in found}
    print(json.dumps(table, indent=1))  # noqa: T201
    return int(any(row["lost"] for row in table.values()))


if __name__ == "__main__":
    sys.exit(main())
