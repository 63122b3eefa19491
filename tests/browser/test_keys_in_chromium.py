"""Compare with keys alone."""

from playwright.sync_api import Page, expect

from components.core.prototype import Prototype
from components.layers.control.granular_feedback import GranularFeedback
from components.layers.control.regenerate import Regenerate
from components.layers.delivery.streaming import Streaming
from components.layers.failure.undo_and_correct import UndoAndCorrect
from components.layers.transparency.citations import Citations
from components.layers.transparency.reasoning_trace import ReasoningTrace
from components.prompts.bundled_recordings import bundled_recordings
from components.ui.shared.samples import sample_recordings
from tests.browser.acts import AGAIN, STOP, done, pane, place
from tests.browser.conftest import Opened
from tests.browser.servers import Server

THANKS = next(one for one in bundled_recordings() if "thank-you note" in one.prompt.text)
FOCUSED = """() => {
  let inner = document.activeElement
  while (inner?.shadowRoot?.activeElement) inner = inner.shadowRoot.activeElement
  const style = getComputedStyle(inner)
  return {
    name: (inner.getAttribute("aria-label") || inner.textContent).trim(),
    shown: style.outlineStyle !== "none" || style.boxShadow !== "none" || inner === document.body,
  }
}"""


def focused(page: Page) -> str:
    """The name of what has the focus, which must be seen to have it."""
    found = page.evaluate(FOCUSED)
    assert found["shown"], found["name"]
    return str(found["name"])


def test_tab_reaches_everything_and_is_seen_everywhere(page: Page) -> None:
    names: list[str] = []
    while len(names) < 40:
        page.keyboard.press("Tab")
        names.append(focused(page))
        if names[-1].startswith("Dials of C"):
            break
    order = [
        "Skip to the panes", "Compare", "Results", "Your question", "Play", "Ask the model live",
        "As recorded · nothing broken", "Dials of A", "Dials of B", "Dials of C",
    ]  # fmt: skip
    assert [next(i for i, name in enumerate(names) if name.startswith(wanted)) for wanted in order] == sorted(
        next(i for i, name in enumerate(names) if name.startswith(wanted)) for wanted in order
    )


def test_enter_plays_and_the_button_keeps_the_focus_as_stop_and_play_again(page: Page) -> None:
    page.locator("textarea").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=STOP, exact=True)).to_be_visible()
    page.keyboard.press("Tab")
    assert focused(page) == STOP
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=AGAIN)).to_be_focused()
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name=STOP, exact=True)).to_be_focused()
    done(page)
    expect(page.get_by_role("button", name=AGAIN)).to_be_focused()


def test_asking_with_the_second_button_leaves_the_focus_on_stop(page: Page) -> None:
    page.get_by_role("button", name="Ask the model live").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=STOP, exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    done(page)


def test_enter_in_the_box_asks_and_shift_enter_is_a_new_line(page: Page) -> None:
    box = page.locator("textarea").first
    box.fill("What is the capital")
    box.press("Shift+Enter")
    page.keyboard.type("of Norway?")
    expect(box).to_have_value("What is the capital\nof Norway?")
    box.press("Enter")
    expect(pane(page, "B").locator(".answer")).not_to_be_empty(timeout=60_000)
    expect(box).to_be_focused()


def test_arrows_choose_in_a_row_and_what_breaks_can_be_cured_with_enter(page: Page) -> None:
    page.locator(".set").press("Enter")
    page.get_by_role("radio", name="Nothing").focus()
    for _ in range(2):
        page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="Cut in the middle")).to_be_focused()
    expect(pane(page, "C").get_by_role("button", name="Try again")).to_be_visible()
    pane(page, "C").get_by_role("button", name="Try again").press("Enter")
    expect(pane(page, "C")).to_be_focused()
    expect(pane(page, "C")).to_have_attribute("aria-busy", "true")
    done(page)
    expect(pane(page, "C")).to_have_attribute("aria-busy", "false")


def test_the_panel_of_dials_takes_the_focus_and_gives_it_back(page: Page) -> None:
    gear = page.get_by_role("button", name="Dials of B")
    page.keyboard.press("Tab")
    gear.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Name", exact=True)).to_be_focused()
    page.get_by_role("button", name="Done").press("Enter")
    expect(gear).to_be_focused()


def test_the_first_pane_is_two_keys_away(page: Page) -> None:
    page.keyboard.press("Tab")
    assert focused(page) == "Skip to the panes"
    page.keyboard.press("Enter")
    assert focused(page).startswith("Dials of A")


def test_each_sentence_is_announced_once_for_all_panes_and_then_what_differs(page: Page) -> None:
    said = page.locator("[aria-live=polite] p")
    page.get_by_role("button", name="Play", exact=True).click()
    expect(pane(page, "B")).to_have_attribute("aria-busy", "true")
    expect(pane(page, "B").locator(".answer")).not_to_be_empty()
    expect(said.first).to_contain_text("Think of every leaf as a tiny kitchen.")
    assert "A:" not in said.all_text_contents()[0]
    done(page)
    heard = " ".join(said.all_text_contents())
    assert heard.count("Think of every leaf as a tiny kitchen.") == 1 and heard.count("High confidence") == 1
    expect(said.filter(has_text="B: ")).to_have_count(1)
    expect(pane(page, "B")).to_have_attribute("aria-busy", "false")


def tabbed(page: Page, name: str) -> None:
    """Tab on to what has this name."""
    for _ in range(20):
        page.keyboard.press("Tab")
        if focused(page) == name:
            return
    raise AssertionError(f"Tab does not reach {name}")


def test_an_answer_is_corrected_rated_and_asked_for_again_without_losing_the_focus(
    opened: Opened, server: Server
) -> None:
    worn = (Streaming(), UndoAndCorrect(), Regenerate(), GranularFeedback())
    page = opened(server.address + place(server.store(), THANKS, Prototype("Keys", worn)))
    page.locator("textarea").first.press("Enter")
    done(page)
    page.get_by_role("button", name="Dials of A").focus()
    tabbed(page, "Correct a sentence")
    page.keyboard.press("Enter")
    page.keyboard.type("Hello! ")
    expect(pane(page, "A").locator(".answer")).to_contain_text("Hello!")
    tabbed(page, "Done")
    page.keyboard.press("Enter")
    assert focused(page) == "Undo"
    page.keyboard.press("Enter")
    assert focused(page) == "Correct a sentence"
    expect(pane(page, "A").locator(".answer")).not_to_contain_text("Hello!")
    tabbed(page, "Good")
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Good", exact=True)).to_have_attribute("aria-pressed", "true")
    tabbed(page, "Send")
    page.keyboard.press("Enter")
    assert focused(page).startswith("Thank you")
    page.get_by_role("button", name="Another answer").focus()
    page.keyboard.press("Enter")
    expect(pane(page, "A").get_by_text("2 of 2")).to_be_visible()
    done(page)
    page.get_by_role("button", name="The answer before").focus()
    page.keyboard.press("Enter")
    assert focused(page) == "The next answer"
    page.keyboard.press("Enter")
    assert focused(page) == "The answer before"


def test_a_source_and_a_folded_thought_are_opened_with_keys(opened: Opened, server: Server) -> None:
    worn = (Streaming(), Citations(), ReasoningTrace())
    page = opened(server.address + place(server.store(), sample_recordings()[1], Prototype("Keys", worn)))
    page.locator("textarea").first.press("Enter")
    done(page)
    page.get_by_role("button", name="Dials of A").focus()
    tabbed(page, "Thoughts")
    page.keyboard.press("Enter")
    expect(pane(page, "A").locator("details")).to_have_attribute("open", "")
    page.get_by_role("button", name="Source 1").focus()
    page.keyboard.press("Enter")
    assert "Britannica" in focused(page)
