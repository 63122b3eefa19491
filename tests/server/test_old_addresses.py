"""A link to a comparison opens it, whichever page was the first one when it was made."""

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from components.server.old_addresses import OldAddresses


@pytest.fixture
def client() -> TestClient:
    """A server that says which path was asked for."""

    def path_of(request: Request) -> PlainTextResponse:
        return PlainTextResponse(request.url.path)

    served = Starlette(routes=[Route("/{path:path}", path_of, methods=["GET"])])
    return TestClient(OldAddresses(served), follow_redirects=False)


@pytest.mark.parametrize("query", ["answer=0a1b&a=f00&weather=Phone+on+a+train", "a=1&answer=%7B%22%7D", "work=x_-1"])
def test_an_address_that_names_a_comparison_leads_to_compare_as_it_is(client: TestClient, query: str) -> None:
    answer = client.get(f"/?{query}")
    assert (answer.status_code, answer.headers["location"]) == (307, f"compare?{query}")


@pytest.mark.parametrize("path", ["/", "/?embed=true", "/?note=answer", "/compare?answer=1", "/results?comparison=1"])
def test_every_other_address_is_answered_where_it_is(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200 and answer.text == path.split("?")[0]
