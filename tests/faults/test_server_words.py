"""What a server says reaches people in whichever shape it says it, and sorts the fault."""

import json
from email.utils import formatdate
from time import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.core.event import Event
from components.core.faults import FAULT_KINDS
from components.models.endpoint.endpoint_errors import RefusedRequest, fault_of_error, retry_seconds
from components.models.endpoint.fault_cures import CURES, call_failure
from components.models.endpoint.fault_phrases import fault_of_message
from components.models.endpoint.server_message import read_body, read_message

WORDS = "Model 'm' has 3 wheels, not 4."
SHAPES: list[Any] = [
    {"error": WORDS}, {"error": {"message": WORDS}}, {"error": {"message": {"detail": WORDS}}}, {"detail": WORDS},
    {"detail": [{"loc": ["body", "x"], "msg": WORDS}]}, [{"error": {"code": 400, "message": WORDS}}],
    {"errors": [{"code": 5007, "message": WORDS}], "success": False}, {"message": WORDS}, {"msg": WORDS, "code": 1},
    {"object": "error", "message": WORDS, "type": "BadRequestError"}, {"Error": {"Message": WORDS}},
    {"base_resp": {"status_code": 1, "status_msg": WORDS}}, {"error": json.dumps({"error": {"message": WORDS}})},
    {"error": {"message": "Provider returned error", "metadata": {"raw": json.dumps({"error": WORDS})}}},
    {"error": {"code": None, "innererror": {"message": WORDS}}}, {"error_description": WORDS}, {"title": WORDS},
]  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_a_servers_sentence_is_found_in_every_shape(shape: Any) -> None:
    assert WORDS.rstrip(".") in read_message(shape).words
    assert WORDS.rstrip(".") in read_body(json.dumps(shape).encode()).words
    assert WORDS.rstrip(".") in read_body(b"event: error\ndata: " + json.dumps(shape).encode() + b"\n\n").words


def test_a_sentence_that_comes_in_plain_words_or_in_a_page_is_found() -> None:
    assert read_body(WORDS.encode()).words == WORDS
    page = read_body(
        b"<!DOCTYPE html><html><head><title>No &amp; never</title></head><body><h1>Stop</h1></body></html>"
    )
    assert page.is_page and page.words == "No & never; Stop"


@pytest.mark.parametrize(
    ("status", "body", "fault"),
    [
        (400, {"error": {"message": "Model Not Exist"}}, "missing"),
        (400, {"error": "m is not a valid model ID"}, "missing"),
        (400, {"error": {"message": "The model `m` has been decommissioned."}}, "missing"),
        (400, {"error": "Model m is deprecated and no longer offered."}, "missing"),
        (400, {"error": {"message": "No.", "code": "model_not_found"}}, "missing"),
        (405, {"detail": "No"}, "method"), (405, b"<h1>Method Not Allowed</h1>", "method"),
        (400, {"error": "Request method 'POST' not supported"}, "method"),
        (200, {"error": "Unexpected endpoint or method. (POST /chat/completions)"}, "missing"),
        (403, {"error": "The model `m` does not exist or you do not have access to it."}, "missing"),
        (402, {"error": {"message": "Insufficient Balance"}}, "credit"),
        (429, {"error": {"message": "You exceeded your current quota", "code": "insufficient_quota"}}, "credit"),
        (403, {"error": {"message": "Your account is in arrears"}}, "credit"),
        (429, {"error": {"message": "Rate limit reached: 10000 tokens per min"}}, "rate"),
        (400, [{"error": {"message": "API key not valid.", "status": "INVALID_ARGUMENT"}}], "key"),
        (400, {"error": {"message": "No.", "code": "API_KEY_INVALID"}}, "key"), (401, {"error": "no"}, "key"),
        (400, {"error": "System role not supported"}, "instruction"), (418, {"error": "I am a teapot"}, "request"),
        (400, {"error": "Developer instruction is not enabled for models/m"}, "instruction"),
        (400, {"error": "No models loaded. Please load a model."}, "unloaded"),
        (503, {"error": "Loading model"}, "unloaded"),
        (400, {"error": "Model 'm' is not loaded."}, "unloaded"), (504, {"error": "no"}, "server"),
        (400, {"error": {"message": "x", "code": "context_length_exceeded"}}, "context"), (413, {}, "context"),
        (422, {"error": "`inputs` tokens + `max_new_tokens` must be <= 4096"}, "context"),
        (400, {"error": "'max_tokens' is not supported"}, "request"), (400, {"error": "maximum of 5 tools"}, "request"),
        (400, {"error": {"message": "The response was filtered", "code": "content_filter"}}, "filtered"),
        (307, b"", "moved"), (302, b"", "moved"), (403, b"<html><title>Attention Required!</title></html>", "blocked"),
        (520, b"<html><title>520</title></html>", "server"), (500, {"error": "CUDA out of memory"}, "server"),
        (404, b"404 page not found", "missing"), (403, b"error code: 1020", "blocked"),
        (200, {"detail": "Not Found"}, "missing"),
 (408, {}, "timeout"),
        (500, {"error": "upstream timed out"}, "timeout"),
    ],
)  # fmt: skip
def test_a_fault_is_sorted_by_what_the_server_says(status: int, body: Any, fault: str) -> None:
    message = read_body(body if isinstance(body, bytes) else json.dumps(body).encode())
    assert fault_of_message(0 if status == 200 else status, message) == fault
    assert fault in CURES and FAULT_KINDS[fault].outside


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["error", "message", "code", "detail", "type", "loc"]), inner, max_size=3)
    ),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None)
@given(JSON | st.binary(max_size=60), st.sampled_from([0, 200, 301, 400, 404, 422, 429, 500, 599, 700]))
def test_any_body_of_any_status_is_a_fault_with_words(body: Any, status: int) -> None:
    message = read_body(body if isinstance(body, bytes) else json.dumps(body).encode())
    error = RefusedRequest(status, message)
    assert error.fault in CURES and len(message.words) <= 2000


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "7"}, "7"), ({"retry-after": "1.5"}, "1.5"), ({"retry-after-ms": "1500"}, "1.5"), ({}, ""),
        ({"retry-after": "12.3"}, "13"), ({"retry-after": "20s"}, "20"), ({"retry-after": "soon"}, ""),
        ({"retry-after": "0"}, ""), ({"retry-after": "-5"}, ""), ({"retry-after": "9" * 30}, ""),
        ({"retry-after": "nan"}, ""),
    ],
)  # fmt: skip
def test_how_long_to_wait_is_a_number_of_seconds(headers: dict[str, str], seconds: str) -> None:
    assert retry_seconds(headers) == seconds


def test_a_date_to_wait_until_is_told_in_seconds() -> None:
    assert 28 <= int(retry_seconds({"retry-after": formatdate(time() + 30, usegmt=True)})) <= 31
    assert retry_seconds({"retry-after": formatdate(time() - 30, usegmt=True)}) == ""


@pytest.mark.parametrize("error", [AttributeError("a"), ValueError("b"), TypeError("c"), UnicodeError("d")])
def test_a_fault_of_our_own_reading_is_none_of_the_network(error: Exception) -> None:
    assert fault_of_error(error, False) == "malformed"


def test_an_address_without_a_version_gets_a_hint() -> None:
    missing = Event(0.0, "error", "HTTP 404: no", {"fault": "missing"})
    assert "http://localhost:1234/v1" in call_failure(missing, "http://localhost:1234").do
    for address in ("http://localhost:1234/v1", "https://host/openai/deployments/d?api-version=1", ""):
        assert "may be" not in call_failure(missing, address).do


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("http://h.example/v1/models", "Yours ends in /models: try it without."),
        ("http://h.example/v1/chat", "Yours ends in /chat: try it without."),
        ("http://h.example/docs", "Yours ends in /docs: try it without."),
        ("http://h.example", "it may be http://h.example/v1."),
        ("http://h.example/v1", "most end in /v1."),
    ],
)
def test_an_address_that_takes_no_questions_is_told_so_with_what_is_odd_about_it(address: str, told: str) -> None:
    said = call_failure(Event(1.0, "error", "No (HTTP 405)", {"fault": "method"}), address)
    assert said.what.startswith("This address is there, but it does not take questions.")
    assert said.do.endswith(told)
