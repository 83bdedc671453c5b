"""Shapes → findings: what is wrong with data, and what to do about it.

    load_shapes    shapes files → Shapes, made once
    check          triples of one source, with what they refer to → results
    validate       RDF files of any format → results and a W3C validation report

Both run on pySHACL (https://www.w3.org/TR/shacl/), which nothing outside this room knows: terms come and go as the
strings that stand for them in N-Triples, so that compiled checks can take over. Checks run before inference: after it,
what is meant to be checked (that a speaker is a person, say) would have been inferred.
"""

from collections.abc import Sequence

from onrecord.checks.graphs import graph_of
from onrecord.checks.results import Result
from onrecord.checks.shapes import Shapes, load_shapes
from onrecord.checks.validation import Validation, validate
from onrecord.index import Index, triples_of
from onrecord.ntriples import Triple

__all__ = ["Checker", "Result", "Shapes", "Validation", "check", "load_shapes", "validate"]


class Checker:
    """TEMPORARY."""

    def __init__(self, shapes: Shapes, context: Index) -> None:
        self.shapes, self.context = shapes, list(triples_of(context))

    def check(self, data: Index) -> list[Result]:
        return check(self.shapes, list(triples_of(data)), self.context)


def check(shapes: Shapes, triples: Sequence[Triple], context: Sequence[Triple]) -> list[Result]:
    """What is wrong with `triples`, in the order of focus nodes and paths.

    `context` are triples of other sources (the registry's) that these refer to: they count as data, and nothing is
    reported about a node that only they describe.
    """
    from onrecord.checks.engine import run  # 0.5 s: only who checks pays for rdflib and pySHACL

    described = {subject for subject, _, _ in triples}
    outcome = run(shapes, graph_of([*triples, *context, *shapes.background]))
    return sorted({found.result for found in outcome.found if found.result.focus_node in described})
