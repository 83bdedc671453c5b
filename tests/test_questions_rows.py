"""Rows of every named question on sixty synthetic articles and on the founding one, with what is asked for picked from
the data: the same as when they were recorded. What was recorded first came from the queries as they were before they
were made fast.

Where the graph has changed on purpose, and the questions have not: `python tests/test_questions_rows.py` records anew.
"""

import hashlib
import json
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from onrecord.dataset import settings
from onrecord.dataset.segments import Options
from onrecord.questions import Question, bind, load_all
from onrecord.release.building import build
from onrecord.store import open_store

ROOT = Path(__file__).resolve().parents[1]
CASE = ROOT / "tests" / "cases" / "questions"
RECORDED = CASE / "rows.json"
DATES = ("2014-06-01", "1995-01-01", "2026-01-01")
MOST = 6
"""Values at most for a parameter."""
NO_CASE = {"disagreements", "event-candidates", "relisted"}
"""What neither the synthetic articles nor the founding one tell of: test_questions_fictional.py asks for it."""
POSITIONS = ("start", "end")
"""Columns that are there only where the articles' texts are at hand."""
PICKED = {
    "subject": "?by onr:designee ?x",
    "designee": "?by onr:designee ?x",
    "in": "?by onr:jurisdiction ?x",
    "designator": "?by onr:jurisdiction ?x",
    "event": "?by onr:figureOf ?x . ?x a onr:Event",
    "of": "?by onr:figureOf ?x",
    "over": "?by a onr:Prosecution ; onr:concerns ?x",
    "about": "?by a onr:Statement ; onr:about ?x",
    "speaker": "?by a onr:Statement ; onr:speaker ?x",
    "act": "?by onr:through|onr:readingOf ?x",
    "fact": "?x a onr:Fact BIND(?x AS ?by)",
}
"""What a parameter may be, most often named first."""


def values(store: ox.Store, parameter: str) -> list[str]:
    """Values for a parameter, as terms."""
    if parameter == "on":
        return [f'"{date}"^^<http://www.w3.org/2001/XMLSchema#date>' for date in DATES]
    query = f"SELECT ?x {{ {PICKED[parameter]} }} GROUP BY ?x ORDER BY DESC(COUNT(DISTINCT ?by)) ?x"
    found = store.query(query, prefixes={"onr": "https://w3id.org/onrecord/ns#"}, use_default_graph_as_union=True)
    assert isinstance(found, ox.QuerySolutions)
    terms = [str(row[0]) for row in found]
    return terms[: MOST // 2] + terms[MOST // 2 :: max(1, len(terms) // (MOST // 2))]


def cases(store: ox.Store, question: Question) -> Iterator[dict[str, str]]:
    """What to ask: with all parameters, and with each that may be left out left out."""
    names = [parameter.name for parameter in question.parameters]
    picked = {name: values(store, name) for name in names}
    for turn in range(max((len(terms) for terms in picked.values()), default=1)):
        yield {name: terms[turn % len(terms)] for name, terms in picked.items() if terms}
    for left_out in (parameter.name for parameter in question.parameters if not parameter.required):
        yield {name: terms[0] for name, terms in picked.items() if terms and name != left_out}
    if not any(parameter.required for parameter in question.parameters):
        yield {}


def rows(store: ox.Store, question: Question, given: dict[str, str]) -> list[str]:
    """The rows of an answer, sorted."""
    plain = {name: term.split('"')[1] if term.startswith('"') else term for name, term in given.items()}
    answer = store.query(bind(question, plain, lambda term: term), use_default_graph_as_union=True)
    assert isinstance(answer, ox.QuerySolutions)
    names = [variable.value for variable in answer.variables if variable.value not in POSITIONS]
    return sorted("\t".join(f"{name}={row[name]}" for name in names) for row in answer)


def asked(store: ox.Store, questions: list[Question]) -> dict[str, tuple[int, str]]:
    """For each question with its parameters: how many rows it gives, and their SHA-256."""
    found = {}
    for question in questions:
        if question.over:  # asked of two releases: test_questions_changes.py
            continue
        for given in cases(store, question):
            lines = rows(store, question, given)
            words = " ".join([question.name, *(f"{name}={term}" for name, term in given.items())])
            found[words] = (len(lines), hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16])
    return found


def synthetic(folder: Path) -> ox.Store:
    """The store of the synthetic articles."""
    shutil.copytree(CASE, folder / "dataset")
    options = Options(folder / "dataset", settings.load(folder / "dataset"), folder / "out")
    assert build(options, lambda stage, done, of: None).findings == []
    return open_store(folder / "out" / "latest" / "store")


@pytest.fixture(scope="module")
def stores(founding: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, ox.Store]:
    """The stores that are asked."""
    return {
        "synthetic": synthetic(tmp_path_factory.mktemp("synthetic")),
        "founding": open_store(founding / "latest" / "store"),
    }


@pytest.mark.parametrize("name", ["synthetic", "founding"])
def test_rows_are_those_recorded(name: str, stores: dict[str, ox.Store]) -> None:
    recorded = {words: (count, digest) for words, (count, digest) in json.loads(RECORDED.read_text())[name].items()}
    assert asked(stores[name], load_all()) == recorded


def test_the_recorded_rows_say_something() -> None:
    recorded = json.loads(RECORDED.read_text())
    answered = {words.split()[0] for found in recorded.values() for words, (count, _) in found.items() if count}
    assert answered == {question.name for question in load_all() if not question.over} - NO_CASE


def _record(queries: Path | None, release: Path) -> None:
    """Record the rows of the questions in a folder, ours by default; `release` is the founding article's."""
    with tempfile.TemporaryDirectory() as folder:
        found = {
            "synthetic": asked(synthetic(Path(folder)), load_all(queries)),
            "founding": asked(open_store(release / "store"), load_all(queries)),
        }
    RECORDED.write_text(json.dumps(found, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    _record(Path(sys.argv[1]) if len(sys.argv) > 1 else None, ROOT / "out" / "latest")
