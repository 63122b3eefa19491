"""Studies: one is begun sound, built, checked, frozen and given links; a frozen one stays as it is."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from components.layers import ALL_PATTERNS
from components.server.app_context import app_context
from components.store import Store, WorkQuery
from components.store.participation import JoinRequest, PostedAnswer, Withdrawal
from components.store.works import STUDY
from components.study.person_code import person_code
from components.study.study import Study
from components.ui.studies.study_outcome import data_archive
from components.ui.studies.study_people import weakness_text

PAGE = str(Path(__file__).parents[2] / "pages" / "studies.py")


@pytest.fixture(autouse=True)
def own_home(own_data_folder: Path) -> Iterator[None]:
    app_context.cache_clear()
    yield
    app_context().close()
    app_context.cache_clear()


def store() -> Store:
    return app_context().store


def opened(work: str = "") -> AppTest:
    """The page, with the study of a work where one is named."""
    page = AppTest.from_file(PAGE, default_timeout=60)
    if work:
        page.query_params["work"] = work
    page.run()
    assert not page.exception
    return page


def begun() -> str:
    """The id of a study that the button has begun."""
    page = opened()
    page.button(key="study-new").click().run(timeout=60)
    [work] = store().find_works(WorkQuery("", kind=STUDY)).works
    return work.id


def kept(work: str) -> Study:
    found = store().work(work)
    step = store().work_step(work, found.step) if found else None
    assert step is not None
    return Study.from_json(step.content, ALL_PATTERNS)


def part(page: AppTest, name: str) -> AppTest:
    """The page with another part of the study open."""
    [control] = [control for control in page.button_group if "study-part-choice" in str(control.key)]
    control.set_value(name).run(timeout=60)
    assert not page.exception
    return page


def test_an_empty_page_says_what_a_study_is() -> None:
    assert any("do not know what is compared" in caption.value for caption in opened().caption)


def test_a_new_study_is_sound_as_it_stands() -> None:
    page = opened(begun())
    assert not page.error and not page.warning
    for name in ("tasks", "items", "words"):
        part(page, name)
        assert not page.error and not page.warning


def test_what_is_changed_is_saved_and_checked() -> None:
    work = begun()
    page = opened(work)
    page.button(key="study-arm-out-arm1-0").click().run(timeout=60)
    assert len(kept(work).arms) == 1
    assert any("Choose two prototypes" in error.value for error in page.error)
    part(page, "run")
    assert page.button(key="study-freeze").disabled


def test_the_planner_tells_minutes_and_warns_where_a_difference_would_often_not_be_shown() -> None:
    page = part(opened(begun()), "people")
    assert {"Minutes for each", "People for 80 %"} <= {metric.label for metric in page.metric}
    page.slider[0].set_value(2).run(timeout=60)
    assert "such studies would show a difference of 2 points" in page.warning[0].value
    page.slider[0].set_value(30).run(timeout=60)
    assert not page.warning


def test_the_planner_tells_the_minutes_of_a_sweep_too() -> None:
    page = opened(begun())
    [sweep] = [control for control in page.button_group if str(control.key).endswith("-sweep")]
    sweep.set_value("latency").run(timeout=60)
    part(page, "people")
    [minutes] = page.metric
    assert minutes.label == "Minutes for each" and float(minutes.value) > 0


@pytest.mark.parametrize(
    ("power", "wanted", "told"),
    [
        (0.33, 96, "about 1 in 3 such studies"),
        (0.02, None, "hardly any"),
        (0.79, 30, "about 3 in 4"),
        (0.5, None, "half"),
    ],
)
def test_a_study_that_is_too_small_is_told_so_in_plain_words(power: float, wanted: int | None, told: str) -> None:
    said = weakness_text(power, 24, 8, wanted)
    assert told in said and ("Take over 1,200 people" if wanted is None else f"Take {wanted} people") in said
    assert weakness_text(0.8, 24, 8, 24) == weakness_text(0.79, 24, 8, 24) == ""


def test_a_question_is_taken_out_and_in_again() -> None:
    work = begun()
    page = part(opened(work), "tasks")
    before = kept(work).tasks
    for _ in range(4):
        next(box for box in page.checkbox if box.value).uncheck().run(timeout=60)
    assert len(kept(work).tasks) == len(before) - 4
    assert any("choose 1 more" in warning.value for warning in page.warning)


def test_a_frozen_study_has_a_link_and_cannot_be_changed_only_copied() -> None:
    work = begun()
    page = part(opened(work), "run")
    page.button(key="study-freeze").click().run(timeout=60)
    [record] = store().studies_of(work)
    [link] = store().links_of(record.id)
    assert link.kind == "many" and store().study_state(record.id).state == "paused"
    assert any("/take/" in code.value for code in page.code)
    before = kept(work)
    part(page, "tasks")
    assert not page.checkbox and kept(work) == before
    part(page, "run")
    page.button(key="study-to-open").click().run(timeout=60)
    assert store().study_state(record.id).state == "open"
    page.button(key="study-extend").click().run(timeout=60)
    assert store().study_state(record.id).slots == before.wanted + 2
    page.button(key="study-copy").click().run(timeout=60)
    assert len(store().find_works(WorkQuery("", kind=STUDY)).works) == 2


def test_a_preview_is_another_study_and_leaves_the_draft_as_it_is() -> None:
    work = begun()
    page = part(opened(work), "preview")
    [button] = page.get("link_button")
    assert "/take/" in button.proto.url and "preview=" in button.proto.url
    assert not store().studies_of(work)
    part(page, "run").button(key="study-freeze").click().run(timeout=60)
    assert len(store().studies_of(work)) == 1


def test_results_of_a_fixed_study_stay_hidden_and_its_plan_and_data_can_be_taken_away() -> None:
    work = begun()
    page = part(opened(work), "run")
    page.button(key="study-freeze").click().run(timeout=60)
    part(page, "results")
    assert any("Nobody has taken part yet" in caption.value for caption in page.caption)
    assert {button.proto.label for button in page.get("download_button")} == {"Plan", "All data"}


def test_watch_says_that_answers_stay_hidden_only_until_all_have_taken_part_and_who_was_deleted() -> None:
    work = begun()
    part(opened(work), "run").button(key="study-freeze").click().run(timeout=60)
    [record] = store().studies_of(work)
    [link] = store().links_of(record.id)
    store().set_study_state(record.id, "open", 1)

    def watched() -> str:
        return " ".join(caption.value for caption in part(opened(work), "run").caption)

    store().keep_participation([JoinRequest("some-person-0001", record.id, link.id)])
    assert "stays hidden until all have taken part" in watched()
    answer = PostedAnswer("a" * 16, "some-person-0001", record.id, "end", "d", "{}", frozenset(["end"]), end="complete")
    store().keep_participation([answer])
    assert "1 complete" in watched() and "stays hidden" not in watched()
    store().erase_participant("some-person-0001")
    told = watched()
    assert "The answers of 1 person were deleted at a request." in told and "stays hidden" not in told
    assert "1 deleted since" in told and "withdrew" not in told


def test_results_tell_who_withdrew_and_all_data_holds_what_a_link_brought() -> None:
    work = begun()
    part(opened(work), "run").button(key="study-freeze").click().run(timeout=60)
    [record] = store().studies_of(work)
    [link] = store().links_of(record.id)
    store().set_study_state(record.id, "open", 4)
    for number in range(3):
        join = JoinRequest(f"some-person-000{number}", record.id, link.id, entry={"pid": f"p{number}"})
        store().keep_participation([join])
    store().keep_participation([Withdrawal("some-person-0000")])
    store().erase_participant("some-person-0001")
    told = " ".join(text.value for text in part(opened(work), "results").markdown)
    assert "3 people began" in told and "1 person withdrew" in told and "The answers of 1 person were deleted" in told
    with zipfile.ZipFile(io.BytesIO(data_archive(record, simulated=False))) as archive:
        head, *rows = archive.read("entry.csv").decode("utf-8-sig").splitlines()
    assert head == "participant,code,pid"
    assert rows == [f"some-person-0002,{person_code('some-person-0002')},p2"]


def test_one_person_s_data_is_found_by_their_code_and_deleted() -> None:
    work = begun()
    page = part(opened(work), "run")
    page.button(key="study-freeze").click().run(timeout=60)
    [record] = store().studies_of(work)
    store().set_study_state(record.id, "open", 2)
    [link] = store().links_of(record.id)
    store().keep_participation([JoinRequest("some-person-0001", record.id, link.id, entry={"PROLIFIC_PID": "p7"})])
    answer = PostedAnswer("a" * 16, "some-person-0001", record.id, "before", "d", '{"items":{}}', frozenset(["before"]))
    store().keep_participation([answer])
    [field] = [field for field in page.text_input if field.label == "Code of one person"]
    field.set_value("nobody").run(timeout=60)
    assert any("Nobody in this study has this code" in caption.value for caption in page.caption)
    field.set_value(f" {person_code('some-person-0001').lower()}").run(timeout=60)
    assert any("1 screen answered" in caption.value and "PROLIFIC" in caption.value for caption in page.caption)
    page.button(key="study-erase-some-person-0001").click().run(timeout=60)
    assert any("That a place was given stays" in caption.value for caption in page.caption)
    assert store().answers_of("some-person-0001") == ()
    part(page, "results")
    assert any("Everybody's answers were deleted" in caption.value for caption in page.caption)


def test_a_question_of_ones_own_is_refused_whole_where_it_is_too_long_and_is_added_once_it_fits() -> None:
    work = begun()
    page = part(opened(work), "items")

    def add(text: str) -> AppTest:
        [field] = [field for field in page.text_input if field.label == "Question"]
        field.set_value(text)
        next(button for button in page.button if button.label == "Add it").click()
        return page.run(timeout=60)

    long = "Did it help? " * 30
    assert "at most 300" in add(long).error[0].value
    assert [field.value for field in page.text_input if field.label == "Question"] == [long]
    assert "is empty" in add("").error[0].value
    assert not add("Did it help?").error
    assert [own.item.text for own in kept(work).own_items] == ["Did it help?"]
