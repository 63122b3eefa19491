"""Address: where an endpoint may be. A server of one's own, yes; what a cloud tells only its own machines, no."""

import asyncio
import ipaddress
import re
import socket
import ssl
from collections.abc import AsyncIterator
from functools import cache
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx2

from components.core.explained import Explained

METADATA_ADDRESSES = {  # what clouds tell their machines about themselves, keys among it
    ipaddress.ip_address(address)
    for address in ("169.254.169.254", "100.100.100.200", "192.0.0.192", "168.63.129.16", "fd00:ec2::254")
}
MAX_RESPONSE_BYTES = 8_000_000  # bytes of one answer
METADATA_HOSTS = ("metadata.google.internal", "metadata.goog", "instance-data")
COMPLETIONS_PATH = "/chat/completions"
KEY_PARAMETERS = (
    "key", "api-key", "apikey", "token", "access-token", "subscription-key", "sig", "signature", "code", "secret",
    "password",
)  # fmt: skip
MODELS_KEPT = "The models you have wired stay as they are."


class ForbiddenAddress(httpx2.ConnectError):
    """The address leads to where no endpoint may be."""


def check_address(address: str) -> str:
    """The base URL without its last slash and without the path of chat completions; a query stays behind it.

    Explained where it is no URL, leads to a forbidden address, or holds a key.
    """
    try:
        parts = urlsplit(address.strip())
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        parts, host = urlsplit(""), ""
    if parts.scheme not in ("http", "https") or not host or parts.username or parts.password:
        raise Explained(
            "This is not an address of an endpoint.",
            MODELS_KEPT,
            "It looks like http://localhost:8000/v1 or https://host/v1.",
        )
    if host.rstrip(".").lower() in METADATA_HOSTS or any(map(is_forbidden_address, literal_addresses(host))):
        raise Explained(
            "This address is not open to models: it belongs to the network's own services.", MODELS_KEPT,
            "Give the address of a server that answers chat completions.",
        )  # fmt: skip
    if any(name.lower().replace("_", "-") in KEY_PARAMETERS for name, _ in parse_qsl(parts.query)):
        raise Explained(
            "This address holds a key, and addresses are shown.", MODELS_KEPT,
            "Give the address without it, and the name of the key below.",
        )  # fmt: skip
    path = parts.path.rstrip("/").removesuffix(COMPLETIONS_PATH).rstrip("/")
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.scheme}://{parts.netloc}{path}{query}"


def address_of(base: str, path: str) -> str:
    """The address of a path below a base URL; the base's query stays at its end."""
    address, mark, query = base.partition("?")
    return f"{address}/{path}{mark}{query}"


def missing_version(base: str) -> str:
    """The address that was probably meant, where a base URL has no version at its end such as /v1; else ""."""
    address, mark, query = base.partition("?")
    path = urlsplit(address).path
    return "" if re.search(r"/v\d|/openai", path) else f"{address.rstrip('/')}/v1{mark}{query}"


def path_behind(base: str) -> str:
    """The path at the end of a base URL under which a server does something else than chat; "" where it has none."""
    found = re.search(r"/(?:chat|completions?|models|responses|messages|embeddings|generate|tags|docs)$",
                      urlsplit(base).path.rstrip("/"))  # fmt: skip
    return found[0] if found else ""


def literal_addresses(host: str) -> list[str]:
    """The address that a host is, where it is one and no name; also in its odder spellings, such as 0xA9FEA9FE."""
    try:
        return [str(ipaddress.ip_address(host))]
    except ValueError:
        pass
    try:
        return [socket.inet_ntoa(socket.inet_aton(host))]
    except OSError:
        return []


def is_forbidden_address(address: str) -> bool:
    """Whether no endpoint may be there: link-local, multicast, nowhere, or a cloud's own services."""
    ip = ipaddress.ip_address(address.split("%")[0])
    ip = getattr(ip, "ipv4_mapped", None) or ip
    return ip in METADATA_ADDRESSES or ip.is_link_local or ip.is_multicast or ip.is_unspecified


@cache
def trusted_certificates() -> ssl.SSLContext:
    """The certificates this computer trusts, read once: that takes longer than many first tokens."""
    return ssl.create_default_context()


class GuardedTransport(httpx2.AsyncBaseTransport):
    """Connects to the very address that was checked, so that a name cannot lead elsewhere a moment later."""

    def __init__(self) -> None:
        self.inner = httpx2.AsyncHTTPTransport(verify=trusted_certificates(), retries=0)

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Resolve, check, connect. ForbiddenAddress where any of its addresses is forbidden."""
        host = request.url.host
        infos = await asyncio.get_running_loop().getaddrinfo(host, request.url.port, type=socket.SOCK_STREAM)
        addresses = [str(info[4][0]) for info in infos]
        if host.lower() in METADATA_HOSTS or any(map(is_forbidden_address, addresses)):
            raise ForbiddenAddress("this address is not open to models", request=request)
        request.extensions = {**request.extensions, "sni_hostname": host}
        last: Exception | None = None
        for address in dict.fromkeys(addresses):
            request.url = request.url.copy_with(host=address)
            try:
                return await self.inner.handle_async_request(request)
            except httpx2.ConnectError as error:
                last = error
        raise last or httpx2.ConnectError(f"{host} has no address", request=request)

    async def aclose(self) -> None:
        """Let go of its connections."""
        await self.inner.aclose()


class CappedStream(httpx2.AsyncByteStream):
    """What an endpoint sends, up to a size that no answer has."""

    def __init__(self, inner: Any) -> None:
        self.inner = inner

    async def __aiter__(self) -> AsyncIterator[bytes]:
        left = MAX_RESPONSE_BYTES
        async for part in self.inner:
            left -= len(part)
            if left < 0:
                raise httpx2.DecodingError(f"the answer is longer than {MAX_RESPONSE_BYTES:,} bytes")
            yield part

    async def aclose(self) -> None:
        """Let go of the connection."""
        await self.inner.aclose()


async def cap_response(response: httpx2.Response) -> None:
    """Wrap a response's stream so that reading more than MAX_RESPONSE_BYTES raises DecodingError."""
    response.stream = CappedStream(response.stream)
