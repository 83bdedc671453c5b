"""`kg query`, `kg ask` and `kg completion`: queries, named questions and their parameters, and how answers are written."""

import csv
import io
import json
import os
import pty
import select
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from conftest import Kg, Ran
from onrecord.cli import tables
from onrecord.errors import OnRecordError, QueryError, VocabularyError
from onrecord.questions import Names, Shortener, bind, known, load_all, named
from onrecord.questions.catalogue import read
from onrecord.store import Release

ROOT = Path(__file__).resolve().parents[1]
BASE = "https://w3id.org/onrecord/data/"


@pytest.fixture
def ask(kg: Kg, founding: Path) -> Kg:
    """Runs `kg` on this repository's dataset, built into a folder of the tests."""

    def run(command: object, *words: object) -> Ran:
        return kg("-C", ROOT, command, *words, "--out", founding)

    return run


# ── kg query ──────────────────────────────────────────────────────────────────────────────────────────────────────

DESIGNEES = "SELECT ?who { ?d a onr:Designation ; onr:designee ?who . FILTER(CONTAINS(STR(?who), 'organization/')) }"


def test_known_prefixes_need_no_declaration_and_csv_is_for_pipes(ask: Kg) -> None:
    ran = ask("query", DESIGNEES + " # onr: organization: schema:")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines()[0] == "who"
    assert f"{BASE}organization/taliban" in ran.out.splitlines()
    assert ask("query", "ASK { organization:taliban a onr:ArmedGroup }", "--format", "table").out == "yes\n"


def test_a_table_shows_short_names(ask: Kg) -> None:
    query = "SELECT ?who ?as { ?d a onr:Designation ; onr:designee ?who ; pso:withStatus ?as . FILTER(?who = organization:taliban) }"
    ran = ask("query", query, "--format", "table")
    head, line, row = ran.out.splitlines()
    assert head.split() == ["who", "as"]
    assert set(line) == {"─", " "}
    assert row.split("  ") == ["organization:taliban", "terrorist organization"]


def test_the_same_query_gives_the_same_bytes(ask: Kg) -> None:
    query = "SELECT ?s ?p ?o { ?s ?p ?o }"
    first = ask("query", query).out
    assert first == ask("query", query).out
    assert len(first.splitlines()) > 1_000


def test_queries_come_from_files_questions_and_standard_input(
    ask: Kg, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = ask("query", DESIGNEES).out
    (tmp_path / "mine.rq").write_bytes(b"\xef\xbb\xbf" + DESIGNEES.encode())
    assert ask("query", f"@{tmp_path / 'mine.rq'}").out == expected
    assert ask("query", "@claimed-designations").out.startswith("claimant,designee")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(DESIGNEES.encode())))
    assert ask("query", "-").out == expected


WRONG_QUERIES = {
    "@nowhere.rq": (3, "there is no file nowhere.rq"),
    "@no-such-question": (3, "there is no question"),
    "@status-on-date": (3, "kg ask status-on-date subject=… on=…"),
    "SELECT ?x { ?x nope:a ?y }": (3, "the prefix nope:"),
    "INSERT DATA { <a:a> <a:b> <a:c> }": (3, "only read"),
    "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }": (3, "another machine"),
    f"SELECT * {'{' * 3000}{'}' * 3000}": (3, "nested more than 100 deep"),
    f"SELECT * {{ FILTER({'+'.join(['1'] * 40_000)}) }}": (3, "ended the engine"),
}


@pytest.mark.parametrize("query", WRONG_QUERIES, ids=range(len(WRONG_QUERIES)))
def test_what_cannot_be_asked_is_one_line_and_exit_code_3(ask: Kg, query: str) -> None:
    ran = ask("query", query)
    code, message = WRONG_QUERIES[query]
    assert (ran.code, ran.out) == (code, "")
    assert message in ran.err
    assert len(ran.err.splitlines()) == 1
    assert "Traceback" not in ran.err


def test_a_file_that_is_no_text_is_said_so(ask: Kg, tmp_path: Path) -> None:
    (tmp_path / "latin.rq").write_bytes("SELECT ?é {}".encode("latin-1"))
    ran = ask("query", f"@{tmp_path / 'latin.rq'}")
    assert (ran.code, "not UTF-8 at byte 8" in ran.err) == (3, True)


def test_an_endless_query_is_stopped(ask: Kg) -> None:
    ran = ask(
        "query",
        f"SELECT (COUNT(*) AS ?n) {{ {' '.join(f'?a{i} ?b{i} ?c{i} .' for i in range(9))} }}",
        "--timeout",
        "0.5",
    )
    assert ran.code == 3
    assert "stopped after 0.5 s" in ran.err


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ("SELECT * {}", "ttl"),
        ("ASK {}", "nt"),
        ("DESCRIBE organization:taliban", "csv"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "table"),
    ],
)
def test_a_format_that_cannot_hold_the_answer_is_a_usage_error(ask: Kg, query: str, form: str) -> None:
    ran = ask("query", query, "--format", form)
    assert (ran.code, ran.out) == (2, "")
    assert "written as" in ran.err


def test_triples_come_in_turtle(ask: Kg) -> None:
    ran = ask("query", "CONSTRUCT { ?s rdfs:label ?o } { ?s rdfs:label ?o FILTER(?s = organization:taliban) }")
    assert ran.out.splitlines()[0].startswith("@prefix ")
    assert 'organization:taliban rdfs:label "Taliban"@en .' in ran.out


def test_a_file_is_written_whole_or_not_at_all(ask: Kg, tmp_path: Path) -> None:
    file = tmp_path / "answer.json"
    assert ask("query", DESIGNEES, "--format", "json", "-o", file).out == ""
    whole = file.read_bytes()
    assert json.loads(whole)["head"]["vars"] == ["who"]
    cross = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    assert ask("query", cross, "-o", file, "--timeout", "0.5").code == 3
    assert file.read_bytes() == whole
    assert [each.name for each in tmp_path.iterdir()] == ["answer.json"]


def test_without_a_release_the_advice_is_to_build(kg: Kg, dataset: Path) -> None:
    for command in (("query", "ASK {}"), ("ask", "claimed-designations"), ("show", "taliban")):
        ran = kg("-C", dataset, *command)
        assert (ran.code, ran.out) == (3, "")
        assert "run kg build first" in ran.err


def test_no_rows_are_said_so(ask: Kg) -> None:
    ran = ask("query", "SELECT ?x { ?x onr:kind onr:Nothing }", "--format", "table")
    assert (ran.code, ran.out, ran.err) == (0, "x\n─\n", "no rows\n")


def _on_a_terminal(columns: int, *words: str) -> str:
    """What a command shows on a terminal of so many columns."""
    parent, child = pty.openpty()
    environment = {
        **os.environ,
        "COLUMNS": str(columns),
        "LINES": "40",
        "NO_COLOR": "1",
        "PYTHONPATH": str(ROOT / "src"),
    }
    command = [sys.executable, "-c", "from onrecord.cli import main; main()", "-C", str(ROOT), *words]
    with subprocess.Popen(command, stdin=child, stdout=child, stderr=child, env=environment) as process:
        os.close(child)
        shown = b""
        while True:
            try:
                select.select([parent], [], [], 60)
                piece = os.read(parent, 65_536)
            except OSError:  # the end, as Linux tells it
                break
            if not piece:
                break
            shown += piece
        assert process.wait(60) == 0
    os.close(parent)
    return shown.decode().replace("\r\n", "\n")


@pytest.mark.parametrize("columns", [200, 60, 20])
def test_a_narrow_terminal_wraps_and_loses_nothing(founding: Path, columns: int) -> None:
    long = "the quick brown fox jumps over the lazy dog " * 3
    query = f'SELECT ?a ?b ?c {{ VALUES (?a ?b ?c) {{ ("{long.strip()}" "中村中村中村中村中村中村" "x") }} }}'
    shown = _on_a_terminal(columns, "query", query, "--out", str(founding))
    assert max(map(tables.width, shown.splitlines())) <= columns
    assert shown.count("quick") == shown.count("lazy") == 3
    assert shown.count("中") == shown.count("村") == 6


# ── Tables ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_columns_are_aligned_by_what_a_terminal_shows() -> None:
    shown = list(
        tables.lines(("name", "next"), [("zoe\u0308", "|"), ("中村", "|"), ("👩\u200d🚒", "|"), ("plain", "|")], None)
    )
    assert {tables.width(line.partition("|")[0]) for line in shown[2:]} == {7}


@pytest.mark.parametrize("text", ["\x1b[31mred", "a\x07b", "a\x9bb", "a\u202eb", "two\nlines", "a\u2028b"])
def test_a_table_sends_no_controls_to_the_terminal(text: str) -> None:
    assert tables.plain(text).isprintable()
    assert len(tables.plain(text)) == len(text)


@pytest.mark.parametrize("room", [1, 7, 30])
def test_wrapping_keeps_every_character(room: int) -> None:
    text = "source:a-long/path-to-something and 中村中村中村 words, e\u0301tc. " + "x" * 50
    parts = tables.wrap(text, room)
    assert "".join(parts).replace(" ", "") == text.replace(" ", "")
    assert all(tables.width(part) <= max(room, 2) for part in parts)


def test_rows_beyond_the_sample_are_wrapped_to_its_widths() -> None:
    rows = [["short"]] * 1_000 + [["a much longer cell than any of those before it"]]
    shown = list(tables.lines(("name",), rows, None))
    assert " ".join(shown[1_002:]).replace(" ", "") == rows[-1][0].replace(" ", "")


def test_addresses_are_short() -> None:
    shortener = Shortener(known(BASE))
    assert shortener.short(f"{BASE}organization/taliban") == "organization:taliban"
    assert shortener.short(f"{BASE}source/a/act/b") == "source:a/act/b"
    assert shortener.short("https://w3id.org/onrecord/ns#Fact") == "onr:Fact"
    assert shortener.short("https://w3id.org/onrecord/scheme/qualifier/at-least") == "at least"
    assert shortener.short("https://elsewhere.example/x") == "https://elsewhere.example/x"


# ── Named questions ───────────────────────────────────────────────────────────────────────────────────────────────

HEAD = "# Who is it?\n"
QUERY = "SELECT ?x { VALUES (?x ?on) { (UNDEF UNDEF) } }\n"


def test_every_question_of_ours_reads_and_its_example_runs(ask: Kg) -> None:
    questions = load_all()
    assert len(questions) >= 10
    without = {"disagreements", "event-candidates", "relisted"}  # one article alone has no answer
    for question in questions:
        assert question.examples, question.name
        for example in question.examples if not question.over else ():  # of two releases: test_questions_changes.py
            kg, command, *words = example.split()
            assert (kg, command, words[0]) == ("kg", "ask", question.name)
            ran = ask(command, *words)
            assert (ran.code, ran.err) == (0, ""), example
            answered = len(ran.out.splitlines()) > 1
            assert answered is (question.name not in without), example


def test_a_header_is_read(tmp_path: Path) -> None:
    file = tmp_path / "who.rq"
    file.write_text(
        "# Who is it?\n# @number 7, 9\n# @param x iri required The one.\n# @param on date default 2025-12-31 The day.\n"
        "# @example kg ask who x=a\n#\n# A note.\n\n" + QUERY
    )
    question = read(file)
    assert (question.name, question.summary, question.numbers, question.notes) == (
        "who",
        "Who is it?",
        (7, 9),
        "A note.",
    )
    assert [(p.name, p.type, p.required, p.default, p.text) for p in question.parameters] == [
        ("x", "iri", True, "", "The one."),
        ("on", "date", False, "2025-12-31", "The day."),
    ]
    assert question.examples == ("kg ask who x=a",)


BAD_HEADERS = {
    QUERY: (1, "says what it answers"),
    HEAD + "# @number seven\n" + QUERY: (2, "no list of numbers"),
    HEAD + "# @parm x iri required X.\n" + QUERY: (2, "@parm is not known"),
    HEAD + "#\n# @param x\n" + QUERY: (3, "is no parameter"),
    HEAD + "# @param x colour required X.\n" + QUERY: (2, "no type of parameters"),
    HEAD + "# @param x concept:colour required X.\n" + QUERY: (2, "there is no scheme colour"),
    HEAD + "# @param y iri required Y.\n" + QUERY: (1, "no VALUES row"),
    HEAD + "# @param x iri required X.\n# @param y iri optional Y.\n" + QUERY: (1, "no VALUES row"),
    HEAD + "# @param x iri required X.\nSELECT ?x { # VALUES (?x) { (UNDEF) }\n}": (1, "no VALUES row"),
    HEAD + "# @param x iri required X.\nSELECT ?x { VALUES (?x) { (1) } }": (1, "no VALUES row"),
}


@pytest.mark.parametrize("text", BAD_HEADERS, ids=range(len(BAD_HEADERS)))
def test_a_bad_header_is_named_with_file_and_line(tmp_path: Path, text: str) -> None:
    (tmp_path / "bad.rq").write_text(text)
    line, message = BAD_HEADERS[text]
    with pytest.raises(VocabularyError, match=message) as caught:
        load_all(tmp_path)
    assert str(caught.value).startswith(f"bad.rq:{line}: ")


def bound(tmp_path: Path, parameter: str, value: str, row: str = "?x") -> str:
    """The row of values of a question with one parameter."""
    (tmp_path / "q.rq").write_text(
        f"# Q?\n# @param x {parameter} required X.\nSELECT * {{ VALUES ({row}) {{ ({' '.join('UNDEF' for _ in row.split())}) }} }}\n"
    )
    query = bind(named("q", tmp_path), {"x": value}, lambda name: f"<{BASE}{name}>")
    return query.partition("{ (")[2].partition(") } }\n")[0]


@pytest.mark.parametrize(
    ("parameter", "value", "term"),
    [
        ("iri", "taliban", f"<{BASE}taliban>"),
        ("text", 'a "quoted" \\ text\n', '"a \\"quoted\\" \\\\ text\\n"'),
        ("text", '") } } ; DROP ALL #', '"\\") } } ; DROP ALL #"'),
        ("integer", "-12", '"-12"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        ("date", "2010-01-31", '"2010-01-31"^^<http://www.w3.org/2001/XMLSchema#date>'),
        ("concept:qualifier", "at least", "<https://w3id.org/onrecord/scheme/qualifier/at-least>"),
    ],
)
def test_values_become_terms(tmp_path: Path, parameter: str, value: str, term: str) -> None:
    assert bound(tmp_path, parameter, value) == term


def test_every_row_of_parameters_takes_their_values(tmp_path: Path) -> None:
    (tmp_path / "q.rq").write_text(
        "# Q?\n# @param x iri required X.\n# @param y integer optional Y.\n"
        "SELECT * { { VALUES (?y ?x) { (UNDEF UNDEF) } } UNION { VALUES (?x) { (UNDEF) } } VALUES (?z) { (UNDEF) } }\n"
    )
    query = bind(named("q", tmp_path), {"x": "a", "y": "7"}, lambda name: f"<{BASE}{name}>")
    seven = '"7"^^<http://www.w3.org/2001/XMLSchema#integer>'
    assert query.endswith(
        f"SELECT * {{ {{ VALUES (?y ?x) {{ ({seven} <{BASE}a>) }} }} UNION {{ VALUES (?x) {{ (<{BASE}a>) }} }}"
        " VALUES (?z) { (UNDEF) } }\n"
    )
    assert "(UNDEF <" in bind(named("q", tmp_path), {"x": "a"}, lambda name: f"<{BASE}{name}>")


def test_a_vague_date_has_its_earliest_and_latest_day_and_no_day_of_its_own(tmp_path: Path) -> None:
    day = '"{}"^^<http://www.w3.org/2001/XMLSchema#date>'.format
    row = "?x ?xEarliest ?xLatest"
    assert bound(tmp_path, "date", "2010-02", row) == f"UNDEF {day('2010-02-01')} {day('2010-02-28')}"
    assert bound(tmp_path, "date", "2010-02-03", row) == " ".join([day("2010-02-03")] * 3)
    with pytest.raises(QueryError, match="more than one day"):
        bound(tmp_path, "date", "2010-02")


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("integer", "12.5"),
        ("integer", "١٢"),
        ("integer", "9" * 5_000),
        ("date", "2010-02-30"),
        ("date", "yesterday"),
        ("date", "2010~"),
        ("concept:qualifier", "more"),
    ],
)
def test_values_of_another_type_are_refused(tmp_path: Path, parameter: str, value: str) -> None:
    with pytest.raises(QueryError, match=r"^x="):
        bound(tmp_path, parameter, value)


USAGE = {
    "status-on-date": "needs subject",
    "status-on-date subject=taliban": "needs on",
    "status-on-date subject=taliban on=2010-01-01 at=russia": "has no parameter 'at'",
    "status-on-date subject=taliban subject=russia on=2010-01-01": "given twice",
    "status-on-date taliban": "write KEY=VALUE",
}


@pytest.mark.parametrize("words", USAGE)
def test_parameters_that_are_missing_or_unknown_are_usage_errors(ask: Kg, words: str) -> None:
    ran = ask("ask", *words.split())
    assert (ran.code, ran.out) == (2, "")
    assert USAGE[words] in ran.err


def test_a_name_that_is_nearly_a_question_is_answered_with_it(ask: Kg) -> None:
    ran = ask("ask", "claimed-designation")
    assert (ran.code, "do you mean claimed-designations" in ran.err) == (3, True)


def test_without_a_name_the_questions_are_listed(kg: Kg) -> None:
    ran = kg("ask")
    assert ran.code == 0
    for question in load_all():
        assert question.name in ran.out
        assert question.summary in ran.out
        assert all(f"{parameter.name}=…" in ran.out for parameter in question.parameters)


# ── Names ─────────────────────────────────────────────────────────────────────────────────────────────────────────

CALLED: Mapping[str, str] = {
    "taliban": "organization/taliban",
    "Taliban": "organization/taliban",
    "organization/taliban": "organization/taliban",
    "organization:taliban": "organization/taliban",
    f"{BASE}organization/taliban": "organization/taliban",
    f"<{BASE}organization/taliban>": "organization/taliban",
    "russia-taliban-delisting/designation/taliban-in-russia": "source/russia-taliban-delisting/designation/taliban-in-russia",
    "source:russia-taliban-delisting/designation/taliban-in-russia": "source/russia-taliban-delisting/designation/taliban-in-russia",
    "taliban-in-russia": "source/russia-taliban-delisting/designation/taliban-in-russia",
    "russia-taliban-delisting": "source/russia-taliban-delisting",
}


@pytest.fixture(scope="module")
def names(founding: Path) -> Names:
    return Names(Release.latest(founding).store(), BASE)


@pytest.mark.parametrize("text", CALLED)
def test_things_are_found_by_id_path_address_and_label(names: Names, text: str) -> None:
    found = names.resolve(text)
    assert found == f"<{BASE}{CALLED[text]}>"
    assert names.resolve(names.path(found[1:-1])) == found


@pytest.mark.parametrize(
    "text",
    [
        "talban",
        "organization/talban",
        f"{BASE}organization/talban",
        "<>",
        "",
        "\0",
        "a b",
        "../x",
        "https://",
        "\ud800",
        "x" * 100_000,
        "Nobody at all",
    ],
)
def test_what_nothing_is_called_is_an_error_and_no_empty_answer(names: Names, text: str) -> None:
    with pytest.raises(OnRecordError, match="nothing in the dataset is called"):
        names.resolve(text)


def test_what_is_nearly_called_so_is_named(names: Names) -> None:
    with pytest.raises(QueryError, match="near it: taliban"):
        names.resolve("talban")


# ── kg completion ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_completion_script_is_one_that_the_shell_takes(kg: Kg, shell: str) -> None:
    ran = kg("completion", shell)
    assert (ran.code, ran.err) == (0, "")
    assert "_KG_COMPLETE" in ran.out
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"{shell} is not installed")
    checked = subprocess.run([program, "-n"], input=ran.out, text=True, capture_output=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, "")


def test_csv_has_a_row_for_each_solution(ask: Kg) -> None:
    ran = ask("ask", "exact-words", "fact=russia-taliban-delisting/designation/taliban-in-russia")
    head, *rows = csv.reader(io.StringIO(ran.out))
    assert "words" in head
    assert "classified as a terrorist entity in Russia" in {row[head.index("words")] for row in rows}
