"""Dates and lengths of time are read in the forms that people have, and asked for where they can be two."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.models.transcripts import Transcripts, read_transcripts
from components.models.transcripts.moment_forms import find_day_order, parse_moment

TODAY = "1999-09-09"


def found(*rows: Any, **more: Any) -> Transcripts:
    return read_transcripts("\n".join(map(json.dumps, rows)).encode(), TODAY, **more)


def dated(*dates: str, **more: Any) -> Transcripts:
    rows = [f'Why?,Rain.,"{date}"' for date in dates]
    return read_transcripts("\n".join(["prompt,answer,date", *rows]).encode(), TODAY, **more)


@pytest.mark.parametrize(
    "text",
    ["2026-05-29", "2026-05-29T14:02:03.123456789Z", "2026-05-29 14:02:03 UTC", "2026-05-29 14:02:03+00",
     "Fri, 29 May 2026 14:02:03 GMT", "29.05.2026 14:02", "29.5.26", "29/05/2026 14:02:03", "5/29/2026 2:02 PM",
     "2026/05/29", "29 May 2026", "May 29, 2026 at 2:02 PM", "29. Mai 2026, 14:02 Uhr", "29 de mayo de 2026",
     "29 mai 2026", "29-May-2026 14:02", "20260529", "1780063323", 1780063323, 1780063323000, 1780063323000000],
)  # fmt: skip
def test_a_day_is_read_in_every_usual_form(text: Any) -> None:
    moment = parse_moment(text)
    assert moment is not None and moment.date().isoformat() == "2026-05-29"


@pytest.mark.parametrize("text", ["soon", "12", "1.5", "32.05.2026", "2026-13-01", "29/31/2026", "", "call 555 1234"])
def test_what_is_no_day_is_none(text: str) -> None:
    assert parse_moment(text) is None and parse_moment(text, True) is None


@given(st.dates(), st.sampled_from("/-"))
def test_a_date_in_numbers_is_never_read_as_another_one(day: Any, sign: str) -> None:
    for first, second, day_first in ((day.day, day.month, True), (day.month, day.day, False)):
        text = f"{first:02}{sign}{second:02}{sign}{day.year:04}"
        told, guessed = parse_moment(text, day_first), parse_moment(text)
        if day.year >= 1000:
            assert told is not None and told.date() == day
            assert guessed is None or guessed.date() == day
            assert find_day_order([text]) in (None, day_first)


def test_one_date_of_a_file_can_tell_how_the_others_are_read() -> None:
    assert [r.made for r in dated("03/04/2026", "25/04/2026").recordings] == ["2026-04-03", "2026-04-25"]
    assert [r.made for r in dated("03/04/2026", "04/25/2026").recordings] == ["2026-03-04", "2026-04-25"]


def test_which_number_is_the_day_is_asked_where_no_date_tells() -> None:
    read = dated("03/04/2026", "05/06/2026")
    assert read.asked_dates == ("03/04/2026", "05/06/2026")
    assert [(t.row, "“03/04/2026”" in t.text) for t in read.troubles] == [(2, True), (3, False)]
    assert [r.made for r in dated("03/04/2026", day_first=True).recordings] == ["2026-04-03"]
    told = dated("03/04/2026", day_first=False)
    assert told.recordings[0].made == "2026-03-04" and not told.asked_dates and not told.troubles


def test_a_day_that_is_not_told_is_todays_and_it_is_said() -> None:
    row = {"prompt": "Why?", "answer": "Rain."}
    read = found(row, {**row, "created_at": "the 5th of 13"})
    assert [recording.made for recording in read.recordings] == [TODAY, TODAY]
    assert "one of its answers" in read.notes[0] and "the 5th of 13" in read.troubles[0].text


def message(role: str, text: str, at: str) -> dict[str, str]:
    return {"role": role, "content": text, "created_at": f"2026-01-01T{at}"}


def test_the_times_of_messages_tell_the_day_and_how_long_the_answer_took() -> None:
    [recording] = found(
        {"messages": [message("user", "Why?", "10:00:00"), message("assistant", "Rain.", "10:00:04")]}
    ).recordings
    assert (recording.made, recording.seconds) == ("2026-01-01", 4.0)


def test_clocks_that_count_minutes_tell_no_seconds() -> None:
    [recording] = found(
        {"messages": [message("user", "Why?", "10:00"), message("assistant", "Rain.", "10:01")]}
    ).recordings
    assert recording.seconds < 2


def test_an_answer_that_was_asked_for_again_has_no_time() -> None:
    said = [
        message("user", "Why?", "10:00:00"),
        message("assistant", "Snow.", "10:00:04"),
        message("assistant", "Rain.", "10:09:01"),
    ]
    tree = [{**one, "id": str(n), "parent_id": "" if n == 0 else "0"} for n, one in enumerate(said)]
    [recording] = found({"messages": tree}).recordings
    assert recording.text == "Rain." and len(recording.prompt.messages) == 1 and recording.seconds < 2


def test_messages_that_stand_with_the_newest_first_are_turned_round() -> None:
    said = [message("user", "Hi", "10:00"), message("assistant", "Yes?", "10:01"), message("user", "Why?", "10:02"),
            message("assistant", "Rain.", "10:03")]  # fmt: skip
    [recording] = found({"messages": said[::-1]}).recordings
    assert [m.text for m in recording.prompt.messages] == ["Hi", "Yes?", "Why?"] and recording.text == "Rain."


@pytest.mark.parametrize("more", [
    {"started_at": "2026-01-01T10:00:00Z", "first_token_at": "2026-01-01T10:00:00.700Z",
     "finished_at": "2026-01-01T10:00:03Z"},
    {"start_time": 1767261600.0, "first_token_time": 1767261600.7, "end_time": 1767261603.0},
    {"prompt_eval_duration": 700000000, "eval_duration": 2300000000, "total_duration": 3000000000},
    {"metrics": {"ttft_ms": 700, "latency_ms": 3000}},
])  # fmt: skip
def test_moments_and_lengths_of_time_come_to_the_same(more: Any) -> None:
    [recording] = found({"prompt": "Why?", "completion": "Rain.", **more}).recordings
    assert recording.events[0].at == pytest.approx(0.7) and recording.seconds == pytest.approx(3.0)


def test_times_without_a_unit_are_milliseconds_in_json_as_in_a_table() -> None:
    rows = [{"prompt": "Why?", "answer": "Rain.", "latency": latency} for latency in (850, 1320)]
    read = found(*rows)
    assert [recording.seconds for recording in read.recordings] == [0.85, 1.32] and "milliseconds" in read.notes[0]
    assert found({**rows[0], "latency": 8.5}).recordings[0].seconds == 8.5
