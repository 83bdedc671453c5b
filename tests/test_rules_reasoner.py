"""The reasoner finds for each source what the closure finds that is written rule by rule."""

import pytest
from hypothesis import given, settings

from onrecord.errors import InputError, VocabularyError
from onrecord.index import index_of, triples_of
from onrecord.ntriples import Triple
from onrecord.rules import Inference, Reasoner, Rules, infer
from onrecord.vocabulary.term import TYPE
from onrecord.vocabulary.terms import onr
from rule_terms import OWL, RDFS, SAME, node, toy
from test_rules_oracle import QUIET, REAL_GRAPHS, TOY_GRAPHS, TOY_PROPERTIES, graphs

MERGING = ["mother", "bearer", "code", "in", "to", "note", "age", "near"]
DENSE = graphs([toy(p) for p in MERGING], [toy(c) for c in "AJ"], size=12, links=1)
FEW = graphs([toy(p) for p in TOY_PROPERTIES], [toy(c) for c in "ABCDEFGHJ"], size=4, links=1)


def inferred(rules: Rules, asserted: list[Triple], curated: list[Triple], context: list[Triple]) -> Inference:
    return Reasoner(rules, index_of(context)).infer(index_of(asserted), index_of(curated))


def compare(rules: Rules, asserted: list[Triple], curated: list[Triple], context: list[Triple]) -> None:
    plain = infer(rules, asserted, context)
    whole = infer(rules, [*asserted, *curated], context)
    found = inferred(rules, asserted, curated, context)
    assert sorted(triples_of(found.inferred)) == plain.inferred
    held = {*plain.inferred, *asserted}
    assert sorted(triples_of(found.from_curated)) == [one for one in whole.inferred if one not in held]
    assert found.contradictions == whole.contradictions


@settings(QUIET, max_examples=300)
@given(asserted=TOY_GRAPHS, curated=FEW, context=TOY_GRAPHS)
def test_the_reasoner_finds_what_the_closure_finds(
    toy_rules: Rules, asserted: list[Triple], curated: list[Triple], context: list[Triple]
) -> None:
    compare(toy_rules, asserted, curated, context)


@settings(QUIET, max_examples=300)
@given(asserted=DENSE, curated=FEW, context=DENSE)
def test_the_reasoner_finds_who_is_one(
    toy_rules: Rules, asserted: list[Triple], curated: list[Triple], context: list[Triple]
) -> None:
    compare(toy_rules, asserted, curated, context)


@settings(QUIET, max_examples=100)
@given(asserted=REAL_GRAPHS, curated=REAL_GRAPHS, context=REAL_GRAPHS)
def test_the_reasoner_finds_what_the_closure_finds_by_the_projects_rules(
    rules: Rules, asserted: list[Triple], curated: list[Triple], context: list[Triple]
) -> None:
    compare(rules, asserted, curated, context)


def test_one_reasoner_serves_many_sources(toy_rules: Rules) -> None:
    """What it remembers of one source must not colour the next."""
    context: list[Triple] = [(node("t"), toy("in"), node("c")), (node("t"), SAME, node("u"))]
    reasoner = Reasoner(toy_rules, index_of(context))
    sources: list[list[Triple]] = [
        [(node("x"), toy("in"), node("t"))],
        [(node("x"), TYPE, toy("A")), (node("x"), TYPE, toy("G")), (node("c"), SAME, node("x"))],
        [(node("x"), toy("in"), node("t")), (node("y"), toy("sub"), node("x"))],
    ]
    alone = [inferred(toy_rules, source, [], context) for source in sources]
    for _ in range(2):
        assert [reasoner.infer(index_of(source), {}) for source in sources] == alone


def test_a_contradiction_with_the_context_is_told_from_the_part_that_matters(rules: Rules) -> None:
    who, fact = node("person/x"), node("source/a/statement/1")
    crowd: list[Triple] = [(node(f"place/{n}"), TYPE, onr.Place) for n in range(50)]
    context: list[Triple] = [*crowd, (who, TYPE, onr.Person)]
    triples: list[Triple] = [(fact, onr.medium, who)]
    reasoner = Reasoner(rules, index_of(context))
    assert reasoner.infer(index_of(triples), {}).contradictions == infer(rules, triples, context).contradictions != []
    assert reasoner.region.around([fact, who]) == [(who, TYPE, onr.Person)]


@pytest.mark.parametrize("other", [toy("A"), toy("one"), '"a"', f"<{OWL}Thing>"])
def test_only_things_of_the_data_can_be_the_same(toy_rules: Rules, other: str) -> None:
    with pytest.raises(InputError, match="can be the same"):
        inferred(toy_rules, [(node("a"), SAME, other)], [], [])


@pytest.mark.parametrize(
    "triple", [(toy("X"), f"<{RDFS}subClassOf>", toy("A")), (node("p"), str(TYPE), f"<{OWL}FunctionalProperty>")]
)
def test_data_may_not_define_terms(toy_rules: Rules, triple: Triple) -> None:
    with pytest.raises(VocabularyError, match="may not define terms"):
        inferred(toy_rules, [], [triple], [])
