"""Room pages: the files that a stage and a phone open, and the addresses that a room is reached at."""

from urllib.parse import urlsplit

import segno
import segno.helpers
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from components.server.access.passphrase import is_shared
from components.server.participate.take_page import KEPT_FOR_EVER, packed_file
from components.server.participate.take_problems import TakeRejected
from components.server.room.room_problems import ROOM_PROBLEMS
from components.server.start import network_address

ROOM_PREFIX, STAGE_PREFIX, ROOM_ENTRANCE = "/r/", "/stage/", "/r"
FILE_PREFIXES = ("/parallax/assets/room", "/parallax/assets/stage")
ROOM_PREFIXES = (ROOM_PREFIX, STAGE_PREFIX, *FILE_PREFIXES)
PAGE_POLICY = "; ".join(
    (
        "default-src 'none'", "script-src 'self'", "style-src 'self' 'unsafe-inline'", "connect-src 'self'",
        "font-src 'self'", "img-src 'self' data:", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'self'",
    )
)  # fmt: skip
PAGE_HEADERS = {"Cache-Control": "no-store", "Content-Security-Policy": PAGE_POLICY}
MAX_WIFI_CHARS = 128


async def stage_page(request: Request) -> Response:
    """The stage. It is the same for every deck: which one it shows, it asks for itself."""
    return built_page(request, "stage.html")


async def room_page(request: Request) -> Response:
    """The page for phones. It is the same for every room."""
    return built_page(request, "room.html")


async def room_entrance(_: Request) -> Response:
    """Where somebody types the code."""
    return RedirectResponse(ROOM_PREFIX, 307)


async def room_file(request: Request) -> Response:
    """A file that one of the pages loads; one that is asked for with its version never changes."""
    kept = KEPT_FOR_EVER if request.query_params.get("v") else "no-cache"
    try:
        return packed_file(request, request.url.path.rpartition("/")[2], {"Cache-Control": kept})
    except TakeRejected:
        return PlainTextResponse(str(ROOM_PROBLEMS["unbuilt"][1]), 404)


def built_page(request: Request, name: str) -> Response:
    """A built page, or a sentence that says that it was not built."""
    try:
        return packed_file(request, name, PAGE_HEADERS)
    except TakeRejected:
        return PlainTextResponse(str(ROOM_PROBLEMS["unbuilt"][1]), 503)


def room_address(request: Request, code: str) -> tuple[str, bool]:
    """The address that phones open for a room, and whether it leads to this computer from others."""
    headers = request.headers
    scheme = headers.get("x-forwarded-proto", request.url.scheme).partition(",")[0]
    host = headers.get("x-forwarded-host", "") or headers.get("host", "")
    name, port = host_parts(host)
    is_own = name in ("localhost", "::1") or name.startswith("127.")
    if is_own and is_shared():
        host, is_own = network_address() + (f":{port}" if port else ""), False
    return f"{scheme}://{host}{ROOM_PREFIX}{code}", not is_own


def host_parts(host: str) -> tuple[str, int | None]:
    """The name and the port of a Host header; ("", None) where it is none."""
    try:
        parts = urlsplit(f"//{host}")
        return parts.hostname or "", parts.port
    except ValueError:
        return "", None


def qr_rows(text: str) -> list[str]:
    """A QR code as rows of 0 and 1."""
    return ["".join(str(int(dark)) for dark in row) for row in segno.make(text, error="m", micro=False).matrix]


def wifi_text(name: str, password: str) -> str:
    """What a Wi-Fi QR code says, for any phone; without a password for an open network."""
    kind = "WPA" if password else None
    return str(segno.helpers.make_wifi_data(ssid=name, password=password or None, security=kind))
