"""Clients that people have, as they come, against the endpoint."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import urlopen
from xml.dom.minidom import Document

import pytest
import rdflib
import SPARQLWrapper as wrapper
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from endpoints import Endpoint, built, endpoint

ONE, TWO = "https://example.org/one", "https://example.org/two"
P = rdflib.URIRef("https://example.org/p")
A, B = rdflib.URIRef("https://example.org/a"), rdflib.Literal('b, "ü"\n\'<>&', lang="en")
GRAPHS = {
    ONE: f"<{A}> <{P}> {json.dumps(str(B), ensure_ascii=False)}@en .\n".encode(),
    TWO: f"<{A}> <{P}> <{A}> .\n".encode(),
}
SELECT = "SELECT ?o WHERE { ?s <https://example.org/p> ?o FILTER isLiteral(?o) }"
CONSTRUCT = "CONSTRUCT WHERE { ?s <https://example.org/p> ?o }"
DESCRIBE = "DESCRIBE <https://example.org/a>"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    with endpoint(built(tmp_path_factory.mktemp("clients"), GRAPHS)) as running:
        yield running


# ── SPARQLWrapper ─────────────────────────────────────────────────────────────────────────────────────────────────


def _wrapped(served: Endpoint, query: str, form: str, method: str, how: str, *, conneg: bool) -> wrapper.SPARQLWrapper:
    client = wrapper.SPARQLWrapper(served.sparql)
    client.setQuery(query)
    client.setReturnFormat(form)
    client.setMethod(method)
    client.setRequestMethod(how)
    client.setOnlyConneg(conneg)
    client.setTimeout(30)
    return client


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # in SPARQLWrapper
@pytest.mark.parametrize("conneg", [True, False])
@pytest.mark.parametrize(
    ("method", "how"),
    [(wrapper.GET, wrapper.URLENCODED), (wrapper.POST, wrapper.URLENCODED), (wrapper.POST, wrapper.POSTDIRECTLY)],
)
class TestSparqlWrapper:
    """Each of its formats, by each way that it asks, with formats in the header alone and in the address as well."""

    def test_rows(self, served: Endpoint, method: str, how: str, conneg: bool) -> None:
        def converted(form: str) -> object:
            return _wrapped(served, SELECT, form, method, how, conneg=conneg).queryAndConvert()

        rows = converted(wrapper.JSON)
        assert isinstance(rows, dict)
        assert rows["results"]["bindings"] == [{"o": {"type": "literal", "value": str(B), "xml:lang": "en"}}]
        tree = converted(wrapper.XML)
        assert isinstance(tree, Document)
        (literal,) = tree.getElementsByTagName("literal")
        assert literal.getAttribute("xml:lang") == "en"
        assert "".join(str(child.nodeValue) for child in literal.childNodes) == str(B)
        for form, head in ((wrapper.CSV, b"o\r\n"), (wrapper.TSV, b"?o\n")):
            table = converted(form)
            assert isinstance(table, bytes)
            assert table.startswith(head)

    def test_truth(self, served: Endpoint, method: str, how: str, conneg: bool) -> None:
        for query, truth in (("ASK { ?s ?p ?o }", True), ("ASK { ?s <urn:none> ?o }", False)):
            answer = _wrapped(served, query, wrapper.JSON, method, how, conneg=conneg).queryAndConvert()
            assert isinstance(answer, dict)
            assert answer["boolean"] is truth

    def test_triples(self, served: Endpoint, method: str, how: str, conneg: bool) -> None:
        for query in (CONSTRUCT, DESCRIBE):
            for form in (wrapper.XML, wrapper.RDFXML, wrapper.JSONLD, wrapper.TURTLE, wrapper.N3):
                answer = _wrapped(served, query, form, method, how, conneg=conneg).queryAndConvert()
                if isinstance(answer, bytes):
                    answer = rdflib.Graph().parse(data=answer, format="turtle")
                assert isinstance(answer, rdflib.Graph)
                assert set(answer) == {(A, P, B), (A, P, A)}

    def test_a_dataset(self, served: Endpoint, method: str, how: str, conneg: bool) -> None:
        client = _wrapped(served, CONSTRUCT, wrapper.RDFXML, method, how, conneg=conneg)
        client.addDefaultGraph(TWO)
        answer = client.queryAndConvert()
        assert isinstance(answer, rdflib.Graph)
        assert set(answer) == {(A, P, A)}

    def test_errors_are_errors(self, served: Endpoint, method: str, how: str, conneg: bool) -> None:
        client = _wrapped(served, "SELECT * { ?s ?p }", wrapper.JSON, method, how, conneg=conneg)
        with pytest.raises(QueryBadFormed, match="line 1, column 19"):
            client.query()


def test_sparqlwrapper_cannot_update(served: Endpoint) -> None:
    client = _wrapped(served, "CLEAR ALL", wrapper.JSON, wrapper.POST, wrapper.URLENCODED, conneg=True)
    with pytest.raises(HTTPError, match="403"):
        client.query()


# ── rdflib ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
@pytest.mark.parametrize("form", ["xml", "json"])
class TestSparqlStore:
    """rdflib's graph on this endpoint."""

    def test_a_graph(self, served: Endpoint, method: str, form: str) -> None:
        graph = rdflib.Graph(SPARQLStore(served.sparql, method=method, returnFormat=form))
        assert (A, P, A) in graph
        assert (A, P, rdflib.URIRef("urn:none")) not in graph
        assert set(graph.triples((None, P, None))) == {(A, P, A), (A, P, B)}
        assert graph.value(A, P, any=True) in (A, B)
        assert len(list(graph.objects(A, P))) == 2

    def test_queries(self, served: Endpoint, method: str, form: str) -> None:
        graph = rdflib.Graph(SPARQLStore(served.sparql, method=method, returnFormat=form))
        assert list(graph.query(SELECT)) == [(B,)]
        bound = graph.query("SELECT ?o WHERE { ?s ?p ?o }", initBindings={"p": P, "o": A})
        assert list(bound) == [(A,)]
        assert graph.query("ASK { ?s <https://example.org/p> ?o }").askAnswer is True
        if form == "xml":  # else rdflib accepts no format of triples
            constructed = graph.query(CONSTRUCT).graph
            assert constructed is not None
            assert set(constructed) == {(A, P, A), (A, P, B)}

    def test_a_named_graph(self, served: Endpoint, method: str, form: str) -> None:
        store = SPARQLStore(served.sparql, method=method, returnFormat=form)
        two = rdflib.Graph(store, identifier=TWO)
        assert set(two.triples((None, P, None))) == {(A, P, A)}
        assert len(two) == 1


# ── The command line, and the standard library ────────────────────────────────────────────────────────────────────


def _curl(*words: str) -> "subprocess.CompletedProcess[str]":
    if not (program := shutil.which("curl")):
        pytest.skip("there is no curl on this machine")
    return subprocess.run([program, "--silent", "--show-error", *words], capture_output=True, text=True, check=False)


def test_curl_asks_in_each_way(served: Endpoint, tmp_path: Path) -> None:
    file = tmp_path / "query.rq"
    file.write_text(SELECT, encoding="utf-8")
    csv = 'o\n"b, ""ü""\n\'<>&"\n'
    accept = ("--header", "Accept: text/csv")
    ways = (
        ("--get", "--data-urlencode", f"query={SELECT}"),
        ("--data-urlencode", f"query@{file}"),
        ("--data-binary", f"@{file}", "--header", "Content-Type: application/sparql-query"),
        ("--get", "--data-urlencode", f"query={SELECT}", "--http1.0"),
        ("--data-urlencode", f"query@{file}", "--header", "Transfer-Encoding: chunked"),
        ("--data-urlencode", f"query@{file}", "--header", "Expect: 100-continue"),
    )
    for way in ways:
        assert _curl(*accept, *way, served.sparql).stdout == csv
    told = _curl("--head", "--get", "--data-urlencode", "query=ASK {}", served.sparql).stdout
    assert told.startswith("HTTP/1.1 200")
    assert "content-type: application/sparql-results+json" in told
    failed = _curl("--fail", "--get", "--data-urlencode", "query=ASK", served.sparql)
    assert failed.returncode == 22
    assert "400" in failed.stderr


def test_the_standard_library_asks(served: Endpoint) -> None:
    with urlopen(f"{served.sparql}?{urlencode({'query': SELECT})}", timeout=30) as response:
        assert json.load(response)["results"]["bindings"][0]["o"]["value"] == str(B)
