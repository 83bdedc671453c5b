"""Named questions over HTTP as the jobs behind them: the same answers as `kg ask`, in JSON, JSON-LD and the W3C's forms."""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias

import pytest
from pyld import jsonld

from conftest import Kg
from onrecord.errors import OnRecordError, QueryError
from onrecord.questions import load_all
from onrecord.server.asking.answers import ask, given_of, rows_of
from onrecord.server.asking.changes import kept_release
from onrecord.server.asking.examples import address_of, given_in
from onrecord.server.asking.listing import questions
from onrecord.server.asking.openapi import columns_of
from onrecord.server.desk import Desk
from onrecord.server.jobs import refused
from onrecord.server.reply import Reply
from onrecord.store.release import Release

ROOT = Path(__file__).resolve().parents[1]
CASE = ROOT / "tests" / "cases" / "fictional"
TALIBAN = {"subject": "taliban", "in": "russia", "on": "2010-01-01"}
Json: TypeAlias = dict[str, "Json"] | list["Json"] | str | int | bool | None


@pytest.fixture(scope="module")
def desk(founding: Path) -> Desk:
    return Desk(ROOT, (founding / "latest").resolve())


def asked(desk: Desk, name: str, given: Mapping[str, str], form: str = "json", most: int = 1000) -> Reply:
    pairs = [[key, value] for key, value in given.items()]
    try:
        return ask(desk, {"name": name, "given": pairs, "form": form, "rows_most": most})
    except OnRecordError as error:
        return refused(error)


def body(reply: Reply) -> bytes:
    assert isinstance(reply.body, bytes)
    return reply.body


def example_of(name: str) -> dict[str, str]:
    return next((given_in(each.examples[0]) for each in load_all() if each.name == name and each.examples), {})


# ── Answers ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("question", [q for q in load_all() if not q.over], ids=lambda question: question.name)
def test_every_question_answers_as_kg_ask_does(kg: Kg, founding: Path, desk: Desk, question: object) -> None:
    name = getattr(question, "name", "")
    given = example_of(name)
    words = [f"{key}={value}" for key, value in given.items()]
    ran = kg("ask", name, *words, "--format", "json", "--out", founding)
    assert ran.code == 0, ran
    assert body(asked(desk, name, given, "srj")).decode() == ran.out
    told, expected = json.loads(body(asked(desk, name, given))), json.loads(ran.out)
    assert [column["name"] for column in told["columns"]] == expected["head"]["vars"]
    plain = [
        {name: None if name not in row else row[name]["value"] for name in expected["head"]["vars"]}
        for row in expected["results"]["bindings"]
    ]
    assert [{key: _text(value) for key, value in row.items()} for row in told["rows"]] == plain


def _text(value: object) -> str | None:
    return None if value is None else str(value).lower() if isinstance(value, bool) else str(value)


@pytest.mark.parametrize("form", ["csv", "tsv"])
def test_rows_are_the_bytes_of_kg_ask(kg: Kg, founding: Path, desk: Desk, tmp_path: Path, form: str) -> None:
    words = [f"{key}={value}" for key, value in TALIBAN.items()]
    kg("ask", "status-on-date", *words, "--format", form, "-o", tmp_path / "answer", "--out", founding)
    assert body(asked(desk, "status-on-date", TALIBAN, form)) == (tmp_path / "answer").read_bytes()


def test_json_says_what_it_is_and_of_what(desk: Desk) -> None:
    reply = asked(desk, "status-on-date", TALIBAN)
    told = json.loads(body(reply))
    assert (reply.status, reply.media) == (200, "application/json")
    assert told["parameters"] == TALIBAN
    assert told["release"] == desk.release.digest()
    types = {column["name"]: column["types"] for column in told["columns"]}
    assert (types["list"], types["answer"], types["from"], types["gainedBy"]) == (["iri"], ["text"], ["date"], [])
    row = told["rows"][0]
    assert (row["answer"], row["basis"], row["gainedBy"]) == ("listed", "curated", None)
    assert {each["words"] for each in told["rows"]} == {
        "classified as a terrorist entity in Russia",
        "legally recognized as a terrorist organization in Russia",
    }


def test_numbers_are_numbers_with_the_digits_that_they_have(desk: Desk) -> None:
    text = body(asked(desk, "longest-sentence", {})).decode()
    assert '{"years":12.5,"is":"a maximum",' in text
    told = json.loads(body(asked(desk, "prosecutions", {})))
    assert {row["number"] for row in told["rows"]} >= {37, 20}
    assert next(each["types"] for each in told["columns"] if each["name"] == "number") == ["decimal"]


def test_a_number_that_json_does_not_hold_stays_a_text() -> None:
    import pyoxigraph as ox

    from onrecord.server.asking.forms import Told, written

    xsd = "http://www.w3.org/2001/XMLSchema#"
    store = ox.Store()
    query = f'SELECT * {{ VALUES (?a ?b ?c ?d ?e) {{ (9007199254740993 "x"^^<{xsd}integer> -7 true 1e3) }} }}'
    rows = rows_of(store, query, {}, 10)
    (row,) = json.loads(body(written("json", Told(load_all()[0], {}, "", "https://x.example/"), rows)))["rows"]
    assert row == {"a": "9007199254740993", "b": "x", "c": -7, "d": True, "e": "1000"}


def test_json_ld_says_the_same_and_claims_nothing_of_the_entities(desk: Desk) -> None:
    told = json.loads(body(asked(desk, "status-on-date", TALIBAN, "jsonld")))
    plain = json.loads(body(asked(desk, "status-on-date", TALIBAN)))
    (answer,) = jsonld.expand(told, {"documentLoader": _no_loader})
    rs = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
    assert answer["@type"] == [f"{rs}ResultSet"]
    assert [each["@value"] for each in answer[f"{rs}resultVariable"]] == [c["name"] for c in plain["columns"]]
    (rows,) = answer[f"{rs}solution"]
    own = "https://w3id.org/onrecord/data/ask/status-on-date#"
    for row, expected in zip(rows["@list"], plain["rows"], strict=True):
        assert "@id" not in row  # a row is no entity
        assert {key.removeprefix(own) for key in row} == {key for key, value in expected.items() if value is not None}
        for key, (value,) in row.items():
            assert key.startswith(own)
            assert value.get("@id", value.get("@value")) == expected[key.removeprefix(own)]
    (first, *_) = rows["@list"]
    assert first[f"{own}from"] == [{"@value": "2005-04-18", "@type": "http://www.w3.org/2001/XMLSchema#date"}]
    assert first[f"{own}chain"] == [{"@value": "london-news-net", "@language": "en"}]


def _no_loader(url: str, options: object) -> object:
    raise AssertionError(f"{url} would be fetched")


def test_an_answer_without_rows_is_an_answer(desk: Desk) -> None:
    reply = asked(desk, "relisted", {"subject": "taliban"})
    assert (reply.status, json.loads(body(reply))["rows"]) == (200, [])
    assert json.loads(body(reply))["columns"]


def test_an_answer_is_whole_or_none(desk: Desk) -> None:
    whole = json.loads(body(asked(desk, "statements", {})))["rows"]
    assert asked(desk, "statements", {}, most=len(whole)).status == 200
    for form in ("json", "csv", "jsonld"):
        reply = asked(desk, "statements", {}, form, most=len(whole) - 1)
        assert reply.status == 400
        assert f"more than {len(whole) - 1:,} rows" in json.loads(body(reply))["title"]


# ── What is refused ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "given", "status", "told"),
    [
        ("status-on-dat", {}, 404, "status-on-date"),
        ("../queries/status-on-date", {}, 404, "there is no question"),
        ("status-on-date", {}, 400, "needs subject"),
        ("status-on-date", {"subject": "", "on": "2010-01-01"}, 400, "needs subject"),  # as a form sends it
        ("status-on-date", {"subject": "taliban"}, 400, "needs on"),
        ("status-on-date", {**TALIBAN, "at": "x"}, 400, "no parameter 'at'"),
        ("status-on-date", {**TALIBAN, "on": "2010"}, 400, "2010-01-01"),
        ("status-on-date", {**TALIBAN, "on": "yesterday"}, 400, "is no date"),
        ("status-on-date", {**TALIBAN, "subject": "talibn"}, 400, "near it: taliban"),
        ("conflicts", {"about": 'x" } INSERT'}, 400, "nothing in the dataset is called"),
    ],
)
def test_what_cannot_be_answered_says_what_to_do(
    desk: Desk, name: str, given: dict[str, str], status: int, told: str
) -> None:
    reply = asked(desk, name, given)
    problem = json.loads(body(reply))
    assert (reply.status, reply.media, problem["status"]) == (status, "application/problem+json", status)
    assert told in f"{problem['title']} {problem.get('detail', '')}"


def test_a_parameter_is_given_once() -> None:
    question = next(each for each in load_all() if each.name == "statements")
    assert given_of(question, [["about", "taliban"], ["speaker", " "]]) == {"about": "taliban"}
    with pytest.raises(QueryError, match="given twice"):
        given_of(question, [["about", "taliban"], ["about", "taliban"]])


# ── Questions over changes ────────────────────────────────────────────────────────────────────────────────────────


def test_changes_are_asked_of_a_kept_release_and_of_no_path(kg: Kg, tmp_path: Path) -> None:
    folder = tmp_path / "dataset"
    shutil.copytree(CASE, folder)
    assert kg("-C", folder, "build").code == 0
    first = (folder / "out/latest").resolve().name
    article = sorted((folder / "data/articles").glob("*.yaml"))[0]
    article.unlink()
    assert kg("-C", folder, "build").code == 0
    desk = Desk(folder, (folder / "out/latest").resolve())
    ran = kg("-C", folder, "ask", "changes", f"since={first}", "--format", "csv")
    for name in (first, first[:8]):
        answer = body(asked(desk, "changes", {"since": name}, "csv")).decode()
        assert answer.replace("\r\n", "\n") == ran.out.replace("\r\n", "\n")
    assert "curation" in ran.out
    outside = tmp_path / "outside"
    shutil.copytree(folder / "out/releases" / first, outside)
    for name in (
        str(outside),
        str(outside / "dataset.nq"),
        f"../releases/{first}",
        f"{first}/",
        "..",
        ".",
        "%2e",
        "\0",
        "-",
    ):
        reply = asked(desk, "changes", {"since": name})
        assert reply.status == 400, name
        assert first in json.loads(body(reply))["detail"]
    assert json.loads(body(asked(desk, "changes", {"since": desk.release.folder.name})))["rows"] == []


def test_the_beginning_of_a_name_means_one_release_or_none(tmp_path: Path) -> None:
    for name in ("2024.1", "2024.10", "2025.1", ".aside"):
        (tmp_path / "releases" / name).mkdir(parents=True)
        (tmp_path / "releases" / name / "dataset.nq").touch()
    now = Release(tmp_path / "releases" / "2025.1")
    assert kept_release(now, "2024.1").folder.name == "2024.1"
    assert kept_release(now, "2025").folder.name == "2025.1"
    with pytest.raises(QueryError, match="may be 2 releases"):
        kept_release(now, "2024")
    for name in ("", ".", ".aside", "2026"):
        with pytest.raises(QueryError, match="there is no release") as raised:
            kept_release(now, name)
        assert raised.value.hint == "there are: 2024.1, 2024.10, 2025.1"


# ── The list, the pages ───────────────────────────────────────────────────────────────────────────────────────────


def test_the_list_has_every_question_with_an_address_to_ask(desk: Desk) -> None:
    told = json.loads(body(questions(desk, {"form": "json"})))
    assert [each["name"] for each in told] == [question.name for question in load_all()]
    (status,) = [each for each in told if each["name"] == "status-on-date"]
    assert status["examples"] == ["ask/status-on-date?subject=taliban&in=russia&on=2010-01-01"]
    assert [(p["name"], p["type"], p["required"]) for p in status["parameters"]] == [
        ("subject", "iri", True),
        ("in", "iri", False),
        ("on", "date", True),
    ]


def test_an_example_is_written_as_an_address() -> None:
    example = "kg ask statements 'about=a b&c' speaker=x/y"
    assert given_in(example) == {"about": "a b&c", "speaker": "x/y"}
    assert address_of(example, ".csv") == "ask/statements.csv?about=a%20b%26c&speaker=x/y"
    assert address_of("kg ask conflicts") == "ask/conflicts"


@pytest.mark.parametrize("question", load_all(), ids=lambda question: question.name)
def test_the_columns_of_a_question_are_those_of_its_answers(desk: Desk, question: object) -> None:
    name = getattr(question, "name", "")
    given = {"since": desk.release.folder.name} if name == "changes" else example_of(name)
    head = body(asked(desk, name, given, "tsv")).split(b"\n")[0].decode()
    (known,) = [each for each in load_all() if each.name == name]
    assert head.replace("?", "").split("\t") == [*columns_of(known)]


def test_pages_escape_what_was_typed_and_link_to_the_dataset(desk: Desk) -> None:
    page = body(asked(desk, "statements", {"speaker": "arkady-dubnov"}, "html")).decode()
    assert '<a href="../source/russia-taliban-delisting/statement/dubnov-on-encouragement">' in page
    assert 'value="arkady-dubnov"' in page
    assert '<bdi lang="en">london-news-net ← Arkady Dubnov</bdi>' in page
    listing = body(questions(desk, {"form": "html", "address": "http://<b>'x/"})).decode()
    assert "<b>'x" not in listing
    assert "<script" not in listing
    for question in load_all():
        assert f'action="ask/{question.name}.html"' in listing


def test_a_page_without_rows_says_that_silence_is_no_evidence(desk: Desk) -> None:
    page = body(asked(desk, "relisted", {"subject": "taliban"}, "html")).decode()
    assert "No rows." in page
    assert "no evidence of absence" in page


def test_a_page_of_what_cannot_be_answered_keeps_the_form_and_says_why(desk: Desk) -> None:
    reply = asked(desk, "status-on-date", {"subject": "taliban", "on": "2010", "<b>": "x"}, "html")
    page = body(reply).decode()
    assert (reply.status, reply.media) == (400, "text/html; charset=utf-8")
    assert "has no parameter &#39;&lt;b&gt;&#39;" in page
    assert 'value="taliban"' in page
    assert "No rows." not in page
