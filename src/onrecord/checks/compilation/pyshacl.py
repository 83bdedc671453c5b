"""A shapes graph as pySHACL reads it: which nodes are shapes, and whether their constraints are well formed.

Its own classes are asked, so that there is one opinion on what well-formed shapes are. Nothing is checked here.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Protocol

from onrecord.checks.compilation.coverage import Uncovered
from onrecord.checks.graphs import term_of
from onrecord.checks.results import SH

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Node


class Component(Protocol):
    """A SPARQL-based constraint component of somebody's own."""

    node: "Node"
    parameters: "Sequence[Parameter]"

    def make_validator_for_shape(self, shape: "ReadShape") -> "_BoundValidator": ...


class Parameter(Protocol):
    """A parameter of a component."""

    localname: str

    def path(self) -> "Node": ...


class ReadShape(Protocol):
    """A shape of pySHACL's."""

    node: "Node"
    deactivated: bool
    is_property_shape: bool

    def path(self) -> "Node": ...
    def implicit_class_targets(self) -> "list[Node]": ...
    def find_custom_constraints(self) -> set[Component]: ...


class _ShapesGraph(Protocol):
    graph: "rdflib.Graph"
    shapes: Iterable[ReadShape]
    custom_constraints: set[Component]


class Helper(Protocol):
    """A SPARQL query with its prefixes, and with the variables that are bound before it runs."""

    node: "Node"
    deactivated: bool
    select_text: str
    param_bind_map: "Mapping[str, Node]"

    def pre_bind_variables(
        self, focus: "Node", valuenode: "Node | None" = None, extravars: Iterable[str] | None = None
    ) -> tuple[Mapping[str, object], str]: ...
    def apply_prefixes(self, query: str) -> str: ...


class _Constraint(Protocol):
    sparql_constraints: set[Helper]


class _BoundValidator(Protocol):
    validator: object
    query_helper: Helper


class _ComponentClass(Protocol):
    __name__: str

    def __call__(self, shape: ReadShape) -> _Constraint: ...


@dataclass(frozen=True)
class Read:
    """A shapes graph and its shapes."""

    graph: "rdflib.Graph"
    shapes: "dict[Node, ReadShape]"

    def values(self, node: "Node", name: str) -> "list[Node]":
        """The values of one of SHACL's properties, in their order as terms."""
        import rdflib

        return sorted(set(self.graph.objects(node, rdflib.URIRef(f"{SH}{name}"))), key=term_of)

    def items(self, node: "Node") -> "list[Node]":
        """The members of a list. Raises Uncovered for what is none."""
        import rdflib

        members, seen = [], set()
        while node != rdflib.RDF.nil:
            first = list(self.graph.objects(node, rdflib.RDF.first))
            rest = list(self.graph.objects(node, rdflib.RDF.rest))
            if len(first) != 1 or len(rest) != 1 or node in seen:
                raise Uncovered("a list that is none")
            seen.add(node)
            members.append(first[0])
            node = rest[0]
        return members

    def severity(self, node: "Node") -> str:
        """The severity of a shape. Raises Uncovered for several."""
        found = self.values(node, "severity")
        if len(found) > 1:
            raise Uncovered("several severities")
        return term_of(found[0]) if found else f"<{SH}Violation>"

    def components(self, shape: ReadShape) -> "Iterator[tuple[str, _Constraint]]":
        """The names of the components of a shape's constraints, and pySHACL's constraints. Raises Uncovered where
        one is not well formed."""
        errors = import_module("pyshacl.errors")
        known: Mapping[Node, _ComponentClass] = import_module("pyshacl.constraints").CONSTRAINT_PARAMETERS_MAP
        wanted = {known[p] for p in self.graph.predicates(shape.node) if p in known}
        for one in sorted(wanted, key=lambda one: one.__name__):
            try:
                constraint = one(shape)
            except errors.ConstraintLoadWarning:
                continue  # not for node shapes: pySHACL passes it over
            except (
                errors.ConstraintLoadError,
                errors.ReportableRuntimeError,
                re.error,
                TypeError,
                ValueError,
                AssertionError,
                AttributeError,
            ) as error:
                raise Uncovered(f"not well formed: {' '.join(str(error).split())[:200]}") from error
            yield one.__name__.removesuffix("ConstraintComponent"), constraint


def load(graph: "rdflib.Graph") -> Read:
    """The shapes of a graph, which is left as it is. Raises pySHACL's errors."""
    import rdflib

    own = rdflib.Graph(bind_namespaces="none")
    own += graph
    make: Callable[[rdflib.Graph], _ShapesGraph] = import_module("pyshacl.shapes_graph").ShapesGraph
    shapes = make(own)
    found = {shape.node: shape for shape in shapes.shapes}
    len(shapes.custom_constraints)  # read now, so that what is wrong with them is said now
    return Read(shapes.graph, found)


def validator(component: Component, shape: ReadShape) -> tuple[str, Helper]:
    """Whether a component asks (`Ask`) or selects (`Select`) for a shape, and its query. Raises Uncovered."""
    errors = import_module("pyshacl.errors")
    try:
        bound = component.make_validator_for_shape(shape)
    except (errors.ConstraintLoadError, errors.ReportableRuntimeError) as error:
        raise Uncovered(f"not well formed: {' '.join(str(error).split())[:200]}") from error
    return type(bound.validator).__name__.removesuffix("ConstraintValidator"), bound.query_helper


def node_key(node: "Node") -> str:
    """An order of nodes."""
    return term_of(node)
