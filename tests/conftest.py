"""What several tests share."""

import csv
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from official_lists import Json, Official, Screen, make, opened, run, screened
from once import once
from onrecord.rules import Rules, load_rules
from onrecord.vocabulary import resources
from rule_terms import TOY


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of the articles' texts and other real input, which stands beside a checkout and is not part of it."""
    folder = Path(__file__).resolve().parents[2] / "shared"
    if not folder.is_dir():
        pytest.skip("there is no folder ../shared beside this checkout: the texts of the articles are not part of it")
    return folder


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A user's cache of the tests' own: what is compiled is compiled once, and nothing is taken from the real one."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("cache")
        patch.setenv("XDG_CACHE_HOME", str(folder))
        yield folder


@pytest.fixture(scope="session")
def founding(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of releases that this repository's own dataset is built into, with the articles' texts where they are."""
    from onrecord.dataset import settings
    from onrecord.dataset.segments import Options
    from onrecord.release.building import build

    root = Path(__file__).resolve().parents[1]
    texts = root.parent / "shared" / "articles"

    def make(out: Path) -> None:
        options = Options(root, settings.load(root), out, texts=(texts,) if texts.is_dir() else ())
        report = build(options, lambda stage, done, of: None)
        assert [finding.code for finding in report.findings] == ["sources-disagree"]  # since when, and for how long

    return once(tmp_path_factory, "founding", make)


@dataclass(frozen=True)
class Ran:
    """What a run of `kg` gave."""

    code: int
    out: str
    err: str


Kg = Callable[..., Ran]


@pytest.fixture
def kg(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Kg:
    """Runs the command line in this process: `kg("-C", folder, "check")`."""
    from onrecord.cli import main

    def run(*words: object) -> Ran:
        monkeypatch.setattr(sys, "argv", ["kg", *map(str, words)])
        capsys.readouterr()
        code = 0
        try:
            main()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
        said = capsys.readouterr()
        return Ran(code, said.out, said.err)

    return run


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    """A small dataset of its own: the one that `kg init` makes."""
    from onrecord.dataset.initial import make

    make(tmp_path / "dataset")
    return tmp_path / "dataset"


@pytest.fixture(scope="session")
def rules() -> Rules:
    """The rules of this repository's ontology."""
    return load_rules(resources.files("ontology", ".ttl"))


@pytest.fixture(scope="session")
def toy_rules() -> Rules:
    """The rules of a small ontology that has one of everything."""
    return load_rules([TOY])


@pytest.fixture(scope="session")
def official(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Official:
    """This repository's own facts with the real lists of ../shared/lists, imported and built."""
    if not (shared / "lists").is_dir():
        pytest.skip("there is no folder ../shared/lists: official lists are not part of this repository")
    return opened(once(tmp_path_factory, "official", lambda folder: make(folder, shared / "lists")), shared / "lists")


@pytest.fixture(scope="session")
def official_tables(official: Official, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of tables that `kg export csv` makes of the official lists."""

    def make(folder: Path) -> None:
        run(official.folder, "export", "csv", "-o", folder / "tables")

    return once(tmp_path_factory, "official-tables", make) / "tables"


@pytest.fixture
def large_cells() -> Iterator[None]:
    """Cells of any size are read; what the importers are held to is the limit that Python has."""
    before = csv.field_size_limit(1 << 28)
    yield
    csv.field_size_limit(before)


@pytest.fixture
def screen(kg: Kg, official: Official) -> Screen:
    """`kg status - --json` on some lines: `screen(lines, day, "--in", "UN")`."""

    def asked(lines: Iterable[str], day: date, *more: str) -> list[Json]:
        return screened(kg, official.folder, lines, day, more)

    return asked
