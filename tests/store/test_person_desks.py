"""A question that is asked at one server is answered at another, on both databases."""

from collections.abc import Iterator

import pytest

from components.core.prompt import Prompt
from components.store import Store

DESK, OTTERS = "desk", Prompt.from_typed("Where do otters sleep?")


@pytest.fixture
def servers(location: str) -> Iterator[tuple[Store, Store]]:
    """Two servers on one database."""
    both = Store.open(location), Store.open(location)
    yield both
    for store in both:
        store.close()


def test_who_sits_at_another_server_sees_the_question_and_what_they_send_arrives_once(
    servers: tuple[Store, Store],
) -> None:
    one, two = servers
    question = one.ask_desk(DESK, OTTERS)
    assert not one.is_desk_attended(DESK) and one.view_question(question, 0).place == 1
    two.sit_at_desk(DESK, "ada")
    one.keep_draft(question, "In a\0 holt.")
    [open_question] = two.open_questions(DESK)
    assert (open_question.id, open_question.prompt, open_question.draft) == (question, OTTERS, "In a holt.")
    assert two.send_line(question, "phrase", "In a", "ada") and two.send_line(question, "phrase", "holt.", "ada")
    view = one.view_question(question, 0)
    assert view.attended and [line.text for line in view.lines] == ["In a", "holt."]
    assert one.view_question(question, view.lines[0].number).lines == view.lines[1:]
    second = two.ask_desk(DESK, OTTERS)
    assert (one.view_question(second, 0).place, one.view_question("gone", 0).place) == (2, 0)
    one.close_question(question)
    assert two.view_question(second, 0).place == 1
    assert not two.send_line(question, "phrase", "Too late.", "ada")
    assert [one.id for one in two.open_questions(DESK)] == [second]
