"""Our rules and checks against plain owlrl and pySHACL, on the founding article's own triples, in one run.

    .venv/bin/python benchmarks/plain_pipeline.py

Prints seconds and ratios, with versions. The full benchmark (synthetic articles, peers, growth) is not there yet.
"""

import importlib.metadata
import platform
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import owlrl
import pyshacl
import rdflib

from onrecord.checks import Checker, load_shapes
from onrecord.dataset import registry, settings
from onrecord.dataset.sources import of_dataset
from onrecord.index import index_of
from onrecord.mappers import map_document
from onrecord.ntriples import Triple
from onrecord.readers import read
from onrecord.rules import infer, load_rules
from onrecord.vocabulary import resources

ROOT = Path(__file__).resolve().parents[1]
RUNS = 3


def founding_triples() -> tuple[list[Triple], list[Triple]]:
    """The founding article's triples, and the registry's."""
    given = settings.load(ROOT)
    files = of_dataset(ROOT, given).files
    shared = registry.load([file for file in files if file.registry], given).shared
    (article,) = (file for file in files if not file.registry)
    (one,) = read(article.shown, article.path.read_bytes(), shared.limits)
    assert one.document is not None
    mapped = map_document(one.document, article.stem, shared.minter, shared.names, shared.labels, shared.language)
    return [*mapped.asserted, *mapped.curated], [t for held in shared.described.values() for t in held]


def graph_of(triples: list[Triple]) -> rdflib.Graph:
    """Triples as an rdflib graph."""
    return rdflib.Graph().parse(data="".join(f"{s} {p} {o} .\n" for s, p, o in triples), format="nt")


def seconds(work: Callable[[], object]) -> float:
    """The median of a few runs."""
    taken = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def main() -> None:
    """Time and print."""
    triples, context = founding_triples()
    ontology, shapes = rdflib.Graph(), rdflib.Graph()
    for file in resources.files("ontology", ".ttl"):
        ontology.parse(file)
    for file in resources.files("shapes", ".ttl"):
        shapes.parse(file)

    def plain_rules() -> None:
        owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph_of([*triples, *context]) + ontology)

    def plain_checks() -> None:
        pyshacl.validate(graph_of([*triples, *context]), shacl_graph=shapes, ont_graph=ontology)

    rules = load_rules(resources.files("ontology", ".ttl"))
    checker = Checker(load_shapes(resources.files("shapes", ".ttl")), index_of(context))
    index = index_of(triples)
    pairs = {
        "rules": (seconds(lambda: infer(rules, triples, context)), seconds(plain_rules)),
        "checks": (seconds(lambda: checker.check(index)), seconds(plain_checks)),
    }
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in ("rdflib", "pyshacl", "owlrl"))
    print(f"{len(set(triples)):,} triples · Python {platform.python_version()} · {versions} · median of {RUNS}")
    for stage, (ours, plain) in pairs.items():
        print(f"{stage:<8} ours {ours:8.3f} s   plain {plain:8.3f} s   {plain / ours:7.1f} ×")


if __name__ == "__main__":
    main()
