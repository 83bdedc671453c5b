"""Writers of datasets that do not fit in memory: order, spilling to disk, selections, against the plain way to do it."""

from collections.abc import Iterable
from itertools import groupby

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import ntriples
from onrecord.errors import InputError
from onrecord.ntriples import literal
from onrecord.vocabulary.term import TYPE
from onrecord.vocabulary.terms import onr, rdfs
from onrecord.writers import WRITERS, select
from onrecord.writers.parts import sorting
from onrecord.writers.parts.arrangement import by_graph, counts, families
from onrecord.writers.parts.layout import NUMBERS, graph_name, place, rank, step_key
from onrecord.writers.parts.nodes import Nodes
from onrecord.writers.parts.sorting import Rows, Spool
from releases import ASSERTED, BASE, LINES, METADATA, QUADS, Quad, at, lines_of, written
from test_writers import quads

Told = list[tuple[str, str, list[tuple[str, str]]]]
"""Section, node, and its predicates and objects."""


def plainly(found: Iterable[Quad], base: str) -> Told:
    """The order of reading as it is defined: each triple once, sorted by all that counts."""

    def key(triple: tuple[str, str, str]) -> tuple[str, str, str, str, int, str, str]:
        s, p, o = triple
        where = place(s[1:-1], base)
        owner, below = s[1:-1][: where.owner], s[1:-1][where.owner :]
        return NUMBERS[where.section], owner, step_key(below), s, rank(p, o), p, o

    triples = sorted({(s, p, o) for s, p, o, _ in found}, key=key)
    nodes = groupby(triples, lambda triple: triple[0])
    return [(place(s[1:-1], base).section, s, [(p, o) for _, p, o in said]) for s, said in nodes]


def told(rows: Iterable[str]) -> Told:
    return [
        (family.section, s, [(p, o) for p, objects in node.items() for o in objects])
        for family in families(rows)
        for s, node in family.nodes.items()
    ]


@given(st.lists(quads, max_size=25))
@settings(max_examples=150, deadline=None)
def test_nodes_come_in_the_order_of_reading(found: list[Quad]) -> None:
    nodes = Nodes(lines_of([*QUADS, *found]))
    with Rows() as rows:
        rows.extend(row for _, row in nodes)
        expected = plainly([*QUADS, *found], nodes.base)
        assert told(rows) == expected
        owners = {(section, s[1:-1][: place(s[1:-1], nodes.base).owner]) for section, s, _ in expected}
        assert sum(counts(rows).values()) == len(owners)


@given(st.lists(quads, max_size=25))
@settings(max_examples=150, deadline=None)
def test_graphs_come_one_by_one(found: list[Quad]) -> None:
    every = [*QUADS, *found]
    nodes = Nodes(lines_of(every))
    got = {graph: told(rows) for graph, rows in by_graph(nodes)}
    assert list(got) == sorted({g for *_, g in every})
    assert got == {graph: plainly((q for q in every if q[3] == graph), nodes.base) for graph in got}


@given(st.lists(quads, max_size=25))
@settings(max_examples=150, deadline=None)
def test_n_triples_are_sorted_and_each_once(found: list[Quad]) -> None:
    assert written("nt", lines_of(found)) == "".join(sorted({f"{s} {p} {o} .\n" for s, p, o, _ in found}))


# ── More than fits ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("most_runs", [1, 2, 5, 1_000])
@pytest.mark.parametrize("form", list(WRITERS))
def test_what_does_not_fit_in_memory_is_written_the_same(
    form: str, most_runs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = written(form, LINES)
    monkeypatch.setattr(sorting, "_IN_MEMORY", 300)
    monkeypatch.setattr(sorting, "_MOST_RUNS", most_runs)
    assert written(form, LINES) == before


@given(
    st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n\r"), max_size=5)), st.booleans()
)
@settings(max_examples=100, deadline=None)
def test_rows_are_read_in_order_as_often_as_one_likes(texts: list[str], spills: bool) -> None:
    with pytest.MonkeyPatch.context() as patch:
        if spills:
            patch.setattr(sorting, "_IN_MEMORY", 7)
            patch.setattr(sorting, "_MOST_RUNS", 3)
        with Rows() as rows:
            for count, text in enumerate(texts):
                rows.add(text)
                if count % 5 == 0:
                    assert list(rows) == sorted(texts[: count + 1])
            assert list(rows) == list(rows) == sorted(texts)


def test_runs_on_disk_are_never_more_than_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sorting, "_IN_MEMORY", 1)
    monkeypatch.setattr(sorting, "_MOST_RUNS", 4)
    with Rows() as rows:
        rows.extend(str(number) for number in range(50))
        assert 0 < len(rows._runs) <= 4
        assert list(rows) == sorted(map(str, range(50)))


def test_a_spool_gives_what_was_put_aside() -> None:
    pairs = [("", "a"), ("<g>", "b"), ("<g>", "a"), ("<é>", ""), ("", "\u2028")]
    with Spool() as spool:
        spool.extend(pairs)
        assert list(spool) == list(spool) == pairs
    with Spool() as spool:
        assert list(spool) == []


# ── Many sources ──────────────────────────────────────────────────────────────────────────────────────────────────


def _header(form: str, lines: list[str]) -> dict[str, str]:
    """The prefixes of a document with their namespaces, shortened by the base."""
    words = [line.split() for line in written(form, lines).splitlines() if line.startswith("@prefix")]
    return {name: iri[1:-1].removeprefix(BASE) for _, name, iri, _ in words if iri.startswith(f"<{BASE}")}


@pytest.mark.parametrize("form", ["ttl", "trig"])
def test_each_of_many_sources_has_one_prefix(form: str) -> None:
    sources = [f"s{number}" for number in range(5)]
    facts = [
        (at(f"source/{source}/{kind}/x"), onr.evidence, at(f"source/{source}/words/1"), at(f"graph/asserted/{source}"))
        for source in sources
        for kind in ("event", "person")
    ]
    own = [(at("source/registry-people/words/1"), TYPE, onr.Event, at("graph/asserted/registry-people"))]
    shared = [(at("source/s0/event/x"), onr.about, at("person/ann"), at("graph/asserted/s0"))]
    found = _header(form, lines_of([*facts, *own, *shared]))
    expected = {f"{source}:": f"source/{source}/" for source in [*sources, "registry-people"]} | {"person:": "person/"}
    assert found == expected if form == "ttl" else found == {**expected, "graph:": "graph/"}


def test_namespaces_are_those_of_what_is_written_and_no_others() -> None:
    one = [(at("source/s/event/x"), TYPE, onr.Event, at("graph/asserted/s"))]
    assert _header("ttl", lines_of(one)) == {"event:": "source/s/event/"}
    typed = literal("1", f"{BASE}person/odd")
    assert _header("ttl", lines_of([*one, (*one[0][:1], rdfs.label, typed, one[0][3])])).keys() == {"event:", "person:"}
    assert _header("ttl", lines_of([*one, (*one[0][:1], onr.about, f"<{BASE}graph>", one[0][3])])).keys() == {
        "event:",
        "graph:",
    }


# ── Broken lines, selections ──────────────────────────────────────────────────────────────────────────────────────

BROKEN = [
    "<a:a> <a:b> .\n",
    "torn",
    '<a:a> <a:b> "x\ty" <a:g> .\n',
    '<a:a> <a:b> "x\x01y" <a:g> .\n',
    "<a:a> <a:b\tc> <a:d> .\n",
    '_:a <a:b> "c" .\n',
]


@pytest.mark.parametrize("form", [form for form in WRITERS if form != "nq"])
@pytest.mark.parametrize("line", BROKEN, ids=range(len(BROKEN)))
def test_a_broken_line_anywhere_is_refused(form: str, line: str) -> None:
    for lines in ([line], [*LINES[:5], line, *LINES[5:]], [*LINES, line]):
        with pytest.raises(InputError, match="not a line of canonical N-Quads"):
            written(form, lines)


@given(
    st.lists(quads, max_size=20), st.booleans(), st.booleans(), st.none() | st.sets(st.sampled_from(["ruling", "x"]))
)
@settings(max_examples=200, deadline=None)
def test_a_selection_is_what_looking_at_each_line_gives(
    found: list[Quad], inferred: bool, curated: bool, sources: set[str] | None
) -> None:
    without = {"inferred", "inferred-from-curated"} if not inferred else set()
    without |= {"curated", "inferred-from-curated"} if not curated else set()

    def wanted(name: str, otherwise: bool) -> bool:
        parts = graph_name(name)
        if parts is None:
            return otherwise
        return parts.kind == "metadata" or (parts.kind not in without and (sources is None or parts.source in sources))

    lines = lines_of([*QUADS, *found, (ASSERTED, rdfs.label, literal("g"), METADATA)])
    expected = []
    for line in lines:
        subject, _, _, graph = ntriples.split(line)
        is_about = graph == METADATA
        if wanted(graph, sources is None) and (not is_about or wanted(subject, True)):
            expected.append(line)
    if not without and sources is None:
        expected = lines
    assert list(select(lines, inferred=inferred, curated=curated, sources=sources)) == expected
