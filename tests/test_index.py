"""The index of triples: each triple once, nothing lost, and unions that change neither side."""

import copy

from hypothesis import example, given
from hypothesis import strategies as st

from onrecord.index import index_of, index_of_lines, triples_of, union
from onrecord.ntriples import lines, literal

NODES = st.sampled_from([f"<https://example.org/{name}>" for name in "abcd"])
TRIPLES = st.lists(st.tuples(NODES, NODES, NODES | st.sampled_from(['"1"', '"x"@en'])))


@given(TRIPLES)
def test_an_index_holds_each_triple_once(triples: list[tuple[str, str, str]]) -> None:
    found = list(triples_of(index_of(triples)))
    assert len(found) == len(set(found))
    assert set(found) == set(triples)


@given(TRIPLES, TRIPLES)
def test_a_union_holds_both_and_changes_neither(
    one: list[tuple[str, str, str]], other: list[tuple[str, str, str]]
) -> None:
    first, second = index_of(one), index_of(other)
    before = copy.deepcopy((first, second))
    assert set(triples_of(union(first, second))) == {*one, *other}
    assert (first, second) == before


@given(st.lists(st.tuples(NODES, NODES, st.text(st.characters(exclude_categories=["Cs"])).map(literal))))
@example([("<s:s>", "<p:p>", literal("one\u2028two\x85three"))])
def test_the_lines_of_a_graph_give_its_index_again(triples: list[tuple[str, str, str]]) -> None:
    written = "".join(lines(triples, "<https://example.org/g>")).encode()
    assert index_of_lines(written) == index_of(triples)
