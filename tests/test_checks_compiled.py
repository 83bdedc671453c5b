"""Compiled shapes: plain data that is kept, what they cover and say they do not, and data on a context."""

import re
import subprocess
import sys
from pathlib import Path

import pyoxigraph
import pytest

from onrecord.checks import Checker, Result, Shapes, check, engine, from_json, key_of, load_shapes, to_json
from onrecord.checks.graphs import graph_of
from onrecord.checks.results import Outcome
from onrecord.checks.shapes import compiled
from onrecord.errors import VocabularyError
from onrecord.index import Index, index_of
from onrecord.ntriples import Triple, literal
from onrecord.vocabulary import resources

XSD = "http://www.w3.org/2001/XMLSchema#"
TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
SUBCLASS = "<http://www.w3.org/2000/01/rdf-schema#subClassOf>"
HEAD = f"""@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix : <https://example.org/> . @prefix xsd: <{XSD}> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
:prefixes a owl:Ontology ; sh:declare [ sh:prefix "" ; sh:namespace "https://example.org/"^^xsd:anyURI ] .
"""
THING = HEAD + ":shape a sh:NodeShape ; sh:targetClass :Thing ; "


def iri(name: str) -> str:
    return f"<https://example.org/{name}>"


def made(turtle: str, background: tuple[Triple, ...] = ()) -> Shapes:
    quads = pyoxigraph.parse(input=turtle, format=pyoxigraph.RdfFormat.TURTLE)
    graph = graph_of((term(quad.subject), term(quad.predicate), term(quad.object)) for quad in quads)
    return compiled(graph, background)


def term(node: object) -> str:
    if isinstance(node, pyoxigraph.Literal):
        return literal(node.value, node.datatype.value, node.language or "")
    return str(node)


def said(*triples: str) -> Index:
    """An index of triples written as `a p b`; texts in quotation marks, T for rdf:type."""
    short = {"T": TYPE, "<": SUBCLASS}

    def named(name: str) -> str:
        return name if name.startswith(('"', "_:")) else short.get(name) or iri(name)

    return index_of((named(s), named(p), named(o)) for s, p, o in (triple.split(" ", 2) for triple in triples))


def found(results: list[Result]) -> list[tuple[str, str]]:
    """Focus nodes and components of results, in short."""
    return [
        (
            result.focus_node.removeprefix("<https://example.org/").rstrip(">"),
            result.component.rsplit("#", 1)[-1].removesuffix("ConstraintComponent>"),
        )
        for result in results
    ]


NAMED = "sh:property [ sh:path :name ; sh:minCount 1 ] ."


def test_compiled_shapes_are_plain_data() -> None:
    shapes = load_shapes(resources.files("shapes", ".ttl"))
    kept = to_json(shapes)
    assert to_json(load_shapes(resources.files("shapes", ".ttl")[::-1])) == kept
    assert from_json(kept).plan == shapes.plan
    with pytest.raises(VocabularyError, match="not compiled shapes"):
        from_json(b'{"shapes": 1}')


def test_kept_shapes_need_neither_rdflib_nor_pyshacl(tmp_path: Path) -> None:
    (tmp_path / "shapes.json").write_bytes(to_json(load_shapes(resources.files("shapes", ".ttl"))))
    code = (
        "import sys; from pathlib import Path; from onrecord.checks import Checker, from_json\n"
        "shapes = from_json(Path(sys.argv[1]).read_bytes())\n"
        f"data = {{'<https://example.org/x>': {{'{TYPE}': {{'<https://w3id.org/onrecord/ns#Curation>': None}}}}}}\n"
        "print(len(Checker(shapes, {}).check(data)), sorted({'rdflib', 'pyshacl', 'owlrl', 'pyoxigraph'} & set(sys.modules)))"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "shapes.json")]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "3 []\n"


def test_the_key_is_that_of_all_files(tmp_path: Path) -> None:
    shapes, ontology = tmp_path / "a.ttl", tmp_path / "b.ttl"
    shapes.write_text(HEAD, encoding="utf-8")
    ontology.write_text(HEAD, encoding="utf-8")
    keys = {key_of([shapes], [ontology]), key_of([shapes], []), key_of([shapes])}
    assert key_of([shapes], [ontology]) in keys
    ontology.write_text(HEAD + ":A a rdfs:Class .", encoding="utf-8")
    keys.add(key_of([shapes], [ontology]))
    shapes.write_text(THING + NAMED, encoding="utf-8")
    keys.add(key_of([shapes], [ontology]))
    assert len(keys) == 5
    with pytest.raises(VocabularyError, match="No such file"):
        key_of([tmp_path / "none.ttl"])


def test_data_and_context_are_one_graph() -> None:
    checker = Checker(made(THING + NAMED), said("x name 'X'".replace("'", '"'), "y T Thing", "z T Thing"))
    assert found(checker.check(said("x T Thing", "y p x"))) == [("y", "MinCount")]
    assert checker.check(said('y name "Y"')) == []
    assert found(checker.check(said("y p x"))) == [("y", "MinCount")]
    assert found(check(checker.shapes, said("x T Thing"), {})) == [("x", "MinCount")]


def test_paths_lead_back_through_data_and_context() -> None:
    shape = "sh:property [ sh:path [ sh:inversePath :p ] ; sh:minCount 2 ] ; sh:targetObjectsOf :q ."
    shapes = made(THING + shape)
    assert sorted(shapes.linked.inverted) == [iri("p"), iri("q")]
    checker = Checker(shapes, said("far p x", "far q y"))
    assert found(checker.check(said("x T Thing"))) == [("x", "MinCount")]
    assert checker.check(said("x T Thing", "near p x")) == []
    assert found(checker.check(said("x T Thing", "far p x"))) == [("x", "MinCount")]
    assert found(checker.check(said("y r z", "near q z"))) == [("y", "MinCount")]
    assert checker.check(said("x T Thing", "near p x")) == []


def test_data_may_say_which_class_is_a_kind_of_which() -> None:
    checker = Checker(made(THING + NAMED, ((iri("Known"), SUBCLASS, iri("Thing")),)), said("Elsewhere < Known"))
    assert found(checker.check(said("x T Elsewhere", "y T New"))) == [("x", "MinCount")]
    assert found(checker.check(said("x T Elsewhere", "y T New", "New < Known"))) == [
        ("x", "MinCount"),
        ("y", "MinCount"),
    ]
    assert found(checker.check(said("x T Elsewhere", "y T New"))) == [("x", "MinCount")]


def test_every_sort_of_target_counts() -> None:
    shapes = made(
        HEAD
        + """:a a sh:NodeShape ; sh:targetNode :one , :nowhere ; sh:nodeKind sh:BlankNode .
        :b a sh:NodeShape ; sh:targetSubjectsOf :p ; sh:class :Thing .
        :c a sh:NodeShape ; sh:targetObjectsOf :p ; sh:datatype xsd:string .
        :D a sh:NodeShape , rdfs:Class ; sh:hasValue :d ."""
    )
    data = said("one r two", "two p three", "three r four", 'five p "text"', "six T D", "d T D")
    assert found(Checker(shapes).check(data)) == [
        ("five", "Class"),
        ("one", "NodeKind"),
        ("six", "HasValue"),
        ("three", "Datatype"),
        ("two", "Class"),
    ]
    everything = {one.result.focus_node for one in Checker(shapes).outcome(data).found}
    assert everything >= {iri("nowhere"), iri("three")}
    assert '"text"' not in everything


def test_outcomes_keep_results_that_look_the_same() -> None:
    shapes = made(THING + "sh:property [ sh:path :p ; sh:uniqueLang true ; sh:message 'One a language.' ] .")
    data = said("x T Thing", 'x p "a"@en', 'x p "b"@en', 'x p "c"@de', 'x p "d"@de')
    assert len(Checker(shapes).check(data)) == 1
    assert len(Checker(shapes).outcome(data).found) == 2


UNCOVERED = {
    "sh:node :shape .": "refer to themselves",
    "sh:node [ sh:path :p ] .": "sh:node with what is no such shape",
    "sh:property [ sh:path :p , :q ] .": "pySHACL cannot load",
    "sh:minCount 1 .": "not well formed: .*MinCount",
    "sh:property [ sh:path :p ; sh:maxCount '1' ] .": "not well formed",
    "sh:property [ sh:path ( :p ) ; sh:minCount 1 ] .": "fewer than two parts",
    "sh:property [ sh:path :p ; sh:uniqueLang '1'^^xsd:boolean ] .": "sh:uniqueLang that is not one true or false",
    "sh:property [ sh:path :p ; sh:pattern '(' ] .": "not well formed",
    "sh:property [ sh:path :p ; sh:pattern 'a' ; sh:flags 'i' , 'm' ] .": "several sh:flags",
    "sh:js [] .": "sh:js",
    "sh:severity sh:Info , sh:Warning .": "several severities",
    "sh:datatype rdfs:Literal .": "class of datatypes",
}


@pytest.mark.parametrize("turtle", UNCOVERED)
def test_what_is_not_covered_is_said(turtle: str) -> None:
    ((node, reason),) = made(THING + turtle).uncovered
    assert node in ("", iri("shape"))
    assert re.search(UNCOVERED[turtle], reason), reason


QUERIES = {
    "SELECT $this WHERE { $this :p ?x . { :a :q ?y . FILTER(?x = ?y) } }": "FILTER that mentions a variable of another group",
    "SELECT $this WHERE { $this :p ?x . { :a :q ?y OPTIONAL { ?y :r ?x } } }": "OPTIONAL that mentions a variable",
    "SELECT $this WHERE { $this :p ?x . { :a :q ?y . BIND(?x AS ?z) } }": "BIND that mentions a variable",
    "SELECT $this WHERE { $this :p ?x . { :a :q ?y . BIND(1 AS ?x) } }": "BIND of a variable that may be bound",
    "SELECT $this WHERE { $this :p ?x . ?other :q ?y }": "search all data",
    "SELECT $this WHERE { $this ?p ?x . ?other ?q $this }": "search all data",
    "SELECT $this WHERE { $this !:p ?x }": "negated property set",
    "SELECT $this WHERE { $this :p ?x . FILTER(xsd:integer(?x) > 1) }": "SPARQL's Function",
    "SELECT $this WHERE { $this :p ?x } ORDER BY ?x": "SPARQL's OrderBy",
    "SELECT $this (COUNT(?x) AS ?value) WHERE { $this :p ?x } GROUP BY $this": "SPARQL's AggregateJoin",
    "SELECT $this WHERE { $this :p ?x . MINUS { $this :q ?x } }": "Minus",
    "SELECT $this WHERE { $this :p ?x . VALUES ?x { 1 } }": "VALUES",
    "SELECT $this WHERE { $this :p ?x . { SELECT $this WHERE { $this :q ?y } } }": "ToMultiSet",
    "SELECT ?value WHERE { ?value :p :a }": "without",
    "SELECT $this WHERE { $this :p $currentShape }": "currentShape",
    "SELECT $this WHERE": "not SPARQL",
}


@pytest.mark.parametrize("query", QUERIES)
def test_queries_that_are_not_covered_are_said(query: str) -> None:
    written = f"PREFIX xsd: <{XSD}> {query}"
    ((_, reason),) = made(THING + f'sh:sparql [ sh:prefixes :prefixes ; sh:select "{written}" ] .').uncovered
    assert QUERIES[query] in reason


def test_a_prefix_that_nobody_declares_is_one_line() -> None:
    with pytest.raises(VocabularyError, match="prefix x:, which is not declared"):
        made(THING + 'sh:sparql [ sh:select "SELECT $this WHERE { $this x:p ?value }" ] .')


def test_pyshacl_runs_what_is_not_covered_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    shapes = made(
        THING
        + NAMED
        + ':other a sh:NodeShape ; sh:targetClass :Thing ; sh:sparql [ sh:select "SELECT $this WHERE { $this ?p ?o } ORDER BY ?o" ] .'
    )
    asked: list[frozenset[str] | None] = []
    run = engine.run

    def seen(shapes: Shapes, data: Index, nodes: frozenset[str] | None = None) -> Outcome:
        asked.append(nodes)
        return run(shapes, data, nodes)

    monkeypatch.setattr(engine, "run", seen)
    checker = Checker(from_json(to_json(shapes)), said("z T Thing"))
    assert found(checker.check(said("x T Thing"))) == [("x", "SPARQL"), ("x", "MinCount")]
    assert asked == [frozenset({iri("other")})]
    assert {one.result.focus_node for one in checker.outcome({}).found} == {iri("z")}


MORE = {
    # Where pySHACL and SHACL differ, compiled shapes go by SHACL.
    "sh:property [ sh:path [ sh:inversePath ( :p :q ) ] ; sh:minCount 1 ] .": (["a p b", "b q x"], []),
    "sh:property [ sh:path :p ; sh:lessThan :q ] .": ([f'x p "1"^^<{XSD}integer>', "x q y"], [("x", "LessThan")]),
    "sh:property [ sh:path :p ; sh:lessThanOrEquals :q ] .": (
        [f'x p "2024-02-30"^^<{XSD}date>', f'x q "2024-03-01"^^<{XSD}date>'],
        [("x", "LessThanOrEquals")],
    ),
    "sh:property [ sh:path :p ; sh:maxInclusive 1.0 ] .": ([f'x p "NaN"^^<{XSD}double>'], [("x", "MaxInclusive")]),
    'sh:sparql [ sh:prefixes :prefixes ; sh:select "SELECT $this WHERE { $this :p/:q? ?x . FILTER(?x != 0) }" ] .': (
        [f'x p "0"^^<{XSD}integer>', "z q z"],
        [],
    ),
    "sh:property [ sh:path :p ; sh:minLength 1 ; sh:pattern '^$' ] .": (['x p ""'], [("x", "MinLength")]),
}


@pytest.mark.parametrize("turtle", MORE)
def test_odd_values_are_checked_as_shacl_says(turtle: str) -> None:
    triples, expected = MORE[turtle]
    shapes = made(THING + turtle)
    assert shapes.uncovered == ()
    assert found(Checker(shapes).check(said("x T Thing", *triples))) == expected


def test_messages_show_values_as_they_are() -> None:
    query = "SELECT $this ?value ?more WHERE { $this :p ?value ; :q ?more }"
    message = "sh:message 'It is {?value}, {$more} and {?none}.'"
    shapes = made(THING + f'sh:sparql [ {message} ; sh:prefixes :prefixes ; sh:select "{query}" ] .')
    (result,) = Checker(shapes).check(said("x T Thing", 'x p "a\\\\b"', "x q y"))
    assert result.message == "It is a\\b, https://example.org/y and {?none}."


def test_numbers_and_days_are_compared_by_value() -> None:
    shapes = made(THING + 'sh:property [ sh:path :p ; sh:minInclusive "2024-01-01"^^xsd:date ] .')
    given = [f'x p "{text}"^^<{XSD}date>' for text in ("2024-01-01", "2023-12-31", "2024-02-30", "2024-01-01Z")]
    results = Checker(shapes).check(said("x T Thing", *given))
    assert [one.value.split("^")[0] for one in results] == ['"2023-12-31"', '"2024-02-30"']
