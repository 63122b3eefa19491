"""A room: joined by a code, led by its stage, voted in once each, revealed honestly, and closed to everybody else."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from components.server.app_context import app_context
from components.store.room_records import CODE_LETTERS, RoomRecords
from tests.server.rooming import Desk, Phone, keep_small_deck, served_rooms

GOOD = {"felt-A": "2", "felt-B": "1", "choice": "B"}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with a database of its own."""
    file = tmp_path_factory.mktemp("rooms") / "parallax.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PARALLAX_DATABASE_URL", f"sqlite:///{file}")
        patch.setenv("PARALLAX_SECRET", "s" * 32)
        app_context.cache_clear()
        with served_rooms() as served:
            yield served
        app_context().close()
        app_context.cache_clear()


@pytest.fixture
def client(address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address, timeout=60) as made:
        yield made


@pytest.fixture
def desk(client: httpx.Client) -> Desk:
    """A presenter with an open room."""
    made = Desk(client, keep_small_deck().id)
    made.open()
    return made


def joined(desk: Desk) -> Phone:
    phone = Phone(desk.client, desk.entry["code"])
    assert phone.join().status_code == 200
    return phone


def code_of(answer: httpx.Response) -> str:
    return str(answer.json().get("code", ""))


def test_a_code_leads_in_however_it_is_typed_and_says_nothing_that_is_blind(desk: Desk) -> None:
    code = desk.entry["code"]
    assert len(code) == 5 and set(code) <= set(CODE_LETTERS)
    phone = Phone(desk.client, f" {code[:2].lower()}-{code[2:]} ")
    told = phone.join()
    assert told.status_code == 200 and [scene["key"] for scene in told.json()["scenes"]] == ["b", "w", "e"]
    for secret in ("Word by word", "All at once", "outcome", "prototype", "Ask who saw it", "Blocking"):
        assert secret not in told.text
    line = told.json()["scenes"][0]["panes"][0]["timeline"]
    assert phone.get(f"timelines/{line}").json()["events"]
    assert phone.get("timelines/other").status_code == 404
    assert desk.client.get(f"/r/api/timelines/{line}").status_code == 403
    assert code_of(Phone(desk.client, "ZZZZZ").join()) == code_of(Phone(desk.client, "").join()) == "code"


def test_a_vote_is_taken_once_while_it_is_asked_late_after_the_reveal_and_never_before(desk: Desk) -> None:
    first, second, third = (joined(desk) for _ in range(3))
    assert code_of(first.vote("b", GOOD)) == "early"
    assert desk.go("b", 0).status_code == 200
    assert first.get("state").json()["asks"] == "b"
    assert first.vote("b", GOOD, id="one-vote-of-mine-1").json()["late"] is False
    again = first.vote("b", GOOD, id="one-vote-of-mine-1")
    assert again.status_code == 200 and again.json()["committed"] == "one-vote-of-mine-1"
    assert code_of(first.vote("b", GOOD)) == "answered"
    desk.go("b", 2)
    assert second.vote("b", GOOD).json()["late"] is True
    state = desk.state()
    assert (state["joined"], state["votes"], state["late"]) == (3, {"b": 1}, {"b": 1})
    assert first.get("room").json()["done"] == ["b"]
    for bad in ({"choice": "Z"}, {"name": "x"}, {}, {"felt-A": 2}):
        assert code_of(third.vote("b", bad)) == "garbled"
    third.ticket = third.ticket[:-2] + "xx"
    assert code_of(third.vote("b", GOOD)) == "ticket"


def test_who_knows_the_state_is_told_only_that_it_is_the_same(desk: Desk) -> None:
    phone = joined(desk)
    state = phone.get("state")
    tag = state.headers["etag"]
    assert phone.get("state", **{"if-none-match": tag}).status_code == 304
    desk.go("w", 0)
    assert phone.get("state", **{"if-none-match": tag}).json()["scene"] == "w"


def test_a_reload_of_stage_or_phone_goes_on_in_the_same_room_until_it_is_closed(desk: Desk) -> None:
    phone, before = joined(desk), dict(desk.entry)
    assert desk.open() == before
    assert phone.join().status_code == 200
    assert desk.state()["joined"] == 1
    assert desk.post("end", room=before["room"]).status_code == 200
    assert phone.get("state").json()["ended"] is True
    assert code_of(Phone(desk.client, before["code"]).join()) == "code"
    assert desk.open()["room"] != before["room"]


def test_a_stage_reaches_its_own_rooms_alone_and_only_beats_that_there_are(desk: Desk) -> None:
    other = Desk(desk.client, keep_small_deck("follow").id)
    other.entry = dict(desk.entry)
    assert code_of(other.go("b", 0)) == code_of(other.get("state")) == code_of(other.get("findings")) == "room"
    assert code_of(desk.go("b", 9)) == code_of(desk.go("none", 0)) == "garbled"
    desk.headers = {"x-parallax-stage": "made.up"}
    assert code_of(desk.go("b", 0)) == code_of(desk.get("deck")) == "link"


def test_the_reveal_says_early_what_is_early_and_late_votes_are_counted_apart(desk: Desk) -> None:
    phones = [joined(desk) for _ in range(3)]
    desk.go("b", 0)
    for phone in phones[:2]:
        phone.vote("b", GOOD, order="BA", seen={"A": 0.4, "B": 0.4})
    desk.go("b", 2)
    phones[2].vote("b", {**GOOD, "choice": "A"}, order="AB")
    [scene] = desk.get("findings", scene="b").json()["scenes"]
    assert (scene["n"], scene["late"]) == (2, 1)
    assert scene["sentences"] == ["2 people: too early to call."]
    assert [pane["chosen"]["count"] for pane in scene["panes"]] == [0, 2]
    assert "1 came after the reveal and are not counted." in scene["notes"]


def test_a_deck_comes_whole_and_a_wifi_is_drawn_and_not_kept(desk: Desk, own_data_folder: Path) -> None:
    deck = desk.get("deck").json()
    lines = {pane["timeline"] for scene in deck["scenes"] for pane in scene["panes"]}
    assert lines == set(deck["timelines"]) and deck["name"] == "Spiders"
    rows = desk.post("wifi", name="Hall; \\ net", password='"pass"').json()["qr"]
    assert len(rows) == len(rows[0]) and set("".join(rows)) == {"0", "1"}
    assert code_of(desk.post("wifi", name="", password="x")) == "garbled"
    rows_kept: list[Any] = [vote.content for vote in app_context().store.room_votes(desk.entry["room"])]
    assert not rows_kept


def test_who_comes_in_for_the_first_time_costs_one_write_and_no_read(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, reads = joined(desk), Counter[str]()

    def count(name: str) -> None:
        find = getattr(RoomRecords, name)

        def counted(self: RoomRecords, *asked: Any) -> Any:
            reads[name] += 1
            return find(self, *asked)

        monkeypatch.setattr(RoomRecords, name, counted)

    for name in ("room", "room_with_code", "kept_deck", "steps_voted"):
        count(name)
    told = [Phone(desk.client, desk.entry["code"]).join().json() for _ in range(3)]
    assert len({one.pop("ticket") for one in told}) == 3 and told[0] == told[1] == told[2]
    assert not reads
    assert first.join().status_code == 200 and reads["steps_voted"] == 1  # who comes back may have answered


def test_a_page_of_another_site_cannot_vote(desk: Desk) -> None:
    phone = joined(desk)
    desk.go("b", 0)
    phone.client.headers["sec-fetch-site"] = "cross-site"
    assert code_of(phone.vote("b", GOOD)) == "origin"


def test_what_was_shown_and_voted_is_never_changed(desk: Desk) -> None:
    phone = joined(desk)
    desk.go("b", 0)
    phone.vote("b", GOOD)
    for change in ("UPDATE room_votes SET content = '{}'", "DELETE FROM room_moves", "DELETE FROM decks"):
        with pytest.raises(IntegrityError), app_context().store.writing() as connection:
            connection.execute(text(change))
