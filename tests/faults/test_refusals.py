"""A parameter that a server refuses is left out, renamed or asked whole; that is remembered and not in the times."""

import json
import time
from collections.abc import Callable
from typing import Any

import httpx2
import pytest

from components.core.event import Event
from components.core.prompt import Prompt
from components.models.endpoint.endpoint import Endpoint
from components.models.endpoint.endpoint_request import REFUSAL_REMARKS
from components.models.endpoint.model_profile import measure_profile
from components.models.source import Settings, Source

Body = dict[str, Any]
ANSWER = {"choices": [{"index": 0, "message": {"content": "It is so."}, "finish_reason": "stop"}]}


class Strict:
    """A server that answers whole, and refuses what `refuse` says of a question."""

    def __init__(self, refuse: Callable[[Body], tuple[int, Any] | None], wait_s: float = 0.0) -> None:
        self.refuse, self.wait_s = refuse, wait_s
        self.asked: list[Body] = []

    def endpoint(self, **settings: Any) -> Endpoint:
        source = Source("endpoint", "http://localhost/v1", "m")
        return Endpoint(source, Settings(**settings), transport=lambda: httpx2.MockTransport(self.answer))

    def answer(self, request: httpx2.Request) -> httpx2.Response:
        self.asked.append(json.loads(request.content))
        if refusal := self.refuse(self.asked[-1]):
            time.sleep(self.wait_s)
            return httpx2.Response(refusal[0], json=refusal[1])
        return httpx2.Response(200, json=ANSWER)


def events(endpoint: Endpoint) -> list[Event]:
    generation = endpoint.ask(Prompt.from_typed("Is it so?"))
    assert generation.wait(20)
    return generation.events


def refuses(name: str, status: int, body: Any) -> Callable[[Body], tuple[int, Any] | None]:
    return lambda asked: (status, body) if name in asked and asked[name] is not False else None


def error(words: str, **more: Any) -> Body:
    return {"error": {"message": words, "type": "invalid_request_error", **more}}


LISTED = [{"type": "extra_forbidden", "loc": ["body", "top_p"], "msg": "Extra inputs are not permitted"}]


@pytest.mark.parametrize(
    ("name", "status", "body"),
    [
        ("logprobs", 400, error("logprobs is not supported")), ("logprobs", 403, error("You may not request logprobs")),
        ("logprobs", 422, {"detail": [{"loc": ["body", "top_logprobs"], "msg": "Extra inputs are not permitted"}]}),
        ("logprobs", 400, [{"error": {"code": 400, "message": "Logprobs is not enabled for models/m"}}]),
        ("logprobs", 500, error("list index out of range")), ("logprobs", 400, {"error": "unknown argument: logprobs"}),
        ("logprobs", 400, error("Unsupported parameter(s) in request")), ("top_p", 422, {"message": LISTED}),
        ("top_p", 400, error("`temperature` and `top_p` cannot both be specified", param="top_p")),
        ("temperature", 400, error("'temperature' does not support 0.2. Only the default (1) value is supported.")),
        ("max_tokens", 400, error("'max_tokens' is not supported. Use 'max_completion_tokens' instead.")),
        ("seed", 400, error("Unrecognized request argument supplied: seed")),
        ("stop", 400, error("Unsupported parameter: 'stop' is not supported with this model.", param="stop")),
        ("stream", 400, error("Your organization must be verified to stream this model.", param="stream")),
        ("stream", 422, error("Streaming is not supported")),
    ],
)  # fmt: skip
def test_what_is_refused_is_left_out_remembered_and_told(name: str, status: int, body: Any) -> None:
    server = Strict(refuses(name, status, body))
    endpoint = server.endpoint(seed=7, stop=("END",))
    assert "".join(event.text for event in events(endpoint)) == "It is so."
    assert events(endpoint)[-1].kind == "end" and name in endpoint.refused
    count = len(server.asked)
    tuned = endpoint.with_settings(Settings(temperature=0.9, seed=7, stop=("END",)))
    assert events(tuned)[-1].kind == "end" and len(server.asked) == count + 1
    assert not server.asked[-1].get(name)
    made = measure_profile(endpoint, calls=1)
    assert name in made.refused and (REFUSAL_REMARKS[name] in made.remarks or name == "stream")


def test_an_error_that_came_by_chance_costs_no_probabilities() -> None:
    replies = iter([(500, error("oops")), *[None] * 9])
    server = Strict(lambda _: next(replies))
    endpoint = server.endpoint()
    assert events(endpoint)[-1].kind == "end" and not endpoint.refused
    assert events(endpoint)[-1].kind == "end" and "logprobs" in server.asked[-1]


def test_several_refusals_are_met_one_after_the_other() -> None:
    def refuse(asked: Body) -> tuple[int, Any] | None:
        if "logprobs" in asked:
            return 403, error("You are not allowed to request logprobs from this model")
        if "max_tokens" in asked:
            return 400, error(
                "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.", param="max_tokens"
            )
        wrong = asked.get("temperature", 1) != 1
        return (
            (400, error("Unsupported value: 'temperature' does not support 0.2", param="temperature"))
            if wrong
            else None
        )

    server = Strict(refuse)
    endpoint = server.endpoint()
    assert events(endpoint)[-1].kind == "end" and len(server.asked) == 4
    assert server.asked[-1]["max_completion_tokens"] == 200 and server.asked[-1]["stream"] is True
    assert endpoint.card.settings["temperature"] == 1.0 and endpoint.card.settings["max_tokens"] == 200


def test_a_refused_question_is_not_in_the_times() -> None:
    server = Strict(refuses("logprobs", 400, error("logprobs is not supported")), wait_s=0.4)
    assert events(server.endpoint())[0].at < 0.3


@pytest.mark.parametrize(
    ("status", "body", "fault"),
    [
        (400, error("temperature must be between 0 and 0.1"), "request"), (401, error("logprobs need a key"), "key"),
        (400, error("max_tokens is too large: 200. At most 100 are supported."), "request"), (429, error("no"), "rate"),
        (400, error("This model's maximum context length is 8 tokens; reduce the messages or max_tokens"), "context"),
        (503, error("no"), "server"), (402, error("no"), "credit"),
    ],
)  # fmt: skip
def test_what_is_no_refusal_of_a_parameter_is_told_and_nothing_is_remembered(
    status: int, body: Any, fault: str
) -> None:
    server = Strict(lambda _: (status, body))
    endpoint = server.endpoint()
    assert events(endpoint)[-1].data["fault"] == fault and not endpoint.refused


def test_where_leaving_out_does_not_help_the_first_refusal_is_told() -> None:
    server = Strict(lambda asked: (400, error("No, by the first" if "logprobs" in asked else "No, by another")))
    endpoint = server.endpoint(seed=1)
    assert "by the first" in events(endpoint)[-1].text and not endpoint.refused
    assert len(server.asked) <= 5


def test_an_answer_begins_for_who_waits_when_its_question_is_accepted() -> None:
    server = Strict(refuses("temperature", 400, error("'temperature' is not supported", param="temperature")), 0.02)
    began: list[float] = []
    generation = server.endpoint().ask(Prompt.from_typed("Is it so?"))
    generation.on_change(lambda: began.append(generation.began or 0.0))
    assert generation.wait(20) and len(server.asked) > 1
    assert len({moment for moment in began if moment}) == 1


def test_a_question_that_is_never_accepted_still_has_a_beginning() -> None:
    generation = Strict(lambda _: (401, error("No such key"))).endpoint().ask(Prompt.from_typed("Is it so?"))
    assert generation.wait(20) and generation.began is not None
