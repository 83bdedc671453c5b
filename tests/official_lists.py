"""A dataset of this repository's own facts and the real lists of ../shared/lists, as the command line makes and asks it."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import lists_oracle as oracle

if TYPE_CHECKING:
    from conftest import Kg

ROOT = Path(__file__).resolve().parents[1]
DATA = "https://w3id.org/onrecord/data/"
FIRST, SECOND, OFAC_DAY = date(2020, 11, 30), date(2026, 2, 27), date(2019, 1, 15)
COMMAND = (sys.executable, "-c", "from onrecord.cli import main; main()")

Json = dict[str, object]
Screen = Callable[..., list[Json]]


class Official(NamedTuple):
    """The dataset, the files it was made of, and what the importers said of them."""

    folder: Path
    un: list[Path]
    ofac: oracle.Ofac
    ftm: Path
    imports: list[Json]


_IMPORTS = "imports.json"
"""What the importers said, beside the dataset."""


def make(folder: Path, lists: Path) -> None:
    """Import and build the lists in a folder."""
    shutil.copytree(ROOT / "data", folder / "data")
    settings = (ROOT / "kg.toml").read_text(encoding="utf-8")
    (folder / "kg.toml").write_text(settings.replace('"nq", "ttl", "jsonld"', '"nq"'), encoding="utf-8")
    un, (sdn, alt, add), ftm = _files(lists)
    said = [
        run(folder, "import", "un-sc", "--json", "--encoding-errors", "replace", *un),
        run(folder, "import", "ofac-sdn", "--json", "--as-of", OFAC_DAY, sdn, "--aliases", alt, "--addresses", add),
        run(folder, "import", "ftm", "--json", ftm),
    ]
    run(folder, "build")
    (folder / _IMPORTS).write_text(json.dumps([json.loads(each) for each in said]), encoding="utf-8")


def opened(folder: Path, lists: Path) -> Official:
    """The dataset that `make` has made."""
    un, ofac, ftm = _files(lists)
    said = json.loads((folder / _IMPORTS).read_bytes())
    imports = [snapshot for each in said for snapshot in each["snapshots"]]
    return Official(folder, un, oracle.ofac(*ofac), ftm, imports)


def _files(lists: Path) -> tuple[list[Path], tuple[Path, Path, Path], Path]:
    ofac = lists / "ofac-sdn-2019.csv", lists / "ofac-alt-2019.csv", lists / "ofac-add-2019.csv"
    return [lists / f"un-sc-{day}.xml" for day in (FIRST, SECOND)], ofac, lists / "ftm-t1.json"


def run(folder: Path, *words: object) -> str:
    """What a process of `kg` writes."""
    env = {**os.environ, "PYTHONUTF8": "1"}
    command = [*COMMAND, "-C", str(folder), *map(str, words)]
    done = subprocess.run(command, capture_output=True, timeout=300, env=env, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def screened(kg: Kg, folder: Path, lines: Iterable[str], day: date, more: tuple[str, ...]) -> list[Json]:
    """What `kg status - --json` says of some lines; standard input is a file, so that any text may be in it."""
    given, kept = (
        io.TextIOWrapper(io.BytesIO("".join(f"{line}\n" for line in lines).encode()), encoding="utf-8"),
        sys.stdin,
    )
    sys.stdin = given
    try:
        ran = kg("-C", folder, "status", "-", "--as-of", day, "--json", *more)
    finally:
        sys.stdin = kept
    assert ran.err == ""
    return [json.loads(line) for line in ran.out.splitlines()]


def rows(kg: Kg, official: Official, query: str) -> list[list[str]]:
    """What `kg query` finds."""
    ran = kg("-C", official.folder, "query", "--format", "csv", query)
    assert ran.code == 0, ran.err
    return list(csv.reader(io.StringIO(ran.out)))[1:]
