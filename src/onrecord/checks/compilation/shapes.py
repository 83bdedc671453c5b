"""All shapes of a shapes graph → plan: those that others refer to first, and what is uncovered with its reason."""

from importlib import import_module
from typing import TYPE_CHECKING

from msgspec.structs import replace

from onrecord.checks.compilation import constraints, messages, paths
from onrecord.checks.compilation.coverage import Uncovered
from onrecord.checks.compilation.pyshacl import Read, ReadShape, load, node_key
from onrecord.checks.graphs import term_of
from onrecord.checks.paths import sparql_path, turtle_path
from onrecord.checks.plan import Constraint, Path, Plan, Shape, Targets
from onrecord.checks.results import SH
from onrecord.errors import VocabularyError
from onrecord.ntriples import Triple

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Node

_DEEPEST = 50
"""How deep shapes may refer to each other; pySHACL stops at 60."""
_ELSEWHERE = ("js", "rule", "expression", "target")
"""What SHACL Core and SHACL-SPARQL do not define: whoever writes it means another processor."""


def compiled(graph: "rdflib.Graph", background: tuple[Triple, ...]) -> Plan:
    """The plan of a shapes graph. What is not covered is left to pySHACL: shapes that cannot be used too, so that it
    says what is wrong with them."""
    errors = import_module("pyshacl.errors")
    try:
        read = load(graph)
    except (errors.ShapeLoadError, errors.ConstraintLoadError, ValueError, TypeError) as error:
        everything = (("", f"pySHACL cannot load the shapes: {' '.join(str(error).split())[:200]}"),)
        return Plan(background=background, uncovered=everything, triples=_triples(graph))
    found = _Shapes(read)
    for node in sorted(read.shapes, key=node_key):
        found.add(node)
    uncovered = tuple(sorted(found.uncovered))
    return Plan(tuple(found.shapes), background, uncovered, _triples(graph) if uncovered else ())


def _triples(graph: "rdflib.Graph") -> tuple[Triple, ...]:
    return tuple(sorted((term_of(s), term_of(p), term_of(o)) for s, p, o in graph))


class _Shapes:
    """Shapes while they are compiled. Only what has targets, and what that refers to, is in the plan."""

    def __init__(self, read: Read) -> None:
        self.read = read
        self.shapes: list[Shape] = []
        self.places: dict[Node, int] = {}
        self.refused: dict[Node, str] = {}
        self.uncovered: list[tuple[str, str]] = []
        self.open: list[Node] = []

    def add(self, node: "Node") -> None:
        """A shape, if it has targets."""
        targets = _targets(self.read, node)
        if targets == Targets():
            return
        try:
            place = self.place(node)
        except Uncovered as why:
            self.uncovered.append((term_of(node), str(why)))
            return
        self.shapes[place] = replace(self.shapes[place], targets=targets)

    def place(self, node: "Node") -> int:
        """The place of a shape in the plan. Raises Uncovered, for the same shape always with the same reason."""
        if node in self.refused:
            raise Uncovered(self.refused[node])
        if node in self.open:
            raise Uncovered("shapes that refer to themselves")
        if node not in self.places:
            self.open.append(node)
            try:
                shape = self._shape(node)
            except Uncovered as why:
                self.refused[node] = str(why)
                raise
            finally:
                self.open.pop()
            self.places[node] = len(self.shapes)
            self.shapes.append(shape)
        return self.places[node]

    def _shape(self, node: "Node") -> Shape:
        graph = self.read.graph
        shape = self.read.shapes.get(node)
        if shape is None:
            raise Uncovered("a reference to a shape that is none")
        if len(self.open) > _DEEPEST:
            raise Uncovered("shapes that are nested too deep")
        severity = self.read.severity(node)
        path, shown, turtle = self._path(shape)
        found: tuple[Constraint, ...] = () if shape.deactivated else self._constraints(shape)
        return Shape(
            node=term_of(node),
            source=messages.source_of(graph, node),
            severity=severity,
            path=path,
            shown=shown,
            turtle=turtle,
            message=messages.of_shape(graph, node),
            constraints=found,
        )

    def _constraints(self, shape: ReadShape) -> tuple[Constraint, ...]:
        import rdflib

        for name in _ELSEWHERE:
            if (shape.node, rdflib.URIRef(f"{SH}{name}"), None) in self.read.graph:
                raise Uncovered(f"sh:{name}")
        return tuple(constraints.of_shape(self.read, shape, self.place))

    def _path(self, shape: ReadShape) -> tuple[Path | None, str, str]:
        if not shape.is_property_shape:
            return None, "", ""
        graph, node = self.read.graph, shape.path()
        try:
            return paths.of_shape(graph, node), sparql_path(graph, node), turtle_path(graph, node)
        except VocabularyError as error:
            raise Uncovered(error.message) from error


def _targets(read: Read, node: "Node") -> Targets:
    """The targets of a shape: those that it states, and itself where it is a class."""

    def terms(name: str) -> tuple[str, ...]:
        return tuple(sorted(term_of(one) for one in read.values(node, name)))

    implicit = {term_of(one) for one in read.shapes[node].implicit_class_targets()}
    return Targets(
        nodes=terms("targetNode"),
        classes=tuple(sorted({*terms("targetClass"), *implicit})),
        subjects_of=terms("targetSubjectsOf"),
        objects_of=terms("targetObjectsOf"),
    )
