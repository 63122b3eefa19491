"""A frozen study is taken on the page of the real server, which is started again in the middle, and rehearsed."""

import json
import time
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from components.layers import ALL_PATTERNS
from components.report.study.study_export import study_files
from components.server.app_context import app_context
from components.stats.study_findings import StudyResults, study_results
from components.store.study_people_frame import study_frames
from components.study.frozen_study import FrozenStudy
from components.study.person_answers import gather_people
from tests.browser.conftest import Opened
from tests.browser.line import Line
from tests.must_have import must_have
from tests.server.made_study import open_made
from tests.server.taking import served_door

MOST_STEPS = 40
BUDGET_BYTES = 300_000
SENT_BYTES = """() => performance.getEntriesByType('resource').concat(performance.getEntriesByType('navigation'))
  .reduce((sum, entry) => sum + entry.transferSize, 0)"""


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with a database of its own."""
    file = tmp_path_factory.mktemp("study") / "parallax.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PARALLAX_DATABASE_URL", f"sqlite:///{file}")
        patch.setenv("PARALLAX_SECRET", "s" * 32)
        app_context.cache_clear()
        with served_door() as address:
            yield address
        app_context().close()
        app_context.cache_clear()


def give(page: Page, name: str, right: Mapping[str, Any]) -> None:
    """Answer the item of this name: rightly, where only one answer is right."""
    field = page.locator(f'.item[data-name="{name}"]')
    if name in right:
        field.locator(f'input[value="{right[name]}"]').check()
    elif field.locator("input[type=range]").count():
        field.locator("input[type=range]").press("ArrowRight")
    elif field.locator("input[type=radio]").count():
        field.locator("input[type=radio]").first.check()
    else:
        field.locator("textarea, input[type=text]").first.fill("3")


def await_step(page: Page) -> None:
    """Return once the next step, or the end, is on the page."""
    page.locator("html[data-over], .questions, .sending").first.wait_for()


def take_step(page: Page, right: Mapping[str, Any]) -> str:
    """One step, whatever it is; its title, "" once it is over."""
    await_step(page)
    if page.locator("html[data-over]").count():
        return ""
    title = page.locator("h1").inner_text()
    if page.locator(".sending .go").is_visible():
        page.locator(".sending .go").click()
    form = page.locator(".questions:not([inert])")
    form.wait_for()
    for item in form.locator(".item").all():
        give(page, item.get_attribute("data-name") or "", right)
    form.evaluate("form => (form.dataset.taken = 'yes')")
    form.locator("button.next").click()
    expect(page.locator("[data-taken]")).to_have_count(0)
    return title


def walk(page: Page, right: Mapping[str, Any], steps: int = MOST_STEPS) -> list[str]:
    """The titles of the steps that were taken."""
    taken: list[str] = []
    while len(taken) < steps and (title := take_step(page, right)):
        taken.append(title)
    return taken


def restart() -> None:
    """The server knows nothing any more but what is on the disk."""
    app_context().close()
    app_context.cache_clear()


@pytest.fixture
def line(door: str) -> Iterator[Line]:
    """A line to the server that can go dead."""
    made = Line(int(door.rpartition(":")[2]))
    yield made
    made.close()


def test_a_study_is_taken_over_two_cuts_a_reload_and_a_restart_and_its_data_is_whole(
    opened: Opened, door: str, line: Line
) -> None:
    link = open_made()
    page = opened(f"{line.address}{link.path}?pid=p7&lang=ä", 390)
    walk(page, link.right, 3)
    await_step(page)
    page.context.set_offline(True)
    walk(page, link.right, 1)
    page.context.set_offline(False)
    restart()
    page.reload()
    walk(page, link.right, 1)
    line.die()
    walk(page, link.right, 1)
    line.come_back()
    walk(page, link.right)
    expect(page.locator("html")).to_have_attribute("data-over", "complete")
    expect(page.get_by_text("DONE1").first).to_be_visible()
    away = page.get_by_role("link", name="Finish and go back").get_attribute("href")
    assert away == "https://example.com/back?pid=p7&cc=DONE1&lang=%C3%A4"
    (person,) = app_context().store.participants(link.study)
    assert (person.end, person.simulated) == ("complete", False)
    answers = {answer.step: answer for answer in app_context().store.answers_of(person.id)}
    steps = app_context().taking.studies.step_ids(link.study, person.slot)
    assert set(answers) == set(steps)
    results, lines = told_data(link.study)
    assert results.everybody is not None and results.everybody.people == 1
    assert {told["step"] for told in lines} == set(steps) and len(lines) == len(steps)


LIVE_PLACES = """() => {
  const inside = (one) => (one.shadowRoot ? all(one.shadowRoot) : [])
  const all = (root) => [...root.querySelectorAll("*")].flatMap((one) => [one, ...inside(one)])
  const speaks = (one) => ["status", "alert"].includes(one.role) || !["off", null].includes(one.ariaLive)
  return all(document).filter((one) => speaks(one) && !one.hidden).map((one) => one.className)
}"""  # fmt: skip


def test_one_place_of_a_participant_s_page_is_read_aloud_by_itself(opened: Opened, door: str) -> None:
    link = open_made(language="de", asks_why=True, battery=("first", "accept", "trust"))
    page = opened(f"{door}{link.path}", 390)
    places = []
    for _ in range(MOST_STEPS):
        await_step(page)
        places.append(page.evaluate(LIVE_PLACES))
        if page.locator(".sending .go").is_visible():
            page.locator(".sending .go").click()
            places.append(page.evaluate(LIVE_PLACES))
            page.locator(".questions:not([inert])").wait_for()
            places.append(page.evaluate(LIVE_PLACES))
            page.locator("textarea").last.fill("ä" * 2500)  # more than is kept, which is said aloud
            expect(page.locator(".unseen[aria-live]")).to_contain_text("2000")
            break
        take_step(page, link.right)
    assert places and all(found == ["unseen"] for found in places)


def told_data(study: str) -> tuple[StudyResults, list[Mapping[str, Any]]]:
    """What Results makes of a study of one person, and the raw answers of its export."""
    store = app_context().store
    frozen = FrozenStudy.from_content(must_have(store.study(study)).content, ALL_PATTERNS)
    people = gather_people(store.participants(study), store.study_answers(study))
    frames = study_frames(frozen, people)
    files = study_files(frozen, frames, people)
    return study_results(frozen.study, frames, 1), [json.loads(one) for one in files["answers.jsonl"].splitlines()]


def test_what_comes_before_the_first_trial_stays_under_its_budget(opened: Opened, door: str) -> None:
    page = opened(f"{door}{open_made().path}", 390)
    while not page.locator(".sending").count():
        take_step(page, {"own.adult": "yes"})
        page.locator("html[data-over], .questions, .sending").first.wait_for()
    sent = page.evaluate(SENT_BYTES)
    assert 60_000 < sent < BUDGET_BYTES, sent


def test_a_rehearsal_is_kept_as_a_simulated_person(opened: Opened, door: str) -> None:
    link = open_made()
    token = app_context().taking.rehearsal_token(link.study, time.time() + 600)
    page = opened(f"{door}{link.path}?rehearse={token}", 390)
    expect(page.get_by_text("Rehearsal: a simulated person takes part.")).to_be_visible()
    expect(page.locator("html[data-over]")).to_have_count(1)
    assert app_context().store.participants(link.study) == ()
    (person,) = app_context().store.participants(link.study, simulated=True)
    assert person.simulated
    assert person.end in ("complete", "screened", "failed")
