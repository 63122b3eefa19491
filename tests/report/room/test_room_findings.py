"""What a room said: too early is said, what is named is shown, and only what was seen on time counts as felt."""

import csv
import io
import json
import re
from collections.abc import Mapping
from typing import Any

import pytest

from components.deck.shown_deck import ShownDeck, compile_deck
from components.report.room.audience_rows import audience_rows
from components.report.room.deck_document import deck_document
from components.report.room.deck_file import deck_page
from components.report.room.room_export import room_csv, room_json
from components.report.room.room_findings import room_findings
from components.store.room_records import Room, RoomVote
from tests.server.rooming import RIGHT, WRONG, small_deck

ROOM = Room("room", "deck", "ABCDE", "2026-01-01T00:00:00+00:00", "", "")


@pytest.fixture(scope="module")
def deck() -> ShownDeck:
    return compile_deck(small_deck(), lambda id: [one for one in (RIGHT, WRONG) if one.id == id])


def vote(person: int, step: str, items: Mapping[str, Any], late: bool = False, seen: Any = None) -> RoomVote:
    content = {"items": dict(items), "order": "AB", "seen": {"A": 0.4, "B": 0.4} if seen is None else seen}
    return RoomVote(f"person-{person}", step, late, "2026-01-01T00:00:00+00:00", content)


def file_data(page: str) -> dict[str, Any]:
    """What a deck's file is drawn from."""
    return dict(json.loads(page.partition('id="deck">')[2].partition("</script>")[0]))


def said(deck: ShownDeck, votes: list[RoomVote], scene: str) -> dict[str, Any]:
    [found] = room_findings(deck, votes, scene)["scenes"]
    return dict(found)


def test_twelve_people_are_too_early_to_call_and_forty_of_forty_are_not(deck: ShownDeck) -> None:
    mixed = [vote(n, "b", {"choice": "AB"[n % 2]}) for n in range(12)]
    assert said(deck, mixed, "b")["sentences"][0] == "12 people: too early to call."
    same = [vote(n, "b", {"choice": "B"}) for n in range(40)]
    assert said(deck, same, "b")["sentences"][0].startswith("B Word by word is preferred: 40 of 40 (")
    assert said(deck, same, "b")["sentences"][0].endswith(" % to 100 %).")
    even = [vote(n, "b", {"choice": "AB"[n % 2]}) for n in range(40)]
    assert said(deck, even, "b")["sentences"][0].startswith("No preference shown among 40 people: 20 A")


def test_a_room_that_was_not_asked_says_that_nobody_has_answered(deck: ShownDeck) -> None:
    found = said(deck, [], "b")
    assert found["n"] == 0 and found["sentences"] == ["Nobody has answered yet."]
    assert room_findings(deck, [])["scenes"] == []


def test_answers_that_all_came_late_are_told_as_late_and_not_as_nobodys(deck: ShownDeck) -> None:
    late = [vote(n, step, {"choice": "A", "right": "1"}, late=True) for n in range(2) for step in ("b", "e.before")]
    for scene in ("b", "e"):
        assert said(deck, late, scene)["sentences"] == ["All 2 answers came after the reveal and are not counted."]
    assert [one["scene"] for one in room_findings(deck, late)["scenes"]] == ["b", "e"]
    assert said(deck, late[:1], "b")["sentences"] == ["The one answer came after the reveal and is not counted."]


def test_felt_time_is_compared_within_people_and_only_where_the_phone_played_on_time(deck: ShownDeck) -> None:
    votes = [vote(n, "b", {"felt-A": str(2 + n % 3), "felt-B": "1"}) for n in range(30)]
    found = said(deck, votes, "b")
    assert any(sentence.startswith("B Word by word feels 0.3") for sentence in found["sentences"])
    assert found["panes"][0]["felt"]["n"] == 30
    slow = said(deck, [vote(n, "b", {"felt-A": "2", "felt-B": "1"}, seen={"A": 5.0}) for n in range(30)], "b")
    assert slow["panes"][0]["felt"] is None and "60 answers did not play on time" in " ".join(slow["notes"])


def test_trust_that_follows_what_is_right_is_told_and_late_votes_change_nothing(deck: ShownDeck) -> None:
    items = [
        {"trust-A": 60 + n % 7, "trust-B": 30 + n % 5, "accept-A": "accept", "accept-B": "change"} for n in range(40)
    ]
    votes = [vote(n, "w", given) for n, given in enumerate(items)]
    found = said(deck, votes, "w")
    assert found["sentences"][0].startswith("Right answers are trusted more than wrong ones by 3")
    assert "used more often" in found["sentences"][1]
    against = [vote(100 + n, "w", {"trust-A": 0, "trust-B": 100}, late=True) for n in range(40)]
    both = said(deck, votes + against, "w")
    assert both["sentences"] == found["sentences"] and both["late"] == 40


def test_a_check_sets_guess_felt_and_measured_beside_each_other(deck: ShownDeck) -> None:
    votes = [
        vote(n, f"e.{when}", {"right": right, "felt": "3"})
        for n in range(25)
        for when, right in (("before", "2"), ("after", "1"))
    ]
    votes += [vote(n, "e.verdict", {"ship": "safe", "guards": ["doubt", "undo"][: n % 3]}) for n in range(25)]
    found = said(deck, votes, "e")
    assert found["expectation"]["right"]["guess"]["value"] == 2 and found["expectation"]["right"]["measured"] == 1
    assert found["sentences"][0] == "1 of 2 was right; the room had guessed 2.0 and saw 1.0."
    assert "25 people: 25 with safeguards" in " ".join(found["sentences"])
    assert found["expectation"]["guards"] == [["It says when it is unsure", 16], ["Everything can be undone", 8]]
    pages = deck_document(deck, "Talk", ROOM, votes).markdown()
    assert "It says when it is unsure: 16; Everything can be undone: 8." in pages


def test_what_rooms_of_earlier_versions_said_with_the_rest_is_still_told(deck: ShownDeck) -> None:
    votes = [vote(n, "e.after", {"right": "1", "felt": "3", "ship": "safe", "guard": "doubt"}) for n in range(3)]
    found = said(deck, votes, "e")
    assert "3 people: 3 with safeguards" in " ".join(found["sentences"])
    assert found["expectation"]["guards"] == [["It says when it is unsure", 3]]


def test_who_came_in_after_the_guess_is_not_told_as_nobody(deck: ShownDeck) -> None:
    after = [vote(0, "e.after", {"right": "1", "felt": "3"})]
    assert said(deck, after, "e")["sentences"] == ["1 of 2 was right; the room saw 1.0. Nobody had guessed beforehand."]
    shipped = said(deck, [vote(0, "e.verdict", {"ship": "no"})], "e")["sentences"]
    assert shipped == ["Nobody had guessed beforehand.", "Would they ship it? 1 person: 1 not."]
    assert said(deck, [], "e")["sentences"] == ["Nobody has answered yet."]


def test_where_a_check_shows_nothing_yet_it_says_what_is_too_early(deck: ShownDeck) -> None:
    votes = [vote(n, "e.before", {"right": "2", "felt": "3"}) for n in range(3)]
    assert said(deck, votes, "e")["sentences"] == [
        "1 of 2 was right; the room had guessed 2.0.",
        "The room's guess against what was measured: too early to call.",
    ]


def test_a_deck_file_holds_what_a_room_said_and_neither_notes_nor_people(deck: ShownDeck) -> None:
    votes = [vote(n, "w", {"trust-A": 70, "trust-B": 30}) for n in range(3)]
    page = deck_page(deck, "Spiders", deck.timelines, ROOM, votes)
    assert (told := file_data(page)["said"])["scenes"] == room_findings(deck, votes)["scenes"] != []
    assert (told["code"], told["day"], told["people"]) == ("ABCDE", "2026-01-01", 3)
    assert "person-1" not in page and "Ask who saw it" not in page
    assert file_data(page)["language"] == "en"
    assert "said" not in file_data(deck_page(deck, "Spiders", deck.timelines))


def test_each_audience_that_checked_has_a_row_with_its_gap(deck: ShownDeck) -> None:
    first = [vote(n, "e.before", {"right": "2", "felt": "3"}) for n in range(3)]
    second = [vote(0, "e.before", {"right": "0"}), vote(0, "e.after", {"right": "1"})]
    second.append(vote(0, "e.verdict", {"ship": "safe", "guards": ["person"]}))
    silent = [vote(0, "b", {"choice": "A"})]
    rows = audience_rows([("Board", deck, first), ("Team", deck, second), ("Hall", deck, silent)])
    assert [(row["Audience"], row["People"], row["Right, guessed"], row["Gap"]) for row in rows] == [
        ("Board", 3, "2 of 2", 1.0), ("Team", 1, "0 of 2", -1.0),
    ]  # fmt: skip
    assert [row["Right, measured"] for row in rows] == ["1 of 2", "1 of 2"]
    told = ("Seconds, guessed", "Right, felt", "Would ship it", "Safeguards")
    assert [tuple(row[name] for name in told) for row in rows] == [
        (3.0, None, None, None), (None, "1 of 2", "1 with safeguards", "1 A person checks first"),
    ]  # fmt: skip


def test_a_small_difference_that_is_shown_is_never_told_as_none(deck: ShownDeck) -> None:
    votes = [vote(n, "e.before", {"right": "12"[n % 2]}) for n in range(60)]
    sentence = said(deck, votes, "e")["sentences"][1]
    assert re.fullmatch(r".* more right answers .* by 0\.5 of 2 \(0\.[1-4] to 0\.[5-9]\), n = 60\.", sentence), sentence


def test_the_pages_of_a_deck_tell_what_was_asked_and_nothing_that_was_not(deck: ShownDeck) -> None:
    votes = [vote(n, "w", {"trust-A": 70, "trust-B": 30, "accept-A": "accept", "accept-B": "change"}) for n in range(3)]
    votes += [vote(n, "e.before", {"right": "2", "felt": "3"}) for n in range(3)]
    told = deck_document(deck, "Spiders", ROOM, votes)
    assert told.to_json()["label"] == "Deck"
    text = told.markdown()
    assert "If nothing differed, at most 5 in 100 such decks would say that something does" in text
    assert "Trust, 0 to 100 | Would use it" in text and "Chosen by" not in text and "3 people answered." in text
    assert "| Right, of 2 | 2.0 | – | 1 |" in text
    assert "Which one?:" not in text
    assert "One is wrong: 3 people: too early to call." in text.rpartition("What we said")[2]
    chosen = [vote(n, "b", {"felt-A": "2", "felt-B": "1", "choice": "B"}) for n in range(3)]
    pages = deck_document(deck, "Spiders", ROOM, chosen).markdown()
    assert re.search(r"B Word by word \| 3, 100 % \(\d+ to 100\)", pages)
    assert "Notes: Ask who saw it." in text and "people answered." not in deck_document(deck, "Spiders").markdown()


def test_data_that_leave_are_marked_and_no_text_runs_as_a_formula(deck: ShownDeck) -> None:
    votes = [vote(1, "b", {"choice": "B", "felt-A": "2"}), vote(2, "e.before", {"right": "1"}, late=True)]
    rows = list(csv.DictReader(io.StringIO(room_csv(deck, ROOM, votes).decode("utf-8-sig"))))
    assert [row["item"] for row in rows] == ["choice", "felt", "right"]
    assert {row["sample"] for row in rows} == {"demonstration"} and rows[1]["prototype"] == "All at once"
    assert [row["late"] for row in rows] == ["False", "False", "True"]
    told = json.loads(room_json(deck, ROOM, votes))
    assert (
        told["sample"] == "demonstration"
        and len(told["votes"]) == 2
        and told["deck"] == json.loads(json.dumps(deck.content))
    )


def test_where_something_holds_what_is_too_early_says_what_it_is_about(deck: ShownDeck) -> None:
    votes = [vote(n, "b", {"choice": "B", **({"felt-A": "2", "felt-B": "1"} if n < 3 else {})}) for n in range(40)]
    assert said(deck, votes, "b")["sentences"][1] == "Felt time: too early to call."
