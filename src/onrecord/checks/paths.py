"""SHACL property paths (https://www.w3.org/TR/shacl/#property-paths) as text, for people and for reports."""

from typing import TYPE_CHECKING

from onrecord.checks.graphs import term_of
from onrecord.checks.results import SH
from onrecord.errors import VocabularyError

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Node

_DEEPEST = 50
_REPEATED = {"zeroOrMorePath": "*", "oneOrMorePath": "+", "zeroOrOnePath": "?"}


def sparql_path(graph: "rdflib.Graph", path: "Node", depth: int = 0) -> str:
    """A path of the shapes graph as a SPARQL property path. Raises VocabularyError for what is no path."""
    import rdflib

    if depth > _DEEPEST:
        raise VocabularyError(f"a property path is nested deeper than {_DEEPEST}")
    if isinstance(path, rdflib.URIRef):
        return term_of(path)
    parts = steps(graph, path)
    if parts:
        return "/".join(_grouped(sparql_path(graph, part, depth + 1)) for part in parts)
    for name, target in operators(graph, path):
        if name == "inversePath":
            return f"^{_grouped(sparql_path(graph, target, depth + 1))}"
        if name == "alternativePath":
            return "|".join(_grouped(sparql_path(graph, part, depth + 1)) for part in steps(graph, target))
        if name in _REPEATED:
            return f"{_grouped(sparql_path(graph, target, depth + 1))}{_REPEATED[name]}"
    raise VocabularyError(f"not a property path: {path}")


def turtle_path(graph: "rdflib.Graph", path: "Node", depth: int = 0) -> str:
    """A path of the shapes graph as an object in Turtle, as reports write it. Raises VocabularyError for what is no
    path."""
    import rdflib

    if depth > _DEEPEST:
        raise VocabularyError(f"a property path is nested deeper than {_DEEPEST}")
    if isinstance(path, rdflib.URIRef):
        return term_of(path)
    parts = steps(graph, path)
    if parts:
        return f"( {' '.join(turtle_path(graph, part, depth + 1) for part in parts)} )"
    for name, target in operators(graph, path):
        return f"[ <{SH}{name}> {turtle_path(graph, target, depth + 1)} ]"
    raise VocabularyError(f"not a property path: {path}")


def _grouped(path: str) -> str:
    """A path as a part of a longer one."""
    return path if path.startswith("<") and path.count("<") == 1 and path.endswith(">") else f"({path})"


def steps(graph: "rdflib.Graph", path: "Node") -> "list[Node]":
    """The members of an RDF list, [] for what is none."""
    import rdflib

    if graph.value(path, rdflib.RDF.first) is None:
        return []
    try:
        return list(graph.items(path))
    except ValueError as error:  # a list that leads back to itself
        raise VocabularyError(f"not a property path: {error}") from error


def operators(graph: "rdflib.Graph", path: "Node") -> "list[tuple[str, Node]]":
    """What SHACL's vocabulary says of a node: names without the namespace, and values."""
    found = ((str(name), target) for name, target in graph.predicate_objects(path))
    return sorted((name.removeprefix(SH), target) for name, target in found if name.startswith(SH))
