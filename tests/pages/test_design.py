"""Design: a change is a step, a step can be taken back, and a remark is cured where it stands."""

from functools import partial
from pathlib import Path

from streamlit.testing.v1 import AppTest

from components.study.pack_run import PlayedItem
from components.ui.design.contact_sheet import play_cached

PAGE = str(Path(__file__).parents[2] / "pages" / "design.py")


def opened() -> AppTest:
    page = AppTest.from_file(PAGE, default_timeout=30).run()
    assert not page.exception
    return page


def pressed(page: AppTest, key: str) -> AppTest:
    [button] = [button for button in page.button if button.key == key]
    button.click().run()
    assert not page.exception
    return page


def worn(page: AppTest) -> list[str]:
    return [name for chosen in page.multiselect for name in chosen.value]


def test_the_dials_are_those_of_the_first_prototype() -> None:
    page = opened()
    assert page.text_input[0].value == "Blocking" and worn(page) == ["Blocking", "Raw error"]


def test_a_change_can_be_taken_back_and_made_again() -> None:
    page = opened()
    page.text_input[0].set_value("Patient").run()
    assert page.text_input[0].value == "Patient"
    assert pressed(page, "design-act-undo").text_input[0].value == "Blocking"
    assert pressed(page, "design-act-redo").text_input[0].value == "Patient"


def test_a_name_that_is_too_long_is_told_and_its_beginning_is_used() -> None:
    page = opened()
    page.text_input[0].set_value("Patient " * 20).run()
    assert any("160 characters: only the first 60 are used" in caption.value for caption in page.caption)
    assert page.text_input[0].value == "Patient " * 20


def test_a_copy_stands_in_a_pane_of_its_own() -> None:
    page = pressed(opened(), "design-act-content_copy")
    assert page.text_input[0].value == "Copy of Blocking"
    assert not [button for button in page.button if button.key == "design-act-content_copy" and not button.disabled]


def test_a_remark_is_cured_with_one_press() -> None:
    page = opened()
    failure = next(chosen for chosen in page.multiselect if chosen.value == ["Raw error"])
    failure.set_value([]).run()
    assert any("No failure pattern" in caption.value for caption in page.caption)
    assert "Cause and next step" in worn(pressed(page, "cure-0"))


def test_a_pack_is_played_once_for_what_it_depends_on() -> None:
    played: list[str] = []

    def play(name: str) -> tuple[PlayedItem, ...]:
        played.append(name)
        return ()

    for name in ("first", "again"):
        play_cached(("prototype", "answers"), partial(play, name))
    play_cached(("prototype", "other answers"), partial(play, "other"))
    assert played == ["first", "other"]
