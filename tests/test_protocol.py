"""The endpoint over HTTP, line by line of the SPARQL 1.1 Protocol and of RFC 9110, on a small dataset of its own."""

import re
from collections.abc import Iterator
from itertools import permutations
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest

from endpoints import Endpoint, built, endpoint
from onrecord.dataset import settings
from onrecord.server.sparql import media

BASE = "https://example.org/data/"
ONE, TWO = "https://example.org/one", "https://example.org/two"
_TRIPLE = b"<https://example.org/%s> <https://example.org/p> <https://example.org/%s> .\n"
GRAPHS = {ONE: _TRIPLE % (b"a", b"b"), TWO: _TRIPLE % (b"b", b"c"), "https://example.org/none": b""}
SELECT = "SELECT ?s WHERE { ?s <https://example.org/p> ?o } ORDER BY ?s"
CONSTRUCT = "CONSTRUCT { ?s <https://example.org/q> ?o } WHERE { ?s <https://example.org/p> ?o }"
FORM = "application/x-www-form-urlencoded"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("protocol"), GRAPHS)


@pytest.fixture(scope="module")
def served(dataset: Path) -> Iterator[Endpoint]:
    with endpoint(dataset) as running:
        yield running


@pytest.fixture(scope="module")
def client(served: Endpoint) -> Iterator[httpx.Client]:
    packed = {"accept-encoding": "identity"}  # HEAD tells of the answer as it is when nobody has packed it
    with httpx.Client(base_url=served.address, timeout=30, headers=packed) as client:
        yield client


def _found(response: httpx.Response) -> list[str]:
    assert response.status_code == 200, response.text
    return [row["s"]["value"].rpartition("/")[2] for row in response.json()["results"]["bindings"]]


def varies(response: httpx.Response) -> set[str]:
    """What the response depends on, beside its address."""
    return {name.strip().lower() for name in response.headers["vary"].split(",")}


# ── Formats ───────────────────────────────────────────────────────────────────────────────────────────────────────

ROWS = {
    None: "application/sparql-results+json",
    "*/*": "application/sparql-results+json",
    "application/*": "application/sparql-results+json",
    "application/json": "application/json",
    "APPLICATION/JSON": "application/json",
    "application/sparql-results+xml": "application/sparql-results+xml",
    "application/sparql-results+xml;q=0.5, text/csv;q=0.6": "text/csv; charset=utf-8",
    "text/tab-separated-values": "text/tab-separated-values; charset=utf-8",
    "text/*;q=0.5, application/*;q=0.4": "text/csv; charset=utf-8",
    "text/*, text/csv;q=0": "text/tab-separated-values; charset=utf-8",
    "*/*, application/sparql-results+json;q=0": "application/json",
    "image/png, */*;q=0.1": "application/sparql-results+json",
    "text/csv; header=present; q=1": "text/csv; charset=utf-8",
    "text/turtle, application/sparql-results+xml;q=0.1": "application/sparql-results+xml",
}


@pytest.mark.parametrize(("accept", "expected"), ROWS.items())
def test_rows_come_in_the_format_that_is_accepted_best(client: httpx.Client, accept: str | None, expected: str) -> None:
    client.headers.pop("accept", None)
    response = client.get("sparql", params={"query": SELECT}, headers={"accept": accept} if accept else {})
    assert (response.status_code, response.headers["content-type"]) == (200, expected)
    assert varies(response) >= {"accept"}
    text, kind = response.text, expected.partition(";")[0]
    if kind.endswith("json"):
        assert _found(response) == ["a", "b"]
    elif kind.endswith("xml"):
        answer = ox.parse_query_results(response.content, ox.QueryResultsFormat.XML)
        assert isinstance(answer, ox.QuerySolutions)
        assert [str(row["s"]) for row in answer] == ["<https://example.org/a>", "<https://example.org/b>"]
    elif kind == "text/csv":
        assert text == "s\r\nhttps://example.org/a\r\nhttps://example.org/b\r\n"
    else:
        assert text == "?s\n<https://example.org/a>\n<https://example.org/b>\n"


@pytest.mark.parametrize("one", media.GRAPHS, ids=lambda one: one.accepted)
def test_triples_come_in_every_format(client: httpx.Client, one: media.Format) -> None:
    response = client.get("sparql", params={"query": CONSTRUCT}, headers={"accept": one.accepted})
    assert (response.status_code, response.headers["content-type"]) == (200, one.media)
    form = ox.RdfFormat.from_media_type(one.media.partition(";")[0])
    assert form is not None
    assert {str(quad.subject) for quad in ox.parse(response.content, form)} == {
        "<https://example.org/a>",
        "<https://example.org/b>",
    }


@pytest.mark.parametrize("form", media.names())
def test_an_address_can_name_a_format(client: httpx.Client, form: str) -> None:
    found = []
    for query in (SELECT, "ASK {}", CONSTRUCT):
        response = client.get("sparql", params={"query": query, "format": form}, headers={"accept": BROWSER})
        expected = media.named(form, media.GRAPHS if query == CONSTRUCT else media.ROWS)
        assert response.status_code == (200 if expected else 406)
        assert response.headers["content-type"] == (expected.media if expected else "application/problem+json")
        found.append(expected)
    assert any(found)


@pytest.mark.parametrize("accept", ["image/png", "text/html;q=0", "text/turtle", "application/json;q=0.0", "nothing"])
def test_what_is_not_accepted_is_not_sent(client: httpx.Client, accept: str) -> None:
    response = client.get("sparql", params={"query": SELECT}, headers={"accept": accept})
    assert response.status_code == 406
    assert response.headers["content-type"] == "application/problem+json"
    assert varies(response) >= {"accept"}


def test_accept_in_several_lines_is_one_list(client: httpx.Client) -> None:
    headers = [("accept", "image/png"), ("accept", "text/csv")]
    response = client.get("sparql", params={"query": SELECT}, headers=headers)
    assert response.headers["content-type"] == "text/csv; charset=utf-8"


def test_a_format_that_does_not_exist_is_named(client: httpx.Client) -> None:
    response = client.get("sparql", params={"query": SELECT, "format": "parquet"})
    assert response.status_code == 400
    assert "'parquet'" in response.json()["title"]


@pytest.mark.parametrize(("path", "target"), [("sparql", "query"), ("sparql/", "query")])
def test_a_person_is_led_to_the_page_of_the_answer(client: httpx.Client, path: str, target: str) -> None:
    for method in ("GET", "HEAD"):
        response = client.request(method, path, params={"query": "ASK {}"}, headers={"accept": BROWSER})
        assert response.status_code == 303
        assert varies(response) >= {"accept"}
        assert response.next_request is not None
        led = response.next_request.url
        assert (led.path, led.params["query"]) == (f"/{target}", "ASK {}")
    posted = client.post(path, data={"query": "ASK {}"}, headers={"accept": BROWSER})
    assert (posted.status_code, posted.headers["content-type"]) == (200, "application/xml")


def test_ranges_that_are_odd_choose_something_or_nothing() -> None:
    assert media.chosen("text/csv;q=many", media.ROWS) is None
    assert media.chosen("text/csv;q=nan", media.ROWS) is None
    assert media.chosen(";;;,,,=;q", media.ROWS) is None
    assert media.chosen("  ", media.ROWS) is media.ROWS[0]
    assert media.chosen("text/csv;q=17", media.ROWS) == media.named("csv", media.ROWS)


def test_the_order_of_ranges_does_not_matter() -> None:
    ranges = ("text/csv;q=0.5", "application/json;q=0.7", "*/*;q=0.1", "application/sparql-results+json;q=0.2")
    chosen = {media.chosen(", ".join(order), media.ROWS) for order in permutations(ranges)}
    assert chosen == {media.chosen("application/json", media.ROWS)}


# ── Requests ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_three_ways_to_ask_give_the_same(client: httpx.Client) -> None:
    got = client.get("sparql", params={"query": SELECT})
    form = client.post("sparql", data={"query": SELECT})
    body = client.post("sparql", content=SELECT, headers={"content-type": "application/sparql-query; charset=UTF-8"})
    assert got.content == form.content == body.content
    assert got.headers["etag"] == form.headers["etag"] == body.headers["etag"]
    assert _found(got) == ["a", "b"]


def test_the_dataset_of_the_request_goes_before_that_of_the_query(client: httpx.Client) -> None:
    for query in (
        SELECT,
        SELECT.replace("WHERE", f"FROM <{TWO}> WHERE"),
        SELECT.replace("WHERE", "FROM <urn:x> WHERE"),
    ):
        assert _found(client.get("sparql", params={"query": query, "default-graph-uri": ONE})) == ["a"]
    in_address = client.post(f"sparql?default-graph-uri={ONE}", data={"query": SELECT, "default-graph-uri": TWO})
    assert _found(in_address) == ["a", "b"]


def test_named_graphs_alone_leave_the_default_graph_empty(client: httpx.Client) -> None:
    assert _found(client.get("sparql", params={"query": SELECT, "named-graph-uri": ONE})) == []
    inside = SELECT.replace("{", "{ GRAPH ?g {").replace("}", "}}")
    assert _found(client.get("sparql", params={"query": inside, "named-graph-uri": ONE})) == ["a"]
    assert _found(client.get("sparql", params={"query": inside, "default-graph-uri": ONE})) == []
    assert _found(client.get("sparql", params={"query": inside})) == ["a", "b"]


def test_the_query_names_its_dataset(client: httpx.Client) -> None:
    for start in (
        f"FROM <{ONE}>",
        f"FROM<{ONE}>",
        f"from\n#x\n<{ONE}>",
        "FROM e:one",
        "FROM e:\\one",
        "FROM b:\\u006Fne",
    ):
        query = f"PREFIX e: <https://example.org/> PREFIX b: <https://example.org/> {SELECT.replace('WHERE', start + ' WHERE')}"
        response = client.get("sparql", params={"query": query})
        if response.status_code == 200:
            assert _found(response) == ["a"]
        else:
            assert "\\" in start  # names with escapes are refused, not misread
            assert response.status_code == 400


def test_relative_addresses_are_those_of_the_dataset(client: httpx.Client, dataset: Path) -> None:
    answer = client.get("sparql", params={"query": "SELECT (STR(<person/x>) AS ?s) {}"})
    assert answer.json()["results"]["bindings"][0]["s"]["value"] == f"{settings.load(dataset).base}person/x"


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"", FORM, 400),
        (b"", None, 415),
        (b"default-graph-uri=urn:x", FORM, 400),
        (b"query=", FORM, 400),
        (b"query=ASK+%7B%7D&query=ASK+%7B%7D", FORM, 400),
        (b"query=ASK+%7B%7D%FF", FORM, 400),
        (b"query=ASK {}\xff", FORM, 400),
        (b"query=ASK+%7B%7D&update=CLEAR+ALL", FORM, 403),
        (b"query=ASK+%7B%7D&using-graph-uri=urn:x", FORM, 403),
        (b"ASK {}\xff", "application/sparql-query", 400),
        (b"ASK {}", "application/sparql-query; charset=latin-1", 415),
        (b"CLEAR ALL", "application/sparql-query", 400),
        (b"CLEAR ALL", "application/sparql-update", 403),
        (b"ASK {}", "text/plain", 415),
        (b'{"query": "ASK {}"}', "application/json", 415),
        (b"--x\r\n", "multipart/form-data; boundary=x", 415),
        (b"a=1&" * 1001, FORM, 400),
        (b"x" * 3_100_000, FORM, 413),
        (b"x" * 3_100_000, "application/sparql-query", 413),
        (b"ASK {} #" + b"x" * 1_000_000, "application/sparql-query", 400),
    ],
    ids=range(20),
)
def test_what_is_no_request_of_the_protocol_is_refused(
    client: httpx.Client, content: bytes, kind: str | None, status: int
) -> None:
    response = client.post("sparql", content=content, headers={"content-type": kind} if kind else {})
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    told = response.json()
    assert told["type"] == "about:blank"
    assert told["status"] == status
    assert told["title"]


def test_a_body_that_is_packed_is_refused_as_that(client: httpx.Client) -> None:
    headers = {"content-type": FORM, "content-encoding": "gzip"}
    response = client.post("sparql", content=b"\x1f\x8b", headers=headers)
    assert response.status_code == 415
    assert "gzip" in response.json()["title"]


@pytest.mark.parametrize(
    "query", ["?query=ASK%7B%7D%FF", "?query=ASK+%7B%7D&query=ASK+%7B%7D", "?default-graph-uri=urn:x"]
)
def test_an_address_that_asks_nothing_is_refused(client: httpx.Client, query: str) -> None:
    assert client.get(f"sparql{query}").status_code == 400


# ── Methods ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_head_gives_the_headers_of_get(client: httpx.Client) -> None:
    for number, query in enumerate((SELECT, CONSTRUCT, "ASK {}", "SELECT", "")):
        for path in ("sparql", "sparql/"):
            params = {"query": f"{query} #{number}{path}"} if query else {}
            head, got = client.head(path, params=params), client.get(path, params=params)
            again = client.head(path, params=params)
            dropped = ("date",)
            expected = {name: value for name, value in got.headers.items() if name not in dropped}
            for each in (head, again):
                assert each.status_code == got.status_code
                assert {name: value for name, value in each.headers.items() if name not in dropped} == expected
                assert each.content == b""


def test_options_and_refusals_name_the_methods(client: httpx.Client) -> None:
    options = client.options("sparql")
    assert (options.status_code, options.content) == (204, b"")
    assert options.headers["allow"] == "GET, HEAD, POST, OPTIONS"
    for method in ("PUT", "DELETE", "PATCH"):
        refused = client.request(method, "sparql", params={"query": "ASK {}"})
        assert refused.status_code == 405
        assert refused.headers["allow"] == "GET, HEAD, POST, OPTIONS"
        assert refused.headers["content-type"] == "application/problem+json"


# ── Caching ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_answer_that_the_client_has_is_not_sent_again(client: httpx.Client) -> None:
    params = {"query": SELECT}
    got = client.get("sparql", params=params)
    tag = got.headers["etag"]
    assert tag.startswith('W/"')
    for given in (tag, tag.removeprefix("W/"), f'"other", {tag}', "*"):
        for method in ("GET", "HEAD"):
            again = client.request(method, "sparql", params=params, headers={"if-none-match": given})
            assert (again.status_code, again.content) == (304, b"")
            assert again.headers["etag"] == tag
            assert varies(again) >= {"accept"}
            assert again.headers["cache-control"] == got.headers["cache-control"]
    assert client.get("sparql", params=params, headers={"if-none-match": '"other"'}).status_code == 200
    assert client.post("sparql", data=params, headers={"if-none-match": tag}).status_code == 200


def test_another_request_has_another_tag(client: httpx.Client) -> None:
    def tag(**more: str) -> str:
        accept = more.pop("accept", "*/*")
        return client.get("sparql", params={"query": SELECT, **more}, headers={"accept": accept}).headers["etag"]

    different = [tag(), tag(query="ASK {}"), tag(accept="text/csv"), tag(**{"default-graph-uri": ONE})]
    different += [tag(**{"named-graph-uri": ONE})]
    assert len(set(different)) == len(different)
    assert tag(format="csv") == tag(accept="text/csv, image/png")


def test_an_error_has_no_tag_and_is_not_kept(client: httpx.Client) -> None:
    response = client.get("sparql", params={"query": "SELECT"})
    assert "etag" not in response.headers
    assert response.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("function", ["NOW()", "RAND()", "UUID()", "STRUUID()", "now()", "StrUUID #x\n ()"])
def test_what_is_another_value_every_time_is_not_kept(client: httpx.Client, function: str) -> None:
    first, second = (client.get("sparql", params={"query": f"SELECT ({function} AS ?s) {{}}"}) for _ in range(2))
    assert first.status_code == second.status_code == 200
    assert first.content != second.content
    assert "etag" not in first.headers


def test_words_that_only_hold_such_a_name_are_kept(client: httpx.Client) -> None:
    query = "SELECT ?s { ?s onr:knownByRole ?o } # unknown, randomly, nowhere"
    assert client.get("sparql", params={"query": query}).headers["etag"]


def test_a_large_form_is_taken_apart_all_the_same(client: httpx.Client) -> None:
    for query in (f"{SELECT} #{'é' * 400_000}", f"{SELECT} #{'x' * 900_000}"):
        assert _found(client.post("sparql", data={"query": query})) == ["a", "b"]
    broken = b"query=" + b"%FF" * 100_000
    assert client.post("sparql", content=broken, headers={"content-type": FORM}).status_code == 400


def test_the_next_release_has_other_tags(tmp_path: Path) -> None:
    from onrecord.dataset.segments import Options
    from onrecord.release.building import build

    folder = built(tmp_path)
    with endpoint(folder) as running:
        before = httpx.get(running.sparql, params={"query": "ASK {}"}).headers["etag"]
        (folder / "kg.toml").write_text((folder / "kg.toml").read_text().replace('language = "en"', 'language = "de"'))
        file = folder / "kg.toml"
        given = settings.load(folder)
        build(Options(folder, given, folder / given.out), lambda stage, done, of: None)
        assert file.read_bytes()
    with endpoint(folder) as running:
        params = {"query": "ASK {}"}
        after = httpx.get(running.sparql, params=params, headers={"if-none-match": before})
    assert after.status_code == 200
    assert after.headers["etag"] != before


# ── What the documents say ────────────────────────────────────────────────────────────────────────────────────────


def test_the_table_of_formats_is_the_one_that_holds() -> None:
    page = Path(__file__).resolve().parents[1] / "docs" / "sparql.md"
    lines = [
        line for line in page.read_text(encoding="utf-8").splitlines() if re.search(r"\| (SELECT|CONSTRUCT), ", line)
    ]
    accepts, names = set(), set()
    for line in lines:
        formats = media.ROWS if "SELECT" in line else media.GRAPHS
        accepted, forms = _cells(line)
        found = [media.chosen(one, formats) for one in accepted] + [media.named(form, formats) for form in forms]
        assert len({each and each.form for each in found}) == 1
        assert None not in found
        accepts |= {*accepted}
        names |= {*forms}
    assert accepts == {one.accepted for one in (*media.ROWS, *media.GRAPHS)}
    assert names == set(media.names())


def _cells(line: str) -> tuple[list[str], list[str]]:
    first, second = line.split("|")[1:3]
    return re.findall("`([^`]+)`", first), re.findall("`([^`]+)`", second)
