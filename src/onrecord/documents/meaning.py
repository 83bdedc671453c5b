"""What ontology and shapes say of the nodes of documents: which keys a class has, of what, and what they mean."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from onrecord.checks.plan import Constraint, Path, Plan
from onrecord.checks.shapes import installed
from onrecord.vocabulary import resources
from onrecord.vocabulary.context import classes, prefixes, properties
from onrecord.vocabulary.term import TYPE

_RDFS = "<http://www.w3.org/2000/01/rdf-schema#{}>"
_DOMAIN, _RANGE, _BELOW, _UNDER = map(_RDFS.format, ("domain", "range", "subClassOf", "subPropertyOf"))
_DEFINITION = "<http://www.w3.org/2004/02/skos/core#definition>"
_IN_SCHEME = "<http://www.w3.org/2004/02/skos/core#inScheme>"
_CHAIN = "<http://www.w3.org/2002/07/owl#propertyChainAxiom>"
_FIRST = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#first>"
_VIOLATION = "<http://www.w3.org/ns/shacl#Violation>"
_GENERAL = ("label", "altLabel", "after", "attribution", "kind", "wasDerivedFrom")
"""Properties without a domain that some shapes ask for, and that any node may have."""


@dataclass
class Use:
    """What shapes say of a property of the nodes of a class: of what classes or schemes its values are, whether there
    must be one, the least length and number, and patterns."""

    needed: bool = False
    ranges: set[str] = field(default_factory=set)
    schemes: set[str] = field(default_factory=set)
    shortest: int | None = None
    least: int | None = None
    patterns: list[str] = field(default_factory=list)


class Meaning:
    """Ontology and shapes, as documents are described by them. Terms are `<iri>`."""

    def __init__(self, plan: Plan) -> None:
        self.definitions: dict[str, str] = {}
        self._above: dict[str, set[str]] = {}
        self._domains: dict[str, set[str]] = {}
        self._ranges: dict[str, str] = {}
        self._wider: dict[str, set[str]] = {}
        self._uses: dict[str, dict[str, Use]] = {}
        self._one_of: dict[str, list[tuple[str, ...]]] = {}
        self._shaped: set[str] = set()
        """Properties that a shape asks for by themselves, and not as one of several."""
        self._read_ontology()
        self._read_shapes(plan)
        shaped = self._shaped
        general = {term for term, prop in properties().items() if prop.name in _GENERAL}
        free = {term for term in properties() if term not in self._domains and term not in shaped}
        self._free = sorted((free | general) - {TYPE})

    def classes(self) -> dict[str, str]:
        """What nodes can be: the terms of our classes, and of others that shapes are for, with what documents call
        them."""
        return {**{term: name_of(term) for term in sorted(self._uses)}, **classes()}

    def above(self, kind: str) -> set[str]:
        """A class and all that it is a kind of."""
        found, waiting = {kind}, [kind]
        while waiting:
            new = self._above.get(waiting.pop(), set()) - found
            found |= new
            waiting += new
        return found

    def uses(self, kind: str, *, inferred: bool = False) -> dict[str, Use]:
        """The properties that nodes of a class may have, with what is said of them. With `inferred`, those as well that
        follow from these."""
        found: dict[str, Use] = {prop: Use() for prop in self._free}
        for each in self.above(kind):
            for prop in (term for term, domains in self._domains.items() if each in domains and term in properties()):
                found.setdefault(prop, Use())
            for prop, use in self._uses.get(each, {}).items():
                held = found.setdefault(prop, Use())
                found[prop] = _both(held, use)
        waiting = list(found) if inferred else []
        while waiting:
            for wider in self._wider.get(waiting.pop(), set()) - found.keys():
                if wider in properties():
                    found[wider] = Use()
                    waiting.append(wider)
        return found

    def one_of(self, kind: str) -> list[tuple[str, ...]]:
        """Groups of properties of which a node of a class has at least one."""
        return sorted(group for each in self.above(kind) for group in self._one_of.get(each, []))

    def range(self, prop: str, use: Use) -> set[str]:
        """The classes whose nodes a property has as values; none for any."""
        declared = self._ranges.get(prop)
        return use.ranges or ({declared} if declared else set())

    def _read_ontology(self) -> None:
        import pyoxigraph as ox

        chains: list[tuple[str, str]] = []
        first: dict[str, str] = {}
        for file in resources.files("ontology", ".ttl"):
            for triple in ox.parse(file.read_bytes(), format=ox.RdfFormat.TURTLE):
                subject, prop, value = str(triple.subject), str(triple.predicate), str(triple.object)
                if prop == _DEFINITION and isinstance(triple.object, ox.Literal):
                    self.definitions[subject] = triple.object.value
                elif prop == _RANGE:
                    self._ranges[subject] = value
                elif prop == _CHAIN:
                    chains.append((subject, value))
                elif prop == _FIRST:
                    first[subject] = value
                else:
                    table = {_DOMAIN: self._domains, _BELOW: self._above, _UNDER: self._wider}.get(prop)
                    if table is not None:
                        table.setdefault(subject, set()).add(value)
        for made, steps in chains:  # what follows from a chain stands where its first step does
            self._wider.setdefault(first.get(steps, ""), set()).add(made)

    def _read_shapes(self, plan: Plan) -> None:
        for shape in plan.shapes:
            for kind in shape.targets.classes:
                uses = self._uses.setdefault(kind, {})
                for place in _of_properties(shape.constraints):
                    inner = plan.shapes[place]
                    strict = inner.severity == _VIOLATION
                    terms = _first_terms(inner.path) if inner.path else ()
                    use = _use(plan, inner.constraints, strict and len(terms) == 1)
                    self._shaped |= set(terms[:1]) if len(terms) == 1 else set()
                    for term in terms:
                        if len(terms) > 1 or term not in uses:
                            uses.setdefault(term, use if len(terms) == 1 else Use())
                        else:
                            uses[term] = _both(uses[term], use)
                    if len(terms) > 1 and strict and any((c.least or 0) > 0 for c in inner.constraints):
                        self._one_of.setdefault(kind, []).append(terms)
                for place in (other for each in shape.constraints if each.kind == "Or" for other in each.shapes):
                    for inner in (plan.shapes[one] for one in _of_properties(plan.shapes[place].constraints)):
                        for term in _first_terms(inner.path) if inner.path else ():
                            uses.setdefault(term, Use())
                    for term in _first_terms(plan.shapes[place].path):
                        uses.setdefault(term, Use())


def _of_properties(constraints: tuple[Constraint, ...]) -> Iterator[int]:
    for each in constraints:
        if each.kind == "Property":
            yield from each.shapes


def _first_terms(path: Path | None) -> tuple[str, ...]:
    """The properties that a path is: one, or alternatives; none for any other path."""
    if path is None:
        return ()
    if path.kind == "property":
        return (path.term,)
    if path.kind == "alternative" and all(part.kind == "property" for part in path.parts):
        return tuple(part.term for part in path.parts)
    return ()


def _use(plan: Plan, constraints: tuple[Constraint, ...], strict: bool) -> Use:
    made = Use()
    for each in constraints:
        if each.kind == "MinCount" and strict:
            made.needed = made.needed or (each.least or 0) > 0
        elif each.kind == "Class":
            made.ranges |= set(each.terms)
        elif each.kind == "MinLength":
            made.shortest = each.least if each.least is not None else made.shortest
        elif each.kind == "MinInclusive" and each.terms[0].endswith("#integer>"):
            made.least = int(each.terms[0].split('"')[1])
        elif each.kind == "Pattern":
            made.patterns += each.terms[:1]
        elif each.kind == "Node":
            made.schemes |= {scheme for place in each.shapes for scheme in _schemes(plan, place)}
    return made


def _schemes(plan: Plan, place: int) -> Iterator[str]:
    for inner in (plan.shapes[one] for one in _of_properties(plan.shapes[place].constraints)):
        if inner.path and inner.path.term == _IN_SCHEME:
            yield from (term for each in inner.constraints if each.kind == "HasValue" for term in each.terms)


def _both(one: Use, other: Use) -> Use:
    return Use(
        one.needed or other.needed,
        other.ranges or one.ranges,
        one.schemes & other.schemes or one.schemes | other.schemes,
        max((each for each in (one.shortest, other.shortest) if each is not None), default=None),
        max((each for each in (one.least, other.least) if each is not None), default=None),
        [*one.patterns, *(each for each in other.patterns if each not in one.patterns)],
    )


def name_of(kind: str) -> str:
    """What documents call a class."""
    known = classes().get(kind)
    if known:
        return known
    for prefix, namespace in prefixes().items():
        if kind.startswith(f"<{namespace}"):
            return f"{prefix}:{kind[len(namespace) + 1 : -1]}"
    return kind[1:-1]


@cache
def meaning() -> Meaning:
    """Ontology and shapes of the installation."""
    return Meaning(installed().plan)
