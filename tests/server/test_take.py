"""Taking part in a study: what a participant's page asks of the server, from the link to the end."""

import asyncio
import json
import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import update

from components.server.access.link_limits import LinkLimits
from components.server.app_context import app_context
from components.server.participate import take_page
from components.server.participate.take_door import MAX_OPEN_NEWCOMERS, TakeDoor
from components.store import Participant
from components.store.tables import participants
from components.study.person_answers import gather_people
from components.study.person_code import person_code
from tests.server.made_study import MadeLink, open_made
from tests.server.taking import Person, answer_data, served_door


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A browser at a server with a database of its own; each test has a study of its own there."""
    file = tmp_path_factory.mktemp("taking") / "parallax.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PARALLAX_DATABASE_URL", f"sqlite:///{file}")
        patch.setenv("PARALLAX_SECRET", "s" * 32)
        app_context.cache_clear()
        with served_door() as address, httpx.Client(base_url=address) as line:
            yield line
        app_context().close()
        app_context.cache_clear()


def restart() -> None:
    """A new context, as after a new start of the server: nothing is remembered but what is on the disk."""
    app_context().close()
    app_context.cache_clear()


def code(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json().get("code", "")


def joined(client: httpx.Client, link: MadeLink, **params: str) -> Person:
    person = Person(client, link, params)
    assert person.join().status_code == 200
    return person


def test_a_participant_goes_from_the_link_to_the_end(client: httpx.Client) -> None:
    person = Person(client, open_made(), {"PROLIFIC_PID": "a b&c", "lang": "d/e"})
    opened = person.begin()
    assert opened["state"] == "new" and opened["consent"]["agree"] and "ticket" not in opened
    assert opened["study"]["iframe_origin"] == "https://example.qualtrics.com"
    assert person.join().json()["done"] == []
    end = person.walk()["end"]
    assert end == {
        "kind": "complete", "title": end["title"], "text": "You are done.", "code": "DONE1",
        "url": "https://example.com/back?pid=a%20b%26c&cc=DONE1&lang=d%2Fe", "person": person_code(person.id),
    }  # fmt: skip
    kept = app_context().store.answers_of(person.id)
    assert [answer.step for answer in kept] == [step["id"] for step in person.steps] and len(kept) == 8
    assert kept[0].content["items"]["own.adult"] == "yes"
    assert person.begin() | {"study": 0, "consent": 0} == {"state": "ended", "end": end, "study": 0, "consent": 0}


def test_a_participant_goes_on_at_the_same_step_after_the_server_started_anew(client: httpx.Client) -> None:
    person = joined(client, open_made())
    for step in person.steps[:5]:
        assert person.answer(step["id"]).json().keys() == {"committed"}
    before = list(person.steps)
    restart()
    assert person.begin()["state"] == "open"
    assert person.steps == before and person.done == [step["id"] for step in before[:5]]
    assert person.walk()["end"]["kind"] == "complete"
    assert len(app_context().store.answers_of(person.id)) == 8


def test_what_is_sent_again_is_kept_once_and_confirmed_again(client: httpx.Client) -> None:
    person = joined(client, open_made())
    id = secrets.token_urlsafe(12)
    for _ in range(3):
        assert person.answer("before", id).json() == {"committed": id}
    assert code(person.answer("before", id, {"own.adult": "no"})) == (409, "differs")
    other = person.answer("before")
    assert code(other) == (409, "answered") and other.json()["done"] == ["before"]
    assert [answer.id for answer in app_context().store.answers_of(person.id)] == [id]


def test_the_last_answer_is_confirmed_with_the_end_also_when_it_is_sent_again(client: httpx.Client) -> None:
    person = joined(client, open_made())
    *first, last = person.steps
    for step in first:
        person.answer(step["id"])
    id = secrets.token_urlsafe(12)
    said = [person.answer(last["id"], id).json() for _ in range(2)]
    assert said[0] == said[1] and said[0]["end"]["kind"] == "complete"


def test_steps_may_come_in_any_order_and_the_end_comes_with_the_last_of_them(client: httpx.Client) -> None:
    person = joined(client, open_made())
    *others, missing = [step["id"] for step in reversed(person.steps)]
    assert all(person.answer(step).json().keys() == {"committed"} for step in others)
    assert person.answer(missing).json()["end"]["kind"] == "complete"


def test_joining_twice_with_one_id_is_one_participant(client: httpx.Client) -> None:
    link = open_made()
    person = joined(client, link)
    first, person.ticket = person.ticket, ""
    assert person.join().json()["ticket"] == first
    assert len(everybody(link)) == 1


def fresh(body: bytes) -> bytes:
    """The same body with an id that nobody has."""
    return body.replace(b"1234567890123456", secrets.token_hex(8).encode())


def everybody(link: MadeLink, simulated: bool = False) -> tuple[Participant, ...]:
    """Who takes part in a study."""
    return app_context().store.participants(link.study, simulated)


def test_people_get_the_lowest_slots_until_all_are_taken(client: httpx.Client) -> None:
    link = open_made(wanted=2)
    first, second, third = (Person(client, link) for _ in range(3))
    assert first.join().status_code == second.join().status_code == 200
    assert code(third.join()) == (409, "full") and third.begin()["state"] == "full"
    assert [person.slot for person in everybody(link)] == [0, 1]
    first.leave()
    assert third.begin()["state"] == "new" and third.join().status_code == 200
    assert [person.slot for person in everybody(link) if not person.end] == [1, 0]


def test_a_slot_is_given_to_another_when_nobody_was_seen_in_it_for_long(client: httpx.Client) -> None:
    link = open_made(wanted=1, stale_minutes=0)
    first, second = joined(client, link), joined(client, link)
    assert [person.slot for person in everybody(link)] == [0, 0]
    assert first.walk()["end"]["kind"] == second.walk()["end"]["kind"] == "complete"
    assert code(Person(client, link).join()) == (409, "full")


@pytest.mark.parametrize(("state", "shown"), [("paused", "paused"), ("closed", "closed")])
def test_a_study_that_is_not_open_takes_nobody_in_and_lets_those_who_began_finish(
    client: httpx.Client, state: Any, shown: str
) -> None:
    link = open_made()
    early, late = joined(client, link), Person(client, link)
    app_context().store.set_study_state(link.study, state, 40)
    assert late.begin()["state"] == shown and code(late.join()) == (409, state)
    assert early.begin()["state"] == "open" and early.walk()["end"]["kind"] == "complete"


def test_who_began_too_long_ago_does_not_go_on_but_what_they_send_is_kept_and_they_can_withdraw(
    client: httpx.Client,
) -> None:
    person = joined(client, open_made(resume_hours=0))
    shown = person.begin()
    assert (shown["state"], shown["code"]) == ("closed", "expired")
    assert person.answer("before").status_code == 200
    assert person.leave().json()["end"]["kind"] == "withdrew"


def come_back_late(person: Person, minutes: float = 31) -> dict[str, Any]:
    """What the page gets of somebody who was away for so long."""
    store = app_context().store
    seen = datetime.fromisoformat(store.clock()) - timedelta(minutes=minutes)
    with store.writing() as connection:
        row = update(participants).where(participants.c.id == person.id)
        connection.execute(row.values(seen=seen.isoformat(timespec="milliseconds")))
    return person.begin()


def named(steps: list[dict[str, Any]]) -> list[str]:
    return [step["id"] for step in steps]


def test_a_block_that_was_broken_off_is_begun_anew_and_what_was_saved_is_kept_and_counts_nowhere(
    client: httpx.Client,
) -> None:
    link = open_made(restart_minutes=30, trials=2)
    person = joined(client, link)
    first = named(person.steps)
    broken = first[:3] if first[2] == "trial-01" else first[:4]
    for step in broken:
        assert person.answer(step, items={"trust": 1}).status_code == 200
    assert come_back_late(person, 29)["done"] == broken
    late = come_back_late(person)
    assert late["state"] == "open" and "steps" not in late and late["again"]
    taken_up = person.begin(again=late["again"])
    block = [step for step in first if step in ("practice-1", "trial-01", "trial-02", "after-1")]
    assert taken_up["anew"] and named(person.steps) == [f"{step}~2" if step in block else step for step in first]
    assert "anew" not in person.begin(again=late["again"])  # the same wish once more, as after a lost answer
    unsent = answer_data(next(step for step in person.steps if step["id"] == "trial-02~2"), link.right)
    old = {"id": "an-old-answer-0001", "step": "trial-02", "tab": "t", "data": unsent}
    assert person.post("answers", old).json() == {"committed": old["id"]}  # what lay in the browser: kept, set aside
    assert code(person.post("answers", {**old, "id": "b" * 16, "step": "trial-02~3"})) == (422, "garbled")
    assert code(person.post("answers", {**old, "id": "c" * 16, "step": "before~2"})) == (422, "garbled")
    said = [person.answer(step).json() for step in named(person.steps) if step not in ("before", "instructions")]
    assert [one["end"]["kind"] for one in said if "end" in one] == ["complete"] and "end" in said[-1]
    late_again = {**old, "id": "d" * 16, "step": "after-1"}
    late_again["data"] = answer_data(next(step for step in person.steps if step["id"] == "after-1~2"), link.right)
    assert person.post("answers", late_again).json().get("committed") == "d" * 16  # also after the end
    assert set(person.state().json()["steps"]) == set(named(person.steps))
    store = app_context().store
    [kept] = gather_people(store.participants(link.study), store.study_answers(link.study))
    assert kept.end == "complete" and sorted(kept.answers) == sorted(first) and kept.restarts == 1
    assert sorted(kept.set_aside) == sorted({*broken, "trial-02", "after-1"} & set(block))
    trust = {step: answer.items.get("trust") for step, answer in kept.answers.items() if step.startswith("trial")}
    assert set(trust.values()) == {62} and kept.set_aside["trial-01"].items["trust"] == 1
    assert person.leave().status_code == 200 and store.answers_of(person.id) == ()


def test_a_whole_block_and_a_study_without_the_setting_are_gone_on_with(client: httpx.Client) -> None:
    person, other = joined(client, open_made(restart_minutes=30)), joined(client, open_made())
    for step in named(person.steps):
        if step in ("before", "instructions", "practice-1", "trial-01", "after-1"):
            person.answer(step)
    other.answer("before"), other.answer("trial-01")
    for one in (person, other):
        assert "again" not in come_back_late(one) and "~" not in "".join(named(one.steps))
    assert person.walk()["end"]["kind"] == "complete"


def test_what_was_sent_in_time_to_end_a_block_keeps_it_from_being_begun_anew(client: httpx.Client) -> None:
    person = joined(client, open_made(restart_minutes=30))
    block = [step for step in named(person.steps) if step in ("practice-1", "trial-01", "after-1")]
    person.answer(block[0])
    again = come_back_late(person)["again"]
    for step in block[1:]:
        person.answer(step)  # it lay in the browser
    assert "anew" not in person.begin(again=again) and "~" not in "".join(named(person.steps))
    stranger = Person(client, open_made())
    assert stranger.begin(again=again)["state"] == "new" and stranger.begin(again="x.y")["state"] == "new"


def test_who_began_too_long_ago_does_not_come_in_by_joining_once_more(client: httpx.Client) -> None:
    person = joined(client, open_made(resume_hours=0))
    assert code(person.join()) == (409, "expired")


def test_somebody_who_fails_the_screening_is_told_so_at_once(client: httpx.Client) -> None:
    person = joined(client, open_made())
    end = person.answer("before", items={"own.adult": "no"}).json()["end"]
    assert (end["kind"], end["code"], end["url"]) == ("screened", "OUT1", "")
    late = person.answer("instructions")
    assert code(late) == (410, "ended") and late.json()["end"] == end
    assert person.begin()["end"] == end


def test_who_fails_both_checks_ends_as_failed_and_an_address_that_is_none_is_left_out(client: httpx.Client) -> None:
    person = joined(client, open_made())
    for step in person.steps[:-1]:
        person.answer(step["id"], items={"check-1": 1, "check-2": 1})
    end = person.answer(person.steps[-1]["id"]).json()["end"]
    assert (end["kind"], end["code"], end["url"]) == ("failed", "FAIL1", "")


def test_who_withdraws_leaves_a_row_without_content(client: httpx.Client) -> None:
    link = open_made()
    person = joined(client, link, PROLIFIC_PID="abc")
    person.answer("before")
    assert person.leave().json()["end"]["kind"] == "withdrew"
    assert person.leave().json()["end"]["kind"] == "withdrew"
    [row] = everybody(link)
    assert (row.end, row.entry, row.browser, row.person, row.tab) == ("withdrew", {}, {}, "", "")
    assert app_context().store.answers_of(person.id) == ()
    assert code(person.answer("instructions")) == (410, "gone")
    assert person.begin()["end"]["kind"] == "withdrew"


def test_a_link_for_one_person_is_used_up_by_the_first(client: httpx.Client) -> None:
    link = open_made(kind="once")
    first, second = joined(client, link), Person(client, link)
    assert (second.begin()["state"], second.begin()["code"]) == ("closed", "used")
    assert code(second.join()) == (409, "used")
    assert first.join().status_code == 200 and first.begin()["state"] == "open"


def test_a_personal_link_goes_on_in_any_browser(client: httpx.Client) -> None:
    link = open_made(kind="personal")
    phone, laptop = joined(client, link), Person(client, link)
    phone.answer("before")
    assert laptop.begin()["state"] == "open" and laptop.done == ["before"]
    assert laptop.join().json()["ticket"] == phone.ticket and len(everybody(link)) == 1


@pytest.mark.parametrize("key", ["PROLIFIC_PID", "workerId", "pid"])
def test_whom_a_recruiter_names_is_known_again_and_the_name_stays_out_of_the_index(
    client: httpx.Client, key: str
) -> None:
    link = open_made()
    phone, laptop, other = (
        joined(client, link, **{key: "abc"}),
        Person(client, link, {key: "abc"}),
        Person(client, link, {key: "abd"}),
    )
    assert laptop.begin()["state"] == "open" and other.begin()["state"] == "new"
    assert laptop.join().json()["ticket"] == phone.ticket
    [row] = everybody(link)
    assert row.entry == {key: "abc"} and "abc" not in row.person and len(row.person) == 22


def test_a_place_that_a_recruiter_did_not_fill_in_names_nobody(client: httpx.Client) -> None:
    link = open_made()
    joined(client, link, PROLIFIC_PID="{{%PROLIFIC_PID%}}")
    assert Person(client, link, {"PROLIFIC_PID": "{{%PROLIFIC_PID%}}"}).begin()["state"] == "new"


def test_who_only_looks_on_mturk_or_previews_is_not_kept(client: httpx.Client) -> None:
    link = open_made()
    looking = Person(client, link, {"assignmentId": "ASSIGNMENT_ID_NOT_AVAILABLE", "workerId": "w"})
    assert looking.begin()["state"] == "preview" and looking.join().status_code == 409
    shown = Person(client, link).begin(preview=True)
    assert shown["state"] == "preview" and "steps" not in shown
    assert everybody(link) == ()


def test_a_designer_previews_every_screen_and_nothing_is_kept(client: httpx.Client) -> None:
    link = open_made()
    taking = app_context().taking
    shown = Person(client, link).begin(preview=taking.preview_token(link.study, 2e9))
    assert shown["state"] == "preview" and len(shown["steps"]) == 8 and "ticket" not in shown
    old = Person(client, link).begin(preview=taking.preview_token(link.study, 1e9))
    assert old["state"] == "preview" and "steps" not in old


def test_a_designer_previews_the_arm_that_is_chosen(client: httpx.Client) -> None:
    link = open_made(design="between")
    token = app_context().taking.preview_token(link.study, 2e9)
    shown = [
        {pane["prototype"] for step in person.begin(preview=token)["steps"] for pane in step.get("panes", ())}
        for person in (Person(client, link, {"arm": arm}) for arm in ("a", "b"))
    ]
    assert [len(prototypes) for prototypes in shown] == [1, 1] and shown[0] != shown[1]


def test_simulated_people_take_part_in_a_paused_study_and_are_kept_apart(client: httpx.Client) -> None:
    link = open_made(wanted=1)
    real = joined(client, link)
    study, taking = link.study, app_context().taking
    app_context().store.set_study_state(study, "paused", 1)
    token = taking.rehearsal_token(study, 2e9)
    robots = [Person(client, link) for _ in range(2)]
    assert [robot.begin(rehearse=token)["state"] for robot in robots] == ["new", "new"]
    assert [robot.join(rehearse=token).status_code for robot in robots] == [200, 200]
    assert robots[0].walk()["end"]["kind"] == "complete"
    assert [person.id for person in everybody(link)] == [real.id]
    assert [person.slot for person in everybody(link, simulated=True)] == [0, 1]
    assert app_context().store.study_answers(study) == ()
    assert len(app_context().store.study_answers(study, simulated=True)) == 8
    assert code(Person(client, link).join(rehearse=f"{token}x")) == (409, "paused")


@pytest.mark.parametrize("token", ["", "x", "a.b", "é.é", "N0hCNVV1ck5pRUVi.SswjmsnkU60os7I0QtjFex"])
def test_a_made_up_link_leads_nowhere(client: httpx.Client, token: str) -> None:
    open_made()
    assert code(Person(client, MadeLink(f"/take/{token}")).join()) == (404, "link")


def test_a_revoked_link_lets_nobody_else_in(client: httpx.Client) -> None:
    link = open_made()
    early = joined(client, link)
    app_context().store.revoke_link(link.id)
    late = Person(client, link)
    assert late.begin()["code"] == "revoked" and code(late.join()) == (404, "revoked")
    assert early.begin()["state"] == "open" and early.walk()["end"]["kind"] == "complete"


def test_a_link_is_no_ticket_and_a_ticket_no_link(client: httpx.Client) -> None:
    person = joined(client, open_made())
    link, ticket = person.link, person.ticket
    person.ticket = link
    assert code(person.answer("before")) == (403, "ticket") and code(person.state()) == (403, "ticket")
    assert code(Person(client, MadeLink(f"/take/{ticket}")).join()) == (404, "link")


@pytest.mark.parametrize(
    ("headers", "passes"),
    [
        ({"sec-fetch-site": "same-origin"}, True), ({"sec-fetch-site": "cross-site"}, False),
        ({"sec-fetch-site": "same-site"}, False), ({"origin": "https://evil.example"}, False),
        ({"origin": "null"}, False), ({"origin": "http://study.example"}, True), ({"origin": "http://[x"}, False),
        ({"content-type": "text/plain"}, False), ({"content-type": "application/json; charset=utf-8"}, True),
    ],
)  # fmt: skip
def test_only_the_studys_own_page_can_send(client: httpx.Client, headers: dict[str, str], passes: bool) -> None:
    person = joined(client, open_made())
    answer = client.post(
        "/take/api/answers", content=fresh(b'{"id":"1234567890123456","step":"before","data":{"items":{}}}'),
        headers={"x-parallax-ticket": person.ticket, "host": "study.example", "content-type": "application/json"}
        | headers,
    )  # fmt: skip
    assert answer.status_code in ((200,) if passes else (403, 415))


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 422), (b"[]", 422), (b"{", 422), (b'{"id":"short","step":"before","data":{"items":{}}}', 422),
        (b'{"id":"1234567890123456","step":"nowhere","data":{"items":{}}}', 422),
        (b'{"id":"1234567890123456","step":"before","data":{}}', 422),
        (b'{"id":"1234567890123456","step":"before","data":{"items":{"guess":NaN}}}', 422),
        (b'{"id":"1234567890123456","step":"before","data":{"items":{"guess":1e999}}}', 422),
        (b'{"id":"1234567890123456","step":"before","data":{"items":{"own.adult":"maybe"}}}', 422),
        (b'{"id":["1234567890123456"],"step":"before","data":{"items":{}}}', 422),
        (b'{"a":' * 3000, 422), (b'{"id":"' + b"x" * 200_001, 413),
        (b'{"id":"1234567890123456","step":"end","data":{"items":{"guess":"\\ud800 \\u0000 \xf0\x9f\x8e\xa8"}}}', 200),
    ],
)  # fmt: skip
def test_what_is_garbled_is_refused_and_what_is_odd_is_kept_as_it_is(
    client: httpx.Client, body: bytes, status: int
) -> None:
    person = joined(client, open_made())
    headers = {"x-parallax-ticket": person.ticket, "content-type": "application/json"}
    answer = client.post("/take/api/answers", content=fresh(body), headers=headers)
    assert answer.status_code == status
    kept = app_context().store.answers_of(person.id)
    assert [answer.content["items"]["guess"] for answer in kept] == (["\ud800 \u0000 🎨"] if status == 200 else [])


def test_the_page_may_be_framed_and_loads_only_its_own(client: httpx.Client, tmp_path: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(take_page, "DIST_FOLDER", tmp_path)
    assert "not ready" in client.get("/take/anything").text
    (tmp_path / "participate.html").write_text("page")
    (tmp_path / "participate.js").write_text("script " * 200)
    page = client.get("/take/anything")
    assert page.text == "page" and page.headers["cache-control"] == "no-store"
    policy = page.headers["content-security-policy"]
    assert "frame-ancestors *" in policy and "script-src 'self';" in policy and "x-frame-options" not in page.headers
    assert "set-cookie" not in page.headers and page.headers["x-content-type-options"] == "nosniff"
    script = client.get("/parallax/assets/participate.js?v=1")
    assert script.headers["content-encoding"] == "gzip" and "immutable" in script.headers["cache-control"]
    assert client.get("/parallax/assets/participate.js", headers={"accept-encoding": ""}).text == "script " * 200
    assert client.get("/parallax/assets/participate-none.js").status_code == 503


def test_a_timeline_is_sent_packed_and_kept_for_ever(client: httpx.Client) -> None:
    person = joined(client, open_made())
    id = next(step for step in person.steps if step["kind"] == "trial")["panes"][0]["timeline"]
    packed = client.get(f"/take/api/timelines/{id}")
    assert packed.headers["content-encoding"] == "gzip" and "immutable" in packed.headers["cache-control"]
    plain = client.get(f"/take/api/timelines/{id}", headers={"accept-encoding": "identity"})
    assert packed.json() == plain.json() and packed.json()["events"][-1]["kind"] == "end"
    assert code(client.get("/take/api/timelines/none")) == (404, "link")


def test_more_than_a_bucket_of_requests_has_to_wait(client: httpx.Client, monkeypatch: Any) -> None:
    link, taking = open_made(), app_context().taking
    monkeypatch.setattr(taking, "link_limits", LinkLimits(rate=0.0, burst=2))
    other = open_made()
    person = Person(client, link)
    assert [person.post("begin", {"link": person.link}).status_code for _ in range(3)] == [200, 200, 503]
    assert person.post("begin", {"link": person.link}).headers["retry-after"] == "3"
    assert Person(client, other).begin()["state"] == "new"


def test_a_server_that_cannot_keep_up_says_so_at_once_and_lets_those_go_on_who_take_part() -> None:
    held = asyncio.Event()

    async def slow(scope: Any, receive: Any, send: Any) -> None:
        await held.wait()

    async def status_of(door: TakeDoor, path: str) -> list[Any]:
        sent: list[Any] = []

        async def send(message: Any) -> None:
            sent.append(message)

        await door({"type": "http", "path": path}, None, send)  # type: ignore[arg-type]
        return sent

    async def crowd() -> list[list[Any]]:
        door = TakeDoor(slow, slow)
        waiting = [asyncio.create_task(status_of(door, "/take/x")) for _ in range(MAX_OPEN_NEWCOMERS)]
        await asyncio.sleep(0)
        refused = await status_of(door, "/take/api/join")
        answering = asyncio.create_task(status_of(door, "/take/api/answers"))
        await asyncio.sleep(0)
        held.set()
        return [refused, await answering, *await asyncio.gather(*waiting), await status_of(door, "/take/x")]

    refused, *others = asyncio.run(crowd())
    assert refused[0]["status"] == 503 and dict(refused[0]["headers"])[b"retry-after"].isdigit()
    assert json.loads(refused[1]["body"])["code"] == "busy" and not any(others)
