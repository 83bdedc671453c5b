"""The constraints of a shape → plan (https://www.w3.org/TR/shacl/#core-components). pySHACL has said that they are well
formed; what is read here is their parameters."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from onrecord.checks.compilation import sparql
from onrecord.checks.compilation.coverage import Uncovered
from onrecord.checks.compilation.pyshacl import Read, ReadShape
from onrecord.checks.graphs import term_of
from onrecord.checks.plan import Constraint
from onrecord.checks.results import SH
from onrecord.ntriples import text_of

if TYPE_CHECKING:
    from rdflib.term import Node

Place = Callable[["Node"], int]
"""The place of a shape in the plan, which it is put into if need be. Raises Uncovered."""

_KINDS = ("IRI", "BlankNode", "Literal", "BlankNodeOrIRI", "BlankNodeOrLiteral", "IRIOrLiteral")
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_INTEGER = '"^^<http://www.w3.org/2001/XMLSchema#integer>'
_BOOLEAN = '"^^<http://www.w3.org/2001/XMLSchema#boolean>'


def of_shape(read: Read, shape: ReadShape, place: Place) -> Iterator[Constraint]:
    """All constraints of a shape. Raises Uncovered."""
    for name, constraint in read.components(shape):
        if name == "SPARQLBasedConstraint":
            yield from sparql.of_constraints(read, shape, constraint.sparql_constraints)
        elif name in _REFERRING:
            yield from _REFERRING[name](read, shape, place)
        elif name in _PLAIN:
            yield from _PLAIN[name](read, shape)
        else:
            raise Uncovered(f"the component {name}")
    components = sorted(shape.find_custom_constraints(), key=lambda one: term_of(one.node))
    for component in components:
        yield sparql.of_component(read, shape, component)


def _each(name: str, kind: str) -> Callable[[Read, ReadShape], Iterator[Constraint]]:
    """One constraint for each value of a property."""

    def read_each(read: Read, shape: ReadShape) -> Iterator[Constraint]:
        for value in read.values(shape.node, name):
            yield Constraint(kind, (term_of(value),))

    return read_each


def _iris(name: str, kind: str) -> Callable[[Read, ReadShape], Iterator[Constraint]]:
    """The same for values that have to be IRIs."""

    def read_iris(read: Read, shape: ReadShape) -> Iterator[Constraint]:
        for value in read.values(shape.node, name):
            if not term_of(value).startswith("<"):
                raise Uncovered(f"sh:{name} with what is no IRI")
            yield Constraint(kind, (term_of(value),))

    return read_iris


def _range(name: str, kind: str) -> Callable[[Read, ReadShape], Iterator[Constraint]]:
    """The same for values that have to be literals."""

    def read_range(read: Read, shape: ReadShape) -> Iterator[Constraint]:
        for value in read.values(shape.node, name):
            if not term_of(value).startswith('"'):
                raise Uncovered(f"sh:{name} with what is no literal")
            yield Constraint(kind, (term_of(value),))

    return read_range


def _count(name: str, kind: str) -> Callable[[Read, ReadShape], Iterator[Constraint]]:
    """A number that a component has once."""

    def read_count(read: Read, shape: ReadShape) -> Iterator[Constraint]:
        number = _number(read, shape, name)
        lower = kind.startswith("Min")
        yield Constraint(kind, least=number if lower else None, most=None if lower else number)

    return read_count


def _number(read: Read, shape: ReadShape, name: str) -> int | None:
    found = [term_of(value) for value in read.values(shape.node, name)]
    if not found:
        return None
    text = text_of(found[0]) if found[0].startswith('"') else ""
    if len(found) > 1 or not found[0].endswith(_INTEGER) or not text.isascii() or not text.isdecimal():
        raise Uncovered(f"sh:{name} that is not one plain number")
    return int(text)


def _flag(read: Read, shape: ReadShape, name: str) -> bool:
    found = [term_of(value) for value in read.values(shape.node, name)]
    if found not in ([f'"true{_BOOLEAN}'], [f'"false{_BOOLEAN}']):
        raise Uncovered(f"sh:{name} that is not one true or false")
    return found[0].startswith('"true')


def _datatype(read: Read, shape: ReadShape) -> Iterator[Constraint]:
    (value,) = read.values(shape.node, "datatype")
    if term_of(value) in (f"<{_RDFS}Literal>", f"<{_RDFS}Datatype>"):
        raise Uncovered("sh:datatype with a class of datatypes")
    yield Constraint("Datatype", (term_of(value),))


def _node_kind(read: Read, shape: ReadShape) -> Iterator[Constraint]:
    (value,) = read.values(shape.node, "nodeKind")
    kind = term_of(value).removeprefix(f"<{SH}").removesuffix(">")
    if kind not in _KINDS:
        raise Uncovered("sh:nodeKind with what is no node kind")
    yield Constraint("NodeKind", (kind,))


def _pattern(read: Read, shape: ReadShape) -> Iterator[Constraint]:
    flags = [term_of(value) for value in read.values(shape.node, "flags")]
    if len(flags) > 1:
        raise Uncovered("several sh:flags")
    for value in read.values(shape.node, "pattern"):
        if term_of(value).endswith(">"):
            raise Uncovered("sh:pattern that is no string")
        yield Constraint("Pattern", (text_of(term_of(value)), *(text_of(one).lower() for one in flags)))


def _languages(read: Read, shape: ReadShape) -> Iterator[Constraint]:
    (value,) = read.values(shape.node, "languageIn")
    terms = [term_of(one) for one in read.items(value)]
    if not all(term.endswith('"') for term in terms):
        raise Uncovered("sh:languageIn with what is no string")
    yield Constraint("LanguageIn", tuple(sorted({text_of(term).lower() for term in terms})))


def _unique(read: Read, shape: ReadShape) -> Iterator[Constraint]:
    if _flag(read, shape, "uniqueLang"):
        yield Constraint("UniqueLang")


def _in(read: Read, shape: ReadShape) -> Iterator[Constraint]:
    (value,) = read.values(shape.node, "in")
    yield Constraint("In", tuple(sorted({term_of(one) for one in read.items(value)})))


def _closed(read: Read, shape: ReadShape) -> Iterator[Constraint]:
    if not _flag(read, shape, "closed"):
        return
    allowed = {term_of(one) for value in read.values(shape.node, "ignoredProperties") for one in read.items(value)}
    for value in read.values(shape.node, "property"):
        other = read.shapes.get(value)
        if other is None or not other.is_property_shape:
            raise Uncovered("sh:property with what is no property shape")
        allowed.add(term_of(other.path()))
    yield Constraint("Closed", tuple(sorted(allowed)))


def _shapes(name: str, kind: str, is_property: bool | None) -> Callable[[Read, ReadShape, Place], Iterator[Constraint]]:
    """One constraint for each shape that is referred to, of the sort that it has to be."""

    def read_shapes(read: Read, shape: ReadShape, place: Place) -> Iterator[Constraint]:
        for value in read.values(shape.node, name):
            other = read.shapes.get(value)
            if other is None or is_property not in (None, other.is_property_shape):
                raise Uncovered(f"sh:{name} with what is no such shape")
            yield Constraint(kind, shapes=(place(value),))

    return read_shapes


def _lists(name: str, kind: str) -> Callable[[Read, ReadShape, Place], Iterator[Constraint]]:
    """One constraint for each list of shapes."""

    def read_lists(read: Read, shape: ReadShape, place: Place) -> Iterator[Constraint]:
        for value in read.values(shape.node, name):
            yield Constraint(kind, shapes=tuple(place(one) for one in read.items(value)))

    return read_lists


def _qualified(read: Read, shape: ReadShape, place: Place) -> Iterator[Constraint]:
    least, most = _number(read, shape, "qualifiedMinCount"), _number(read, shape, "qualifiedMaxCount")
    disjoint = read.values(shape.node, "qualifiedValueShapesDisjoint")
    apart = bool(disjoint) and _flag(read, shape, "qualifiedValueShapesDisjoint")
    for value in read.values(shape.node, "qualifiedValueShape"):
        siblings = _siblings(read, shape, value) if apart else []
        others = tuple(place(one) for one in siblings if one in read.shapes)
        yield Constraint("QualifiedValueShape", shapes=(place(value),), others=others, least=least, most=most)


def _siblings(read: Read, shape: ReadShape, value: "Node") -> "list[Node]":
    import rdflib

    parents = read.graph.subjects(rdflib.SH.property, shape.node)
    beside = {one for parent in parents for one in read.values(parent, "property")}
    return sorted({one for each in beside for one in read.values(each, "qualifiedValueShape")} - {value}, key=term_of)


_PLAIN: dict[str, Callable[[Read, ReadShape], Iterator[Constraint]]] = {
    "Class": _each("class", "Class"),
    "Datatype": _datatype,
    "NodeKind": _node_kind,
    "MinCount": _count("minCount", "MinCount"),
    "MaxCount": _count("maxCount", "MaxCount"),
    "MinExclusive": _range("minExclusive", "MinExclusive"),
    "MinInclusive": _range("minInclusive", "MinInclusive"),
    "MaxExclusive": _range("maxExclusive", "MaxExclusive"),
    "MaxInclusive": _range("maxInclusive", "MaxInclusive"),
    "MinLength": _count("minLength", "MinLength"),
    "MaxLength": _count("maxLength", "MaxLength"),
    "Pattern": _pattern,
    "LanguageIn": _languages,
    "UniqueLang": _unique,
    "Equals": _iris("equals", "Equals"),
    "Disjoint": _iris("disjoint", "Disjoint"),
    "LessThan": _iris("lessThan", "LessThan"),
    "LessThanOrEquals": _iris("lessThanOrEquals", "LessThanOrEquals"),
    "HasValue": _each("hasValue", "HasValue"),
    "In": _in,
    "Closed": _closed,
}
_REFERRING: dict[str, Callable[[Read, ReadShape, Place], Iterator[Constraint]]] = {
    "Not": _shapes("not", "Not", None),
    "And": _lists("and", "And"),
    "Or": _lists("or", "Or"),
    "Xone": _lists("xone", "Xone"),
    "Node": _shapes("node", "Node", False),
    "Property": _shapes("property", "Property", True),
    "QualifiedValueShape": _qualified,
}
