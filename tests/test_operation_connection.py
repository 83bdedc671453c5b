"""Connections that are too many, too slow, or take nothing, with limits that are short."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import uvicorn
from starlette.types import Message, Receive, Scope, Send

from onrecord.server.operation.connection import Configuration, Connection, Guard
from onrecord.server.operation.tally import Tally
from servers import until

_PATIENCE = 60.0
_REQUEST = b"GET / HTTP/1.1\r\nhost: x\r\n\r\n"


class _Application:
    """Answers with the length of what was sent, or without end."""

    def __init__(self) -> None:
        self.left: list[str] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        size, more = 0, True
        while more:
            message: Message = await receive()
            if message["type"] == "http.disconnect":
                self.left.append("before the answer")
                return
            size, more = size + len(message["body"]), message.get("more_body", False)
        await send({"type": "http.response.start", "status": 200, "headers": []})
        if scope["path"] == "/endless":
            leaving = asyncio.ensure_future(receive())
            while not leaving.done():
                await send({"type": "http.response.body", "body": b"x" * (1 << 16), "more_body": True})
                await asyncio.sleep(0)
            self.left.append("while it was being sent")
        await send({"type": "http.response.body", "body": b"%d" % size})


@contextmanager
def _listening(guard: Guard) -> Iterator[tuple[int, _Application]]:
    """The port of a server, and its application."""
    app = _Application()
    configuration = Configuration(app, http=Connection, ws="none", lifespan="off", log_config=None, access_log=False)
    configuration.limit_concurrency = guard.most
    configuration.guard = guard
    server = uvicorn.Server(configuration)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = int(listening.getsockname()[1])
        thread = threading.Thread(target=server.run, args=[[listening]])
        thread.start()
        try:
            yield port, app
        finally:
            server.should_exit = True
            thread.join(_PATIENCE)


def _open(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=_PATIENCE)


def _rest(connection: socket.socket) -> bytes:
    said = b""
    with suppress(ConnectionError):
        while piece := connection.recv(1 << 16):
            said += piece
    return said


def test_many_requests_on_one_connection_and_a_pipeline_of_them() -> None:
    tally = Tally()
    with _listening(Guard(tally, head=_PATIENCE)) as (port, _), _open(port) as connection:
        for _ in range(3):
            connection.sendall(_REQUEST)
            assert connection.recv(1 << 16).startswith(b"HTTP/1.1 200 ")
        body = b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\n\r\n12345"
        connection.sendall(_REQUEST + body + _REQUEST.replace(b"host", b"connection: close\r\nhost"))
        assert _rest(connection).count(b"HTTP/1.1 200 ") == 3
    assert tally.turned_away == 0


def test_a_body_that_does_not_come_is_not_waited_for() -> None:
    tally = Tally()
    with _listening(Guard(tally, body=0.2)) as (port, app), _open(port) as connection:
        connection.sendall(b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\n\r\n123")
        assert _rest(connection) == b""
        assert tally.turned_away == 1
    assert app.left == ["before the answer"]


def test_an_answer_that_takes_longer_than_a_head_may_is_not_ended() -> None:
    """The limit is for what clients do, not for what they wait for."""
    with _listening(Guard(Tally(), head=0.2, body=0.2)) as (port, _), _open(port) as connection:
        connection.sendall(_REQUEST.replace(b" / ", b" /endless "))
        size = 0
        while size < 50_000_000:
            piece = connection.recv(1 << 20)
            assert piece, f"it was ended after {size} bytes"
            size += len(piece)


def test_a_client_who_takes_nothing_is_not_waited_for() -> None:
    with _listening(Guard(Tally(), stall=0.2)) as (port, app), _open(port) as connection:
        connection.sendall(_REQUEST.replace(b" / ", b" /endless "))
        until(lambda: app.left == ["while it was being sent"], "it is waited for")


def test_who_is_one_too_many_is_told_so_and_beyond_that_not_even_heard() -> None:
    tally = Tally()
    with _listening(Guard(tally, most=3, head=_PATIENCE)) as (port, _):
        connections = [_open(port) for _ in range(8)]
        until(lambda: tally.turned_away == 2, "they are all heard")
        said = []
        for connection in connections:
            with suppress(ConnectionError):
                connection.sendall(_REQUEST.replace(b"host", b"connection: close\r\nhost"))
            said.append(_rest(connection)[:13])
            connection.close()
        assert said[-2:] == [b"", b""]
        assert b"HTTP/1.1 503 " in said
        with _open(port) as connection:
            connection.sendall(_REQUEST.replace(b"host", b"connection: close\r\nhost"))
            assert _rest(connection).startswith(b"HTTP/1.1 200 ")  # there is room again
