"""Clients that leave, that do not read, and that come too many; workers that are killed: the server goes on, and what
is cut short can never be taken for whole."""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import urlopen

import httpx
import pytest
import requests

from endpoints import Endpoint, built, endpoint
from onrecord.server.pool import Limits

CROSS = " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(8))
LONG = f"SELECT (COUNT(*) AS ?n) {{ {CROSS} }}"
LARGE = f"SELECT * {{ {CROSS} }}"
PATIENCE = 20.0
LIMITS = Limits(seconds=60.0, turns=0.2, stall=0.5, workers=2, long=2, parked=1, queue=4, patience=1.0)


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("clients"))


@pytest.fixture(scope="module")
def served(dataset: Path) -> Iterator[Endpoint]:
    with endpoint(dataset, LIMITS) as running:
        yield running


@pytest.fixture(scope="module")
def limited(dataset: Path) -> Iterator[Endpoint]:
    """One that gives no more than so many rows, of which each is large: the answer has begun by then."""
    with endpoint(dataset, Limits(seconds=60.0, rows=2_000, workers=2)) as running:
        yield running


def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds."""
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)


def is_quiet(served: Endpoint) -> bool:
    """Whether no request runs or waits."""
    census = served.census()
    return not any(census[state] for state in ("short", "long", "parked", "waiting"))


def is_alive(process: int) -> bool:
    """Whether there is such a process, and it has not ended."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def assert_alive(served: Endpoint) -> None:
    def answers() -> bool:
        query = "ASK { FILTER(RAND() >= 0) }"  # which no cache answers
        response = httpx.get(served.sparql, params={"query": query}, timeout=PATIENCE)
        assert response.status_code in (200, 503), response.text
        return response.status_code == 200

    until(answers)


def connected(served: Endpoint, query: str, *, window: int = 0) -> socket.socket:
    """A connection on which a query was sent. `window`: bytes that it takes without being read."""
    host, _, port = served.address.removeprefix("http://").rstrip("/").partition(":")
    connection = socket.socket()
    if window:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, window)
    connection.settimeout(PATIENCE)
    connection.connect((host, int(port)))
    target = f"/sparql?{urlencode({'query': query})}"
    connection.sendall(f"GET {target} HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n".encode())
    return connection


def rest(connection: socket.socket) -> bytes:
    """What comes until the end, or until the connection is torn."""
    held = []
    try:
        while piece := connection.recv(1 << 16):
            held.append(piece)
    except ConnectionResetError:
        pass
    return b"".join(held)


# ── Cut short ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _address(limited: Endpoint, form: str = "json") -> str:
    return f"{limited.sparql}?{urlencode({'query': LARGE, 'format': form})}"


@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_no_client_takes_a_part_for_the_whole(limited: Endpoint, form: str) -> None:
    address = _address(limited, form)
    with pytest.raises(httpx.RemoteProtocolError):
        httpx.get(address, timeout=PATIENCE)
    with pytest.raises(httpx.RemoteProtocolError):
        httpx.get(address, timeout=PATIENCE, headers={"accept-encoding": "identity"})
    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        requests.get(address, timeout=PATIENCE)
    with urlopen(address, timeout=PATIENCE) as response, pytest.raises(http.client.IncompleteRead):
        response.read()
    assert_alive(limited)


@pytest.mark.parametrize("packed", [False, True])
def test_curl_does_not_either(limited: Endpoint, packed: bool) -> None:
    program = shutil.which("curl")
    if program is None:
        pytest.skip("there is no curl on this machine")
    for version in ("--http1.1", "--http1.0"):
        words = [program, "--silent", version, *(["--compressed"] if packed else []), _address(limited)]
        ran = subprocess.run(words, capture_output=True, check=False, timeout=PATIENCE)
        assert ran.returncode == 18  # CURLE_PARTIAL_FILE
        assert len(ran.stdout) > 100_000


def test_the_last_chunk_is_what_is_missing(limited: Endpoint) -> None:
    with connected(limited, LARGE) as connection:
        told = rest(connection)
    assert told.startswith(b"HTTP/1.1 200")
    assert b"transfer-encoding: chunked" in told
    assert not told.endswith(b"0\r\n\r\n")
    assert limited.holding.counts.cut


# ── Workers are killed ────────────────────────────────────────────────────────────────────────────────────────────


def _working(served: Endpoint) -> list[int]:
    """The processes that answer long requests."""
    return [each.link.process.pid for each in served.holding.current.pool._running if each.link is not None]


def test_a_worker_that_is_killed_in_an_answer_cuts_it(served: Endpoint) -> None:
    until(lambda: is_quiet(served))
    with connected(served, LARGE, window=1 << 12) as connection:
        connection.recv(1 << 10)
        until(lambda: bool(_working(served)))
        (process,) = _working(served)
        os.kill(process, signal.SIGKILL)
        assert not rest(connection).endswith(b"0\r\n\r\n")
    assert not is_alive(process)
    assert_alive(served)


def test_a_worker_that_is_killed_before_its_answer_is_told(served: Endpoint) -> None:
    until(lambda: is_quiet(served))
    with connected(served, LONG) as connection:
        until(lambda: bool(_working(served)))
        os.kill(_working(served)[0], signal.SIGKILL)
        told = connection.recv(1 << 16)
    assert told.startswith(b"HTTP/1.1 503")
    assert b"application/problem+json" in told
    assert_alive(served)


def test_a_mistake_of_ours_is_not_put_on_the_request(dataset: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from onrecord.server.pool import birth

    monkeypatch.setattr(birth, "_SOURCE", "mistaken:run")
    with endpoint(dataset, LIMITS) as served:
        response = httpx.get(served.sparql, params={"query": "ASK {}"}, timeout=PATIENCE)
        assert response.status_code == 503
        assert "mistake" in response.json()["title"]
        until(lambda: served.holding.counts.died == 1)


def test_all_workers_are_killed_at_once(served: Endpoint) -> None:
    until(lambda: is_quiet(served) and served.census()["idle"] >= LIMITS.workers)
    processes = served.holding.current.pool.processes()
    for process in processes:
        os.kill(process, signal.SIGKILL)
    assert_alive(served)
    until(lambda: is_quiet(served) and served.census()["idle"] >= LIMITS.workers)
    assert not set(processes) & set(served.holding.current.pool.processes())
    assert not any(is_alive(process) for process in processes)


# ── Clients who leave, or do not read ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("query", [LONG, LARGE, f"{LONG} #", f"CONSTRUCT {{ ?a0 ?b0 ?c0 }} {{ {CROSS} }}"])
def test_a_client_that_leaves_frees_its_worker(served: Endpoint, query: str) -> None:
    until(lambda: is_quiet(served))
    with connected(served, query, window=1 << 12) as connection:
        until(lambda: bool(_working(served)))
        (process,) = _working(served)
        if query == LARGE:
            connection.recv(1 << 10)
    until(lambda: is_quiet(served))
    until(lambda: not is_alive(process))
    assert_alive(served)


def test_clients_who_leave_while_they_wait_leave_the_queue(served: Endpoint) -> None:
    until(lambda: is_quiet(served))
    many = [connected(served, f"{LONG} #{number}") for number in range(8)]
    until(lambda: not is_quiet(served))
    for each in many:
        each.close()
    until(lambda: is_quiet(served))
    assert_alive(served)


def test_a_client_that_takes_nothing_is_let_go(dataset: Path) -> None:
    with endpoint(dataset, Limits(seconds=60.0, turns=0.2, stall=0.5, workers=1, long=1)) as served:
        with connected(served, LARGE, window=1 << 12) as connection:
            connection.recv(1 << 10)
            (process,) = _working(served)
            until(lambda: not is_alive(process))
            until(lambda: is_quiet(served))
            assert not rest(connection).endswith(b"0\r\n\r\n")
        assert served.holding.counts.killed == 1
        assert_alive(served)


def test_a_client_that_sends_no_end_is_not_waited_for_by_others(served: Endpoint) -> None:
    host, _, port = served.address.removeprefix("http://").rstrip("/").partition(":")
    halves = []
    for begin in (b"GET /sparql?que", b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nquery="):
        connection = socket.create_connection((host, int(port)), timeout=PATIENCE)
        connection.sendall(begin)
        halves.append(connection)
    assert_alive(served)
    for connection in halves:
        connection.close()
    assert_alive(served)


# ── Too many ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_too_many_are_told_to_come_later(served: Endpoint) -> None:
    until(lambda: is_quiet(served))

    def ask(number: int) -> httpx.Response:
        query = f"SELECT (COUNT(*) AS ?n{number}) {{ {CROSS} }}"
        try:
            return httpx.get(served.sparql, params={"query": query}, timeout=4.0)
        except httpx.ReadTimeout as late:
            return httpx.Response(299, text=str(late))  # one that runs

    with ThreadPoolExecutor(16) as crowd:
        answers = list(crowd.map(ask, range(16)))
    busy = [answer for answer in answers if answer.status_code == 503]
    assert len(busy) >= 16 - LIMITS.processes - LIMITS.queue
    assert {answer.status_code for answer in answers} <= {299, 503}
    for answer in busy:
        assert answer.headers["content-type"] == "application/problem+json"
        assert int(answer.headers["retry-after"]) >= 1
        assert "busy" in answer.json()["title"] or "free in time" in answer.json()["title"]
    until(lambda: is_quiet(served))
    assert_alive(served)


def test_look_ups_are_answered_while_others_take_long(served: Endpoint) -> None:
    until(lambda: is_quiet(served))
    with connected(served, LONG), connected(served, f"{LONG} #"):
        until(lambda: served.census()["long"] == 2 and served.census()["idle"] > 0)
        for number in range(20):
            query = f"SELECT ?s {{ ?s ?p {number} }} LIMIT 1"
            assert httpx.get(served.sparql, params={"query": query}, timeout=PATIENCE).status_code == 200
    until(lambda: is_quiet(served))
