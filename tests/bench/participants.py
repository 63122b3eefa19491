"""How many people can take part at once: scripted participants who speak the page's protocol, ten times as fast.

Run: python -m tests.bench.participants [people] [sqlite|postgresql] [servers] [idle]

So many who are idle have joined before, and keep their page open without doing anything.
"""

import asyncio
import json
import os
import resource
import secrets
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from components.core.folders import PROJECT_ROOT
from components.server.access.signing import SECRET_VARIABLE, Signer
from components.server.participate.take_tickets import link_token
from components.store import Store
from tests.bench.kills import DURABLE
from tests.bench.server import wait
from tests.bench.take_kills import SECRET
from tests.server.http_line import HttpLine
from tests.server.made_study import keep_made, right_answers
from tests.server.scripted_person import ScriptedPerson, Tally
from tests.store.postgres import programs, running_postgres

PEOPLE, PACE, TRIALS_OF_AN_ARM = 300, 10.0, 6
RAMP_S = 20.0  # seconds in which everybody comes
CEILING_LINES, CEILING_S = 64, 5.0  # connections and seconds with which the client alone is measured
ANSWER = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 15\r\n\r\n" + b'{"committed":1}'


@dataclass(frozen=True)
class RunningApp:
    """The app in a process of its own."""

    address: str
    pid: int

    @property
    def memory(self) -> float:
        """Megabytes of memory that it has now."""
        lines = Path(f"/proc/{self.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024

    @property
    def cpu_seconds(self) -> float:
        """Seconds of processor time that it took so far."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(") ")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    """A port that nobody has."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def running_app(environment: Mapping[str, str]) -> Iterator[RunningApp]:
    """The whole app, as `make run` starts it, on a free port."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}"]
    process = subprocess.Popen(
        [*command, "--server.address=127.0.0.1"], cwd=PROJECT_ROOT, env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        wait(f"http://127.0.0.1:{port}")
        yield RunningApp(f"http://127.0.0.1:{port}", process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


async def take_part_all(addresses: str, link: str, right: Mapping[str, object], people: int, tally: Tally) -> None:
    """So many people come within RAMP_S and go from the link to the end."""
    async with asyncio.TaskGroup() as group:
        for number in range(people):
            person = ScriptedPerson(addresses, link, right, tally, PACE)
            group.create_task(come_later(person, RAMP_S * number / people))


async def join_idle(addresses: str, link: str, tally: Tally, idle: int) -> list[ScriptedPerson]:
    """So many people who have joined and do nothing more, a few at a time."""
    waiting = [ScriptedPerson(addresses, link, {}, tally, pace=0) for _ in range(idle)]
    coming = iter(waiting)

    async def join_some() -> None:
        for person in coming:
            await person.join()

    await asyncio.gather(*(join_some() for _ in range(CEILING_LINES)))
    return waiting


async def come_later(person: ScriptedPerson, after: float) -> None:
    """Take part after so many seconds."""
    await asyncio.sleep(after)
    await person.take_part()


async def measure_load(
    apps: Sequence[RunningApp], link: str, right: Mapping[str, object], people: int, idle: int
) -> dict[str, object]:
    """What people got, and what it took, while others are idle."""
    addresses, joining = " ".join(app.address for app in apps), Tally()
    empty = sum(app.memory for app in apps)
    waiting = await join_idle(addresses, link, joining, idle)
    tally, peak = Tally(), [app.memory for app in apps]
    before, cpu = list(peak), [app.cpu_seconds for app in apps]
    began = time.monotonic()
    load = asyncio.create_task(take_part_all(addresses, link, right, people, tally))
    while not load.done():
        await asyncio.wait([load], timeout=0.5)
        peak = [max(most, app.memory) for most, app in zip(peak, apps, strict=True)]
    load.result()
    took = time.monotonic() - began
    for person in waiting:
        person.close()
    each = (sum(before) - empty) * 1024 / max(1, idle)
    joined = {"idle": {**report(joining, idle), "kB each": round(each, 1)}} if idle else {}
    return {
        **report(tally, people), **joined, "seconds": round(took), "requests a second": round(count(tally) / took),
        "server CPU seconds": [round(app.cpu_seconds - start, 1) for app, start in zip(apps, cpu, strict=True)],
        "client CPU seconds": round(time.process_time(), 1),
        "server MB before, at most": [(round(a), round(b)) for a, b in zip(before, peak, strict=True)],
        "kB a participant": round(sum(b - a for a, b in zip(before, peak, strict=True)) * 1024 / people, 1),
        "ends": tally.ends, "confirmed": tally.committed,
    }  # fmt: skip


def count(tally: Tally) -> int:
    """How many requests were answered."""
    return sum(len(seconds) for seconds in tally.seconds.values())


def report(tally: Tally, people: int) -> dict[str, object]:
    """The usual line, and the same by kind of request, in milliseconds."""
    everything = [took for seconds in tally.seconds.values() for took in seconds]
    kinds = {kind: {"n": len(s), **spread(s)} for kind, s in tally.seconds.items()}
    failed = sum(tally.failed.values())
    line = f"{people:,} simulated, {len(everything):,} requests, {failed} failed, "
    line += f"{statistics.mean(everything):.3f} s mean, {spread(everything)['p95'] / 1000:.3f} s p95"
    return {"line": line, "ms by kind": kinds, "failed": tally.failed}


def spread(seconds: Sequence[float]) -> dict[str, float]:
    """Mean, median, 95th and 99th percentile and longest, in milliseconds."""
    ordered = sorted(seconds)

    def at(share: float) -> float:
        return round(1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))], 1)

    return {"mean": round(1000 * statistics.mean(ordered), 1), "p50": at(0.5), "p95": at(0.95), "p99": at(0.99),
            "most": at(1.0)}  # fmt: skip


async def client_ceiling(body: bytes) -> int:
    """How many requests a second this client makes of a server that does nothing."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", "from tests.bench.participants import serve_nothing; serve_nothing()",
        stdout=asyncio.subprocess.PIPE, cwd=PROJECT_ROOT,
    )  # fmt: skip
    assert process.stdout
    port = int(await process.stdout.readline())
    made, end = 0, time.monotonic() + CEILING_S

    async def ask() -> None:
        nonlocal made
        line = HttpLine(f"http://127.0.0.1:{port}")
        while time.monotonic() < end:
            await line.post("/take/api/answers", body)
            made += 1
        line.close()

    await asyncio.gather(*(ask() for _ in range(CEILING_LINES)))
    process.kill()
    await process.wait()
    return round(made / CEILING_S)


def serve_nothing() -> None:
    """Answer every request alike, until killed."""

    async def serve_line(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(asyncio.IncompleteReadError):
            while head := await reader.readuntil(b"\r\n\r\n"):
                lines = head.split(b"\r\n")
                length = next(line.split(b": ")[1] for line in lines if line.startswith(b"content-length"))
                await reader.readexactly(int(length))
                writer.write(ANSWER)
        writer.close()

    async def serve() -> None:
        server = await asyncio.start_server(serve_line, "127.0.0.1", 0)
        sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
        sys.stdout.flush()
        await server.serve_forever()

    asyncio.run(serve())


def figures(url: str, people: int, servers: int, idle: int, folder: str) -> dict[str, object]:
    """What a whole run on one database comes to."""
    store = Store.open(url)
    study = keep_made(store, people + idle, trials=TRIALS_OF_AN_ARM)
    link = link_token(Signer(SECRET), store.keep_link(study.id, "many").id)
    environment = {"PARALLAX_DATABASE_URL": url, SECRET_VARIABLE: SECRET, "PARALLAX_DATA": folder}
    with ExitStack() as stack:
        apps = [stack.enter_context(running_app(environment)) for _ in range(servers)]
        loads = [round(os.getloadavg()[0], 1)]
        found = asyncio.run(measure_load(apps, link, right_answers(study), people, idle))
        loads.append(round(os.getloadavg()[0], 1))
    confirmed = found.pop("confirmed")
    kept = {answer.id: (answer.participant, answer.step) for answer in store.study_answers(study.id)}
    slots = [person.slot for person in store.participants(study.id)]
    store.close()
    assert isinstance(confirmed, dict)
    lost = sum(kept.get(id) != place for id, place in confirmed.items())
    return {**found, "lost": lost, "doubled": len(kept) - len(set(kept.values())),
            "slots given twice": len(slots) - len(set(slots)), "servers": servers,
            "load before, after": loads}  # fmt: skip


def main() -> int:
    """Print the figures for each database; 1 where anything was lost."""
    people = int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE
    wanted = sys.argv[2:3] or ["sqlite", "postgresql"]
    servers = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    idle = int(sys.argv[4]) if len(sys.argv) > 4 else 0
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(hard, 65_536)), hard))
    table: dict[str, object] = {}
    table["client ceiling, requests a second"] = asyncio.run(client_ceiling(secrets.token_bytes(3_000)))
    with tempfile.TemporaryDirectory() as folder:
        if "sqlite" in wanted:
            table["sqlite"] = figures(f"sqlite:///{folder}/parallax.db", people, servers, idle, folder)
        if "postgresql" in wanted and programs() is not None:
            with running_postgres(Path(tempfile.gettempdir()), DURABLE) as url:
                table["postgresql"] = figures(f"{url}/postgres", people, servers, idle, folder)
    print(json.dumps(table, indent=1))  # noqa: T201
    return int(any(isinstance(row, dict) and bool(row["lost"] or row["doubled"]) for row in table.values()))


if __name__ == "__main__":
    sys.exit(main())
