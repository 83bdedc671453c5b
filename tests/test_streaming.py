"""Many sources: the same bytes from however many processes and from both forms of facts, and every source keeps to the
nodes that it mints."""

import subprocess
import sys
from pathlib import Path

import pytest

from modules import ROOT
from onrecord.dataset import settings
from onrecord.dataset.segments import Options
from onrecord.ntriples import split
from onrecord.release.building import build

ARTICLES = 200


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The same synthetic articles as JSON Lines and as YAML."""
    folders = {}
    for form in ("jsonl", "yaml"):
        folders[form] = tmp_path_factory.mktemp("synthetic") / form
        command = [
            str(ROOT / "benchmarks/articles.py"),
            "--articles",
            str(ARTICLES),
            "--form",
            form,
            str(folders[form]),
        ]
        subprocess.run([sys.executable, *command], check=True, capture_output=True)
    return folders


def built(folder: Path, out: Path, jobs: int) -> bytes:
    report = build(Options(folder, settings.load(folder), out, jobs, store=False), lambda stage, done, of: None)
    assert {finding.code for finding in report.findings} <= {"sources-disagree"}  # made-up articles do
    assert report.manifest is not None
    assert report.manifest.sources == ARTICLES
    return (out / "latest/dataset.nq").read_bytes()


@pytest.fixture(scope="module")
def whole(archives: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The dataset, built by one process."""
    return built(archives["jsonl"], tmp_path_factory.mktemp("out"), 1)


@pytest.mark.parametrize(("form", "jobs"), [("jsonl", 2), ("yaml", 1), ("yaml", 2)])
def test_processes_and_forms_make_no_difference(
    archives: dict[str, Path], whole: bytes, tmp_path: Path, form: str, jobs: int
) -> None:
    assert built(archives[form], tmp_path, jobs) == whole


def test_a_source_speaks_of_no_node_that_another_one_mints(whole: bytes) -> None:
    """So an entity of the registry is checked with all that is said of it, and joining sources is joining what they share."""
    base = "https://example.org/synthetic/"
    for line in whole.decode().split("\n")[:-1]:
        subject, _, _, graph = split(line)
        kind, source = graph[1:-1].removeprefix(f"{base}graph/").split("/")
        if kind in ("asserted", "curated") and not source.startswith("registry-"):
            assert subject.startswith((f"<{base}source/{source}/", f"<{base}source/{source}>")), line


def test_the_dataset_is_sorted_by_graph_and_line_and_has_no_line_twice(whole: bytes) -> None:
    lines = whole.decode().split("\n")[:-1]
    keys = [(split(line)[3], line) for line in lines]
    assert keys == sorted(set(keys))
