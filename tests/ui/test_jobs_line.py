"""The line on every page tells of jobs that go on in the background, pauses them, and says once that they ended."""

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from components.prompts.packs import load_packs, pack_items
from components.server.app_context import app_context
from components.server.jobs.batch_jobs import BatchJob
from tests.server.test_batch_jobs import Slow, until

PAGE = """
from components.ui.shared import jobs_line
jobs_line.show()
"""
PACK = load_packs()[0].name


@pytest.fixture
def slow(own_data_folder: object) -> Iterator[Slow]:
    model = Slow(held=True)
    yield model
    model.release()
    app_context().batches.close()
    app_context().batches.open.clear()


def begun(model: Slow) -> BatchJob:
    """Two prompts of a pack, being recorded."""
    context, items = app_context(), pack_items(PACK)[:2]
    id = context.store.keep_batch("", model.card, PACK, 1, len(items))
    record = context.store.batch(id)
    assert record is not None
    return context.batches.go_on(id, lambda: BatchJob(record, items, model, context.store))


def said(page: AppTest) -> str:
    assert not page.exception
    return " ".join(text.value for text in [*page.caption, *page.toast]).replace("\\", "")


def labels(page: AppTest) -> list[str]:
    return [block.proto.popover.label for block in page.get("popover")]


def test_nothing_is_drawn_where_nothing_goes_on(slow: Slow) -> None:
    page = AppTest.from_string(PAGE).run()
    assert not page.exception and not page.main.children


def test_a_job_is_told_of_with_how_far_it_is_and_its_end_is_told_once(slow: Slow) -> None:
    job = begun(slow)
    page = AppTest.from_string(PAGE).run()
    assert labels(page) == ["Recording 0 of 2"] and "0 of 2, working" in said(page)
    slow.release()
    assert job.wait(30)
    assert f"Recording “{PACK}” with Slow is done: 2 of 2. It is on Recordings." in said(page.run())
    assert not page.run().toast and not labels(page)


def test_it_is_paused_and_gone_on_with_from_the_line(slow: Slow) -> None:
    job = begun(slow)
    page = AppTest.from_string(PAGE).run()
    page.button[0].click().run()
    assert not job.going
    slow.release()
    until(lambda: not job.at_work)
    assert labels(page.run()) == ["Paused, 1 of 2"] and page.button[0].label == "Go on"


def test_who_comes_after_its_end_hears_nothing_of_it(slow: Slow) -> None:
    job = begun(slow)
    slow.release()
    assert job.wait(30)
    page = AppTest.from_string(PAGE).run()
    assert not page.toast and not labels(page)
