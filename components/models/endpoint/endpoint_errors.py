"""Endpoint errors: what went wrong with an endpoint, as one error event with the kind of its fault."""

import asyncio
import json
import socket
import ssl
from collections.abc import Iterator

import httpx2
import openai

from components.core.event import Event
from components.core.faults import faults_by_status
from components.models.endpoint.endpoint_address import ForbiddenAddress
from components.models.endpoint.endpoint_keys import hide_secrets

MAX_ERROR_CHARS = 500  # characters of what a server says about its trouble
FAULT_BY_STATUS = faults_by_status()
UNKNOWN_MODEL_PHRASES = ("is pinned to", "model not found", "unknown model", "no such model", "model does not exist")
CONTEXT_PHRASES = ("context", "too long", "maximum", "tokens")
PARSE_ERRORS = (json.JSONDecodeError, UnicodeError, openai.APIResponseValidationError, httpx2.DecodingError)


class EndpointError(Exception):
    """The endpoint answered something that is no answer; `fault` says what kind."""

    def __init__(self, fault: str, text: str) -> None:
        super().__init__(text)
        self.fault = fault


def error_event(error: BaseException, at: float, begun: bool, secrets: tuple[str, ...] = ()) -> Event:
    """The event for an error `at` seconds since Send; `begun` where words had come. No secret is in it."""
    name = type(error).__name__
    causes = (
        cause for cause in list(error_chain(error))[1:] if str(cause) and not isinstance(cause, asyncio.CancelledError)
    )
    cause_text = next((f" ({type(cause).__name__}: {cause})" for cause in causes), "")
    text = " ".join(f"{name}: {error}{error_detail(error)}{cause_text}".split())
    text = hide_secrets(text, secrets)
    data: dict[str, object] = {"fault": fault_of_error(error, begun)}
    if isinstance(error, openai.APIStatusError) and (wait := error.response.headers.get("retry-after", "")):
        data["retry_after"] = hide_secrets(wait, secrets)[:40]
    return Event(at, "error", text if len(text) <= MAX_ERROR_CHARS else text[: MAX_ERROR_CHARS - 1] + "…", data)


def fault_of_error(error: BaseException, begun: bool) -> str:
    """The kind of a fault: the name of one of those in components/core/faults.py."""
    if isinstance(error, EndpointError):
        return error.fault
    chain = list(error_chain(error))
    if isinstance(error, openai.APIStatusError):
        return fault_of_status(error)
    if any(isinstance(cause, openai.APITimeoutError | httpx2.TimeoutException | TimeoutError) for cause in chain):
        return "timeout"
    if any(isinstance(cause, ssl.SSLError) for cause in chain):
        return "tls"
    if any(isinstance(cause, socket.gaierror | ForbiddenAddress) for cause in chain):
        return "address"
    if any(isinstance(cause, PARSE_ERRORS) for cause in chain):
        return "malformed"
    if isinstance(error, openai.APIError) and not isinstance(error, openai.APIConnectionError):
        return "server"  # an error told inside of the stream
    if begun or any(isinstance(cause, httpx2.RemoteProtocolError | httpx2.ReadError) for cause in chain):
        return "cut"
    return "refused"


def fault_of_status(error: openai.APIStatusError) -> str:
    """The kind of fault for an HTTP status and its message."""
    fault = FAULT_BY_STATUS.get(error.status_code, "server" if error.status_code >= 500 else "request")
    if fault != "request":
        return fault
    text = f"{error}{error_detail(error)}".lower()
    if any(word in text for word in UNKNOWN_MODEL_PHRASES):
        return "missing"
    return "context" if any(word in text for word in CONTEXT_PHRASES) else fault


def error_detail(error: BaseException) -> str:
    """The `detail` of a FastAPI server's error body, which the client leaves out; "" where there is none."""
    body = error.body if isinstance(error, openai.APIStatusError) else None
    return f" - {body['detail']}" if isinstance(body, dict) and "detail" in body else ""


def error_chain(error: BaseException) -> Iterator[BaseException]:
    """An error and the chain of what led to it."""
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        yield cause
        cause = cause.__cause__ or cause.__context__
