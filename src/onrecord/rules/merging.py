"""Who is one without being said to be: functional properties and keys (prp-fp, prp-ifp, prp-key)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product

from onrecord.ntriples import Triple
from onrecord.rules.axioms import OWL
from onrecord.rules.closure import TYPE, Closure

_FUNCTIONAL, _INVERSE = f"<{OWL}FunctionalProperty>", f"<{OWL}InverseFunctionalProperty>"
_KEY = f"<{OWL}hasKey>"


@dataclass(frozen=True, slots=True)
class Merge:
    """Two nodes that are one: the rule, the triples of the closure that tell, and the axiom."""

    rule: str
    nodes: tuple[str, str]
    premises: tuple[Triple, ...]
    axiom: Triple


@dataclass(slots=True)
class _Group:
    """Nodes that are all one, each with the triples that tell."""

    rule: str
    axiom: Triple
    members: dict[str, tuple[Triple, ...]] = field(default_factory=dict)


def merges(closure: Closure) -> list[Merge]:
    """The nodes of the data that are one and not known to be, in the order in which the closure was found."""
    return [merge for group in _groups(closure) for merge in _pairs(group, closure, terms=False)]


def impossible(closure: Closure) -> list[Merge]:
    """The same where a term of a vocabulary would be one with something else: that is a contradiction."""
    return [merge for group in _groups(closure) for merge in _pairs(group, closure, terms=True)]


def _pairs(group: _Group, closure: Closure, *, terms: bool) -> Iterator[Merge]:
    first, *others = [node for node in group.members if terms or not closure.rules.is_term(node)] or [""]
    if terms:
        first, *others = sorted([first, *others], key=lambda node: not closure.rules.is_term(node))
        if not closure.rules.is_term(first):
            return
    for other in others:
        yield Merge(group.rule, (first, other), group.members[first] + group.members[other], group.axiom)


def _groups(closure: Closure) -> list[_Group]:
    groups = [*_of_properties(closure), *_of_keys(closure)]
    return [group for group in groups if len(group.members) > 1]


def _of_properties(closure: Closure) -> Iterator[_Group]:
    rules = closure.rules.properties
    if not any(one.functional or one.inverse_functional for one in rules.values()):
        return
    found: dict[tuple[str, str, str], _Group] = {}
    for triple in closure.triples:
        s, p, o = triple
        one = rules.get(p)
        if one is not None and one.functional and o.startswith("<"):
            group = found.setdefault((p, "has", s), _Group("prp-fp", (p, TYPE, _FUNCTIONAL)))
            group.members.setdefault(o, (triple,))
        if one is not None and one.inverse_functional and s.startswith("<"):
            group = found.setdefault((p, "of", o), _Group("prp-ifp", (p, TYPE, _INVERSE)))
            group.members.setdefault(s, (triple,))
    yield from found.values()


def _of_keys(closure: Closure) -> Iterator[_Group]:
    used = {name for _, names in closure.rules.keys for name in names}
    if not used:
        return
    values: dict[tuple[str, str], list[str]] = {}
    for s, p, o in closure.triples:
        if p in used:
            values.setdefault((s, p), []).append(o)
    for kind, names in closure.rules.keys:
        found: dict[tuple[str, ...], _Group] = {}
        axiom = (kind, _KEY, f"( {' '.join(names)} )")
        for node, p, o in closure.triples:
            if p != TYPE or o != kind or not node.startswith("<"):
                continue
            for combined in product(*(values.get((node, name), ()) for name in names)):
                premises = [(node, name, value) for name, value in zip(names, combined, strict=True)]
                group = found.setdefault(combined, _Group("prp-key", axiom))
                group.members.setdefault(node, ((node, TYPE, kind), *premises))
        yield from found.values()
