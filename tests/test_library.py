"""The library: the same answers as the command line's."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

import onrecord
from conftest import Kg
from fictional import Archive
from onrecord.errors import ConfigurationError, NotBuilt, QueryError

WORDS = {"words": "w"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = Archive(tmp_path_factory.mktemp("library"))
    made.snapshot("bans-1", "2020-01-01", "x-1", "x-2")
    made.snapshot("bans-2", "2024-01-01", "x-2")
    assert [f.line() for f in onrecord.build(made.folder).findings if f.severity == "violation"] == []
    return made.folder


def test_status_is_what_the_command_says(folder: Path, kg: Kg) -> None:
    (made,) = onrecord.open(folder / "out").status("x-1", in_="Alda", on="2020-01-01")
    said = kg("-C", folder, "status", "x-1", "--in", "Alda", "--as-of", "2020-01-01", "--json")
    assert made == json.loads(said.out)
    assert made["answer"] == "listed"
    (later,) = onrecord.open(folder).status("x-1", in_="Alda", on="2024-06-01")
    assert later["answer"] != "listed"


def test_of_whom_nothing_is_on_record_there_is_no_day(folder: Path) -> None:
    made = onrecord.open(folder).status("Front")
    assert {(one["answer"], one["as_of"]) for one in made} == {("no evidence", None)}
    days = made[0]["days"]
    assert isinstance(days, dict)
    assert (days["first"], days["last"]) == (None, None)


def test_queries_give_rows_and_truth(folder: Path) -> None:
    dataset = onrecord.open(folder / "out")
    rows = dataset.query(
        "SELECT DISTINCT ?name ?none { ?e onr:listReference ?name OPTIONAL { ?e onr:called ?none } } ORDER BY ?name"
    )
    assert rows == [{"name": "x-1", "none": None}, {"name": "x-2", "none": None}]
    assert dataset.query("ASK { ?d a onr:Designation }") is True
    with pytest.raises(QueryError, match="triples are no rows"):
        dataset.query("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }")
    with pytest.raises(QueryError):
        dataset.query("SELECT")


def test_named_questions_are_asked(folder: Path) -> None:
    dataset = onrecord.open(folder / "out")
    assert isinstance(dataset.ask("claimed-designations"), list)
    with pytest.raises(QueryError):
        dataset.ask("claimed-designations", nobody="x")
    with pytest.raises(QueryError):
        dataset.ask("no-such-question")


def test_what_is_not_there_is_said(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError):
        onrecord.open(tmp_path)
    with pytest.raises(NotBuilt):
        onrecord.open(folder / "data")


def test_the_package_itself_imports_nothing_of_it() -> None:
    code = "import sys, onrecord; print([m for m in sys.modules if m.startswith('onrecord.') or m == 'pyoxigraph'])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
