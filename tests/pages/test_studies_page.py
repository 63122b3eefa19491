"""Studies: one is begun sound, built, checked, frozen and given links; a frozen one stays as it is."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from components.layers import ALL_PATTERNS
from components.server.app_context import app_context
from components.store import Store, WorkQuery
from components.store.participation import JoinRequest, PostedAnswer, Withdrawal
from components.store.study_records import StudyLink, StudyRecord
from components.store.works import STUDY
from components.study.person_code import person_code
from components.study.study import EndPage, Study
from components.ui.studies.study_links import mturk_text
from components.ui.studies.study_outcome import data_archive, plan_text
from components.ui.studies.study_plan import weakness_text

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


def run_frozen() -> tuple[str, StudyRecord, StudyLink]:
    """A study that was begun and frozen by its buttons: its work, its record, and its link for many people."""
    work = begun()
    part(opened(work), "run").button(key="study-freeze").click().run(timeout=60)
    [record] = store().studies_of(work)
    [link] = store().links_of(record.id)
    return work, record, link


def join(link: StudyLink, number: int, is_simulated: bool = False, **entry: str) -> str:
    """Somebody begins by a link; their id."""
    id = f"some-person-{number:04}"
    store().keep_participation([JoinRequest(id, link.study, link.id, entry=entry, simulated=is_simulated)])
    return id


def complete(link: StudyLink, person: str) -> None:
    """Somebody answers the last screen."""
    answer = PostedAnswer(f"id-{person}", person, link.study, "end", "d", "{}", frozenset(["end"]), end="complete")
    store().keep_participation([answer])


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


def choose(page: AppTest, what: str, value: str) -> AppTest:
    """The page with another value in one of the controls of Prototypes."""
    [control] = [control for control in page.button_group if str(control.key).endswith(f"-{what}")]
    control.set_value(value).run(timeout=60)
    return page


@pytest.mark.parametrize("sweep", ["errors", "latency"])
def test_a_sweep_is_sound_as_it_begins_and_the_planner_tells_how_exactly_its_level_will_be_found(sweep: str) -> None:
    work = begun()
    page = choose(opened(work), "sweep", sweep)
    assert not page.error and not page.warning
    part(page, "people")
    told = {metric.label: metric.value for metric in page.metric}
    assert told["With 24 people"].startswith("± ") and told["So exact or better"].endswith(" %")
    assert float(told["Minutes for each"]) > 0 and int(told["People for 80 %"]) > 0
    page.slider[0].set_value(page.slider[0].min).run(timeout=60)
    length, odds = (warning.value for warning in page.warning)
    assert "22 minutes" in length and "such studies would find the level to within" in odds
    assert not [field.label for field in page.number_input if "would not matter" in field.label]
    page.toggle[0].set_value(True).run(timeout=60)
    hoped = kept(work).hoped
    assert hoped is not None and hoped.fall == 50
    choose(part(page, "arms"), "sweep", "")
    assert kept(work).hoped is None


def test_a_sweep_without_what_tells_a_level_says_so() -> None:
    work = begun()
    page = part(choose(opened(work), "sweep", "latency"), "items")
    page.button_group[1].set_value(["likely"]).run(timeout=60)
    part(page, "people")
    assert [metric.label for metric in page.metric] == ["Minutes for each"]
    assert any("Nothing is asked that a level can be told by" in caption.value for caption in page.caption)


def test_what_is_expected_and_hoped_for_is_frozen_with_the_study_and_stands_in_its_plan() -> None:
    work = begun()
    page = part(opened(work), "people")
    page.text_area[0].set_value("Streaming is trusted more.").run(timeout=60)
    page.toggle[0].set_value(True).run(timeout=60)
    part(page, "run").button(key="study-freeze").click().run(timeout=60)
    [record] = store().studies_of(work)
    plan = plan_text(record)
    assert "Streaming is trusted more." in plan and "a difference in trust of 8 points of 100" in plan
    assert f"{record.content['planned']['power'] * 100:.0f} of 100 drawn studies of so many people show it" in plan


def test_what_was_not_said_beforehand_is_not_made_up_in_the_plan() -> None:
    plan = plan_text(run_frozen()[1])
    assert "None was said." in plan and "Why so many was not said." in plan


def test_what_one_may_regret_is_said_before_freezing_with_a_way_to_mend_it() -> None:
    page = part(opened(begun()), "run")
    told = [warning.value for warning in page.warning]
    assert any("whom they can ask" in text for text in told) and not page.button(key="study-freeze").disabled
    page.button(key="study-regret-go-0").click().run(timeout=60)
    [field] = [field for field in page.text_input if field.label == "Whom to ask"]
    field.set_value("Ada, ada@example.org").run(timeout=60)
    part(page, "run")
    assert len(page.warning) == len(told) - 1


def test_a_preview_shows_the_prototype_that_is_chosen_where_each_person_sees_one() -> None:
    page = part(choose(opened(begun()), "design", "between"), "preview")
    [choice] = [box for box in page.selectbox if "in this preview" in box.label]
    assert "arm=arm1" in page.get("link_button")[0].proto.url
    choice.set_value(choice.options[1]).run(timeout=60)
    assert "arm=arm2" in page.get("link_button")[0].proto.url


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
    said = weakness_text(power, 24, "find it", wanted, "ask for less")
    assert told in said and ("Take over 1,200 people" if wanted is None else f"Take {wanted} people") in said
    assert "or ask for less" in said
    assert weakness_text(0.8, 24, "find it", 24, "") == weakness_text(0.79, 24, "find it", 24, "") == ""


def test_a_question_is_taken_out_and_in_again() -> None:
    work = begun()
    page = part(opened(work), "tasks")
    before = kept(work).tasks
    for _ in range(4):
        next(box for box in page.checkbox if box.value).uncheck().run(timeout=60)
    assert len(kept(work).tasks) == len(before) - 4
    assert any("choose 1 more" in warning.value for warning in page.warning)


def test_a_frozen_study_has_a_link_and_cannot_be_changed_only_copied() -> None:
    work, record, link = run_frozen()
    page = part(opened(work), "run")
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
    page = part(opened(run_frozen()[0]), "results")
    assert any("Nobody has taken part yet" in caption.value for caption in page.caption)
    assert {button.proto.label for button in page.get("download_button")} == {"Plan", "All data"}


def test_watch_says_that_answers_stay_hidden_only_until_all_have_taken_part_and_who_was_deleted() -> None:
    work, record, link = run_frozen()
    store().set_study_state(record.id, "open", 1)

    def watched() -> str:
        return " ".join(caption.value for caption in part(opened(work), "run").caption)

    person = join(link, 1)
    store().erase_participant(join(link, 2, is_simulated=True))
    assert "stays hidden until all have taken part" in watched() and "deleted" not in watched()
    complete(link, person)
    assert "1 complete" in watched() and "stays hidden" not in watched()
    store().erase_participant(person)
    told = watched()
    assert "The answers of 1 person were deleted at a request." in told and "stays hidden" not in told
    assert "1 deleted since" in told and "withdrew" not in told


def test_results_tell_who_withdrew_and_all_data_holds_what_a_link_brought() -> None:
    work, record, link = run_frozen()
    store().set_study_state(record.id, "open", 4)
    people = [join(link, number, pid=f"p{number}") for number in range(3)]
    store().keep_participation([Withdrawal(people[0])])
    store().erase_participant(people[1])
    told = " ".join(text.value for text in part(opened(work), "results").markdown).replace("\u00a0", " ")
    assert "3 people began" in told and "1 person withdrew" in told and "The answers of 1 person were deleted" in told
    with zipfile.ZipFile(io.BytesIO(data_archive(record, simulated=False))) as archive:
        head, *rows = archive.read("entry.csv").decode("utf-8-sig").splitlines()
    assert head == "participant,code,pid"
    assert rows == [f"{people[2]},{person_code(people[2])},p2"]


def test_a_recruiter_s_people_are_told_how_they_show_that_they_are_done() -> None:
    work = begun()
    coded = replace(kept(work), ends={"complete": EndPage(code="C17")})
    assert "“C17” and pastes it into the HIT" in mturk_text(coded) and "has none" in mturk_text(kept(work))
    part(opened(work), "run").button(key="study-freeze").click().run(timeout=60)
    page = part(opened(work), "run")
    assert any("People paste a code into the HIT" in caption.value for caption in page.caption)


def test_the_first_people_s_pilot_does_not_count_as_leaving_who_was_deleted_after_completing() -> None:
    work, record, link = run_frozen()
    store().set_study_state(record.id, "open", 24)
    for number in range(6):
        complete(link, join(link, number))
    store().erase_participant("some-person-0000")
    told = " ".join(text.value for text in part(opened(work), "run").markdown)
    assert "Of the 6 who are through nobody has left" in told


def test_one_person_s_data_is_found_by_their_code_and_deleted() -> None:
    work, record, link = run_frozen()
    page = part(opened(work), "run")
    store().set_study_state(record.id, "open", 2)
    person = join(link, 1, PROLIFIC_PID="p7")
    answer = PostedAnswer("a" * 16, person, record.id, "before", "d", '{"items":{}}', frozenset(["before"]))
    store().keep_participation([answer])
    [field] = [field for field in page.text_input if field.label == "Code of one person"]
    field.set_value("nobody").run(timeout=60)
    assert any("Nobody in this study has this code" in caption.value for caption in page.caption)
    field.set_value(f" {person_code(person).lower()}").run(timeout=60)
    assert any("1 screen answered" in caption.value and "PROLIFIC" in caption.value for caption in page.caption)
    page.button(key=f"study-erase-{person}").click().run(timeout=60)
    assert any("That a place was given stays" in caption.value for caption in page.caption)
    assert store().answers_of(person) == ()
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
