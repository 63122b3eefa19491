"""Endpoint errors: what went wrong with an endpoint, as one error event with the kind of its fault."""

import asyncio
import math
import socket
import ssl
import time
from collections.abc import Iterator, Mapping
from contextlib import aclosing
from email.utils import parsedate_to_datetime
from http import HTTPStatus

import httpx2

from components.core.event import Event
from components.models.endpoint.endpoint_address import ForbiddenAddress
from components.models.endpoint.endpoint_keys import hide_secrets
from components.models.endpoint.fault_phrases import fault_of_message
from components.models.endpoint.server_message import ServerMessage, read_body

MAX_ERROR_CHARS = 500  # characters of what a server says about its trouble
MAX_REFUSAL_BYTES = 100_000  # bytes of the body of a refusal that are read
MAX_RETRY_S = 30 * 24 * 3600  # seconds; a wait longer than a month is none that anybody asks for


class EndpointError(Exception):
    """The endpoint answered something that is no answer; `fault` says what kind."""

    def __init__(self, fault: str, text: str) -> None:
        super().__init__(text)
        self.fault = fault


class RefusedRequest(EndpointError):
    """The server said that it does not answer: by an HTTP status, or within a stream (`status` 0).

    `message` is what it says, `retry_after` how many seconds it asks to wait, "" where it does not say.
    """

    def __init__(self, status: int, message: ServerMessage, retry_after: str = "", target: str = "") -> None:
        said = message.words or (HTTPStatus(status).phrase if status in set(HTTPStatus) else "")
        said = f"the address leads to {target}" if target else said
        super().__init__(fault_of_message(status, message), f"HTTP {status}: {said}" if status else said)
        self.status, self.message, self.retry_after = status, message, retry_after


async def raise_refusal(response: httpx2.Response) -> None:
    """RefusedRequest where a response has a status other than 2xx; its body is read only then."""
    if response.is_success:
        return
    body = b""
    async with aclosing(response.aiter_bytes()) as parts:
        async for part in parts:
            body += part
            if len(body) > MAX_REFUSAL_BYTES:
                break
    target = response.headers.get("location", "") if 300 <= response.status_code < 400 else ""
    raise RefusedRequest(response.status_code, read_body(body), retry_seconds(response.headers), target)


def retry_seconds(headers: Mapping[str, str]) -> str:
    """How many seconds a server asks to wait, as digits; "" where it does not ask, or asks for what is none."""
    try:
        if wait := headers.get("retry-after-ms", "").strip():
            seconds = float(wait) / 1000
        elif wait := headers.get("retry-after", "").strip().removesuffix("s"):
            date = None if wait.replace(".", "", 1).isdigit() else parsedate_to_datetime(wait)
            seconds = float(wait) if date is None else max(0.0, date.timestamp() - time.time())
        else:
            return ""
        fits = 0 <= seconds <= MAX_RETRY_S
        return "" if not fits or not seconds else f"{seconds:.2g}" if seconds < 10 else str(math.ceil(seconds))
    except (ValueError, TypeError, OverflowError):
        return ""


def error_event(error: BaseException, at: float, begun: bool, secrets: tuple[str, ...] = ()) -> Event:
    """The event for an error `at` seconds since Send; `begun` where words had come. No secret is in it."""
    text = " ".join(hide_secrets(error_text(error), secrets).split())
    text = hide_secrets(text, secrets)  # once more: blanks within a key may have been many
    data: dict[str, object] = {"fault": fault_of_error(error, begun)}
    if isinstance(error, RefusedRequest) and error.retry_after:
        data["retry_after"] = error.retry_after
    return Event(at, "error", text if len(text) <= MAX_ERROR_CHARS else text[: MAX_ERROR_CHARS - 1] + "…", data)


def error_text(error: BaseException) -> str:
    """What a developer would read: what the endpoint said, or the exception with what led to it."""
    if isinstance(error, EndpointError):
        return str(error)
    causes = (
        cause for cause in list(error_chain(error))[1:] if str(cause) and not isinstance(cause, asyncio.CancelledError)
    )
    cause_text = next((f" ({type(cause).__name__}: {cause})" for cause in causes), "")
    said = str(error) or ("" if cause_text else "timed out" if isinstance(error, TIMEOUTS) else "")
    return f"{type(error).__name__}: {said}{cause_text}"


TIMEOUTS = (httpx2.TimeoutException, TimeoutError)


def fault_of_error(error: BaseException, begun: bool) -> str:
    """The kind of a fault: the name of one of those in components/core/faults.py."""
    if isinstance(error, EndpointError):
        return error.fault
    chain = list(error_chain(error))

    def comes_from(*kinds: type[BaseException]) -> bool:
        return any(isinstance(cause, kinds) for cause in chain)

    if comes_from(*TIMEOUTS):
        return "timeout"
    if comes_from(ssl.SSLError):
        return "tls"
    if comes_from(socket.gaierror, ForbiddenAddress, httpx2.InvalidURL, httpx2.UnsupportedProtocol):
        return "address"
    if comes_from(httpx2.RemoteProtocolError, httpx2.ReadError):
        return "cut"
    if comes_from(httpx2.NetworkError, httpx2.ProxyError, OSError) and not comes_from(httpx2.DecodingError):
        return "cut" if begun else "refused"
    return "malformed"  # what was sent could not be read


def error_chain(error: BaseException) -> Iterator[BaseException]:
    """An error and the chain of what led to it."""
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        yield cause
        cause = cause.__cause__ or cause.__context__
