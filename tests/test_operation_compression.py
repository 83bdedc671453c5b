"""Answers as gzip: the same bytes for the reader, streamed as before, and said in the headers."""

import asyncio
import zlib
from collections.abc import MutableMapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.types import Message, Receive, Scope, Send

from onrecord.server.operation.compression import Compressed, takes_gzip

TEXT = b"text/turtle; charset=utf-8"
Headers = list[tuple[bytes, bytes]]


def _told(
    pieces: Sequence[bytes], headers: Headers, *, accepts: bytes = b"gzip", method: str = "GET", status: int = 200
) -> list[MutableMapping[str, object]]:
    """The messages that go to a client for an answer of these pieces."""
    sent: list[MutableMapping[str, object]] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": status, "headers": list(headers)})
        for place, piece in enumerate(pieces):
            await send({"type": "http.response.body", "body": piece, "more_body": place < len(pieces) - 1})

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": method, "headers": [(b"accept-encoding", accepts)] if accepts else []}
    asyncio.run(Compressed(app)(scope, receive, send))
    return sent


def _headers(messages: list[MutableMapping[str, object]]) -> dict[bytes, bytes]:
    found = messages[0]["headers"]
    assert isinstance(found, list)
    assert len({name for name, _ in found}) == len(found)
    return dict(found)


def _bodies(messages: list[MutableMapping[str, object]]) -> list[bytes]:
    return [bytes(body) for message in messages[1:] if isinstance(body := message.get("body", b""), bytes)]


@given(st.lists(st.binary(max_size=40_000), min_size=1, max_size=5), st.booleans())
def test_what_is_compressed_is_what_was_said(pieces: list[bytes], accepts: bool) -> None:
    sent = _told(pieces, [(b"content-type", TEXT)], accepts=b"gzip" if accepts else b"")
    whole = b"".join(_bodies(sent))
    packed = _headers(sent).get(b"content-encoding") == b"gzip"
    assert packed == (accepts and (len(pieces) > 1 or len(pieces[0]) >= 1024))
    assert (zlib.decompress(whole, 31) if packed else whole) == b"".join(pieces)
    assert _headers(sent)[b"vary"] == b"Accept-Encoding"


def test_each_piece_of_a_stream_can_be_read_when_it_comes() -> None:
    pieces = [b"first " * 10, b"second" * 10_000, b"third", b""]
    sent = _told(pieces, [(b"content-type", TEXT)])
    reader = zlib.decompressobj(31)
    assert [reader.decompress(body) for body in _bodies(sent)] == pieces
    assert reader.eof
    assert [message.get("more_body", False) for message in sent[1:]] == [True, True, True, False]


def test_headers_say_what_was_done() -> None:
    given_headers = [(b"content-type", TEXT), (b"content-length", b"5000"), (b"etag", b'"a"'), (b"vary", b"Accept")]
    found = _headers(_told([b"x" * 5000], given_headers))
    assert found[b"content-encoding"] == b"gzip"
    assert found[b"vary"] == b"Accept, Accept-Encoding"
    assert found[b"etag"] == b'W/"a"'  # it is not byte for byte what the tag was for
    assert b"content-length" not in found


@pytest.mark.parametrize(
    "media",
    [
        b"text/html; charset=utf-8",
        b"application/json",
        b"application/sparql-results+json",
        b"application/n-quads",
        b"application/sparql-results+xml",
        b"application/ld+json",
        b"application/trig",
        b"image/svg+xml",
        b"text/css",
        b"application/n-triples",
        b"application/rdf+xml",
        b"application/problem+json",
        b"text/javascript",
    ],
)
def test_texts_are_compressed(media: bytes) -> None:
    assert _headers(_told([b"x" * 5000], [(b"content-type", media)]))[b"content-encoding"] == b"gzip"


@pytest.mark.parametrize(
    "headers",
    [
        [(b"content-type", b"image/png")],
        [(b"content-type", b"font/woff2")],
        [(b"content-type", b"application/zip")],
        [(b"content-type", b"text/event-stream")],
        [(b"content-type", TEXT), (b"content-encoding", b"br")],
        [],
    ],
)
def test_what_is_no_text_or_compressed_already_goes_as_it_is(headers: Headers) -> None:
    sent = _told([b"x" * 5000], headers)
    assert _headers(sent) == dict(headers)
    assert _bodies(sent) == [b"x" * 5000]


@pytest.mark.parametrize(("method", "status"), [("HEAD", 200), ("GET", 206), ("GET", 304)])
def test_what_has_no_whole_body_goes_as_it_is(method: str, status: int) -> None:
    sent = _told([b"x" * 5000], [(b"content-type", TEXT), (b"content-length", b"5000")], method=method, status=status)
    assert _headers(sent)[b"content-length"] == b"5000"
    assert _bodies(sent) == [b"x" * 5000]


@pytest.mark.parametrize(
    ("accepts", "takes"),
    [
        (b"gzip", True),
        (b"GZIP, deflate, br", True),
        (b"br;q=1.0, gzip;q=0.8, *;q=0.1", True),
        (b"x-gzip", True),
        (b"*", True),
        (b"gzip;q=0", False),
        (b"gzip; q=0.000, *", False),
        (b"*;q=0", False),
        (b"identity", False),
        (b"gzip;q=nonsense", False),
        (b"", False),
    ],
)
def test_who_takes_gzip(accepts: bytes, takes: bool) -> None:
    assert takes_gzip(accepts) is takes
