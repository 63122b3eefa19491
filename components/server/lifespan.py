"""Lifespan: what the server does before its first page and after its last."""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from components.server.context import app_context


@asynccontextmanager
async def lifespan(_: Any) -> AsyncIterator[None]:
    """Keep what was imported out of garbage collection, which would hold up streams; end the model's process."""
    gc.collect()
    gc.freeze()
    yield
    app_context().close()
