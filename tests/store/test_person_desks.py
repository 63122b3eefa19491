"""Desks on both databases: whoever asks and whoever types may be at servers of their own."""

from collections.abc import Iterator
from time import monotonic, sleep

import pytest

from components.core.prompt import Prompt
from components.models.source import Settings, Source, Timeouts
from components.models.written.person_desk import DeskQuestion, LineKind
from components.models.written.person_model import PersonCompany, PersonModel
from components.models.written.scripted_model import AnswerScript, ScriptedModel
from components.store import Store

DESK, DRAFT = "desk", "A draft."
SOURCE = Source("person", DESK, model="drafter", patience=Timeouts(connect=10, first=20, between=20, total=60))


@pytest.fixture
def servers(location: str) -> Iterator[tuple[Store, Store]]:
    """Two servers on one database; the first one asks, at the second one somebody sits at the desk."""
    both = Store.open(location), Store.open(location)
    yield both
    for store in both:
        store.close()


def asking_model(store: Store) -> PersonModel:
    """A colleague as the model, at the server with this store."""
    drafter = ScriptedModel(AnswerScript(otherwise=DRAFT, first=0, rate=500))
    return PersonModel(SOURCE, PersonCompany(lambda: store, lambda _: drafter, lambda _: "Small"))


def open_question(store: Store) -> DeskQuestion:
    """The question that is asked, with its draft, as who sits at the desk sees it once it is whole."""
    end = monotonic() + 20
    while monotonic() < end:
        store.sit_at_desk(DESK, "ada")
        for question in store.open_questions(DESK):
            if question.draft == DRAFT:
                return question
        sleep(0.02)
    raise AssertionError("no question came to the desk")


@pytest.mark.parametrize(("last", "ends"), [("done", "end"), ("broke", "error")])
def test_what_is_asked_at_one_server_is_answered_at_the_other(
    servers: tuple[Store, Store], last: LineKind, ends: str
) -> None:
    here, there = servers
    here.keep_model(SOURCE, Settings(), "Ada")
    assert there.is_desk_known(DESK) and not here.is_desk_attended(DESK)
    there.sit_at_desk(DESK, "ada")
    assert here.is_desk_attended(DESK)
    made = asking_model(here).ask(Prompt.from_typed("Hello?"))
    question = open_question(there)
    assert (question.prompt.text, question.draft) == ("Hello?", DRAFT)
    assert there.send_line(question.id, "phrase", "Hello from over there.", "ada")
    assert there.send_line(question.id, last, "", "ada")
    assert made.wait(20)
    assert "".join(event.text for event in made.events if event.kind == "token") == "Hello from over there."
    assert made.events[-1].kind == ends
    end = monotonic() + 20
    while there.open_questions(DESK) and monotonic() < end:
        sleep(0.02)
    assert not there.send_line(question.id, "phrase", "Too late.", "ada")


def test_two_who_ask_at_two_servers_are_answered_one_after_the_other(servers: tuple[Store, Store]) -> None:
    here, there = servers
    first, second = (store.ask_desk(DESK, Prompt.from_typed(text)) for store, text in zip(servers, "ab", strict=True))
    assert [here.view_question(id, 0).place for id in (first, second)] == [1, 2]
    assert there.send_line(first, "phrase", "One.", "ada")
    [line] = here.view_question(first, 0).lines
    assert line.text == "One." and not there.view_question(second, 0).lines
    there.close_question(first)
    assert here.view_question(second, line.number).place == 1
