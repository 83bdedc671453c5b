"""The join finds what follows only from several sources together."""

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.index import index_of, triples_of
from onrecord.ntriples import Triple
from onrecord.rules import Inference, Join, Reasoner, Rules, infer
from onrecord.vocabulary.term import TYPE
from onrecord.vocabulary.terms import onr
from rule_terms import DATA, DIFFERENT, SAME, node, toy
from test_rules_oracle import QUIET, TOY_PROPERTIES, VALUES

Source = tuple[list[Triple], list[Triple]]
"""What a source asserts, and what curators add."""


def below(number: int) -> str:
    return f"<{DATA}source/{number}/"


def joined(reasoner: Reasoner, sources: list[Source]) -> tuple[Join, list[Inference]]:
    """The join of sources, and what follows from each."""
    join = Join(reasoner)
    found = [
        reasoner.infer(index_of(asserted), index_of(curated), below(number))
        for number, (asserted, curated) in enumerate(sources)
    ]
    for _ in range(5):
        for number, one in enumerate(found):
            join.add(below(number), one.shared, one.shared_from_curated)
        if join.settled():
            break
    assert join.settled()
    merged = join.merged_nodes()
    for number, (asserted, curated) in enumerate(sources):
        one = found[number]
        triples = [*asserted, *curated, *triples_of(one.inferred), *triples_of(one.from_curated)]
        if any(s in merged or o in merged for s, _, o in triples):
            found[number] = join.expand(index_of(asserted), index_of(curated))
    return join, found


def compare(rules: Rules, sources: list[Source], context: list[Triple]) -> None:
    """closure(all sources and the context) = what follows from each, and the join."""
    reasoner = Reasoner(rules, index_of(context))
    alone = [reasoner.infer(index_of(asserted), index_of(curated)) for asserted, curated in sources]
    if any(one.contradictions for one in alone):
        return
    join, found = joined(reasoner, sources)
    result = join.result()
    asserted = [triple for one, _ in sources for triple in one]
    curated = [triple for _, one in sources for triple in one]
    plain, whole = infer(rules, asserted, context), infer(rules, [*asserted, *curated], context)
    all_plain = {*asserted}.union(*(triples_of(one.inferred) for one in (result, *found)))
    all_whole = {*all_plain, *curated}.union(*(triples_of(one.from_curated) for one in (result, *found)))
    assert all_plain == {*plain.inferred, *asserted}
    assert all_whole == {*whole.inferred, *asserted, *curated}
    clashes = [clash.rule for one in (result, *found) for clash in one.contradictions]
    # Values are each source's own affair.
    expected = [clash.rule for clash in whole.contradictions if clash.rule != "dt-not-type"]
    assert bool([rule for rule in clashes if rule != "dt-not-type"]) == bool(expected)
    if not join.merged_nodes() and all_plain == {*asserted}.union(*(triples_of(one.inferred) for one in alone)):
        assert result.inferred == {}, "told again"


SHARED = [node(name) for name in "rstu"]
KINDS = [toy(name) for name in "ABCDEFGHJ"]


def described(own: list[str], properties: list[str], size: int) -> st.SearchStrategy[list[Triple]]:
    nodes = st.sampled_from([*SHARED, *own])
    names = st.sampled_from([toy(name) for name in properties])
    plain = st.tuples(nodes, names, nodes)
    typed = st.tuples(nodes, st.just(str(TYPE)), st.sampled_from(KINDS))
    valued = st.tuples(nodes, names, st.sampled_from(VALUES))
    same = st.tuples(nodes, st.sampled_from([SAME, SAME, DIFFERENT]), nodes)
    return st.lists(st.one_of(plain, plain, plain, plain, plain, typed, valued, same), max_size=size)


@st.composite
def datasets(draw: st.DrawFn) -> tuple[list[Source], list[Triple]]:
    """Two or three sources and a registry, over few properties so that these meet."""
    names = draw(st.lists(st.sampled_from(TOY_PROPERTIES), min_size=2, max_size=5, unique=True))
    context = draw(described([], names, 4))
    sources = []
    for number in range(draw(st.integers(2, 3))):
        own = [f"{below(number)}{name}>" for name in "xy"]
        sources.append((draw(described(own, names, 6)), draw(described(own, names, 2))))
    return sources, context


@settings(QUIET, max_examples=500)
@given(dataset=datasets())
def test_sources_and_their_join_give_what_all_give_together(
    toy_rules: Rules, dataset: tuple[list[Source], list[Triple]]
) -> None:
    compare(toy_rules, *dataset)


CHAINED = ["from", "in", "sub", "near", "uncle"]


@settings(QUIET, max_examples=300)
@given(
    first=described([f"{below(0)}x>"], CHAINED, 4),
    second=described([f"{below(1)}x>"], CHAINED, 4),
    context=described([], CHAINED, 4),
)
def test_chains_run_through_sources(
    toy_rules: Rules, first: list[Triple], second: list[Triple], context: list[Triple]
) -> None:
    compare(toy_rules, [(first, []), (second, [])], context)


def test_a_place_in_a_place_that_another_source_knows(rules: Rules) -> None:
    mine, theirs = f"{below(0)}place/camp>", f"{below(1)}place/camp>"
    sources: list[Source] = [
        ([(mine, onr.within, node("valley"))], []),
        ([(node("valley"), onr.within, node("province"))], []),
        ([(theirs, onr.within, node("lake"))], []),
    ]
    join, _ = joined(Reasoner(rules, {}), sources)
    assert join.result().inferred[mine][onr.within] == {node("province"): None}
    assert theirs not in join.result().inferred


def test_what_follows_with_curated_facts_alone_is_kept_apart(rules: Rules) -> None:
    sources: list[Source] = [
        ([(node("camp"), onr.within, node("valley"))], []),
        ([], [(node("valley"), onr.within, node("province"))]),
    ]
    result = joined(Reasoner(rules, {}), sources)[0].result()
    assert result.inferred == {}
    assert onr.within in result.from_curated[node("camp")]


def test_two_sources_that_contradict_each_other(rules: Rules) -> None:
    who = "<http://www.wikidata.org/entity/Q1>"
    sources: list[Source] = [([(who, TYPE, onr.Person)], []), ([(who, TYPE, onr.Place)], [])]
    join, _ = joined(Reasoner(rules, {}), sources)
    (clash,) = join.result().contradictions
    assert clash.nodes == (who,)
    assert join.sources_of(clash.triples) == [below(0), below(1)]


def test_what_ends_at_a_source_is_not_held(rules: Rules) -> None:
    """What is held grows with what sources share, not with their number."""
    reasoner = Reasoner(rules, index_of([(node("kabul"), onr.within, node("afghanistan"))]))
    join = Join(reasoner)
    for number in range(50):
        triples: list[Triple] = [(f"{below(number)}place/camp>", onr.within, node("kabul"))]
        join.add(below(number), reasoner.infer(index_of(triples), {}, below(number)).shared)
    assert join.settled()
    assert join.size <= 4
    assert join.result() == Inference({}, {}, [])


def test_nothing_is_shared_of_what_a_source_says_of_its_own_nodes(rules: Rules) -> None:
    chain, link = f"{below(0)}chain/1>", f"{below(0)}chain/1/1>"
    triples: list[Triple] = [
        (f"{below(0).removesuffix('/')}>", TYPE, onr.Source),
        (f"{below(0)}fact/1>", onr.attribution, chain),
        (chain, onr.link, link),
        (f"{below(0)}place/a>", onr.within, f"{below(0)}place/b>"),
    ]
    assert Reasoner(rules, {}).infer(index_of(triples), {}, below(0)).shared == ()
