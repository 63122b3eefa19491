"""On every path from an endpoint to a person a key is masked: the model list, the Test, a raw error, the recording."""

import base64
import json
from collections.abc import Callable
from urllib.parse import quote

import httpx2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.core.event import Event
from components.core.explained import Explained
from components.core.prompt import Prompt
from components.layers.failure.raw_error import RawError
from components.models.endpoint import model_list
from components.models.endpoint.bound_key import BoundKey
from components.models.endpoint.endpoint import Endpoint
from components.models.endpoint.model_list import list_endpoint_models
from components.models.endpoint.model_profile import measure_profile
from components.models.make_recording import make_recording
from components.models.source import Settings, Source

SIGNS = st.characters(min_codepoint=0x21, max_codepoint=0x7E)
KEYS = st.text(SIGNS, min_size=8, max_size=40).filter(lambda key: not key.replace("_", "").isalpha())  # no JSON name
BLANKS = st.sampled_from(["", "\n", "\r", "\r\n", " ", "\t", "\ufeff"])
SPELLINGS: list[Callable[[str], str]] = [
    str, repr, json.dumps, lambda key: quote(key, safe=""), lambda key: repr(f"Bearer {key}\r".encode()),
    lambda key: base64.b64encode(f"me:{key}".encode()).decode(),
]  # fmt: skip
SOURCE = Source("endpoint", "http://localhost/v1", "m", "PARALLAX_KEY_X")
Reply = Callable[[str], httpx2.Response]


def in_refusal(said: str) -> httpx2.Response:
    return httpx2.Response(401, json={"error": {"message": f"bad key {said}", "code": said, "param": said}})


def in_plain_words(said: str) -> httpx2.Response:
    return httpx2.Response(500, text=f"{'x ' * 230}{said}")


def in_page(said: str) -> httpx2.Response:
    return httpx2.Response(403, text=f"<html><title>No: {said}</title></html>")


def in_target(said: str) -> httpx2.Response:
    return httpx2.Response(302, headers={"location": f"http://elsewhere/{quote(said, safe='')}"})


def in_wait(said: str) -> httpx2.Response:
    return httpx2.Response(429, headers={"retry-after": said.encode("ascii", "replace").decode()})


def in_no_json(said: str) -> httpx2.Response:
    return httpx2.Response(200, text=f"data: {{{said}\n\n")


def in_answer(said: str) -> httpx2.Response:
    words = {"content": f"Your key is {said}", "reasoning_content": f"It is {said}"}
    return httpx2.Response(200, json={"choices": [{"message": words, "finish_reason": f"because {said}"}]})


def in_list(said: str) -> httpx2.Response:
    return httpx2.Response(200, json={"data": [{"id": said}], "choices": [{"message": {"content": said}}]})


REPLIES: list[Reply] = [in_refusal, in_plain_words, in_page, in_target, in_wait, in_no_json, in_answer, in_list]


@pytest.mark.parametrize("reply", REPLIES)
@settings(max_examples=12, deadline=None)
@given(key=KEYS, blank=BLANKS, spelling=st.sampled_from(SPELLINGS))
def test_no_path_prints_a_key(reply: Reply, key: str, blank: str, spelling: Callable[[str], str]) -> None:
    said = spelling(key)
    transport = httpx2.MockTransport(lambda _: reply(said))
    endpoint = Endpoint(SOURCE, Settings(), lambda _: BoundKey(f"{blank}{key}{blank}"), lambda: transport)
    generation = endpoint.ask(Prompt.from_typed("Is it so?"))
    assert generation.wait(20)
    raw = list(RawError().play(generation.prompt, lambda _: iter(generation.events)))
    recording = make_recording(generation.events, generation.prompt, endpoint.card, "2026-11-27")
    shown = [json.dumps(recording.to_json(), ensure_ascii=False), *(event.text for event in raw), *whole_words(raw)]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(model_list, "GuardedTransport", lambda: transport)
        shown.append(told(lambda: list_endpoint_models(SOURCE, lambda _: BoundKey(key))))
    shown.append(told(lambda: measure_profile(endpoint, calls=1).remarks))
    assert not [text for text in shown if key in text or json.dumps(key)[1:-1] in text or said in text]


def whole_words(events: list[Event]) -> list[str]:
    """The words and the thoughts of an answer, each as one text."""
    thoughts = [text for event in events for _, text in event.data.get("thoughts", ())]
    return ["".join(event.text for event in events if event.kind == "token"), "".join(thoughts)]


def told(ask: Callable[[], object]) -> str:
    """What a call gives or explains."""
    try:
        return str(ask())
    except Explained as problem:
        return f"{problem} {problem.what} {problem.do} {problem.__cause__ or ''}"
