"""Our own shapes, compiled, find what pySHACL finds with them, result for result."""

import functools
import warnings
from collections.abc import Sequence
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checks_oracle import results, uncompiled
from onrecord.checks import Checker, Result, Shapes
from onrecord.dataset import registry
from onrecord.dataset.settings import load
from onrecord.dataset.sources import of_dataset
from onrecord.index import index_of, triples_of, union
from onrecord.mappers import map_document
from onrecord.ntriples import Triple
from onrecord.readers import read
from onrecord.vocabulary.terms import PREFIXES
from test_shapes import FILES, SCHEME, graph, shapes, shapes_graph

ROOT = Path(__file__).parents[1]
XSD = "http://www.w3.org/2001/XMLSchema#"
ONR = PREFIXES["onr"]
VALUES = [
    '"1"',
    '"text"@en',
    '"text"@ru-latn',
    f'"7"^^<{XSD}integer>',
    f'"1.5"^^<{XSD}decimal>',
    f'"2003-01-01"^^<{XSD}date>',
    f'"2024-02-30"^^<{XSD}date>',
    f"<{ONR}Person>",
    f"<{ONR}Event>",
    f"<{ONR}Proposition>",
    f"<{SCHEME}statement-mode/direct>",
    f"<{SCHEME}statement-mode/question>",
    f"<{SCHEME}qualifier/at-least>",
    "<https://example.org/stranger>",
    "_:nameless",
]


@functools.cache
def oracle() -> Shapes:
    return uncompiled(shapes_graph(), shapes().background)


def theirs(data: Sequence[Triple], context: Sequence[Triple]) -> list[Result]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # rdflib's, on ill-formed literals
        return results(oracle(), index_of(data), index_of(context))


def ours(data: Sequence[Triple], context: Sequence[Triple]) -> list[Result]:
    return Checker(shapes(), index_of(context)).check(index_of(data))


Change = tuple[int, str, int, str]


def changed(triples: Sequence[Triple], changes: Sequence[Change]) -> list[Triple]:
    """Triples, some of which are dropped, doubled, exchange their values or get others."""
    found = list(triples)
    for place, kind, other, value in changes:
        if not found:
            break
        here, there = place % len(found), other % len(found)
        subject, predicate, old = found[here]
        if kind == "drop":
            del found[here]
        elif kind == "replace":
            found[here] = (subject, predicate, value)
        elif kind == "add":
            found.append((subject, predicate, value))
        elif kind == "swap":
            found[here], found[there] = (subject, predicate, found[there][2]), (*found[there][:2], old)
        elif kind == "move":
            found[here] = (found[there][0], predicate, old)
        else:
            found.append((found[there][0], predicate, old))
    return found


KINDS = ["drop", "replace", "add", "swap", "move", "copy"]
PLACES = st.integers(0, 400)
CHANGES = st.lists(st.tuples(PLACES, st.sampled_from(KINDS), PLACES, st.sampled_from(VALUES)), min_size=1, max_size=6)


def test_nothing_of_ours_is_left_to_pyshacl() -> None:
    assert shapes().uncovered == ()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(st.sampled_from(FILES), CHANGES)
def test_changed_graphs_give_the_same_results(name: str, changes: list[Change]) -> None:
    data = changed(graph(name), changes)
    assert ours(data, graph("world")) == theirs(data, graph("world"))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(st.sampled_from(FILES), CHANGES, CHANGES)
def test_changed_context_gives_the_same_results(name: str, changes: list[Change], elsewhere: list[Change]) -> None:
    data, context = changed(graph(name), changes), changed([*graph("world"), *graph(name)[::3]], elsewhere)
    assert ours(data, context) == theirs(data, context)


def founding() -> tuple[list[Triple], list[Triple]]:
    """The founding article's triples, and the registry's."""
    files = of_dataset(ROOT, load(ROOT)).files
    shared = registry.load([file for file in files if file.registry], load(ROOT)).shared
    (article,) = (file for file in files if not file.registry)
    (one,) = read(article.shown, article.path.read_bytes(), shared.limits)
    assert one.document is not None
    mapped = map_document(one.document, article.stem, shared.minter, shared.names, shared.labels, shared.language)
    context = union(shared.described, shared.curated)
    return list(triples_of(union(mapped.asserted, mapped.curated))), list(triples_of(context))


def test_the_founding_article_gives_the_same_results() -> None:
    data, context = founding()
    assert ours(data, context) == theirs(data, context) == []
    changes = [(31 * n, KINDS[n % len(KINDS)], 17 * n, VALUES[n % len(VALUES)]) for n in range(160)]
    wrong = changed(data, changes)
    assert len(ours(wrong, context)) > 150
    assert ours(wrong, context) == theirs(wrong, context)
