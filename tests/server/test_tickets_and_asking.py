"""Who may ask, and what may be asked."""

import pytest

from components.core.explained import Explained
from components.core.prompt import MAX_PROMPT_CHARS, Prompt
from components.core.prototype import Prototype
from components.layers.clarification.options import Options
from components.layers.delivery.blocking import Blocking
from components.server.live.live_session import asks_model
from components.server.live.tickets import TICKET_LIFETIME_S, Ticket, Tickets
from components.server.model_registry import source_from_env
from components.server.requests import parse_prompt

TICKET = Ticket((("A", Prototype("Blocking", (Blocking(),))),))


def test_a_ticket_is_taken_once() -> None:
    tickets = Tickets()
    token = tickets.mint(TICKET)
    assert tickets.take(token) == TICKET
    assert tickets.take(token) is None


def test_a_ticket_runs_out() -> None:
    now = [0.0]
    tickets = Tickets(lambda: now[0])
    token = tickets.mint(TICKET)
    now[0] = TICKET_LIFETIME_S + 1
    assert not tickets.is_valid(token) and tickets.take(token) is None


def test_a_guess_is_no_ticket() -> None:
    assert Tickets().take("") is None


@pytest.mark.parametrize("text", ["", "   \n", "\u200b", "x" * (MAX_PROMPT_CHARS + 1)])
def test_what_cannot_be_asked_is_explained(text: str) -> None:
    with pytest.raises(Explained):
        parse_prompt({"text": text}, "player")


def test_choices_attempts_and_partial_words_join_the_prompt() -> None:
    choices = [{"question": "Which?", "option": "One"}]
    prompt = parse_prompt({"text": "Hi", "choices": choices, "attempt": 1, "partial": "So"}, "player")
    assert prompt.choices[0].option == "One" and prompt.attempt == 1 and prompt.partial == "So"


def test_a_pane_that_asks_first_does_not_want_the_model() -> None:
    prompt = Prompt.from_typed("Hi")
    assert not asks_model(Prototype("Asks", (Options(when="always"),)), prompt)
    assert asks_model(TICKET.panes[0][1], prompt)


@pytest.mark.parametrize(
    ("where", "kind"), [("", "bundled"), (" ", "bundled"), ("./weights", "folder"), ("somebody/some-model", "hub")]
)
def test_a_model_is_named_by_folder_or_hub(where: str, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARALLAX_MODEL", where)
    assert source_from_env().kind == kind


@pytest.mark.parametrize(("given", "attempt"), [(-3, 0), (0, 0), (9, 9), (10, 9), (1_000_000, 9)])
def test_an_attempt_is_one_of_ten(given: int, attempt: int) -> None:
    assert parse_prompt({"text": "Hi", "attempt": given}, "player").attempt == attempt
