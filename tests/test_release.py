"""Publishing: the same bytes from the same input, and a release that is whole whatever happens to the build."""

import errno
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Generator
from pathlib import Path

import pytest

from conftest import Kg
from onrecord.dataset import workers
from onrecord.errors import PublishError
from onrecord.release import publication

KG = [sys.executable, "-c", "from onrecord.cli import main; main()"]


@pytest.fixture
def archive(dataset: Path) -> Path:
    """A dataset of many articles, so that there is work for several processes."""
    article = (dataset / "data/articles/harbour-ruling.yaml").read_text(encoding="utf-8")
    for number in range(3 * workers.BATCH):
        (dataset / f"data/articles/copy-{number}.yaml").write_text(article, encoding="utf-8")
    return dataset


def build(folder: Path, *options: str, **environment: str) -> dict[str, str]:
    """Builds in a process of its own; the digests of the published files."""
    ran = subprocess.run(
        [*KG, "-C", str(folder), "build", *options],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        env={**os.environ, **environment},
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    files = json.loads((folder / "out/latest/manifest.json").read_bytes())["files"]
    assert isinstance(files, dict)
    return files


def reversed_copy(folder: Path, target: Path) -> Path:
    """The same dataset elsewhere, its files made in the opposite order, by somebody with another umask."""
    old = os.umask(0o077)
    try:
        for file in sorted(folder.rglob("*"), reverse=True):
            if file.is_file() and "out" not in file.relative_to(folder).parts:
                made = target / file.relative_to(folder)
                made.parent.mkdir(parents=True, exist_ok=True)
                made.write_bytes(file.read_bytes())
    finally:
        os.umask(old)
    return target


def test_the_same_input_gives_the_same_bytes(archive: Path, tmp_path: Path) -> None:
    first = build(archive, "--jobs", "1", PYTHONHASHSEED="0", TZ="UTC", LC_ALL="C")
    assert {"dataset.nq", "dataset.ttl", "dataset.jsonld", "findings.json"} == first.keys()
    shutil.rmtree(archive / "out")
    assert build(archive, "--jobs", "2", PYTHONHASHSEED="1", TZ="Asia/Kathmandu", LC_ALL="C.UTF-8") == first
    elsewhere = reversed_copy(archive, tmp_path / "elsewhere")
    assert build(elsewhere, "--jobs", "2", PYTHONHASHSEED="4242", TZ="America/St_Johns", LANG="tr_TR.UTF-8") == first


def test_nothing_published_tells_of_the_machine(archive: Path) -> None:
    build(archive)
    for file in (archive / "out/latest").iterdir():
        if file.is_file():
            assert str(archive).encode() not in file.read_bytes(), file.name


def test_an_unchanged_dataset_is_not_built_again(dataset: Path, kg: Kg) -> None:
    assert kg("-C", dataset, "build").code == 0
    before = (dataset / "out/latest").resolve()
    ran = kg("-C", dataset, "build")
    assert ran.code == 0
    assert ran.out.startswith("nothing has changed")
    assert (dataset / "out/latest").resolve() == before


def test_one_changed_article_builds_one_segment(archive: Path, kg: Kg) -> None:
    assert kg("-C", archive, "build").code == 0
    file = archive / "data/articles/copy-1.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("at_least: 12", "about: 12"), encoding="utf-8")
    ran = kg("-C", archive, "-v", "build")
    assert ran.code == 0
    assert "193 sources were taken from the last build" in ran.err  # three articles and the registry


@pytest.mark.parametrize("damaged", ["dataset.nq", "manifest.json", "dataset.ttl"])
def test_a_damaged_release_is_noticed_and_made_again(damaged: str, dataset: Path, kg: Kg) -> None:
    assert kg("-C", dataset, "build").code == 0
    file = dataset / "out/latest" / damaged
    whole = file.read_bytes()
    file.write_bytes(whole[:-20])
    ran = kg("-C", dataset, "build")
    assert ran.code == 0
    assert ran.out.startswith("published")
    assert (dataset / "out/latest" / damaged).read_bytes() == whole


@pytest.mark.parametrize("damaged", ["ledger.sqlite", "packs/*"])
def test_a_damaged_cache_is_noticed_and_made_again(dataset: Path, kg: Kg, damaged: str) -> None:
    assert kg("-C", dataset, "build").code == 0
    whole = (dataset / "out/latest/dataset.nq").read_bytes()
    files = [file for file in (dataset / "out/.cache").rglob("*") if file.is_file() and file.stat().st_size]
    assert {file.parent.name for file in files} == {".cache", "packs"}
    file = next(file for file in files if file.match(damaged))
    data = bytearray(file.read_bytes())
    for place in range(0, len(data), max(1, len(data) // 50)):
        data[place] ^= 1
    file.write_bytes(data)
    (dataset / "out/latest/manifest.json").unlink()
    assert kg("-C", dataset, "build").code == 0
    assert (dataset / "out/latest/dataset.nq").read_bytes() == whole


def test_two_builds_at_once(dataset: Path, kg: Kg) -> None:
    with publication.lock(dataset / "out"):
        ran = kg("-C", dataset, "build")
    assert ran.code == 3
    assert "another build is running" in ran.err
    assert kg("-C", dataset, "build").code == 0


def test_a_full_disk_leaves_the_last_release(dataset: Path, kg: Kg, monkeypatch: pytest.MonkeyPatch) -> None:
    assert kg("-C", dataset, "build").code == 0
    before = (dataset / "out/latest").resolve()
    article = dataset / "data/articles/harbour-ruling.yaml"
    article.write_text(article.read_text(encoding="utf-8").replace("at_least: 12", "about: 12"), encoding="utf-8")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    ran = kg("-C", dataset, "build")
    assert ran.code == 3
    assert "No space left on device" in ran.err
    assert (dataset / "out/latest").resolve() == before
    assert [left.name for left in (dataset / "out").iterdir() if left.name.startswith(".building")] == []


def test_out_that_is_a_file_is_one_clear_line(dataset: Path, tmp_path: Path, kg: Kg) -> None:
    (tmp_path / "taken").write_text("not a folder", encoding="utf-8")
    ran = kg("-C", dataset, "build", "--out", tmp_path / "taken" / "below")
    assert ran.code == 3
    assert len(ran.err.strip().splitlines()) == 1
    assert "cannot be written" in ran.err


def test_a_release_that_fails_half_way_is_not_the_latest(tmp_path: Path) -> None:
    def publish(text: str, name: str = "manifest.json") -> Generator[None, None, None]:
        with publication.publishing(tmp_path) as aside:
            (aside / name).write_text(text, encoding="utf-8")
            yield

    list(publish("one"))
    publishing = publish("two")
    next(publishing)
    with pytest.raises(ZeroDivisionError):
        publishing.throw(ZeroDivisionError())
    assert (tmp_path / "latest/manifest.json").read_text(encoding="utf-8") == "one"
    with pytest.raises(PublishError):
        list(publish("three", "no-manifest.json"))
    assert (tmp_path / "latest/manifest.json").read_text(encoding="utf-8") == "one"


def test_an_emptied_out_keeps_releases_from_version_control(dataset: Path, kg: Kg) -> None:
    shutil.rmtree(dataset / "out")
    assert kg("-C", dataset, "build").code == 0
    assert (dataset / "out/.gitignore").read_text(encoding="utf-8") == "*\n!.gitignore\n"


def test_old_releases_are_pruned(tmp_path: Path) -> None:
    for number in range(6):
        with publication.publishing(tmp_path) as aside:
            (aside / "manifest.json").write_text(str(number), encoding="utf-8")
        assert (tmp_path / "latest/manifest.json").read_text(encoding="utf-8") == str(number)
    assert len(list((tmp_path / "releases").iterdir())) == 3


def test_a_killed_build_leaves_a_whole_release(dataset: Path) -> None:
    files = build(dataset)
    article = dataset / "data/articles/harbour-ruling.yaml"
    text = article.read_text(encoding="utf-8")
    chance = random.Random(7)
    for turn in range(8):
        article.write_text(text.replace("at_least: 12", f"at_least: {100 + turn}"), encoding="utf-8")
        process = subprocess.Popen(
            [*KG, "-C", str(dataset), "build"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(chance.uniform(0.05, 1.5))
        process.kill()
        process.wait()
        manifest = publication.read_manifest(dataset / "out")
        assert manifest is not None
        assert publication.is_whole(dataset / "out", manifest, store=True)
    article.write_text(text, encoding="utf-8")
    assert build(dataset) == files
    assert [left.name for left in (dataset / "out").iterdir() if left.name.startswith(".building")] == []


def test_check_tells_whether_the_published_dataset_would_change(dataset: Path, kg: Kg) -> None:
    assert kg("-C", dataset, "build", "--check").code == 1
    assert kg("-C", dataset, "build").code == 0
    assert kg("-C", dataset, "build", "--check").code == 0
    article = dataset / "data/articles/harbour-ruling.yaml"
    article.write_text(article.read_text(encoding="utf-8").replace("at_least: 12", "about: 12"), encoding="utf-8")
    before = (dataset / "out/latest").resolve()
    assert kg("-C", dataset, "build", "--check").code == 1
    assert (dataset / "out/latest").resolve() == before


def test_a_worker_that_is_killed_ends_the_build_with_one_line(archive: Path) -> None:
    command = [*KG, "-C", str(archive), "build", "--jobs", "2"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    if not children.parent.is_dir():
        process.wait()
        pytest.skip("this machine does not tell a process's children")
    while len(workers := children.read_text(encoding="ascii").split()) < 3:  # two workers, and the tracker of resources
        assert process.poll() is None
        time.sleep(0.01)
    os.kill(int(workers[-1]), signal.SIGKILL)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 3
    assert said.startswith("kg: a process died while it built data/")
    assert len(said.strip().splitlines()) == 1
    assert build(archive)
