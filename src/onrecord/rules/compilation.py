"""Rules as plain data: what the closed ontology lets follow from one triple, and what only a join of triples tells."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.errors import VocabularyError
from onrecord.ntriples import Triple, iri, literal
from onrecord.rules import axioms
from onrecord.rules.axioms import LANGUAGES, OWL, RDF, RDFS, XSD

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Node

_Lists = tuple[tuple[str, tuple[str, ...]], ...]
_TRIVIAL = frozenset({f"<{OWL}Thing>", f"<{RDFS}Resource>"})


@dataclass(frozen=True, slots=True)
class PropertyRules:
    """What follows from one triple with a property. `inverses` come with the rule that makes each; `chains` are the
    numbers of the chains that the property stands in, each with its place there.
    """

    superproperties: tuple[str, ...] = ()
    inverses: tuple[tuple[str, str], ...] = ()
    domains: tuple[str, ...] = ()
    ranges: tuple[str, ...] = ()
    datatypes: tuple[str, ...] = ()
    disjoint: tuple[str, ...] = ()
    chains: tuple[tuple[int, int], ...] = ()
    transitive: bool = False
    irreflexive: bool = False
    asymmetric: bool = False
    functional: bool = False
    inverse_functional: bool = False

    @property
    def joined(self) -> bool:
        """Whether triples with this property are joined with others."""
        return self.transitive or bool(self.chains)


@dataclass(frozen=True, slots=True)
class Rules:
    """A compiled ontology; plain data, all terms as in N-Triples. `key` names the ontology's bytes.

    `superclasses` are closed and hold neither the class itself nor owl:Thing; `disjoint` holds each pair once, with its
    rule; `keys` are classes with the properties whose values tell their members apart; `facts` is what the ontology
    says of its own individuals; `terms` are its terms and the ones it refers to.
    """

    key: str
    superclasses: dict[str, tuple[str, ...]]
    properties: dict[str, PropertyRules]
    chains: _Lists
    keys: _Lists
    disjoint: dict[str, dict[str, str]]
    facts: tuple[Triple, ...]
    terms: frozenset[str]
    labels: dict[str, str]

    def is_term(self, node: str) -> bool:
        """Whether a node belongs to a vocabulary, and not to the data."""
        return node in self.terms or node.startswith(_LANGUAGE_TERMS)


_LANGUAGE_TERMS = tuple(f"<{namespace}" for namespace in LANGUAGES)


def load_rules(ontology_paths: Iterable[Path]) -> Rules:
    """The rules of an ontology in Turtle, all files together.

    Raises VocabularyError for a file that cannot be read, an axiom that is not covered (naming it), an ontology that
    contradicts itself, and a class or property that nothing can have. Rules: OWL 2 Profiles, section 4.3.
    """
    paths = list(ontology_paths)
    key = axioms.key_of(paths)
    stated = axioms.read(paths)
    rules = _compiled(key, stated, axioms.close(stated))
    _refuse_unsatisfiable(rules)
    return rules


def to_json(rules: Rules) -> bytes:
    """Rules as JSON, to be kept under their key. The same rules give the same bytes."""
    import msgspec

    return msgspec.json.encode(rules, order="deterministic")


def from_json(content: bytes) -> Rules:
    """Rules from their JSON. Raises VocabularyError for anything else."""
    import msgspec

    try:
        return msgspec.json.decode(content, type=Rules)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise VocabularyError(f"these are not compiled rules: {error}") from error


def _compiled(key: str, stated: "rdflib.Graph", closure: "rdflib.Graph") -> Rules:
    chains = tuple(sorted(_lists(stated, "propertyChainAxiom")))
    properties = _properties(closure, chains)
    keys = tuple(sorted(_lists(stated, "hasKey")))
    joined = {name for name, one in properties.items() if one.joined or one.inverse_functional}
    joined |= {name for _, names in keys for name in names}
    return Rules(
        key=key,
        superclasses=_superclasses(closure),
        properties=properties,
        chains=chains,
        keys=keys,
        disjoint=_disjoint(stated),
        facts=tuple(sorted(_facts(closure, joined))),
        terms=frozenset(_terms(stated)),
        labels=dict(sorted(_labels(stated))),
    )


def _term(node: "Node") -> str:
    import rdflib

    if isinstance(node, rdflib.Literal):
        return literal(str(node), str(node.datatype or f"{XSD}string"), node.language or "")
    return iri(str(node))


def _pairs(graph: "rdflib.Graph", predicate: str, reflexive: bool = False) -> Iterator[tuple[str, str]]:
    """The named ends of an axiom's triples; the `reflexive` ones, which say nothing in most axioms, where asked for."""
    import rdflib

    for s, o in graph.subject_objects(rdflib.URIRef(predicate)):
        if isinstance(s, rdflib.URIRef) and isinstance(o, rdflib.URIRef) and (reflexive or s != o):
            yield _term(s), _term(o)


def _typed(graph: "rdflib.Graph", name: str) -> set[str]:
    import rdflib

    return {
        _term(s) for s in graph.subjects(rdflib.RDF.type, rdflib.URIRef(OWL + name)) if isinstance(s, rdflib.URIRef)
    }


def _superclasses(closure: "rdflib.Graph") -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = defaultdict(set)
    for narrower, wider in _pairs(closure, f"{RDFS}subClassOf"):
        if wider not in _TRIVIAL:
            found[narrower].add(wider)
    return {name: tuple(sorted(found[name])) for name in sorted(found)}


def _lists(stated: "rdflib.Graph", name: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    import rdflib

    for s, o in stated.subject_objects(rdflib.URIRef(OWL + name)):
        yield _term(s), tuple(_term(member) for member in stated.items(o))


@dataclass(slots=True)
class _Gathered:
    """A property's rules while they are gathered."""

    superproperties: set[str] = field(default_factory=set)
    inverses: set[tuple[str, str]] = field(default_factory=set)
    domains: set[str] = field(default_factory=set)
    ranges: set[str] = field(default_factory=set)
    datatypes: set[str] = field(default_factory=set)
    disjoint: set[str] = field(default_factory=set)
    chains: set[tuple[int, int]] = field(default_factory=set)


def _properties(closure: "rdflib.Graph", chains: _Lists) -> dict[str, PropertyRules]:
    found: dict[str, _Gathered] = defaultdict(_Gathered)
    for narrower, wider in _pairs(closure, f"{RDFS}subPropertyOf"):
        found[narrower].superproperties.add(wider)
    for one, other in _pairs(closure, f"{OWL}inverseOf", reflexive=True):
        found[one].inverses.add(("prp-inv1", other))
        found[other].inverses.add(("prp-inv2", one))
    for name, domain in _pairs(closure, f"{RDFS}domain"):
        found[name].domains.update({domain} - _TRIVIAL)
    data, is_datatype = _typed(closure, "DatatypeProperty"), _datatypes(closure)
    for name, target in _pairs(closure, f"{RDFS}range"):
        value = name in data or target in is_datatype or target.startswith(f"<{XSD}")
        (found[name].datatypes if value else found[name].ranges).update({target} - _TRIVIAL)
    for one, other in _pairs(closure, f"{OWL}propertyDisjointWith", reflexive=True):
        found[one].disjoint.add(other)
    for number, (_, members) in enumerate(chains):
        for place, member in enumerate(members):
            found[member].chains.add((number, place))
    symmetric, transitive, irreflexive, asymmetric, functional, inverse_functional = (
        _typed(closure, f"{kind}Property")
        for kind in ("Symmetric", "Transitive", "Irreflexive", "Asymmetric", "Functional", "InverseFunctional")
    )
    plain = symmetric | transitive | irreflexive | asymmetric | functional | inverse_functional
    return {
        name: PropertyRules(
            superproperties=tuple(sorted(found[name].superproperties)),
            inverses=tuple(sorted(found[name].inverses | ({("prp-symp", name)} if name in symmetric else set()))),
            domains=tuple(sorted(found[name].domains)),
            ranges=tuple(sorted(found[name].ranges)),
            datatypes=tuple(sorted(found[name].datatypes)),
            disjoint=tuple(sorted(found[name].disjoint)),
            chains=tuple(sorted(found[name].chains)),
            transitive=name in transitive,
            irreflexive=name in irreflexive,
            asymmetric=name in asymmetric,
            functional=name in functional,
            inverse_functional=name in inverse_functional,
        )
        for name in sorted({*found, *plain})
    }


def _datatypes(closure: "rdflib.Graph") -> set[str]:
    import rdflib

    declared = {
        _term(s) for s in closure.subjects(rdflib.RDF.type, rdflib.RDFS.Datatype) if isinstance(s, rdflib.URIRef)
    }
    return declared | {f"<{RDF}{name}>" for name in ("langString", "PlainLiteral")} | {f"<{RDFS}Literal>"}


def _disjoint(stated: "rdflib.Graph") -> dict[str, dict[str, str]]:
    import rdflib

    rules: dict[tuple[str, str], str] = {}
    for group in stated.subjects(rdflib.RDF.type, rdflib.OWL.AllDisjointClasses):
        for members in stated.objects(group, rdflib.OWL.members):
            classes = sorted({_term(member) for member in stated.items(members)})
            rules |= dict.fromkeys(combinations(classes, 2), "cax-adc")
    for one, other in _pairs(stated, f"{OWL}disjointWith", reflexive=True):
        rules[min(one, other), max(one, other)] = "cax-dw"
    found: dict[str, dict[str, str]] = {}
    for (one, other), rule in sorted(rules.items()):
        found.setdefault(one, {})[other] = rule
    return found


def _facts(closure: "rdflib.Graph", joined: set[str]) -> Iterator[Triple]:
    """What data can be joined with, or contradict: never the ontology's axioms, nor its texts."""
    import rdflib

    for s, p, o in closure:
        about_language = str(p).startswith(LANGUAGES) and (p != rdflib.RDF.type or str(o).startswith(LANGUAGES))
        if isinstance(s, rdflib.BNode | rdflib.Literal) or isinstance(o, rdflib.BNode) or about_language:
            continue
        if isinstance(o, rdflib.URIRef) or _term(p) in joined:
            yield _term(s), _term(p), _term(o)


def _terms(stated: "rdflib.Graph") -> Iterator[str]:
    import rdflib

    axiom = {rdflib.URIRef(name) for name in axioms.LINKS} | {rdflib.RDF.first, rdflib.RDF.type}
    for s, p, o in stated:
        yield from (_term(node) for node in (s, p) if isinstance(node, rdflib.URIRef))
        if p in axiom and isinstance(o, rdflib.URIRef):
            yield _term(o)


def _labels(stated: "rdflib.Graph") -> Iterator[tuple[str, str]]:
    import rdflib

    for s, o in sorted(stated.subject_objects(rdflib.RDFS.label)):
        if isinstance(o, rdflib.Literal) and o.language in (None, "en"):
            yield _term(s), str(o)


def _refuse_unsatisfiable(rules: Rules) -> None:
    """A class below two disjoint ones has no members: any use of it would contradict, far from the axiom at fault."""
    kinds = [(name, {name, *wider}, "be") for name, wider in rules.superclasses.items() if name != f"<{OWL}Nothing>"]
    kinds += [(name, set(one.domains), "have") for name, one in rules.properties.items()]
    kinds += [(name, set(one.ranges), "be the value of") for name, one in rules.properties.items()]
    for name, classes, verb in kinds:
        pairs = [(one, other) for one in sorted(classes) for other in rules.disjoint.get(one, {}) if other in classes]
        if pairs or f"<{OWL}Nothing>" in classes:
            why = f": it would be {pairs[0][0]} and {pairs[0][1]}" if pairs else ""
            raise VocabularyError(
                f"nothing can {verb} {name}{why}", hint="mend the ontology's classes, domains or ranges"
            )
