"""Inference: the compiled rules find what owlrl finds, over small random graphs."""

import importlib
import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import permutations
from typing import Protocol

import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.ntriples import Triple, literal
from onrecord.rules import Contradiction, Rules, explain, infer
from onrecord.vocabulary import resources
from onrecord.vocabulary.term import TYPE
from onrecord.vocabulary.terms import oa, onr, org, prov, pso, schema, sem
from rule_terms import DATA, DIFFERENT, OWL, RDF, RDFS, SAME, TOY, XSD, node, toy


class Reasoner(Protocol):
    error_messages: list[str]

    def closure(self) -> None: ...


def closed(ontology: rdflib.Graph, triples: Iterable[Triple]) -> tuple[set[Triple], list[str]]:
    """owlrl's closure of an ontology and data, and the inconsistencies that it reports.

    Keys are followed here: owlrl 7 does not compare the last property of a key (its prp-key), so it must not see them.
    """
    graph = rdflib.Graph(bind_namespaces="none")
    graph += ontology
    graph.parse(data="".join(f"{s} {p} {o} .\n" for s, p, o in triples), format="nt")
    graph.remove((None, rdflib.OWL.hasKey, None))
    while True:
        found, messages = closed_without_keys(graph)
        same = [(s, o) for s, o in of_one_key(ontology, found) if (s, SAME, o) not in found]
        if not same:
            return found, messages
        graph.parse(data="".join(f"{s} {SAME} {o} .\n" for s, o in same), format="nt")


def of_one_key(ontology: rdflib.Graph, triples: set[Triple]) -> Iterator[tuple[str, str]]:
    """All pairs of things that have a key in common, found without any cleverness."""
    for kind, names in ontology.subject_objects(rdflib.OWL.hasKey):
        members = sorted({s for s, p, o in triples if p == TYPE and o == term(kind) and s.startswith("<")})
        keys = [term(name) for name in ontology.items(names)]
        for one, other in permutations(members, 2):
            if all(any((other, p, o) in triples for s, p, o in triples if (s, p) == (one, key)) for key in keys):
                yield one, other


def closed_without_keys(given: rdflib.Graph) -> tuple[set[Triple], list[str]]:
    graph = rdflib.Graph(bind_namespaces="none")
    graph += given
    make: Callable[..., Reasoner] = importlib.import_module("owlrl").OWLRL_Semantics
    reasoner = make(graph, axioms=False, daxioms=False)
    reasoner.closure()
    return {(term(s), term(p), term(o)) for s, p, o in graph}, reasoner.error_messages


def term(one: rdflib.term.Node) -> str:
    if isinstance(one, rdflib.Literal):
        return literal(str(one), str(one.datatype or f"{XSD}string"), one.language or "")
    return f"<{one}>" if isinstance(one, rdflib.URIRef) else f"_:{one}"


Found = tuple[list[Triple], list[str], dict[str, str]]


def oracle(ontology: rdflib.Graph, triples: list[Triple], context: list[Triple]) -> Found:
    """What `infer` is to find, by owlrl alone: inferred, messages that come with `triples`, one name a thing."""
    before, old = closed(ontology, context)
    after, messages = closed(ontology, [*context, *triples])
    names = {s: min(s, *(o for a, p, o in after if a == s and p == SAME)) for s, p, o in after if p == SAME and s != o}
    known = {term(one) for triple in ontology for one in triple if isinstance(one, rdflib.URIRef)}
    inferred = sorted(
        (s, p, o)
        for s, p, o in after - before - set(triples)
        if s.startswith("<") and s not in known and not s.startswith((f"<{OWL}", f"<{RDF}", f"<{RDFS}", f"<{XSD}"))
        if not (p == SAME and s == o)
        if not (p == TYPE and o in (f"<{OWL}Thing>", f"<{RDFS}Resource>"))
        # A node as the value of a datatype: owlrl gives it the datatype as its class, here it is a contradiction.
        if not (p == TYPE and o.startswith(f"<{XSD}"))
    )
    return inferred, sorted({renamed(one, names) for one in messages} - {renamed(one, names) for one in old}), names


def renamed(message: str, names: dict[str, str]) -> str:
    """A message of owlrl with one name for each thing: it repeats the message for every name."""
    return re.sub(re.escape(DATA) + r"\w+", lambda match: names.get(f"<{match[0]}>", f"<{match[0]}>")[1:-1], message)


@lru_cache
def real_ontology() -> rdflib.Graph:
    """The project's axioms without the texts, which owlrl would only copy."""
    graph = rdflib.Graph(bind_namespaces="none")
    for file in resources.files("ontology", ".ttl"):
        graph.parse(file, format="turtle")
    for triple in list(graph):
        if isinstance(triple[2], rdflib.Literal) or triple[1] in (rdflib.SKOS.inScheme, rdflib.SKOS.topConceptOf):
            graph.remove(triple)
    return graph


@lru_cache
def toy_ontology() -> rdflib.Graph:
    return rdflib.Graph(bind_namespaces="none").parse(TOY, format="turtle")


PATTERNS = {
    "class": re.compile(r"Disjoint classes (\S+) and (\S+) have a common individual (.*)", re.DOTALL),
    "irreflexive": re.compile(r"Irreflexive property used on (\S+) with (\S+)"),
    "asymmetric": re.compile(r"Erroneous usage of asymmetric property (\S+) on (\S+) and (\S+)"),
    "disjoint": re.compile(r"Erroneous usage of disjoint properties (\S+) and (\S+) on (\S+) and (\S+)"),
    "different": re.compile(r"'sameAs' and 'differentFrom' cannot .*: \((\S+), (\S+)\)"),
    "literal": re.compile(r"Lexical value of the literal '(.*)' does not match its datatype .*"),
}
RULES_OF = {
    "class": {"cax-dw", "cax-adc", "dt-not-type"},
    "irreflexive": {"prp-irp"},
    "asymmetric": {"prp-asyp"},
    "disjoint": {"prp-pdw"},
    "different": {"eq-diff1"},
    "literal": {"dt-not-type"},
}


def untold(messages: list[str], contradictions: list[Contradiction], names: dict[str, str]) -> list[str]:
    """What owlrl reports and nobody tells: each of its messages needs a contradiction of its kind about its node."""
    told = [
        (one.rule, {names.get(end, end) for end in (*one.nodes, *(end for t in one.triples for end in (t[0], t[2])))})
        for one in contradictions
    ]
    missing = []
    for message in messages:
        kind, match = next((kind, found) for kind, form in PATTERNS.items() if (found := form.fullmatch(message)))
        culprit = match[{"class": 3, "asymmetric": 2, "disjoint": 3}.get(kind, 1)]
        terms = {f"<{culprit}>", *(t for _, ends in told for t in ends if t.startswith(f'"{culprit}"'))}
        if not any(rule in RULES_OF[kind] and terms & ends for rule, ends in told):
            missing.append(message)
    return missing


def compare(ontology: rdflib.Graph, rules: Rules, triples: list[Triple], context: list[Triple]) -> None:
    expected, messages, names = oracle(ontology, triples, context)
    found = infer(rules, triples, context)
    assert found.inferred == expected
    assert untold(messages, found.contradictions, names) == []
    more = {one.rule for one in found.contradictions} - {"dt-not-type"}
    assert bool(more) <= bool(messages), "a contradiction that owlrl does not know"


NODES = [node(name) for name in ("a", "b", "c", "d", "e")]
VALUES = [
    '"5"^^<http://www.w3.org/2001/XMLSchema#integer>',
    '"x"@en',
    f'"x"^^<{XSD}integer>',
    f'"true"^^<{XSD}boolean>',
]


def graphs(properties: list[str], classes: list[str], *, size: int, links: int) -> st.SearchStrategy[list[Triple]]:
    """Small graphs over a vocabulary: properties between few nodes, types, values, and some identities."""
    nodes = st.sampled_from(NODES)
    plain = st.tuples(nodes, st.sampled_from(properties), nodes)
    typed = st.tuples(nodes, st.just(str(TYPE)), st.sampled_from(classes))
    # Two values of a functional property are not taken for one here, as owlrl takes them: it is for things.
    of_values = [one for one in properties if one not in (toy("mother"), toy("bearer"))]
    valued = st.tuples(nodes, st.sampled_from(of_values), st.sampled_from(VALUES))
    same = st.tuples(nodes, st.sampled_from([SAME, SAME, DIFFERENT]), nodes)
    many = st.lists(st.one_of(plain, plain, plain, typed, valued), max_size=size)
    return st.tuples(many, st.lists(same, max_size=links)).map(lambda both: [*both[0], *both[1]])


TOY_PROPERTIES = [
    "sub",
    "super",
    "alias",
    "to",
    "from",
    "near",
    "in",
    "touches",
    "uncle",
    "older",
    "age",
    "named",
    "note",
    "mother",
    "bearer",
    "code",
]
TOY_GRAPHS = graphs([toy(p) for p in TOY_PROPERTIES], [toy(c) for c in "ABCDEFGHJ"], size=9, links=2)
REAL_PROPERTIES = [onr.partOf, onr.within, onr.disjointFrom, onr.subsetOf, onr.attribution, onr.link, prov.agent]
REAL_PROPERTIES += [onr.relationOf, onr.asserts, onr.speaker, onr.designee, pso.withStatus, sem.hasPlace, onr.quotation]
REAL_PROPERTIES += [onr.earliest, onr.kind, schema.value, oa.exact, onr.number, pso.isLostAsConsequenceOf, org.postIn]
REAL_CLASSES = [onr.State, onr.Person, onr.Act, onr.Statement, onr.ClaimedDesignation, onr.Figure, onr.VagueTime]
REAL_GRAPHS = graphs([str(p) for p in REAL_PROPERTIES], [str(c) for c in REAL_CLASSES], size=25, links=1)
QUIET = settings(deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@settings(QUIET, max_examples=60)
@given(triples=TOY_GRAPHS, context=TOY_GRAPHS)
def test_compiled_rules_find_what_owlrl_finds(toy_rules: Rules, triples: list[Triple], context: list[Triple]) -> None:
    compare(toy_ontology(), toy_rules, triples, context)


@settings(QUIET, max_examples=8)
@given(triples=REAL_GRAPHS, context=REAL_GRAPHS)
def test_the_projects_rules_find_what_owlrl_finds(rules: Rules, triples: list[Triple], context: list[Triple]) -> None:
    compare(real_ontology(), rules, triples, context)


@settings(QUIET, max_examples=60)
@given(triples=TOY_GRAPHS)
def test_every_explanation_is_a_derivation(toy_rules: Rules, triples: list[Triple]) -> None:
    for target in infer(toy_rules, triples, []).inferred:
        known = {*triples, *toy_rules.facts}
        steps = explain(toy_rules, triples, [], target)
        for step in steps:
            unknown = [one for one in step.premises if one not in known]
            assert all(one[0] in toy_rules.terms for one in unknown), f"{step} rests on {unknown}"
            known.add(step.conclusion)
        assert steps[-1].conclusion == target


@settings(QUIET, max_examples=30)
@given(triples=TOY_GRAPHS, data=st.data())
def test_the_order_of_triples_does_not_matter(toy_rules: Rules, triples: list[Triple], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(triples))
    assert infer(toy_rules, shuffled, []) == infer(toy_rules, triples, [])
