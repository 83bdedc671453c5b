"""What surrounds the routes, as a whole: mistakes of ours, limits, gzip of real answers, clients who leave."""

import asyncio
import gzip
import logging
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from onrecord.server import application
from onrecord.server.caching import Cache
from onrecord.server.holding import Holding
from onrecord.server.operation.running import is_told
from onrecord.server.pool import Limits
from onrecord.site.servers import SECURITY
from servers import ALL, ENDLESS, Server, running, until


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from onrecord.dataset import settings
    from onrecord.dataset.initial import make
    from onrecord.dataset.segments import Options
    from onrecord.release.building import build

    folder = tmp_path_factory.mktemp("served") / "dataset"
    make(folder)
    build(Options(folder, settings.load(folder), folder / "out"), lambda stage, done, of: None)
    return folder


@pytest.fixture(scope="module")
def server(dataset: Path) -> Iterator[Server]:
    with running(dataset) as found:
        yield found


async def _mistaken(request: Request) -> Response:
    raise ZeroDivisionError("a mistake")


def test_a_mistake_of_ours_is_told_without_what_it_was(dataset: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    routes = [Route("/mistake", _mistaken)]
    monkeypatch.setattr(application, "Starlette", lambda **more: Starlette(**{**more, "routes": routes}))
    holding = Holding(dataset, dataset / "out", Limits(workers=1), Cache())
    app = application.application(holding)

    async def ask() -> tuple[httpx.Response, httpx.Response]:
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://x") as client:
            return await client.get("/mistake"), await client.get("/nothing")

    given, found = asyncio.run(ask())
    assert (given.status_code, given.headers["content-type"]) == (500, "application/problem+json")
    assert "ZeroDivision" not in given.text
    assert found.status_code == 404
    for answer in (given, found):
        assert {name: answer.headers[name] for name in SECURITY} == SECURITY


def test_the_operator_hears_of_mistakes_and_not_of_what_is_stopped_at_the_end() -> None:
    def record(message: str, error: BaseException | None = None) -> logging.LogRecord:
        info = (type(error), error, None) if error is not None else None
        return logging.LogRecord("uvicorn.error", logging.ERROR, "", 0, message, (), info)

    assert is_told(record("Exception in ASGI application\n", ZeroDivisionError()))
    assert not is_told(record("Exception in ASGI application\n", asyncio.CancelledError()))
    assert not is_told(record("Cancel 3 running task(s), timeout graceful shutdown exceeded"))
    assert not is_told(record(""))


def test_curl_gets_the_same_compressed(server: Server, tmp_path: Path) -> None:
    url = f"{server.url}sparql"
    command = ["curl", "-s", "-G", "--data-urlencode", f"query={ALL}", "-D", str(tmp_path / "head"), url]
    plain = subprocess.run(command, capture_output=True, check=True).stdout
    packed = subprocess.run([*command, "-H", "accept-encoding: gzip"], capture_output=True, check=True).stdout
    assert "content-encoding: gzip" in (tmp_path / "head").read_text()
    assert gzip.decompress(packed) == plain
    assert len(packed) < len(plain)


def test_a_tag_that_came_with_gzip_is_good_without(server: Server) -> None:
    with httpx.Client(base_url=server.url) as client:
        packed = client.get("sparql", params={"query": ALL})
        assert packed.headers["content-encoding"] == "gzip"
        plain = {"accept-encoding": "identity", "if-none-match": packed.headers["etag"]}
        assert client.get("sparql", params={"query": ALL}, headers=plain).status_code == 304


def test_a_client_who_leaves_is_no_matter_for_the_operator(server: Server) -> None:
    for _ in range(3):
        with pytest.raises(httpx.ReadTimeout):
            httpx.get(f"{server.url}sparql", params={"query": ENDLESS}, timeout=0.5)
    until(lambda: server.ask().json()["workers"]["long"] == 0, "a worker goes on for nobody")
    assert server.said[1:] == []


def test_methods_that_would_change_something_are_refused(server: Server) -> None:
    for method in ("PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"):
        for path in ("", "health", "metrics", "sparql"):
            given = httpx.request(method, f"{server.url}{path}")
            assert given.status_code in (400, 404, 405), (method, path)
            assert "access-control-allow-origin" not in given.headers
