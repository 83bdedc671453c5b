"""pySHACL as the oracle of compiled checks: the same shapes, none of them compiled."""

import rdflib

from onrecord.checks import Shapes
from onrecord.checks.engine import run
from onrecord.checks.graphs import term_of
from onrecord.checks.plan import Plan
from onrecord.checks.results import Outcome, Result
from onrecord.index import Index, index_of, union
from onrecord.ntriples import Triple


def uncompiled(graph: rdflib.Graph, background: tuple[Triple, ...] = ()) -> Shapes:
    """Shapes of which pySHACL has to run all."""
    triples = tuple(sorted((term_of(s), term_of(p), term_of(o)) for s, p, o in graph))
    return Shapes(Plan(background=background, uncovered=(("", "for comparison"),), triples=triples))


def outcome(shapes: Shapes, data: Index) -> Outcome:
    """What pySHACL finds in data as a graph."""
    return run(shapes, union(data, index_of(shapes.background)))


def results(shapes: Shapes, data: Index, context: Index) -> list[Result]:
    """What pySHACL finds of the nodes that data describe."""
    found = outcome(shapes, union(data, context)).found
    return sorted({one.result for one in found if one.result.focus_node in data})
