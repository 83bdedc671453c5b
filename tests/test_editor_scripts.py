"""The parts of the editor that need no page, in Node: dates, terms, sorting, what is drawn of an answer."""

from __future__ import annotations

import datetime
import json
import re
import shutil
import subprocess
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.facts import dates

SOURCES = Path(__file__).parents[1] / "editor" / "src"
XSD = "http://www.w3.org/2001/XMLSchema#"
EDTF = "http://id.loc.gov/datatypes/edtf/EDTF"


def _run(module: str, script: str, given: object) -> object:
    """What `script` returns, given `m`, a module of the editor, and `given`."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("there is no Node here: apt-get install nodejs")
    if module == "graph.js" and not (SOURCES.parent / "node_modules").is_dir():
        pytest.skip("the editor's packages are not here: make editor")
    text = f"""
      import * as m from {json.dumps((SOURCES / module).as_uri())};
      import {{ readFileSync }} from "node:fs";
      const given = JSON.parse(readFileSync(0, "utf8"));
      process.stdout.write(JSON.stringify(({script})(given)));
    """
    command = [node, "--input-type=module", "-e", text]
    ran = subprocess.run(command, input=json.dumps(given), capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


def _day(text: str) -> int:
    return (datetime.date.fromisoformat(text) - datetime.date(1970, 1, 1)).days


# ── Dates ─────────────────────────────────────────────────────────────────────────────────────────────────────────

DATES = {
    "2024-02-29": ("2024-02-29", "2024-02-29", False),
    "2024": ("2024-01-01", "2024-12-31", False),
    "2024-02": ("2024-02-01", "2024-02-29", False),
    "1970~": ("1970-01-01", "1970-12-31", True),
    "1966-07-07~": ("1966-07-07", "1966-07-07", True),
    "200X": ("2000-01-01", "2009-12-31", False),
    "2004-XX": ("2004-01-01", "2004-12-31", False),
    "2004-06-XX": ("2004-06-01", "2004-06-30", False),
    "2001-21": ("2001-03-01", "2001-05-31", False),
    "2001-24": ("2001-12-01", "2001-12-31", False),
    "1969/1971": ("1969-01-01", "1971-12-31", False),
    "1977~/1978~": ("1977-01-01", "1978-12-31", True),
    "2024-01-31T10:00:00Z": ("2024-01-31", "2024-01-31", False),
    "2024-01-31Z": ("2024-01-31", "2024-01-31", False),
    "2024-01-31+02:00": ("2024-01-31", "2024-01-31", False),
    "0005-03-04": ("0005-03-04", "0005-03-04", False),
}


def test_dates_leave_the_days_open_that_they_say() -> None:
    found = _run("edtf.js", "(texts) => texts.map(m.days)", list(DATES))
    assert found == [
        {"first": _day(first), "last": _day(last), "about": about, "openStart": False, "openEnd": False}
        for first, last, about in DATES.values()
    ]


def test_an_open_or_unknown_end_stays_open() -> None:
    found = _run("edtf.js", "(texts) => texts.map(m.days)", ["2003/..", "2003/", "../2003-04", "/2003-04"])
    open_end = {"first": _day("2003-01-01"), "last": None, "about": False, "openStart": False, "openEnd": True}
    open_start = {"first": None, "last": _day("2003-04-30"), "about": False, "openStart": True, "openEnd": False}
    assert found == [open_end, open_end, open_start, open_start]


def test_what_is_no_date_is_not_drawn() -> None:
    texts = ["", "recently", "2024-13", "2024-02-30", "2024-00-01", "2023-02-29", "12", "1/2/3", "../..", "[1667,1668]"]
    assert _run("edtf.js", "(texts) => texts.map(m.days)", texts) == [None] * len(texts)


@settings(max_examples=5, deadline=None)
@given(st.lists(st.dates(min_value=datetime.date(1, 1, 1)), min_size=200, max_size=200))
def test_days_are_those_of_the_calendar(days: list[datetime.date]) -> None:
    found = _run("edtf.js", "(texts) => texts.map(m.days)", [day.isoformat() for day in days])
    assert isinstance(found, list)
    assert [each["first"] for each in found] == [_day(day.isoformat()) for day in days]


def test_dates_are_as_the_build_reads_them() -> None:
    texts = [text for text in DATES if re.fullmatch(r"[0-9/X~-]+", text) and "XX" not in text]
    found = _run("edtf.js", "(texts) => texts.map(m.days)", texts)
    assert isinstance(found, list)
    for text, each in zip(texts, found, strict=True):
        drawn = (None, None) if each["about"] else (_date(each["first"]), _date(each["last"]))
        assert dates.bounds(text) == drawn, text


def _date(number: int) -> datetime.date:
    return datetime.date(1970, 1, 1) + datetime.timedelta(number)


# ── Terms ─────────────────────────────────────────────────────────────────────────────────────────────────────────

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=30)
LITERALS = st.one_of(
    st.builds(ox.Literal, TEXTS),
    st.builds(lambda text: ox.Literal(text, language="en"), TEXTS),
    st.builds(lambda number: ox.Literal(str(number), datatype=ox.NamedNode(f"{XSD}integer")), st.integers()),
    st.builds(lambda text: ox.Literal(text, datatype=ox.NamedNode("http://e.org/d")), TEXTS),
)


@settings(max_examples=10, deadline=None)
@given(st.lists(LITERALS, min_size=30, max_size=30))
def test_terms_are_read_from_both_formats_as_they_were_written(terms: list[ox.Literal]) -> None:
    store = ox.Store()
    node = ox.NamedNode("http://e.org/s")
    store.extend(ox.Quad(node, ox.NamedNode(f"http://e.org/{number}"), term) for number, term in enumerate(terms))
    rows = store.query("SELECT ?p ?o { ?s ?p ?o }")
    assert isinstance(rows, ox.QuerySolutions)
    tsv = (rows.serialize(format=ox.QueryResultsFormat.TSV) or b"").decode()
    triples = (store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph()) or b"").decode()
    expected = {
        (f"http://e.org/{number}", term.value, term.language or "", term.datatype.value)
        for number, term in enumerate(terms)
    }
    script = "([text, media]) => m.read(text, media, false).rows.map((row) => row.slice(-2))"
    for text, media in ((tsv, "text/tab-separated-values"), (triples, "application/n-triples")):
        found = _run("asking.js", script, [text, media])
        assert isinstance(found, list)
        assert {(p["value"], o["value"], o["language"], _datatype(o)) for p, o in found} == expected


def _datatype(term: dict[str, str]) -> str:
    return "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString" if term["language"] else term["datatype"]


def test_an_answer_that_breaks_off_keeps_its_whole_lines() -> None:
    script = "([text, broken]) => m.read(text, 'text/tab-separated-values', broken).rows.length"
    text = "?a\t?b\n<x:1>\t1\n<x:2>\t2\n<x:3>\t"
    assert _run("asking.js", script, [text, True]) == 2
    assert _run("asking.js", script, [text, False]) == 3  # the last one has nothing in its second cell
    assert _run("asking.js", script, ["?a\t?b\n<x:1>\t1\n", False]) == 1
    assert _run("asking.js", "(text) => m.read(text, 'text/tab-separated-values', false)", "true") == {
        "kind": "truth",
        "heads": [],
        "rows": [],
        "truth": True,
    }


def test_a_refusal_knows_its_place() -> None:
    messages = ["cannot be read in line 3, column 18, at }", "the prefix nope: in line 2, and", "the server is busy"]
    script = "(texts) => texts.map((text) => new m.Refusal(text, '')).map(({ line, column }) => [line, column])"
    assert _run("asking.js", script, messages) == [[3, 18], [2, 0], [0, 0]]


VOCABULARY = {
    "base": "https://e.org/data/",
    "vocabulary": "https://e.org/ns",
    "prefixes": {"data": "https://e.org/data/", "person": "https://e.org/data/person/", "x": "http://x.org/"},
    "terms": [{"kind": "concept", "text": "<https://e.org/scheme/kind/listing>", "label": "listing"}],
}


def test_addresses_are_short_and_lead_to_this_server_or_to_the_web() -> None:
    script = """([vocabulary, iris]) => {
      const addresses = new m.Addresses(vocabulary);
      return iris.map((iri) => [addresses.short(iri), addresses.href(iri)]);
    }"""
    iris = [
        "https://e.org/data/person/a b",
        "https://e.org/ns#Fact",
        "http://x.org/1",
        "https://e.org/scheme/kind/listing",
        "javascript:alert(1)",
        'http://x.org/"',
        "urn:x",
    ]
    assert _run("terms.js", script, [VOCABULARY, iris]) == [
        ["person:a b", "./?iri=https%3A%2F%2Fe.org%2Fdata%2Fperson%2Fa%20b"],
        ["https://e.org/ns#Fact", "./?iri=https%3A%2F%2Fe.org%2Fns%23Fact"],
        ["x:1", "http://x.org/1"],
        ["listing", "https://e.org/scheme/kind/listing"],
        ["javascript:alert(1)", ""],
        ['x:"', ""],
        ["urn:x", ""],
    ]


# ── Views ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _literal(value: str, datatype: str = f"{XSD}string", language: str = "") -> dict[str, str]:
    return {"kind": "literal", "value": value, "datatype": datatype, "language": language}


def _iri(value: str) -> dict[str, str]:
    return {"kind": "iri", "value": value}


def test_numbers_are_sorted_as_numbers_and_what_is_unbound_comes_last() -> None:
    rows = [[_literal(value, f"{XSD}integer")] for value in ("10", "9", "-2")] + [[None]]
    script = "([rows, down]) => m.sorted(rows, 0, down).map(([term]) => term && term.value)"
    assert _run("table.js", script, [rows, False]) == ["-2", "9", "10", None]
    assert _run("table.js", script, [rows, True]) == ["10", "9", "-2", None]
    assert _run("table.js", script, [[[_literal(text)] for text in ("b", "é", "a", "e")], False]) == [
        "a",
        "b",
        "e",
        "é",
    ]


def test_two_bounds_are_one_vague_date_and_texts_are_none() -> None:
    row = [
        _literal("2003", EDTF),
        _literal("2003"),
        _literal("2001-01-01", f"{XSD}date"),
        _literal("2001-12-31", f"{XSD}date"),
        _literal("2001-05-05", f"{XSD}date"),
        _literal("2001-05-05", f"{XSD}date"),
        _literal("2001-05-05", f"{XSD}date"),
    ]
    heads = ["when", "text", "earliest", "latest", "actEarliest", "actLatest", "endLatest"]
    script = "(answer) => m.datedColumns(answer).map((column) => [column.name, column.at(answer.rows[0])])"
    found = _run("timeline.js", script, {"heads": heads, "rows": [row]})
    assert isinstance(found, list)
    assert [name for name, _ in found] == ["when", "earliest to latest", "actEarliest to actLatest", "endLatest"]
    vague = {
        "first": _day("2001-01-01"),
        "last": _day("2001-12-31"),
        "about": True,
        "openStart": False,
        "openEnd": False,
    }
    assert found[1][1] == {"days": vague, "text": "2001-01-01 to 2001-12-31"}
    assert found[2][1]["days"]["about"] is False


def _star(count: int) -> dict[str, object]:
    rows = [[_iri("x:0"), _iri("x:p"), _iri(f"x:{number}")] for number in range(1, count + 1)]
    return {"heads": ["s", "p", "o"], "rows": rows}


def test_the_same_answer_has_the_same_picture() -> None:
    script = """(answer) => {
      const draw = () => { const net = m.network(m.edges(answer), {}); m.layout(net); return net.nodes.map(({ x, y }) => [x, y]); };
      return [draw(), draw()];
    }"""
    found = _run("graph.js", script, _star(40))
    assert isinstance(found, list)
    assert found[0] == found[1]
    assert len({tuple(place) for place in found[0]}) == 41
    assert _run("graph.js", script, _star(40)) == found  # in another process as well


def test_what_is_left_out_of_a_picture_is_counted() -> None:
    script = "([answer, shows]) => { const { nodes, links, left } = m.network(m.edges(answer), shows); return [nodes.length, links.length, left]; }"
    assert _run("graph.js", script, [_star(300), {}]) == [120, 119, {"things": 181, "values": 0, "classes": 0}]
    kind, label = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", "http://www.w3.org/2000/01/rdf-schema#label"
    rows = [
        [_iri("x:a"), _iri(kind), _iri("x:C")],
        [_iri("x:a"), _iri(label), _literal("A")],
        [_iri("x:a"), _iri("x:n"), _literal("1")],
        [_iri("x:a"), _iri("x:p"), _iri("x:b")],
    ]
    answer = {"heads": ["subject", "predicate", "object"], "rows": rows}
    assert _run("graph.js", script, [answer, {}]) == [2, 1, {"things": 0, "values": 1, "classes": 1}]
    assert _run("graph.js", script, [answer, {"values": True, "classes": True}]) == [
        4,
        3,
        {"things": 0, "values": 0, "classes": 0},
    ]


def test_names_alone_are_no_picture() -> None:
    label = _iri("http://www.w3.org/2000/01/rdf-schema#label")
    heads = ["subject", "predicate", "object"]
    assert _run("graph.js", "m.isNetwork", {"heads": heads, "rows": [[_iri("x:a"), label, _literal("A")]]}) is False
    assert _run("graph.js", "m.isNetwork", {"heads": heads, "rows": [[_iri("x:a"), _iri("x:p"), _iri("x:b")]]}) is True


def test_only_triples_are_drawn_as_a_graph() -> None:
    assert (
        _run("graph.js", "(answer) => m.edges(answer)", {"heads": ["a", "b", "c"], "rows": [[_iri("x:a")] * 3]}) is None
    )
    assert (
        _run(
            "graph.js",
            "(answer) => m.edges(answer)",
            {"heads": ["s", "p", "o"], "rows": [[_iri("x:a"), _iri("x:a"), None]]},
        )
        is None
    )
