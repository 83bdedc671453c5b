"""rdflib's SPARQL algebra as it is read here: nodes with a name, and parts as attributes, None where there is none."""

from typing import Protocol, cast


class Algebra(Protocol):
    """A node of the algebra."""

    @property
    def name(self) -> str:
        """What it is: BGP, Filter, RelationalExpression …"""

    def __getattr__(self, name: str) -> "Algebra": ...


def listed(node: object) -> list[object]:
    """What may be one part, several or none, as a list."""
    import rdflib

    if node is None or node == rdflib.RDF.nil:
        return []
    return list(node) if isinstance(node, list) else [node]


def triples_of(node: Algebra) -> list[tuple[object, object, object]]:
    """The triple patterns of a basic graph pattern."""
    return list(cast("list[tuple[object, object, object]]", node.triples))


def projected(node: Algebra) -> list[object]:
    """The variables of a projection."""
    return list(cast("list[object]", node.PV))
