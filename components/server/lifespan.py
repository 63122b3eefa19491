"""Lifespan: what the server does before its first page and after its last."""

import asyncio
import gc
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

from components.models.endpoint.bound_key import FindKey
from components.server.app_context import app_context
from components.server.participate.retention import run_retention
from components.server.socket_options import send_without_delay


def lifespan_with(
    find_key: FindKey, find_secret: Callable[[], str]
) -> Callable[[Any], AbstractAsyncContextManager[None]]:
    """The lifespan of a server that finds the keys of endpoints, by their names, and its own secret in this way."""

    @asynccontextmanager
    async def lifespan(_: Any) -> AsyncIterator[None]:
        """Take away what holds up streams, delete what studies kept long enough, and end the models' processes."""
        app_context().find_set_key = find_key
        app_context().taking.find_secret = find_secret
        send_without_delay()
        gc.collect()
        gc.freeze()
        retention = asyncio.create_task(run_retention(lambda: app_context().store))
        yield
        retention.cancel()
        app_context().close()

    return lifespan
