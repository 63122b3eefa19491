"""Several servers on one database: participants go on at either of them."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from components.store import Store
from tests.bench.take_kills import environment, made_link
from tests.server.scripted_person import ScriptedPerson, Tally, require_whole
from tests.server.take_server import KillableServer, killable_servers


@pytest.mark.slow
def test_two_servers_on_one_database_give_each_slot_once_and_either_goes_on_for_the_other(location: str) -> None:
    study, link, right = made_link(location, wanted=10)
    with killable_servers(environment(location), 2) as (one, two):
        one.start()
        two.start()
        tally = asyncio.run(kill_first((one, two), link, right))
    store = Store.open(location)
    require_whole(store, study, tally, 10)
    store.close()


async def kill_first(servers: Sequence[KillableServer], link: str, right: Mapping[str, Any]) -> Tally:
    """What people heard who ask both servers, one of which is killed in the middle."""
    tally = Tally()
    async with asyncio.TaskGroup() as group:
        for _ in range(10):
            both = ScriptedPerson(" ".join(server.address for server in servers), link, right, tally, pace=0)
            group.create_task(both.take_part())
        while len(tally.committed) < 30:
            await asyncio.sleep(0.005)
        servers[0].kill()
    return tally
