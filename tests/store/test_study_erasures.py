"""What one person gave is deleted whole, at a request or when its days are over; that it was done stays."""

import asyncio
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from components.core.explained import Explained
from components.server.participate import retention
from components.server.participate.retention import delete_expired
from components.store import Store, StudyRecord, study_erasures
from components.store.participation import JoinRequest, PostedAnswer
from tests.store.made import count

NOW = datetime(2026, 11, 27, tzinfo=UTC)


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.days = 0.0

    def __call__(self) -> str:
        return (NOW + timedelta(days=self.days)).isoformat(timespec="milliseconds")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(location: str, clock: Clock) -> Iterator[Store]:
    opened = Store.open(location, clock=clock)
    for id, days in (("month", 30), ("ever", None)):
        opened.keep_study(StudyRecord(id, "", id, {"study": {"keep_days": days}}), {})
        opened.set_study_state(id, "open", 9)
    yield opened
    opened.close()


def join(store: Store, person: str, study: str = "month", link: str = "") -> None:
    link = link or store.keep_link(study, "many").id
    request = JoinRequest(person, study, link, "digest", {"pid": "p7"}, {"language": "en"})
    store.keep_participation([request])


def post(store: Store, person: str, study: str = "month", steps: frozenset[str] = frozenset(["one"])) -> None:
    store.keep_participation([PostedAnswer(f"id-{person}", person, study, "one", "d", json.dumps({}), steps)])


def test_one_person_is_deleted_whole_and_no_other(store: Store) -> None:
    link = store.keep_link("month", "personal", "Ada")
    join(store, "me", link=link.id)
    store.keep_participation([JoinRequest("you", "month", store.keep_link("month", "many").id)])
    post(store, "me")
    post(store, "you")
    erased = store.erase_participant("me")
    assert erased and (erased.end, erased.answers, erased.reason) == ("complete", 1, "asked")
    assert store.erasures_of("month") == (erased,) and store.erasures_of("ever") == ()
    me = store.participant("me")
    assert me and (me.person, me.entry, me.browser, me.slot) == ("", {}, {}, 0)
    assert store.answers_of("me") == () and len(store.answers_of("you")) == 1
    named = store.link(link.id)
    assert named and named.person == ""
    assert store.erase_participant("me") is None and store.erase_participant("nobody") is None


def test_answers_are_deleted_when_their_days_are_over_and_not_before(
    store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(study_erasures, "MAX_ERASED_AT_ONCE", 2)
    for number in range(3):
        store.keep_participation([JoinRequest(f"early-{number}", "month", store.keep_link("month", "many").id)])
    join(store, "kept", "ever")
    post(store, "kept", "ever")
    post(store, "early-0", steps=frozenset(["one", "two"]))
    clock.days = 20
    join(store, "late")
    post(store, "late")
    post(store, "early-1")
    clock.days = 29.9
    assert delete_expired(store) == 0
    clock.days = 30.1
    assert delete_expired(store) == 2 and delete_expired(store) == 0
    assert {one.participant for one in store.erasures_of("month")} == {"early-0", "early-2"}
    assert len(store.answers_of("late")) == len(store.answers_of("early-1")) == len(store.answers_of("kept")) == 1
    clock.days = 4_000
    assert delete_expired(store) == 2 and count(store, "study_answers") == 1
    assert {one.reason for one in store.erasures_of("month")} == {"expired"}


def test_the_deleting_goes_on_after_any_failure_and_says_so(
    store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    for id in ("broken", "week"):
        store.keep_study(StudyRecord(id, "", id, {"study": {"keep_days": 7}}), {})
        store.set_study_state(id, "open", 9)
        join(store, f"of-{id}", id)
    clock.days = 8
    erase, tries = Store.erase_expired, list[str]()

    def erase_some(store: Store, study: str, days: int) -> int:
        tries.append(study)
        if study == "broken" and tries.count("broken") < 3:
            raise (RuntimeError("nobody foresaw this"), Explained("The disk is full."))[tries.count("broken") - 1]
        return erase(store, study, days)

    async def run_for_a_while() -> None:
        task = asyncio.create_task(retention.run_retention(lambda: store, 0))
        while store.studies_with_old_people():
            await asyncio.sleep(0.005)
        task.cancel()

    monkeypatch.setattr(Store, "erase_expired", erase_some)
    monkeypatch.setattr(retention, "RETRY_PAUSE_S", 0.0)
    asyncio.run(asyncio.wait_for(run_for_a_while(), 20))
    assert tries.count("week") == 1 and tries.count("broken") == 3
    told = [record.getMessage() for record in caplog.records if "could not be deleted" in record.getMessage()]
    assert len(told) == 2 and "nobody foresaw this" in caplog.text and "The disk is full." in caplog.text


@pytest.mark.parametrize("statement", ["UPDATE study_erasures SET reason = ''", "DELETE FROM study_erasures"])
def test_that_something_was_deleted_cannot_be_hidden(store: Store, statement: str) -> None:
    join(store, "me")
    store.erase_participant("me")
    with pytest.raises(DatabaseError, match="append-only"), store.engine.begin() as connection:
        connection.execute(text(statement))
