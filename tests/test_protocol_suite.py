"""The W3C's tests of the SPARQL 1.1 Protocol, driven by their manifest, against a server over HTTP.

This endpoint is read-only: the tests whose first request updates cannot pass, and that request must be refused. The
suite's tests of the Graph Store Protocol are not run: that is another protocol, which this server does not offer (a
graph is read with `CONSTRUCT … FROM`), and all of its tests but a few change graphs.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest
import rdflib
from rdflib.collection import Collection
from rdflib.term import Node

from endpoints import Endpoint, built, endpoint

SUITE = Path(__file__).resolve().parents[2] / "shared/suites/w3c-sparql11-protocol/protocol"
MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
HT = rdflib.Namespace("http://www.w3.org/2011/http#")
CNT = rdflib.Namespace("http://www.w3.org/2011/content#")
UT = rdflib.Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
EMPTY = "http://kasei.us/2009/09/sparql/data/data0.rdf"
"""A graph that requests name, and that no test gives any data."""
COUNT = 34
UPDATING = {
    "update_base_uri",
    "update_dataset_default_graph",
    "update_dataset_default_graphs",
    "update_dataset_full",
    "update_dataset_named_graphs",
    "update_post_direct",
    "update_post_form",
}
"""Tests that cannot pass where nothing can be changed."""
_RESULTS = {"application/sparql-results+json", "application/sparql-results+xml"}
FORMATS = {
    "boolean": _RESULTS,
    "tabular": _RESULTS | {"text/csv", "text/tab-separated-values"},
    "RDF": {"text/turtle", "application/n-triples", "application/rdf+xml"},
}


@dataclass(frozen=True)
class Exchange:
    """A request, and what is expected of its response: the first digits that its status may have, its format, truth."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes | None
    statuses: set[str]
    form: str
    truth: bool | None


@dataclass(frozen=True)
class Case:
    """A test of the manifest."""

    name: str
    exchanges: tuple[Exchange, ...]


def _members(graph: rdflib.Graph, node: Node | None, name: Node) -> list[Node]:
    """The members of a list that a node has."""
    held = graph.value(node, name)
    return list(Collection(graph, held)) if held is not None else []


def _exchange(graph: rdflib.Graph, request: Node) -> Exchange:
    def text(node: Node | None, name: Node) -> str:
        return str(graph.value(node, name) or "")

    body, response = graph.value(request, HT.body), graph.value(request, HT.resp)
    fields = _members(graph, request, HT.headers)
    truth = graph.value(response, MF.expectedBoolean)
    return Exchange(
        text(request, HT.methodName),
        text(request, HT.absolutePath),
        {text(field, HT.fieldName): text(field, HT.fieldValue) for field in fields},
        text(body, CNT.chars).encode(text(body, CNT.characterEncoding)) if body is not None else None,
        {str(status).removesuffix("xx")[-1] for status in graph.objects(response, MF.expectedStatus)},
        text(response, MF.expectedFormat),
        bool(truth) if truth is not None else None,
    )


def _cases() -> Iterator[Case]:
    if not SUITE.is_dir():
        return
    graph = rdflib.Graph().parse(SUITE / "manifest.ttl", format="turtle")
    for entry in _members(graph, graph.value(None, rdflib.RDF.type, MF.Manifest), MF.entries):
        requests = _members(graph, graph.value(entry, MF.action), HT.requests)
        yield Case(str(entry).rpartition("#")[2], tuple(_exchange(graph, request) for request in requests))


def _graphs() -> dict[str, bytes]:
    """The graphs that the manifest's tests need, with their data."""
    graph = rdflib.Graph().parse(SUITE / "manifest.ttl", format="turtle")
    found = {EMPTY: b""}
    for given in graph.objects(None, UT.graphData):
        name, file = graph.value(given, rdflib.RDFS.label), graph.value(given, UT.graph)
        found[str(name)] = (SUITE / str(file).rpartition("/")[2]).read_bytes()
    return found


CASES = list(_cases())


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    if not SUITE.is_dir():
        pytest.skip("there is no folder ../shared/suites: the W3C's tests are not part of this repository")
    with endpoint(built(tmp_path_factory.mktemp("suite"), _graphs())) as running:
        yield running


def _response(served: Endpoint, exchange: Exchange) -> httpx.Response:
    address = served.address.removesuffix("/") + exchange.path
    return httpx.request(exchange.method, address, headers=exchange.headers, content=exchange.body, timeout=30)


def _truth(response: httpx.Response) -> bool:
    form = ox.QueryResultsFormat.from_media_type(response.headers["content-type"])
    assert form is not None
    answer = ox.parse_query_results(response.content, form)
    assert isinstance(answer, ox.QueryBoolean)
    return bool(answer)


def test_the_suite_is_read_whole() -> None:
    if not SUITE.is_dir():
        pytest.skip("there is no folder ../shared/suites: the W3C's tests are not part of this repository")
    assert len(CASES) == len({case.name for case in CASES}) == COUNT
    updating = {case.name for case in CASES if case.name.startswith("update_")}
    assert updating == UPDATING
    assert all(case.exchanges[0].statuses == {"2", "3"} for case in CASES if case.name in UPDATING)
    assert sum(e.truth is not None for case in CASES if case.name not in UPDATING for e in case.exchanges) == 9


@pytest.mark.parametrize("case", [c for c in CASES if c.name not in UPDATING], ids=lambda case: case.name)
def test_a_test_of_the_protocol_passes(served: Endpoint, case: Case) -> None:
    for exchange in case.exchanges:
        response = _response(served, exchange)
        assert str(response.status_code)[0] in exchange.statuses, response.text
        media = response.headers["content-type"].partition(";")[0]
        if exchange.form:
            assert media in FORMATS[exchange.form]
        if exchange.form == "RDF":
            form = ox.RdfFormat.from_media_type(media)
            assert form is not None
            list(ox.parse(response.content, form))
        if exchange.form == "tabular":
            table = ox.QueryResultsFormat.from_media_type(media)
            assert table is not None
            rows = ox.parse_query_results(response.content, table)
            assert isinstance(rows, ox.QuerySolutions)
            assert len(list(rows)) == 1
        if exchange.truth is not None:
            assert _truth(response) == exchange.truth
        if exchange.statuses == {"4"}:
            assert media == "application/problem+json"
            assert response.json()["status"] == response.status_code


@pytest.mark.parametrize("case", [c for c in CASES if c.name in UPDATING], ids=lambda case: case.name)
def test_what_would_update_is_refused(served: Endpoint, case: Case) -> None:
    first = _response(served, case.exchanges[0])
    assert first.status_code == 403
    assert "read-only" in first.json()["title"]
