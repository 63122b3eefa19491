"""Several servers on one database: participants go on at either of them."""

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from components.store import Store
from tests.bench.take_kills import environment, made_link
from tests.server.balancer import MISSING, balancer_program, running_balancer
from tests.server.scripted_person import ScriptedPerson, Tally, require_whole
from tests.server.take_server import KillableServer, killable_servers

PEOPLE = 10


@pytest.mark.slow
def test_two_servers_on_one_file_give_each_slot_once_and_either_goes_on_for_the_other(tmp_path: Path) -> None:
    study, link, right = made_link(str(tmp_path), PEOPLE)
    with killable_servers(environment(str(tmp_path)), 2) as both:
        for server in both:
            server.start()
        tally = asyncio.run(kill_first(both, " ".join(server.address for server in both), link, right))
    store = Store.open(tmp_path)
    require_whole(store, study, tally, PEOPLE)
    store.close()


@pytest.mark.slow
@pytest.mark.skipif(balancer_program() is None, reason=MISSING)
def test_behind_the_balancer_hardly_anybody_hears_of_a_server_that_is_killed(postgres_store: str) -> None:
    study, link, right = made_link(postgres_store, PEOPLE)
    with killable_servers(environment(postgres_store), 2) as (one, two):
        one.start()
        two.start()
        with running_balancer(one.place, two.place) as address:
            tally = asyncio.run(kill_first((one, two), address, link, right))
    store = Store.open(postgres_store)
    require_whole(store, study, tally, PEOPLE)
    store.close()
    assert sum(tally.failed.values()) <= 3, tally.failed  # whose answers were half sent


async def kill_first(servers: Sequence[KillableServer], addresses: str, link: str, right: Mapping[str, Any]) -> Tally:
    """What people heard while the first server was killed in the middle of the study."""
    tally = Tally()
    async with asyncio.TaskGroup() as group:
        for _ in range(PEOPLE):
            group.create_task(ScriptedPerson(addresses, link, right, tally, pace=0).take_part())
        while len(tally.committed) < 3 * PEOPLE:
            await asyncio.sleep(0.005)
        servers[0].kill()
    return tally
