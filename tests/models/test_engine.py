"""The engine, turn by turn, on the bundled model's real weights."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
import pytest

from components.core.event import Event
from components.core.prompt import Message, Prompt
from components.models.bundled import prepare_bundled
from components.models.bundled.chatml import ChatML
from components.models.bundled.smollm import SmolLM
from components.models.local.token_draft import LikelyTokens, prompt_seed
from components.models.local.token_engine import Engine
from components.models.source import Settings, Source

TOPICS = ("the sea", "a fox", "Paris", "bread", "the moon", "two brothers", "a lost key", "winter", "a clock")
STORIES = [Prompt.from_typed(f"Tell me a story about {topic}.") for topic in TOPICS]


@pytest.fixture
def engine() -> Engine:
    return Engine(
        SmolLM(prepare_bundled.bundled_folder(), Source().max_parallel),
        ChatML(prepare_bundled.bundled_folder()),
        Settings(max_tokens=16),
    )


def answers(engine: Engine, prompts: Iterable[Prompt]) -> list[list[Event]]:
    """The answers to some prompts that are asked at the same moment."""
    heard: list[list[Event]] = []
    for number, prompt in enumerate(prompts):
        heard.append([event for _, event in engine.begin(number, prompt, 0.0)])
    while not engine.idle:
        for number, event in engine.advance():
            heard[number].append(event)
    return heard


def said(events: Iterable[Event]) -> list[tuple[str, object]]:
    """Every token with its logprob and alternatives: all but the time."""
    return [(event.text, event.data) for event in events]


def test_an_answer_is_the_same_alone_and_among_eight(engine: Engine) -> None:
    alone = [said(*answers(engine, [prompt])) for prompt in STORIES[:8]]
    together = [said(events) for events in answers(engine, STORIES[:8])]
    assert together == alone


def test_those_who_join_later_change_nothing_for_those_who_speak(engine: Engine) -> None:
    alone = said(*answers(engine, STORIES[:1]))
    heard = [event for _, event in engine.begin(0, STORIES[0], 0.0)]
    for number in range(1, 8):
        for _ in range(3):
            heard += [event for n, event in engine.advance() if n == 0]
        list(engine.begin(number, STORIES[number], 0.0))
    while not engine.idle:
        heard += [event for n, event in engine.advance() if n == 0]
    assert said(heard) == alone


def test_a_beginning_that_was_read_is_not_read_again(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    fresh = said(*answers(engine, STORIES[:1]))
    known = engine.rows[0].read_ids
    read, counts = engine.net.read, list[int]()

    def counted(row: int, ids: Sequence[int], start: int) -> LikelyTokens:
        counts.append(len(ids))
        return read(row, ids, start)

    monkeypatch.setattr(engine.net, "read", counted)
    again = said(*answers(engine, STORIES[:1]))
    assert counts == [2] and engine.rows[0].read_ids == known
    assert again == fresh


def test_a_conversation_goes_on_from_what_was_read(engine: Engine) -> None:
    first = STORIES[1]
    told = "".join(event.text for event in answers(engine, [first])[0])
    later = replace(first, messages=(*first.messages, Message("assistant", told), Message("user", "And then?")))
    known = len(engine.rows[0].read_ids)
    on = said(*answers(engine, [later]))
    assert len(engine.rows[0].read_ids) > known
    for prompt in STORIES:
        answers(engine, [prompt])  # until nobody remembers
    engine.rows[:] = [type(row)() for row in engine.rows]
    assert said(*answers(engine, [later])) == on


def test_a_free_row_that_nobody_used_for_longest_is_taken(engine: Engine) -> None:
    for prompt in STORIES:
        answers(engine, [prompt])
    kept = {tuple(row.read_ids) for row in engine.rows}
    wanted = [tuple(engine.codec.encode(prompt.messages, "")) for prompt in STORIES]
    assert kept == set(wanted[1:])


def test_a_short_prompt_does_not_wait_for_a_long_one(engine: Engine) -> None:
    list(engine.begin(0, Prompt.from_typed("word " * 800), 0.0))
    list(engine.begin(1, STORIES[0], 0.0))
    for _ in range(6):
        heard = list(engine.advance())
        if heard:
            break
    assert heard[0][0] == 1
    list(engine.stop(0))
    list(engine.stop(1))


def test_a_stop_while_the_prompt_is_read_ends_that_answer_alone(engine: Engine) -> None:
    list(engine.begin(0, Prompt.from_typed("word " * 800), 0.0))
    list(engine.begin(1, STORIES[0], 0.0))
    list(engine.advance())
    [(number, event)] = engine.stop(0)
    assert (number, event.data["reason"]) == (0, "stopped")
    heard: list[Event] = []
    while not engine.idle:
        heard += [event for _, event in engine.advance()]
    assert heard[-1].data["reason"] == "length"


def test_the_seed_belongs_to_prompt_and_attempt() -> None:
    first, other = STORIES[:2]
    assert prompt_seed(first) == prompt_seed(first) != prompt_seed(first.next_attempt())
    assert prompt_seed(first) != prompt_seed(other)


def test_another_attempt_is_another_answer() -> None:
    warm = Settings(temperature=1.0, max_tokens=16)
    engine = Engine(SmolLM(prepare_bundled.bundled_folder(), 8), ChatML(prepare_bundled.bundled_folder()), warm)
    one, two = answers(engine, [STORIES[0], STORIES[0].next_attempt()])
    assert said(one) != said(two)


def test_the_logprobs_of_all_words_together_are_at_most_one(engine: Engine) -> None:
    ids = engine.codec.encode(STORIES[0].messages, "")
    likely, logprobs = engine.net.read(0, ids, 0)
    assert len(set(likely.tolist())) == len(likely)
    assert 0.5 < np.exp(logprobs).sum() <= 1 + 1e-5
