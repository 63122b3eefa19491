"""Model list: the names of the models that an endpoint lists, in whichever shape it lists them."""

import asyncio
from collections.abc import Iterator

import httpx2

from components.core.explained import Explained
from components.models.background_model import background_loop
from components.models.endpoint.answer_reader import told_trouble
from components.models.endpoint.bound_key import FindKey, key_from_env
from components.models.endpoint.endpoint_address import (
    MODELS_KEPT,
    GuardedTransport,
    address_of,
    cap_response,
    check_address,
    missing_version,
)
from components.models.endpoint.endpoint_errors import RefusedRequest, error_event, raise_refusal
from components.models.endpoint.endpoint_keys import hide_secrets, read_key
from components.models.endpoint.endpoint_request import request_headers
from components.models.endpoint.fault_cures import call_failure
from components.models.endpoint.response_chunks import ResponseChunk, parse_json_body
from components.models.source import Source

LIST_TIMEOUT_S, LIST_LIMIT_S = 15.0, 30.0  # seconds between two signs of life, and for all of the list
NO_LIST_STATUSES = (404, 405, 501)  # with which a server says that it has no list
LIST_KEYS = ("data", "models", "model_list", "result", "results", "items", "list", "body")
NAME_KEYS = ("id", "name", "model", "model_name", "model_id", "key", "slug")
OTHER_KINDS = ("embed", "image", "audio", "video", "rerank", "moderation", "transcri", "speech")  # that answer nothing
MAX_NAME_CHARS, MAX_MODELS = 200, 2000


def list_endpoint_models(source: Source, find_key: FindKey = key_from_env) -> tuple[str, ...]:
    """The names of the models that an endpoint lists, in alphabetical order; none where its list is empty.

    Explained where it cannot be asked, or has no list: then a name is typed.
    """
    address = check_address(source.where)
    key = read_key(source.key, find_key, address)
    listing = asyncio.run_coroutine_threadsafe(fetch_model_names(address, key), background_loop())
    try:
        return tuple(hide_secrets(name, (key,)) for name in listing.result(LIST_LIMIT_S))
    except Exception as error:  # noqa: BLE001 whatever it is is said in words
        listing.cancel()
        if isinstance(error, RefusedRequest) and error.status in NO_LIST_STATUSES:
            raise no_model_list(address) from None
        raise call_failure(error_event(error, 0.0, False, (key,)), address) from None


async def fetch_model_names(address: str, key: str) -> tuple[str, ...]:
    """The names of an endpoint's models, sorted, each once."""
    async with (
        httpx2.AsyncClient(
            transport=GuardedTransport(), timeout=httpx2.Timeout(LIST_TIMEOUT_S), trust_env=False,
            event_hooks={"response": [cap_response]},
        ) as line,
        line.stream("GET", address_of(address, "models"), headers=request_headers(key)) as response,
    ):  # fmt: skip
        await raise_refusal(response)
        value = parse_json_body(await response.aread())
    if isinstance(value, dict) and (message := told_trouble(ResponseChunk(value), {})):
        raise RefusedRequest(0, message)
    names = {name.strip()[:MAX_NAME_CHARS] for name in listed_names(value)}
    return tuple(sorted(filter(None, names))[:MAX_MODELS])


def listed_names(value: object, depth: int = 4) -> Iterator[str]:
    """The names in a list of models: texts, objects with a name, or either of them under one of LIST_KEYS. Models whose
    type says that they do not answer are left out.
    """
    if depth <= 0:
        return
    if isinstance(value, list):
        for entry in value:
            if isinstance(entry, str):
                yield entry
            elif isinstance(entry, dict) and not str(entry.get("type") or "").lower().startswith(OTHER_KINDS):
                yield next((name for key in NAME_KEYS if isinstance(name := entry.get(key), str) and name), "")
    elif isinstance(value, dict):
        held = next((value[key] for key in LIST_KEYS if isinstance(value.get(key), list | dict)), None)
        if held is not None:
            yield from listed_names(held, depth - 1)
        else:
            yield from (str(name) for name, entry in value.items() if isinstance(entry, dict))


class NoModelList(Explained):
    """The server answers, but has no list of models: a name is typed."""


def no_model_list(address: str) -> NoModelList:
    """That a server has no list of models, and what to do."""
    meant = missing_version(address)
    hint = f" Or check the address: most end in /v1, so yours may be {meant}." if meant else ""
    return NoModelList("This server lists no models.", MODELS_KEPT, f"Type the name of its model.{hint}")
