"""Who may ask, and what every answer says."""

import asyncio
import json
from collections.abc import Iterable
from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from onrecord.errors import ConfigurationError
from onrecord.server import seen as seeing
from onrecord.server.operation.access import AccessLog
from onrecord.server.operation.doors import Doors
from onrecord.server.operation.front import Front
from onrecord.server.operation.tally import Tally
from onrecord.site.servers import SECURITY

LOCAL = Doors("127.0.0.1", 8000, "", (), draft=True)
PUBLISHED = Doors("127.0.0.1", 8000, "", ())
PUBLIC = Doors("127.0.0.1", 8000, "https://kg.example.org/", ("kg.example.net", "other.example.net:8443"))
OPEN = Doors("0.0.0.0", 8000, "", ())


# ── Names ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "host", ["127.0.0.1:8000", "localhost:8000", "LOCALHOST:8000", "[::1]:8000", "localhost.:8000"]
)
def test_this_machine_is_answered_by_its_names(host: str) -> None:
    assert LOCAL.admits(host.encode())
    assert PUBLIC.admits(host.encode())


@pytest.mark.parametrize(
    "host",
    [
        *(
            "evil.example:8000",
            "127.0.0.1",
            "localhost:8001",
            "127.0.0.1.evil.example:8000",
            "192.0.2.1:8000",
            "",
            "[::1]",
        ),
        *("localhost:8000@evil.example", "evil.example", "localhost:8000, evil.example", "localhost:8000\x00", "a b"),
    ],
)
def test_served_to_this_machine_alone_no_other_name_is_answered(host: str) -> None:
    assert not LOCAL.admits(host.encode("latin-1"))


def test_names_that_are_allowed_are_answered_and_no_others() -> None:
    for host in ("kg.example.org", "KG.example.org", "kg.example.net", "kg.example.net:80", "other.example.net:8443"):
        assert PUBLIC.admits(host.encode())
    for host in ("example.org", "evil.kg.example.org", "other.example.net", "other.example.net:8444"):
        assert not PUBLIC.admits(host.encode())


def test_served_to_all_an_address_in_numbers_is_answered_and_no_name() -> None:
    """A name can be made to lead anywhere (DNS rebinding); a number cannot. The port may be a container's."""
    for host in ("192.0.2.1:8000", "[2001:db8::1]:8000", "localhost:8080", "192.0.2.1"):
        assert OPEN.admits(host.encode())
    for host in ("evil.example:8000", "192.0.2.1.evil.example:8000", "999.0.2.1"):
        assert not OPEN.admits(host.encode())


def test_a_star_allows_any_name() -> None:
    assert Doors("0.0.0.0", 80, "", ("*",)).admits(b"anything.example")


@given(st.binary(max_size=40))
def test_whatever_is_sent_as_a_name_is_answered_or_not(host: bytes) -> None:
    assert not LOCAL.admits(host) or host.decode().rpartition(":")[0].lower().strip(".") in (
        "127.0.0.1",
        "localhost",
        "[::1]",
    )


@given(st.lists(st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=1, max_size=9), max_size=300))
def test_what_is_remembered_of_names_is_bounded(names: list[str]) -> None:
    doors = Doors("0.0.0.0", 80, "", ("*",))
    assert all(doors.admits(name.encode()) for name in names)
    assert len(doors._known) <= 64


@pytest.mark.parametrize(
    "public", ["kg.example.org", "ftp://kg.example.org/", "https://", "https://a b/", "https://x/?y=z"]
)
def test_what_is_no_address_is_refused(public: str) -> None:
    with pytest.raises(ConfigurationError):
        Doors("127.0.0.1", 80, public, ())


def test_an_address_ends_in_a_slash() -> None:
    assert Doors("127.0.0.1", 80, "https://kg.example.org/kg", ()).public == "https://kg.example.org/kg/"


# ── Pages of others ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("origin", [b"http://127.0.0.1:3333", b"http://localhost", b"https://[::1]:80"])
def test_pages_of_this_machine_read_what_is_being_written(origin: bytes) -> None:
    assert LOCAL.readers(origin) == origin


@pytest.mark.parametrize(
    "origin", [b"", b"null", b"https://evil.example", b"http://localhost.evil.example", b"http://localhost:1 x"]
)
def test_other_pages_do_not(origin: bytes) -> None:
    assert LOCAL.readers(origin) == b""


def test_what_was_published_is_read_by_all() -> None:
    assert PUBLISHED.readers(b"https://anything.example") == PUBLISHED.readers(b"") == b"*"
    assert Doors("0.0.0.0", 8000, "", (), draft=True).readers(b"https://anything.example") == b"*"
    assert PUBLIC.readers(b"https://anything.example") == OPEN.readers(b"") == b"*"


# ── Answers ───────────────────────────────────────────────────────────────────────────────────────────────────────


async def _said(request: Request) -> Response:
    seen = seeing.of(request.scope)
    seen.job, seen.query = "query", "SELECT * {}\n" + "x" * 500
    body = await request.body()
    return PlainTextResponse(f"{len(body)}", headers={"vary": "Accept"})


async def _own(request: Request) -> Response:
    return Response(
        headers={"content-security-policy": "frame-ancestors *", "access-control-allow-origin": "https://a"}
    )


def _front(doors: Doors, tally: Tally, log: AccessLog | None = None) -> Front:
    return Front(
        Starlette(routes=[Route("/x", _said, methods=["GET", "POST"]), Route("/own", _own)]), doors, tally, log
    )


def _answers(front: Front, *requests: httpx.Request) -> list[httpx.Response]:
    async def ask() -> list[httpx.Response]:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(front)) as client:
            return [await client.send(request) for request in requests]

    return asyncio.run(ask())


def _request(
    method: str = "GET", path: str = "/x", headers: Iterable[tuple[str, str | bytes]] = (), body: bytes = b""
) -> httpx.Request:
    return httpx.Request(
        method,
        f"http://localhost:8000{path}",
        headers=[(name.encode(), _raw(value)) for name, value in headers],
        content=body,
    )


def _raw(value: str | bytes) -> bytes:
    return value if isinstance(value, bytes) else value.encode()


def _names(answer: httpx.Response) -> set[str]:
    return {each.strip().lower() for each in answer.headers.get("vary", "").split(",")}


def test_every_answer_is_secured() -> None:
    found = _answers(
        _front(LOCAL, Tally()), _request(), _request(path="/nothing"), _request("PUT"), _request("OPTIONS")
    )
    assert [answer.status_code for answer in found] == [200, 404, 405, 405]
    for answer in found:
        assert {name: answer.headers[name] for name in SECURITY} == SECURITY
        assert "origin" in _names(answer)


def test_what_an_answer_says_itself_is_kept() -> None:
    (answer,) = _answers(_front(PUBLIC, Tally()), _request(path="/own"))
    assert answer.headers.get_list("content-security-policy") == ["frame-ancestors *"]
    assert answer.headers.get_list("access-control-allow-origin") == ["https://a"]
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_wrong_name_is_refused_with_what_to_do() -> None:
    wrong = httpx.Request("GET", "http://evil.example:8000/x")
    two = _request(headers=[("host", "localhost:8000"), ("host", "evil.example")])
    found = _answers(_front(LOCAL, Tally()), wrong, two)
    assert [answer.status_code for answer in found] == [421, 400]
    for answer in found:
        assert answer.headers["content-type"] == "application/problem+json"
        assert "http://127.0.0.1:8000/" in answer.json()["detail"]
        assert "access-control-allow-origin" not in answer.headers


def test_pages_are_told_whether_they_may_read() -> None:
    ours, theirs = ("origin", "http://localhost:3333"), ("origin", "https://evil.example")
    preflight = ("access-control-request-method", "POST")
    found = _answers(
        _front(LOCAL, Tally()),
        *(_request(headers=[who]) for who in (ours, theirs)),
        *(_request("OPTIONS", headers=[who, preflight]) for who in (ours, theirs)),
    )
    assert [answer.headers.get("access-control-allow-origin") for answer in found] == [ours[1], None, ours[1], None]
    assert [answer.headers.get("access-control-allow-methods") for answer in found] == [
        None,
        None,
        "GET, HEAD, POST",
        None,
    ]
    assert not any("access-control-allow-credentials" in answer.headers for answer in found)
    assert [answer.status_code for answer in found] == [200, 200, 204, 204]


@pytest.mark.parametrize("length", ["99999999999", "99999999999999999", "-1", "1e3"])
def test_a_body_that_nobody_takes_is_refused_before_it_is_read(length: str) -> None:
    request = _request("POST", headers=[("content-length", length)])
    (answer,) = _answers(_front(LOCAL, Tally()), request)
    assert answer.status_code == 413


# ── What is noticed ───────────────────────────────────────────────────────────────────────────────────────────────


def test_a_request_is_counted_by_who_answers_it() -> None:
    tally = Tally()
    _answers(
        _front(LOCAL, tally), _request(), _request("POST", body=b"12345"), _request(path="/nothing"), _request("BREW")
    )
    assert tally.requests == {
        ("other", "GET", 200): 1,
        ("other", "POST", 200): 1,
        ("none", "GET", 404): 1,
        ("other", "other", 405): 1,
    }
    assert tally.active == 0
    assert sum(tally.latencies["other"].counts) == 3


def _lines(tmp_path: Path, *requests: httpx.Request) -> list[dict[str, object]]:
    file = tmp_path / "log"

    async def ask() -> None:
        log = AccessLog(file, lambda lines: None)
        async with httpx.AsyncClient(transport=httpx.ASGITransport(_front(LOCAL, Tally(), log))) as client:
            for request in requests:
                await client.send(request)
        log.flush()

    asyncio.run(ask())
    return [json.loads(line) for line in file.read_text().splitlines()]


def test_a_line_tells_what_happened_and_nothing_that_was_sent_in_a_body_or_after_the_path(tmp_path: Path) -> None:
    request = _request("POST", "/x?who=secret", [("user-agent", "curl/8")], b"the names of people")
    (line,) = _lines(tmp_path, request)
    assert line.keys() >= {"time", "ms", "client"}
    assert (line["method"], line["path"], line["status"], line["bytes"]) == ("POST", "/x", 200, 2)
    assert (line["agent"], line["job"]) == ("curl/8", "query")
    assert line["query"] == ("SELECT * {}\n" + "x" * 500)[:200]
    assert len(str(line["query_sha256"])) == 64
    assert "secret" not in str(line)
    assert "people" not in str(line)


def test_a_client_cannot_forge_a_line(tmp_path: Path) -> None:
    agent = 'x","status":200}\x85\x0b{"time"'.encode("latin-1")
    lines = _lines(
        tmp_path,
        _request(path="/a%0d%0a%7B%22status%22%3A200%7D%E2%80%A8", headers=[("user-agent", agent)]),
        _request(),
    )
    assert len((tmp_path / "log").read_bytes().split(b"\n")) == 3
    assert lines[0]["path"] == '/a\r\n{"status":200}\u2028'
    assert [line["status"] for line in lines] == [404, 200]


def test_a_log_that_was_moved_away_goes_on_in_a_new_file(tmp_path: Path) -> None:
    async def work() -> None:
        log = AccessLog(tmp_path / "log", lambda lines: None)
        front = _front(LOCAL, Tally(), log)
        async with httpx.AsyncClient(transport=httpx.ASGITransport(front)) as client:
            await client.send(_request())
            (tmp_path / "log").rename(tmp_path / "log.1")
            log.reopen()
            await client.send(_request(path="/nothing"))
            log.flush()

    asyncio.run(work())
    assert json.loads((tmp_path / "log.1").read_text())["path"] == "/x"
    assert json.loads((tmp_path / "log").read_text())["path"] == "/nothing"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full disk to write to")
def test_a_full_disk_costs_lines_and_no_request() -> None:
    lost: list[int] = []

    async def work() -> None:
        log = AccessLog(Path("/dev/full"), lost.append)
        front = _front(LOCAL, Tally(), log)
        async with httpx.AsyncClient(transport=httpx.ASGITransport(front)) as client:
            assert (await client.send(_request())).status_code == 200
        log.flush()

    asyncio.run(work())
    assert lost == [1]
