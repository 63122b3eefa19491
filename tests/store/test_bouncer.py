"""The store behind PgBouncer in transaction mode: no connection keeps anything from one transaction to the next."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine, text

from components.store import Store
from components.store.participation import BatchEntry
from tests.store.bouncer import MISSING, SERVER_CONNECTIONS, bouncer_program, running_bouncer
from tests.store.made import RECORDING, count, sighting, started
from tests.store.test_store import trust
from tests.store.test_studies import STEPS, STUDY, answer, joining, said

pytestmark = pytest.mark.skipif(bouncer_program() is None, reason=MISSING)
PEOPLE, RATINGS = 8, 30


@pytest.fixture(scope="module")
def bounced(postgres: Engine) -> Iterator[str]:
    """The URL of a database that is empty at first, through the bouncer."""
    with postgres.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("CREATE DATABASE bounced"))
    with running_bouncer(postgres.url.set(database="bounced")) as url:
        yield url.render_as_string(hide_password=False)
    with postgres.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("DROP DATABASE bounced WITH (FORCE)"))


def test_a_store_is_made_and_used_from_many_threads_with_few_connections(bounced: str) -> None:
    stores = [started(Store.open(bounced)) for _ in range(2)]
    stores[0].keep_sightings(*(sighting("me", place) for place in range(3)))

    def rate(number: int) -> None:
        stores[number % 2].rate(trust(f"{number}"))
        assert stores[number % 2].recording(RECORDING.id) == RECORDING

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(rate, range(RATINGS)))
    assert count(stores[0], "ratings") == RATINGS
    for store in stores:
        store.close()


def test_two_servers_that_take_people_in_keep_each_answer_once(bounced: str) -> None:
    stores = [Store.open(bounced) for _ in range(2)]
    stores[0].keep_study(STUDY, {"line": {"events": []}})
    stores[0].set_study_state("study", "open", PEOPLE)
    link = stores[0].keep_link("study", "many").id

    def take_part(number: int) -> list[str]:
        person = f"person-{number:02}-of-many"
        batches: list[Sequence[BatchEntry]] = [[joining(person, link)], [joining(person, link)]]
        batches += [[answer(f"{number}-{step}", person, step)] for step in STEPS for _ in range(2)]
        return [word for n, batch in enumerate(batches) for word in said(stores[n % 2].keep_participation(batch))]

    with ThreadPoolExecutor(2 * SERVER_CONNECTIONS) as threads:
        words = list(threads.map(take_part, range(PEOPLE)))
    assert sorted(said[0] for said in words) == sorted(f"slot {n}" for n in range(PEOPLE))
    assert all(said[0] == said[1] and said[2:8] == ["kept"] * 6 for said in words)
    assert len(stores[0].study_answers("study")) == len(STEPS) * PEOPLE
    for store in stores:
        store.close()
