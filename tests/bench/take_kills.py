"""What is lost when the server is killed while people take part: on SQLite, and on PostgreSQL where it is installed."""

import asyncio
import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import text

from components.core.folders import data_folder
from components.server.access.signing import SECRET_VARIABLE, Signer
from components.server.participate.take_tickets import link_token
from components.store import Store
from tests.bench.kills import places
from tests.server.made_study import keep_made, right_answers
from tests.server.scripted_person import ScriptedPerson, Tally
from tests.server.take_server import KillableServer, killable_servers

KILLS = 100
PEOPLE = 12  # who take part at any moment
LONGEST_S = 0.5  # seconds under load before the kill
SECRET = "a secret of more than thirty-two characters"


def environment(location: str) -> dict[str, str]:
    """What a server needs to know to use a database."""
    url = location if "://" in location else f"sqlite:///{location}/parallax.db"
    return {"PARALLAX_DATABASE_URL": url, SECRET_VARIABLE: SECRET, "PARALLAX_DATA": str(data_folder())}


def made_link(location: str, wanted: int) -> tuple[str, str, dict[str, object]]:
    """A study that is open, and a link into it: its id, the last part of the link's path, and the right answers."""
    store = Store.open(location)
    study = keep_made(store, wanted)
    link = link_token(Signer(SECRET), store.keep_link(study.id, "many").id)
    store.close()
    return study.id, link, right_answers(study)


async def load_until(stop: asyncio.Event, address: str, link: str, right: Mapping[str, object], tally: Tally) -> None:
    """One after the other takes part until it is enough; the last one finishes."""
    while not stop.is_set():
        await ScriptedPerson(address, link, right, tally, pace=0).take_part()


async def kill_under_load(
    running: KillableServer, link: str, right: Mapping[str, object], kills: int, longest: float, people: int = PEOPLE
) -> Tally:
    """What people heard of a server that was killed so many times while they took part."""
    tally, stop = Tally(), asyncio.Event()
    async with asyncio.TaskGroup() as group:
        for _ in range(people):
            group.create_task(load_until(stop, running.address, link, right, tally))
        for _ in range(kills):
            before = len(tally.committed)
            while len(tally.committed) == before:
                await asyncio.sleep(0.005)
            await asyncio.sleep(random.uniform(0, longest))
            await asyncio.to_thread(running.kill)
            await asyncio.to_thread(running.start)
        stop.set()
    return tally


def figures(location: str, kills: int = KILLS, longest: float = LONGEST_S) -> dict[str, object]:
    """How many answers were confirmed, and how many of them are not there or are there twice, over all kills."""
    study, link, right = made_link(location, wanted=20_000)
    began = time.monotonic()
    with killable_servers(environment(location)) as [running]:
        running.start()
        tally = asyncio.run(kill_under_load(running, link, right, kills, longest))
        running.kill()
    store = Store.open(location)
    kept = {answer.id: (answer.participant, answer.step) for answer in store.study_answers(study)}
    people = store.participants(study)
    with store.engine.connect() as connection:
        is_file = connection.dialect.name == "sqlite"
        sound = connection.scalar(text("PRAGMA integrity_check")) if is_file else "opened"
        version = connection.scalar(text("SELECT sqlite_version()" if is_file else "SHOW server_version"))
    store.close()
    return {
        "version": version, "kills": kills, "participants": len(people), "complete": tally.ends,
        "confirmed": len(tally.committed), "requests that failed": tally.failed,
        "lost": sum(kept.get(id) != place for id, place in tally.committed.items()),
        "doubled": len(kept) - len(set(kept.values())), "unconfirmed": len(kept.keys() - tally.committed.keys()),
        "people without an end": sum(not person.end for person in people), "check": sound,
        "seconds": round(time.monotonic() - began), "load": round(os.getloadavg()[0], 1),
    }  # fmt: skip


def main() -> int:
    """Print the figures; 1 where anything was lost or doubled."""
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else KILLS
    with tempfile.TemporaryDirectory() as folder, places() as found:
        os.environ["PARALLAX_DATA"] = str(Path(folder))
        table = {name: figures(location, kills) for name, location in found}
    print(json.dumps(table, indent=1))  # noqa: T201
    return int(any(row["lost"] or row["doubled"] for row in table.values()))


if __name__ == "__main__":
    sys.exit(main())
