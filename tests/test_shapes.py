"""The shapes: what is right passes, every constraint finds what is wrong, and says so in words for people.

`cases/shapes/` holds a good graph for each file of shapes, `world.ttl` that they refer to, and in `bad.yaml` what is
wrong after a change. What is wrong with a value by itself (missing, twice, of another class) is derived from the
shapes.
"""

import functools
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Protocol

import msgspec
import pytest
import rdflib
from rdflib import RDF, RDFS, SH
from rdflib.term import Node

from onrecord.checks import Result, Shapes, load_shapes
from onrecord.checks import check as check_index
from onrecord.checks.graphs import term_of
from onrecord.checks.shapes import read_graph
from onrecord.index import index_of
from onrecord.ntriples import Triple
from onrecord.rules import Rules, infer, load_rules
from onrecord.vocabulary import resources
from onrecord.vocabulary.terms import PREFIXES, onr

CASES = Path(__file__).parent / "cases" / "shapes"
FILES = [path.stem for path in resources.files("shapes", ".ttl") if path.stem not in ("prefixes", "schemes")]
SCHEME = "https://w3id.org/onrecord/scheme/"
NAMES = {
    "": "https://example.org/",
    "act-kind": f"{SCHEME}act-kind/",
    "basis": f"{SCHEME}bound-basis/",
    "designation-kind": f"{SCHEME}designation-kind/",
    "event-kind": f"{SCHEME}event-kind/",
    "manner": f"{SCHEME}attribution-manner/",
    "mode": f"{SCHEME}statement-mode/",
    "outcome": f"{SCHEME}prosecution-outcome/",
    "qualifier": f"{SCHEME}qualifier/",
    "unit": f"{SCHEME}unit/",
    **PREFIXES,
    "edtf": "http://id.loc.gov/datatypes/edtf/",
}


class MetaValidate(Protocol):
    def __call__(self, shapes: rdflib.Graph, inference: str, max_validation_depth: int) -> tuple[bool, object, str]: ...


class Case(msgspec.Struct, forbid_unknown_fields=True):
    """A change to a good graph, and what finds it: focus node, shape, severity. `also` may be found, and need not."""

    graph: str
    title: str
    finds: list[list[str]]
    remove: list[str] = []
    add: str = ""
    also: list[list[str]] = []


BAD = msgspec.yaml.decode((CASES / "bad.yaml").read_bytes(), type=list[Case])


@functools.cache
def shapes() -> Shapes:
    return load_shapes(resources.files("shapes", ".ttl"))


@functools.cache
def shapes_graph() -> rdflib.Graph:
    return read_graph(resources.files("shapes", ".ttl"))


def check(compiled: Shapes, triples: Iterable[Triple], context: Iterable[Triple]) -> list[Result]:
    return check_index(compiled, index_of(triples), index_of(context))


def parsed(turtle: str) -> list[Triple]:
    head = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in NAMES.items())
    graph = rdflib.Graph().parse(data=head + turtle, format="turtle")
    return sorted((term_of(s), term_of(p), term_of(o)) for s, p, o in graph)


@functools.cache
def graph(name: str) -> tuple[Triple, ...]:
    return tuple(parsed((CASES / f"{name}.ttl").read_text(encoding="utf-8")))


def iri(name: str) -> str:
    prefix, local = name.split(":", 1)
    return f"<{NAMES[prefix]}{local}>"


@functools.cache
def found(index: int) -> tuple[Result, ...]:
    """What is found in the graph of a bad case."""
    case = BAD[index]
    gone = [tuple(iri(name) for name in removed.split()) for removed in case.remove]
    kept = [triple for triple in graph(case.graph) if triple[:2] not in gone]
    assert len(kept) + len(gone) <= len(graph(case.graph)), "every removal takes something away"
    return tuple(check(shapes(), [*kept, *parsed(case.add)], graph("world")))


@pytest.mark.parametrize("name", [*FILES, "world"])
def test_good_graphs_conform(name: str) -> None:
    assert len(graph(name)) > 5
    assert check(shapes(), graph(name), () if name == "world" else graph("world")) == []


@functools.cache
def rules() -> Rules:
    return load_rules(resources.files("ontology", ".ttl"))


@pytest.mark.parametrize("name", FILES)
def test_good_graphs_conform_after_inference(name: str) -> None:
    inferred = infer(rules(), graph(name), graph("world")).inferred
    own = {subject for subject, _, _ in graph(name)}
    results = check(shapes(), [*graph(name), *(t for t in inferred if t[0] in own)], graph("world"))
    assert [result for result in results if result.focus_node in own] == []


def nameless(focus: str) -> str:
    return "_:" if focus.startswith("_:") else focus


def expected(listed: list[list[str]]) -> set[tuple[str, str, str]]:
    return {
        (focus if focus == "_:" else iri(focus), shape, rest[0] if rest else "violation")
        for focus, shape, *rest in listed
    }


@pytest.mark.parametrize("index", range(len(BAD)), ids=[f"{case.graph}: {case.title}" for case in BAD])
def test_bad_graphs_are_found(index: int) -> None:
    case = BAD[index]
    seen = {(nameless(r.focus_node), r.source_shape.rsplit("#")[-1].rstrip(">"), r.severity) for r in found(index)}
    assert seen - expected(case.also) == expected(case.finds)


CONSTRAINTS = {
    SH.minCount: "MinCount",
    SH.maxCount: "MaxCount",
    SH["class"]: "Class",
    SH.node: "Node",
    SH["not"]: "Not",
    SH["or"]: "Or",
    SH.nodeKind: "NodeKind",
    SH.datatype: "Datatype",
    SH.minLength: "MinLength",
    SH.pattern: "Pattern",
    SH.uniqueLang: "UniqueLang",
    SH.minInclusive: "MinInclusive",
}
"""What can be broken by a value alone, and SHACL's name for it."""


def values(wrong: rdflib.URIRef, shape: Node) -> str:
    """Values, as Turtle, that break a constraint of a property shape."""
    written = shapes_graph()
    datatype = written.value(shape, SH.datatype)
    tag = "@en" if datatype == RDF.langString else "" if datatype in (None, rdflib.XSD.string) else f"^^<{datatype}>"
    node = written.value(shape, SH.nodeKind) is not None or datatype is None
    several = ":stranger , :harbour , :claim" if node else f'"2024"{tag} , "2025"{tag} , "2026"{tag}'
    return {
        SH.maxCount: several,
        SH["class"]: ":stranger",
        SH.node: ":stranger",
        SH["not"]: ":claim",
        SH["or"]: ":harbour",
        SH.nodeKind: '"text"',
        SH.datatype: '"x"^^xsd:boolean',
        SH.minLength: f'""{tag}',
        SH.pattern: "<urn:x>" if node else f'"!!"{tag}',
        SH.uniqueLang: '"one more"@en , "and another"@en',
        SH.minInclusive: '"-1"^^xsd:integer',
    }.get(wrong, "")


def of_values() -> Iterator[tuple[str, str, str, str, Node]]:
    """Every such constraint: the file, the shape, the property, the parameter, the property shape."""
    written = shapes_graph()
    for name in FILES:
        own = rdflib.Graph().parse(resources.path("shapes") / f"{name}.ttl")
        for shape in sorted({*own.subjects(SH.targetClass), *own.subjects(SH.targetSubjectsOf)}, key=str):
            for prop in written.objects(shape, SH.property):
                path = written.value(prop, SH.path)
                if not isinstance(path, rdflib.URIRef):
                    continue
                for wrong in sorted(CONSTRAINTS, key=str):
                    if written.value(prop, wrong) is not None:
                        yield name, term_of(shape), term_of(path), str(wrong), prop


OF_VALUES = sorted(of_values(), key=lambda one: one[:4])


GROUPS = sorted({(name, wrong) for name, _, _, wrong, _ in OF_VALUES})


@functools.cache
def broken(name: str, wrong: str) -> tuple[Result, ...]:
    """What is found where all constraints of one parameter are broken at once, in every node that their shapes are
    for."""
    gone: set[tuple[str, str]] = set()
    added = ""
    for shape, path, prop in [(s, p, o) for n, s, p, w, o in OF_VALUES if (n, w) == (name, wrong)]:
        address = rdflib.URIRef(shape[1:-1])
        wanted = set(map(term_of, shapes_graph().objects(address, SH.targetClass)))
        having = set(map(term_of, shapes_graph().objects(address, SH.targetSubjectsOf)))
        nodes = {s for s, p, _ in graph(name) if p in having or wanted & classes(s, name)}
        assert nodes, f"the good graph has a node for {shape}"
        bad = values(rdflib.URIRef(wrong), prop)
        gone |= {(node, path) for node in nodes if not bad}
        added += "".join(f"{node} {path} {bad} .\n" for node in sorted(nodes) if bad)
    kept = [triple for triple in graph(name) if triple[:2] not in gone]
    return tuple(check(shapes(), [*kept, *parsed(added)], graph("world")))


@functools.cache
def classes(node: str, name: str) -> set[str]:
    """The classes of a node, and what these are kinds of."""
    named = {o for s, p, o in graph(name) if s == node and p.endswith("#type>")}
    while True:
        wider = named | {o for s, p, o in shapes().background if s in named and p == f"<{RDFS.subClassOf}>"}
        if wider == named:
            return named
        named = wider


@pytest.mark.parametrize(("name", "wrong"), GROUPS, ids=[f"{name}: {wrong.split('#')[-1]}" for name, wrong in GROUPS])
def test_wrong_values_are_found(name: str, wrong: str) -> None:
    component = f"<{SH}{CONSTRAINTS[rdflib.URIRef(wrong)]}ConstraintComponent>"
    seen = {(r.source_shape, r.path) for r in broken(name, wrong) if r.component == component}
    assert {(s, p) for n, s, p, w, _ in OF_VALUES if (n, w) == (name, wrong)} - seen == set()


def messages() -> Iterator[str]:
    """The messages that the shapes can give."""
    written = shapes_graph()
    targeted = {*written.subjects(SH.targetClass), *written.subjects(SH.targetSubjectsOf)}
    for shape in targeted:
        for owner in (shape, *written.objects(shape, SH.property), *written.objects(shape, SH.sparql)):
            yield from map(str, written.objects(owner, SH.message))


def test_every_message_is_given_by_a_bad_case() -> None:
    given = {r.message for index in range(len(BAD)) for r in found(index)}
    given |= {r.message for name, wrong in GROUPS for r in broken(name, wrong)}
    starts = {message.split("{")[0] for message in messages()}
    assert {start for start in starts if not any(message.startswith(start) for message in given)} == set()


def test_messages_are_sentences_that_say_what_to_do() -> None:
    for message in messages():
        assert message[0].isupper()
        assert message.endswith((".", "…", "?"))
        assert len(message.split()) > 5
        assert not {"node", "literal", "cardinality", "datatype", "URI"} & set(message.split())


def test_every_reported_shape_has_a_message_and_every_property_a_name() -> None:
    written = shapes_graph()
    for shape in {*written.subjects(SH.targetClass), *written.subjects(SH.targetSubjectsOf)}:
        direct = (SH["or"], SH["not"], SH.xone, SH.nodeKind)
        if any((shape, constraint, None) in written for constraint in direct):
            assert written.value(shape, SH.message), shape
        for prop in written.objects(shape, SH.property):
            assert len(set(written.objects(prop, SH.message))) == 1, (shape, written.value(prop, SH.path))
            assert len(set(written.objects(prop, SH.name))) == 1, (shape, written.value(prop, SH.path))
        for constraint in written.objects(shape, SH.sparql):
            assert len(set(written.objects(constraint, SH.message))) == 1, shape


def test_every_class_has_a_shape() -> None:
    targets = set(map(term_of, shapes_graph().objects(None, SH.targetClass)))
    wider = {(s, o) for s, p, o in shapes().background if p == f"<{RDFS.subClassOf}>"}
    ours = {str(term) for name, term in vars(onr).items() if name[0].isupper()}
    for cls in ours:
        known = {cls}
        while not known & targets:
            more = known | {o for s, o in wider if s in known}
            assert more != known, f"{cls} has no shape"
            known = more


def test_the_shapes_are_well_formed() -> None:
    """pySHACL's check of shapes against SHACL's own shapes, SHACL-SHACL."""
    check_shapes: MetaValidate = import_module("pyshacl.entrypoints").meta_validate
    conforms, _, text = check_shapes(shapes_graph(), inference="none", max_validation_depth=60)
    assert conforms, text
