"""What people say of a comparison: comments, replies, dots and decisions, read by everybody who has it on screen."""

import re
from dataclasses import replace
from pathlib import Path
from time import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.routing import Route
from streamlit.testing.v1 import AppTest

from components.core.explained import Explained
from components.core.layer import pattern_title
from components.design.history import History
from components.design.work_talk import NoteDraft
from components.design.work_timer import timer_note
from components.server.routes import server_routes
from components.store import Store
from components.ui.shared import talk
from components.ui.shared.samples import first_comparison
from components.ui.shared.state import PageState
from tests.pages.test_compare import PAGE
from tests.pages.test_compare import given as player_data
from tests.pages.test_home import HOME_PAGE, OTHER, on_screen, opened, pressed

HOSTILE = "Here it died **really** <img src=x> [a](http://x.example)"


def element(page: AppTest, kind: str, key: str):  # type: ignore[no-untyped-def]
    """The widget with this key."""
    return next(one for one in getattr(page, kind) if one.key == key)


def say(page: AppTest, kind: str, key: str, text: str, submit: str = "") -> None:
    """Type into a field; press its form's button where it has one."""
    element(page, kind, key).set_value(text)
    if submit:
        next(one for one in page.button if one.label == submit).click()
    page.run()
    assert not page.exception


def lead_to(page: AppTest, number: int) -> None:
    """Go to a state in the dialog of the history."""
    pressed(page, "work-history")
    pressed(page, f"work-go-{number}")


def written(page: AppTest) -> str:
    """Everything that stands in captions and paragraphs, as markdown."""
    return "\n".join([*(one.value for one in page.caption), *(one.value for one in page.markdown)])


def told(page: AppTest) -> str:
    """The same without the strokes that keep markdown from taking effect."""
    return written(page).replace("\\", "")


def test_a_comment_is_pinned_answered_and_settled_and_the_others_read_it() -> None:
    page = opened(PAGE)
    element(page, "number_input", "talk-moment").set_value(4.5)
    element(page, "selectbox", "talk-pane").set_value("B")
    say(page, "text_area", "talk-text", HOSTILE, "Say it")
    id = str(page.query_params["work"])
    other = opened(PAGE, PageState(rater=OTHER, blind=False), work=id)
    assert "B at 4.5 s" in told(other) and "Here it died **really**" in told(other)
    assert "**really" not in written(other) and "\\<img" in written(other)
    first = Store.open().work_notes(id)[0]
    say(other, "text_input", f"talk-reply-{first.id}", "I too")
    page.run()
    assert "Somebody: I too" in told(page)
    assert " · settled" not in told(page) and element(page, "button", f"talk-settle-{first.id}").label == "Settle"
    pressed(page, f"talk-settle-{first.id}")
    assert " · settled" in told(page) and element(page, "button", f"talk-settle-{first.id}").label == "Reopen"
    assert [note.kind for note in Store.open().work_notes(id)] == ["comment", "comment", "resolved"]


def test_a_comment_is_pinned_to_a_pattern_which_stays_named_once_it_is_gone_and_untold_to_who_rates_blind() -> None:
    page = opened(PAGE, PageState(rater=OTHER, blind=False))
    name = type(first_comparison().panes["B"].layers[0]).__name__
    title = pattern_title(type(first_comparison().panes["B"].layers[0]))
    assert f"B · {title}" in element(page, "selectbox", "talk-pane").options
    element(page, "selectbox", "talk-pane").set_value(f"B:{name}")
    say(page, "text_area", "talk-text", "Calm", "Say it")
    id, store = str(page.query_params["work"]), Store.open()
    [note] = store.work_notes(id)
    assert (note.pane, note.pattern, note.moment) == ("B", name, None) and f"B · {title} · " in told(page)
    store.keep_note(id, replace(note, pattern="Blocking"), OTHER, note.step)
    page.run()
    assert "B · Blocking, no longer in it · " in told(page) and f"{title}, no longer" not in told(page)
    blind = opened(PAGE, PageState(rater="rates-blind"), work=id)
    assert "Calm" in told(blind) and f"B · {title}" not in told(blind) and "Blocking, no" not in told(blind)
    assert not any("·" in option for option in element(blind, "selectbox", "talk-pane").options)


def test_the_panes_that_a_comment_can_be_about_are_listed_as_they_are_called() -> None:
    first = first_comparison()
    called = first.with_prototype("B", replace(first.panes["B"], name="Calm *mini*"))
    page = opened(PAGE, PageState(rater=OTHER, blind=False, history=History((called,))))
    assert "B Calm *mini*" in element(page, "selectbox", "talk-pane").options


def test_dots_are_given_once_names_are_shown_and_no_more_than_each_has() -> None:
    page = opened(PAGE)
    parts = element(page, "segmented_control", "talk-part")
    assert parts.proto.required  # a second press on the chosen part leaves it chosen
    parts.set_value("Dots").run()
    for _ in range(3):
        pressed(page, "talk-dot-B")
    assert "All 3 of your dots are given" in told(page) and element(page, "button", "talk-dot-A").disabled
    pressed(page, "talk-dot back-B")
    assert "1 of your 3 dots left" in told(page)
    blind = opened(PAGE, PageState(rater=OTHER), work=str(page.query_params["work"]))
    element(blind, "segmented_control", "talk-part").set_value("Dots").run()
    assert "switch Rate blind off" in told(blind) and "in all" not in told(blind)


def test_dots_and_comments_stay_at_a_pane_that_is_renamed_kept_as_a_prototype_or_undone() -> None:
    page = opened(PAGE)
    element(page, "segmented_control", "talk-part").set_value("Dots").run()
    pressed(page, "talk-dot-B")
    pane = NoteDraft("comment", "Died", pane="B", prototype=on_screen(page).panes["B"].name, moment=4.5)
    id = str(page.query_params["work"])
    Store.open().keep_note(id, pane, OTHER, 1)

    def rests_at_the_pane() -> bool:
        page.run()
        return "● 1 in all" in told(page) and [pin["text"] for pin in player_values(page)["pins"]] == ["Died"]

    assert rests_at_the_pane()
    page.session_state["parallax"].open = "B"
    page.run()
    next(one for one in page.text_input if (one.key or "").startswith("name-B")).set_value("Calm").run()
    assert on_screen(page).panes["B"].name == "Calm" and rests_at_the_pane()
    pressed(page, "design-act-undo")
    assert on_screen(page).panes["B"].name == pane.prototype and rests_at_the_pane()
    pressed(page, "design-act-redo")
    pressed(page, "pane-act-keep-B")
    assert on_screen(page).panes["B"].work and rests_at_the_pane()
    other = opened(PAGE, PageState(rater=OTHER, blind=False), work=id)
    element(other, "segmented_control", "talk-part").set_value("Dots").run()
    assert "1 in all" in told(other)


def test_a_dot_on_a_pane_that_is_gone_can_be_given_to_another() -> None:
    page = opened(PAGE)
    element(page, "segmented_control", "talk-part").set_value("Dots").run()
    for _ in range(3):
        pressed(page, "talk-dot-C")
    assert "All 3 of your dots" in told(page)
    pressed(page, "pane-act-close-C")
    assert "3 of your 3 dots left" in told(page)


def test_a_decision_keeps_the_design_that_it_was_about() -> None:
    page = opened(PAGE)
    pressed(page, "pane-act-close-B")
    before = on_screen(page)
    element(page, "segmented_control", "talk-part").set_value("Decisions").run()
    say(page, "text_input", "talk-decided", "A ships, because it is calm", "Keep it")
    pressed(page, "pane-act-close-B")
    note = Store.open().work_notes(str(page.query_params["work"]))[0]
    assert "A ships, because it is calm" in told(page) and on_screen(page) != before
    [link] = [part.proto for part in page.get("link_button") if part.proto.label == "Show it as it was"]
    address = {name: values[0] for name, values in parse_qs(urlsplit(link.url).query).items()}
    assert note.step and "work" not in address  # what is decided is looked at, and changes nothing
    shown = opened(PAGE, **address)
    assert on_screen(shown).prototypes == before.prototypes


def test_a_state_of_the_history_comes_back_just_as_it_was_also_where_others_went_on() -> None:
    page = opened(PAGE)
    pressed(page, "pane-act-close-B")
    id, wanted = str(page.query_params["work"]), on_screen(page)
    other = opened(PAGE, PageState(rater=OTHER, blind=False), work=id)
    number = other.session_state["parallax"].history.number
    pressed(other, "pane-act-close-B")
    page.run()
    assert on_screen(page).prototypes == on_screen(other).prototypes != wanted.prototypes
    lead_to(page, number)
    other.run()
    assert on_screen(page).prototypes == on_screen(other).prototypes == wanted.prototypes


def test_a_play_for_everybody_reaches_the_player_of_who_looks_at_the_same_work() -> None:
    page = opened(PAGE)
    assert player_data(page)["together"] is None
    pressed(page, "pane-act-close-B")
    id = str(page.query_params["work"])
    moment = time() + 2
    Store.open().keep_note(id, NoteDraft("play", moment=moment), OTHER, 2)
    page.run()
    shared = player_data(page)["together"]
    assert shared["at"] == moment * 1000 and shared["clock"] == "/parallax/clock"
    assert any(route.path == shared["clock"] for route in server_routes() if isinstance(route, Route))


def player_values(page: AppTest) -> dict[str, Any]:
    """What the player on the page was given."""
    values: dict[str, Any] = player_data(page)
    return values


def test_what_is_said_below_the_panes_is_a_pin_in_the_race_and_calls_who_is_named(own_data_folder: Path) -> None:
    page = opened(PAGE)
    store = Store.open(own_data_folder)
    store.name_rater(OTHER, "Ben *B*")
    say(page, "text_area", "talk-text", "First", "Say it")
    id = str(page.query_params["work"])
    store.visit_work(id, "a-tab", OTHER)
    say(page, "text_area", "talk-text", "Look, @Ben *B*", "Say it")
    assert "Called: Ben *B*. It waits for them on Home." in page.toast[0].value.replace("\\", "")
    work = page.session_state["parallax"].work
    pane = page.session_state["parallax"].history.current.panes["B"]
    pinned = NoteDraft("comment", "Died", pane="B", prototype=pane.work or pane.name, moment=4.5)
    store.keep_note(id, pinned, OTHER, work.step)
    page.run()
    assert player_values(page)["pins"] == [{"pane": "B", "moment": 4.5, "text": "Died", "who": "Ben *B*"}]
    say(page, "text_area", "talk-text", "And @Zoe?", "Say it")
    assert page.toast[0].value.replace("\\", "").endswith("Zoe is nobody's name here. You can call Ben *B*.")
    [mention] = store.open_mentions(OTHER)
    assert (mention.work, mention.text) == (id, "Look, @Ben *B*") and not store.open_mentions("somebody-else")
    home = opened(HOME_PAGE, PageState(rater=OTHER))
    assert re.search("mentioned you in “.+”: Look", told(home)) and "*B*" not in written(home).replace("\\*", "")
    pressed(home, f"mention-seen-{mention.note}")
    assert not store.open_mentions(OTHER) and "mentioned you" not in told(home)


def test_who_has_what_calls_them_before_them_in_talk_reads_no_more_of_it_on_home(own_data_folder: Path) -> None:
    page, store = opened(PAGE), Store.open(own_data_folder)
    store.name_rater(OTHER, "Ben Okri")
    say(page, "text_area", "talk-text", "First", "Say it")
    id = str(page.query_params["work"])
    other = opened(PAGE, PageState(rater=OTHER), work=id)
    other.session_state["menu-talk"] = False
    other.run()
    store.visit_work(id, "a-tab", OTHER)
    say(page, "text_area", "talk-text", "Look, @ben", "Say it")
    other.run()
    assert store.open_mentions(OTHER)  # the menu is shut
    other.session_state["menu-talk"] = True
    other.run()
    assert not store.open_mentions(OTHER) and "Look, " in told(other)


def test_a_timer_is_seen_by_everybody_stands_still_and_is_taken_away(own_data_folder: Path) -> None:
    page = opened(PAGE)
    element(page, "segmented_control", "talk-part").set_value("Timer").run()
    element(page, "number_input", "talk-minutes").set_value(2.0).run()
    pressed(page, "talk-timer-start")
    other = opened(PAGE, PageState(rater=OTHER), work=str(page.query_params["work"]))
    shown = player_values(other)["timer"]
    assert abs(shown["at"] / 1000 - time() - 120) < 60 and shown["left"] <= 120
    pressed(page, "talk-timer-pause")
    other.run()
    assert player_values(other)["timer"]["at"] is None and 60 < player_values(other)["timer"]["left"] <= 120
    Store.open(own_data_folder).keep_note(
        str(page.query_params["work"]), timer_note(5, time() - 60, runs=True), OTHER, 2
    )
    page.run()  # it is over: there is nothing to pause, and another one can be started
    assert element(page, "number_input", "talk-minutes") and element(page, "button", "talk-timer-start")
    assert not [one for one in page.button if one.key == "talk-timer-pause"]
    pressed(page, "talk-timer-away")
    other.run()
    assert player_values(other)["timer"] is None


@pytest.mark.parametrize(
    ("kind", "key", "button"),
    [("text_area", "talk-text", "Say it"), ("text_input", "talk-decided", "Keep it")],
    ids=["comment", "decision"],
)
def test_a_text_that_is_too_long_is_explained_and_stays_in_its_box(kind: str, key: str, button: str) -> None:
    page = opened(PAGE)
    if key == "talk-decided":
        element(page, "segmented_control", "talk-part").set_value("Decisions").run()
    long = "word " * 4_000
    say(page, kind, key, long, button)
    said = page.error[0].value.replace("\\", "")
    assert "19,999 characters" in said and "still in the box" in said
    assert element(page, kind, key).value == long
    say(page, kind, key, "Short", button)
    assert "Short" in told(page) and not page.error and element(page, kind, key).value == ""


def test_a_comment_whose_button_is_pressed_twice_is_said_once() -> None:
    page = opened(PAGE)
    for _ in range(2):
        say(page, "text_area", "talk-text", "It died here", "Say it")
    assert told(page).count("It died here") == 1


def test_what_was_said_last_stands_first_and_nothing_that_was_said_is_out_of_reach() -> None:
    page = opened(PAGE)
    say(page, "text_area", "talk-text", "Said 0.", "Say it")
    store, id, step = Store.open(), str(page.query_params["work"]), page.session_state["parallax"].work.step
    for number in range(1, talk.MAX_SHOWN_THREADS + 2):
        store.keep_note(id, NoteDraft("comment", f"Said {number}."), OTHER, step)
    page.run()
    said = re.findall(r"Said (\d+)\.", told(page))
    assert said[0] == str(talk.MAX_SHOWN_THREADS + 1) and len(said) == talk.MAX_SHOWN_THREADS
    element(page, "checkbox", "talk-all").check().run()
    assert "Said 0." in told(page)


def test_who_gave_no_name_can_give_one_where_they_talk_and_is_called_by_it_from_then_on() -> None:
    page = opened(PAGE, PageState(rater="talks-and-has-no-name"))
    say(page, "text_area", "talk-text", "I wait", "Say it")
    other = opened(PAGE, PageState(rater=OTHER), work=str(page.query_params["work"]))
    assert "It belongs to somebody on your team" in told(other)
    say(page, "text_input", "talk-name", "Cem")
    other.run()
    assert "It belongs to Cem" in told(other)
    assert not [one for one in page.text_input if one.key == "talk-name"]
    assert "Cem" in Store.open().people_at(str(page.query_params["work"])).values()


SAYS_BELOW = """
from components.ui.shared import state, talk
from components.ui.shared.problems import defer_problems
with defer_problems():
    talk.say_pinned({"pane": "B", "moment": 2.5, "text": " It waits ", "pattern": st.session_state["about"]})
"""


@pytest.mark.parametrize(("about", "kept"), [("Streaming", "Streaming"), ("<b>", "")])
def test_what_is_said_below_the_panes_can_be_about_a_pattern_and_nothing_else(about: str, kept: str) -> None:
    page = opened(PAGE)
    pressed(page, "pane-act-close-C")
    says = AppTest.from_string("import streamlit as st\n" + SAYS_BELOW)
    says.session_state["parallax"], says.session_state["about"] = page.session_state["parallax"], about
    assert not says.run().exception
    [note] = Store.open().work_notes(str(page.query_params["work"]))
    assert (note.pane, note.pattern, note.text) == ("B", kept, "It waits")


def test_words_from_below_the_panes_that_could_not_be_kept_are_told_with_what_went_wrong(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = opened(PAGE)
    pressed(page, "pane-act-close-C")
    says = AppTest.from_string("import streamlit as st\n" + SAYS_BELOW)
    says.session_state["parallax"], says.session_state["about"] = page.session_state["parallax"], ""

    def fail(*_: object) -> None:
        raise Explained("The disk is full.")

    monkeypatch.setattr(Store, "keep_note", fail)
    assert not says.run().exception
    problem = page.session_state["parallax"].problem
    assert (problem.what, problem.kept) == ("The disk is full.", "Not said: It waits")


def test_the_patterns_of_a_pane_reach_the_player_once_names_are_shown() -> None:
    seen = player_values(opened(PAGE, PageState(rater=OTHER, blind=False)))["patterns"]
    layers = first_comparison().panes["B"].layers
    assert [tuple(pattern) for pattern in seen["B"]] == [
        (type(one).__name__, pattern_title(type(one))) for one in layers
    ]
    assert player_values(opened(PAGE, PageState(rater="rates-blind")))["patterns"] == {}
