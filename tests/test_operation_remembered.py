"""Answers that are given again: only to requests that are just the same, and only as long as their release is served."""

import asyncio
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from starlette.types import Message, Receive, Scope, Send

from onrecord.server import seen as seeing
from onrecord.server.caching import Cache
from onrecord.server.holding import Holding
from onrecord.server.operation.remembered import Remembered
from onrecord.server.pool import Limits

Pairs = tuple[tuple[bytes, bytes], ...]
ASKED: Pairs = ((b"accept", b"text/csv"), (b"host", b"127.0.0.1"))


class Counting:
    """An application that counts how often it is asked."""

    def __init__(self, *, tag: bytes = b'W/"1"', status: int = 200, pieces: int = 1, size: int = 3) -> None:
        self.asked = 0
        self._tag, self._status, self._pieces, self._size = tag, status, pieces, size

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the number of the request."""
        self.asked += 1
        seeing.of(scope).job = "query"
        headers = [(b"etag", self._tag)] if self._tag else []
        await send({"type": "http.response.start", "status": self._status, "headers": headers})
        for number in range(self._pieces):
            more = number + 1 < self._pieces
            await send({"type": "http.response.body", "body": b"x" * self._size, "more_body": more})


def holding(tmp_path: Path) -> Holding:
    made = Holding(tmp_path, tmp_path, Limits(), Cache())
    release(made, "one")
    return made


def release(made: Holding, digest: str) -> None:
    made._current = cast("None", SimpleNamespace(digest=digest))


def ask(
    app: Remembered, headers: Pairs = ASKED, *, method: str = "GET", query: bytes = b"query=ASK{}"
) -> list[Message]:
    told: list[Message] = []

    async def send(message: Message) -> None:
        told.append(message)

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    scope: Scope = {
        "type": "http",
        "method": method,
        "path": "/sparql",
        "query_string": query,
        "headers": list(headers),
    }
    seeing.begin(scope)
    asyncio.run(app(scope, receive, send))
    return told


def test_the_same_request_is_answered_again_alike(tmp_path: Path) -> None:
    inner, held = Counting(), holding(tmp_path)
    app = Remembered(inner, held)
    first = ask(app)
    again = ask(app)
    again[0]["headers"].append((b"x", b"y"))  # whoever stands in front adds to what was said
    assert first == ask(app)
    assert (inner.asked, held.cache.hits) == (1, 2)


@pytest.mark.parametrize(
    ("headers", "method", "query"),
    [
        (ASKED, "GET", b"query=ASK{} "),
        (ASKED, "HEAD", b"query=ASK{}"),
        (ASKED, "POST", b"query=ASK{}"),
        (((b"accept", b"text/turtle"), ASKED[1]), "GET", b"query=ASK{}"),
        ((ASKED[0], (b"host", b"localhost")), "GET", b"query=ASK{}"),
        ((*ASKED, (b"accept-encoding", b"gzip")), "GET", b"query=ASK{}"),
        ((*ASKED, (b"accept", b"text/turtle")), "GET", b"query=ASK{}"),
        ((*ASKED, (b"if-none-match", b'W/"1"')), "GET", b"query=ASK{}"),
        ((*ASKED, (b"origin", b"https://a.example")), "GET", b"query=ASK{}"),
    ],
)
def test_another_request_is_asked_anew(tmp_path: Path, headers: Pairs, method: str, query: bytes) -> None:
    inner = Counting()
    app = Remembered(inner, holding(tmp_path))
    ask(app)
    ask(app, headers, method=method, query=query)
    assert inner.asked == 2


@pytest.mark.parametrize(
    "inner",
    [Counting(tag=b""), Counting(tag=b'"strong"'), Counting(status=404), Counting(pieces=2), Counting(size=1 << 17)],
)
def test_what_is_not_kept(tmp_path: Path, inner: Counting) -> None:
    app = Remembered(inner, holding(tmp_path))
    ask(app)
    ask(app)
    assert inner.asked == 2


def test_another_release_is_asked_anew(tmp_path: Path) -> None:
    inner, held = Counting(), holding(tmp_path)
    app = Remembered(inner, held)
    ask(app)
    release(held, "two")
    ask(app)
    assert inner.asked == 2
    release(held, "one")
    ask(app)
    assert inner.asked == 2


def test_it_holds_no_more_than_some_megabytes(tmp_path: Path) -> None:
    inner = Counting(size=1 << 16)
    app = Remembered(inner, holding(tmp_path))
    for number in range(600):
        ask(app, query=b"%d" % number)
    assert len(app._held) < 520
    ask(app, query=b"599")
    assert inner.asked == 600
    ask(app, query=b"0")
    assert inner.asked == 601
