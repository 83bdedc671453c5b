"""What the checks remember of one unit of data is right for the next: whatever came before, findings are the same."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.checks import Checker, Shapes, from_json, to_json
from onrecord.index import Index, index_of
from test_checks_compiled import THING, found, made, said
from test_checks_ours import CHANGES, Change, changed
from test_shapes import FILES, graph, shapes

UNITS = st.lists(st.tuples(st.sampled_from(FILES), CHANGES), min_size=2, max_size=6)


def query(text: str) -> Shapes:
    compiled = made(THING + f'sh:sparql [ sh:prefixes :prefixes ; sh:select "SELECT $this WHERE {{ {text} }}" ] .')
    assert compiled.uncovered == ()
    return compiled


def anew(compiled: Shapes, context: Index) -> Checker:
    """A checker that remembers nothing."""
    return Checker(from_json(to_json(compiled)), context)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(UNITS)
def test_no_unit_changes_what_is_found_in_the_next(units: list[tuple[str, list[Change]]]) -> None:
    context = index_of(graph("world"))
    checker = Checker(shapes(), context)
    for name, changes in units:
        for data in (index_of(graph(name)), index_of(changed(graph(name), changes))):
            assert checker.check(data) == anew(shapes(), context).check(data)


def test_contexts_do_not_share_what_is_known_of_their_nodes() -> None:
    compiled = made(THING + "sh:property [ sh:path :of ; sh:class :Kind ] .")
    data = said("a T Thing", "a of k")
    assert Checker(compiled, said("k T Kind")).check(data) == []
    assert found(Checker(compiled, said("k T Other")).check(data)) == [("a", "Class")]
    assert Checker(compiled, said("k T Kind")).check(data) == []


def test_a_unit_may_say_more_of_a_node_than_the_context_does() -> None:
    compiled = made(THING + "sh:property [ sh:path :of ; sh:property [ sh:path :name ; sh:maxCount 1 ] ] .")
    checker = Checker(compiled, said('k name "one"'))
    assert checker.check(said("a T Thing", "a of k")) == []
    assert found(checker.check(said("a T Thing", "a of k", 'k name "two"')))
    assert checker.check(said("a T Thing", "a of k")) == []


def test_values_of_one_sort_are_not_alike_where_the_term_counts() -> None:
    compiled = made(THING + "sh:property [ sh:path :of ; sh:in ( :k :l ) ] .")
    checker = Checker(compiled)
    assert checker.check(said("a T Thing", "a of k", "k T Kind")) == []
    assert found(checker.check(said("a T Thing", "a of m", "m T Kind"))) == [("a", "In")]
    assert found(checker.check(said("a T Thing", "a of k", "a of m", "k T Kind", "m T Kind"))) == [("a", "In")]


def test_how_many_values_there_are_counts() -> None:
    compiled = made(
        THING + "sh:property [ sh:path :of ; sh:qualifiedValueShape [ sh:class :Kind ] ; sh:qualifiedMaxCount 1 ] ."
    )
    checker = Checker(compiled)
    assert checker.check(said("a T Thing", "a of k", "a of l", "k T Kind", "l T Other")) == []
    assert found(checker.check(said("a T Thing", "a of k", "a of l", "k T Kind", "l T Kind")))
    assert checker.check(said("a T Thing", "a of k", "k T Kind")) == []


def test_what_is_said_of_values_counts() -> None:
    named = "[ sh:property [ sh:path :name ; sh:hasValue 'x' ] ]"
    checker = Checker(
        made(THING + f"sh:property [ sh:path :of ; sh:qualifiedValueShape {named} ; sh:qualifiedMinCount 1 ] .")
    )
    assert checker.check(said("a T Thing", "a of k", 'k name "x"')) == []
    assert found(checker.check(said("a T Thing", "a of l", 'l name "y"'))) == [("a", "QualifiedMinCount")]


def test_what_the_context_refers_to_may_be_in_the_unit() -> None:
    kind = "[ sh:property [ sh:path :is ; sh:class :Kind ] ]"
    checker = Checker(made(THING + f"sh:property [ sh:path :of ; sh:node {kind} ] ."), said("k is l"))
    assert checker.check(said("a T Thing", "a of k", "l T Kind")) == []
    assert found(checker.check(said("a T Thing", "a of k"))) == [("a", "Node")]


PAIRS = (
    "sh:sparql [ sh:prefixes :prefixes ; sh:select "
    '"SELECT $this WHERE { $this :of ?a , ?b . ?a :at ?x . ?b :at ?y . FILTER(STR(?a) < STR(?b) && ?x > ?y) }" ] ; '
    "sh:sparql [ sh:prefixes :prefixes ; sh:select "
    '"SELECT $this WHERE { $this :of ?a . FILTER NOT EXISTS { $this :of ?b . ?b :at 1 } }" ]'
)


def test_the_order_of_neighbors_counts_and_their_names_do_not() -> None:
    checker = Checker(made(THING + f"{PAIRS} ."))
    one, two = (f'"{number}"^^<http://www.w3.org/2001/XMLSchema#integer>' for number in (1, 2))

    def results(first: str, at_first: str, second: str, at_second: str) -> list[tuple[str, str]]:
        data = said(
            "a T Thing", f"a of {first}", f"a of {second}", f"{first} at {at_first}", f"{second} at {at_second}"
        )
        return found(checker.check(data))

    assert results("k", one, "l", two) == []
    assert results("k", two, "l", one) == [("a", "SPARQL")]
    assert results("l", two, "k", one) == []
    assert results("k", one, "k-1", two) == []
    assert results("k", two, "k-1", one) == [("a", "SPARQL")]
    assert results("k", two, "l", two) == [("a", "SPARQL")]
    assert results("m", one, "n", two) == []


def test_neighbors_of_which_nothing_is_read_are_still_counted() -> None:
    asked = 'sh:sparql [ sh:prefixes :prefixes ; sh:select "SELECT $this WHERE {{ $this :of ?a , ?b . FILTER({}) }}" ]'
    checker = Checker(made(THING + f"{asked.format('STR(?a) < STR(?b)')} , {asked.format('STR(?b) < STR(?a)')[10:]} ."))
    assert checker.check(said("a T Thing", "a of k")) == []
    assert found(checker.check(said("a T Thing", "a of k", "a of l"))) == [("a", "SPARQL")]
    assert checker.check(said("a T Thing", "a of m")) == []


def test_what_a_query_wants_may_be_anywhere() -> None:
    compiled = query("$this :of ?k . ?k :is ?l . ?l :bad ?any")
    clean, wrong = said("a T Thing", "a of k", "k is l"), said("a T Thing", "a of k", "k is l", 'l bad "yes"')
    assert Checker(compiled).check(clean) == []
    assert found(Checker(compiled).check(wrong)) == [("a", "SPARQL")]
    assert Checker(compiled).check(clean) == []
    assert found(Checker(compiled, said('l bad "yes"')).check(clean)) == [("a", "SPARQL")]
    assert Checker(compiled).check(said("a T Thing", "a of k", "k is l", 'm bad "yes"')) == []


def test_conditions_hold_whenever_they_are_asked() -> None:
    compiled = query(
        "$this :of ?k . ?k :at ?x . OPTIONAL { ?k :to ?y } BIND(?x AS ?z) "
        "FILTER(?z = 1) FILTER(!BOUND(?y) || ?y > 1) FILTER EXISTS { ?k :is ?l . ?l :at ?x }"
    )
    one, two = (f'"{number}"^^<http://www.w3.org/2001/XMLSchema#integer>' for number in (1, 2))
    checker = Checker(compiled)
    data = ["a T Thing", "a of k", f"k at {one}", "k is l", f"l at {one}"]
    assert found(checker.check(said(*data))) == [("a", "SPARQL")]
    assert found(checker.check(said(*data, f"k to {two}"))) == [("a", "SPARQL")]
    assert checker.check(said(*data, f"k to {one}")) == []
    assert checker.check(said(*data[:-1], f"l at {two}")) == []
    assert checker.check(said("a T Thing", "a of k", f"k at {two}", "k is l", f"l at {two}")) == []
