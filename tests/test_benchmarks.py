"""The generator of synthetic articles: same seed, same bytes; nothing is found where nothing was seeded, and all of it
where something was. Nothing here is timed."""

import hashlib
import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import rdflib
import yaml
from rdflib import SH

from modules import ROOT
from onrecord.dataset import settings
from onrecord.dataset.checking import check
from onrecord.facts.document import Document
from onrecord.findings import Finding
from onrecord.vocabulary import resources
from onrecord.vocabulary.terms import CONCEPTS

KINDS_OF_FAULT = 43
SEEDED = {"Class", "MinCount", "MaxCount", "Not", "Or", "Xone", "Disjoint", "SPARQL"}
REFUSED_BEFORE = {"Datatype", "HasValue", "MinInclusive", "MinLength", "Node", "NodeKind", "Pattern", "UniqueLang"}
"""What shapes constrain and no facts file can get wrong: readers refuse it, or mappers never write it."""
ONLY_INSIDE_OTHERS = {"Equals", "In", "QualifiedMinCount", "QualifiedMaxCount"}


def generate(folder: Path, *options: str) -> Path:
    """A dataset of the generator's."""
    command = [sys.executable, str(ROOT / "benchmarks" / "articles.py"), *options, str(folder)]
    subprocess.run(command, check=True, capture_output=True, text=True)
    return folder


def findings(folder: Path) -> list[Finding]:
    """What checking the dataset gives, with its texts where they are there."""
    texts = folder / "texts"
    return check(folder, settings.load(folder), [], [texts] if texts.is_dir() else []).findings


def documents(folder: Path) -> list[dict[str, object]]:
    """The articles of a dataset of JSON Lines."""
    files = sorted((folder / "data/articles").glob("*.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]


def values(value: object, key: str) -> Iterator[object]:
    """Everything that stands under a key, at any depth."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name == key:
                yield from inner if isinstance(inner, list) else [inner]
            yield from values(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from values(inner, key)


def digests(folder: Path) -> dict[str, str]:
    """Every file of a folder with its digest."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, object]]:
    """Enough articles for everything that is rare."""
    return documents(generate(tmp_path_factory.mktemp("many") / "d", "--articles", "1500"))


@pytest.mark.parametrize("form", ["jsonl", "yaml"])
def test_the_same_seed_gives_the_same_bytes_and_another_one_others(form: str, tmp_path: Path) -> None:
    options = ("--articles", "30", "--form", form, "--violations", "0.5")
    first, again, other = (
        digests(generate(tmp_path / name, *options, "--seed", seed))
        for name, seed in (("a", "7"), ("b", "7"), ("c", "8"))
    )
    assert first == again
    assert {name for name in first if first[name] == other.get(name)} == {"kg.toml", "seeded.jsonl"}


def test_both_forms_hold_the_same_facts(tmp_path: Path) -> None:
    lines = generate(tmp_path / "lines", "--articles", "20")
    files = sorted(
        (generate(tmp_path / "files", "--articles", "20", "--form", "yaml") / "data/articles").rglob("*.yaml")
    )
    read = [yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader) for file in files]
    assert len(read) == 20
    assert [one["source"]["title"] for one in read] == list(values(documents(lines), "title"))
    assert [sorted(one) for one in read] == [sorted(one) for one in documents(lines)]


def test_nothing_is_found_where_nothing_was_seeded(tmp_path: Path) -> None:
    assert findings(generate(tmp_path / "d", "--articles", "60", "--texts")) == []


@pytest.mark.parametrize("form", ["jsonl", "yaml"])
def test_what_is_found_is_what_was_seeded(form: str, tmp_path: Path) -> None:
    folder = generate(tmp_path / "d", "--articles", str(KINDS_OF_FAULT), "--violations", "1", "--form", form)
    rows = [json.loads(line) for line in (folder / "seeded.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len({row["fault"] for row in rows}) == KINDS_OF_FAULT
    wanted = Counter(
        (row["file"], row.get("line"), one["shape"], one["component"], one["severity"])
        for row in rows
        for one in row["expected"]
    )
    found = Counter(
        (
            finding.place.file,
            finding.place.line if form == "jsonl" else None,
            "shape:" + finding.source_shape.strip("<>").rpartition("#")[2],
            "sh:" + finding.component.strip("<>").rpartition("#")[2],
            finding.severity,
        )
        for finding in findings(folder)
    )
    assert found == wanted
    assert {
        component.removeprefix("sh:").removesuffix("ConstraintComponent") for _, _, _, component, _ in found
    } == SEEDED


def test_every_constraint_of_the_shapes_is_seeded_or_cannot_be_expressed() -> None:
    shapes = rdflib.Graph()
    for file in resources.files("shapes", ".ttl"):
        shapes.parse(file)
    components = {name[0].upper() + name[1:] + "ConstraintComponent" for name in map(_local, shapes.predicates())}
    used = {name for name in components if name in SH} | {"SPARQLConstraintComponent"}
    named = {f"{name}ConstraintComponent" for name in SEEDED | REFUSED_BEFORE | ONLY_INSIDE_OTHERS | {"Property"}}
    assert used == named


def _local(name: object) -> str:
    return str(name).rpartition("#")[2]


def test_every_kind_of_fact_is_there(many: list[dict[str, object]]) -> None:
    sections = set(Document.__struct_fields__) - {"posts", "lists", "entries"}  # the registry's, and those of lists
    assert {key for one in many for key in one} == sections


@pytest.mark.parametrize(
    ("key", "wanted"),
    [
        ("mode", set(CONCEPTS["statement-mode"])),
        ("outcome", {"charged", "convicted", "penalized"}),
        ("language", {"en", "ru", "ar", "zh"}),
    ],
)
def test_every_word_is_there(key: str, wanted: set[str], many: list[dict[str, object]]) -> None:
    assert set(values(many, key)) == wanted


@pytest.mark.parametrize("kind", ["designation", "recognition", "relation", "event", "statement", "text"])
def test_every_kind_of_proposition_is_there(kind: str, many: list[dict[str, object]]) -> None:
    forces = ("asserts", "denies", "asks", "predicts", "supposes")
    assert any(isinstance(held, dict) and kind in held for force in forces for held in values(many, force))


@pytest.mark.parametrize("form", ["2", "2~", "2?", "2%", "200X", "2/2", "2-0", "2-0-0"])
def test_every_form_of_date_is_there(form: str, many: list[dict[str, object]]) -> None:
    starts = {str(value) for key in ("start", "date") for value in values(many, key)}
    patterns = {
        "2": r"\d{4}", "2~": r"\d{4}~", "2?": r"\d{4}\?", "2%": r"\d{4}%", "200X": r"\d{3}X",
        "2/2": r"\d{4}/\d{4}", "2-0": r"\d{4}-\d\d", "2-0-0": r"\d{4}-\d\d-\d\d",
    }  # fmt: skip
    assert any(re.fullmatch(patterns[form], start) for start in starts)


def test_entities_are_shared_by_zipfs_law(many: list[dict[str, object]]) -> None:
    counts = sorted(Counter(map(str, values(many, "site"))).values(), reverse=True)
    assert counts[0] > 1.5 * counts[2] > 1.5 * counts[9]
    assert len(counts) > 30
