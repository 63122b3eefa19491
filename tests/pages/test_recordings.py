"""Recordings: found, judged, tagged, put away and brought back."""

import json
import math
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from components.core.card import Card
from components.core.comparison import conversation_start
from components.core.prompt import Prompt
from components.core.recording import Recording
from components.layers.confidence.score import MEAN_PROBABILITY
from components.models.calibration.calibration_files import closest_calibration
from components.models.written.scripted_model import scripted_events
from components.prompts.bundled_recordings import bundled_recordings
from components.prompts.packs import load_packs
from components.store import Store
from components.ui.recordings import recording_list
from tests.store.made import RECORDING

PAGE = str(Path(__file__).parents[2] / "pages" / "recordings.py")


@pytest.fixture
def store(own_data_folder: Path) -> Store:
    return Store.open(own_data_folder)


def opened() -> AppTest:
    page = AppTest.from_file(PAGE, default_timeout=30).run()
    assert not page.exception
    return page


def said(page: AppTest) -> str:
    return " ".join(caption.value for caption in page.caption)


def answered(number: int, right: bool) -> Recording:
    """A made-up answer to a question of its own; surer where it is right, mostly."""
    sure = 0.9 if right else 0.5
    return Recording(
        Prompt.from_typed(f"Question {number}?"), Card("small", "openai", "rev-1"),
        scripted_events(f"Answer {number}.", logprobs=[math.log(sure - 0.01 * (number % 20))] * 3), "2026-01-02",
    )  # fmt: skip


def judge(store: Store, several: int) -> None:
    """Keep so many answers, every third one wrong."""
    for number in range(several):
        id = store.keep_recording(answered(number, number % 3 > 0))
        store.mark(id, "right", "right" if number % 3 else "wrong")


def test_an_empty_library_teaches_how_it_fills(store: Store) -> None:
    page = opened()
    assert page.header[0].value == "Nothing is recorded yet"
    assert "ask the model live" in page.markdown[0].value and not page.dataframe
    assert "library-search" not in [box.key for box in page.text_input]


def test_every_recording_is_listed_and_a_search_narrows_the_list(store: Store) -> None:
    store.keep_recording(RECORDING)
    page = opened()
    assert "1 of 1 recordings" in said(page)
    assert list(page.dataframe[0].value["Question"]) == [RECORDING.prompt.text]
    page.text_input(key="library-search").set_value("zebra").run()
    assert "Nothing fits" in said(page) and not page.dataframe and not page.exception and not page.header


def test_messy_and_clean_prompts_are_told_apart_by_the_packs(store: Store) -> None:
    known = {
        item.text: bool(item.mess)
        for one in load_packs()
        for item in one.items
        if recording_list.pack_prompt_id(item.text)
    }
    clean, messy = (next(text for text, mess in known.items() if mess is wanted) for wanted in (False, True))
    for text in (clean, messy):
        store.keep_recording(replace(RECORDING, prompt=Prompt.from_typed(text)))
    store.keep_recording(RECORDING)
    page = opened()
    for wording, text in (("Messy", messy), ("Clean", clean)):
        page.selectbox(key="library-wording").select(wording).run()
        assert list(page.dataframe[0].value["Question"]) == [Prompt.from_typed(text).text]
        assert "1 of 1 recordings that fit" in said(page)
    page.selectbox(key="library-pack").select("Messy: upset people").run()
    assert "Nothing fits" in said(page)


def test_right_wrong_and_not_judged_are_told_apart(store: Store) -> None:
    judge(store, 3)
    store.keep_recording(RECORDING)
    page = opened()
    for judged, many in (("Right", 2), ("Wrong", 1), ("Not judged", 1)):
        page.selectbox(key="library-right").select(judged).run()
        assert len(page.dataframe[0].value) == many
        assert set(page.dataframe[0].value["Judged"]) == {recording_list.RIGHT_FILTERS[judged]}


def test_a_page_that_is_gone_by_now_becomes_the_last_one(store: Store) -> None:
    store.keep_recordings(answered(number, True) for number in range(recording_list.PAGE_SIZE + 1))
    found, page = recording_list.fetch_page({"search": "Answer"}, 9)
    assert (len(found.rows), page, found.total) == (1, 2, recording_list.PAGE_SIZE + 1)


def test_every_answer_of_a_conversation_can_be_played(store: Store) -> None:
    later = replace(RECORDING, prompt=replace(RECORDING.prompt.with_choice("Which?", "This one"), attempt=2))
    played = AppTest.from_function(played_alone)
    played.session_state["id"] = store.keep_recording(later)
    played.run()
    [player] = played.get("bidi_component")
    events = json.loads(player.proto.json)["panes"][0]["timeline"]["events"]
    assert not played.exception and "".join(event.get("text", "") for event in events) == later.text


def played_alone() -> None:
    import streamlit as st

    from components.ui.recordings import recording_list
    from components.ui.shared import state

    [row] = state.shared_store().search().rows
    assert row.id == st.session_state["id"]
    recording_list.show_selection_actions([row], away=False)


def test_a_later_answer_is_opened_with_the_first_one_of_its_conversation() -> None:
    first, later = RECORDING, replace(RECORDING, prompt=RECORDING.prompt.with_choice("Which?", "This one"))
    assert conversation_start(first, (later,)) == first and conversation_start(later, (later, first)) == first
    alone = conversation_start(later, (later,))
    assert alone is not None and alone.prompt.text == "This one" and alone.text == later.text
    assert conversation_start(replace(RECORDING, prompt=RECORDING.prompt.going_on("You")), ()) is None


def test_what_was_put_away_is_listed_apart(store: Store) -> None:
    store.keep_recording(RECORDING)
    recording_list.mark_recordings((RECORDING.id,), "away", "yes")
    page = opened()
    assert "Nothing fits" in said(page) and not page.header
    page.toggle(key="library-away").set_value(True).run()
    assert "1 of 1 recordings that fit" in said(page)


@pytest.mark.parametrize(
    ("several", "words"), [(0, "40 more labels are needed"), (9, "31 more"), (39, "1 more label is")]
)
def test_too_few_labels_are_counted(several: int, words: str, store: Store) -> None:
    store.keep_recording(RECORDING)
    judge(store, several)
    page = opened()
    assert words in said(page) and "Calibrate" not in [button.label for button in page.button]


def test_enough_labels_are_calibrated_drawn_and_taken_away_again(store: Store) -> None:
    judge(store, 60)
    page = opened()
    assert "40 judged right and 20 wrong, to 60 questions" in said(page)
    next(button for button in page.button if button.label == "Calibrate").click().run()
    assert not page.exception and not page.error
    assert len(page.get("plotly_chart")) == 1 and "Worked out from 60 answers, each tested" in said(page)
    made = closest_calibration(answered(0, True).card, MEAN_PROBABILITY)
    assert made is not None and made.basis.startswith("Measured on small with 60 recorded answers that people judged")
    next(button for button in page.button if button.label == "Stop using it").click().run()
    assert (
        closest_calibration(answered(0, True).card, MEAN_PROBABILITY) is None
        and not page.get("plotly_chart")
        and not page.exception
    )


def test_answers_without_probabilities_cannot_be_calibrated_and_it_says_so(store: Store) -> None:
    for number in range(60):
        id = store.keep_recording(replace(answered(number, True), events=scripted_events("Yes.", logprobs=None)))
        store.mark(id, "right", "right" if number % 3 else "wrong")
    page = opened()
    next(button for button in page.button if button.label == "Calibrate").click().run()
    [problem] = page.error
    assert "do not tell how likely" in problem.value.replace("\\", "") and not page.exception


def test_a_mark_and_a_tag_are_on_the_disk_and_what_is_put_away_comes_back(store: Store) -> None:
    store.keep_recording(RECORDING)
    recording_list.mark_recordings((RECORDING.id,), "right", "wrong")
    recording_list.mark_recordings((RECORDING.id,), "tag:demo", "on")
    [row] = store.search().rows
    assert row.right == "wrong" and row.tags == ("demo",)
    recording_list.mark_recordings((RECORDING.id,), "away", "yes")
    assert store.search().total == 0
    recording_list.mark_recordings((RECORDING.id,), "away", "")
    assert store.search().total == 1


def test_the_answers_that_come_with_parallax_are_brought_in_with_one_press(store: Store) -> None:
    page = opened()
    [button] = [button for button in page.button if button.key == "shelf-empty"]
    button.click().run()
    assert not page.exception
    assert store.search(limit=1).total == len(bundled_recordings())
