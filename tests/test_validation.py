"""`validate` on any RDF and any shapes, which may neither crash, hang nor send anything elsewhere."""

import subprocess
import sys
from pathlib import Path

import pytest
import rdflib

from conftest import Kg
from onrecord.checks import Result, validate
from onrecord.checks.foreign import leaves
from onrecord.errors import InputError, QueryRefused, QueryTimeout, TooLarge, VocabularyError

SH = "http://www.w3.org/ns/shacl#"
TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
HEAD = f"@prefix sh: <{SH}> . @prefix : <https://example.org/> .\n"
THINGS = HEAD + ":shape a sh:NodeShape ; sh:targetClass :Thing ; "


FORMATS = {
    "a.ttl": "<https://example.org/x> a <https://w3id.org/onrecord/ns#Curation> .",
    "a.nt": f"<https://example.org/x> {TYPE} <https://w3id.org/onrecord/ns#Curation> .",
    "a.nq": f"<https://example.org/x> {TYPE} <https://w3id.org/onrecord/ns#Curation> <https://example.org/g> .",
    "a.trig": "<https://example.org/g> { <https://example.org/x> a <https://w3id.org/onrecord/ns#Curation> }",
    "a.JSONLD": '{"@id": "https://example.org/x", "@type": "https://w3id.org/onrecord/ns#Curation"}',
    "a.owl": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:onr="https://w3id.org/onrecord/ns#">'
    '<onr:Curation rdf:about="https://example.org/x"/></rdf:RDF>',
}


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The report on one node, by the format in which it was read."""
    found = {}
    for name, text in FORMATS.items():
        path = tmp_path_factory.mktemp("formats") / name
        path.write_text(text, encoding="utf-8-sig" if name == "a.ttl" else "utf-8")
        found[name] = validate([path]).report
    return found


def test_every_format_is_read(reports: dict[str, str]) -> None:
    assert len(set(reports.values())) == 1
    report = rdflib.Graph().parse(data=reports["a.ttl"], format="turtle")
    results = set(report.objects(None, rdflib.SH.result))
    assert len(results) == 3
    assert (None, rdflib.SH.conforms, rdflib.Literal(False)) in report
    assert {str(report.value(result, rdflib.SH.focusNode)) for result in results} == {"https://example.org/x"}


BROKEN = {
    "no.ttl": (None, InputError, "no.ttl: No such file or directory"),
    "a.docx": (b"x", InputError, "a.docx: no RDF format ends in .docx — use .ttl, "),
    "a": (b"x", InputError, "a: no RDF format ends in nothing"),
    "a.ttl": (b"<http://e/x> <http://e/p> 1 .\n<http://e/x>  <rel> 2 .", InputError, "a.ttl:2:15: No scheme found"),
    "b.ttl": (b'<http://e/x> <http://e/p> "\xff" .', InputError, "b.ttl: not UTF-8 at byte 27"),
    "c.ttl": (b"<http://e/x> <http://e/p> <<( <http://e/x> <http://e/p> 1 )>> .", InputError, "triples about triples"),
    "d.ttl": (b'<http://e/x> <http://e/p> "a"@en--ltr .', InputError, "texts with a direction"),
    "a.jsonld": (
        b'{"@context": "http://localhost:1/c"}',
        InputError,
        "nothing is fetched — put the context into the file",
    ),
    "b.jsonld": (b'{"@id": ', InputError, "b.jsonld:1:"),
    "a.rdf": (b'<!DOCTYPE x [<!ENTITY a "b">]><x/>', InputError, r"a.rdf: an XML document type (<!DOCTYPE) is refused"),
    "b.rdf": ('<?xml version="1.0"?><!DOCTYPE x><x/>'.encode("utf-16"), InputError, "b.rdf: not UTF-8 at byte 0"),
    "e.ttl": (b"#" * 5_000, TooLarge, "e.ttl: larger than 4,000 bytes"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_files_that_cannot_be_read_are_one_line(tmp_path: Path, name: str) -> None:
    data, error, message = BROKEN[name]
    if data is not None:
        (tmp_path / name).write_bytes(data)
    with pytest.raises(error) as raised:
        validate([tmp_path / name], max_bytes=4_000)
    assert message in str(raised.value)
    assert "\n" not in str(raised.value)


def foreign(
    tmp_path: Path, shapes: str, data: str = ":x a :Thing ; :p 'a' .", timeout: float = 60
) -> tuple[Result, ...]:
    (tmp_path / "data.ttl").write_text(HEAD + data, encoding="utf-8")
    (tmp_path / "shapes.ttl").write_text(shapes, encoding="utf-8")
    return validate([tmp_path / "data.ttl"], [tmp_path / "shapes.ttl"], timeout=timeout).results


def test_foreign_shapes_are_taken_alone(tmp_path: Path) -> None:
    data = ":x a :Thing ; :p [ :q 1 ] . :y a <https://w3id.org/onrecord/ns#Curation> ."
    results = foreign(tmp_path, THINGS + "sh:property [ sh:path :p ; sh:nodeKind sh:IRI ] .", data)
    assert [(r.focus_node, r.value) for r in results] == [("<https://example.org/x>", "_:b0")]


REFUSED = [
    (
        "sh:sparql [ sh:select 'SELECT $this { SERVICE <http://localhost:1/> { $this ?p ?o } }' ] .",
        QueryRefused,
        "SERVICE",
    ),
    ("sh:sparql [ sh:select 'SELECT $this FROM <file:///etc/hosts> { $this ?p ?o }' ] .", QueryRefused, "FROM"),
    (". :other a :Thing .", None, ""),
    ("sh:property [ sh:path :p , :q ; sh:minCount 1 ] .", VocabularyError, "the shapes cannot be used"),
    ("sh:sparql [ sh:select 'SELECT $this WHERE' ] .", VocabularyError, "the shapes cannot be used"),
    ("sh:node :shape .", None, ""),
    ("sh:property [ sh:path :p ; sh:lessThan :q ] .", None, ""),
]


@pytest.mark.parametrize("index", range(len(REFUSED)))
def test_foreign_shapes_that_cannot_be_used_are_one_line(tmp_path: Path, index: int) -> None:
    turtle, error, message = REFUSED[index]
    if error is None:
        assert foreign(tmp_path, (THINGS + turtle).replace("; .", ".")) == ()
        return
    with pytest.raises(error, match=message):
        foreign(tmp_path, THINGS + turtle)


def test_shapes_without_targets_are_refused(tmp_path: Path) -> None:
    with pytest.raises(VocabularyError, match="no targets"):
        foreign(tmp_path, HEAD + ":shape a sh:NodeShape ; sh:property [ sh:path :p ; sh:minCount 1 ] .")


def test_a_pattern_that_never_ends_is_stopped(tmp_path: Path) -> None:
    with pytest.raises(QueryTimeout, match="after 3 seconds"):
        foreign(
            tmp_path,
            THINGS + "sh:property [ sh:path :p ; sh:pattern '^(a+)+$' ] .",
            f":x a :Thing ; :p '{'a' * 60}!' .",
            3,
        )


def test_a_file_that_crashes_the_parser_is_one_line(tmp_path: Path) -> None:
    deep = "<<( :x :p " * 200_000 + "1" + " )>>" * 200_000
    with pytest.raises(InputError, match=r"^validation ended without an answer \(SIG"):
        foreign(tmp_path, THINGS + "sh:nodeKind sh:IRI .", f":x :p {deep} .")


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { service <http://x/> {} }",
        "SELECT * { # it's\n SERVICE <http://x/> {} # '\n}",
        "SELECT * { ?a ?b '''SERVICE'''\nSERVICE ?x {} }",
        "SELECT * { \\u0053ERVICE <http://x/> {} }",
        "SELECT * { FILTER(1<2)SERVICE<http://x/>{} }",
        "SELECT * FROM NAMED <file:///x> {}",
        "LOAD <http://x/>",
    ],
)
def test_queries_that_leave_are_seen(query: str) -> None:
    assert leaves(query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service $from { ?service :from ?load ; ex:service 'SERVICE' }",
        "SELECT * { <http://x/from> ?p \"a 'FROM'\" } # SERVICE <http://x/>",
        "PREFIX from-x: <http://x/> SELECT * { ?a ?b '\\'SERVICE' }",
    ],
)
def test_queries_that_stay_are_let_through(query: str) -> None:
    assert not leaves(query)


def test_the_worker_opens_no_connection() -> None:
    code = (
        "from onrecord.checks.foreign import forbid_network; forbid_network(); import socket\n"
        "try: socket.create_connection(('127.0.0.1', 9))\n"
        "except Exception as error: print(type(error).__name__)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "QueryRefused"


def test_verbose_says_which_shapes_are_not_compiled(tmp_path: Path, kg: Kg) -> None:
    (tmp_path / "data.ttl").write_text(HEAD + ":x a :Thing ; :p :x .", encoding="utf-8")
    (tmp_path / "shapes.ttl").write_text(THINGS + "sh:property [ sh:path :p ; sh:node :shape ] .", encoding="utf-8")
    words = ("validate", "--shapes", tmp_path / "shapes.ttl", tmp_path / "data.ttl")
    line = "left to pySHACL: <https://example.org/shape> (shapes that refer to themselves)\n"
    said, quiet = kg("--verbose", *words), kg(*words)
    assert (said.code, quiet.code) == (0, 0)
    assert said.err == quiet.err + line
