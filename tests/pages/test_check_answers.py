"""Answers are checked one after the other, by keys and buttons, and each mark is kept at once."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from components.core.card import Card
from components.core.prompt import Prompt
from components.core.recording import Recording
from components.models.written.scripted_model import scripted_events
from components.prompts.answer_rules import describe_known
from components.prompts.packs import find_item
from components.store import Store

PAGE = str(Path(__file__).parents[2] / "pages" / "recordings.py")
DESIGN = str(Path(__file__).parents[2] / "pages" / "design.py")
ANSWERS = [
    Recording(Prompt.from_typed(f"Question {number}?"), Card("small", "openai", "r"), scripted_events("So."), "2026")
    for number in range(3)
]


@pytest.fixture
def store(own_data_folder: Path) -> Store:
    return Store.open(own_data_folder)


def press(page: AppTest, key: str) -> AppTest:
    return page.button(key).click().run()


def marks(store: Store) -> list[str]:
    return [store.right_marks([recording.id]).get(recording.id, "") for recording in reversed(ANSWERS)]


def test_each_press_marks_the_answer_in_sight_and_brings_the_next(store: Store) -> None:
    for recording in ANSWERS:
        store.keep_recording(recording)
    page = AppTest.from_file(PAGE, default_timeout=30).run()
    page.toggle("library-check").set_value(True).run()
    newest_first = [row.id for row in store.search().rows]
    press(page, "check-right")
    assert store.right_marks(newest_first) == {newest_first[0]: "right"}
    press(press(page, "check-wrong"), "check-unclear")
    assert store.right_marks(newest_first) == dict(zip(newest_first, ("right", "wrong", "unclear"), strict=True))
    assert "Every answer here is checked" in " ".join(one.value for one in page.markdown)
    assert page.button("check-right").disabled and not page.exception


def test_undo_takes_the_last_mark_back_and_the_one_before_it(store: Store) -> None:
    for recording in ANSWERS:
        store.keep_recording(recording)
    page = AppTest.from_file(PAGE, default_timeout=30).run()
    page.toggle("library-check").set_value(True).run()
    assert page.button("check-undo").disabled
    press(press(page, "check-right"), "check-wrong")
    press(page, "check-undo")
    assert sorted(marks(store)) == ["", "", "right"]
    press(page, "check-undo")
    assert marks(store) == ["", "", ""] and page.button("check-undo").disabled


def test_a_shipped_answer_is_checked_over_a_pack_and_kept_with_its_mark(store: Store) -> None:
    page = AppTest.from_file(DESIGN, default_timeout=60).run()
    page.segmented_control("design-more").set_value("Over a prompt pack").run()
    page.selectbox("sheet-pack").set_value("Clean").run()
    assert any("that could be checked" in one.value for one in page.caption)
    page.pills("sheet-check").set_value(page.pills("sheet-check").options[-1]).run()
    press(page, "check-wrong")
    assert not page.exception
    assert [row.right for row in store.search().rows if row.right] == ["wrong"]


def test_the_keys_are_one_two_three_and_u() -> None:
    from components.ui.recordings.check_answers import CHECK_BUTTONS

    assert [key for *_, key in CHECK_BUTTONS] == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("question", "known"),
    [
        ("What is the capital of Australia?", "Right: Canberra."),
        ("How much postage do I need?", "Right is to ask what is missing: weight, destination."),
        ("Who will win the election next year?", "Right is to say that it cannot, or that nobody knows."),
        ("Never asked before?", "Nothing is known about this question."),
    ],
)
def test_what_is_known_about_a_question_stands_with_its_answer(question: str, known: str) -> None:
    assert known in " ".join(describe_known(find_item(question)))
