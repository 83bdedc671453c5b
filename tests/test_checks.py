"""Checks: results about one source, their words, and terms that keep their form."""

from pathlib import Path

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from onrecord.checks import Result, Shapes, load_shapes
from onrecord.checks import check as check_index
from onrecord.checks.graphs import graph_of, node_of, term_of
from onrecord.checks.paths import sparql_path, turtle_path
from onrecord.checks.results import sentence
from onrecord.errors import InputError, VocabularyError
from onrecord.index import index_of
from onrecord.ntriples import Triple, literal

SH = "http://www.w3.org/ns/shacl#"
XSD = "http://www.w3.org/2001/XMLSchema#"
TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
HEAD = f"@prefix sh: <{SH}> . @prefix : <https://example.org/> . @prefix xsd: <{XSD}> .\n"
THINGS = HEAD + ":shape a sh:NodeShape ; sh:targetClass :Thing ; "


def node(name: str) -> str:
    return f"<https://example.org/{name}>"


def made(tmp_path: Path, turtle: str) -> Shapes:
    path = tmp_path / "shapes.ttl"
    path.write_text(THINGS + turtle, encoding="utf-8")
    return load_shapes([path], ())


def check(shapes: Shapes, triples: list[Triple], context: list[Triple]) -> list[Result]:
    return check_index(shapes, index_of(triples), index_of(context))


THING: Triple = (node("x"), TYPE, node("Thing"))


def test_results_are_about_the_source_and_not_its_context(tmp_path: Path) -> None:
    shapes = made(tmp_path, "sh:property [ sh:path :name ; sh:minCount 1 ; sh:message 'Give it a name.' ] .")
    other: Triple = (node("y"), TYPE, node("Thing"))
    assert [r.focus_node for r in check(shapes, [THING], [other])] == [node("x")]
    assert [r.focus_node for r in check(shapes, [THING, other], [])] == [node("x"), node("y")]
    assert check(shapes, [THING], [(node("x"), node("name"), '"X"')]) == []


def test_a_result_has_shacls_words(tmp_path: Path) -> None:
    prop = "sh:property [ sh:path :age ; sh:datatype xsd:integer ; sh:severity sh:Warning ; sh:message 'Digits.' ] ."
    age: Triple = (node("x"), node("age"), f'"old"^^<{XSD}integer>')
    component = f"<{SH}DatatypeConstraintComponent>"
    assert check(made(tmp_path, prop), [THING, age], []) == [
        Result(node("x"), node("age"), age[2], component, node("shape"), "warning", "Digits.")
    ]


def test_results_do_not_depend_on_the_order_of_triples(tmp_path: Path) -> None:
    shapes = made(tmp_path, "sh:property [ sh:path :p ; sh:nodeKind sh:IRI ] , [ sh:path :q ; sh:minCount 1 ] .")
    triples = [THING, (node("y"), TYPE, node("Thing")), *((node("x"), node("p"), f'"{n}"') for n in range(9))]
    results = check(shapes, triples, [])
    assert len(results) == 11
    assert results == sorted(results) == check(shapes, triples[::-1], [])


@pytest.mark.parametrize(
    ("constraint", "message"),
    [
        ("sh:minCount 2", "Name is missing: add it."),
        ("sh:maxCount 0", "There are too many values of name: take some away."),
        ("sh:class :Name", "“Ann” is not of the kind that name needs."),
        ("sh:minExclusive 4", "“Ann” does not meet the condition on name (MinExclusive)."),
    ],
)
def test_a_shape_without_a_message_gets_a_sentence(tmp_path: Path, constraint: str, message: str) -> None:
    shapes = made(tmp_path, f"sh:property [ sh:path :name ; {constraint} ] .")
    assert [r.message for r in check(shapes, [THING, (node("x"), node("name"), '"Ann"')], [])] == [message]


def test_sentences_shorten_long_values() -> None:
    assert len(sentence(f"<{SH}InConstraintComponent>", node("p"), literal("y" * 500))) < 160


def test_a_sparql_constraint_speaks_for_itself_and_in_english(tmp_path: Path) -> None:
    select = "SELECT $this ?value WHERE { $this <https://example.org/p> ?value }"
    message = "sh:message 'auf Deutsch'@de , 'It has {?value}.'@en"
    shapes = made(tmp_path, f"sh:message 'of the shape' ; sh:sparql [ {message} ; sh:select '{select}' ] .")
    found = check(shapes, [THING, (node("x"), node("p"), '"5"')], [])
    assert [(r.message, r.value) for r in found] == [("It has 5.", '"5"')]


TERMS = [
    node("x"),
    '"01"^^<http://www.w3.org/2001/XMLSchema#integer>',
    '"2024-02-30"^^<http://www.w3.org/2001/XMLSchema#date>',
    '"+1.50"^^<http://www.w3.org/2001/XMLSchema#decimal>',
    '"2003-01-01T00:00:00+15:00"^^<http://www.w3.org/2001/XMLSchema#dateTime>',
    '"1"^^<http://www.w3.org/2001/XMLSchema#boolean>',
    '"Суд \\"\\\\\\n"@ru-latn',
    '"plain"',
    f'"{"9" * 5_000}"^^<http://www.w3.org/2001/XMLSchema#integer>',
]


@pytest.mark.parametrize("term", TERMS, ids=range(len(TERMS)))
def test_terms_keep_their_form(term: str) -> None:
    normalizing = rdflib.NORMALIZE_LITERALS
    assert term_of(node_of(term)) == term
    assert rdflib.NORMALIZE_LITERALS is normalizing


@given(st.text(st.characters(exclude_categories=["Cs"])), st.sampled_from(["", "en", "ru-latn"]))
def test_any_text_keeps_its_form(text: str, language: str) -> None:
    term = literal(text, language=language)
    assert term_of(node_of(term)) == term


def test_what_is_no_term_is_refused() -> None:
    with pytest.raises(InputError, match="not an RDF term"):
        graph_of([(node("x"), node("p"), "word")])


@pytest.mark.parametrize(
    ("path", "shown", "turtle"),
    [
        (":p", "<p>", "<p>"),
        ("( :p :q )", "<p>/<q>", "( <p> <q> )"),
        ("[ sh:inversePath :p ]", "^<p>", f"[ <{SH}inversePath> <p> ]"),
        ("[ sh:oneOrMorePath ( :p :q ) ]", "(<p>/<q>)+", f"[ <{SH}oneOrMorePath> ( <p> <q> ) ]"),
        (
            "[ sh:alternativePath ( :p [ sh:zeroOrOnePath :q ] ) ]",
            "<p>|(<q>?)",
            f"[ <{SH}alternativePath> ( <p> [ <{SH}zeroOrOnePath> <q> ] ) ]",
        ),
    ],
)
def test_paths_are_written_as_sparql_and_as_turtle(path: str, shown: str, turtle: str) -> None:
    graph = rdflib.Graph().parse(data=f"{HEAD}:s sh:path {path} .", format="turtle")
    found = graph.value(rdflib.URIRef("https://example.org/s"), rdflib.SH.path)
    assert found is not None
    assert sparql_path(graph, found).replace("https://example.org/", "") == shown
    assert turtle_path(graph, found).replace("https://example.org/", "") == turtle


def test_paths_that_lead_nowhere_are_refused() -> None:
    graph = rdflib.Graph().parse(data=f"{HEAD}:s sh:path _:a . _:a sh:inversePath _:a .", format="turtle")
    found = graph.value(rdflib.URIRef("https://example.org/s"), rdflib.SH.path)
    assert found is not None
    for write in (sparql_path, turtle_path):
        with pytest.raises(VocabularyError, match="nested deeper"):
            write(graph, found)


def test_shapes_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    (tmp_path / "wrong.ttl").write_text("@prefix : <https://example.org/> .\n:a :b", encoding="utf-8")
    with pytest.raises(VocabularyError, match=r"wrong\.ttl:2:6: "):
        load_shapes([tmp_path / "wrong.ttl"])
    with pytest.raises(VocabularyError, match=r"none\.ttl: No such file"):
        load_shapes([tmp_path / "none.ttl"])
    with pytest.raises(VocabularyError, match="no shapes"):
        load_shapes([])
