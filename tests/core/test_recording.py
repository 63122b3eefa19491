"""Facts about recordings: kept for good, and said again."""

import json

import pytest

from components.core.card import Card
from components.core.event import Event
from components.core.prompt import Prompt
from components.core.recording import Recording, events_after, replay

ASKED = Prompt.from_typed("Where to?")
TOKENS = tuple(
    Event(0.5 + place / 8, "token", word, {"logprob": -0.5, "alternatives": [[word, -0.5]]})
    for place, word in enumerate(["To", " Rome", ",", " of", " course", "."])
)
KEPT = Recording(
    ASKED, Card("Scripted", "scripted"), (*TOKENS, Event(1.25, "end", "", {"reason": "stop"})), "2026-01-01"
)


def test_a_recording_is_the_same_after_json() -> None:
    again = Recording.from_json(json.loads(json.dumps(KEPT.to_json())))
    assert again == KEPT
    assert again.id == KEPT.id


def test_its_id_changes_with_every_token_time_and_model_but_not_with_its_date() -> None:
    later = Recording(ASKED, KEPT.card, (KEPT.events[0].with_time(0.4), *KEPT.events[1:]), KEPT.made)
    other = Recording(ASKED, Card("Scripted", "scripted", "2"), KEPT.events, KEPT.made)
    assert len({KEPT.id, later.id, other.id}) == 3
    assert Recording(ASKED, KEPT.card, KEPT.events, "2027-02-02").id == KEPT.id


def test_it_knows_its_text_its_length_and_whether_it_is_whole() -> None:
    assert (KEPT.text, KEPT.token_count, KEPT.seconds, KEPT.whole) == ("To Rome, of course.", 6, 1.25, True)
    assert not Recording(ASKED, KEPT.card, TOKENS).whole
    assert not Recording(ASKED, KEPT.card, (*TOKENS, Event(2, "end", "", {"reason": "stopped"}))).whole
    assert not Recording(ASKED, KEPT.card, ()).whole


def test_what_a_person_wrote_is_marked_as_scripted() -> None:
    assert KEPT.card.scripted
    assert not Card("SmolLM2", "transformers").scripted


def test_every_attempt_is_answered_with_the_same_recording() -> None:
    assert tuple(replay([KEPT])(ASKED)) == KEPT.events
    assert tuple(replay([KEPT])(ASKED.next_attempt())) == (*KEPT.events[:-1], KEPT.events[-1].with_data(stands_in=True))


def test_an_attempt_that_another_stands_in_for_is_marked() -> None:
    second = Recording(ASKED.next_attempt(), KEPT.card, KEPT.events)
    ends = [[*replay(known)(ASKED.next_attempt())][-1] for known in ([KEPT], [KEPT, second])]
    assert [bool(end.data.get("stands_in")) for end in ends] == [True, False]


def test_an_attempt_that_was_made_is_told_as_it_went() -> None:
    broken = Recording(ASKED, KEPT.card, (*TOKENS[:2], Event(1, "error", "worker died", {"fault": "worker"})))
    second = Recording(ASKED.next_attempt(), KEPT.card, KEPT.events)
    rest = Recording(ASKED.going_on("To Rome"), KEPT.card, KEPT.events[2:])
    model = replay([broken, second, rest])
    assert tuple(model(ASKED)) == broken.events
    assert tuple(model(ASKED.next_attempt())) == second.events
    assert tuple(model(ASKED.going_on("To Rome"))) == rest.events


def test_what_a_model_that_failed_would_have_said_next_is_not_known() -> None:
    broken = Recording(ASKED, KEPT.card, (*TOKENS[:2], Event(1, "error", "worker died", {"fault": "worker"})))
    for next in (ASKED.next_attempt(), ASKED.going_on("To Rome")):
        [error] = replay([broken])(next)
        assert error.data["fault"] == "unrecorded"


def test_an_unknown_turn_is_an_error_that_says_so() -> None:
    [error] = replay([KEPT])(ASKED.with_choice("When?", "Today"))
    assert (error.kind, error.data["fault"]) == ("error", "unrecorded")


@pytest.mark.parametrize("shown", range(len(KEPT.text) + 1))
def test_going_on_says_what_is_missing_and_nothing_twice(shown: int) -> None:
    rest = list(replay([KEPT])(ASKED.going_on(KEPT.text[:shown])))
    assert KEPT.text[:shown] + "".join(event.text for event in rest) == KEPT.text
    assert rest[-1].kind == "end"


def test_what_follows_a_partial_answer_begins_at_its_own_zero_and_keeps_its_pace() -> None:
    rest = list(events_after(KEPT.events, "To Rome"))
    assert [event.at for event in rest] == [0.0, 0.125, 0.25, 0.375, 0.5]


def test_a_second_half_alone_tells_no_other_attempt() -> None:
    rest = Recording(ASKED.going_on("To Rome"), KEPT.card, TOKENS[2:])
    [error] = replay([rest])(ASKED.next_attempt())
    assert error.data["fault"] == "unrecorded"


def test_of_two_first_attempts_the_one_made_last_stands_in() -> None:
    later = Recording(ASKED, KEPT.card, (Event(1, "token", "To Oslo"), Event(2, "end")))
    assert "".join(event.text for event in replay([KEPT, later])(ASKED.next_attempt())) == "To Oslo"
