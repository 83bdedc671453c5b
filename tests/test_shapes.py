"""The shapes: what is right passes, every constraint finds what is wrong, and says so in words for people.

`cases/shapes/` holds a good graph for each file of shapes, `world.ttl` that they refer to, and in `bad.yaml` what is wrong
after a change. What is wrong with a value by itself (missing, twice, of another class) is derived from the shapes.
"""

import functools
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
import rdflib
from rdflib import RDF, RDFS, SH
from rdflib.term import Node

from onrecord.checks import Result, Shapes, check, load_shapes
from onrecord.checks.graphs import term_of
from onrecord.ntriples import Triple
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
}


class Case(msgspec.Struct, forbid_unknown_fields=True):
    """A change to a good graph, and what finds it: focus node, shape, severity. `same`: one shape may find it twice;
    `also`: what else may be found, and need not.
    """

    graph: str
    title: str
    finds: list[list[str]]
    remove: list[str] = []
    add: str = ""
    same: bool = False
    also: list[list[str]] = []


BAD = msgspec.yaml.decode((CASES / "bad.yaml").read_bytes(), type=list[Case])


@functools.cache
def shapes() -> Shapes:
    return load_shapes(resources.files("shapes", ".ttl"))


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


@pytest.mark.parametrize("name", FILES)
def test_good_graphs_conform_after_inference(name: str) -> None:
    from onrecord.rules import infer, load_rules

    rules = load_rules(resources.files("ontology", ".ttl"))
    inferred = infer(rules, graph(name), graph("world")).inferred
    focus = {subject for subject, _, _ in graph(name)}
    assert [r for r in check(shapes(), [*graph(name), *inferred], graph("world")) if r.focus_node in focus] == []


@pytest.mark.parametrize("index", range(len(BAD)), ids=[f"{case.graph}: {case.title}" for case in BAD])
def test_bad_graphs_are_found(index: int) -> None:
    case = BAD[index]
    seen = {(r.focus_node, r.source_shape.rsplit("#")[-1].rstrip(">"), r.severity) for r in found(index)}

    def named(listed: list[list[str]]) -> set[tuple[str, str, str]]:
        return {(focus if focus == "_:" else iri(focus), shape, *(rest or ["violation"])) for focus, shape, *rest in listed}

    seen = {(("_:" if focus.startswith("_:") else focus), shape, severity) for focus, shape, severity in seen}
    assert seen - named(case.also) == named(case.finds)
