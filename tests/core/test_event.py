"""Facts about events."""

from components.core.event import Event, answer_text_after, as_text, in_order, shifted


def test_an_event_is_the_same_after_json() -> None:
    for event in (
        Event(0.5, "token", " the", {"logprob": -0.25, "alternatives": [[" the", -0.25], [" a", -1.5]]}),
        Event(1.25, "silence"),
        Event(2.0, "end", "", {"reason": "length"}),
    ):
        assert Event.from_json(event.to_json()) == event


def test_json_carries_nothing_empty() -> None:
    assert Event(1.0, "silence").to_json() == {"at": 1.0, "kind": "silence"}


def test_become_keeps_the_moment_and_plus_keeps_the_data() -> None:
    event = Event(1.5, "error", "boom", {"fault": "cut"})
    assert event.become("failure", "It broke.", tone="plain") == Event(1.5, "failure", "It broke.", {"tone": "plain"})
    assert event.with_data(partial="One").data == {"fault": "cut", "partial": "One"}
    assert event.data == {"fault": "cut"}


def test_a_token_stands_behind_its_words() -> None:
    token = Event(0.5, "token", " the", {"logprob": -0.25})
    assert token.tokens == ({"text": " the", "logprob": -0.25},)
    assert as_text(token).tokens == token.tokens
    assert as_text(token, "THE").text == "THE"


def test_only_words_are_words() -> None:
    assert Event(0, "text", "a").carries_words and Event(0, "token", "a").carries_words
    assert not Event(0, "text").carries_words and not Event(0, "status", "a").carries_words


def test_no_event_comes_before_the_one_in_front_of_it() -> None:
    events = [Event(at, "text") for at in (1.0, 0.5, 2.0)]
    assert [event.at for event in in_order(events)] == [1.0, 1.0, 2.0]
    assert [event.at for event in in_order(events, 1.5)] == [1.5, 1.5, 2.0]
    assert [event.at for event in shifted(events, 1.0)] == [2.0, 1.5, 3.0]


def test_a_hedge_is_on_the_screen_but_not_a_word_of_the_answer() -> None:
    assert answer_text_after("", Event(0, "text", "I'm not sure. ", {"hedge": True})) == ""
    assert answer_text_after("One", Event(0, "text", " two")) == "One two"
    assert answer_text_after("One", Event(0, "revise", "Two")) == "Two"
