"""A browser gets its anonymous id with its first page, also with one that it has in its cache from before."""

from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import FileResponse
from starlette.routing import Route
from starlette.staticfiles import StaticFiles
from starlette.testclient import TestClient

from components.server.rater_cookie import RATER_COOKIE, RaterCookie

BROWSER = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


def served(folder: Path) -> TestClient:
    """A client of a server with one page and one picture."""
    (folder / "index.html").write_text("<!doctype html>")
    (folder / "mark.svg").write_text("<svg/>")
    routes = [Route("/file", lambda _: FileResponse(folder / "index.html"))]
    app = Starlette(routes=routes, middleware=[Middleware(RaterCookie)])
    app.mount("/", StaticFiles(directory=folder, html=True))
    return TestClient(app)


def test_the_first_page_brings_an_id_and_further_ones_leave_it(tmp_path: Path) -> None:
    client = served(tmp_path)
    assert RATER_COOKIE in client.get("/", headers=BROWSER).cookies
    assert RATER_COOKIE not in client.get("/", headers=BROWSER).cookies


def test_a_page_from_the_cache_brings_one_too_where_the_cookie_is_gone(tmp_path: Path) -> None:
    client = served(tmp_path)
    known = {**BROWSER, "if-none-match": client.get("/").headers["etag"]}
    client.cookies.clear()
    again = client.get("/", headers=known)
    assert again.status_code == 304 and RATER_COOKIE in again.cookies


def test_what_is_no_page_brings_none(tmp_path: Path) -> None:
    client = served(tmp_path)
    picture = client.get("/mark.svg")
    assert RATER_COOKIE not in picture.cookies
    known = {"accept": "image/*", "if-none-match": picture.headers["etag"]}
    assert RATER_COOKIE not in client.get("/mark.svg", headers=known).cookies
