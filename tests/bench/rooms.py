"""How many phones a room holds: scripted phones that speak the page's protocol, and a stage that counts their votes.

Run: python -m tests.bench.rooms [phones]
"""

import asyncio
import json
import os
import random
import resource
import secrets
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from components.deck.shown_deck import compile_deck
from components.server.access.signing import SECRET_VARIABLE, Signer
from components.server.room.room_tickets import stage_token
from components.store import Store
from components.store.room_records import DeckRecord
from tests.bench.participants import RunningApp, running_app, spread
from tests.bench.take_kills import SECRET
from tests.server.http_line import PROBLEMS, Answered, HttpLine
from tests.server.rooming import RIGHT, WRONG, small_deck

PHONES, JOIN_S, SCENE_S = 300, 15.0, 20.0  # seconds in which all come in, and in which all vote in a scene
STAGE_POLL_S, SETTLE_S = 0.4, 20.0
LOST_POLL_S = 3.0  # after which a phone that was not let in tries again, as the page does
STEPS = (("b", 0, {"felt-A": "2", "felt-B": "1", "choice": "B"}), ("w", 0, {"trust-A": 70, "trust-B": 40}))


@dataclass
class RoomTally:
    """What phones and the stage saw: seconds by kind of request, failures, votes that were confirmed and when."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    failed: Counter[str] = field(default_factory=Counter)
    confirmed: dict[str, list[float]] = field(default_factory=dict)  # by step, when each was confirmed
    shown: dict[str, list[float]] = field(default_factory=dict)  # by step, when the stage first counted so many

    async def noted(self, kind: str, asked: Awaitable[Answered]) -> Answered | None:
        """What one request came to, noted; None where it failed."""
        began = time.monotonic()
        try:
            answer = await asked
        except PROBLEMS as problem:
            self.failed[f"{kind} {type(problem).__name__}"] += 1
            return None
        self.seconds.setdefault(kind, []).append(time.monotonic() - began)
        if answer.status not in (200, 304):
            self.failed[f"{kind} {answer.status}"] += 1
            return None
        return answer


class BenchPhone:
    """One phone: comes in, polls, and votes once in each step, as soon as it is asked and a person would have."""

    def __init__(self, address: str, code: str, tally: RoomTally, after: float) -> None:
        self.line, self.code, self.tally, self.after = HttpLine(address), code, tally, after
        self.ticket, self.tag, self.asks, self.poll_s = "", "", "", 1.5
        self.voted: set[str] = set()

    async def live(self, over: asyncio.Event) -> None:
        """Be in the room until it is over."""
        await asyncio.sleep(self.after)
        id = secrets.token_urlsafe(12)
        while not self.ticket:
            self.ticket = str((await self.ask("join", {"code": self.code, "id": id})).get("ticket", ""))
            if not self.ticket:
                await asyncio.sleep(LOST_POLL_S * (0.75 + random.random() / 2))
        while not over.is_set():
            await self.poll()
            for step, _, items in STEPS:
                if step == self.asks and step not in self.voted:
                    self.voted.add(step)
                    await asyncio.sleep(random.random() * SCENE_S * 0.7)
                    await self.vote(step, items)
            await asyncio.sleep(self.poll_s * (0.75 + random.random() / 2))
        self.line.close()

    async def poll(self) -> None:
        """Ask where the presenter is."""
        headers = {"x-parallax-ticket": self.ticket, **({"if-none-match": self.tag} if self.tag else {})}
        answer = await self.tally.noted("state", self.line.get("/r/api/state", headers))
        if answer and answer.status == 200:
            now, self.tag = answer.json(), answer.headers["etag"]
            self.asks, self.poll_s = now["asks"], now["poll_s"]

    async def vote(self, step: str, items: dict[str, Any]) -> None:
        """Vote until it is confirmed, as the outbox does."""
        id, wait = secrets.token_urlsafe(12), 0.5
        body = {"id": id, "step": step, "data": {"items": items, "order": "BA", "seen": {"A": 0.4, "B": 0.4}}}
        while (await self.ask("votes", body)).get("committed") != id:
            await asyncio.sleep(wait)
            wait = min(8.0, wait * 2)
        self.tally.confirmed.setdefault(step, []).append(time.monotonic())

    async def ask(self, name: str, values: dict[str, Any]) -> dict[str, Any]:
        """Post something; {} where it came to nothing."""
        headers = {"x-parallax-ticket": self.ticket} if self.ticket else {}
        body = json.dumps(values).encode()
        answer = await self.tally.noted(name, self.line.post(f"/r/api/{name}", body, headers))
        return answer.json() if answer else {}


class BenchStage:
    """The projector: opens the room, goes on, and counts."""

    def __init__(self, address: str, token: str, tally: RoomTally) -> None:
        self.line, self.poll_line, self.tally = HttpLine(address), HttpLine(address), tally
        self.headers, self.room, self.code = {"x-parallax-stage": token}, "", ""

    async def open(self) -> None:
        """Open a room."""
        told = (await self.line.post("/stage/api/room", b"{}", self.headers)).json()
        self.room, self.code = told["room"], told["code"]

    async def go(self, scene: str, beat: int) -> None:
        """Go to a beat of a scene."""
        values = {"room": self.room, "scene": scene, "beat": beat}
        await self.line.post("/stage/api/move", json.dumps(values).encode(), self.headers)

    async def watch(self, over: asyncio.Event) -> None:
        """Count the votes as the projector does, and note when each count is first seen."""
        while not over.is_set():
            asked = self.poll_line.get(f"/stage/api/state?room={self.room}", self.headers)
            answer, seen = await self.tally.noted("stage", asked), time.monotonic()
            for step, votes in (answer.json()["votes"] if answer else {}).items():
                times = self.tally.shown.setdefault(step, [])
                times.extend([seen] * (votes - len(times)))
            await asyncio.sleep(STAGE_POLL_S)


async def hold_room(address: str, token: str, phones: int) -> RoomTally:
    """A whole room: everybody comes in, votes in each scene, and each vote is seen on the projector."""
    tally, over = RoomTally(), asyncio.Event()
    stage = BenchStage(address, token, tally)
    await stage.open()
    async with asyncio.TaskGroup() as group:
        group.create_task(stage.watch(over))
        for number in range(phones):
            group.create_task(BenchPhone(address, stage.code, tally, JOIN_S * number / phones).live(over))
        await asyncio.sleep(JOIN_S + 2)
        for scene, beat, _ in STEPS:
            await stage.go(scene, beat)
            await until(lambda scene=scene: len(tally.confirmed.get(scene, ())) >= phones, SCENE_S + SETTLE_S)  # type: ignore[misc]
            await until(lambda scene=scene: len(tally.shown.get(scene, ())) >= phones, 5.0)  # type: ignore[misc]
        over.set()
    return tally


async def until(fact: Callable[[], bool], most_s: float) -> None:
    """Wait for something, not for ever."""
    end = time.monotonic() + most_s
    while not fact() and time.monotonic() < end:
        await asyncio.sleep(0.1)


def room_report(tally: RoomTally, phones: int, app: RunningApp) -> dict[str, object]:
    """The usual line, the time from a vote's commit to the projector, and what the server took."""
    everything = [took for seconds in tally.seconds.values() for took in seconds]
    delays = [
        max(0.0, seen - done)
        for step, confirmed in tally.confirmed.items()
        for done, seen in zip(sorted(confirmed), tally.shown.get(step, []), strict=False)
    ]
    failed = sum(tally.failed.values())
    line = f"{phones:,} simulated, {len(everything):,} requests, {failed} failed, "
    line += f"{statistics.mean(everything):.3f} s mean, {spread(everything)['p95'] / 1000:.3f} s p95"
    return {
        "line": line, "commit to projector, ms": spread(delays), "votes seen": len(delays),
        "ms by kind": {kind: {"n": len(s), **spread(s)} for kind, s in tally.seconds.items()},
        "failed": tally.failed, "server CPU seconds": round(app.cpu_seconds, 1), "server MB": round(app.memory),
    }  # fmt: skip


def main() -> int:
    """Print the figures; 1 where a vote was lost."""
    phones = int(sys.argv[1]) if len(sys.argv) > 1 else PHONES
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(hard, 65_536)), hard))
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/parallax.db"
        store = Store.open(url)
        deck = compile_deck(small_deck(), lambda id: [one for one in (RIGHT, WRONG) if one.id == id])
        store.keep_deck(DeckRecord(deck.id, "bench", "Bench", deck.content), deck.timelines)
        token = stage_token(Signer(SECRET), deck.id)
        environment = {"PARALLAX_DATABASE_URL": url, SECRET_VARIABLE: SECRET, "PARALLAX_DATA": folder}
        with running_app(environment) as app:
            before = round(os.getloadavg()[0], 1)
            tally = asyncio.run(hold_room(app.address, token, phones))
            found = room_report(tally, phones, app)
        [room] = store.rooms_of_work("bench")
        kept = Counter(vote.step for vote in store.room_votes(room.id))
        store.close()
    confirmed = {step: len(times) for step, times in tally.confirmed.items()}
    lost = sum(max(0, confirmed.get(step, 0) - kept[step]) for step, _, _ in STEPS)
    found |= {"confirmed": confirmed, "kept": dict(kept), "lost": lost, "load before": before}
    print(json.dumps(found, indent=1))  # noqa: T201
    return int(lost > 0)


if __name__ == "__main__":
    sys.exit(main())
