"""The store: what is refused before the engine sees it, what is stopped, and damage that is noticed."""

import csv
import io
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from multiprocessing.pool import ThreadPool
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import NotBuilt, OnRecordError, QueryError, QueryRefused, QueryTimeout
from onrecord.store import GRAPH_FORMATS, ROW_FORMATS, Release, load, open_store
from onrecord.store.syntax import MOST_BYTES, MOST_DEPTH, inspect, tokens
from onrecord.store.writing import GRAPHS, ROWS

EX = "http://example.org/"
NAMES = ("zoë", "åse", "中村", "plain")
QUADS = "".join(f'<{EX}{i}> <{EX}name> "{name}" <{EX}g{i % 2}> .\n' for i, name in enumerate(NAMES))


@pytest.fixture
def release(tmp_path: Path) -> Release:
    """A release of four quads in two graphs, published as builds do it."""
    folder = tmp_path / "out" / "releases" / "one"
    folder.mkdir(parents=True)
    (folder / "dataset.nq").write_text(QUADS, encoding="utf-8")
    load(folder / "dataset.nq", folder / "store")
    (tmp_path / "out" / "latest").symlink_to(Path("releases") / "one")
    return Release.latest(tmp_path / "out")


def rows(release: Release, query: str, timeout: float = 30.0) -> list[tuple[str | None, ...]]:
    with release.query(query, prefixes={"ex": EX}, timeout=timeout) as answer:
        return list(answer.rows())


def text(release: Release, query: str, rows: str = "csv", graph: str = "ttl") -> str:
    with release.query(query, rows=rows, graph=graph, prefixes={"ex": EX, "unused": "urn:u"}) as answer:
        return b"".join(answer.chunks()).decode()


# ── What is refused ───────────────────────────────────────────────────────────────────────────────────────────────

NESTED: dict[str, Callable[[int], str]] = {
    "groups": lambda n: "SELECT * " + "{" * n + "}" * n,
    "parentheses": lambda n: f"SELECT * {{ FILTER({'(' * n}1{')' * n}) }}",
    "nots": lambda n: f"SELECT * {{ FILTER({'!' * n}true) }}",
    "paths": lambda n: f"SELECT * {{ ?a {'(' * n}<a:b>{')' * n} ?b }}",
    "collections": lambda n: f"SELECT * {{ ?a <a:b> {'(' * n}1{')' * n} }}",
    "blank nodes": lambda n: f"SELECT * {{ ?a <a:b> {'[<a:b> ' * n}1{']' * n} }}",
    "selects": lambda n: "SELECT * " + "{SELECT * " * n + "{}" + "}" * n,
    "filters": lambda n: "SELECT * {" + "FILTER NOT EXISTS {" * n + "?a ?b ?c" + "}" * n + "}",
    "triple terms": lambda n: f"SELECT * {{ ?a <a:b> {'<<(<a:a> <a:b> ' * n}1{')>>' * n} }}",
}


@pytest.mark.parametrize("form", NESTED)
@pytest.mark.parametrize("depth", [MOST_DEPTH + 1, 3_000, 20_000])
def test_deep_nesting_is_refused_before_the_engine_sees_it(form: str, depth: int) -> None:
    with pytest.raises(QueryRefused, match=r"deep|bytes"):
        inspect(NESTED[form](depth))


FLAT: dict[str, Callable[[int], str]] = {
    "sum": lambda n: f"SELECT * {{ FILTER({'+'.join(['1'] * n)} = 1) }}",
    "union": lambda n: f"SELECT * {{ {' UNION '.join(['{}'] * n)} }}",
    "optional": lambda n: f"SELECT * {{ {'OPTIONAL{?a <a:b> ?c}' * n} }}",
    "sequence": lambda n: f"SELECT * {{ ?a {'/'.join(['<a:b>'] * n)} ?b }}",
}


@pytest.mark.parametrize("form", FLAT)
def test_what_is_deep_without_brackets_ends_only_its_worker(release: Release, form: str) -> None:
    with pytest.raises(QueryError):
        rows(release, FLAT[form](30_000), timeout=5)
    assert len(rows(release, "SELECT ?s { ?s ?p ?o }")) == len(NAMES)


@pytest.mark.parametrize(
    "hidden",
    [
        'FILTER("(((" = "[[[")',
        "FILTER('''((( ' {{{ '' ''' = 'x')",
        "# ((( {{{\n",
        f"?a <{EX}x_(y)#((> ?c .",
        "?a ex:b\\(\\( ?c .",
    ],
)
def test_brackets_in_texts_comments_and_addresses_do_not_count(release: Release, hidden: str) -> None:
    assert inspect(f"SELECT * {{ {hidden * 60} }}").form == "SELECT"
    assert rows(release, f"SELECT ?s {{ {hidden} }}") is not None


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT * {{ ?a ?b ?c FILTER({'?a<(1>' * 150}1{')' * 150}) }}",  # comparisons that look like addresses
        f"SELECT * {{ FILTER(?a<?b#>{')' * 50}\n) }}",  # a comment that looks like an address
        f"SELECT * {{ FILTER(?a<'x>{')' * 50}'\n) }}",
    ],
)
def test_where_an_address_may_be_a_comparison_the_worse_reading_counts(query: str) -> None:
    with pytest.raises(QueryError):
        inspect(query)


@pytest.mark.parametrize("number", [99, 100])
def test_the_limit_itself_is_allowed(release: Release, number: int) -> None:
    assert len(rows(release, f"SELECT * {'{' * number}{'}' * number}")) == 1


@pytest.fixture
def listener() -> Iterator[tuple[int, list[object]]]:
    """A port on this machine, and who has connected to it."""
    seen: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        ended = threading.Event()

        def accept() -> None:
            while not ended.is_set():
                try:
                    connection, address = server.accept()
                except TimeoutError:
                    continue
                seen.append(address)
                connection.close()

        thread = threading.Thread(target=accept)
        thread.start()
        yield server.getsockname()[1], seen
        ended.set()
        thread.join()


SERVICES = [
    "SELECT * { SERVICE <URL> { ?a ?b ?c } }",
    "SELECT * { service silent <URL> { ?a ?b ?c } }",
    "SELECT * { { SELECT * { FILTER EXISTS { SeRvIcE <URL> { ?a ?b ?c } } } } }",
    "SELECT * { ?a ?b trueSERVICE<URL>{} }",
    "SELECT * { ?a ?b 1SERVICE<URL>{} }",
    "PREFIX : <URL> SELECT * { SERVICE:x{} }",
    "PREFIX e: <URL> SELECT * { ?a ?b e:.SERVICE<URL>{} }",
    "SELECT * { VALUES ?x {<URL>} FILTER(1<2)SERVICE?x{} }",
    "SELECT * { VALUES (?a ?x) {(0 <URL>)} FILTER(?a<1)SERVICE?x#>\n{} }",
    "SELECT * { ?a ?b '''x'y'''SERVICE<URL>{} }",
    'SELECT * { ?a ?b ""SERVICE<URL>{} }',
    "SELECT * { # \r SERVICE <URL> { ?a ?b ?c } }",
    "ASK { SERVICE ?url { ?a ?b ?c } VALUES ?url { <URL> } }",
    "CONSTRUCT { ?a ?b ?c } { SERVICE <URL> { ?a ?b ?c } }",
    "DESCRIBE ?a { SERVICE <URL> { ?a ?b ?c } }",
    "SELECT * { \\u0053ERVICE <URL> { ?a ?b ?c } }",
    "SELECT * FROM <URL> { ?a ?b ?c }",
    "SELECT * FROM NAMED <URL> { GRAPH ?g { ?a ?b ?c } }",
    "SELECT * { GRAPH <URL> { ?a ?b ?c } }",
    "LOAD <URL>",
]


def test_nothing_leaves_the_machine(release: Release, listener: tuple[int, list[object]]) -> None:
    port, seen = listener
    for query in SERVICES:
        try:
            found = rows(release, query.replace("URL", f"http://127.0.0.1:{port}/"))
        except QueryError:
            continue
        assert "SERVICE" not in query.upper(), query
        assert found == []
    assert seen == []


def test_the_word_service_is_free_where_it_is_no_keyword(release: Release) -> None:
    query = 'SELECT ?service { ?service ex:name "a service" # SERVICE\n . ?service ex:service ?y }'
    assert rows(release, query) == []


UPDATES = ["INSERT DATA { <a:a> <a:b> <a:c> }", "PREFIX a: <b:> DELETE WHERE { ?s ?p ?o }", "clear all", "DROP ALL"]


@pytest.mark.parametrize("query", UPDATES)
def test_updates_are_refused_with_a_reason(query: str) -> None:
    with pytest.raises(QueryRefused, match="only read"):
        inspect(query)


def test_a_query_beyond_the_size_limit_is_refused() -> None:
    with pytest.raises(QueryRefused, match="1,000,000"):
        inspect("SELECT * {}" + " " * MOST_BYTES)


SLOW_TO_READ = [
    '"\\' * 200_000,
    '"""' + '\\"""' * 200_000,
    "a." * 200_000,
    "<a" * 200_000,
    "a-" * 200_000,
    "'" * 400_000,
]


@pytest.mark.parametrize("part", SLOW_TO_READ, ids=range(len(SLOW_TO_READ)))
def test_looking_at_a_query_takes_time_in_proportion_to_its_length(part: str) -> None:
    code = "import signal; signal.alarm(30)\nfrom onrecord.store.syntax import inspect\nimport sys\ninspect(sys.stdin.read())"
    ran = subprocess.run(
        [sys.executable, "-c", code],
        input=f"SELECT * {{ {part}",
        text=True,
        capture_output=True,
        check=False,
        env=_environment(),
    )
    assert ran.returncode != -signal.SIGALRM


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}


@given(st.text(alphabet="SELECT{}()[]<>?!#'\"\\:ab.@ \n", max_size=80))
@settings(max_examples=300, deadline=None)
def test_tokens_lose_nothing_but_space_and_comments(query: str) -> None:
    try:
        found = tokens(query)
    except QueryError:
        return
    assert all(query[token.start : token.end] == token.text for token in found)
    gaps = zip([0, *(t.end for t in found)], [*(t.start for t in found), len(query)], strict=True)
    for start, end in gaps:
        kept = [line.split("#")[0] for line in query[start:end].splitlines()]
        assert "".join(kept).strip(" \n\r\t") == ""


# ── What goes wrong ───────────────────────────────────────────────────────────────────────────────────────────────

WRONG = {
    "": "the query is empty",
    "# only a comment": "the query is empty",
    "FIND ?x": "begins with 'FIND'",
    "ASKFROM <a:b> {}": "begins with 'ASKFROM'",
    "SELECT ?x\n{ ?x ?y }": r"line 2, column \d+",
    "SELECT ?x { ?x nope:b ?y }": "the prefix nope: in line 1",
    'SELECT ?x {\n ?x ?y "abc }': "the string that begins in line 2 does not end",
    'SELECT ?x { ?x ?y """abc" }': "does not end",
    "SELECT ?x { ?x <b> ?y }": "cannot be read",
    "SELECT \udcff {}": "surrogate",
    "SELECT (?x AS ?x) { ?x ?y ?z }": "cannot be read",
}


@pytest.mark.parametrize("query", WRONG, ids=range(len(WRONG)))
def test_a_query_that_cannot_be_read_is_one_line_with_the_place(release: Release, query: str) -> None:
    with pytest.raises(QueryError, match=WRONG[query]) as caught:
        rows(release, query)
    assert "\n" not in str(caught.value)
    assert "Traceback" not in str(caught.value)


ENDLESS = "SELECT (COUNT(*) AS ?n) {" + " ".join(f"?a{i} ?b{i} ?c{i} ." for i in range(30)) + "}"


def _children() -> set[str]:
    tasks = Path("/proc/self/task")
    if not tasks.is_dir():
        pytest.skip("this machine does not tell a process's children")
    return {child for task in tasks.iterdir() for child in (task / "children").read_text().split()}


def test_an_endless_query_is_stopped_and_leaves_no_process(release: Release) -> None:
    before = _children()
    with pytest.raises(QueryTimeout, match=r"after 0\.5 s"):
        rows(release, ENDLESS, timeout=0.5)
    assert _children() == before


def test_leaving_an_answer_ends_its_process(release: Release) -> None:
    before = _children()
    with release.query("SELECT * { VALUES ?x { 1 2 3 } }") as answer:
        assert _children() != before
        assert next(answer.rows()) is not None
    assert _children() == before


def test_time_in_which_nobody_reads_does_not_count(release: Release) -> None:
    many = f"SELECT * {{ {' '.join(f'?a{i} ?b{i} ?c{i} .' for i in range(7))} }} ORDER BY ?a0"
    with release.query(many, timeout=3) as answer:
        read = answer.rows()
        next(read)
        threading.Event().wait(3.5)
        assert sum(1 for _ in read) == len(NAMES) ** 7 - 1


def test_ctrl_c_ends_the_command_and_its_worker(release: Release) -> None:
    code = (
        "import sys; from pathlib import Path; from onrecord.store import Release\n"
        f"Release(Path({str(release.folder)!r})).query({ENDLESS!r}, timeout=300)"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        env=_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        if not children.parent.is_dir():
            pytest.skip("this machine does not tell a process's children")
        while not children.read_text().split():
            assert process.poll() is None
        (worker,) = children.read_text().split()
        os.killpg(process.pid, signal.SIGINT)
        _, said = process.communicate(timeout=30)
    finally:
        process.kill()
    assert process.returncode != 0
    assert b"KeyboardInterrupt" in said
    for _ in range(600):
        if not _runs(worker):
            return
        threading.Event().wait(0.05)
    pytest.fail("the worker outlives the command by half a minute")


def _runs(process: str) -> bool:
    """Whether a process is there and has not ended (one that nobody has waited for yet has ended)."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


# ── Answers ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_union_of_all_graphs_is_the_default_and_from_is_obeyed(release: Release) -> None:
    assert len(rows(release, "SELECT ?s { ?s ex:name ?o }")) == 4
    assert rows(release, "SELECT ?s FROM ex:g0 { ?s ex:name ?o }") == [(f"<{EX}0>",), (f"<{EX}2>",)]
    assert rows(release, "SELECT ?s FROM <http://elsewhere.example/> { ?s ex:name ?o }") == []
    assert len(rows(release, "SELECT ?g { GRAPH ?g { ?s ex:name ?o } }")) == 4


def test_rows_without_an_order_are_sorted_and_those_with_one_keep_it(release: Release) -> None:
    assert [row[0] for row in rows(release, "SELECT ?o { ?s ex:name ?o }")] == ['"plain"', '"zoë"', '"åse"', '"中村"']
    down = rows(release, "SELECT ?o { ?s ex:name ?o } ORDER BY DESC(?o)")
    assert [row[0] for row in down] == ['"中村"', '"åse"', '"zoë"', '"plain"']


def test_order_in_a_part_of_a_query_is_not_its_order() -> None:
    assert not inspect("SELECT ?order { { SELECT ?order { ?order ?by ?z } ORDER BY ?order } }").ordered
    assert inspect("SELECT ?x { } order by ?x").ordered


VALUES = """SELECT * { VALUES (?a ?b ?c) {
 (1 1.5 2e0) (true "x,\\"y\\r\\n\\tz"@en <http://example.org/é>) (UNDEF "2003-01-01"^^<http://www.w3.org/2001/XMLSchema#date> "") } }"""


def test_rows_are_terms_as_n_triples_writes_them(release: Release) -> None:
    xsd = "http://www.w3.org/2001/XMLSchema#"
    assert set(rows(release, VALUES)) == {
        (f'"1"^^<{xsd}integer>', f'"1.5"^^<{xsd}decimal>', f'"2"^^<{xsd}double>'),
        (f'"true"^^<{xsd}boolean>', '"x,\\"y\\r\\n\\tz"@en', "<http://example.org/é>"),
        (None, f'"2003-01-01"^^<{xsd}date>', '""'),
    }
    assert rows(release, "SELECT * {}") == [()]


def test_csv_is_what_sparql_csv_says(release: Release) -> None:
    # https://www.w3.org/TR/sparql11-results-csv-tsv/: CRLF, quotes doubled, terms bare
    written = text(release, VALUES)
    assert written.startswith("a,b,c\r\n")
    assert '"x,""y\r\n\tz"' in written
    assert sorted(csv.reader(io.StringIO(written, newline="")))[0] == ["", "2003-01-01", ""]


@pytest.mark.parametrize("form", ROW_FORMATS)
def test_every_format_of_rows_reads_back_as_the_same_rows(release: Release, form: str) -> None:
    written = text(release, "SELECT ?s ?o { ?s ex:name ?o }", rows=form)
    if form == "csv":
        assert sorted(line[1] for line in csv.reader(io.StringIO(written))) == sorted(["o", *NAMES])
        return
    found = ox.parse_query_results(written.encode(), ROWS[form])
    assert isinstance(found, ox.QuerySolutions)
    assert sorted(str(row["o"]) for row in found) == sorted(f'"{name}"' for name in NAMES)


@pytest.mark.parametrize("form", GRAPH_FORMATS)
def test_every_format_of_triples_reads_back_as_the_same_triples(release: Release, form: str) -> None:
    written = text(release, "CONSTRUCT WHERE { ?s ex:name ?o }", graph=form)
    found = {str(quad.triple) for quad in ox.parse(written.encode(), GRAPHS[form])}
    assert found == {f'<{EX}{i}> <{EX}name> "{name}"' for i, name in enumerate(NAMES)}


def test_formats_are_those_of_the_engine() -> None:
    assert (tuple(ROWS), tuple(GRAPHS)) == (ROW_FORMATS, GRAPH_FORMATS)


def test_turtle_has_the_prefixes_that_it_uses(release: Release) -> None:
    written = text(release, "DESCRIBE ex:0")
    assert written == f'@prefix ex: <{EX}> .\nex:0 ex:name "zoë" .\n'


def test_blank_nodes_of_a_query_have_the_same_labels_every_time(release: Release) -> None:
    query = "CONSTRUCT { ?s ex:has [ ex:name ?o ] } { ?s ex:name ?o }"
    assert text(release, query, graph="nt") == text(release, query, graph="nt")


def test_yes_and_no(release: Release) -> None:
    for query, expected in (('ASK { ?s ex:name "zoë" }', True), ('ASK { ?s ex:name "nobody" }', False)):
        assert json.loads(text(release, query, rows="json"))["boolean"] is expected
        with release.query(query, prefixes={"ex": EX}) as answer:
            assert (answer.kind, answer.truth()) == ("truth", expected)


# ── Damage ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _truncate(store: Path) -> None:
    largest = max(store.glob("*.sst"), key=lambda file: file.stat().st_size)
    largest.write_bytes(largest.read_bytes()[:-7])


def _flip(store: Path) -> None:
    for file in store.glob("*.sst"):
        data = bytearray(file.read_bytes())
        data[: len(data) // 2] = bytes(byte ^ 0xFF for byte in data[: len(data) // 2])
        file.write_bytes(data)


def _other(store: Path) -> None:
    quads = store.parent / "other.nq"
    quads.write_text(f'<{EX}x> <{EX}name> "another dataset" <{EX}g> .\n')
    shutil.rmtree(store)
    load(quads, store)


def _lose(store: Path) -> None:
    for file in store.glob("*.sst"):
        file.unlink()


def _empty(store: Path) -> None:
    shutil.rmtree(store)
    store.mkdir()


def _file_instead(store: Path) -> None:
    shutil.rmtree(store)
    store.write_text("x", encoding="utf-8")


def _zero(store: Path) -> None:
    current = store / "CURRENT"
    current.write_bytes(b"\0" * current.stat().st_size)


def _unnoted(store: Path) -> None:
    (store / "loaded.json").unlink()


def _misnoted(store: Path) -> None:
    (store / "loaded.json").write_text("[]", encoding="utf-8")


def _headless(store: Path) -> None:
    (store / "CURRENT").unlink()


DAMAGES: dict[str, Callable[[Path], None]] = {
    "no store": shutil.rmtree,
    "an empty store": _empty,
    "a store that is a file": _file_instead,
    "no CURRENT": _headless,
    "CURRENT of nonsense": _zero,
    "a file cut short": _truncate,
    "bytes turned over": _flip,
    "files lost": _lose,
    "another dataset's store": _other,
    "no note of what was loaded": _unnoted,
    "a note of nonsense": _misnoted,
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_store_is_made_again_and_never_answers_wrongly(release: Release, damage: str) -> None:
    DAMAGES[damage](release.folder / "store")
    assert {row[0] for row in rows(release, "SELECT ?o { ?s ex:name ?o }")} == {f'"{name}"' for name in NAMES}
    assert sorted(str(quad.object) for quad in release.store()) == sorted(f'"{name}"' for name in NAMES)
    assert [file.name for file in release.folder.iterdir() if file.name.startswith(".store-")] == []


def test_damage_that_shows_while_reading_is_mended_too(release: Release) -> None:
    _flip(release.folder / "store")
    assert release.reading(lambda store: len(list(store))) == len(NAMES)


def test_several_processes_may_find_the_damage_at_once(release: Release) -> None:
    shutil.rmtree(release.folder / "store")
    code = (
        "from pathlib import Path; from onrecord.store import Release\n"
        f"with Release(Path({str(release.folder)!r})).query('SELECT ?s {{ ?s ?p ?o }}') as a: assert len(list(a.rows())) == 4"
    )
    with ThreadPool(4) as pool:
        ran = pool.map(
            lambda _: subprocess.run([sys.executable, "-c", code], env=_environment(), check=False).returncode, range(4)
        )
    assert ran == [0, 0, 0, 0]


def test_damaged_quads_are_said_so_and_not_loaded(release: Release) -> None:
    digest = json.loads((release.folder / "store" / "loaded.json").read_text())["quads"]
    (release.folder / "manifest.json").write_text(json.dumps({"files": {"dataset.nq": {"sha256": digest}}}))
    (release.folder / "dataset.nq").write_text(QUADS[:-30])
    assert len(rows(release, "SELECT ?s { ?s ?p ?o }")) == 4
    shutil.rmtree(release.folder / "store")
    with pytest.raises(NotBuilt, match="damaged — run kg build"):
        rows(release, "SELECT ?s { ?s ?p ?o }")


def test_a_reader_keeps_its_release_when_another_is_published(release: Release) -> None:
    link = release.folder.parents[1] / "latest"
    link.unlink()
    assert len(rows(release, "SELECT ?s { ?s ?p ?o }")) == 4
    with pytest.raises(NotBuilt, match="run kg build first"):
        Release.latest(link.parent)


def test_opening_a_store_for_reading_changes_nothing(release: Release) -> None:
    folder = release.store_folder()
    before = {file: file.stat().st_mtime_ns for file in folder.iterdir()}
    assert len(list(open_store(folder))) == 4
    assert {file: file.stat().st_mtime_ns for file in folder.iterdir()} == before
    with pytest.raises(OnRecordError, match="run kg build"):
        open_store(folder / "nothing")
