"""What the service says of itself: the W3C's three tests of service descriptions, and that it says what is so."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest
import rdflib
from rdflib import RDF, RDFS, VOID, Namespace, URIRef

from endpoints import Endpoint, built, endpoint
from onrecord.dataset import settings
from onrecord.dataset.segments import Options
from onrecord.errors import InputError
from onrecord.release.building import build
from onrecord.release.labels import Labelled
from onrecord.server.desk import Desk
from onrecord.server.sparql import description, media

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
FORMATS = Namespace("http://www.w3.org/ns/formats/")
NONE = "https://example.org/none"
MANIFEST = Path(__file__).resolve().parents[2] / "shared/suites/w3c-sparql11-protocol/service-description/manifest.ttl"
SCHEMA = {
    SD.endpoint: (SD.Service, None),
    SD.feature: (SD.Service, None),
    SD.defaultEntailmentRegime: (SD.Service, None),
    SD.supportedLanguage: (SD.Service, None),
    SD.resultFormat: (SD.Service, None),
    SD.defaultDataset: (SD.Service, SD.Dataset),
    SD.defaultGraph: (SD.Dataset, SD.Graph),
    SD.namedGraph: (SD.Dataset, SD.NamedGraph),
    SD.name: (SD.NamedGraph, None),
    SD.graph: (SD.NamedGraph, SD.Graph),
}
"""The class of the subject and of the object of each property that is used (section 3.4 of the specification), where
they are classes of which a member can be told here."""


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("plain"), {NONE: b""})


@pytest.fixture(scope="module")
def labelled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = built(tmp_path_factory.mktemp("labelled"))
    given = settings.load(folder)
    build(Options(folder, given, folder / given.out), lambda stage, done, of: None, Labelled("2026.1", "2026-01-31"))
    return folder


@pytest.fixture(scope="module", params=["plain", "labelled"])
def served(request: pytest.FixtureRequest) -> Iterator[Endpoint]:
    with endpoint(request.getfixturevalue(request.param)) as running:
        yield running


@pytest.fixture(scope="module")
def told(served: Endpoint) -> rdflib.Graph:
    response = httpx.get(served.sparql, headers={"accept": "text/turtle"})
    assert response.status_code == 200
    return rdflib.Graph().parse(data=response.content, format="turtle")


def test_every_test_of_the_suite_is_here() -> None:
    if not MANIFEST.is_file():
        pytest.skip("there is no folder ../shared/suites: the W3C's tests are not part of this repository")
    manifest = rdflib.Graph().parse(MANIFEST, format="turtle")
    kind = URIRef("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#ServiceDescriptionTest")
    names = {str(node).rpartition("#")[2] for node in manifest.subjects(RDF.type, kind)}
    assert names == {"returns-rdf", "has-endpoint-triple", "conforms-to-schema"}


@pytest.mark.parametrize("one", media.GRAPHS, ids=lambda one: one.accepted)
def test_returns_rdf(served: Endpoint, told: rdflib.Graph, one: media.Format) -> None:
    for address in (served.sparql, f"{served.sparql}/"):
        response = httpx.get(address, headers={"accept": one.accepted})
        form = ox.RdfFormat.from_media_type(response.headers["content-type"].partition(";")[0])
        assert form is not None
        triples = {str(quad.triple) for quad in ox.parse(response.content, form)}
        assert len(triples) == len(told)
        assert f"<{address}> <{RDF.type}> <{SD.Service}>" in triples
        assert f"<{address}> <{SD.endpoint}> <{address}>" in triples


def test_has_endpoint_triple(served: Endpoint, told: rdflib.Graph) -> None:
    assert list(told.objects(None, SD.endpoint)) == [URIRef(served.sparql)]


def test_conforms_to_schema(told: rdflib.Graph) -> None:
    used = {URIRef(str(p)) for p in told.predicates(unique=True) if str(p).startswith(str(SD))}
    assert used == set(SCHEMA)
    for term, (subject, value) in SCHEMA.items():
        for s, o in told.subject_objects(term):
            assert (s, RDF.type, subject) in told
            assert value is None or (o, RDF.type, value) in told


def test_what_is_not_supported_is_not_claimed(served: Endpoint, told: rdflib.Graph) -> None:
    assert set(told.objects(None, SD.feature)) == {SD.UnionDefaultGraph}
    assert set(told.objects(None, SD.supportedLanguage)) == {SD.SPARQL11Query}
    for fragment in ("SERVICE <urn:x> { ?s ?p ?o }", "GRAPH ?g { ?s ?p ?o }"):
        status = httpx.get(served.sparql, params={"query": f"ASK {{ {fragment} }}"}).status_code
        assert status == (400 if "SERVICE" in fragment else 200)
    union = httpx.get(served.sparql, params={"query": "ASK { ?s ?p ?o MINUS { GRAPH ?g { ?s ?p ?o } } }"})
    assert union.json()["boolean"] is False  # the default graph holds what the named graphs hold
    assert httpx.get(served.sparql, params={"query": "ASK { ?s ?p ?o }"}).json()["boolean"] is True


def test_every_format_that_is_told_can_be_had(served: Endpoint, told: rdflib.Graph) -> None:
    names = {
        "SPARQL_Results_JSON": "application/sparql-results+json",
        "SPARQL_Results_XML": "application/sparql-results+xml",
        "SPARQL_Results_CSV": "text/csv",
        "SPARQL_Results_TSV": "text/tab-separated-values",
        "Turtle": "text/turtle",
        "N-Triples": "application/n-triples",
        "N-Quads": "application/n-quads",
        "TriG": "application/trig",
        "RDF_XML": "application/rdf+xml",
        "JSON-LD": "application/ld+json",
    }
    assert set(told.objects(None, SD.resultFormat)) == {FORMATS[name] for name in names}
    for name, accept in names.items():
        query = "SELECT * { }" if accept in ("text/csv", "text/tab-separated-values") or "results" in accept else None
        params = {"query": query or "CONSTRUCT { <urn:a> <urn:b> 1 } { }"}
        response = httpx.get(served.sparql, params=params, headers={"accept": accept})
        assert (response.status_code, response.headers["content-type"].partition(";")[0]) == (200, accept), name


def test_every_named_graph_is_told_with_what_it_is(served: Endpoint, told: rdflib.Graph) -> None:
    rows = httpx.get(
        served.sparql, params={"query": "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"}
    )
    counts = {row["g"]["value"]: int(row["n"]["value"]) for row in rows.json()["results"]["bindings"]}
    assert counts
    names = {str(name) for name in told.objects(None, SD.name)}
    assert names - {NONE} == set(counts)
    onr = "https://w3id.org/onrecord/ns#"
    for name, count in counts.items():
        assert [int(str(n)) for n in told.objects(URIRef(name), VOID.triples)] == [count]
        if "/graph/asserted/" in name:
            kind = told.value(URIRef(name), URIRef(f"{onr}graphKind"))
            assert str(kind).endswith("/asserted")


def test_the_default_graph_has_the_statistics_of_the_catalogue(
    request: pytest.FixtureRequest, served: Endpoint, told: rdflib.Graph
) -> None:
    graph = told.value(told.value(None, RDF.type, SD.Dataset), SD.defaultGraph)
    assert (graph, RDF.type, VOID.Dataset) in told
    assert (graph, VOID.sparqlEndpoint, URIRef(served.sparql)) in told
    counted = httpx.get(served.sparql, params={"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"}).json()
    count = told.value(graph, VOID.triples)
    if "release/2026.1" in str(graph):
        assert str(count) == counted["results"]["bindings"][0]["n"]["value"]
        assert list(told.objects(graph, VOID.propertyPartition))
    else:
        assert count is None  # an unlabelled release has no catalogue


def test_many_graphs_are_counted_and_how_to_list_them_is_said(plain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from io import BytesIO

    monkeypatch.setattr(description, "MOST_GRAPHS", 1)
    desk = Desk(plain, plain / settings.load(plain).out / "latest")
    reply = description.describe(desk, {"address": "http://x.example/sparql", "graph": ("nt", "application/n-triples")})
    assert callable(reply.body)
    out = BytesIO()
    reply.body(out)
    graph = rdflib.Graph().parse(data=out.getvalue(), format="nt")
    assert not list(graph.objects(None, SD.namedGraph))
    (comment,) = graph.objects(None, RDFS.comment)
    query = str(comment).partition(": ")[2]
    rows = desk.store.query(query)
    assert isinstance(rows, ox.QuerySolutions)
    assert str(comment).startswith(f"There are {len(list(rows))} named graphs")


def test_what_is_no_address_is_not_described(served: Endpoint, plain: Path) -> None:
    desk = Desk(plain, plain / settings.load(plain).out / "latest")
    with pytest.raises(InputError):
        description.describe(desk, {"address": "http://a<b>/sparql", "graph": ("nt", "application/n-triples")})
    response = httpx.get(served.sparql, headers={"host": "a<b>"})
    assert response.status_code in (200, 400)
    assert b"a<b" not in response.content


def test_the_well_known_place_leads_to_the_description(served: Endpoint) -> None:
    response = httpx.get(f"{served.address}.well-known/void", headers={"accept": "text/turtle"}, follow_redirects=True)
    assert [r.status_code for r in response.history] == [303]
    assert str(response.url) == served.sparql
    assert b"Service" in response.content


def test_a_description_can_be_asked_for_in_a_format(served: Endpoint) -> None:
    response = httpx.get(served.sparql, params={"format": "nt"}, headers={"accept": "text/html"})
    assert response.headers["content-type"] == "application/n-triples; charset=utf-8"
    assert httpx.get(served.sparql, headers={"accept": "text/html"}).status_code == 303
    assert httpx.get(served.sparql, headers={"accept": "text/csv"}).status_code == 406
    assert httpx.post(served.sparql, data={}).status_code == 415
