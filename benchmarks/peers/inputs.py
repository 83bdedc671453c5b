"""The same facts in the form that each peer takes: made before the clock runs.

Mapping: one narrow table a property, with the IRIs already minted, the words already found and the days already worked
out: the peers get what our mappers have to compute. Its columns are s and o, because morph-kgc takes columns named
subject and object for its own. Checks and rules: the very triples that our mappers give. Shapes: ours, with one path
written in another way that means the same (see `shapes_for_pyrudof`).
"""

import csv
import json
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import TextIO

import rdflib
from rdflib import RDF, SH
from rdflib.collection import Collection
from rdflib.term import Node

from onrecord.ntriples import Triple, text_of
from onrecord.vocabulary import resources

RML = """\
<#{name}> a rr:TriplesMap ;
    rml:logicalSource [ rml:source "{file}" ; rml:referenceFormulation ql:CSV ] ;
    rr:subjectMap [ rml:reference "s" ; rr:termType rr:IRI ] ;
    rr:predicateObjectMap [ rr:predicate <{predicate}> ; rr:objectMap [ rml:reference "o" ; {kind} ] ] .
"""
PREFIXES = """\
@prefix rr: <http://www.w3.org/ns/r2rml#> .
@prefix rml: <http://semweb.mmlab.be/ns/rml#> .
@prefix ql: <http://semweb.mmlab.be/ns/ql#> .
@base <http://example.org/mapping/> .
"""
Kind = tuple[str, str, str]
"""Predicate, datatype ("" for an IRI) and language ("" for none) of a table."""


def _kind(triple: Triple) -> Kind:
    _, predicate, value = triple
    if value.startswith("<"):
        return predicate[1:-1], "", ""
    tail = value[value.rindex('"') + 1 :]
    if tail.startswith("@"):
        return predicate[1:-1], str(RDF.langString), tail[1:]
    return predicate[1:-1], tail[3:-1] or "http://www.w3.org/2001/XMLSchema#string", ""


def write_tables(triples: Iterable[Triple], folder: Path) -> None:
    """Tables as CSV, `tables.json` that lists them, and `mapping.ttl` that maps them in RML."""
    listed: dict[Kind, Path] = {}
    with ExitStack() as opened:
        files: dict[Kind, TextIO] = {}
        for triple in triples:
            kind = _kind(triple)
            if kind not in files:
                listed[kind] = folder / f"table-{len(files):03d}.csv"
                files[kind] = opened.enter_context(listed[kind].open("w", encoding="utf-8", newline=""))
                csv.writer(files[kind]).writerow(("s", "o"))
            csv.writer(files[kind]).writerow((triple[0][1:-1], text_of(triple[2])))
    rows = [
        {"file": str(file), "predicate": predicate, "datatype": datatype, "language": language}
        for (predicate, datatype, language), file in listed.items()
    ]
    (folder / "tables.json").write_text(json.dumps(rows, indent=1))
    maps = (RML.format(name=Path(row["file"]).stem, kind=_rml_kind(row), **row) for row in rows)
    (folder / "mapping.ttl").write_text(PREFIXES + "".join(maps))


def _rml_kind(row: dict[str, str]) -> str:
    if row["language"]:
        return f'rr:language "{row["language"]}"'
    return f"rr:datatype <{row['datatype']}>" if row["datatype"] else "rr:termType rr:IRI"


def write_triples(triples: Iterable[Triple], file: Path) -> int:
    """N-Triples, each triple once; how many there are."""
    lines = sorted({f"{s} {p} {o} .\n" for s, p, o in triples})
    file.write_text("".join(lines), encoding="utf-8", newline="\n")
    return len(lines)


def ontology() -> rdflib.Graph:
    """Our ontology."""
    graph = rdflib.Graph()
    for file in resources.files("ontology", ".ttl"):
        graph.parse(file)
    return graph


def shapes() -> rdflib.Graph:
    """Our shapes."""
    graph = rdflib.Graph()
    for file in resources.files("shapes", ".ttl"):
        graph.parse(file)
    return graph


def shapes_for_pyrudof() -> rdflib.Graph:
    """Our shapes, where pyrudof 0.3 panics on the inverse of an alternative: ^(a|b) written as (^a|^b)."""
    graph = shapes()
    for outer, _, inner in list(graph.triples((None, SH.inversePath, None))):
        options = graph.value(inner, SH.alternativePath)
        if options is not None:
            graph.remove((outer, SH.inversePath, inner))
            inverted: list[Node] = []
            for option in Collection(graph, options):
                inverted.append(rdflib.BNode())
                graph.add((inverted[-1], SH.inversePath, option))
            listed = rdflib.BNode()
            Collection(graph, listed, inverted)
            graph.add((outer, SH.alternativePath, listed))
    return graph
