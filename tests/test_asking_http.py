"""Questions, statuses and screening as clients ask for them: negotiation, endings, limits, streams."""

import csv
import io
import json
import subprocess
from collections.abc import Iterator
from urllib.parse import quote

import httpx
import pytest

from onrecord.server.asking.media import ANSWERS, MOST_BYTES
from serving import served
from status_world import build_world

ON = "status-on-date?subject=council-list/C.1&on=2022-01-01"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(build_world(tmp_path_factory.mktemp("http") / "world")) as address:
        yield address


def post(server: str, body: bytes, media: str, accept: str = "*/*", **more: str) -> httpx.Response:
    headers = {"content-type": media, "accept": accept, **more}
    return httpx.post(f"{server}screen?on=2022-01-01", content=body, headers=headers, timeout=60)


# ── Questions ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("form", ANSWERS)
def test_an_ending_and_accept_give_the_same(server: str, form: str) -> None:
    accepted = httpx.get(f"{server}ask/{ON}", headers={"accept": ANSWERS[form].partition(";")[0]})
    ended = httpx.get(f"{server}ask/{ON.replace('?', f'.{form}?')}", headers={"accept": "image/png"})
    assert accepted.status_code == ended.status_code == 200
    assert accepted.headers["content-type"] == ended.headers["content-type"] == ANSWERS[form]
    assert accepted.content == ended.content
    assert "Accept" in accepted.headers["vary"].split(", ")


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("", "application/json"),
        ("*/*", "application/json"),
        ("text/*;q=0.5, application/ld+json", "application/ld+json"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html; charset=utf-8"),
        ("text/csv;q=0, text/*", "text/tab-separated-values; charset=utf-8"),
    ],
)
def test_the_form_is_the_one_that_is_welcome(server: str, accept: str, media: str) -> None:
    answer = httpx.get(f"{server}ask/{ON}", headers={"accept": accept})
    assert (answer.status_code, answer.headers["content-type"]) == (200, media)


@pytest.mark.parametrize(
    ("address", "accept", "status"),
    [
        (f"ask/{ON}", "image/png", 406),
        ("ask", "text/csv", 406),
        ("ask?x=1", "*/*", 400),
        ("ask/status-on-date.pdf", "*/*", 404),
        ("ask/no-such-question", "*/*", 404),
        ("ask/..%2f..%2fetc%2fpasswd", "*/*", 404),
        ("ask/conflicts?about=%ff", "*/*", 400),
        ("ask/conflicts?about=%00", "*/*", 400),
        (f"ask/conflicts?{'&'.join(f'a{n}=1' for n in range(101))}", "*/*", 400),
        ("ask/conflicts?about=1&about=1", "*/*", 400),
        ("status?who=x&entity=y", "*/*", 400),
        ("status/C.1?on=2022-01-01&at=x", "*/*", 400),
    ],
)
def test_what_is_refused_is_a_problem(server: str, address: str, accept: str, status: int) -> None:
    answer = httpx.get(f"{server}{address}", headers={"accept": accept})
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert answer.json()["status"] == status


def test_what_did_not_change_is_not_sent_again(server: str) -> None:
    first = httpx.get(f"{server}ask/{ON}")
    again = httpx.get(f"{server}ask/{ON}", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = httpx.get(f"{server}ask/{ON}", headers={"if-none-match": first.headers["etag"], "accept": "text/csv"})
    assert other.status_code == 200


@pytest.mark.parametrize("address", [f"ask/{ON}", "status/council-list%2FC.1", "openapi.json", "api"])
def test_head_is_get_without_a_body(server: str, address: str) -> None:
    got, head = httpx.get(f"{server}{address}"), httpx.head(f"{server}{address}")
    assert (head.status_code, head.content) == (got.status_code, b"") == (200, b"")
    assert head.headers["content-type"] == got.headers["content-type"]


def test_curl_gets_a_table(server: str) -> None:
    ran = subprocess.run(["curl", "-sf", f"{server}ask/{ON.replace('?', '.csv?')}"], capture_output=True, check=True)
    rows = list(csv.DictReader(io.StringIO(ran.stdout.decode(), newline="")))
    assert {row["answer"] for row in rows} == {"listed"}


# ── Statuses ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_status_is_asked_for_by_path_or_by_parameter(server: str) -> None:
    by_parameter = httpx.get(f"{server}status?entity=council-list/C.1&in=UN&on=2022-01-01").json()
    assert by_parameter["answer"] == "listed"
    assert httpx.get(f"{server}status/council-list%2FC.1?in=UN&on=2022-01-01").json() == by_parameter


def test_namesakes_are_multiple_choices(server: str) -> None:
    answer = httpx.get(f"{server}status/C.1", follow_redirects=True)
    assert answer.status_code == 300
    assert [each["id"] for each in answer.json()["candidates"]] == ["council-list/C.1", "ports-list/C.1"]


def test_names_in_any_script_are_found(server: str) -> None:
    answer = httpx.get(f"{server}status/{quote('سعيد أحمد')}?on=2022-01-01&in=UN")
    assert answer.json()["label"] == "AHMAD Said"


# ── Screening ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_list_is_answered_in_its_order_in_each_form(server: str) -> None:
    names = ["council-list/C.1", "", "nobody", "C.1"]
    array = post(server, json.dumps(names).encode(), "application/json; charset=utf-8").json()
    assert [(each["query"], each["match"]) for each in array] == [
        ("council-list/C.1", "exact"),
        ("", "blank"),
        ("nobody", "none"),
        ("C.1", "several"),
    ]
    lines = post(server, "\n".join(names).encode(), "text/plain", "application/x-ndjson")
    assert [json.loads(line) for line in lines.text.splitlines()] == array
    table = post(server, ("name\n" + "\n".join(names)).encode(), "text/csv", "text/csv")
    assert table.headers["content-type"] == "text/csv; charset=utf-8"
    assert [row["match"] for row in csv.DictReader(io.StringIO(table.text))] == ["exact", "blank", "none", "several"]


@pytest.mark.parametrize(
    ("body", "media", "more", "status"),
    [
        (b"x" * (MOST_BYTES + 1), "text/plain", {}, 413),
        (b"\n" * 10_001, "text/plain", {}, 413),
        (b"x", "application/xml", {}, 415),
        (b"x", "", {}, 415),
        (b"x", "text/plain", {"content-encoding": "gzip"}, 415),
        (b"\xff", "text/plain", {}, 400),
        (b"{}", "application/json", {}, 400),
        (b"x", "text/plain", {"accept": "text/html"}, 406),
    ],
)
def test_a_list_that_is_not_taken_says_why(
    server: str, body: bytes, media: str, more: dict[str, str], status: int
) -> None:
    answer = post(server, body, media, **more)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")


def test_screening_is_posted_with_a_date(server: str) -> None:
    opened = httpx.get(f"{server}screen")
    assert (opened.status_code, opened.headers["allow"]) == (405, "POST")
    answer = httpx.post(f"{server}screen", content=b"x", headers={"content-type": "text/plain"})
    assert (answer.status_code, answer.json()["title"]) == (400, "screening needs a date")


def test_a_long_list_is_on_its_way_before_it_is_whole(server: str) -> None:
    names = b"council-list/C.1\n" * 3000
    with httpx.stream(
        "POST", f"{server}screen?on=2022-01-01", content=names, headers={"content-type": "text/plain"}, timeout=60
    ) as answer:
        assert "content-length" not in answer.headers
        assert len(json.loads(answer.read())) == 3000
