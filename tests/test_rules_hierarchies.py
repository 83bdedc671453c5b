"""Hierarchies, which are closed as a whole, hold what the closure holds that joins triple by triple."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import test_rules_join
import test_rules_reasoner
from onrecord.index import index_of
from onrecord.ntriples import Triple
from onrecord.rules import Reasoner, Rules, load_rules
from onrecord.rules.tables import Tables
from onrecord.vocabulary.term import TYPE
from onrecord.vocabulary.terms import onr
from rule_terms import SAME, node, toy
from test_rules_join import below
from test_rules_oracle import QUIET, VALUES

ONTOLOGY = Path(__file__).with_name("ontologies") / "hierarchy.ttl"
PROPERTIES = ["part", "part", "whole", "near", "member", "apart", "loop", "mother", "mirror", "above", "below", "led"]


@pytest.fixture(scope="module")
def tall_rules() -> Rules:
    return load_rules([ONTOLOGY])


def graphs(names: list[str], size: int, terms: tuple[str, ...] = ()) -> st.SearchStrategy[list[Triple]]:
    """Much of few nodes, so that ways are long and come back to where they began."""
    things = st.sampled_from([node(name) for name in names])
    nodes = st.sampled_from([*map(node, names), *terms])
    properties = st.sampled_from([toy(name) for name in PROPERTIES])
    edge = st.tuples(nodes, properties, nodes)
    kind = st.tuples(nodes, st.just(str(TYPE)), st.sampled_from([toy("A"), toy("B"), toy("C")]))
    value = st.tuples(nodes, properties, st.sampled_from(VALUES))
    same = st.tuples(things, st.just(SAME), things)
    return st.lists(st.one_of(edge, edge, edge, edge, edge, edge, kind, value, same), max_size=size)


def test_hierarchies_are_joined_with_nothing_else(tall_rules: Rules, toy_rules: Rules, rules: Rules) -> None:
    assert Tables(tall_rules).hierarchies == (toy("loop"), toy("part"))
    assert Tables(toy_rules).hierarchies == ()
    assert Tables(rules).hierarchies == (onr.partOf, onr.subsetOf, onr.within)


@settings(QUIET, max_examples=400)
@given(
    asserted=graphs(["a", "b", "c", "d"], 10), curated=graphs(["a", "b", "e"], 4), context=graphs(["c", "d", "e"], 8)
)
def test_a_source_goes_on_where_the_registry_ends(
    tall_rules: Rules, asserted: list[Triple], curated: list[Triple], context: list[Triple]
) -> None:
    test_rules_reasoner.compare(tall_rules, asserted, curated, context)


@st.composite
def datasets(draw: st.DrawFn) -> list[test_rules_join.Source]:
    found = []
    for number in range(draw(st.integers(2, 3))):
        own = [f"source/{number}/{name}" for name in "xy"]
        found.append((draw(graphs(["r", "s", "t", *own], 5)), draw(graphs(["r", "s", *own], 2))))
    return found


@settings(QUIET, max_examples=300)
@given(sources=datasets(), context=graphs(["r", "s", "t"], 3))
def test_a_hierarchy_runs_through_sources(
    tall_rules: Rules, sources: list[test_rules_join.Source], context: list[Triple]
) -> None:
    test_rules_join.compare(tall_rules, sources, context)


def test_a_way_that_comes_back_to_where_it_began(tall_rules: Rules) -> None:
    ring: list[Triple] = [(node(f"n{n}"), toy("loop"), node(f"n{(n + 1) % 6}")) for n in range(6)]
    reasoner = Reasoner(tall_rules, index_of(ring[:3]))
    found = reasoner.infer(index_of(ring[3:]), {}, below(0)).inferred
    pairs = {(s, o) for s, held in found.items() for o in held.get(toy("loop"), ())}
    known = {(node(f"n{one}"), node(f"n{other}")) for one in range(4) for other in range(one + 1, 4)}
    everything = {(node(f"n{one}"), node(f"n{other}")) for one in range(6) for other in range(6)}
    assert pairs == everything - known - {(s, o) for s, _, o in ring}
