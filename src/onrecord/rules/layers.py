"""Layers and who is one in them: identities are found layer by layer, and what they add is told under every name."""

from collections.abc import Iterable
from itertools import permutations

from onrecord.errors import InputError
from onrecord.index import Index, index_of, union
from onrecord.ntriples import Triple
from onrecord.rules.axioms import OWL, RDFS
from onrecord.rules.closure import TYPE
from onrecord.rules.identity import SAME_AS
from onrecord.rules.joins import Joins
from onrecord.rules.layer import Layer
from onrecord.rules.names import Names
from onrecord.rules.tables import Tables
from onrecord.rules.twins import twins

_SAYS_NOTHING = frozenset({f"<{OWL}Thing>", f"<{RDFS}Resource>"})


def layer_of(tables: Tables, given: Index, below: Layer | None = None, *, told: bool = False) -> Layer:
    """A layer on another. Where nodes turn out to be one, it is made again with that known, until no more do.

    What is said below of a node that gets more names is read again: it holds under its new names too. Raises InputError
    where owl:sameAs links a literal or a term, and VocabularyError where the data holds axioms.
    """
    links = _links(tables, given)
    known = below.names if below else None
    while True:
        names = Names(links, known)
        layer = Layer(tables, union(names.renamed(given), _said_below(names, below)), names, below, told=told)
        Joins(layer).run()
        found = twins(layer)
        if not found:
            return layer
        links += found


def _links(tables: Tables, given: Index) -> list[tuple[str, str]]:
    found = [(node, other) for node, said in given.items() if SAME_AS in said for other in said[SAME_AS]]
    for node, other in found:
        if other[0] != "<" or tables.is_term(node) or tables.is_term(other):
            raise InputError(f"only two things of the data can be the same: {node} is not {other}")
    return found


def _said_below(names: Names, below: Layer | None) -> Index:
    """All that is known below of the nodes that have more names now."""
    if below is None:
        return {}
    found: list[tuple[str, str, str]] = []
    for members in names.classes.values():
        for layer in below.layers:
            for node in sorted({layer.names.of(member) for member in members}):
                found += (triple for triple in layer.touching(node) if triple[1] != SAME_AS)
    return names.renamed(index_of(found))


def added(layer: Layer, stated: Index) -> Index:
    """What a layer adds to those below it and to what it states itself, under all names."""
    found = layer.inferred()
    names = layer.names
    # What is found of a node that is not given comes from values, which were looked at, or is among what was derived.
    if not names.classes and layer.given is stated and not names.meet(layer.derived):
        return found
    more: Index = {}
    kept = dict(found)
    for node, description in found.items():
        # Classes are terms, which have one name: most nodes get nothing else.
        if names.has(node) or (not (len(description) == 1 and TYPE in description) and names.touch(node, description)):
            _tell(layer, stated, more, names.expanded(node, description))
            del kept[node]
    for node, description in layer.given.items():
        if description is not stated.get(node) and names.touch(node, description):
            _tell(layer, stated, more, names.expanded(node, description))
    for members in names.classes.values():
        _tell(layer, stated, more, ((one, SAME_AS, other) for one, other in permutations(members, 2)))
    return union(kept, more)


def _tell(layer: Layer, stated: Index, more: Index, triples: Iterable[Triple]) -> None:
    """Takes triples into `more` that nobody has stated and that are not known below."""
    below = layer.below
    for s, p, o in triples:
        if s[0] != "<" or layer.tables.is_term(s):
            continue
        if o in stated.get(s, {}).get(p, ()) or (p == TYPE and o in _SAYS_NOTHING):
            continue
        if below is None or not below.knows(s, p, o):
            more.setdefault(s, {}).setdefault(p, {})[o] = None
