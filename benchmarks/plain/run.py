"""The plain pipeline as a program of its own: FOLDER with data.nt, ontology.ttl and shapes.ttl.

    parse (into an rdflib graph) → check (pySHACL) → infer (owlrl) → write (N-Triples)

One graph for all articles and the registry. Writes closure.nt and results.json into the folder; prints the seconds of
each stage as JSON. What our mappers do is given to it: it begins with triples.
"""

import json
import sys
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import owlrl
import pyshacl
import rdflib
from rdflib import RDF, SH


def results(report: rdflib.Graph) -> Iterator[tuple[str, ...]]:
    """Focus node, value, severity and message of each result."""
    for result in report.subjects(RDF.type, SH.ValidationResult):
        values = (report.value(result, one) for one in (SH.focusNode, SH.value, SH.resultSeverity, SH.resultMessage))
        yield tuple("" if value is None else str(value) for value in values)


def main(folder: Path) -> None:
    """Run, and time each stage."""
    ontology = rdflib.Graph().parse(folder / "ontology.ttl")
    shapes = rdflib.Graph().parse(folder / "shapes.ttl")
    marks = [("start", time.perf_counter())]

    data = rdflib.Graph().parse(folder / "data.nt", format="nt")
    marks.append(("parse", time.perf_counter()))
    data += ontology  # not as ont_graph: of that, pySHACL takes in classes only, and shapes ask for schemes, too
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes)
    marks.append(("check", time.perf_counter()))
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(data)
    for triple in [triple for triple in data if isinstance(triple[0], rdflib.Literal)]:
        data.remove(triple)  # owlrl gives literals classes, which no format can hold
    marks.append(("infer", time.perf_counter()))
    data.serialize(folder / "closure.nt", format="nt", encoding="utf-8")
    marks.append(("write", time.perf_counter()))

    (folder / "results.json").write_text(json.dumps(sorted(results(report))))
    print(json.dumps({name: at - before for (_, before), (name, at) in pairwise(marks)}))


main(Path(sys.argv[1]))
