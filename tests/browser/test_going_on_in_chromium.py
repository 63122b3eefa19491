"""What a person can press in a pane, while others play and afterwards."""

from playwright.sync_api import Page, expect

from components.core.prototype import Prototype
from components.layers.clarification.options import Options
from components.layers.delivery.streaming import Streaming
from components.layers.failure.cause_and_next_step import CauseAndNextStep
from components.layers.failure.keep_partial import KeepPartial
from components.prompts.bundled_recordings import bundled_recordings
from components.ui.shared.samples import sample_recordings
from tests.browser.acts import AGAIN, STOP, ask, choose, done, pane, place, seen, streams
from tests.browser.conftest import Opened
from tests.browser.servers import Server

ASKS = Prototype("Asks", (Streaming(), Options(when="always")))
STREAMS = Prototype("Streams", (Streaming(), KeepPartial()))
CAREFUL = Prototype("Careful", (Streaming(), CauseAndNextStep()))


def shown(opened: Opened, server: Server, fault: str = "") -> Page:
    page = opened(server.address + place(server.store(), sample_recordings()[0], ASKS, STREAMS, CAREFUL, fault=fault))
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    return page


def chosen(page: Page, option: str) -> None:
    pane(page, "A").get_by_role("button", name=option).click()


def test_a_choice_plays_its_branch_while_the_others_go_on(opened: Opened, server: Server) -> None:
    page = shown(opened, server)
    page.get_by_role("button", name="Play", exact=True).click()
    chosen(page, "The full picture")
    expect(pane(page, "B")).to_have_attribute("aria-busy", "true")
    done(page)
    alone, together = sorted(seen(page, 2), key=lambda told: len(told["panes"]))
    assert alone["choices"][0]["option"] == "The full picture" and [each["pane"] for each in alone["panes"]] == ["A"]
    assert together["choices"] == [] and not any(each["stopped"] for each in together["panes"])
    assert all(each["painted"]["complete"] for each in (*alone["panes"], *together["panes"]))
    expect(page.get_by_text("Saved: 3 s")).to_have_count(0)


def test_a_choice_while_the_model_answers_waits_its_turn_and_is_kept(opened: Opened, server: Server) -> None:
    page = shown(opened, server)
    ask(page, "Name three fruits.")
    chosen(page, "A short answer")
    expect(pane(page, "A")).to_contain_text("Asked as soon as the answer before it is complete.")
    expect(pane(page, "A").locator(".answer")).not_to_be_empty(timeout=60_000)
    done(page)
    together, alone = seen(page, 2)
    assert together["live"] and alone["live"] and alone["recording"] not in ("", together["recording"])
    page.get_by_role("button", name=AGAIN).click()
    chosen(page, "A short answer")
    done(page)
    assert not any(told["live"] for told in seen(page, 4)[2:])


def test_retry_and_going_on_replay_the_rest(opened: Opened, server: Server) -> None:
    page = shown(opened, server, "cut")
    page.get_by_role("button", name="Play", exact=True).click()
    pane(page, "B").get_by_role("button", name="Go on from here").click()
    pane(page, "C").get_by_role("button", name="Try again").click()
    done(page)
    [again] = [one for one in bundled_recordings() if one.prompt == sample_recordings()[0].prompt.next_attempt()]
    for key, told in (
        ("B", sample_recordings()[0]),
        ("C", again),
    ):  # trying again is another answer, as it was recorded
        expect(pane(page, key).locator(".answer")).to_contain_text(told.text.split()[-1])
        expect(pane(page, key).locator(".fail")).to_have_count(0)
    first, *others = seen(page, 3)
    assert [each["broke"] for each in first["panes"]] == [False, True, True]
    assert sorted((told["panes"][0]["pane"], bool(told["partial"])) for told in others) == [("B", True), ("C", False)]


def test_stopped_and_played_again_it_starts_anew(opened: Opened, server: Server) -> None:
    page = shown(opened, server)
    page.get_by_role("button", name="Play", exact=True).click()
    expect(pane(page, "B").locator(".answer")).not_to_be_empty()
    page.get_by_role("button", name=STOP, exact=True).click()
    expect(pane(page, "B")).to_contain_text("Stopped.")
    page.get_by_role("button", name=AGAIN).click()
    done(page)
    stopped, again = seen(page, 2)
    assert (
        stopped["panes"][1]["stopped"] and not again["panes"][1]["stopped"] and again["panes"][1]["painted"]["complete"]
    )


def test_a_fault_chosen_while_the_model_answers_is_shown_afterwards(opened: Opened, server: Server) -> None:
    page = shown(opened, server)
    ask(page, "Say something about the moon.")
    streams(page)
    choose(page, "Cut in the middle")
    expect(page.locator(".line")).to_contain_text("Your change is shown when this answer is complete.")
    expect(pane(page, "B")).to_contain_text("The answer was cut off here.", timeout=60_000)
    done(page)
    live, cut = seen(page, 2)
    assert live["comparison"] != cut["comparison"] and live["recording"] == cut["recording"]
    assert not live["panes"][1]["broke"] and cut["panes"][1]["broke"]


def test_answering_and_turning_dials_leaves_what_plays_alone(opened: Opened, server: Server) -> None:
    page = shown(opened, server)
    page.get_by_role("button", name="Play", exact=True).click()
    done(page)
    page.get_by_text("More: seconds and satisfaction with the speed").click()
    seconds = page.get_by_label("About how many seconds until the answer was complete?").last
    seconds.fill("3")
    page.get_by_role("button", name=AGAIN).click()
    expect(pane(page, "B").locator(".answer")).not_to_be_empty()
    expect(page.locator(".st-key-rating")).to_have_attribute("inert", "")  # what is asked waits for the end
    page.get_by_role("button", name="Dials of B").click()
    expect(page.get_by_role("button", name="Done")).to_be_visible()
    done(page)
    expect(page.get_by_text("Saved: 3 s")).to_be_visible()
    first, second = seen(page, 2)
    assert first["play"] != second["play"] and not any(each["stopped"] for each in second["panes"])
