"""Nothing that was confirmed is lost or doubled: killed servers, full disks, locks, cut lines, several servers."""

import asyncio
import random
import resource
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from threading import Event
from typing import Any

import httpx
import pytest

from components.core.explained import Explained
from components.server.access.signing import SECRET_VARIABLE, Signer
from components.server.app_context import app_context
from components.server.participate import group_commit
from components.server.participate.group_commit import GroupCommit
from components.server.participate.take_tickets import link_token
from components.store import Store
from components.store.participation import BatchEntry, BatchResult, Withdrawal, WithdrawalResult
from components.store.sqlite_driver import sqlite_driver
from tests.bench.take_kills import SECRET, environment, figures, made_link
from tests.server.bad_network import bad_network, some_fault
from tests.server.made_study import MadeLink, keep_made, open_made, right_answers
from tests.server.scripted_person import ScriptedPerson, Tally, require_whole
from tests.server.take_server import killable_servers
from tests.server.taking import Person, served_door


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The store of a server in this process, which waits only a moment for another program."""
    url = f"sqlite:///{tmp_path}/parallax.db"
    monkeypatch.setenv("PARALLAX_DATABASE_URL", url)
    monkeypatch.setenv(SECRET_VARIABLE, SECRET)
    app_context.cache_clear()
    store = Store.open(url, patience=0.3)
    app_context()._stores[url] = store
    yield store
    app_context().close()
    app_context.cache_clear()


async def take_part_all(addresses: str, link: str, right: Mapping[str, Any], people: int, **more: Any) -> Tally:
    tally = Tally()
    async with asyncio.TaskGroup() as group:
        for _ in range(people):
            group.create_task(ScriptedPerson(addresses, link, right, tally, pace=0, **more).take_part())
    return tally


@pytest.mark.slow
def test_a_server_that_is_killed_under_load_loses_and_doubles_nothing(tmp_path: Path) -> None:
    found = figures(str(tmp_path), kills=3, longest=0.05)
    assert (found["lost"], found["doubled"], found["people without an end"], found["check"]) == (0, 0, 0, "ok")
    assert int(str(found["confirmed"])) > 50


@pytest.mark.slow
def test_a_full_disk_is_said_as_503_and_what_was_sent_is_kept_once_there_is_room(tmp_path: Path) -> None:
    study, link, right = made_link(str(tmp_path), wanted=5)
    with killable_servers(environment(str(tmp_path))) as [running]:
        running.start()
        with httpx.Client(base_url=running.address) as client:
            person = Person(client, MadeLink(f"/take/{link}", right=right))
            person.join()
            first = person.answer("before", "a" * 16)
            limit = 4_096  # bytes: less than any write needs, also at the beginning of a log
            resource.prlimit(running.pid, resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
            full = [person.answer("instructions", "b" * 16) for _ in range(2)]
            resource.prlimit(running.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
            again = person.answer("instructions", "b" * 16)
    assert first.status_code == 200 and [answer.status_code for answer in full] == [503, 503]
    assert full[0].headers["retry-after"] == "3" and full[0].json()["code"] == "unkept"
    assert again.json() == {"committed": "b" * 16}
    store = Store.open(tmp_path)
    assert [answer.id for answer in store.study_answers(study)] == ["a" * 16, "b" * 16]
    store.close()


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
def test_an_answer_is_on_the_disk_before_it_is_confirmed(tmp_path: Path) -> None:
    _, link, right = made_link(str(tmp_path), wanted=5)
    with killable_servers(environment(str(tmp_path))) as [running]:
        running.start()
        with httpx.Client(base_url=running.address) as client:
            person = Person(client, MadeLink(f"/take/{link}", right=right))
            person.join()
            said = traced(running.pid, tmp_path / "trace", lambda: person.answer("before"))
    if "attach: " in said:
        pytest.skip("nothing may be traced here")
    calls = [line for line in said.splitlines() if "-wal" in line or "committed" in line]
    synced = [n for n, line in enumerate(calls) if "sync(" in line]
    told = next(n for n, line in enumerate(calls) if "committed" in line)
    assert synced and min(synced) < told and all("committed" not in line for line in calls[: synced[-1]])


def traced(pid: int, file: Path, act: Callable[[], object]) -> str:
    """What a process wrote, synced and sent while something was done, as strace tells it."""
    watched = "trace=fdatasync,fsync,pwrite64,sendto,write,writev,sendmsg"
    command = ["strace", "-f", "-y", "-s", "300", "-e", watched, "-o", str(file), "-p", str(pid)]
    tracer = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert tracer.stderr
    heard = tracer.stderr.readline()
    act()
    tracer.terminate()
    tracer.wait(20)
    tracer.stderr.close()
    return heard + file.read_text(errors="replace") if file.exists() else heard


def test_a_locked_database_is_said_as_503_and_what_was_sent_is_kept_once_it_is_free(here: Store) -> None:
    link = open_made()
    with served_door() as address, httpx.Client(base_url=address) as client:
        person = Person(client, link)
        person.join()
        other = sqlite_driver().connect(here.location)
        other.execute("BEGIN IMMEDIATE")
        locked = person.answer("before", "a" * 16)
        assert person.state().json()["done"] == [] and person.begin()["state"] == "open"
        other.close()
        again = person.answer("before", "a" * 16)
    assert (locked.status_code, locked.json()["code"]) == (503, "unkept")
    assert again.json() == {"committed": "a" * 16} and here.answered_steps(person.id) == ("before",)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_lines_that_delay_cut_and_swallow_lose_and_double_nothing(here: Store, seed: int) -> None:
    study = keep_made(here, wanted=12)
    token = link_token(Signer(SECRET), here.keep_link(study.id, "many").id)
    chance = random.Random(seed)

    async def take_part() -> Tally:
        with served_door() as address:
            async with bad_network(address, lambda: some_fault(chance)) as broken:
                return await take_part_all(broken, token, right_answers(study), 12, timeout=0.4)

    tally = asyncio.run(take_part())
    assert tally.failed
    require_whole(here, study.id, tally, 12)


def test_a_writer_that_is_full_takes_nothing_more_and_what_it_has_is_written_at_the_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(group_commit, "MAX_WAITING_ENTRIES", 3)
    may_write, batches = Event(), []

    def write(entries: Sequence[BatchEntry]) -> list[BatchResult]:
        may_write.wait(20)
        batches.append(len(entries))
        return [WithdrawalResult(None) for _ in entries]

    async def fill() -> list[BatchResult]:
        writer = GroupCommit(write)
        first = asyncio.create_task(writer.keep(Withdrawal("first")))
        while writer._waiting or not writer._thread:
            await asyncio.sleep(0.001)
        tasks = [asyncio.create_task(writer.keep(Withdrawal(str(n)))) for n in range(4)]
        refused = await tasks[3]
        may_write.set()
        await asyncio.to_thread(writer.close)
        return [await first, *[await task for task in tasks[:3]], refused, await writer.keep(Withdrawal("late"))]

    *kept, refused, late = asyncio.run(fill())
    assert batches == [1, 3] and all(isinstance(result, WithdrawalResult) for result in kept)
    assert refused is late is group_commit.BUSY


def test_the_writer_outlives_whatever_a_batch_brings() -> None:
    def write(entries: Sequence[BatchEntry]) -> list[BatchResult]:
        if entries == [Withdrawal("bad")]:
            raise ZeroDivisionError
        return [WithdrawalResult(None) for _ in entries]

    async def both() -> list[BatchResult]:
        writer = GroupCommit(write)
        return [await writer.keep(Withdrawal("bad")), await writer.keep(Withdrawal("good"))]

    bad, good = asyncio.run(both())
    assert isinstance(bad, Explained) and isinstance(good, WithdrawalResult)
