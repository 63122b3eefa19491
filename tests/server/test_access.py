"""Who may open a shared server's pages, and what a browser is told it may do with them."""

import hashlib
import time
from base64 import b64encode
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from components.core.explained import Explained
from components.server.access import designer_gate
from components.server.access.designer_gate import (
    ACCESS_COOKIE,
    ACCOUNT_PATH,
    RETURN_COOKIE,
    SIGN_IN_PATH,
    next_path,
)
from components.server.access.middleware import server_middleware
from components.server.access.named_people import PEOPLE_VARIABLE, AccountDoor, is_named, named_people
from components.server.access.passphrase import (
    PASSPHRASE_VARIABLE,
    SHARE_VARIABLE,
    chosen_passphrase,
    is_passphrase,
    is_valid_token,
    make_passphrase,
    signed_token,
)
from components.server.access.security_headers import content_security_policy

PASSPHRASE = "bako-limu-sete-ravo"
HTML = {"accept": "text/html"}


async def page(request: Request) -> PlainTextResponse:
    return PlainTextResponse(f"page {request.url.path}")


async def socket(websocket: WebSocket) -> None:
    await websocket.accept()
    await websocket.send_text("hello")
    await websocket.close()


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """A browser at a server with a passphrase."""
    monkeypatch.setenv(PASSPHRASE_VARIABLE, PASSPHRASE)
    monkeypatch.setattr(designer_gate, "ATTEMPT_PAUSE_S", 0.0)
    with TestClient(served(tmp_path), follow_redirects=False) as browser:
        yield browser


def served(folder: Path, accounts: AccountDoor | None = None) -> Starlette:
    index = folder / "index.html"
    index.write_text("<script>a = 1</script><script src='x.js'></script>")
    routes = [Route("/{path:path}", page, methods=["GET", "POST"]), WebSocketRoute("/_stcore/stream", socket)]
    return Starlette(routes=routes, middleware=server_middleware(index, accounts))


def sign_in(client: TestClient, passphrase: str = PASSPHRASE, path: str = SIGN_IN_PATH) -> int:
    return client.post(path, data={"passphrase": passphrase}).status_code


def test_without_a_passphrase_nobody_is_asked_for_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(PASSPHRASE_VARIABLE, raising=False)
    assert TestClient(served(tmp_path)).get("/design").text == "page /design"


def test_a_shared_server_without_a_passphrase_does_not_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(PASSPHRASE_VARIABLE, raising=False)
    monkeypatch.setenv(SHARE_VARIABLE, "1")
    with pytest.raises(Explained, match="needs a passphrase"):
        served(tmp_path)


def test_a_page_leads_to_where_the_passphrase_is_said_and_back_again(client: TestClient) -> None:
    asked = client.get("/design?a=1&b=2", headers=HTML)
    assert asked.status_code == 303
    form = client.get(asked.headers["location"])
    assert form.status_code == 200 and "Passphrase" in form.text
    said = client.post(asked.headers["location"], data={"passphrase": PASSPHRASE})
    assert (said.status_code, said.headers["location"]) == (303, "/design?a=1&b=2")
    assert client.get("/design", headers=HTML).text == "page /design"


def test_a_browser_that_is_signed_in_is_led_on(client: TestClient) -> None:
    sign_in(client)
    assert client.get(f"{SIGN_IN_PATH}?next=%2Fdesign").headers["location"] == "/design"


def test_streams_files_and_calls_are_refused_without_it(client: TestClient) -> None:
    assert client.post("/parallax/live").status_code == 401
    assert client.get("/parallax/assets/player.js").status_code == 401
    assert client.get("/media/picture.png").status_code == 401
    with pytest.raises(WebSocketDisconnect), client.websocket_connect("/_stcore/stream"):
        pass


def test_the_websocket_opens_for_a_browser_that_is_signed_in(client: TestClient) -> None:
    assert sign_in(client) == 303
    with client.websocket_connect("/_stcore/stream") as opened:
        assert opened.receive_text() == "hello"


def test_health_and_the_proxy_need_no_passphrase(client: TestClient) -> None:
    assert client.get("/_stcore/health").status_code == 200
    assert client.post("/v1/chat/completions").status_code == 200
    assert client.get("/v1").status_code == 401 and client.get("/_stcore/healthy").status_code == 401


def test_participants_need_no_passphrase_and_reach_nothing_but_their_own_pages(client: TestClient) -> None:
    assert client.get("/take/anything").status_code != 401
    assert client.post("/take/api/join", json={}).json()["code"] == "link"
    assert client.get("/parallax/assets/participate.js").status_code in (200, 503)
    assert client.get("/take").status_code == client.get("/takeover").status_code == 401
    for path in ("/take/../design", "/take/%2e%2e/design", "/take/api/none", "/take//", "/take/x/y"):
        assert "page" not in client.get(path).text


def test_the_fonts_of_participants_pages_need_no_passphrase_and_lead_nowhere_else(client: TestClient) -> None:
    assert client.get("/parallax/assets/fonts/inter-latin.woff2").status_code != 401
    assert client.get("/parallax/assets/fonts").status_code == client.get("/parallax/assets/app.css").status_code == 401
    for path in ("/parallax/assets/fonts/%2e%2e/app.css", "/parallax/assets/fonts/..%2f..%2fx", "/v1/%2e%2e/design"):
        assert client.get(path).status_code == 401


def test_a_wrong_passphrase_is_refused_in_words_and_gives_no_cookie(client: TestClient) -> None:
    answer = client.post(SIGN_IN_PATH, data={"passphrase": "something else"})
    assert answer.status_code == 401 and "That is not the passphrase" in answer.text
    assert not client.cookies and "something else" not in answer.text


@pytest.mark.parametrize("body", [b"", b"\xff\xfe", b"passphrase", b"x" * 10_000, b"passphrase=" + b"y" * 5_000])
def test_a_form_that_is_none_is_a_wrong_passphrase(client: TestClient, body: bytes) -> None:
    assert client.post(SIGN_IN_PATH, content=body).status_code == 401


def test_the_cookie_is_for_this_server_alone_and_no_script_reads_it(client: TestClient) -> None:
    rules = client.post(SIGN_IN_PATH, data={"passphrase": PASSPHRASE}).headers["set-cookie"]
    assert "HttpOnly" in rules and "SameSite=lax" in rules and "Secure" not in rules and PASSPHRASE not in rules
    client.cookies.clear()
    behind = client.post(SIGN_IN_PATH, data={"passphrase": PASSPHRASE}, headers={"x-forwarded-proto": "https"})
    assert "Secure" in behind.headers["set-cookie"]


@pytest.mark.parametrize("token", ["", "x", "9999999999", "9999999999.", "9999999999.00", "1.5.x", "-1.x", "٣.x"])
def test_a_made_up_cookie_opens_nothing(client: TestClient, token: str) -> None:
    assert not is_valid_token(token, PASSPHRASE)
    client.cookies.set(ACCESS_COOKIE, "x" if not token.isascii() else token)
    assert client.get("/design", headers=HTML).status_code == 303


def test_a_cookie_ends_with_its_time_and_with_the_passphrase() -> None:
    token = signed_token(PASSPHRASE, time.time() + 60)
    assert is_valid_token(token, PASSPHRASE) and not is_valid_token(token, "another passphrase")
    assert not is_valid_token(signed_token(PASSPHRASE, time.time() - 1), PASSPHRASE)
    assert not is_valid_token("9" + token, PASSPHRASE)


@pytest.mark.parametrize(
    "path",
    ["//evil.example", "https://evil.example", "/\\evil.example", "evil", "/parallax/sign-in", "/a\nb", "", "\\\\e"],
)
def test_signing_in_leads_to_no_other_server(path: str) -> None:
    scope = {"type": "http", "query_string": f"next={quote(path)}".encode(), "path": "/", "headers": []}
    assert next_path(Request(scope)) == "/"


@given(st.text(max_size=30))
def test_whatever_is_asked_for_leads_to_this_server(path: str) -> None:
    scope = {
        "type": "http",
        "query_string": f"next={quote(path, errors='ignore')}".encode(),
        "path": "/",
        "headers": [],
    }
    found = next_path(Request(scope))
    assert found.startswith("/") and not found.startswith(("//", "/\\")) and found.isprintable()


def test_a_passphrase_is_long_said_aloud_and_never_the_same() -> None:
    made = {make_passphrase() for _ in range(200)}
    assert len(made) == 200 and all(len(one) == 19 and one.isascii() for one in made)
    assert is_passphrase(f" {PASSPHRASE.upper()}\n", PASSPHRASE) and not is_passphrase("", PASSPHRASE)


def test_a_short_passphrase_of_ones_own_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PASSPHRASE_VARIABLE, "12345")
    with pytest.raises(Explained, match="too short") as error:
        chosen_passphrase()
    assert "12345" not in str(error.value)


@pytest.mark.parametrize("path", ["/design", "/parallax/assets/nothing.js", "/_stcore/health", SIGN_IN_PATH])
def test_every_answer_says_what_a_browser_may_do(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff" and headers["referrer-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]
    policy = headers["content-security-policy"]
    assert "frame-ancestors 'self'" in policy and "default-src 'self'" in policy
    digest = b64encode(hashlib.sha256(b"a = 1").digest()).decode()
    assert f"script-src 'self' blob: 'sha256-{digest}';" in policy
    assert "unsafe-inline" not in policy.split("script-src")[1].split(";")[0] and "unsafe-eval" not in policy


@pytest.mark.parametrize("host", ["evil.example; script-src *", "a b", "a\nb", ""])
def test_a_made_up_host_adds_nothing_to_the_policy(host: str) -> None:
    assert content_security_policy(host) == content_security_policy("")


class FakeDoor:
    """Accounts whose addresses stand in a cookie."""

    def path(self) -> str:
        return "/auth/login?provider=signed"

    def account(self, cookies: Mapping[str, str]) -> Mapping[str, Any] | None:
        address = cookies.get("account")
        return {"email": address, "email_verified": True} if address else None


@pytest.fixture
def accounts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """A browser at a server where people of example.com, and Bob, sign in with accounts."""
    monkeypatch.delenv(PASSPHRASE_VARIABLE, raising=False)
    monkeypatch.setenv(PEOPLE_VARIABLE, "@Example.com, bob@other.org")
    with TestClient(served(tmp_path, FakeDoor()), follow_redirects=False) as browser:
        yield browser


def test_an_account_that_is_named_opens_pages_and_websockets_and_its_sign_in_leads_to_the_provider(
    accounts: TestClient,
) -> None:
    assert accounts.get("/design").status_code == 401
    assert "Sign in with your account" in accounts.get(SIGN_IN_PATH).text
    assert accounts.get(ACCOUNT_PATH).headers["location"] == "/auth/login?provider=signed"
    assert accounts.get("/oauth2callback?state=1").text == "page /oauth2callback"
    accounts.cookies.set("account", "ada@example.com")
    assert accounts.get("/design").text == "page /design"
    assert accounts.get(ACCOUNT_PATH).headers["location"] == "/"
    with accounts.websocket_connect("/_stcore/stream") as opened:
        assert opened.receive_text() == "hello"


def test_the_page_that_was_asked_for_is_come_back_to_once_after_signing_in_with_an_account(
    accounts: TestClient,
) -> None:
    asked = accounts.get("/studies?work=a%2Fb", headers={"accept": "text/html"}).headers["location"]
    page = accounts.get(asked).text
    assert (link := f"{ACCOUNT_PATH}?next=%2Fstudies%3Fwork%3Da%252Fb") in page
    assert accounts.get(link).headers["location"] == "/auth/login?provider=signed"
    accounts.get("/")  # without an account nobody is led anywhere
    accounts.cookies.set("account", "ada@example.com")
    assert accounts.get("/").headers["location"] == "/studies?work=a%2Fb"
    assert accounts.get("/").text == "page /"
    assert accounts.get("/design").text == "page /design"


def test_who_comes_back_from_signing_in_is_led_to_no_other_server(accounts: TestClient) -> None:
    accounts.get(f"{ACCOUNT_PATH}?next=//elsewhere.example")
    assert RETURN_COOKIE not in accounts.cookies
    accounts.cookies.set("account", "ada@example.com")
    for wrong in ("//elsewhere.example", "https://elsewhere.example", "%2F%2Felsewhere.example", ACCOUNT_PATH):
        accounts.cookies.set(RETURN_COOKIE, wrong)
        assert accounts.get("/").headers["location"] == "/"
        accounts.cookies.delete(RETURN_COOKIE)


def test_a_strangers_account_opens_nothing_and_they_are_told(accounts: TestClient) -> None:
    accounts.cookies.set("account", "eve@other.org")
    assert accounts.get("/design").status_code == accounts.post("/parallax/live").status_code == 401
    page = accounts.get(SIGN_IN_PATH).text
    assert "not among those" in page and 'href="/auth/logout"' in page
    assert accounts.get(ACCOUNT_PATH).headers["location"] == "/auth/login?provider=signed"


def test_without_accounts_their_paths_are_closed_and_the_page_names_only_the_passphrase(client: TestClient) -> None:
    assert [client.get(path).status_code for path in ("/auth/login", "/oauth2callback", "/auth/logout")] == [401] * 3
    assert client.get(ACCOUNT_PATH).headers["location"] == SIGN_IN_PATH
    assert 'href=""' in client.get(SIGN_IN_PATH).text


@pytest.mark.parametrize(
    ("account", "named"),
    [
        ({"email": "ADA@example.com", "email_verified": True}, True),
        ({"email": "bob@other.org", "email_verified": True}, True),
        ({"email": "ada@example.com"}, False),
        ({"email": "ada@example.com", "email_verified": "true"}, False),
        ({"email": "ada@example.com", "email_verified": False}, False),
        ({"email": "ada@example.com.evil.org", "email_verified": True}, False),
        ({"email": "ada@example.com@evil.org", "email_verified": True}, False),
        ({"email": "@example.com", "email_verified": True}, False),
        ({"email": "bob@example.org", "email_verified": True}, False),
        ({"email": ["ada@example.com"], "email_verified": True}, False),
        ({}, False),
    ],
)
def test_an_address_counts_only_where_the_provider_made_sure_of_it(
    account: dict[str, Any], named: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PEOPLE_VARIABLE, "@example.com bob@other.org")
    assert is_named(account, named_people()) == named
    monkeypatch.setenv(PEOPLE_VARIABLE, "everybody")
    assert is_named(account, named_people())


@pytest.mark.parametrize("people", ["", " , ", "example.com", "ada@example.com, all"])
def test_a_server_with_accounts_does_not_start_before_it_is_said_who_is_let_in(
    people: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PEOPLE_VARIABLE, people)
    with pytest.raises(Explained, match="whose accounts are let in"):
        served(tmp_path, FakeDoor())
