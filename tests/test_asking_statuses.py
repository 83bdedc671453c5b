"""Statuses and screening over HTTP as the jobs behind them: what `kg status` says, and nobody picked."""

import csv
import io
import json
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from conftest import Kg
from onrecord.errors import OnRecordError, QueryError
from onrecord.server.asking.media import MOST_NAMES
from onrecord.server.asking.names import names_in
from onrecord.server.asking.screening import COLUMNS, screened
from onrecord.server.asking.standing import status
from onrecord.server.desk import Desk
from onrecord.server.jobs import Job, refused
from onrecord.server.reply import Reply
from status_world import build_world

ROOT = Path(__file__).resolve().parents[1]
SCHEMA = json.loads((ROOT / "docs/schema/status.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_world(tmp_path_factory.mktemp("asking") / "world")


@pytest.fixture(scope="module")
def desk(world: Path) -> Desk:
    return Desk(world, (world / "out/latest").resolve())


def told(job: Job, desk: Desk, args: Mapping[str, object]) -> tuple[Reply, bytes]:
    """What a job answers, and its whole body."""
    try:
        reply = job(desk, args)
    except OnRecordError as error:
        reply = refused(error)
    if isinstance(reply.body, bytes):
        return reply, reply.body
    out = io.BytesIO()
    reply.body(out)
    return reply, out.getvalue()


def screen(
    desk: Desk, body: bytes, form: str = "json", media: str = "text/plain", **more: object
) -> tuple[Reply, bytes]:
    return told(screened, desk, {"body": body, "media": media, "form": form, "on": "2022-01-01", **more})


# ── Status ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("options", [{}, {"in": "UN"}, {"in": "un", "on": "2022"}, {"on": "2005-01-01"}])
def test_it_is_the_document_of_kg_status(kg: Kg, desk: Desk, world: Path, options: dict[str, str]) -> None:
    names = {"in": "--in", "on": "--as-of"}
    words = [word for key, value in options.items() for word in (names[key], value)]
    ran = kg("-C", world, "status", "council-list/C.1", *words, "--json")
    assert ran.code == 0, ran
    reply, body = told(status, desk, {"entity": "council-list/C.1", "in": "", "on": "", **options})
    assert (reply.status, reply.media) == (200, "application/json")
    assert json.loads(body) == json.loads(ran.out)
    Draft202012Validator(SCHEMA).validate(json.loads(body))


def test_of_several_nobody_is_picked(desk: Desk) -> None:
    reply, body = told(status, desk, {"entity": "C.1"})  # two lists call somebody so
    problem = json.loads(body)
    assert (reply.status, reply.media, problem["title"]) == (300, "application/problem+json", "2 are called 'C.1'")
    assert [each["id"] for each in problem["candidates"]] == ["council-list/C.1", "ports-list/C.1"]
    for candidate in problem["candidates"]:
        again, document = told(status, desk, {"entity": candidate["id"], "in": "UN"})
        assert (again.status, json.loads(document)["entity"]) == (200, candidate["entity"])


def test_nobody_is_nobody(desk: Desk) -> None:
    reply, body = told(status, desk, {"entity": "qqqqqqqq"})
    assert (reply.status, reply.media, json.loads(body)["candidates"]) == (404, "application/problem+json", [])


def test_who_is_called_nearly_so_is_offered_and_not_picked(desk: Desk) -> None:
    reply, body = told(status, desk, {"entity": "VANCE Mirra"})
    problem = json.loads(body)
    assert (reply.status, problem["status"]) == (404, 404)
    first = problem["candidates"][0]
    assert first["entity"].endswith("/entry/council-list/C.1")
    assert first["score"] < 100
    again, _ = told(status, desk, {"entity": first["id"]})
    assert again.status == 200


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ({"in": "atlantis"}, "no jurisdiction 'atlantis'"),
        ({"on": "someday"}, "'someday' is no date"),
        ({"on": "2003~"}, "no first and last day"),
    ],
)
def test_a_place_or_date_that_is_none_is_refused(desk: Desk, args: dict[str, str], message: str) -> None:
    reply, body = told(status, desk, {"entity": "C.1", **args})
    assert reply.status == 400
    assert message in json.loads(body)["title"]


# ── Screening ─────────────────────────────────────────────────────────────────────────────────────────────────────

LINES = 'C.1\n\nVANCE Mirra\n  C.1  \nсаид ахмад\nnobody of this name\n=1+1,"x"\nC.1'


def test_each_line_is_what_kg_status_says(kg: Kg, desk: Desk, world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(LINES.encode())))
    ran = kg("-C", world, "status", "-", "--as-of", "2022-01-01", "--json")
    expected = [json.loads(line) for line in ran.out.splitlines()]
    assert len(expected) == LINES.count("\n") + 1
    _, lines = screen(desk, LINES.encode(), "ndjson")
    assert [json.loads(line) for line in lines.decode().split("\n")[:-1]] == expected
    _, array = screen(desk, LINES.encode())
    assert json.loads(array) == expected
    _, same = screen(desk, json.dumps(LINES.split("\n")).encode(), media="application/json")
    assert same == array
    validator = Draft202012Validator({**SCHEMA, "oneOf": [{"$ref": "#/$defs/screened"}]})
    for one in expected:
        validator.validate(one)


def test_csv_has_a_row_for_each_with_the_candidates_in_a_cell(desk: Desk) -> None:
    _, array = screen(desk, LINES.encode())
    reply, table = screen(desk, LINES.encode(), "csv")
    assert reply.media == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(table.decode(), newline="")))
    assert [*rows[0]] == [*COLUMNS]
    for row, one in zip(rows, json.loads(array), strict=True):
        assert json.loads(row.pop("candidates") or "[]") == one["candidates"]
        assert row == {key: one[key] or "" for key in row}
    assert rows[6]["query"] == '=1+1,"x"'  # as it was sent: a table for programs guards nothing


def test_nothing_at_all_is_an_empty_list(desk: Desk) -> None:
    assert [screen(desk, b"", form)[1] for form in ("json", "ndjson")] == [b"[]\n", b""]
    assert screen(desk, b"", "csv")[1].decode().strip() == ",".join(COLUMNS)


def test_a_line_may_not_be_missing_its_date_nor_be_one_of_too_many(desk: Desk) -> None:
    reply, body = screen(desk, b"C.1", on="")
    assert (reply.status, json.loads(body)["title"]) == (400, "screening needs a date")
    for media, names in (
        ("text/plain", b"\n" * (MOST_NAMES + 1)),
        ("application/json", json.dumps([""] * (MOST_NAMES + 1)).encode()),
    ):
        reply, body = screen(desk, names, media=media)
        assert (reply.status, json.loads(body)["title"]) == (413, "there are more than 10,000 names")
    reply, body = screen(desk, b"\n" * MOST_NAMES)
    assert len(json.loads(body)) == MOST_NAMES


# ── Lists of names ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ('name,city\nAnn,Alda\n"Bo, Jr.",\n', ["Ann", "Bo, Jr."]),
        ("city, Name \r\nAlda,Ann\r\nAlda\r\n", ["Ann", ""]),
        ("Ann\nBo\n", ["Ann", "Bo"]),
        ("Ann,name\n", []),  # a head alone
        ("\n", [""]),
        ("", []),
        ('"a\nb"\n', ["a\nb"]),
    ],
)
def test_a_column_of_csv_is_a_list_of_names(text: str, names: list[str]) -> None:
    assert names_in(text.encode(), "text/csv", 10) == names


@pytest.mark.parametrize(
    ("media", "body", "told"),
    [
        ("text/plain", b"a\nbb\xff", "line 2: not UTF-8 at byte 2"),
        ("application/json", b'["a"', "no JSON array of texts"),
        ("application/json", b'{"a": 1}', "no JSON array of texts"),
        ("application/json", b"[1]", "no JSON array of texts"),
        ("application/json", b'["\\ud800"]', "no JSON array of texts"),
        ("application/json", b"[" * 100_000, "no JSON array of texts"),
        ("text/csv", b'a\n"b', "line 2: no CSV"),
        ("text/csv", b"x" * 200_000, "no CSV"),
    ],
)
def test_what_is_no_list_of_names_says_where(media: str, body: bytes, told: str) -> None:
    with pytest.raises(QueryError, match=told):
        names_in(body, media, 10)


@given(st.lists(st.text(st.characters(codec="utf-8"))))
@settings(max_examples=200, deadline=None)
def test_whatever_is_sent_comes_back_in_its_place(names: list[str]) -> None:
    assert names_in(json.dumps(names).encode(), "application/json", len(names)) == names
    lines = [name.replace("\n", "") for name in names]
    plain = "".join(f"{line}\n" for line in lines).encode()
    expected = [lines[0].removeprefix("\ufeff"), *lines[1:]] if lines else []
    assert names_in(plain, "text/plain", len(names)) == expected


@given(st.binary(max_size=200), st.sampled_from(["text/plain", "application/json", "text/csv"]))
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_names_or_refused(body: bytes, media: str) -> None:
    with suppress(QueryError):
        assert all(isinstance(name, str) for name in names_in(body, media, 100))
