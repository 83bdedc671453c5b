"""Property paths of shapes and of queries → plan."""

from typing import TYPE_CHECKING

from onrecord.checks.compilation.coverage import Uncovered
from onrecord.checks.graphs import term_of
from onrecord.checks.linking.walks import inverse
from onrecord.checks.paths import operators, steps
from onrecord.checks.plan import Path

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Node

_DEEPEST = 9
"""pySHACL follows paths that are nested so deep, and refuses deeper ones."""
_REPEATED = {"zeroOrMorePath": "*", "oneOrMorePath": "+", "zeroOrOnePath": "?"}


def of_shape(graph: "rdflib.Graph", node: "Node", depth: int = 0) -> Path:
    """A path of the shapes graph. Raises Uncovered for what is no path, or nested too deep."""
    import rdflib

    if isinstance(node, rdflib.URIRef):
        return Path("property", term_of(node))
    if depth > _DEEPEST:
        raise Uncovered("a property path that is nested too deep")
    members = steps(graph, node)
    if members:
        # pySHACL goes one level deeper for each member.
        if depth + len(members) - 1 > _DEEPEST:
            raise Uncovered("a property path that is nested too deep")
        parts = tuple(of_shape(graph, one, depth + place + 1) for place, one in enumerate(members))
        return _several("sequence", parts)
    found = operators(graph, node)
    if len(found) != 1:
        raise Uncovered("a property path that is none, or several at once")
    name, target = found[0]
    if name == "alternativePath":
        return _several("alternative", tuple(of_shape(graph, one, depth + 1) for one in steps(graph, target)))
    inner = of_shape(graph, target, depth + 1)
    if name == "inversePath":
        return inverse(inner)
    if name not in _REPEATED:
        raise Uncovered(f"a property path with sh:{name}")
    return Path(_REPEATED[name], parts=(inner,))


def _several(kind: str, parts: tuple[Path, ...]) -> Path:
    if len(parts) < 2:
        raise Uncovered("a property path of fewer than two parts")
    return Path(kind, parts=parts)


def of_query(predicate: object) -> Path:
    """The property, or property path, of a triple pattern. Raises Uncovered for negated property sets."""
    import rdflib
    from rdflib import paths

    if isinstance(predicate, rdflib.URIRef):
        return Path("property", term_of(predicate))
    if isinstance(predicate, paths.InvPath):
        return inverse(of_query(predicate.arg))
    if isinstance(predicate, paths.SequencePath):
        return Path("sequence", parts=tuple(of_query(part) for part in predicate.args))
    if isinstance(predicate, paths.AlternativePath):
        return Path("alternative", parts=tuple(of_query(part) for part in predicate.args))
    if isinstance(predicate, paths.MulPath):
        return Path(str(predicate.mod), parts=(of_query(predicate.path),))
    raise Uncovered("a negated property set")
