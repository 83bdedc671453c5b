"""The closure of data under compiled rules: one pass over a growing queue, joins through indexes (semi-naive).

Each rule bears its name in OWL 2 Profiles, section 4.3, and is written where it fires. Nothing depends on hash order,
so that the derivation of a triple, the first one found, is the same on every run.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from onrecord.ntriples import Triple
from onrecord.rules.axioms import OWL, RDF, RDFS
from onrecord.rules.compilation import PropertyRules, Rules
from onrecord.rules.identity import Identity

TYPE = f"<{RDF}type>"
_SUBCLASS, _SUBPROPERTY = f"<{RDFS}subClassOf>", f"<{RDFS}subPropertyOf>"
_DOMAIN, _RANGE = f"<{RDFS}domain>", f"<{RDFS}range>"
_INVERSE, _CHAIN = f"<{OWL}inverseOf>", f"<{OWL}propertyChainAxiom>"
_SYMMETRIC, _TRANSITIVE = f"<{OWL}SymmetricProperty>", f"<{OWL}TransitiveProperty>"


@dataclass(frozen=True, slots=True)
class Derivation:
    """How a triple came about: the rule, and the triples that it needed, an axiom of the closed ontology last."""

    rule: str
    premises: tuple[Triple, ...]


@dataclass(frozen=True, slots=True)
class Proof:
    """Why two nodes are one though nobody says so: the steps, and the given triples that they rest on."""

    steps: tuple[tuple[str, tuple[Triple, ...], Triple], ...]
    given: tuple[Triple, ...]


_Index = dict[str, dict[str, dict[str, Triple]]]
"""property → node → neighbour → the triple; dicts for sets, because they keep the order."""


class Closure:
    """What follows from triples. Subjects and objects are representatives of their `identity`.

    `triples` holds everything in the order in which it was found; with `traced`, a derivation for what was derived and
    the triple as it was given for what was not. `merged` are the links of the identity that nobody gave.
    """

    def __init__(
        self,
        rules: Rules,
        identity: Identity,
        triples: Iterable[Triple],
        *,
        traced: bool = False,
        merged: Mapping[Triple, Proof] | None = None,
    ) -> None:
        self.rules = rules
        self.identity = identity
        self.merged = merged or {}
        self.triples: dict[Triple, Derivation | None] = dict.fromkeys(rules.facts)
        self.given: dict[Triple, Triple] = {}
        self._traced = traced
        self._forward: _Index = {name: {} for name, one in rules.properties.items() if one.joined}
        self._backward: _Index = {name: {} for name in self._forward}
        self._queue = [fact for fact in rules.facts if fact[1] in self._forward]
        for triple in sorted(set(triples)):
            self._give(triple)
        for triple in self._queue:  # grows while it is walked
            self._follow(triple)

    def _give(self, triple: Triple) -> None:
        renamed = self.identity.renamed(triple)
        if renamed not in self.triples:
            self.triples[renamed] = None
            self._queue.append(renamed)
        if self._traced:
            self.given.setdefault(renamed, triple)

    def _add(self, triple: Triple, rule: str, *premises: Triple) -> None:
        if triple not in self.triples:
            self.triples[triple] = Derivation(rule, premises) if self._traced else None
            self._queue.append(triple)

    def _follow(self, triple: Triple) -> None:
        s, p, o = triple
        if p == TYPE:
            for wider in self.rules.superclasses.get(o, ()):
                self._add((s, TYPE, wider), "cax-sco", triple, (o, _SUBCLASS, wider))
        rules = self.rules.properties.get(p)
        if rules is None:
            return
        for name in rules.superproperties:
            self._add((s, name, o), "prp-spo1", triple, (p, _SUBPROPERTY, name))
        for domain in rules.domains:
            self._add((s, TYPE, domain), "prp-dom", triple, (p, _DOMAIN, domain))
        for target in rules.ranges:
            self._add((o, TYPE, target), "prp-rng", triple, (p, _RANGE, target))
        for rule, name in rules.inverses:
            self._add((o, name, s), rule, triple, _inverse_axiom(rule, p, name))
        if rules.joined:
            self._forward[p].setdefault(s, {})[o] = triple
            self._backward[p].setdefault(o, {})[s] = triple
            self._join(triple, rules)

    def _join(self, triple: Triple, rules: PropertyRules) -> None:
        s, p, o = triple
        if rules.transitive:
            axiom = (p, TYPE, _TRANSITIVE)
            # Copies: a node that is its own neighbour would otherwise change what is being walked.
            for end, after in list(self._forward[p].get(o, {}).items()):
                self._add((s, p, end), "prp-trp", triple, after, axiom)
            for start, before in list(self._backward[p].get(s, {}).items()):
                self._add((start, p, o), "prp-trp", before, triple, axiom)
        for number, place in rules.chains:
            name, members = self.rules.chains[number]
            # The whole list of a chain stands for its axiom: the list's own nodes have no address.
            axiom = (name, _CHAIN, f"( {' '.join(members)} )")
            befores = self._paths(s, members[:place][::-1], self._backward)
            afters = self._paths(o, members[place + 1 :], self._forward)
            for start, left in befores:
                for end, right in afters:
                    self._add((start, name, end), "prp-spo2", *left[::-1], triple, *right, axiom)

    def _paths(self, node: str, members: tuple[str, ...], index: _Index) -> list[tuple[str, tuple[Triple, ...]]]:
        """The ends of all paths from a node along properties, each end once, with the triples of a path."""
        ends: dict[str, tuple[Triple, ...]] = {node: ()}
        for member in members:
            found: dict[str, tuple[Triple, ...]] = {}
            for end, path in ends.items():
                for other, triple in index[member].get(end, {}).items():
                    found.setdefault(other, (*path, triple))
            ends = found
        return list(ends.items())


def _inverse_axiom(rule: str, name: str, inverse: str) -> Triple:
    if rule == "prp-symp":
        return name, TYPE, _SYMMETRIC
    return (name, _INVERSE, inverse) if rule == "prp-inv1" else (inverse, _INVERSE, name)
