"""Take page: the file that a participant's browser opens, and those that it loads, packed once and kept for ever."""

import gzip
import mimetypes
from functools import lru_cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from components.core.folders import PROJECT_ROOT
from components.server.participate.take_problems import TAKE_PROBLEMS, TakeRejected

DIST_FOLDER = PROJECT_ROOT / "assets" / "dist"
PAGE_FILE = "participate.html"
FILE_PREFIX = "/parallax/assets/participate"  # of the files that only participants' pages load
PAGE_POLICY = "; ".join(
    (
        "default-src 'none'", "script-src 'self'", "style-src 'self' 'unsafe-inline'", "connect-src 'self'",
        "font-src 'self'", "img-src 'self' data:", "base-uri 'none'", "form-action 'none'", "frame-ancestors *",
    )
)  # fmt: skip
KEPT_FOR_EVER = "public, max-age=31536000, immutable"
MIN_PACKED_BYTES = 500  # a file that is shorter is sent as it is


async def take_page(request: Request) -> Response:
    """The page. It is the same for every link: what the link leads to, it asks for itself."""
    try:
        return packed_file(request, PAGE_FILE, {"Cache-Control": "no-store", "Content-Security-Policy": PAGE_POLICY})
    except TakeRejected as no:
        status, problem = TAKE_PROBLEMS[no.code]
        return PlainTextResponse(str(problem), status)


async def take_file(request: Request) -> Response:
    """A file that the page loads; one that is asked for with its version never changes."""
    kept = KEPT_FOR_EVER if request.query_params.get("v") else "no-cache"
    return packed_file(request, request.url.path.rpartition("/")[2], {"Cache-Control": kept})


def packed_file(request: Request, name: str, headers: dict[str, str]) -> Response:
    """A built file, compressed where the browser takes that. TakeRejected where it was not built."""
    file = DIST_FOLDER / name
    try:
        plain, packed = file_bytes(file, file.stat().st_mtime_ns)
    except OSError:
        raise TakeRejected("unbuilt") from None
    type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    if len(plain) >= MIN_PACKED_BYTES and "gzip" in request.headers.get("accept-encoding", ""):
        return Response(
            packed, headers={**headers, "Content-Encoding": "gzip", "Vary": "Accept-Encoding"}, media_type=type
        )
    return Response(plain, headers={**headers, "Vary": "Accept-Encoding"}, media_type=type)


@lru_cache(maxsize=32)
def file_bytes(file: Path, changed_ns: int) -> tuple[bytes, bytes]:  # noqa: ARG001
    """A file as it is, and compressed; read anew when it was changed. OSError where it cannot be read."""
    plain = file.read_bytes()
    return plain, gzip.compress(plain, mtime=0)
