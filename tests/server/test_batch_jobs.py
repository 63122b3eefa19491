"""Recording a pack: every prompt once, people first, and nothing lost by a pause, a failure or a restart."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import Any

import pytest

from components.core.card import Card
from components.core.event import Event
from components.core.explained import Explained
from components.core.prompt import Prompt
from components.layers.failure.fault_words import FAULT_WORDS
from components.models.generation import Generation, GenerationState
from components.models.model import Model
from components.models.source import Settings, Source
from components.models.written.scripted_model import scripted_events
from components.server.app_context import AppContext, app_context
from components.server.jobs.batch_jobs import MAX_FAILURES_IN_A_ROW, BatchJob, BatchJobs
from components.server.jobs.job_runner import TICK_S
from components.store import Store
from tests.faults.server import wrong
from tests.must_have import must_have

ITEMS = [(name, Prompt.from_typed(f"Say {name}.")) for name in ("one", "two", "three", "four")]
STORY = Prompt.from_typed("Tell me a long story about the sea.")


class Slow:
    """A scripted model that answers when it is told to: `held` answers none, `told` maps a prompt's text to events."""

    def __init__(self, held: bool = False, **told: tuple[Event, ...]) -> None:
        self.card = Card("Slow", "scripted", settings={"temperature": 0.5})
        self.held, self.told = held, told
        self.asked: list[tuple[str, int]] = []
        self.all: list[Generation] = []
        self.lock = Lock()

    def check(self) -> None: ...

    def close(self) -> None: ...

    @property
    def making(self) -> tuple[Generation, ...]:
        with self.lock:
            return tuple(made for made in self.all if not made.done)

    def ask(self, prompt: Prompt) -> Generation:
        made = Generation(prompt, self.stop)
        with self.lock:
            self.asked.append((prompt.text, prompt.attempt))
            self.all.append(made)
        made.begin(time.monotonic())
        if not self.held:
            self.finish(made)
        return made

    def stop(self, made: Generation) -> None:
        """End it; whoever waited still says so for a while, as with a busy process."""
        made.add(Event(made.elapsed, "end", data={"reason": "stopped"}))

    def finish(self, made: Generation) -> None:
        for event in self.told.get(
            made.prompt.text.split()[-1].strip("."), scripted_events(f"This is {made.prompt.text}")
        ):
            made.add(event)

    def release(self) -> None:
        self.held = False
        for made in self.making:
            self.finish(made)


def until(fact: Callable[[], object]) -> None:
    end = time.monotonic() + 60
    while not fact():
        assert time.monotonic() < end
        time.sleep(0.005)


def error(fault: str, **data: str) -> tuple[Event, ...]:
    return (Event(0.1, "token", "It "), Event(0.2, "error", "Some Error: 0x1f", {"fault": fault, **data}))


@pytest.fixture
def store() -> Iterator[Store]:
    opened = Store.open()
    yield opened
    opened.close()


def batches(store: Store, *models: Model) -> BatchJobs:
    return BatchJobs(lambda id: models[int(id or 0)], lambda: store)


def begun(store: Store, model: Any, **more: Any) -> tuple[BatchJobs, BatchJob]:
    several = batches(store, model)
    return several, several.begin("0", "Numbers", ITEMS, **more)


def test_every_prompt_is_recorded_as_often_as_wanted(store: Store) -> None:
    _, batch = begun(store, model := Slow(), attempts=2)
    assert batch.wait(20)
    assert sorted(model.asked) == sorted((prompt.text, n) for _, prompt in ITEMS for n in (0, 1))
    assert [n for _, n in model.asked] == [0, 0, 0, 0, 1, 1, 1, 1]
    rows = store.search().rows
    assert len(rows) == 8 and {row.answer for row in rows} == {f"This is {prompt.text}" for _, prompt in ITEMS}
    result = store.results(batch.record.id)[5]
    recording = must_have(store.recording(result.recording))
    assert (result.item, result.attempt) == ("two", 1) and recording.prompt.attempt == 1
    assert recording.card == model.card
    progress = batch.progress
    assert (progress.state, progress.done, progress.failed, progress.total, progress.running) == ("done", 8, 0, 8, 0)
    assert progress.problem is None and must_have(store.batch(batch.record.id)).remaining == 0


def test_failures_are_said_in_plain_words_and_retried_alone(store: Store) -> None:
    model = Slow(
        two=error("cut"), three=error("odd", what="The server is on fire."), four=scripted_events("", ends="stop")
    )
    several, batch = begun(store, model)
    assert batch.wait(20)
    assert {each.item: each.trouble for each in batch.failures} == {
        "two": FAULT_WORDS["cut"].plain, "three": "The server is on fire.", "four": FAULT_WORDS["empty"].plain,
    }  # fmt: skip
    assert (batch.progress.state, batch.progress.done, batch.progress.failed) == ("done", 1, 3)
    partial = must_have(store.recording(next(each.recording for each in batch.failures if each.item == "two")))
    assert partial.text == "It " and partial.broke
    del model.told["two"], model.told["four"]
    model.asked.clear()
    batch = several.resume(batch.record.id, ITEMS, retry=True)
    assert batch.wait(20)
    assert [text for text, _ in model.asked] == ["Say two.", "Say three.", "Say four."]
    assert [each.item for each in batch.failures] == ["three"]
    assert (batch.progress.done, batch.progress.failed, must_have(store.batch(batch.record.id)).done) == (3, 1, 3)


def test_a_retry_leaves_what_was_never_tried_for_later(store: Store) -> None:
    several, batch = begun(store, model := Slow(held=True, one=error("cut")))
    until(lambda: model.making)
    batch.pause()
    model.release()
    assert batch.wait(20)
    several.resume(batch.record.id, ITEMS, retry=True).wait(20)
    assert [text for text, _ in model.asked] == ["Say one."] * 2
    assert must_have(several.find(batch.record.id)).progress.state == "paused"


def test_a_pause_finishes_what_was_begun_and_asks_nothing_new(store: Store) -> None:
    several, batch = begun(store, model := Slow(held=True), at_once=2)
    until(lambda: len(model.making) == 2)
    batch.pause()
    assert batch.at_work and (batch.progress.state, batch.progress.running) == ("paused", 2)
    model.release()
    assert batch.wait(20)
    assert (batch.progress.state, batch.progress.done, len(model.asked)) == ("paused", 2, 2)
    batch = several.resume(batch.record.id, ITEMS)
    assert batch.wait(20)
    assert batch.progress.done == 4 and len(model.asked) == 4


def test_after_a_restart_what_is_done_is_not_done_again(store: Store) -> None:
    several, batch = begun(store, model := Slow(held=True))
    until(lambda: model.making)
    model.finish(model.making[0])
    until(lambda: batch.progress.done == 1 and model.making)
    several.close()
    assert not batch.at_work and not model.making
    again = Slow()
    batch = batches(store, again).resume(store.batches()[0].id, ITEMS)
    assert batch.progress.total == 4
    assert batch.wait(20)
    assert [text for text, _ in again.asked] == ["Say two.", "Say three.", "Say four."]
    assert batch.progress.done == 4 and store.search().total == 4


def test_several_at_once_are_said_on_the_card(store: Store) -> None:
    several, batch = begun(store, model := Slow(held=True), at_once=3)
    until(lambda: len(model.making) == 3)
    model.release()
    assert batch.wait(20)
    card = must_have(store.recording(store.search().rows[0].id)).card
    assert card.settings == {"temperature": 0.5, "at_once": 3} and card.name == "Slow"
    assert several.resume(batch.record.id, ITEMS).wait(20)


def test_nothing_is_asked_while_somebody_else_is_asking(store: Store) -> None:
    model = Slow(held=True)
    person = model.ask(STORY)
    _, batch = begun(store, model)
    until(lambda: batch.progress.state == "waiting")
    assert model.asked == [(STORY.text, 0)]
    model.held = False
    model.finish(person)
    assert batch.wait(20) and batch.progress.done == 4


def test_an_answer_makes_room_for_a_person_who_waits_and_is_asked_again(store: Store) -> None:
    _, batch = begun(store, model := Slow(held=True), at_once=2)
    until(lambda: len(model.making) == 2)
    person = model.ask(STORY)
    person.set_state(GenerationState("queued", queue_position=1))
    until(lambda: batch.progress.running == 1 and batch.progress.state == "waiting")
    time.sleep(3 * TICK_S)
    assert [made.prompt for made in model.making] == [ITEMS[0][1], STORY]
    model.release()
    assert batch.wait(20) and batch.progress.done == 4
    assert sorted(text for text, _ in model.asked) == sorted([STORY.text, "Say two.", *(p.text for _, p in ITEMS)])


def test_one_batch_at_a_time_for_each_model(store: Store) -> None:
    several = batches(store, one := Slow(held=True), other := Slow(held=True))
    first = several.begin("0", "Numbers", ITEMS)
    with pytest.raises(Explained, match="Another prompt pack"):
        several.begin("0", "Numbers", ITEMS)
    second = several.begin("1", "Numbers", ITEMS)
    assert len(store.batches()) == 2
    until(lambda: one.making and other.making)
    several.close()
    assert not first.at_work and not second.at_work


def test_a_batch_goes_on_with_the_same_model_only(store: Store) -> None:
    _, batch = begun(store, Slow())
    assert batch.wait(20)
    other = Slow()
    other.card = Card("Slow", "scripted", settings={"temperature": 0.6})
    with pytest.raises(Explained, match="another model") as problem:
        batches(store, other).resume(batch.record.id, ITEMS)
    assert problem.value.do and other.asked == []
    with pytest.raises(Explained, match="not known"):
        batches(store, other).resume("unknown", ITEMS)


def test_a_model_that_is_not_there_is_not_asked_on_and_on(store: Store) -> None:
    items = [(str(n), Prompt.from_typed(f"Say {n} too.")) for n in range(20)]
    model = Slow(too=error("refused"))
    batch = batches(store, model).begin("0", "Many", items)
    assert batch.wait(20)
    assert len(model.asked) == MAX_FAILURES_IN_A_ROW and batch.progress.state == "paused"
    assert (
        FAULT_WORDS["refused"].plain in must_have(batch.progress.problem).what and must_have(batch.progress.problem).do
    )


def test_a_full_disk_pauses_the_batch_and_says_so(store: Store) -> None:
    _, batch = begun(store, model := Slow(held=True))
    until(lambda: model.making)
    with store.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1")
        connection.commit()
    model.told["one"] = scripted_events("x" * 300_000)
    model.release()
    assert batch.wait(20)
    assert "is full" in must_have(batch.progress.problem).what and (batch.progress.state, batch.progress.done) == (
        "paused",
        0,
    )


def test_pressing_pause_and_resume_wildly_records_every_prompt_once(store: Store) -> None:
    items = [(str(n), Prompt.from_typed(f"Say {n}.")) for n in range(60)]
    several = batches(store, model := Slow())
    batch = several.begin("0", "Many", items)

    def presses(seed: int) -> None:
        for _ in range(30):
            several.resume(batch.record.id, items, at_once=seed + 1)
            must_have(several.find(batch.record.id)).pause()
            assert 0 <= must_have(several.find(batch.record.id)).progress.done <= 60

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(presses, range(4)))
    last = several.resume(batch.record.id, items)
    assert last.wait(60) and last.progress.done == 60
    assert len(store.results(batch.record.id)) == 60 and must_have(store.batch(batch.record.id)).done == 60
    assert sorted(model.asked) == sorted((prompt.text, 0) for _, prompt in items)


@pytest.fixture
def place(own_data_folder: object) -> Iterator[AppContext]:
    app_context.cache_clear()
    yield app_context()
    app_context().close()
    app_context.cache_clear()


def test_an_endpoint_that_refuses_is_noted_answer_by_answer(place: AppContext) -> None:
    with wrong() as server:
        id = place.store.keep_model(Source("endpoint", server.url("429"), "m"), Settings(), "Hosted")
        batch = place.batches.begin(id, "Numbers", ITEMS)
        assert batch.wait(30)
    assert [each.trouble for each in batch.failures] == [FAULT_WORDS["rate"].plain] * 4
    assert place.store.search().total == 0 and place.store.batches()[0].failed == 4


def test_a_person_begins_at_once_though_a_batch_fills_the_bundled_model(place: AppContext) -> None:
    id = place.store.keep_model(Source(), Settings(max_tokens=60), "Brief")
    model = place.acquire(id)
    items = [(str(n), Prompt.from_typed(f"Tell me story number {n} about the sea.")) for n in range(40)]
    batch = place.batches.begin(id, "Stories", items, at_once=8)
    until(lambda: sum(made.began is not None for made in model.making) == 8)
    person = model.ask(Prompt.from_typed("What is the capital of Italy?"))
    until(lambda: person.began is not None)
    until(lambda: batch.progress.running <= 7)
    assert batch.progress.state == "waiting"
    assert person.wait(60) and person.events[-1].data["reason"] != "stopped"
    until(lambda: batch.progress.done > 0)
    place.close()
    assert not batch.at_work and model.making == ()
    assert place.store.search().total == batch.progress.done < 40
