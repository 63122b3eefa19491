"""Take requests: what a participant's page sends, every part checked."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from starlette.requests import Request

from components.core.prompt import clean_text
from components.server.participate.take_problems import TakeRejected
from components.server.participate.take_tickets import BROWSER_ID
from components.server.requests import RequestRejected, read_json_object

MAX_ANSWER_BYTES = 200_000
MAX_ENTRY_CHARS, MAX_BROWSER_CHARS, MAX_TAB_CHARS = 4_000, 2_000, 64
MAX_PARAMS = 60
TICKET_HEADER = "x-parallax-ticket"


@dataclass(frozen=True)
class AnswerBody:
    """An answer as it was sent: its id, step and tab, its data as JSON in one fixed form, and what that hashes to."""

    id: str
    step: str
    tab: str
    items: Mapping[str, Any]
    content: str
    digest: str


async def posted_values(request: Request) -> dict[str, Any]:
    """The JSON object that the study's own page posted. TakeRejected where it is none, or comes from elsewhere."""
    if not is_own_page(request):
        raise TakeRejected("origin")
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise TakeRejected("type")
    try:
        return await read_json_object(request, MAX_ANSWER_BYTES)
    except RequestRejected as no:
        raise TakeRejected("long" if no.status == 413 else "garbled") from None


def is_own_page(request: Request) -> bool:
    """Whether a request comes from a page of this server, or from no page at all."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("origin")
    if origin is None:
        return True
    try:
        host = urlsplit(origin).netloc
    except ValueError:
        return False
    return bool(host) and host in (request.headers.get("host"), request.headers.get("x-forwarded-host"))


def answer_body(values: Mapping[str, Any]) -> AnswerBody:
    """An answer in a request. TakeRejected where it is garbled."""
    id, step, tab, data = (values.get(name) for name in ("id", "step", "tab", "data"))
    if not (isinstance(id, str) and BROWSER_ID.fullmatch(id) and isinstance(step, str)):
        raise TakeRejected("garbled")
    if not isinstance(data, dict) or not isinstance(data.get("items"), dict):
        raise TakeRejected("garbled")
    try:
        content = json.dumps(data, separators=(",", ":"), sort_keys=True, allow_nan=False)
    except (ValueError, RecursionError):
        raise TakeRejected("garbled") from None
    digest = hashlib.sha256(f"{step}\n{content}".encode(errors="surrogatepass")).hexdigest()
    return AnswerBody(id, step, short_text(tab, MAX_TAB_CHARS), data["items"], content, digest)


def join_id(values: Mapping[str, Any]) -> str:
    """The id that a browser made for a participant. TakeRejected where it is none."""
    id = values.get("id")
    if isinstance(id, str) and BROWSER_ID.fullmatch(id):
        return id
    raise TakeRejected("garbled")


def entry_params(values: Mapping[str, Any]) -> dict[str, str]:
    """The parameters of the address that somebody came by, as far as MAX_ENTRY_CHARS hold them."""
    return fitting_texts(values.get("params"), MAX_ENTRY_CHARS)


def browser_facts(values: Mapping[str, Any]) -> dict[str, str]:
    """What a browser says about itself, as far as MAX_BROWSER_CHARS hold it."""
    return fitting_texts(values.get("browser"), MAX_BROWSER_CHARS)


def fitting_texts(named: object, limit: int) -> dict[str, str]:
    """Texts by their names, those that fit into `limit` characters of JSON; none where they are no such thing."""
    kept: dict[str, str] = {}
    for name, value in list(named.items())[:MAX_PARAMS] if isinstance(named, dict) else ():
        if isinstance(value, str | int | float | bool):
            wider = {**kept, clean_text(str(name)): clean_text(str(value))}
            kept = wider if len(json.dumps(wider)) <= limit else kept
    return kept


def short_text(value: object, limit: int) -> str:
    """A text, cut to `limit` characters; "" where it is none."""
    return clean_text(value)[:limit] if isinstance(value, str) else ""
