"""One browser's connection to a server, as light as it can be, so that many participants fit into one process."""

import asyncio
import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

PROBLEMS = (OSError, asyncio.IncompleteReadError, TimeoutError, ValueError, IndexError)


@dataclass(frozen=True)
class Answered:
    """What a server answered: status, headers in small letters, body."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> dict[str, Any]:
        raw = gzip.decompress(self.body) if self.headers.get("content-encoding") == "gzip" else self.body
        values: dict[str, Any] = json.loads(raw)
        return values


@dataclass
class HttpLine:
    """A connection that is kept open between requests and opened again where the server closed it."""

    address: str
    timeout: float = 30.0
    _streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = field(default=None, init=False)

    async def get(self, path: str, headers: Mapping[str, str] | None = None) -> Answered:
        return await self.request("GET", path, b"", headers or {})

    async def post(self, path: str, body: bytes, headers: Mapping[str, str] | None = None) -> Answered:
        return await self.request("POST", path, body, {"content-type": "application/json", **(headers or {})})

    async def request(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Answered:
        """The answer. One of PROBLEMS where there is none; a kept connection that was closed is opened once more."""
        kept = self._streams is not None
        try:
            async with asyncio.timeout(self.timeout):
                return await self.exchange(method, path, body, headers)
        except PROBLEMS as problem:
            self.close()
            if not kept or isinstance(problem, TimeoutError):
                raise
        try:
            async with asyncio.timeout(self.timeout):
                return await self.exchange(method, path, body, headers)
        except PROBLEMS:
            self.close()
            raise

    async def exchange(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Answered:
        parts = urlsplit(self.address)
        if self._streams is None:
            self._streams = await asyncio.open_connection(parts.hostname, parts.port)
        reader, writer = self._streams
        told = {"host": parts.netloc, "accept-encoding": "gzip", "content-length": str(len(body)), **headers}
        head = "".join(f"{name}: {value}\r\n" for name, value in told.items())
        writer.write(f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode() + body)
        lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        named = dict(line.lower().split(": ", 1) for line in lines[1:] if ": " in line)
        answer = Answered(
            int(lines[0].split()[1]), named, await reader.readexactly(int(named.get("content-length", 0)))
        )
        if named.get("connection") == "close":
            self.close()
        return answer

    def close(self) -> None:
        """Let go of the connection; the next request opens another one."""
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None
