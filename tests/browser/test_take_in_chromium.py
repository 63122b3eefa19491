"""Participants take part on a phone-sized page, whatever the net, the tab and the server do meanwhile."""

import json
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from components.core.folders import PROJECT_ROOT
from tests.browser.conftest import Opened
from tests.browser.fake_take import BATTERY, FakeTake, Json, item, timeline, watched
from tests.browser.test_axe import AXE, RUN, STILL

WORDS = "A tomato is a fruit. It belongs to the **nightshade** family."
TEXT: Json = {"id": "text", "kind": "text", "title": "What you will do", "text": "Look, then say.", "button": "Begin"}
OFTEN = [{"value": "no", "label": "Never"}, {"value": "yes", "label": "Daily"}]
USE: Json = {
    "id": "use", "kind": "questions", "title": "About you",
    "items": [
        item("often", "choice", "How often?", options=OFTEN),
        item("why", "text", "Why?", required=False, lines=3, longest=2000),
    ],
}  # fmt: skip
LAST: Json = {"id": "debrief", "kind": "text", "title": "What it was about", "text": "Thanks.", "button": ""}

UNBRACKETED = """() => {
  const texts = document.createTreeWalker(document.querySelector(".take"), NodeFilter.SHOW_TEXT)
  const found = []
  while (texts.nextNode()) found.push(texts.currentNode.parentElement.innerText.trim())
  return found.filter((words) => words && !/^[\\s\\d–−+()]*$/.test(words) && !/^\\(?\\[[\\s\\S]*\\]\\)?$/.test(words))
}"""

Taking = Callable[..., FakeTake]


@pytest.fixture
def taking() -> Iterator[Taking]:
    """Makes a study with these steps."""
    made: list[FakeTake] = []

    def make(*steps: Json, **study: object) -> FakeTake:
        take = FakeTake(list(steps), **study)
        take.timelines = {"tA": timeline(WORDS), "tB": timeline(WORDS, at=0.5)}
        made.append(take)
        return take

    yield make
    for take in made:
        take.stop()


def titled(page: Page, title: str) -> None:
    """The step with this title is there, and its heading has the focus."""
    expect(page.locator("h1")).to_have_text(title)
    expect(page.locator("h1")).to_be_focused()


def go_on(page: Page) -> None:
    page.locator("button.next").click()


def pick(page: Page, words: str) -> None:
    page.locator("label.pick", has_text=words).click()


def join(page: Page, title: str = TEXT["title"]) -> None:
    titled(page, "Before you begin")
    go_on(page)
    titled(page, title)


def watch(page: Page) -> None:
    """The question is sent, and the answer watched to its end."""
    page.locator(".sending .go").click()
    expect(page.locator(".questions")).to_be_visible()


def rate(page: Page) -> None:
    pick(page, "No, I'd change it")
    page.get_by_label("What would you change?").fill("A berry.")
    page.locator(".line").click(position={"x": 60, "y": 20})
    page.locator(".points .pick").nth(4).click()
    page.get_by_role("textbox", name="About how many seconds").fill("2,5")
    go_on(page)


def done(page: Page) -> None:
    expect(page.locator("html")).to_have_attribute("data-over", "complete")


def test_a_whole_participation_is_kept_step_by_step(opened: Opened, taking: Taking) -> None:
    take = taking(TEXT, USE, watched("t1", first=item("own", "text", "What do you think?", lines=1)), LAST)
    page = opened(take.address + "?PROLIFIC_PID=p1&x=%C3%A4", 390)
    join(page)
    go_on(page)
    titled(page, "About you")
    pick(page, "Daily")
    go_on(page)
    page.get_by_role("textbox", name="What do you think?").fill("A fruit")
    go_on(page)
    watch(page)
    rate(page)
    titled(page, LAST["title"])
    go_on(page)
    done(page)
    expect(page.get_by_text("C0DE")).to_be_visible()
    answers = take.answers()
    assert list(answers) == ["text", "use", "t1", "debrief"]
    trial = answers["t1"]["data"]
    assert trial["items"]["own"] == "A fruit"
    assert trial["items"]["accept"] == "change:A berry."
    assert (trial["items"]["speed"], trial["items"]["felt_complete"]) == (5, 2.5)
    (play,) = trial["play"]
    assert play["panes"][0]["painted"]["first"] >= play["panes"][0]["scheduled"]["first"]
    assert play["recordings"] == {"A": "r" * 64}
    assert [act["act"] for act in trial["acts"]] == ["send"]
    assert trial["took"]["shown_ms"] < trial["took"]["first_ms"] < trial["took"]["answered_ms"]
    assert trial["signs"]["untrusted"] == 0
    joins = [body for name, body in take.asked if name == "join"]
    assert joins[0]["params"] == {"PROLIFIC_PID": "p1", "x": "ä"}


def test_answers_wait_for_the_net_and_come_once(opened: Opened, taking: Taking) -> None:
    take = taking(TEXT, USE, watched("t1"), LAST)
    page = opened(take.address, 390)
    join(page)
    faults = iter(["lost", "busy", "down", "portal", "lost"])
    take.fault = lambda name: next(faults, "") if name == "answers" else ""
    go_on(page)
    pick(page, "Daily")
    go_on(page)
    watch(page)
    take.fault = lambda name: "down" if name == "answers" else ""
    rate(page)
    titled(page, LAST["title"])
    expect(page.get_by_text("not sent yet")).to_be_visible()
    go_on(page)
    titled(page, "Saving your answers")
    expect(page.get_by_text("There is no connection at the moment.").first).to_be_visible()
    take.fault = lambda name: ""
    page.evaluate("dispatchEvent(new Event('online'))")
    done(page)
    assert set(take.answers()) == {"text", "use", "t1", "debrief"}


def test_a_reload_goes_on_at_the_same_step_though_nothing_was_sent(opened: Opened, taking: Taking) -> None:
    take = taking(TEXT, USE, LAST)
    page = opened(take.address, 390)
    join(page)
    take.fault = lambda name: "down" if name == "answers" else ""
    go_on(page)
    titled(page, "About you")
    page.reload()
    titled(page, "About you")
    expect(page.get_by_text("Welcome back.")).to_be_visible()
    page.goto("about:blank")
    page.go_back()
    titled(page, "About you")
    take.fault = lambda name: ""
    pick(page, "Daily")
    go_on(page)
    titled(page, LAST["title"])
    go_on(page)
    done(page)
    assert list(take.answers()) == ["text", "use", "debrief"]
    page.reload()
    expect(page.get_by_text("C0DE")).to_be_visible()


def test_the_address_alone_resumes_in_another_browser(opened: Opened, taking: Taking) -> None:
    take = taking(TEXT, USE)
    page = opened(take.address, 390)
    join(page)
    go_on(page)
    titled(page, "About you")
    titled(opened(page.url, 390), "About you")
    assert len(take.people) == 1


def test_a_second_tab_says_so_and_can_take_over(opened: Opened, taking: Taking) -> None:
    take = taking(TEXT, USE)
    page = opened(take.address, 390)
    join(page)
    other = page.context.new_page()
    other.goto(take.address)
    titled(other, "This study is open in another tab")
    other.get_by_role("button", name="Go on in this tab").click()
    titled(other, TEXT["title"])
    titled(page, "You went on in another tab")
    go_on(other)
    titled(other, "About you")


def test_who_withdraws_is_asked_first_and_leaves_nothing(opened: Opened, taking: Taking) -> None:
    take = taking(TEXT, USE)
    page = opened(take.address, 390)
    join(page)
    go_on(page)
    page.get_by_role("button", name="Stop and delete my answers").click()
    page.get_by_role("button", name="No, go on").click()
    titled_again = page.get_by_role("button", name="Stop and delete my answers")
    expect(titled_again).to_be_focused()
    titled_again.click()
    page.get_by_role("button", name="Yes, delete my answers").click()
    titled(page, "Your answers are deleted")
    assert take.answers() == {}


def test_who_withdraws_without_a_net_is_deleted_once_there_is_one(opened: Opened, taking: Taking) -> None:
    take = taking(TEXT, USE)
    page = opened(take.address, 390)
    join(page)
    take.fault = lambda name: "down"
    go_on(page)
    page.get_by_role("button", name="Stop and delete my answers").click()
    page.get_by_role("button", name="Yes, delete my answers").click()
    titled(page, "Deleting your answers")
    expect(page.get_by_text("Your answers are deleted on this device.").first).to_be_visible()
    page.route("**/take/api/begin", lambda route: route.continue_())
    take.fault = lambda name: "down" if name in ("leave", "answers") else ""
    page.reload()
    titled(page, "Deleting your answers")
    take.fault = lambda name: ""
    titled(page, "Your answers are deleted")
    assert take.answers() == {}


def test_a_question_that_is_asked_back_is_answered_before_the_answer_is_rated(opened: Opened, taking: Taking) -> None:
    take = taking(watched("t1"))
    ask = {
        "at": 0.3,
        "kind": "question",
        "text": "Which one?",
        "data": {"options": ["Botany", "Kitchen"], "other": True},
    }
    cut = {"at": 0.6, "kind": "failure", "text": "Cut.", "data": {"actions": ["retry", "continue"]}}
    broken = {**timeline("A fruit is", last=cut), "branches": {"retry": timeline("Once more, whole.")}}
    take.timelines["tA"] = {"events": [ask], "branches": {"Botany": broken}}
    page = opened(take.address, 390)
    join(page, "Question 1 of 2 · Assistant A")
    page.locator(".sending .go").click()
    expect(page.locator(".says", has_text="Please choose above")).to_be_visible()
    page.get_by_role("button", name="Kitchen").click()
    expect(page.locator(".outside", has_text="This leads no further in this study.")).to_be_visible()
    page.get_by_role("button", name="Botany").click()
    expect(page.locator(".questions")).to_be_visible()
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".answer")).to_have_text("Once more, whole.")
    rate(page)
    done(page)
    data = take.answers()["t1"]["data"]
    assert [(act["act"], act.get("text", "")) for act in data["acts"]] == [
        ("send", ""), ("choose", "Kitchen"), ("choose", "Botany"), ("retry", "Try again"),
    ]  # fmt: skip
    assert [play["attempt"] for play in data["play"]] == [0, 0, 1]
    assert data["play"][1]["choices"] == [{"question": "Which one?", "option": "Botany"}]


def test_every_word_of_the_page_comes_from_its_texts_and_fits_when_it_is_longer(opened: Opened, taking: Taking) -> None:
    texts = json.loads((PROJECT_ROOT / "assets/participate/texts/en.json").read_text())
    longer = {
        name: f"[{words} {'ñ' * (len(words) * 2 // 5)}]" for name, words in texts.items() if isinstance(words, str)
    }
    steps = [{**USE, "title": "[About]", "items": [{**BATTERY[3], "text": "[How long?]", "required": False}]}]
    take = taking(*steps, texts=longer, title="[Study]", contact="[me]")
    take.consent = {"id": "consent", "kind": "consent", "text": "[Free]"}
    take.end = {**take.end, "text": "[Thanks]", "code": "[C]"}
    page = opened(take.address, 320)
    for _ in range(2):
        page.locator("button.next").wait_for()
        assert page.evaluate(UNBRACKETED) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        go_on(page)
        page.wait_for_timeout(300)
    done(page)
    assert page.evaluate(UNBRACKETED) == []


def test_who_is_screened_out_is_told_at_once(opened: Opened, taking: Taking) -> None:
    take = taking(USE, TEXT)
    take.ended_by = "use"
    page = opened(take.address, 390)
    join(page, "About you")
    pick(page, "Never")
    go_on(page)
    titled(page, "Thank you for your interest")
    expect(page.get_by_text("OUT")).to_be_visible()


def test_what_is_missing_is_named(opened: Opened, taking: Taking) -> None:
    page = opened(taking(USE).address, 390)
    join(page, "About you")
    go_on(page)
    expect(page.locator(".summary")).to_have_text("One question is still open: “How often?”")
    expect(page.get_by_role("radio", name="Never")).to_be_focused()
    page.keyboard.press("Space")
    expect(page.locator(".summary")).to_be_hidden()


def test_it_is_taken_with_keys_alone(opened: Opened, taking: Taking) -> None:
    take = taking(watched("t1", after=[BATTERY[1], BATTERY[2]]))
    page = opened(take.address, 390)
    titled(page, "Before you begin")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    titled(page, "Question 1 of 2 · Assistant A")
    page.locator(".sending .go").wait_for()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".questions")).to_be_visible()
    page.keyboard.press("Tab")
    for key in ("ArrowRight", "Tab", "Space", "ArrowRight", "Enter"):
        page.keyboard.press(key)
    done(page)
    data = take.answers()["t1"]["data"]
    assert data["items"] == {"trust": 51, "speed": 2}
    assert data["signs"]["untrusted"] == 0


def test_a_step_that_breaks_says_what_was_saved(opened: Opened, taking: Taking) -> None:
    broken = {**USE, "items": [{"name": "x", "kind": "nothing that there is", "text": "?"}]}
    page = opened(taking(TEXT, broken).address, 390)
    join(page)
    go_on(page)
    titled(page, "Something went wrong on this page")
    expect(page.get_by_text("Your answer is saved.")).to_be_visible()
    expect(page.get_by_role("button", name="Load the page again")).to_be_visible()


def open_unfetched(opened: Opened, taking: Taking) -> tuple[Page, FakeTake]:
    """A page that says that its answer could not be fetched, and the server."""
    take = taking(watched("t1"))
    take.fault = lambda name: "down" if name.startswith("timelines") else ""
    page = opened(take.address, 390)
    join(page, "Question 1 of 2 · Assistant A")
    expect(page.locator(".waits", has_text="The answer could not be fetched.")).to_be_visible()
    return page, take


def test_an_answer_that_cannot_be_fetched_is_tried_again(opened: Opened, taking: Taking) -> None:
    page, take = open_unfetched(opened, taking)
    take.fault = lambda name: ""
    page.get_by_role("button", name="Try again").click()
    titled(page, "Question 1 of 2 · Assistant A")
    watch(page)


def test_an_answer_is_fetched_by_itself_once_the_net_is_back(opened: Opened, taking: Taking) -> None:
    page, take = open_unfetched(opened, taking)
    page.context.set_offline(True)
    take.fault = lambda name: ""
    page.context.set_offline(False)
    watch(page)


def test_a_rehearsal_takes_the_same_way_by_itself(opened: Opened, taking: Taking) -> None:
    take = taking(TEXT, USE, watched("t1"), watched("t2", panes="AB"), LAST)
    page = opened(take.address + "?rehearse=token", 390)
    done(page)
    assert list(take.answers()) == ["text", "use", "t1", "t2", "debrief"]
    assert take.answers()["t1"]["data"]["signs"]["untrusted"] > 0
    assert {item["name"] for item in BATTERY} <= set(take.answers()["t2"]["data"]["items"])


def test_a_page_around_it_hears_that_it_is_over(opened: Opened, taking: Taking) -> None:
    take = taking(TEXT)
    page = opened(take.address.replace("/take/link", "/around"), 390)
    page.evaluate("addEventListener('message', ({ data }) => (window.heard = data))")
    frame = page.frame_locator("iframe")
    frame.locator("button.next").click()
    frame.get_by_role("button", name="Begin").click()
    page.wait_for_function("window.heard")
    assert page.evaluate("window.heard") == {"parallax": "done", "code": "C0DE", "study": "s1"}


@pytest.mark.parametrize("state", ["closed", "paused", "full"])
def test_a_study_that_takes_nobody_says_so(opened: Opened, taking: Taking, state: str) -> None:
    take = taking(TEXT)
    take.state = state
    page = opened(take.address, 390)
    expect(page.locator("h1")).to_contain_text("study")
    expect(page.locator("button.next")).to_have_count(0)


def test_a_preview_of_a_task_keeps_nothing(opened: Opened, taking: Taking) -> None:
    take = taking()
    take.state = "preview"
    page = opened(take.address + "?assignmentId=ASSIGNMENT_ID_NOT_AVAILABLE", 390)
    expect(page.get_by_text("Please accept the task first")).to_be_visible()
    assert not take.people


def test_a_designers_preview_begins_at_any_step_and_sends_nothing(opened: Opened, taking: Taking) -> None:
    take = taking(TEXT, USE, LAST)
    take.state = "preview"
    page = opened(take.address + "?preview=token", 390)
    titled(page, "Before you begin")
    page.get_by_label("Screen").select_option("3. About you")
    titled(page, "About you")
    page.get_by_role("button", name="Fill in").click()
    expect(page.get_by_label("Why?")).to_have_value("Said by a simulated person.")
    expect(page.locator("h1")).to_have_text("About you")
    go_on(page)
    expect(page.get_by_label("Screen")).to_have_value("debrief")
    go_on(page)
    done(page)
    assert not take.people
    assert {name for name, _ in take.asked} == {"begin"}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_axe_finds_nothing_at_any_step(opened: Opened, taking: Taking, language: str) -> None:
    take = taking(TEXT, USE, watched("t1"), watched("t2", panes="AB"), LAST, language=language, rtl=language == "ar")
    page = opened(take.address, 390)
    page.evaluate(AXE.read_text())
    found: dict[str, list[str]] = {}

    def look(name: str) -> None:
        for width, scheme in ((320, "dark"), (1440, "light")):
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            page.wait_for_function(STILL)
            found[f"{name} {width} {scheme}"] = page.evaluate(RUN)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} {width} is too wide"

    page.locator("button.next").wait_for()
    look("consent")
    go_on(page)
    titled(page, TEXT["title"])
    go_on(page)
    look("questions")
    go_on(page)
    look("missing")
    pick(page, "Daily")
    go_on(page)
    for name in ("one", "side"):
        page.locator(".sending .go").wait_for()
        look(f"{name} to send")
        watch(page)
        look(f"{name} to rate")
        page.locator(".two .pick").first.click()
        page.locator(".line").press("ArrowRight")
        page.locator(".points input").first.check()
        page.locator(".stepper").last.click()
        go_on(page)
    page.locator(".leave").click()
    look("leave")
    page.keyboard.press("Escape")
    go_on(page)
    done(page)
    look("end")
    assert {where: what for where, what in found.items() if what} == {}
