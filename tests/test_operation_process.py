"""`kg serve` as a process: how it starts and ends, what it takes up, and that nothing is left behind."""

import contextlib
import os
import re
import signal
import sys
import threading
from functools import partial
from pathlib import Path

import httpx
import pytest

from conftest import Kg
from servers import ALL, ENDLESS, PATIENCE, Server, lives, running, until

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are looked at in /proc")


@pytest.fixture
def built(dataset: Path, kg: Kg) -> Path:
    assert kg("-C", dataset, "build").code == 0
    return dataset


def _publish(folder: Path, number: int, kg: Kg) -> None:
    """A release in which two names say the same number."""
    file = folder / "data" / "registry" / "entities.yaml"
    text = re.sub(r"name: Alda( \d+)?\}", f"name: Alda {number}}}", file.read_text())
    text = re.sub(r"name: Quayside( \d+)?\}", f"name: Quayside {number}}}", text)
    file.write_text(text)
    assert kg("-C", folder, "build").code == 0


def _numbers(answer: httpx.Response) -> set[int]:
    rows = answer.json()["results"]["bindings"]
    names = [row["l"]["value"] for row in rows]
    return {int(n.rpartition(" ")[2]) for n in names if n.startswith(("Alda ", "Quayside ")) and n[-1].isdigit()}


# ── Ends ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_it_ends_with_a_code_and_leaves_no_process_behind(built: Path, number: signal.Signals, code: int) -> None:
    with running(built) as server:
        assert server.ask().status_code == 200
        workers = server.children()
        assert workers
        assert server.end(number) == code
    assert [each for each in workers if lives(each)] == []
    assert "Traceback" not in "\n".join(server.said)


def _ask_endless(server: Server, got: list[object]) -> threading.Thread:
    def ask() -> None:
        try:
            got.append(server.ask("sparql", query=ENDLESS).status_code)
        except httpx.TransportError as error:
            got.append(error)

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    until(lambda: server.ask().json()["workers"]["long"] > 0, "the query is not being answered")
    return thread


def test_an_answer_on_its_way_is_waited_for_until_the_grace_is_over(built: Path) -> None:
    with running(built, "--grace", "1", "--timeout", "100") as server:
        got: list[object] = []
        thread = _ask_endless(server, got)
        workers = server.children()
        assert server.end() == 0
        thread.join(PATIENCE)
        assert got == [503]
    assert [each for each in workers if lives(each)] == []
    assert server.said[1:] == []


def test_an_answer_that_comes_within_the_grace_arrives(built: Path) -> None:
    with running(built, "--grace", "100", "--timeout", "2") as server:
        got: list[object] = []
        thread = _ask_endless(server, got)
        assert server.end() == 0
        thread.join(PATIENCE)
        assert got == [503]  # the refusal after two seconds, and no broken connection


def test_a_second_interrupt_ends_at_once(built: Path) -> None:
    with running(built, "--grace", "1000", "--timeout", "1000") as server:
        _ask_endless(server, [])
        workers = server.children()
        server.send(signal.SIGINT)
        until(lambda: not _listens(server), "it still listens")
        assert server.process.poll() is None
        assert server.end(signal.SIGINT) == 130
    until(lambda: not any(lives(each) for each in workers), "a worker is left")
    assert [line for line in server.said[1:] if line] == ["kg: interrupted"]


def _listens(server: Server) -> bool:
    try:
        server.ask()
    except httpx.TransportError:
        return False
    return True


def test_workers_end_with_a_server_that_is_killed_also_those_that_are_stopped(built: Path) -> None:
    with running(built, "--timeout", "1000") as server:
        for _ in range((os.cpu_count() or 1) + 1):
            threading.Thread(target=_swallow, args=[server], daemon=True).start()
        until(lambda: server.ask().json()["workers"]["parked"] > 0, "no query is parked")
        workers = server.children()
        server.end(signal.SIGKILL)
        until(lambda: not any(lives(each) for each in workers), "a worker is left")


def _swallow(server: Server) -> None:
    with contextlib.suppress(httpx.TransportError):
        server.ask("sparql", query=ENDLESS)


# ── Releases ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_releases_are_taken_up_without_a_request_that_fails_or_an_answer_of_two(built: Path, kg: Kg) -> None:
    _publish(built, 0, kg)
    ended, failed = threading.Event(), list[object]()
    bodies: dict[str, bytes] = {}
    seen: list[list[int]] = []

    def hammer(server: Server, numbers: list[int]) -> None:
        with httpx.Client(timeout=PATIENCE) as client:
            while not ended.is_set():
                try:
                    given = client.get(f"{server.url}sparql", params={"query": ALL, "format": "json"})
                    given.raise_for_status()
                    assert bodies.setdefault(given.headers["etag"], given.content) == given.content
                    (number,) = _numbers(given)
                    numbers.append(number)
                except (httpx.HTTPError, AssertionError, ValueError) as error:
                    failed.append(error)
                    return

    with running(built) as server:
        threads = []
        for _ in range(3):
            seen.append([])
            threads.append(threading.Thread(target=hammer, args=[server, seen[-1]]))
            threads[-1].start()
        for number in range(1, 6):
            _publish(built, number, kg)
            until(partial(_has_come, number, seen, failed), "it is not taken up")
        ended.set()
        for thread in threads:
            thread.join(PATIENCE)
        told = server.ask("metrics").text
        assert server.end() == 0
    assert failed == []
    assert all(numbers == sorted(numbers) and numbers[0] == 0 for numbers in seen)
    assert "onrecord_reloads_total 5\n" in told


def _has_come(number: int, seen: list[list[int]], failed: list[object]) -> bool:
    return bool(failed) or all(numbers and numbers[-1] == number for numbers in seen)


def test_a_broken_release_is_said_once_and_the_one_before_is_served_on(built: Path, kg: Kg) -> None:
    _publish(built, 1, kg)
    with running(built) as server:
        before = (built / "out" / "latest").resolve()
        broken = before.with_name("0" * 16)
        broken.mkdir()
        (broken / "dataset.nq").write_text("this is no release\n")
        (broken / "manifest.json").write_text("{}")
        link = built / "out" / "link"
        link.symlink_to(Path("releases") / broken.name)
        link.replace(built / "out" / "latest")
        assert "cannot be served" in server.heard(broken.name)
        for _ in range(2):  # whoever asks again is told nothing new
            failures = _failures(server)
            server.send(signal.SIGHUP)
            until(partial(_has_failed_again, server, failures), "it has not looked")
        assert _numbers(server.ask("sparql", query=ALL, format="json")) == {1}
        _publish(built, 2, kg)
        server.heard("serving the release")
        assert _numbers(server.ask("sparql", query=ALL, format="json")) == {2}
        assert sum("cannot be served" in line for line in server.said) == 1


def _failures(server: Server) -> int:
    found = re.search(r"^onrecord_reload_failures_total (\d+)$", server.ask("metrics").text, re.MULTILINE)
    assert found is not None
    return int(found[1])


def _has_failed_again(server: Server, failures: int) -> bool:
    return _failures(server) > failures


def test_a_release_that_was_tidied_away_is_answered_from_until_there_is_another(built: Path, kg: Kg) -> None:
    _publish(built, 1, kg)
    with running(built, "--workers", "2") as server:
        os.kill(server.process.pid, signal.SIGSTOP)  # it sees nothing of what follows
        for number in range(2, 8):
            _publish(built, number, kg)
        os.kill(server.process.pid, signal.SIGCONT)
        given = server.ask("sparql", query=ALL, format="json")
        assert given.status_code == 200
        assert _numbers(given) <= {1, 7}
        until(lambda: _numbers(server.ask("sparql", query=ALL, format="json")) == {7}, "it is not taken up")


def test_two_servers_of_one_dataset(built: Path) -> None:
    with running(built) as first, running(built) as second:
        assert first.ask("sparql", query=ALL).content == second.ask("sparql", query=ALL).content
        assert first.end() == 0
        assert second.ask("sparql", query=ALL).status_code == 200


# ── Watching ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_watch_builds_first_and_takes_up_what_is_saved(dataset: Path) -> None:
    file = dataset / "data" / "registry" / "entities.yaml"
    with running(dataset, "--watch") as server:
        assert b"Alda" in server.ask("sparql", query=ALL).content
        file.write_text(file.read_text().replace("name: Quayside}", "name: Quayside 7}"))
        server.heard("serving the release")
        assert _numbers(server.ask("sparql", query=ALL, format="json")) == {7}
        file.write_text("nonsense: [\n")
        server.heard("not published")
        assert any("entities.yaml:" in line for line in server.said)
        assert _numbers(server.ask("sparql", query=ALL, format="json")) == {7}
        processes = server.children()
        assert server.end() == 0
    assert [each for each in processes if lives(each)] == []


def test_a_build_ends_with_a_server_that_is_killed(dataset: Path) -> None:
    with running(dataset, "--watch") as server:
        processes = server.children()
        server.end(signal.SIGKILL)
        until(lambda: not any(lives(each) for each in processes), "a process is left")


def test_watch_waits_for_the_first_release_until_the_facts_are_right(dataset: Path) -> None:
    file = dataset / "data" / "registry" / "entities.yaml"
    right = file.read_text()
    file.write_text("nonsense: [\n")
    with running(dataset, "--watch", ready=False) as server:
        server.heard("not published")
        file.write_text(right)
        server.heard("serving at")
        assert server.end() == 0


# ── Starts ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_without_a_release_it_says_what_to_do(dataset: Path, kg: Kg) -> None:
    ran = kg("-C", dataset, "serve", "--port", "0")
    assert ran.code == 3
    assert ran.err.startswith("kg: there is no release in ")
    assert "run kg build first" in ran.err
    assert ran.err.count("\n") == 1


def test_a_port_that_somebody_has_is_said(built: Path, kg: Kg) -> None:
    with running(built) as server:
        port = server.url.rpartition(":")[2].strip("/")
        ran = kg("-C", built, "serve", "--port", port)
    assert ran.code == 3
    assert re.fullmatch(rf"kg: 127\.0\.0\.1:{port} cannot be listened at: .*--port.*\n", ran.err)


def test_what_is_not_installed_is_named(built: Path, kg: Kg, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    ran = kg("-C", built, "serve")
    assert ran.code == 3
    assert "uvicorn, which is not installed — pip install 'onrecord[serve]'" in ran.err


@pytest.mark.parametrize(
    "options", [("--public", "kg.example.org"), ("--public", "ftp://kg.example.org/"), ("--allowed-host", "a b")]
)
def test_names_that_are_none_are_refused(built: Path, kg: Kg, options: tuple[str, str]) -> None:
    ran = kg("-C", built, "serve", "--port", "0", *options)
    assert ran.code == 3
    assert options[1] in ran.err


def test_others_are_answered_where_that_was_said(built: Path) -> None:
    with running(built, "--host", "0.0.0.0") as server:
        server.heard("add --public")
        url = f"http://127.0.0.1:{server.url.rpartition(':')[2]}health"
        given = httpx.get(url, headers={"origin": "https://a.example"})
        assert (given.status_code, given.headers["access-control-allow-origin"]) == (200, "*")
        assert httpx.get(url, headers={"host": "a.example"}).status_code == 421


def test_a_browser_is_opened_at_the_address_that_people_know(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = tmp_path / "told"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {told}.new && mv {told}.new {told}\n')
    browser.chmod(0o755)
    monkeypatch.setenv("BROWSER", str(browser))
    with running(built, "--open", "--public", "https://kg.example.org"):
        until(told.exists, "no browser was opened")
    assert told.read_text() == "https://kg.example.org/\n"


def test_options_come_from_the_environment(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_SERVE_ALLOWED_HOST", "kg.example.org")
    with running(built) as server:
        url = f"{server.url}health"
        assert httpx.get(url, headers={"host": "kg.example.org"}).status_code == 200
        assert httpx.get(url, headers={"host": "other.example.org"}).status_code == 421


def test_doctor_says_whether_it_can_serve(built: Path, kg: Kg, monkeypatch: pytest.MonkeyPatch) -> None:
    import importlib.metadata

    ran = kg("-C", built, "doctor")
    assert re.search(r"^  kg serve +installed \(starlette .*, uvicorn .*, httptools .*\)$", ran.out, re.MULTILINE)
    version = importlib.metadata.version

    def without(package: str) -> str:
        if package == "uvicorn":
            raise importlib.metadata.PackageNotFoundError(package)
        return version(package)

    monkeypatch.setattr(importlib.metadata, "version", without)
    assert kg("-C", built, "doctor").code == ran.code
    assert "not installed (uvicorn): pip install 'onrecord[serve]'" in kg("-C", built, "doctor").out
