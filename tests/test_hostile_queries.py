"""No query ends the server, leaves the machine, or runs for ever: `../shared/design/dangers.md`, engines and server."""

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import quote

import httpx
import pytest

from endpoints import Endpoint, built, endpoint
from onrecord.server.pool import Limits

DEPTHS = (10, 50, 99, 101, 1_000, 3_000, 6_000, 20_000, 200_000)
SMALL, LIMIT = 50, 100
BODY = {"content-type": "application/sparql-query"}
LIMITS = Limits(seconds=1.5, turns=0.2, rows=10, answer_bytes=2_000_000, memory=1 << 29, workers=2)

NESTED: dict[str, Callable[[int], str]] = {
    "groups": lambda n: "ASK " + "{" * n + "}" * n,
    "brackets": lambda n: "ASK { FILTER(" + "(" * n + "1" + ")" * n + ") }",
    "nameless nodes": lambda n: "ASK { ?s ?p " + "[ ?p " * n + "1" + " ]" * n + " }",
    "lists": lambda n: "ASK { ?s ?p " + "( " * n + " )" * n + " }",
    "negations": lambda n: "ASK { FILTER(" + "!" * n + "true) }",
    "paths": lambda n: "ASK { ?s " + "(" * n + "<urn:p>" + ")*" * n + " ?o }",
    "subqueries": lambda n: "ASK { " + "{SELECT * {" * n + "}}" * n + " }",
    "options": lambda n: "ASK { " + "OPTIONAL {" * n + "}" * n + " }",
    "existence": lambda n: "ASK { " + "FILTER EXISTS {" * n + "}" * n + " }",
    "functions": lambda n: "ASK { FILTER(" + "CONCAT(" * n + "1" + ")" * n + ") }",
    "triple terms": lambda n: "ASK { ?s ?p " + "<<( ?a ?b " * n + "1" + " )>>" * n + " }",
    "annotations": lambda n: "ASK { ?s ?p ?o " + "{| ?p ?o " * n + "|}" * n + " }",
}
"""What is nested by brackets or signs: beyond a depth it is refused before the engine sees it."""
CHAINED: dict[str, Callable[[int], str]] = {
    "sums": lambda n: "ASK { FILTER(" + "1+" * n + "1) }",
    "choices": lambda n: "ASK { FILTER(" + "?a||" * n + "?b) }",
    "sequences": lambda n: "ASK { ?s " + "<urn:p>/" * n + "<urn:p> ?o }",
    "unions": lambda n: "ASK { " + "{} UNION " * n + "{} }",
    "patterns": lambda n: "ASK { " + "?a ?b ?c . " * n + "}",
    "subtractions": lambda n: "ASK { " + "MINUS {} " * n + "}",
}
"""What becomes a deep tree without brackets: the engine may die of it, in a worker."""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    with endpoint(built(tmp_path_factory.mktemp("hostile")), LIMITS) as running:
        yield running


def ask(served: Endpoint, query: str | bytes, **headers: str) -> httpx.Response:
    content = query if isinstance(query, bytes) else query.encode()
    return httpx.post(served.sparql, content=content, headers=BODY | headers, timeout=60)


def assert_alive(served: Endpoint) -> None:
    response = ask(served, "ASK {}")
    assert (response.status_code, response.json()["boolean"]) == (200, True)


def assert_refused(response: httpx.Response, *statuses: int) -> str:
    """That it is a clear refusal; its title."""
    assert response.status_code in statuses, response.text
    assert response.headers["content-type"] == "application/problem+json"
    return str(response.json()["title"])


# ── Depth ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("form", NESTED)
def test_a_nested_query_is_answered_or_refused(served: Endpoint, form: str) -> None:
    died = served.holding.counts.died
    for depth in DEPTHS:
        response = ask(served, NESTED[form](depth))
        if depth <= LIMIT and response.status_code == 200:
            assert response.json()["boolean"] in (True, False)
        elif depth <= LIMIT:
            assert_refused(response, 400, 503)
        else:
            told = assert_refused(response, 400, 413, 503)  # 503: reading it alone takes too long
            assert any(word in told for word in ("nested more than", "bytes", "longer than")), told
    assert served.holding.counts.died == died
    assert_alive(served)


@pytest.mark.parametrize("form", CHAINED)
def test_a_chain_ends_a_worker_at_most(served: Endpoint, form: str) -> None:
    for depth in (10, 3_000, 200_000):
        response = ask(served, CHAINED[form](depth))
        if depth == 10:
            assert response.status_code == 200
        elif response.status_code != 200:
            assert_refused(response, 400, 413, 503)
        assert_alive(served)


def test_a_worker_that_dies_of_a_query_is_told_and_replaced(served: Endpoint) -> None:
    died = served.holding.counts.died
    told = assert_refused(ask(served, CHAINED["sums"](20_000)), 400)
    assert "ended the engine" in told
    assert served.holding.counts.died == died + 1
    assert_alive(served)


# ── What would leave the machine ──────────────────────────────────────────────────────────────────────────────────


@contextmanager
def listening() -> Iterator[tuple[str, list[object]]]:
    """A place that somebody might be led to: its address, and who came."""
    came: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def wait() -> None:
            while True:
                try:
                    connection, address = server.accept()
                except OSError:
                    return
                came.append(address)
                connection.close()

        thread = threading.Thread(target=wait, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/x", came
        server.shutdown(socket.SHUT_RDWR)
        thread.join(10)


def test_the_listener_hears_who_comes() -> None:
    with listening() as (address, came):
        with pytest.raises(httpx.TransportError):
            httpx.get(address, timeout=10)
        assert len(came) == 1


SERVICES = (
    "SELECT * { SERVICE <%s> { ?s ?p ?o } }",
    "SELECT * { SERVICE SILENT <%s> { ?s ?p ?o } }",
    "SELECT * { service<%s>{ ?s ?p ?o } }",
    "SELECT * { SeRvIcE#x\n<%s>#\n{ ?s ?p ?o } }",
    "SELECT * { BIND(<%s> AS ?x) SERVICE ?x { ?s ?p ?o } }",
    "PREFIX x: <%s> SELECT * { SERVICE x: { ?s ?p ?o } }",
    "BASE <%s> SELECT * { SERVICE <> { ?s ?p ?o } }",
    "SELECT * { { SELECT * { SERVICE SILENT <%s> { ?s ?p ?o } } } }",
    "ASK { OPTIONAL { SERVICE SILENT <%s> { ?s ?p ?o } } }",
    "ASK { FILTER EXISTS { SERVICE <%s> { ?s ?p ?o } } }",
    "ASK { FILTER NOT EXISTS { SERVICE SILENT <%s> { ?s ?p ?o } } }",
    "ASK { {} UNION { SERVICE <%s> { ?s ?p ?o } } }",
    "ASK { MINUS { SERVICE <%s> {} } }",
    "ASK { GRAPH ?g { SERVICE <%s> { ?s ?p ?o } } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <%s> { ?s ?p ?o } }",
    "DESCRIBE ?s { SERVICE <%s> { ?s ?p ?o } }",
    "ASK { FILTER(trueSERVICE<%s>{} ) }",
    "ASK { ?s ?p 1.SERVICE<%s>{ ?s ?p ?o } }",
    "ASK { ?s ?p 'x'SERVICE<%s>{ ?s ?p ?o } }",
    "ASK { ?s ?p '''x\n#'''SERVICE<%s>{ ?s ?p ?o } }",
    "ASK { ?s ?p 'x'@enSERVICE <%s> { ?s ?p ?o } }",
    "ASK { ?s ?p <x>SERVICE<%s>{ ?s ?p ?o } }",
    "ASK { \\u0053ERVICE <%s> { ?s ?p ?o } }",
    "ASK { FILTER(?a<?b)SERVICE<%s>{ ?s ?p ?o } }",
    "ASK { FILTER(?a<?b&&?c>?d) SERVICE <%s> { ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o } #\rSERVICE\r\n LIMIT 1 VALUES ?x { <%s> }",
)


def test_nothing_asks_another_service(served: Endpoint) -> None:
    with listening() as (address, came):
        for form in SERVICES:
            assert_refused(ask(served, form % address), 400)
            assert_refused(httpx.get(served.sparql, params={"query": form % address}), 400)
        assert_alive(served)
        assert came == []


FOREIGN = (
    "SELECT * FROM <%s> { ?s ?p ?o }",
    "SELECT * FROM NAMED <%s> { GRAPH ?g { ?s ?p ?o } }",
    "SELECT * FROM#x\n<%s> { ?s ?p ?o }",
    "PREFIX x: <%s> SELECT * FROM x: { ?s ?p ?o }",
    "BASE <%s> SELECT * FROM <> { ?s ?p ?o }",
    "CONSTRUCT FROM <%s> WHERE { ?s ?p ?o }",
    "DESCRIBE ?s FROM <%s> { ?s ?p ?o }",
    "ASK FROM <%s> {}",
)
UPDATES = ("LOAD <%s>", "LOAD SILENT <%s> INTO GRAPH <urn:g>", "#\nBASE <%s> LOAD <>", "PREFIX x: <%s> LOAD x:")


def test_nothing_is_fetched(served: Endpoint) -> None:
    with listening() as (address, came):
        for place in (address, "file:///etc/passwd", "file:data/facts.yaml", "https://example.org/none", "urn:x"):
            for form in (*FOREIGN, *UPDATES):
                assert_refused(ask(served, form % place), 400)
            for update in UPDATES:
                assert_refused(httpx.post(served.sparql, data={"update": update % place}), 403)
            for name in ("default-graph-uri", "named-graph-uri"):
                params = {"query": "ASK {}", name: place}
                told = assert_refused(httpx.get(served.sparql, params=params), 400)
                assert "no graph" in told
        assert came == []
    for name in ("not an address", "", "<>", "\x00", "%zz", "relative"):
        params = {"query": "ASK {}", "default-graph-uri": name}
        assert_refused(httpx.get(served.sparql, params=params), 400)
    assert_alive(served)


# ── Time ──────────────────────────────────────────────────────────────────────────────────────────────────────────

CROSS = " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(8))
ENDLESS = (
    f"SELECT (COUNT(*) AS ?n) {{ {CROSS} }}",
    f"SELECT DISTINCT ?a0 {{ {CROSS} FILTER(CONCAT(STR(?a0), STR(?c7)) = 'never') }}",
    f"ASK {{ {CROSS} FILTER(CONCAT(STR(?a0), STR(?c7)) = 'never') }}",
    f"SELECT * {{ {CROSS} }} ORDER BY ?c7",
    f"CONSTRUCT {{ ?a0 <urn:p> ?c7 }} {{ {CROSS} FILTER(CONCAT(STR(?a0), STR(?c7)) = 'never') }}",
    f"SELECT (GROUP_CONCAT(?c0) AS ?x) {{ {CROSS} }}",
)


@pytest.mark.parametrize("query", ENDLESS, ids=range(len(ENDLESS)))
def test_what_does_not_end_is_ended_and_says_so(served: Endpoint, query: str) -> None:
    response = ask(served, query)
    told = assert_refused(response, 400, 503)
    if response.status_code == 503:
        assert "longer than the 1.5 seconds" in told
        assert int(response.headers["retry-after"]) >= 1
    else:
        assert "memory" in told
    assert_alive(served)


BOMBS = (
    "(a+)+$",
    "(a|a)*$",
    "(a|aa)+$",
    "^(([a-z])+.)+[A-Z]([a-z])+$",
    "(.*)*(.*)*(.*)*=",
    "a" * 5_000,
    "(?:a?){500}a{500}",
)


@pytest.mark.parametrize("pattern", [*BOMBS, "((((a{100}){100}){100}){100})", "a{1000000}", "\\p{L}{5000}"])
def test_a_bomb_of_a_pattern_is_answered_or_refused(served: Endpoint, pattern: str) -> None:
    text, written = "a" * 30 + "!", json.dumps(pattern)
    for call in (f"REGEX('{text}', {written})", f"REPLACE('{text}', {written}, 'b') = 'c'"):
        response = ask(served, f"ASK {{ FILTER({call}) }}")
        if response.status_code != 200:
            assert_refused(response, 400, 503)
    assert_alive(served)


# ── Size ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_rows_are_counted_to_the_last(served: Endpoint, form: str) -> None:
    odd = json.dumps('[{"a":1},{"b":"<result>\n,\r\n"}]')
    for row in ("(1 2)", "(UNDEF UNDEF)", "(UNDEF 1)", f"({odd} UNDEF)" if form != "json" else "(<urn:x> 1)"):
        for count, status in ((0, 200), (1, 200), (10, 200), (11, 400), (200, 400)):
            query = f"SELECT * {{ VALUES (?a ?b) {{ {row * count} }} }}"
            response = httpx.post(served.sparql, data={"query": query, "format": form})
            assert response.status_code == status, (row, count)
            if status == 400:
                assert assert_refused(response, 400) == "the answer has more than 10 rows"


def test_more_memory_than_there_is_for_a_worker_is_refused(served: Endpoint) -> None:
    doubled = "BIND('xxxxxxxxxxxxxxxx' AS ?t0) " + " ".join(
        f"BIND(CONCAT(?t{n}, ?t{n}) AS ?t{n + 1})" for n in range(29)
    )
    assert_refused(ask(served, f"SELECT (STRLEN(?t29) AS ?n) {{ {doubled} }}"), 400, 503)
    assert_alive(served)


def test_long_texts_and_numbers_are_answered_or_refused(served: Endpoint) -> None:
    for query in (
        f"ASK {{ FILTER('{'x' * 900_000}' = '') }}",
        f"ASK {{ FILTER({'9' * 5_000} > 1) }}",
        f"ASK {{ FILTER({'9' * 900_000} > 1) }}",
        f"ASK {{ FILTER('1e{'9' * 1000}'^^<http://www.w3.org/2001/XMLSchema#decimal> > 1) }}",
        f"ASK {{ <urn:{'x' * 900_000}> ?p ?o }}",
        f"ASK {{ ?{'x' * 900_000} ?p ?o }}",
        f"ASK {{}} {'#' * 900_000}",
        " " * 900_000 + "ASK {}",
    ):
        response = ask(served, query)
        if response.status_code != 200:
            assert_refused(response, 400, 503)
        assert_alive(served)


# ── Texts that are none ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "raw",
    [
        b"ASK { ?s ?p '\xff' }",
        b"ASK { ?s ?p '\xc0\xaf' }",
        b"ASK { ?s ?p '\xed\xa0\x80' }",
        b"ASK { ?s ?p '\xf4\x90\x80\x80' }",
        b"ASK { ?s ?p '\xf8\x88\x80\x80\x80' }",
        b"\xff\xfeA\x00S\x00K\x00",
        b"ASK { ?s ?p '\\uD800' }",
        b"ASK { ?s ?p <urn:\\uD800> }",
        b"ASK { ?s ?p '\\UFFFFFFFF' }",
        b"ASK { ?s ?p 'x }",
        b"ASK { \x00 }",
        b"\x00",
        b"\xef\xbb\xbfASK",
    ],
)
def test_bytes_that_are_no_text_are_refused(served: Endpoint, raw: bytes) -> None:
    assert_refused(ask(served, raw), 400)
    assert_refused(httpx.get(f"{served.sparql}?query={quote(raw)}"), 400)
    form = {"content-type": "application/x-www-form-urlencoded"}
    assert_refused(httpx.post(served.sparql, content=b"query=" + quote(raw).encode(), headers=form), 400)
    assert_alive(served)


def test_text_of_any_kind_is_text(served: Endpoint) -> None:
    for text in ("\x00", "\u202e", "\ufeff", "\U0010ffff", "é", "é", "ß" * 1000, "\\\\"):
        response = ask(served, f"SELECT ('{text}' AS ?t) {{}}")
        assert response.status_code == 200, repr(text)
        (row,) = response.json()["results"]["bindings"]
        assert row["t"]["value"] == text.replace("\\\\", "\\")
