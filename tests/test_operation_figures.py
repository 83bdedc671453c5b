"""`/health`, `/metrics` and the log of a server that runs, and clients who behave badly."""

import json
import re
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.server.operation.tally import BOUNDS, Tally, family
from servers import ALL, Server, running, until

Samples = dict[tuple[str, tuple[tuple[str, str], ...]], float]
_SAMPLE = re.compile(r'([a-z_]+)(?:\{((?:[a-z0-9_]+="(?:[^"\\\n]|\\[\\"n])*",?)+)\})? ([0-9.e+-]+)')
_LABEL = re.compile(r'([a-z0-9_]+)="((?:[^"\\\n]|\\[\\"n])*)"')
_UNESCAPED = {"\\\\": "\\", '\\"': '"', "\\n": "\n"}


def _read(text: str) -> Samples:
    """Prometheus' text, read as its description says: every family once, with help and type, its samples together."""
    found: Samples = {}
    assert text.endswith("\n")
    blocks = re.split(r"^(?=# HELP )", text, flags=re.MULTILINE)
    assert blocks[0] == ""
    names = []
    for block in blocks[1:]:
        told, kind, *lines = block.removesuffix("\n").split("\n")
        name = told.split(" ")[2]
        names.append(name)
        assert re.fullmatch(rf"# TYPE {name} (counter|gauge|histogram)", kind)
        assert not kind.endswith("counter") or name.endswith("_total")
        for line in lines:
            sample = _SAMPLE.fullmatch(line)
            assert sample is not None, line
            assert sample[1].removeprefix(name) in (
                ("_bucket", "_sum", "_count") if kind.endswith("histogram") else ("",)
            )
            labels = tuple(
                sorted((n, re.sub(r"\\.", lambda e: _UNESCAPED[e[0]], v)) for n, v in _LABEL.findall(sample[2] or ""))
            )
            assert (sample[1], labels) not in found
            found[sample[1], labels] = float(sample[3])
    assert len(set(names)) == len(names)
    return found


@given(st.text(), st.floats(0, 1e9))
def test_whatever_a_label_holds_is_read_back(text: str, value: float) -> None:
    assert _read(family("x", "gauge", "X.", [("", {"a": text}, value)])) == {("onrecord_x", (("a", text),)): value}


@given(st.lists(st.floats(0, 100), min_size=1, max_size=50))
def test_the_histogram_counts_how_many_took_no_longer(seconds: list[float]) -> None:
    tally = Tally()
    for each in seconds:
        tally.add("site", "GET", 200, 10, each)
    found = _read("".join(tally.families()))
    for bound in BOUNDS:
        key = ("onrecord_http_request_duration_seconds_bucket", (("le", f"{bound:g}"), ("route", "site")))
        assert found[key] == sum(each <= bound for each in seconds)
    site = (("route", "site"),)
    assert found["onrecord_http_request_duration_seconds_bucket", (("le", "+Inf"), *site)] == len(seconds)
    assert found["onrecord_http_request_duration_seconds_count", site] == len(seconds)
    assert found["onrecord_http_request_duration_seconds_sum", site] == pytest.approx(sum(seconds))
    assert found["onrecord_http_response_bytes_total", site] == 10 * len(seconds)


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
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("log") / "requests"


@pytest.fixture(scope="module")
def server(dataset: Path, log: Path) -> Iterator[Server]:
    with running(dataset, "--log", str(log)) as found:
        yield found


def test_health_says_what_is_served(server: Server, dataset: Path) -> None:
    given = server.ask("health")
    assert given.status_code == 200
    assert given.headers["cache-control"] == "no-store"
    told = given.json()
    manifest = json.loads((dataset / "out" / "latest" / "manifest.json").read_bytes())
    name = (dataset / "out" / "latest").resolve().name
    assert told["status"] == "ok"
    assert told["release"] == {"name": name, "sha256": manifest["files"]["dataset.nq"]["sha256"]}
    assert told["uptime"] >= 0
    assert sum(told["workers"].values()) > 0
    assert httpx.head(f"{server.url}health").status_code == 200


def test_health_says_so_where_no_worker_answers(dataset: Path) -> None:
    import os
    import signal

    with running(dataset, "--workers", "1") as server:
        for worker in server.workers():
            os.kill(worker, signal.SIGSTOP)
        time.sleep(1.1)  # what was found out before no longer holds
        given = server.ask("health")
    assert given.status_code == 503
    assert given.json()["status"] == "no worker answers"


def test_metrics_count_what_was_asked(server: Server) -> None:
    before = _read(server.ask("metrics").text)
    for _ in range(3):
        assert server.ask("sparql", query=ALL, format="csv").status_code == 200
    assert server.ask("sparql", query="nonsense").status_code == 400
    given = server.ask("metrics")
    assert given.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    after = _read(given.text)

    def grown(name: str, **labels: str) -> float:
        key = (f"onrecord_{name}", tuple(sorted(labels.items())))
        return after[key] - before.get(key, 0)

    assert grown("http_requests_total", route="sparql", method="GET", status="200") == 3
    assert grown("http_requests_total", route="sparql", method="GET", status="400") == 1
    assert grown("http_request_duration_seconds_count", route="sparql") == 4
    assert grown("cache_hits_total") == 2
    assert after["onrecord_memory_bytes", (("process", "workers"),)] > 1 << 20
    assert after["onrecord_http_requests_active", ()] == 1
    assert [value for (name, _), value in after.items() if name == "onrecord_release_info"] == [1]


def test_the_log_tells_who_answered_and_whether_it_was_kept(server: Server, log: Path) -> None:
    query = "SELECT ?s { ?s a <https://example.org/nothing> }"
    for _ in range(2):
        server.ask("sparql", query=query)
    server.ask("health")

    def lines() -> list[dict[str, object]]:
        return [told for line in log.read_text().splitlines() if (told := json.loads(line)).get("query") == query]

    until(lambda: len(lines()) == 2, "nothing was written")
    first, second = lines()
    assert first["job"] == second["job"] == "query"
    assert (first.get("cached", False), second.get("cached", False)) == (False, True)
    assert first["bytes"] == second["bytes"]
    assert first["client"] == "127.0.0.1"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", str(first["time"]))


def test_the_log_can_go_to_standard_output(dataset: Path, tmp_path: Path) -> None:
    with running(dataset, "--log", "-", out=tmp_path / "out") as server:
        server.ask("health")
        server.end()
    (line,) = (tmp_path / "out").read_text().splitlines()
    assert json.loads(line)["path"] == "/health"


def test_a_log_that_cannot_be_written_is_said_at_the_start(dataset: Path, tmp_path: Path) -> None:
    with running(dataset, "--log", str(tmp_path / "no" / "folder"), ready=False) as server:
        assert "No such file" in server.heard("no/folder")
        assert server.process.wait(60) == 3


# ── Clients who behave badly ──────────────────────────────────────────────────────────────────────────────────────


def _connected(server: Server) -> socket.socket:
    port = int(server.url.rpartition(":")[2].strip("/"))
    return socket.create_connection(("127.0.0.1", port), timeout=60)


def _answer(connection: socket.socket) -> bytes:
    """All that comes until the server ends the connection."""
    said = b""
    while piece := connection.recv(1 << 16):
        said += piece
    return said


def test_a_head_that_does_not_come_in_time_is_not_waited_for(server: Server) -> None:
    begun = [b"", b"\r\n", b"GET /health HTTP/1.1\r\nhost: ", b"GET /health HTT"]
    connections = [_connected(server) for _ in begun]
    with _connected(server) as dripping, ExitStack() as held:
        for connection, sent in zip(connections, begun, strict=True):
            held.enter_context(connection)
            connection.sendall(sent)
        dripping.sendall(b"GET /health HTTP/1.1\r\nx: ")
        for _ in range(300):  # much longer than a head may take, if each drop counted anew
            try:
                dripping.sendall(b"x")
            except ConnectionError:
                break
            time.sleep(0.1)
        else:
            pytest.fail("a client who sends a letter now and then is waited for")
        assert [_answer(connection)[:13] for connection in connections] == [b"HTTP/1.1 408 "] * len(begun)


@pytest.mark.parametrize("head", [b"x: " + b"a" * (1 << 20), b"x: y\r\n" * (1 << 17)])
def test_a_head_that_is_too_large_is_refused(server: Server, head: bytes) -> None:
    with _connected(server) as connection:
        said = b""
        try:
            connection.sendall(b"GET /health HTTP/1.1\r\nhost: localhost\r\n" + head)
            said = _answer(connection)
        except ConnectionError:  # it has hung up on us while we were still talking
            pass
    assert said[:13] in (b"HTTP/1.1 431 ", b"")


@pytest.mark.parametrize("sent", [b"\x16\x03\x01\x02\x00\x01\x00", b"GET /\x00 HTTP/1.1\r\n\r\n", b"nonsense\r\n\r\n"])
def test_what_is_no_http_is_refused(server: Server, sent: bytes) -> None:
    with _connected(server) as connection:
        connection.sendall(sent)
        assert _answer(connection).startswith(b"HTTP/1.1 400 ")


def test_nothing_of_this_was_worth_a_word_to_the_operator(server: Server) -> None:
    with _connected(server) as connection:
        connection.sendall(
            b"GET /sparql?query=SELECT%20*%20%7B%3Fa%20%3Fb%20%3Fc%7D HTTP/1.1\r\nhost: localhost\r\n\r\n"
        )
    with _connected(server) as connection:
        connection.sendall(b"GET /health HTTP/1.1\r\nhost: x\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n")
    assert server.ask("health").status_code == 200
    assert server.said == server.said[:1]
