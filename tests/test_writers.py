"""Writers: what is read back is what was written."""

from itertools import pairwise
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord import ntriples
from onrecord.errors import InputError
from onrecord.ntriples import literal
from onrecord.vocabulary.context import properties
from onrecord.vocabulary.term import TYPE, XSD_STRING
from onrecord.vocabulary.terms import onr, rdfs
from onrecord.writers import WRITERS
from releases import (
    ASSERTED,
    BAN,
    BASE,
    CURATED,
    LINES,
    METADATA,
    PEOPLE,
    QUADS,
    SOURCE,
    XSD,
    Quad,
    lines_of,
    written,
)

ALL = list(WRITERS)
OX = {
    "ttl": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "nq": ox.RdfFormat.N_QUADS,
    "nt": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "ndjson": ox.RdfFormat.JSON_LD,
}


def parsed(text: str, form: ox.RdfFormat, holds_graphs: bool = True) -> list[str]:
    """The quads of a text, or its triples where graphs do not count, as pyoxigraph reads them, sorted."""
    found = ox.parse(text.encode(), format=form)
    return sorted(str(quad) if holds_graphs else str(quad.triple) for quad in found)


def assert_same(form: str, lines: list[str]) -> None:
    """Reading back what was written gives exactly what was there, each once."""
    text, holds_graphs = written(form, lines), WRITERS[form].holds_graphs
    texts = text.splitlines() if form == "ndjson" else [text]
    back = sorted(quad for one in texts for quad in parsed(one, OX[form], holds_graphs))
    assert back == sorted(set(parsed("".join(lines), ox.RdfFormat.N_QUADS, holds_graphs)))


# ── What is read back is what was written ─────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("form", ALL)
def test_a_small_dataset_is_read_back_as_it_was(form: str) -> None:
    assert_same(form, LINES)


@pytest.mark.parametrize("form", ALL)
def test_the_founding_dataset_is_read_back_as_it_was(form: str, founding: Path) -> None:
    with (founding / "latest" / "dataset.nq").open(encoding="utf-8", newline="\n") as stream:
        lines = list(stream)
    assert len(lines) > 1_000
    assert_same(form, lines)


def _rdflib(text: str, form: str, monkeypatch: pytest.MonkeyPatch) -> set[tuple[str, ...]]:
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)
    graph = rdflib.Dataset()
    graph.parse(data=text, format=form)
    default = str(graph.default_graph.identifier)
    return {
        (*(n.n3() for n in (s, p, o)), "" if str(g) in {default, "None"} else str(g)) for s, p, o, g in graph.quads()
    }


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # in rdflib's own parsers
@pytest.mark.parametrize(("form", "name"), [("ttl", "turtle"), ("trig", "trig"), ("jsonld", "json-ld"), ("nt", "nt")])
def test_rdflib_reads_the_same(form: str, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = _rdflib("".join(LINES), "nquads", monkeypatch)
    if not WRITERS[form].holds_graphs:
        before = {(s, p, o, "") for s, p, o, _ in before}
    assert len(before) > 15
    after = _rdflib(written(form, LINES), name, monkeypatch)
    assert {q[:3] for q in after} == {q[:3] for q in before}
    if WRITERS[form].holds_graphs:
        assert after == before


ODD_IRIS = [
    *(
        "schema:Person",
        "label:x",
        "id:x",
        "graph:asserted",
        "Designation:y",
        "urn:a:b",
        "mailto:a@b.c",
        "type:",
        "prov:a/b",
    ),
    *(
        "http://e.org",
        "http://e.org/",
        "http://e.org/#",
        "http://e.org/a#b/c",
        "http://e.org/é/ü",
        "http://e.org/a%2Fb%20",
    ),
    *(
        "http://e.org/a.",
        "http://e.org/a/../b",
        "http://e.org/a/./b",
        "http://e.org//b",
        "http://e.org/a:b?c=d&e=(f)*'!~$",
    ),
    *("https://schema.org/", "https://schema.org/a/b", "https://schema.org/-a", "https://w3id.org/onrecord/ns#"),
    *(
        "https://w3id.org/onrecord/ns#label",
        "https://w3id.org/onrecord/ns#a.",
        "https://w3id.org/onrecord/scheme/unit/",
    ),
    *("https://w3id.org/onrecord/scheme/unit/a/b", "http://www.w3.org/1999/02/22-rdf-syntax-ns#nil"),
]
ODD_PATHS = [
    *(
        "",
        "person",
        "person/",
        "person/a.",
        "person/.a",
        "person/..",
        "person/../x",
        "person/a:b",
        "a:b",
        "person//a",
        "-a",
    ),
    *(
        "person/a/./b",
        "person/ü",
        "person/%41",
        "person/a?b",
        "person/a#b",
        "source",
        "source/",
        "source/s",
        "source/s/",
    ),
    *(
        "source/s/designation/d",
        "source/s/designation/d/start",
        "source/s/designation/d-e",
        "source/s/designation/d/start/x",
    ),
    *(
        "source/s/designation/d/2",
        "source/s/designation/d/10",
        "source/t/person/p",
        "source/s/published",
        "curator",
        "a",
    ),
    *(
        "source/s/statement/t/asserts/1",
        "source/s/statement/t/asserts/1/start",
        "source/registry-x/words/1",
        "graph/x/y",
    ),
    *("person/_", "_", "person/@id", "person/0", "organization/true", "source/unit/event/e", "source/Ü/event/e"),
]
TEXTS = [
    "",
    "@id",
    "@value",
    "_:b0",
    "a\\",
    '"',
    '"""',
    "\\u0041",
    "\x00\x1f\x7f\x85\u2028\u202e",
    "\r\n\t",
    "👩‍👩‍👧",
    "<a>",
    "# no",
]
NUMBERS = [
    "0",
    "-0",
    "01",
    "+1",
    "1.0",
    "-1.50",
    ".5",
    "5.",
    "1e3",
    "9007199254740993",
    "1" * 40,
    "true",
    "false",
    "1",
    " 1",
]
DATATYPES = [
    *(XSD_STRING, *(f"{XSD}{name}" for name in ("integer", "decimal", "boolean", "double", "date", "anyURI"))),
    *(
        "http://id.loc.gov/datatypes/edtf/EDTF",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON",
        "schema:Odd",
        "urn:d",
    ),
]
PREDICATES = [TYPE, *properties(), f"<{BASE}p>", "<schema:p>", "<urn:p:q>", "<http://e.org/p/>"]

iris = st.one_of(
    st.sampled_from(ODD_IRIS),
    st.sampled_from(ODD_PATHS).map(lambda path: BASE + path),
    st.text("aB0_-.:/%é~()", max_size=12).map(lambda text: f"{BASE}person/{text.replace('%', '%41')}"),
).map(ntriples.iri)
texts = st.one_of(st.sampled_from(TEXTS), st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
literals = st.one_of(
    st.builds(literal, texts, language=st.sampled_from(["en", "fa", "zh-hant-tw", "x-private"])),
    st.builds(literal, texts | st.sampled_from(NUMBERS), st.sampled_from(DATATYPES)),
    texts.map(lambda text: literal(text * 300)),
)
graphs = st.sampled_from([ASSERTED, CURATED, PEOPLE, METADATA, "<urn:g>", "<schema:g>", f"<{BASE}g.>", ""])
quads = st.tuples(iris, st.sampled_from(PREDICATES), iris | literals, graphs)


@pytest.mark.parametrize("form", ALL)
@given(found=st.lists(quads, max_size=25))
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_hostile_data_are_read_back_as_they_were(form: str, found: list[Quad]) -> None:
    assert_same(form, lines_of(found))
    assert_same(form, lines_of([*QUADS, *found]))


@pytest.mark.parametrize("form", ALL)
def test_every_odd_address_is_read_back_as_it_was(form: str) -> None:
    odd = [ntriples.iri(text) for text in (*ODD_IRIS, *(BASE + path for path in ODD_PATHS))]
    assert_same(form, lines_of((one, onr.about, two, ASSERTED) for one in odd for two in odd))
    assert_same(
        form, lines_of((one, p, one, ASSERTED) for one in odd for p in (TYPE, onr.about, rdfs.label, "<urn:p>"))
    )


@pytest.mark.parametrize("form", ALL)
def test_every_number_keeps_its_form(form: str) -> None:
    kept = [literal(text, datatype) for text in NUMBERS for datatype in DATATYPES if "/" in datatype]
    told = [term for term in properties().values() if term.range]
    assert_same(form, lines_of((SOURCE, term, o, ASSERTED) for term in told for o in kept))


@pytest.mark.parametrize("form", ALL)
def test_long_chains_of_nodes_are_read_back(form: str) -> None:
    nodes = [BAN[:-1] + "/a" * depth + ">" for depth in range(1_500)]
    down = [(one, onr.about, two, ASSERTED) for one, two in pairwise(nodes)]
    assert_same(form, lines_of(down))
    assert_same(form, lines_of((two, p, one, g) for one, p, two, g in down))


@pytest.mark.parametrize("form", ALL)
def test_nothing_gives_a_document_with_nothing(form: str) -> None:
    assert_same(form, [])


@pytest.mark.parametrize("form", [form for form in ALL if form != "nq"])
def test_what_is_no_n_quads_is_refused(form: str) -> None:
    with pytest.raises(InputError, match="not a line of canonical N-Quads"):
        written(form, ["<a> <b> .\n"])
