"""A colleague who is taken for the model: what they send is the answer, as it comes; nobody there is said."""

from collections.abc import Iterator
from dataclasses import replace
from time import monotonic, sleep

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.core.card import Card
from components.core.event import Event
from components.core.prompt import Prompt
from components.layers.failure.fault_words import FAULT_WORDS
from components.models.generation import Generation
from components.models.source import Settings, Source, Timeouts, parse_source
from components.models.written import person_model
from components.models.written.person_desk import DeskLine, DeskQuestion, DeskView
from components.models.written.person_model import FIRST_DRAFTER, PersonCompany, PersonModel
from components.models.written.scripted_model import AnswerScript, ScriptedModel
from components.store import Store, person_desks
from components.store.tables import desk_questions, desk_visits

HELLO = Prompt.from_typed("Hello?")
DESK = "desk-of-the-tests"
SOURCE = Source("person", DESK, patience=Timeouts(connect=0.3, first=5, between=5, total=20))


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = Store.open(tmp_path_factory.mktemp("desks"))
    store.keep_model(SOURCE, Settings(), "Ada")
    yield store
    store.close()


@pytest.fixture
def store(opened: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A store in which nobody sits at the desk and nothing is asked there."""
    monkeypatch.setattr(person_model, "LOOK_S", 0.01)
    monkeypatch.setattr(person_model, "WORD_S", 0.001)
    monkeypatch.setattr(person_desks, "ATTENDED_S", 120.0)
    monkeypatch.setattr(person_desks, "LEASE_S", 120.0)
    with opened.writing() as connection:
        for table in (desk_visits, desk_questions):
            connection.execute(table.delete())
    return opened


def drafting(store: Store, *texts: str) -> PersonCompany:
    """What a person works with, and a model that drafts a text."""
    return PersonCompany(lambda: store, lambda _: ScriptedModel(AnswerScript(otherwise=texts[0], first=0, rate=500)),
                         lambda id: f"Small {id}")  # fmt: skip


def person(store: Store, source: Source = SOURCE) -> PersonModel:
    return PersonModel(source, drafting(store, "A draft."))


def words(made: Generation) -> str:
    return "".join(event.text for event in made.events if event.kind == "token")


def asked(store: Store, number: int = 0) -> DeskQuestion:
    """The question at the desk, once it is there."""
    end = monotonic() + 10
    while monotonic() < end:
        if len(found := store.open_questions(DESK)) > number:
            return found[number]
        sleep(0.01)
    raise AssertionError("nothing was asked")


def send(store: Store, *lines: tuple[str, str]) -> None:
    """What a colleague sends, whose page is at another server on the same database."""
    id, other = asked(store).id, Store.open(f"sqlite:///{store.location}")
    assert all(other.send_line(id, kind, text, "ada") for kind, text in lines)  # type: ignore[arg-type]
    other.close()


def test_what_a_colleague_sends_is_the_answer_phrase_by_phrase(store: Store) -> None:
    store.sit_at_desk(DESK, "ada")
    made = person(store).ask(HELLO)
    send(store, ("phrase", "Good morning,"))
    while not words(made):
        made.wait(0.01)
    assert not made.done
    send(store, ("phrase", "Ben."), ("paragraph", ""), ("phrase", "How are you?"), ("done", ""))
    assert made.wait(10)
    assert words(made) == "Good morning, Ben.\n\nHow are you?" and made.events[-1].data["reason"] == "stop"
    assert [event.at for event in made.events] == sorted(event.at for event in made.events)
    assert not any("logprob" in event.data for event in made.events)


def test_it_says_in_its_data_that_a_person_typed_it_and_whose_draft_they_had(store: Store) -> None:
    card = person(store, replace(SOURCE, model=FIRST_DRAFTER)).card
    assert card.scripted and card.typed_live and card.times == "spread"
    assert card.author == "typed live by a person, with drafts of Small "
    assert person(store).card.author == "typed live by a person"
    assert not Card("Wizard of Oz", "scripted").typed_live and not Card("m", "endpoint", "", {"live": True}).typed_live


def test_where_nobody_sits_that_is_said_and_what_to_do(store: Store) -> None:
    made = person(store).ask(HELLO)
    asked(store)
    assert made.wait(10)
    [event] = made.events
    assert event.kind == "error" and event.data["fault"] in FAULT_WORDS and made.began is None
    assert "Nobody is there" in event.data["what"] and "link" in event.data["do"]
    while store.open_questions(DESK):
        sleep(0.01)


@pytest.mark.parametrize(("patience", "begun"), [({"first": 0.1}, False), ({"between": 0.1}, True)])
def test_who_takes_too_long_ends_the_answer_and_what_came_is_kept(
    store: Store, patience: dict[str, float], begun: bool
) -> None:
    store.sit_at_desk(DESK, "ada")
    made = person(store, replace(SOURCE, patience=replace(SOURCE.patience, **patience))).ask(HELLO)
    if begun:
        send(store, ("phrase", "One moment"))
    assert made.wait(10)
    assert made.events[-1].data["fault"] == "timeout" and words(made) == ("One moment" if begun else "")


def test_stop_and_a_break_end_the_question_at_the_desk(store: Store) -> None:
    store.sit_at_desk(DESK, "ada")
    first = person(store).ask(HELLO)
    id = asked(store).id
    first.stop()
    assert first.events[-1].data["reason"] == "stopped"
    while store.open_questions(DESK):
        sleep(0.01)
    assert not store.send_line(id, "phrase", "Too late", "ada")
    second = person(store).ask(HELLO)
    send(store, ("phrase", "It br"), ("broke", ""))
    assert second.wait(10) and words(second) == "It br" and second.events[-1].data["fault"] == "cut"


def test_questions_are_answered_one_after_the_other(store: Store) -> None:
    store.sit_at_desk(DESK, "ada")
    model = person(store)
    first = model.ask(HELLO)
    asked(store)
    second = model.ask(Prompt.from_typed("And you?"))
    asked(store, 1)
    while second.state.queue_position != 1:
        second.wait(0.01)
    assert second.began is None
    send(store, ("phrase", "Hi."), ("done", ""))
    assert first.wait(10)
    while asked(store).prompt.text != "And you?":
        sleep(0.01)
    send(store, ("phrase", "Fine."), ("done", ""))
    assert second.wait(10) and words(second) == "Fine."


def test_a_draft_of_another_model_comes_to_the_desk_and_is_no_answer(store: Store) -> None:
    store.sit_at_desk(DESK, "ada")
    made = person(store, replace(SOURCE, model=FIRST_DRAFTER)).ask(HELLO)
    while asked(store).draft != "A draft.":
        sleep(0.01)
    assert not made.events
    send(store, ("phrase", "A better one."), ("done", ""))
    assert made.wait(10) and words(made) == "A better one."


def test_an_answer_goes_on_after_the_words_that_stand_there(store: Store) -> None:
    store.sit_at_desk(DESK, "ada")
    made = person(store).ask(HELLO.going_on("Good"))
    send(store, ("phrase", "morning."), ("done", ""))
    assert made.wait(10) and words(made) == " morning."


def test_a_desk_is_known_by_the_model_whose_questions_come_to_it(store: Store) -> None:
    assert store.is_desk_known(DESK)
    assert not any(store.is_desk_known(other) for other in ("desk", "desk_of_the_tests", "%", "desk-of-the-test_"))
    assert parse_source({"source": SOURCE.to_json(), "settings": Settings().to_json()})[0] == SOURCE
    assert not SOURCE.is_testable


@settings(max_examples=15)
@given(st.lists(st.text("ab ,.\n-一二", min_size=1, max_size=5), max_size=5))
def test_the_words_of_an_answer_are_those_that_were_sent(phrases: list[str]) -> None:
    lines = tuple(DeskLine(n, "phrase", phrase) for n, phrase in enumerate(phrases))
    text = DeskQuestion("q", HELLO, lines=lines).text
    assert "".join(text.split()) == "".join("".join(phrases).split())


@pytest.mark.parametrize(
    ("phrases", "text"),
    [(("Good", "morning", "."), "Good morning."), (("你好", "世界"), "你好世界"),
     (("So:", "- a", "- b"), "So:\n- a\n- b"), (("one ", "two"), "one two"), (("안녕", "하세요"), "안녕 하세요")],
)  # fmt: skip
def test_phrases_are_joined_as_they_would_be_written(phrases: tuple[str, ...], text: str) -> None:
    assert DeskQuestion("q", HELLO, lines=tuple(DeskLine(0, "phrase", one) for one in phrases)).text == text


def test_who_leaves_in_the_middle_is_said_to_have_left(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(person_model, "LOST_S", 0.05)
    store.sit_at_desk(DESK, "ada")
    made = person(store).ask(HELLO)
    send(store, ("phrase", "One moment"))
    while not words(made):
        made.wait(0.01)
    monkeypatch.setattr(Store, "view_question", lambda *_: DeskView(1, False))
    assert made.wait(10)
    last: Event = made.events[-1]
    assert last.data["fault"] == "cut" and "closed their page" in last.data["what"]


def test_the_desk_is_looked_at_while_a_long_phrase_is_said(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(person_model, "WORD_S", 0.01)
    store.sit_at_desk(DESK, "ada")
    made = person(store).ask(HELLO)
    look, counts = store.view_question, list[int]()

    def counted(_: Store, id: str, after: int) -> DeskView:
        counts.append(len(made.events))
        return look(id, after)

    monkeypatch.setattr(Store, "view_question", counted)
    send(store, ("phrase", "word " * 60), ("done", ""))
    assert made.wait(20) and len(words(made).split()) == 60
    assert any(0 < count < 60 for count in counts)
