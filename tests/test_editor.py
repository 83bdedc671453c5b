"""The page /query without JavaScript, and what the editor gets from the server."""

from __future__ import annotations

import html
import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import msgspec
import pytest

from official_lists import DATA
from onrecord.questions import load_all
from onrecord.server.desk import Desk
from onrecord.server.editor import examples, page, table, vocabulary
from onrecord.server.jobs import JOBS, job
from onrecord.server.reply import Reply
from onrecord.site.dereferencing import VOCABULARY
from onrecord.store import Release
from onrecord.vocabulary.terms import onr
from serving import served
from sites import HOSTILE

ROOT = Path(__file__).parents[1]
SOURCE = f"{DATA}source/russia-taliban-delisting"


@pytest.fixture(scope="module")
def desk(founding: Path) -> Desk:
    return Desk(ROOT, Release.latest(founding).folder)


@pytest.fixture(scope="module")
def url(founding: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("queried")
    (folder / "kg.toml").write_text((ROOT / "kg.toml").read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "out").symlink_to(founding)
    with served(folder) as address:
        yield address


def _body(reply: Reply) -> str:
    assert isinstance(reply.body, bytes)
    return reply.body.decode()


def _answered(desk: Desk, query: str) -> str:
    return _body(page.answered(desk, {"query": query, "bundled": False}))


# ── What is completed from ────────────────────────────────────────────────────────────────────────────────────────


def test_completion_knows_each_term_of_the_vocabulary_with_what_it_means(desk: Desk) -> None:
    given = msgspec.json.decode(_body(vocabulary.answer(desk, {})))
    terms = {term["text"]: term for term in given["terms"]}
    assert terms["onr:Designation"]["kind"] == "class"
    assert terms["onr:edtf"]["kind"] == "property"
    concept = terms[f"<{VOCABULARY}scheme/act-kind/delisting>"]
    assert (concept["kind"], concept["label"], concept["scheme"]) == ("concept", "delisting", "act-kind")
    ours = {f"onr:{term.iri.partition('#')[2]}" for term in vars(onr).values() if hasattr(term, "iri")}
    assert ours <= terms.keys()
    assert [text for text, term in terms.items() if not term["label"] or not term["about"]] == []
    assert list(terms) == sorted(terms)


def test_completion_knows_prefixes_and_sources(desk: Desk) -> None:
    given = msgspec.json.decode(_body(vocabulary.answer(desk, {})))
    assert given["base"] == DATA
    assert given["prefixes"]["onr"] == "https://w3id.org/onrecord/ns#"
    assert given["prefixes"]["source"] == f"{DATA}source/"
    assert SOURCE in [source["iri"] for source in given["sources"]]
    assert given["sourcesLeftOut"] == 0


def test_sources_beyond_the_limit_are_counted(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = msgspec.json.decode(_body(vocabulary.answer(desk, {})))["sources"]
    monkeypatch.setattr(vocabulary, "MOST_SOURCES", 0)
    given = msgspec.json.decode(_body(vocabulary.answer(desk, {})))
    assert (given["sources"], given["sourcesLeftOut"]) == ([], len(whole))


def test_every_question_of_a_release_is_an_example_that_can_be_asked(desk: Desk) -> None:
    given = msgspec.json.decode(_body(examples.answer(desk, {})))["examples"]
    assert [each["name"] for each in given] == [each.name for each in load_all() if not each.over]
    assert [each["name"] for each in given if not each["bound"]] == []  # this dataset knows all that they name
    for each in given:
        assert table.of_query(desk, each["query"]).kind == "rows"
    status = next(each for each in given if each["name"] == "status-on-date")
    assert f'(<{DATA}organization/taliban> <{DATA}organization/russia> "2010-01-01"' in status["query"]


def test_an_example_about_what_a_dataset_does_not_know_is_the_question_as_it_stands(desk: Desk) -> None:
    question = next(each for each in load_all() if each.name == "status-on-date")
    strange = replace(question, examples=("kg ask status-on-date subject=nobody on=2010-01-01",))
    assert examples.of_question(desk, strange) == (question.name, question.summary, question.query, False)


# ── The page ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _field(text: str) -> str:
    found = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", text, re.DOTALL)
    assert found
    return html.unescape(found[1])


def _blank(desk: Desk, **given: object) -> str:
    return _body(page.blank(desk, {"query": "", "example": "", "bundled": False, **given}))


def test_the_page_begins_with_a_query_that_answers(desk: Desk) -> None:
    shown = table.of_query(desk, _field(_blank(desk)))
    assert shown.heads == ("what", "label", "when", "earliest", "latest")
    assert shown.rows


def test_the_page_has_the_query_or_the_question_of_its_address(desk: Desk) -> None:
    assert _field(_blank(desk, query='ASK { ?s ?p "<b>" }')) == 'ASK { ?s ?p "<b>" }'
    assert _field(_blank(desk, example="relisted")) == examples.of_name(desk, "relisted").query
    unknown = page.blank(desk, {"query": "", "example": "nothing", "bundled": False})
    assert unknown.status == 400
    assert "There is no question &#39;nothing&#39; to begin with." in _body(unknown)


def test_the_page_says_how_to_get_the_editor_where_it_is_not_there(desk: Desk) -> None:
    assert "make editor" in _blank(desk)
    assert "editor.js" not in _blank(desk)
    assert "make editor" not in _blank(desk, bundled=True)
    assert '<script src="query/bundle/editor.js" defer></script>' in _blank(desk, bundled=True)


def test_an_answer_is_a_table_with_links_to_pages_of_this_server(desk: Desk) -> None:
    told = _answered(
        desk,
        f'SELECT ?a ?b ?c ?d ?e {{ VALUES (?a ?b ?c ?d ?e) {{ (<{DATA}list/x> <http://e.org/y> "é"@fr 2.5 UNDEF) }} }}',
    )
    assert re.findall(r'<th scope="col">(\w)</th>', told) == list("abcde")
    assert '<a href="./?iri=https%3A%2F%2Fw3id.org%2Fonrecord%2Fdata%2Flist%2Fx"><bdi>list:x</bdi></a>' in told
    assert '<a href="http://e.org/y" rel="noreferrer"><bdi>http://e.org/y</bdi></a>' in told
    assert '<bdi lang="fr">é</bdi> <span class="tag">fr</span>' in told
    assert "<bdi>2.5</bdi>" in told
    assert '<p id="query-status" role="status">1 row.</p>' in told
    assert re.findall(r'name="format" value="(\w+)"', told) == ["csv", "tsv", "json", "xml"]


def test_triples_and_truth_have_their_own_words(desk: Desk) -> None:
    described = _answered(desk, f"DESCRIBE <{SOURCE}/act/delisting-of-the-taliban>")
    assert re.findall(r'<th scope="col">(\w+)</th>', described) == ["subject", "predicate", "object"]
    assert re.findall(r'name="format" value="(\w+)"', described) == ["ttl", "jsonld", "nt", "nq", "trig", "rdfxml"]
    assert '<p class="truth">Yes.</p>' in _answered(desk, "ASK { ?s ?p ?o }")
    nothing = _answered(desk, "ASK { <http://e.org/nothing> ?p ?o }")
    assert '<p class="truth">No.</p>' in nothing
    assert "no evidence of absence" in nothing
    assert "no evidence of absence" in _answered(desk, "SELECT * { <http://e.org/nothing> ?p ?o }")


@pytest.mark.parametrize("there", [999, 1000, 1001, 5000])
def test_only_the_first_thousand_rows_are_shown_and_the_rest_is_told(desk: Desk, there: int) -> None:
    query = f"SELECT ?s ?p ?o {{ GRAPH ?g {{ ?s ?p ?o }} }} LIMIT {there}"
    shown = table.of_query(desk, query)
    assert len(shown.rows) == min(there, 1000)
    assert shown.whole is (there <= 1000)
    assert ("There is more than is shown here" in _answered(desk, query)) is not shown.whole
    graph = table.of_query(
        desk, f"CONSTRUCT {{ ?s ?p ?o }} {{ {{ SELECT DISTINCT ?s ?p ?o {{ ?s ?p ?o }} LIMIT {there} }} }}"
    )
    assert (len(graph.rows), graph.whole) == (min(there, 1000), there <= 1000)


def test_no_text_of_an_answer_is_taken_for_markup(desk: Desk) -> None:
    text = HOSTILE.replace("\x00", "").replace("\\", "\\\\").replace('"', '\\"')
    told = _answered(desk, f'SELECT ("{text}" AS ?x) (IRI("javascript:alert(1)") AS ?y) {{}}')
    assert "<script>alert" not in told
    assert "<img" not in told
    assert 'href="javascript' not in told
    assert "javascript:alert(1)" in told


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("SELECT * { ?s ?p }", "The query cannot be read in line 1, column 19, where it ends."),
        ("SELECT * { ?s nope:x ?o }", "nothing declares it"),
        ("INSERT DATA { <a:b> <a:b> <a:b> }", "only read here"),
        ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", "another machine"),
        ("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", "none is fetched"),
        ("", "The query is empty."),
    ],
)
def test_what_cannot_be_asked_is_told_on_the_page_with_the_query_kept(desk: Desk, query: str, told: str) -> None:
    reply = page.answered(desk, {"query": query, "bundled": False})
    assert reply.status == 400
    assert told in _body(reply)
    assert _field(_body(reply)) == query


def test_the_jobs_are_known_by_their_names() -> None:
    ours = {name for name, place in JOBS.items() if ".editor." in place}
    assert len(ours) == 4
    assert all(callable(job(name)) for name in ours)


# ── Over HTTP ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_page_and_its_files_are_served(url: str) -> None:
    with httpx.Client(base_url=url, trust_env=False) as client:
        assert client.get("query").headers["content-type"] == "text/html; charset=utf-8"
        sheet = client.get("query/assets/query.css")
        assert sheet.headers["content-type"].startswith("text/css")
        assert sheet.headers["cache-control"] == "no-cache"
        again = client.get("query/assets/query.css", headers={"if-none-match": sheet.headers["etag"]})
        assert (again.status_code, again.headers["cache-control"]) == (304, "no-cache")
        assert client.get("query/vocabulary.json").json()["base"] == DATA
        assert len(client.get("query/examples.json").json()["examples"]) == len(examples.asked())
        assert client.get("query/assets/../routes.py").status_code == 404
        assert client.get("query/assets/%2e%2e/routes.py").status_code == 404


def test_a_form_is_answered_with_a_table(url: str) -> None:
    with httpx.Client(base_url=url, trust_env=False) as client:
        answer = client.post("query", data={"query": "SELECT (1 AS ?one) {}"})
        assert answer.status_code == 200
        assert "<bdi>1</bdi>" in answer.text
        assert client.post("query", data={"query": "SELECT"}).status_code == 400
        assert client.post("query", json={"query": "ASK {}"}).status_code == 415
        assert client.post("query", data={"query": "x" * 4_000_000}).status_code == 413
        assert (
            client.post(
                "query", content=b"query=\xff", headers={"content-type": "application/x-www-form-urlencoded"}
            ).status_code
            == 400
        )


def test_a_link_to_the_endpoint_leads_a_person_to_the_page(url: str) -> None:
    with httpx.Client(base_url=url, trust_env=False, follow_redirects=True) as client:
        answer = client.get("sparql", params={"query": "ASK { ?s ?p ?o }"}, headers={"accept": "text/html"})
        assert _field(answer.text) == "ASK { ?s ?p ?o }"


def test_links_of_an_answer_lead_to_pages(url: str) -> None:
    with httpx.Client(base_url=url, trust_env=False, follow_redirects=True) as client:
        query = (
            f"SELECT ?s {{ VALUES ?s {{ <{SOURCE}/act/ruling-on-the-taliban> <https://w3id.org/onrecord/ns#Fact> }} }}"
        )
        linked = re.findall(r'<td class="address"><a href="([^"]+)">', client.post("query", data={"query": query}).text)
        assert len(linked) == 2
        answers = [client.get(f"query/../{link.removeprefix('./')}") for link in linked]
        assert [answer.url.path for answer in answers] == [
            "/source/russia-taliban-delisting/act/ruling-on-the-taliban.html",
            "/ns.html",
        ]
        assert answers[0].status_code == 200


# ── The wheel ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_lock_pins_every_package_and_names_no_registry() -> None:
    locked = msgspec.json.decode((ROOT / "editor/package-lock.json").read_bytes())["packages"]
    assert [
        name for name, package in locked.items() if name and not package.get("integrity", "").startswith("sha512-")
    ] == []
    assert [name for name, package in locked.items() if "resolved" in package] == []
    assert "omit-lockfile-registry-resolved=true" in (ROOT / "editor/.npmrc").read_text(encoding="utf-8")


def test_the_wheel_takes_the_bundle_along() -> None:
    built = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]["targets"]
    assert "/src/onrecord/server/editor/bundle/*" in built["wheel"]["artifacts"]
    assert "/src/onrecord/server/editor/bundle/" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
