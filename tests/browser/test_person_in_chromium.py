"""A colleague is the model: a question comes to their page, a draft goes into the box, and what they send is kept."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from playwright.sync_api import expect

from components.core.prompt import Prompt
from components.models.source import Settings, Source
from components.store import Store
from tests.browser.conftest import Opened
from tests.browser.servers import Server
from tests.browser.test_axe import AXE, faults

DESK = "desk-of-the-browser"


@contextmanager
def waiting(store: Store, question: str) -> Iterator[None]:
    """Somebody waits for the answer: a question that nobody looks after is closed."""
    over = Event()

    def look() -> None:
        while not over.wait(1):
            store.view_question(question, 0)

    looking = Thread(target=look)
    looking.start()
    yield
    over.set()
    looking.join()


def test_a_draft_is_put_into_the_box_and_sent_with_what_is_typed(opened: Opened, server: Server) -> None:
    store = Store.open(server.folder)
    store.keep_model(Source("person", DESK), Settings(), "Ada")
    page = opened(f"{server.address}/person?desk={DESK}")
    expect(page.get_by_text("Nothing is asked at the moment")).to_be_visible()
    question = store.ask_desk(DESK, Prompt.from_typed("What is so?"))
    store.keep_draft(question, "It is so. It was.")
    with waiting(store, question):
        page.get_by_role("button", name="Put it into a box").click()
        expect(page.get_by_label("Draft, to be corrected")).to_have_value("It is so. It was.")
        page.evaluate(AXE.read_text())
        assert not faults(page)
        page.get_by_role("button", name="Send its next sentence").click()
        expect(page.get_by_label("Draft, to be corrected")).to_have_value(" It was.")
        page.get_by_placeholder("Your next words").fill("And that was all.")
        page.keyboard.press("Enter")
        expect(page.get_by_text("It is so. And that was all.")).to_be_visible()
        assert [line.text for line in store.open_questions(DESK)[0].lines] == ["It is so.", "And that was all."]
    store.close()
