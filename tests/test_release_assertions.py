"""The assertions of kg.toml: what is broken is told with the number that was found, and nothing is published."""

import re
import shutil
from pathlib import Path

import pytest

import un_lists
from conftest import Kg
from modules import ROOT
from onrecord.dataset import settings
from onrecord.errors import ConfigurationError
from onrecord.release import publication


def asserting(dataset: Path, text: str) -> None:
    """Put assertions in place of those that are in kg.toml."""
    file = dataset / "kg.toml"
    given = file.read_text(encoding="utf-8").split("\n[assertions")[0]
    file.write_text(f"{given}\n{text}", encoding="utf-8")


def found(dataset: Path, kg: Kg, *words: str) -> list[str]:
    """What a build says that must fail, which must leave the release as it was."""
    before = publication.read_manifest(dataset / "out")
    ran = kg("-C", dataset, "build", *words)
    lines = [line for line in ran.out.splitlines() if line.endswith(" [assertion]")]
    assert ran.code == 1
    assert all(line.startswith("kg.toml: error: ") for line in lines)
    if "--check" not in words:
        assert f"not published: {len(lines)} assertion" in ran.err
    assert publication.read_manifest(dataset / "out") == before
    return [line.removeprefix("kg.toml: error: ").removesuffix(" [assertion]") for line in lines]


def holds(dataset: Path, kg: Kg, *words: str) -> None:
    """A build that must succeed."""
    ran = kg("-C", dataset, "build", *words)
    assert ran.code == 0, ran.out


@pytest.mark.parametrize("name", ["sources", "facts", "evidence", "triples", "entities", "designations", "statements"])
def test_at_least_so_many(name: str, dataset: Path, kg: Kg) -> None:
    asserting(dataset, f"[assertions.at_least]\n{name} = 1000000")
    (line,) = found(dataset, kg)
    number = re.fullmatch(rf"there must be at least 1,000,000 {name}, and there are (\d+)", line)
    assert number is not None
    assert int(number[1]) > 0
    assert not (dataset / "out/latest").exists()
    asserting(dataset, f"[assertions.at_least]\n{name} = {int(number[1]) + 1}")
    found(dataset, kg)
    asserting(dataset, f"[assertions.at_least]\n{name} = {number[1]}")
    holds(dataset, kg)


def test_what_is_counted_is_what_sources_state(dataset: Path, kg: Kg) -> None:
    asserting(dataset, "[assertions.at_least]\ndesignations = 100\nstatements = 100\nevents = 100\nentities = 100")
    counted = {line.split(",")[0].split()[-1]: int(line.split()[-1]) for line in found(dataset, kg)}
    text = (dataset / "data/articles/harbour-ruling.yaml").read_text(encoding="utf-8")
    registry = (dataset / "data/registry/entities.yaml").read_text(encoding="utf-8")

    def records(section: str, *texts: str) -> int:
        found = [re.search(rf"^{section}:(.*?)(?=^\w|\Z)", one, re.DOTALL | re.MULTILINE) for one in texts]
        return sum(len(re.findall(r"^  - ", one[1], re.MULTILINE)) for one in found if one)

    for section in ("designations", "statements", "events"):
        assert counted[section] == records(section, text), section
    kinds = ("organizations", "people", "places", "posts", "lists")
    assert counted["entities"] == sum(records(kind, text, registry) for kind in kinds)


def test_a_fall_since_the_latest_release(dataset: Path, kg: Kg) -> None:
    article = dataset / "data/articles/harbour-ruling.yaml"
    text = article.read_text(encoding="utf-8")
    for number in range(3):
        (dataset / f"data/articles/copy-{number}.yaml").write_text(text, encoding="utf-8")
    asserting(dataset, "[assertions]\nmost_fall = 25")
    holds(dataset, kg)
    (dataset / "data/articles/copy-0.yaml").unlink()
    holds(dataset, kg)  # three of four
    (dataset / "data/articles/copy-1.yaml").unlink()
    told = "sources may fall by 25 percent at the most: there were 3 in the latest release, and there are 2"
    assert told in found(dataset, kg)
    assert told in found(dataset, kg, "--release", "2026.1")
    assert told in found(dataset, kg, "--check")
    assert not (dataset / "out/releases/2026.1").exists()
    asserting(dataset, "[assertions]\nmost_fall = 40")
    holds(dataset, kg, "--release", "2026.1")


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    """This repository's own dataset, of which one finding is known."""
    dataset = tmp_path / "d"
    shutil.copytree(ROOT / "data", dataset / "data")
    given = (ROOT / "kg.toml").read_text(encoding="utf-8").replace('"nq", "ttl", "jsonld"', '"nq"')
    (dataset / "kg.toml").write_text(given, encoding="utf-8")
    return dataset


def test_at_most_so_many(ours: Path, kg: Kg) -> None:
    asserting(ours, "[assertions.at_most]\nfindings = 0\nwarnings = 0")
    (told, *_) = found(ours, kg)
    number = re.fullmatch(r"there may be at most 0 findings, and there are (\d+)", told)
    assert number is not None
    asserting(ours, f"[assertions.at_most]\nfindings = {number[1]}\nwarnings = {number[1]}")
    holds(ours, kg)


def test_a_list_must_have_its_entries(ours: Path, tmp_path: Path, kg: Kg) -> None:
    dataset = ours
    one, other = tmp_path / "one.xml", tmp_path / "other.xml"
    one.write_text(un_lists.listed(), encoding="utf-8")
    other.write_text(un_lists.listed(un_lists.BORIS, generated="2017-01-31T00:00:00Z"), encoding="utf-8")
    assert kg("-C", dataset, "import", "un-sc", one).code == 0
    asserting(dataset, "[assertions]\nmost_fall = 10\n[assertions.lists]\nun-sc = 3\nnowhere = 1")
    assert found(dataset, kg) == [
        "the list nowhere must have at least 1 entries, and its newest snapshot has 0",
    ]
    asserting(dataset, "[assertions]\nmost_fall = 10\n[assertions.lists]\nun-sc = 3")
    holds(dataset, kg)
    assert kg("-C", dataset, "import", "un-sc", other).code == 0
    assert found(dataset, kg) == [
        "entries of un-sc may fall by 10 percent at the most: there were 3 in the latest release, and there are 2",
        "the list un-sc must have at least 3 entries, and its newest snapshot has 2",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "[assertions]\nmost_fall = 101",
        "[assertions.at_least]\ndesignation = 1",
        "[assertions.at_least]\nfacts = -1",
        "[assertions.at_most]\nfindings = 'none'",
        "[assertions.lists]\nun-sc = 1.5",
        "[assertion]\n",
    ],
)
def test_what_cannot_be_asserted_is_refused(text: str, dataset: Path) -> None:
    (dataset / "kg.toml").write_text(f"{(dataset / 'kg.toml').read_text(encoding='utf-8')}\n{text}", encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"kg\.toml"):
        settings.load(dataset)
