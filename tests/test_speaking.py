"""The part of a source that has to do with nodes that got another name is enough for what follows anew."""

from collections.abc import Collection

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.dataset import speaking
from onrecord.index import Index, index_of, triples_of
from onrecord.ntriples import Triple
from onrecord.rules import Inference, Reasoner, Rules
from onrecord.unit import lines_of
from rule_terms import DATA, SAME, node
from test_rules_join import CHAINED, Source, below, datasets, described, joined
from test_rules_oracle import QUIET

GRAPH = f"<{DATA}graph>"


def lines(triples: list[Triple]) -> bytes:
    return lines_of(index_of(triples), GRAPH).data


def news(found: Inference, known: Collection[Triple]) -> tuple[set[Triple], set[Triple]]:
    return ({*triples_of(found.inferred)}.difference(known), {*triples_of(found.from_curated)}.difference(known))


@st.composite
def linked(draw: st.DrawFn) -> tuple[list[Source], list[Triple]]:
    """A source whose triples go on from each other, and another one by which two nodes are one."""
    own = [f"{below(0)}{name}>" for name in "xyz"]
    told = draw(described(own, draw(st.permutations(CHAINED))[:3], 10))
    return [(told, []), ([], [(node("r"), SAME, node("s"))])], []


@pytest.mark.parametrize("few", [0, 32])
@settings(QUIET, max_examples=400)
@given(dataset=st.one_of(datasets(), linked(), linked()))
def test_what_is_around_merged_nodes_gives_all_that_the_whole_source_gives(
    toy_rules: Rules, few: int, dataset: tuple[list[Source], list[Triple]]
) -> None:
    sources, context = dataset
    reasoner = Reasoner(toy_rules, index_of(context))
    alone = [reasoner.infer(index_of(asserted), index_of(curated)) for asserted, curated in sources]
    if any(one.contradictions for one in alone):
        return
    join, _ = joined(reasoner, sources)
    merged = join.merged_nodes()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(speaking, "_FEW", few)
        for (asserted, curated), own in zip(sources, alone, strict=True):
            graphs = {"asserted": lines(asserted), "curated": lines(curated)}
            part = speaking.around(graphs, merged, join.joined_properties(), join.names_of)
            assert {*triples_of(part["asserted"])} <= {*asserted}
            known = {*asserted, *curated, *triples_of(own.inferred), *triples_of(own.from_curated)}
            whole = join.expand(index_of(asserted), index_of(curated))
            cut = join.expand(part["asserted"], part["curated"])
            assert news(cut, known) == news(whole, known)
            assert bool(cut.contradictions) == bool(whole.contradictions)


def test_a_part_is_small_where_little_is_linked() -> None:
    entries = [(node(f"designation/{n}"), node("designee"), node(f"entry/{n}")) for n in range(1000)]
    graphs = {"asserted": lines([*entries, (node("entry/7"), node("label"), '"Seven"')])}
    part = speaking.around(graphs, [node("entry/7")], {node("within")}, lambda name: [name])
    assert sorted(triples_of(part["asserted"])) == [
        (node("designation/7"), node("designee"), node("entry/7")),
        (node("entry/7"), node("label"), '"Seven"'),
    ]


def test_joined_properties_are_followed_both_ways_and_others_are_not() -> None:
    within, label = node("within"), node("near")
    told: list[Triple] = [
        (node("a"), within, node("b")),
        (node("c"), within, node("b")),
        (node("c"), label, node("d")),
        (node("d"), label, node("e")),
    ]
    part: Index = speaking.around({"asserted": lines(told)}, [node("a")], {within}, lambda name: [name])["asserted"]
    assert {*triples_of(part)} == {*told[:3]}


TEXTS = st.sampled_from(['"a"', '"a b"@en', '"say <https://x.example/a> ."', '"2003"^^<https://x.example/year>'])
NODES = st.sampled_from([node(name) for name in ("a", "aa", "b", "b/c")])


@given(st.lists(st.tuples(NODES, NODES, st.one_of(TEXTS, NODES))), st.lists(st.tuples(NODES, NODES, TEXTS)))
def test_which_triples_a_graph_has(told: list[Triple], others: list[Triple]) -> None:
    asked = {" ".join(triple).encode() for triple in (*told[::2], *others)}
    expected = {one for one in asked if one in {" ".join(triple).encode() for triple in told}}
    assert {*speaking.held(lines(told), asked)} == expected


@pytest.mark.parametrize("few", [0, 32])
def test_who_speaks_of_a_node(few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speaking, "_FEW", few)
    graph = lines([(node("a"), node("p"), node("b/c"))])
    assert speaking.speaks([b"", graph], [node("b/c").encode()])
    assert not speaking.speaks([graph], [node("b").encode(), node("c").encode()])
