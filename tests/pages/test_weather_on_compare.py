"""Weather and faults on Compare: what can be chosen, what the panes then play, and what the address keeps."""

import json
from itertools import pairwise
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from components.layers import WEATHER_NOTES, WEATHER_PROFILES
from components.layers.compare import NO_FAULT, Comparison
from components.layers.weather.fault import WEATHER_FAULTS, Fault
from components.layers.weather.latency_profile import LatencyProfile
from components.layers.weather.made_up_words import SCRIPTED_LABEL
from components.store import Store
from components.ui.shared.rows import DELAYS_S, FAULT_LABELS, FURTHER_FAULTS, SHARES_PERCENT
from components.ui.shared.samples import first_comparison
from components.ui.shared.state import PageState
from tests.must_have import must_have
from tests.pages.test_compare import PAGE, RATER, given, problem

SCRIPT = """
import runpy
from types import SimpleNamespace
import streamlit as st
from components.ui.shared import player
for choice in st.session_state.pop("choices", ()):
    st.session_state["heard"] = SimpleNamespace(row=choice)
    player.report_callback("heard", "row")()
runpy.run_path({page!r})
"""


@pytest.fixture
def page() -> AppTest:
    """Compare as it is shown in a demo, names and seconds in sight, which hears what the player says was chosen."""
    opened = AppTest.from_string(SCRIPT.format(page=PAGE), default_timeout=30)
    opened.session_state["parallax"] = PageState(rater=RATER, blind=False)
    return opened.run()


def choose(page: AppTest, *choices: tuple[str, str]) -> AppTest:
    """The page once each of these was chosen in its row, one after the other."""
    page.session_state["choices"] = [{"name": name, "value": value} for name, value in choices]
    page.run()
    assert not page.exception and not page.error
    return page


def row(page: AppTest, name: str) -> dict[str, Any]:
    """What the player is given for a row."""
    return next(row for row in given(page)["rows"] if row["name"] == name)


def events(page: AppTest, pane: int = 1) -> list[dict[str, Any]]:
    """What one pane plays; the second one streams."""
    played: list[dict[str, Any]] = given(page)["panes"][pane]["timeline"]["events"]
    return played


def kept_fault(page: AppTest) -> str:
    """The fault in the step that the address names."""
    work, step = str(page.query_params["work"]), int(str(page.query_params["step"]))
    return str(must_have(Store.open().work_step(work, step)).content["fault"])


def now(page: AppTest) -> Comparison:
    """The comparison on screen."""
    history = page.session_state["parallax"].history
    assert history is not None
    compare: Comparison = history.current
    return compare


def test_every_kind_of_fault_can_be_chosen_in_plain_words(page: AppTest) -> None:
    shown = row(page, "fault")
    offered = [option["value"] for option in shown["options"]]
    offered += [option["value"] for group in shown["more"]["groups"] for option in group["options"]]
    assert sorted(offered) == sorted((NO_FAULT, *WEATHER_FAULTS)) and len(offered) == 12
    labels = [*FAULT_LABELS.values(), *(label for kinds in FURTHER_FAULTS.values() for label in kinds.values())]
    assert not any(code in label for label in labels for code in ("429", "5xx", "JSON"))


@pytest.mark.parametrize("kind", WEATHER_FAULTS)
def test_a_fault_shows_in_every_pane_and_is_saved(page: AppTest, kind: str) -> None:
    before = [events(page, pane) for pane in range(3)]
    choose(page, ("fault", kind))
    assert row(page, "fault")["value"] == kind and kept_fault(page) == kind
    assert all(events(page, pane) != was for pane, was in enumerate(before))
    assert ("knob" in row(page, "fault")) == (kind in ("cut", "malformed", "loop", "garbled"))
    labelled = [any(event.get("text") == SCRIPTED_LABEL for event in events(page, pane)) for pane in range(3)]
    assert labelled == [kind in ("refusal", "wrong")] * 3


def test_a_cut_moves_along_the_answer_in_one_step_that_can_be_taken_back(page: AppTest) -> None:
    choose(page, ("fault", "cut"))
    steps = len(page.session_state["parallax"].history.steps)
    lengths = []
    for share in ("10", "50", "90"):
        choose(page, ("share", share))
        lengths.append(sum(event["kind"] == "text" for event in events(page)))
    tokens = first_comparison().recording.token_count
    assert lengths == [tokens * share // 100 for share in (10, 50, 90)]
    assert row(page, "fault")["knob"]["value"] == 90
    assert len(page.session_state["parallax"].history.steps) == steps


def test_a_scripted_answer_says_the_designers_words(page: AppTest) -> None:
    choose(page, ("fault", "wrong"), ("words", "Plants eat <b>soil</b>."))
    assert "".join(event["text"] for event in events(page) if event["kind"] == "text") == "Plants eat <b>soil</b>."
    assert row(page, "fault")["words"]["value"] == "Plants eat <b>soil</b>."
    kept = json.loads(kept_fault(page))
    assert (kept["kind"], kept["words"]) == ("wrong", "Plants eat <b>soil</b>.")


def test_what_it_feels_like_sweeps_the_wait_and_undo_is_back_to_as_recorded(page: AppTest) -> None:
    at_first = [event for event in events(page) if event["kind"] == "text"]
    for delay in DELAYS_S:
        choose(page, ("delay", str(delay)))
        told = [event for event in events(page) if event["kind"] == "text"]
        assert told[0]["at"] == delay
        gaps = [[round(b["at"] - a["at"], 3) for a, b in pairwise(t)] for t in (at_first, told)]
        assert gaps[0] == pytest.approx(gaps[1], abs=0.002)
        assert (row(page, "weather")["value"], row(page, "weather")["knob"]["value"]) == ("My own", delay)
    history = page.session_state["parallax"].history
    assert (len(history.steps), history.back.current) == (2, first_comparison())
    assert page.session_state["parallax"].open == ""


def test_the_wait_is_swept_over_the_weather_that_is_on(page: AppTest) -> None:
    choose(page, ("weather", "Phone on a train"), ("delay", "10.0"))
    train = WEATHER_PROFILES["Phone on a train"]
    assert now(page).own == LatencyProfile(10.0, train.rate, train.jitter, train.stall, train.stall_at)


def test_a_named_weather_says_beside_itself_what_its_numbers_rest_on(page: AppTest) -> None:
    assert row(page, "weather")["note"] == ""
    for name in list(WEATHER_PROFILES)[1:]:
        choose(page, ("weather", name))
        assert row(page, "weather")["note"] == WEATHER_NOTES[name] != ""


@pytest.mark.parametrize(
    "choice", [("delay", "0.25"), ("delay", "x"), ("share", "95"), ("fault", "flood"), ("tide", "1"), ("sample", "1")]
)
def test_what_is_not_offered_changes_nothing(page: AppTest, choice: tuple[str, str]) -> None:
    page.session_state["choices"] = [{"name": choice[0], "value": choice[1]}]
    page.run()
    assert not page.exception and "could not be read" in problem(page)
    assert now(page) == first_comparison()


@pytest.mark.parametrize(
    ("fault", "kind", "share"),
    [
        ("cut", "cut", 50),
        ("garbled", "garbled", 50),
        (json.dumps(Fault(kind="loop", share=25).to_json()), "loop", 25),
        ('{"layer": "Fault", "kind": "cut", "after": 24, "patience": 5.0, "breaks": 1}', "cut", 50),
        ('{"layer": "Fault", "kind": "cut", "share": 5}', NO_FAULT, 50),
        ('{"layer": "LatencyProfile"}', NO_FAULT, 50),
        ("[" * 5000, NO_FAULT, 50),
        ("flood", NO_FAULT, 50),
    ],
)
def test_an_address_opens_with_its_fault_old_ones_too(fault: str, kind: str, share: int) -> None:
    compare, kept = first_comparison(), Store.open()
    kept.keep_recording(compare.recording)
    panes = {letter: kept.keep_prototype(one) for letter, one in zip("abc", compare.prototypes, strict=True)}
    opened = AppTest.from_file(PAGE, default_timeout=30)
    opened.query_params.update({"answer": compare.recording.id, **panes, "fault": fault})
    opened.session_state["parallax"] = PageState(rater=RATER)
    opened.run()
    assert not opened.exception and not opened.error
    assert (now(opened).fault, now(opened).breaking.share) == (kind, share)
    assert share in SHARES_PERCENT
