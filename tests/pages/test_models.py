"""Models: the one that answers, one more that is wired, and what is known of each."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Widget

from components.core.card import Card
from components.core.prompt import Prompt
from components.core.recording import Recording
from components.models.endpoint.model_profile import CallTiming, ModelProfile
from components.models.source import Settings, Source, Timeouts
from components.models.written.scripted_model import AnswerScript, ScriptedModel, scripted_events
from components.server.app_context import app_context
from components.store import Store
from components.store.registered_models import RegisteredModel
from components.store.works import MINE, TEAM
from components.ui.models.model_fields import ENDPOINT_LABEL as AN_ENDPOINT
from components.ui.models.model_fields import LOCAL_LABEL, RECORDED_LABEL, SCRIPT_LABEL
from tests.faults.server import Wrong, wrong

PAGE = str(Path(__file__).parents[2] / "pages" / "models.py")
ENDPOINT = Source("endpoint", "http://127.0.0.1:9/v1", "small")


@pytest.fixture
def hosted(own_data_folder: Path) -> str:
    store = Store.open(own_data_folder)
    id = store.keep_model(ENDPOINT, Settings(), "Our *model*")
    store.keep_finding(id, "profile", ModelProfile((CallTiming(0.5, 20.0, 0.01, 0.2, 30),) * 5, True, False).to_json())
    return id


@pytest.fixture(scope="module")
def server() -> Iterator[Wrong]:
    with wrong() as running:
        yield running


@pytest.fixture(autouse=True)
def own_home() -> Iterator[None]:
    app_context.cache_clear()
    yield
    app_context().close()
    app_context.cache_clear()


def opened(kind: str = "") -> AppTest:
    page = AppTest.from_file(PAGE, default_timeout=60).run()
    assert not page.exception
    return filled(page, ("wire-kind", kind)) if kind else page


def filled(page: AppTest, *values: tuple[str, object]) -> AppTest:
    """The page after something was typed or chosen in these widgets, one after the other."""
    for key, value in values:
        [widget] = [one for one in page.main if isinstance(one, Widget) and one.key == key]
        widget.set_value(value).run(timeout=60)
        assert not page.exception
    return page


def pressed(page: AppTest, key: str = "wire-go") -> AppTest:
    page.button(key=key).click().run(timeout=60)
    assert not page.exception
    return page


def rater(page: AppTest) -> str:
    return str(page.session_state["parallax"].rater)


def kept(folder: Path, page: AppTest) -> RegisteredModel:
    [one] = Store.open(folder).models(rater(page))
    return one


def said(page: AppTest) -> str:
    return " ".join(error.value for error in page.error)


def test_the_bundled_model_answers_at_first(own_data_folder: Path) -> None:
    page = opened()
    assert "SmolLM2" in page.header[0].value
    assert [button for button in page.button if button.key == "test-"]


def test_a_wired_model_shows_its_profile_and_can_be_used(hosted: str) -> None:
    page = opened()
    assert [metric.value for metric in page.metric] == ["0.5 s", "20", "0.01 s", "0.2 s"]
    page.button(key=f"use-{hosted}").click().run()
    assert not page.exception
    assert not [button for button in page.button if button.key == f"use-{hosted}"]


def test_a_test_that_fails_names_the_fault(hosted: str) -> None:
    page = opened()
    page.button(key=f"test-{hosted}").click().run(timeout=60)
    assert not page.exception
    assert any("Nobody answers" in error.value for error in page.error)


def test_what_is_put_away_can_be_taken_back(hosted: str) -> None:
    page = opened()
    page.button(key=f"away-{hosted}").click().run()
    assert len(page.metric) == 0
    page.button(key="take-back").click().run()
    assert len(page.metric) == 4 and not page.exception


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [(AN_ENDPOINT, "address or the model is missing"), (LOCAL_LABEL, "folder or the name is missing"),
     (SCRIPT_LABEL, "no answer yet")],
)  # fmt: skip
def test_an_unfinished_form_is_explained_and_keeps_its_name(own_data_folder: Path, kind: str, sentence: str) -> None:
    page = pressed(filled(opened(kind), ("wire-name", "Mine")))
    assert sentence in said(page) and page.text_input(key="wire-name").value == "Mine"
    assert Store.open(own_data_folder).models() == ()


def test_an_endpoint_is_tested_and_wired_with_its_settings(own_data_folder: Path, server: Wrong) -> None:
    page = opened(AN_ENDPOINT)
    filled(page, ("wire-where", server.url("good")), ("wire-model", "m"), ("wire-name", "Hosted"))
    filled(page, ("wire-temperature", 0.7), ("wire-seed", 7), ("wire-stop", "END, ###"), ("wire-between", 5.0))
    pressed(page)
    one = kept(own_data_folder, page)
    assert (one.name, one.source.model, one.source.patience) == ("Hosted", "m", Timeouts(between=5.0))
    assert (one.settings.temperature, one.settings.seed, one.settings.stop) == (0.7, 7, ("END", "###"))
    assert Store.open(own_data_folder).finding(one.id, "profile")


def test_a_fault_of_an_endpoint_is_named_and_keeps_what_was_typed(own_data_folder: Path, server: Wrong) -> None:
    where = server.url("401")  # which offers its models to anybody
    page = pressed(filled(opened(AN_ENDPOINT), ("wire-where", where), ("wire-model", "m")))
    assert "does not accept the key" in said(page)
    assert page.text_input(key="wire-where").value == where and page.selectbox(key="wire-model").value == "m"
    assert Store.open(own_data_folder).models() == ()


def test_a_folder_without_a_model_is_explained(own_data_folder: Path, tmp_path: Path) -> None:
    page = pressed(filled(opened(LOCAL_LABEL), ("wire-local", str(tmp_path))))
    assert "no model in" in said(page) and page.text_input(key="wire-local").value == str(tmp_path)


def test_a_pasted_script_is_wired_and_can_be_edited_again(own_data_folder: Path) -> None:
    page = pressed(filled(opened(SCRIPT_LABEL), ("wire-paste", "Question,Answer\nHello?,Good morning.")), "wire-pasted")
    pressed(filled(page, ("wire-otherwise", "No idea."), ("wire-script-rate", 5.0), ("wire-name", "Helpful")))
    one = kept(own_data_folder, page)
    assert one.source.script == AnswerScript((("Hello?", "Good morning."),), "No idea.", 0.5, 5.0)
    pressed(filled(pressed(page, f"edit-{one.id}"), ("wire-otherwise", "Sorry.")))
    other = kept(own_data_folder, page)
    assert (other.name, other.version) == ("Helpful", 2) and other.id != one.id
    assert other.source.script == AnswerScript((("Hello?", "Good morning."),), "Sorry.", 0.5, 5.0)


def test_a_script_is_written_in_fields_that_keep_what_was_typed_while_another_kind_is_open(
    own_data_folder: Path,
) -> None:
    page = filled(pressed(opened(SCRIPT_LABEL), "wire-pair-add"), *typed_pair(0, "Hello?", "Good day."))
    filled(page, *typed_pair(1, "Bye?", "So long."), ("wire-kind", RECORDED_LABEL), ("wire-kind", SCRIPT_LABEL))
    pressed(filled(page, *typed_pair(0, "Hello?", "Good evening.")), "wire-pair-out-1")
    pressed(filled(page, ("wire-otherwise", "No idea."), ("wire-name", "Short")))
    assert kept(own_data_folder, page).source.script == AnswerScript((("Hello?", "Good evening."),), "No idea.")


def typed_pair(number: int, *texts: str) -> list[tuple[str, object]]:
    """What is typed into a row of the script, as `filled` takes it; the first rows that were put there count as 1."""
    return [(f"wire-script-1-{number}-{column}", text) for column, text in enumerate(texts)]


def test_a_table_that_is_none_is_explained_and_stays(own_data_folder: Path) -> None:
    page = pressed(filled(opened(SCRIPT_LABEL), ("wire-paste", "only one column")), "wire-pasted")
    assert "no second column" in said(page) and page.text_area(key="wire-paste").value == "only one column"


def test_recordings_of_one_model_are_wired_without_a_test(own_data_folder: Path) -> None:
    answer = scripted_events("It is noon.")
    Store.open(own_data_folder).keep_recording(Recording(Prompt.from_typed("When?"), Card("Small", "endpoint"), answer))
    page = pressed(filled(opened(RECORDED_LABEL), ("wire-whose", "Small")))
    one = kept(own_data_folder, page)
    assert (one.source, one.name) == (Source("replay", model="Small"), "Recordings of Small")


def test_what_is_known_beforehand_is_neither_tested_nor_calibrated(own_data_folder: Path) -> None:
    script = ScriptedModel(AnswerScript(otherwise="No idea."))
    id = Store.open(own_data_folder).keep_model(Source("scripted", script=script.script), Settings(), "Helpful")
    keys = {button.key for button in opened().button}
    assert f"use-{id}" in keys and not {f"test-{id}", f"calibrate-{id}"} & keys


def test_a_model_that_sorts_texts_says_so_and_has_nothing_to_calibrate(own_data_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text('{"architectures": ["BertForSequenceClassification"]}')
    id = Store.open(own_data_folder).keep_model(Source("folder", str(tmp_path)), Settings(), "Sentiment")
    page = opened()
    assert any("sorts texts into classes" in caption.value for caption in page.caption)
    assert f"calibrate-{id}" not in {button.key for button in page.button}


def test_an_edited_endpoint_is_a_new_version_of_the_same_name(
    hosted: str, own_data_folder: Path, server: Wrong
) -> None:
    page = pressed(opened(), f"edit-{hosted}")
    assert page.text_input(key="wire-where").value == ENDPOINT.where
    assert page.selectbox(key="wire-model").value == "small" and page.text_input(key="wire-name").value == "Our *model*"
    pressed(filled(page, ("wire-where", server.url("good")), ("wire-model", "m")))
    one = kept(own_data_folder, page)
    assert (one.name, one.version, one.source.where) == ("Our *model*", 2, server.url("good"))
    old = Store.open(own_data_folder).model(hosted)
    assert old and old.source == ENDPOINT and page.text_input(key="wire-where").value == ""


def test_an_edit_can_be_left_as_it_was(hosted: str, own_data_folder: Path) -> None:
    page = pressed(pressed(opened(), f"edit-{hosted}"), "wire-cancel")
    assert page.text_input(key="wire-where").value == "" and kept(own_data_folder, page).id == hosted


def test_a_name_that_is_taken_is_told_before_anything_is_pressed(hosted: str, own_data_folder: Path) -> None:
    page = filled(opened(SCRIPT_LABEL), ("wire-name", "our *MODEL*"))
    assert any("called our" in caption.value for caption in page.caption)
    pressed(filled(page, ("wire-otherwise", "No idea.")))
    assert "called “our" in said(page) and kept(own_data_folder, page).id == hosted


def test_another_kind_and_back_leaves_what_was_typed(own_data_folder: Path) -> None:
    page = filled(opened(AN_ENDPOINT), ("wire-where", "http://127.0.0.1:9/v1"), ("wire-temperature", 0.7))
    filled(page, ("wire-kind", SCRIPT_LABEL), ("wire-otherwise", "No idea."), ("wire-kind", AN_ENDPOINT))
    assert page.text_input(key="wire-where").value == "http://127.0.0.1:9/v1"
    assert page.slider(key="wire-temperature").value == 0.7
    filled(page, ("wire-kind", SCRIPT_LABEL))
    assert page.text_area(key="wire-otherwise").value == "No idea."


def test_a_test_that_was_interrupted_is_told(own_data_folder: Path) -> None:
    page = opened()
    page.session_state["parallax"].testing = True
    page.run()
    assert any("test was interrupted" in caption.value for caption in page.caption)
    assert not any("test was interrupted" in caption.value for caption in page.run().caption)


def test_a_key_is_given_for_the_run_and_leaves_the_page_at_once(own_data_folder: Path, server: Wrong) -> None:
    page = filled(opened(AN_ENDPOINT), ("wire-where", server.url("good")), ("wire-secret", "sk-0123456789"))
    name = page.text_input(key="wire-key").value
    assert name and app_context().find_key(name).text == "sk-0123456789"
    pressed(filled(page, ("wire-model", "m")))
    one = kept(own_data_folder, page)
    assert one.source.key == name and "sk-0123456789" not in repr(page.session_state)
    app_context.cache_clear()  # as after a restart
    page = filled(page.run(), (f"secret-{one.id}", "sk-9876543210"))
    assert app_context().find_key(name).text == "sk-9876543210"
    pressed(page, f"forget-{one.id}")
    assert any("cannot be asked" in caption.value for caption in page.caption)


def test_whose_a_model_is_stands_on_its_card(own_data_folder: Path) -> None:
    store = Store.open(own_data_folder)
    store.name_rater("maya", "Maya")
    script = Source("scripted", script=AnswerScript(otherwise="No idea."))
    store.keep_model(script, Settings(), "Shared", "maya", TEAM)
    store.keep_model(script, Settings(max_tokens=9), "Hidden", "maya", MINE)
    page = opened()
    titles = [title.value for title in page.header]
    assert any("Shared" in title for title in titles) and not any("Hidden" in title for title in titles)
    assert any("added by Maya" in caption.value for caption in page.caption)
    assert not [button for button in page.button if str(button.key).startswith("away-")]
