"""What comes from outside is seen on Compare: an endpoint whose model thinks, and a file that was taken away."""

from dataclasses import replace

from playwright.sync_api import Page, Position, expect

from components.core.prompt import Prompt
from components.core.prototype import Prototype
from components.core.recording import Recording
from components.layers.delivery.streaming import Streaming
from components.layers.transparency.reasoning_trace import ReasoningTrace
from components.report.recordings_export import recordings_jsonl
from components.ui.shared.samples import sample_recordings
from tests.browser.acts import ask, done, pane, place, seen
from tests.browser.conftest import Opened
from tests.browser.servers import Server
from tests.faults.server import wrong

FOLDED = Prototype("Folded", (Streaming(), ReasoningTrace()))
FIRST_ROW = Position(x=15, y=52)  # pixels from the corner of the list to the box that chooses its first row
WHOLE = Prototype("Whole", (Streaming(), ReasoningTrace(show="full")))


def test_a_model_that_thinks_is_wired_tested_and_its_thoughts_are_seen_live_and_folded_after(
    opened: Opened, server: Server
) -> None:
    with wrong() as endpoint:
        page = opened(f"{server.address}/models")
        page.locator(".st-key-wire-where input").fill(endpoint.url("thoughtful"))
        page.locator(".st-key-wire-where input").press("Tab")
        page.locator(".st-key-wire-model input").click()
        page.get_by_role("option", name="m", exact=True).click()
        page.get_by_role("button", name="Test and add").click()
        expect(page.locator(".st-key-wire-where input")).to_have_value("")  # kept, and the form is empty again
        page.goto(server.address + place(server.store(), sample_recordings()[0], FOLDED, WHOLE))
        expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
        ask(page, "Is it so, after all?")
        for key, seen in (("A", ["It seems so."]), ("B", ["Is it so?", "It seems so."])):
            expect(pane(page, key).locator(".thought li")).to_have_text(seen)
        done(page)
        for key in "AB":
            expect(pane(page, key).locator(".answer")).to_have_text("It is so.")
            expect(pane(page, key).locator("summary")).to_have_text("Thought for 1 s")
        expect(pane(page, "A").get_by_text("So I say it.")).to_be_hidden()
        expect(pane(page, "B").get_by_text("So I say it.")).to_be_visible()


def named(question: str) -> Recording:
    """A recorded answer to a question of its own."""
    return replace(sample_recordings()[0], prompt=Prompt.from_typed(question))


def pick(page: Page, words: str) -> None:
    """Find the one recording with these words, and choose it in the list."""
    page.get_by_placeholder("Words of the question or the answer").fill(words)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Open in Compare")).to_have_count(0)  # what was chosen before has gone
    expect(page.get_by_text("1 to 1 of 1 recordings")).to_be_visible()
    page.locator("[data-testid=stDataFrame] canvas").first.click(position=FIRST_ROW, force=True)


def test_a_recording_is_taken_away_as_a_file_and_such_a_file_is_brought_in_and_plays_on_compare(
    opened: Opened, server: Server
) -> None:
    kept, other = named("Where do lanterns float away to?"), named("Where does the kite come down again?")
    server.store().keep_recording(kept)
    page = opened(f"{server.address}/recordings")
    pick(page, "lanterns")
    with page.expect_download() as taken:
        page.get_by_role("button", name="JSON lines").click()
    assert taken.value.path().read_bytes() == recordings_jsonl([kept])
    page.get_by_text("Bring conversations in").click()
    file = {"name": "recordings.jsonl", "mimeType": "application/jsonl", "buffer": recordings_jsonl([other])}
    page.locator("input[type=file]").first.set_input_files(file)  # type: ignore[arg-type]
    page.get_by_role("button", name="Keep the recording").click()
    pick(page, "kite")
    page.get_by_role("button", name="Open in Compare").click()
    expect(page.locator("[data-pane=B] .user").first).to_have_text(other.prompt.text)
    page.get_by_role("button", name="Play", exact=True).click()
    done(page)
    expect(pane(page, "B").locator(".answer")).to_contain_text(other.text.split()[-1])
    assert seen(page, 1)[0]["recording"] == other.id
