"""A network that fails: a proxy in front of a server that delays, cuts after some bytes, and swallows."""

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Fault:
    """What happens to one connection: seconds before each piece, bytes of the answer (or of the request) after which
    it is cut, and whether everything after them is swallowed instead.
    """

    delay: float = 0.0
    answer_bytes: int | None = None
    request_bytes: int | None = None
    swallows: bool = False


def some_fault(chance: random.Random) -> Fault:
    """One in three connections is sound."""
    match chance.randrange(6):
        case 0 | 1:
            return Fault()
        case 2:
            return Fault(delay=chance.uniform(0, 0.02))
        case 3:
            return Fault(answer_bytes=chance.randrange(1200))
        case 4:
            return Fault(request_bytes=chance.randrange(3000))
    return Fault(answer_bytes=chance.randrange(1200), swallows=True)


@asynccontextmanager
async def bad_network(address: str, fault: Callable[[], Fault]) -> AsyncIterator[str]:
    """The address of a proxy to `address`; each connection has a fault of its own."""
    parts = urlsplit(address)

    lines: set[asyncio.Task[None]] = set()

    def connect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(serve_line(reader, writer, str(parts.hostname), int(parts.port or 0), fault()))
        lines.add(task)
        task.add_done_callback(lines.discard)

    server = await asyncio.start_server(connect, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
        left = list(lines)
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)


async def serve_line(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, host: str, port: int, fault: Fault
) -> None:
    """One connection from its beginning to its end."""
    try:
        there, back = await asyncio.open_connection(host, port)
    except OSError:
        writer.close()
        return
    pipes = [
        asyncio.create_task(pipe(reader, back, fault, fault.request_bytes)),
        asyncio.create_task(pipe(there, writer, fault, fault.answer_bytes)),
    ]
    try:
        await asyncio.wait(pipes, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in pipes:
            task.cancel()
        await asyncio.gather(*pipes, return_exceptions=True)
        for line in (writer, back):
            line.close()
            with suppress(OSError):
                await line.wait_closed()


async def pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, fault: Fault, limit: int | None) -> None:
    """Hand bytes on until there are none, or until the fault."""
    passed = 0
    with suppress(OSError):
        while part := await reader.read(4096):
            await asyncio.sleep(fault.delay)
            if limit is not None and passed + len(part) > limit:
                writer.write(part[: limit - passed])
                await writer.drain()
                if fault.swallows:
                    await asyncio.sleep(3600)
                return
            passed += len(part)
            writer.write(part)
            await writer.drain()
