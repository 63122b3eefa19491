"""Proxy: a route that speaks OpenAI's chat completions, so that a product's own client can be pointed at Parallax.

Off unless PARALLAX_PROXY_TOKEN is set. Every exchange is kept as a recording; a prototype's weather can be served back.
"""

import asyncio
import hmac
import os
import re
import secrets
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp

from components.core.explained import Explained
from components.core.layer import Family, pattern_title
from components.core.prompt import Prompt
from components.core.prototype import Prototype
from components.models.model import Model
from components.server.app_context import app_context
from components.server.live.live_session import LiveSession
from components.server.live.tickets import Ticket
from components.server.proxy.completion import Reply, error_body
from components.server.proxy.completion_response import CompletionResponse
from components.server.proxy.overrides import apply_overrides
from components.server.requests import RequestRejected, parse_prompt, read_json_object

TOKEN_VARIABLE = "PARALLAX_PROXY_TOKEN"
MIN_TOKEN_BYTES = 16  # so that nobody guesses it
MAX_BODY_BYTES = 1_000_000
PROTOTYPE_HEADER = "x-parallax-prototype"
PROTOTYPE_ID_PATTERN = re.compile(r"[0-9a-f]{64}")
HEADER_NAME_PATTERN = re.compile(r"[\w.-]{1,40}", re.ASCII)


def proxy_routes() -> list[BaseRoute]:
    """The proxy's routes."""
    return [
        Route("/v1/chat/completions", require_token(complete_chat), methods=["POST"]),
        Route("/v1/models", require_token(list_models), methods=["GET"]),
    ]


def require_token(route: Callable[[Request], Any]) -> Callable[[Request], Any]:
    """The route behind the token; what is wrong with a request is answered as an error in JSON."""

    async def asked(request: Request) -> ASGIApp:
        try:
            check_token(request)
            return await route(request)  # type: ignore[no-any-return]
        except ClientDisconnect:
            return Response()  # nobody reads it
        except RequestRejected as no:
            return JSONResponse(error_body(no.status, no.text, no.code), no.status)
        except Explained as problem:
            return JSONResponse(error_body(503, f"{problem.what} {problem.do}".strip()), 503)

    return asked


def check_token(request: Request) -> None:
    """RequestRejected where the proxy is off or the token is another one."""
    token = os.environ.get(TOKEN_VARIABLE, "").strip().encode()
    if len(token) < MIN_TOKEN_BYTES:
        raise RequestRejected(
            404,
            f"The recording proxy is off: start Parallax with {TOKEN_VARIABLE}, at least {MIN_TOKEN_BYTES} characters.",
        )
    scheme, _, sent_token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not hmac.compare_digest(sent_token.strip().encode("latin-1"), token):
        raise RequestRejected(
            401,
            f"The key is not the one in {TOKEN_VARIABLE}: give that one as the client's API key.",
            "invalid_api_key",
        )


async def list_models(_: Request) -> ASGIApp:
    """The models that can be asked."""
    listed = [
        {"id": name, "object": "model", "created": 0, "owned_by": "parallax"} for name in await model_ids_by_name()
    ]
    return JSONResponse({"object": "list", "data": listed})


async def model_ids_by_name() -> dict[str, str]:
    """The names of the wired models, each with its id in the store; the one that Parallax starts with has "" as id."""

    def found() -> dict[str, str]:
        names = {model.name: model.id for model in reversed(app_context().store.models())}
        with suppress(Explained):  # the others can be asked without it
            names[app_context().models.get("").card.name] = ""
        return names

    return await asyncio.to_thread(found)


async def complete_chat(request: Request) -> ASGIApp:
    """Forward a conversation to a model, through a prototype's weather where one is named."""
    values = await read_json_object(request, MAX_BODY_BYTES)
    prompt = chat_prompt(values)
    name, prototype = await resolve_target(values, request.headers.get(PROTOTYPE_HEADER, ""))
    model, ignored = await model_with_overrides(name, values, prompt)
    key, attempts = (prototype.id, prompt.id), app_context().attempts
    prompt = replace(prompt, attempt=attempts.next_attempt(key))
    weather = Prototype(prototype.name, prototype.layers_of(Family.WEATHER))
    reply = Reply(
        f"chatcmpl-{secrets.token_hex(12)}", str(values["model"]), int(time.time()),
        values.get("logprobs") is True, requested_alternatives(values.get("top_logprobs")),
    )  # fmt: skip
    options = values.get("stream_options")
    return CompletionResponse(
        LiveSession(
            Ticket((("proxy", weather),)), prompt, model, lambda: app_context().store, to_screen=lambda event: event
        ),
        reply,
        app_context().closing_tasks,
        values.get("stream") is True,
        isinstance(options, Mapping) and options.get("include_usage") is True,
        response_headers(prototype, ignored),
        (lambda broke: attempts.note_outcome(key, broke)) if prototype.layers else (lambda _: None),
    )


def chat_prompt(values: Mapping[str, Any]) -> Prompt:
    """The prompt in a request. RequestRejected where it cannot be asked."""
    if values.get("n") not in (None, 1):
        raise RequestRejected(400, "One answer at a time: “n” can only be 1.")
    try:
        return parse_prompt(values, "chat")
    except Explained as problem:
        raise RequestRejected(400, problem.what) from None


async def resolve_target(values: Mapping[str, Any], header: str) -> tuple[str, Prototype]:
    """The id of the model that a request names, and the prototype, an empty one where none is named."""
    names, name = await model_ids_by_name(), values.get("model")
    if not isinstance(name, str) or not name:
        raise RequestRejected(400, "The request names no model.")
    bare, plus, behind = name.rpartition("+")
    if name not in names and plus and PROTOTYPE_ID_PATTERN.fullmatch(behind):
        name, header = bare, behind
    if name not in names and name not in names.values():
        known_ones = ", ".join(names)
        raise RequestRejected(
            404, f"There is no model called “{name[:100]}” here. There are: {known_ones}.", "model_not_found"
        )
    if not header:
        return names.get(name, name), Prototype("")
    prototype = await asyncio.to_thread(app_context().store.prototype, header)
    if prototype is None:
        raise RequestRejected(404, f"There is no prototype “{header[:64]}” here.", "prototype_not_found")
    return names.get(name, name), prototype


async def model_with_overrides(id: str, values: Mapping[str, Any], prompt: Prompt) -> tuple[Model, tuple[str, ...]]:
    """The model with what the client wants of it, and what of that it cannot do. RequestRejected where a
    value is none.
    """
    model = await asyncio.to_thread(app_context().acquire, id)
    model.check()
    try:
        return apply_overrides(model, values, prompt)
    except Explained as problem:
        raise RequestRejected(400, str(problem)) from None


def requested_alternatives(value: object) -> int:
    """How many alternatives to each token are wanted, 0 to 20. Refused where the value is no such number."""
    if value is None:
        return 0
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 20:
        raise RequestRejected(400, "“top_logprobs” is a number from 0 to 20.")
    return value


def response_headers(prototype: Prototype, ignored: tuple[str, ...]) -> dict[str, str]:
    """The response's own headers: what was estimated, ignored or left out, and the weather it came through."""
    weather = [pattern_title(type(layer)) for layer in prototype.layers_of(Family.WEATHER)]
    left = [pattern_title(type(layer)) for layer in prototype.layers if layer.family != Family.WEATHER]
    lists = {
        "x-parallax-estimated": ["usage.prompt_tokens"],
        "x-parallax-ignored": [name for name in ignored if HEADER_NAME_PATTERN.fullmatch(name)][:40],
        "x-parallax-weather": weather, "x-parallax-left-out": left,
    }  # fmt: skip
    return {name: ", ".join(values) for name, values in lists.items() if values}
