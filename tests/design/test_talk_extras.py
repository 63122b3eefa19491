"""A countdown for everybody, and calling somebody by name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.design.mentions import mentioned_people, unknown_calls
from components.design.work_talk import WorkNote, all_talk_lines
from components.design.work_timer import FORGOTTEN_S, TIMER_AWAY, set_timer, timer_note

NAMES = {"a": "Ada", "b": "Ada Lovelace", "c": "Çelik", "d": "ben", "e": "Ben", "f": "Cem  Yıldız"}


def kept(*drafts: object) -> list[WorkNote]:
    return [WorkNote(**{**vars(draft), "id": str(n)}) for n, draft in enumerate(drafts)]


@given(st.floats(1, 5000), st.floats(0, 6000))
def test_what_is_left_never_grows_and_never_falls_below_nothing(left: float, later: float) -> None:
    timer = set_timer(kept(timer_note(left, 1000.0, runs=True)), 1000.0)
    assert timer is not None and timer.left_at(1000.0) == pytest.approx(left)
    assert timer.left_at(1000.0 + later) == pytest.approx(max(0.0, left - later))


def test_a_timer_that_stands_still_keeps_what_is_left_and_goes_on_with_it() -> None:
    paused = set_timer(kept(timer_note(300, 0, runs=True), timer_note(120.5, 179.5, runs=False)), 9999.0)
    assert paused is not None and paused.ends is None and paused.left_at(9999.0) == 120.5
    again = set_timer(kept(timer_note(120.5, 500, runs=True)), 510)
    assert again is not None and again.left_at(510) == 110.5


def test_a_timer_is_gone_that_was_taken_away_is_no_number_or_ended_long_ago() -> None:
    assert set_timer([], 0) is None
    assert set_timer([*kept(timer_note(60, 0, runs=True)), WorkNote(TIMER_AWAY)], 10) is None
    assert set_timer([WorkNote("timer", "soon", moment=9)], 10) is None
    running = kept(timer_note(60, 0, runs=True))
    assert set_timer(running, 60 + FORGOTTEN_S) and set_timer(running, 61 + FORGOTTEN_S) is None


@pytest.mark.parametrize(
    ("text", "called"),
    [("@Ada, look", "a"), ("thanks @ADA LOVELACE!", "b"), ("@Ada and @Ada Lovelace", "ab"), ("@Adam @ Ada ada", ""),
     ("mail ada@çelik", "c"), ("@ben", "de"), ("", ""), ("@", ""), ("@Cem, too", "f"), ("@Cem Yıldız", "f")],
)  # fmt: skip
def test_people_are_called_by_the_names_they_gave(text: str, called: str) -> None:
    assert sorted(mentioned_people(text, NAMES)) == list(called)


@given(st.text("@ abAB", max_size=20))
def test_nobody_is_called_who_does_not_stand_there(text: str) -> None:
    for id in mentioned_people(text, {"x": "ab", "y": "a b", "z": " "}):
        assert "@" + {"x": "ab", "y": "a"}[id] in text.casefold()


def test_a_word_behind_an_at_that_is_nobodys_name_is_found_and_an_address_is_none() -> None:
    assert unknown_calls("@Zoe and @adam, @ada, @zoe, @ and x@y.example", NAMES) == ("Zoe", "adam", "zoe")
    assert unknown_calls("@Ada @Cem", NAMES) == ()


def test_all_that_was_said_is_told_with_its_pane_and_its_moment() -> None:
    notes = [
        WorkNote("comment", "Died here", pane="B", moment=4.5, id="1", rater_name="Ada"),
        WorkNote("comment", "Nice", id="2"), WorkNote("decision", "B ships", at="2026-01-02T00:00", id="3"),
        WorkNote("dot", id="4"),
    ]  # fmt: skip
    assert all_talk_lines(notes) == ("Decided on 2026-01-02: B ships", "B: At 4.5 s: Died here (Ada)", "Nice")
