"""Browsing by speaker, place and year: what sources say, and nothing that they leave open."""

import html
import re
from pathlib import Path

import pytest

from official_lists import DATA
from onrecord.documents import Document, Documents
from onrecord.documents.document import Tree, Value
from onrecord.documents.kinds import KINDS
from onrecord.site import telling
from onrecord.site.indexes import Indexes
from onrecord.store import Release
from sites import files, written


@pytest.fixture(scope="module")
def documents(founding: Path) -> list[Document]:
    made = Documents(Release.latest(founding).store(), DATA)
    return [made.document(node, kind) for node, kind in made.roots()]


@pytest.fixture(scope="module")
def pages(founding: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("browsing") / "site"
    written(Release.latest(founding).store(), folder)
    return {path: content.decode() for path, content in files(folder).items() if path.endswith(".html")}


def _listed(page: str) -> set[str]:
    return {html.unescape(each) for each in re.findall(r'<li><a href="(?:\.\./)+([^"]*)"><bdi>', page)}


def test_every_statement_is_under_each_of_its_speakers(documents: list[Document], pages: dict[str, str]) -> None:
    said = 0
    for document in documents:
        if document.kind.name == "statement":
            for speaker in telling.trees(document.tree["speaker"]):
                path = telling.text(speaker["id"]).removeprefix(DATA)
                assert f"{document.node[1:-1].removeprefix(DATA)}.html" in _listed(
                    pages[f"index/by-speaker/{path}.html"]
                )
                said += 1
    assert said > 20
    assert sum(len(_listed(page)) for path, page in pages.items() if path.startswith("index/by-speaker/")) == said


def test_a_year_has_what_is_dated_to_it_and_marks_dates_of_curators(pages: dict[str, str]) -> None:
    year = pages["index/by-year/2025.html"]
    assert "source/russia-taliban-delisting/act/ruling-on-the-taliban.html" in _listed(year)
    assert "date by curators" in year
    assert "index/by-year/2025.html" in pages["index/index.html"]
    assert "/by-year/2003" not in "".join(pages), "a designation since 2003 is no event of 2003"


@pytest.mark.parametrize(
    ("when", "year"),
    [
        ({"earliest": "2003-01-01", "latest": "2003-12-31", "edtf": "2003"}, "2003"),
        ({"earliest": "2003-01-01", "latest": "2004-12-31"}, ""),
        ({"earliest": "2003-01-01"}, ""),
        ({"earliest": "2003-01-01", "latest": "2003-12-31", "edtf": "2003~"}, ""),
        ({"asSaid": {"en": "on Thursday"}}, ""),
        ("2024-05-06", "2024"),
    ],
)
def test_what_may_be_of_several_years_is_under_none(when: Value, year: str) -> None:
    indexes = Indexes()
    tree: Tree = {"id": f"{DATA}x", "type": ["Act"], "when" if isinstance(when, dict) else "asOf": when}
    indexes.add(Document(f"<{DATA}source/s/act/x>", KINDS["act"], "x", tree, frozenset(), frozenset()))
    assert list(indexes.years) == ([year] if year else [])


def test_everything_that_is_counted_to_browse_is_there(pages: dict[str, str]) -> None:
    browse = pages["index/index.html"]
    counted = re.findall(
        r'<a href="\.\./(index/by-[^"]*)"><bdi>[^<]*</bdi></a> <span class="number">([\d,]+)</span>', browse
    )
    assert len(counted) > 10
    for path, number in counted:
        assert len(_listed(pages[path])) == int(number.replace(",", "")), path
    assert {path for path, _ in counted} == {path for path in pages if path.startswith("index/by-")}
