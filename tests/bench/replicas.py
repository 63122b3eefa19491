"""What participants notice when one of two servers is killed: PostgreSQL, two whole apps and the balancer before them.

Run: python -m tests.bench.replicas [people]
"""

import asyncio
import json
import os
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from components.server.access.signing import SECRET_VARIABLE, Signer
from components.server.participate.take_tickets import link_token
from components.server.start import COOKIE_VARIABLE
from components.store import Store
from tests.bench.kills import DURABLE
from tests.bench.participants import TRIALS_OF_AN_ARM, RunningApp, report, running_app, spread, take_part_all
from tests.bench.take_kills import SECRET
from tests.server.balancer import MISSING, balancer_program, running_balancer
from tests.server.made_study import keep_made, right_answers
from tests.server.scripted_person import Tally
from tests.server.test_balancer import UPGRADE
from tests.store.postgres import programs, running_postgres

PEOPLE = 200
KILL_AFTER_S = 25.0  # seconds after the first came: all are there, none has ended
WATCHED_S = 5.0  # seconds after the kill in which waits are looked at


@dataclass
class TimedTally(Tally):
    """Also when each request was answered, and how long it took."""

    answered: list[tuple[float, float]] = field(default_factory=list)

    def add(self, kind: str, took: float) -> None:
        super().add(kind, took)
        self.answered.append((time.monotonic(), took))


async def kill_under_way(
    address: str, victim: RunningApp, link: str, right: Mapping[str, object], people: int
) -> tuple[TimedTally, float]:
    """What people heard, and when the server was killed."""
    tally = TimedTally()
    load = asyncio.create_task(take_part_all(address, link, right, people, tally))
    await asyncio.wait([load], timeout=KILL_AFTER_S)
    assert not load.done()
    os.kill(victim.pid, signal.SIGKILL)
    killed = time.monotonic()
    await load
    return tally, killed


def designer_stays(address: str) -> dict[str, object]:
    """Whether a designer's page and its websocket come from one server, and which."""
    with httpx.Client(base_url=address) as browser:
        first = browser.get("/", headers={"accept": "text/html"})
        chosen = browser.cookies["parallax_server"]
        again = [browser.get("/_stcore/health").headers.get("set-cookie", "") for _ in range(4)]
    with socket.create_connection(("127.0.0.1", int(address.rpartition(":")[2])), 5) as line:
        line.sendall(UPGRADE.replace(b"Host: x", f"Host: x\r\nCookie: parallax_server={chosen}".encode()))
        opened = line.recv(12).decode()
    stays = not any("parallax_server" in cookie for cookie in again)
    return {"page": first.status_code, "server": chosen, "stays": stays, "websocket": opened}


def figures(url: str, people: int, folder: str) -> dict[str, object]:
    """What a whole run comes to."""
    store = Store.open(url)
    study = keep_made(store, people, trials=TRIALS_OF_AN_ARM)
    link = link_token(Signer(SECRET), store.keep_link(study.id, "many").id)
    environment = {
        "PARALLAX_DATABASE_URL": url, SECRET_VARIABLE: SECRET, COOKIE_VARIABLE: SECRET, "PARALLAX_DATA": folder
    }  # fmt: skip
    with ExitStack() as stack:
        one, two = (stack.enter_context(running_app(environment)) for _ in range(2))
        places = [app.address.removeprefix("http://") for app in (one, two)]
        address = stack.enter_context(running_balancer(places[0], places[1]))
        designer = designer_stays(address)
        victim, other = (one, two) if designer["server"] == "one" else (two, one)
        tally, killed = asyncio.run(kill_under_way(address, victim, link, right_answers(study), people))
        after = designer_stays(address)
        cpu = round(other.cpu_seconds, 1)
    kept = {answer.id: (answer.participant, answer.step) for answer in store.study_answers(study.id)}
    slots = [person.slot for person in store.participants(study.id)]
    store.close()
    waits = [took for at, took in tally.answered if 0 <= at - killed <= WATCHED_S]
    return {
        **report(tally, people), "why": tally.failed, "ends": tally.ends,
        f"ms in the {WATCHED_S:.0f} s after the kill": {"n": len(waits), **spread(waits)},
        "confirmed": len(tally.committed), "lost": sum(kept.get(id) != at for id, at in tally.committed.items()),
        "doubled": len(kept) - len(set(kept.values())), "slots given twice": len(slots) - len(set(slots)),
        "designer before": designer, "designer after": after, "CPU seconds of the other": cpu,
        "load": round(os.getloadavg()[0], 1),
    }  # fmt: skip


def main() -> int:
    """Print the figures; 1 where anything was lost or doubled."""
    if balancer_program() is None or programs() is None:
        print(MISSING)  # noqa: T201
        return 0
    people = int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE
    with (
        tempfile.TemporaryDirectory() as folder, running_postgres(Path(tempfile.gettempdir()), DURABLE) as url
    ):  # fmt: skip
        table = figures(f"{url}/postgres", people, folder)
    print(json.dumps(table, indent=1))  # noqa: T201
    return int(bool(table["lost"] or table["doubled"]))


if __name__ == "__main__":
    sys.exit(main())
