"""A scripted participant who speaks the page's protocol from the link to the end, and never gives up."""

import asyncio
import random
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from components.store import Store
from tests.server.http_line import PROBLEMS, Answered, HttpLine
from tests.server.taking import answer_data, body_bytes

THINKING_S = {"text": 20.0, "questions": 45.0, "practice": 40.0, "trial": 40.0}  # seconds that a person takes, mean
BACKOFF_S, LONGEST_BACKOFF_S = 0.1, 2.0


@dataclass
class Tally:
    """What all participants together asked and got: seconds of each request by its kind, and what went wrong."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    failed: dict[str, int] = field(default_factory=dict)
    committed: dict[str, tuple[str, str]] = field(default_factory=dict)  # answer id -> participant, step
    ends: dict[str, int] = field(default_factory=dict)

    def add(self, kind: str, took: float) -> None:
        self.seconds.setdefault(kind, []).append(took)

    def fail(self, why: str) -> None:
        self.failed[why] = self.failed.get(why, 0) + 1


class ScriptedPerson:
    """`pace` is how many times faster than a person it is; 0 does not wait at all.

    Where there are several addresses, separated by spaces, each request goes to any of them.
    """

    def __init__(
        self, addresses: str, link: str, right: Mapping[str, Any], tally: Tally, pace: float = 10.0, timeout: float = 30
    ) -> None:
        self.lines = [HttpLine(address, timeout) for address in addresses.split()]
        self.link, self.right, self.tally, self.pace = link, right, tally, pace
        self.id, self.ticket = secrets.token_urlsafe(12), ""
        self.steps: list[dict[str, Any]] = []
        self.done: set[str] = set()
        self.end = ""
        self.random = random.Random(self.id)

    async def take_part(self) -> None:
        """From the link to the end."""
        await self.join()
        for step in self.steps:
            if step["id"] not in self.done and not self.end:
                await self.answer(step)
        self.tally.ends[self.end] = self.tally.ends.get(self.end, 0) + 1
        self.close()

    async def join(self) -> None:
        """From the link to a place in the study."""
        await self.ask("page", "GET", f"/take/{self.link}")
        await self.ask("begin", "POST", "/take/api/begin", {"link": self.link, "ticket": "", "params": {}})
        await self.think("text")
        values = {"link": self.link, "id": self.id, "params": {"pid": self.id}, "browser": {"language": "en"}}
        joined = (await self.ask("join", "POST", "/take/api/join", values)).json()
        self.take_in(joined)

    def close(self) -> None:
        """Let the connections go."""
        for line in self.lines:
            line.close()

    def take_in(self, joined: Mapping[str, Any]) -> None:
        """Keep what the server said at the join."""
        self.ticket, self.steps, self.done = joined["ticket"], joined["steps"], set(joined["done"])

    async def answer(self, step: Mapping[str, Any]) -> None:
        """See what a step shows, think, and send the answer until it is committed."""
        for pane in step.get("panes", ()):
            await self.ask("timeline", "GET", f"/take/api/timelines/{pane['timeline']}")
        await self.think(step["kind"])
        id = secrets.token_urlsafe(12)
        body = {"id": id, "step": step["id"], "tab": "t", "data": answer_data(step, self.right)}
        said = (await self.ask("answers", "POST", "/take/api/answers", body)).json()
        assert said["committed"] == id, said
        self.tally.committed[id] = (self.id, step["id"])
        self.end = said.get("end", {}).get("kind", "")

    async def ask(self, kind: str, method: str, path: str, values: Mapping[str, Any] | None = None) -> Answered:
        """What the server answers in the end: a request that fails is made again, as the page's outbox does."""
        body = body_bytes(values) if values is not None else b""
        headers = {"x-parallax-ticket": self.ticket, "content-type": "application/json"}
        wait = BACKOFF_S
        while True:
            began = time.monotonic()
            try:
                answer = await self.random.choice(self.lines).request(method, path, body, headers)
            except PROBLEMS as problem:
                self.tally.fail(type(problem).__name__)
            else:
                self.tally.add(kind, time.monotonic() - began)
                if answer.status != 503 or kind == "page":
                    assert answer.status == 200 or kind == "page", (answer.status, answer.body[:300])
                    return answer
                self.tally.fail("503")
                wait = max(wait, float(answer.headers.get("retry-after", 0)))
            await asyncio.sleep(wait * self.random.uniform(0.5, 1.5))
            wait = min(LONGEST_BACKOFF_S, 2 * wait)

    async def think(self, kind: str) -> None:
        """Take the time that a person takes: often less than the mean, at times much more."""
        if self.pace:
            await asyncio.sleep(THINKING_S[kind] / self.pace * self.random.lognormvariate(-0.125, 0.5))


def require_whole(store: Store, study: str, tally: Tally, people: int) -> None:
    """Everybody is complete, in a slot of their own, and each confirmed answer is there once."""
    everybody = store.participants(study)
    assert sorted(person.slot for person in everybody) == list(range(people))
    assert {person.end for person in everybody} == {"complete"}
    kept = {answer.id: (answer.participant, answer.step) for answer in store.study_answers(study)}
    assert kept == tally.committed and len(set(kept.values())) == len(kept) == people * 8
