"""The prepared site: whole or not there, whoever is killed, whoever else prepares it, however full the disk is."""

import fcntl
import json
import shutil
import signal
import subprocess
from pathlib import Path

import pytest

from live import dataset_of, desk_of
from onrecord import processes
from onrecord.errors import PublishError
from onrecord.server.desk import Desk
from onrecord.server.pages.making import prepared
from onrecord.server.pages.shelf import Shelf
from onrecord.server.pages.site import live
from onrecord.site.building import build
from sites import files

MAKING = processes.command("onrecord.server.pages.making:main")


@pytest.fixture(scope="module")
def desk(founding: Path, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return desk_of(dataset_of(founding, tmp_path_factory.mktemp("live") / "dataset"))


@pytest.fixture(scope="module")
def whole(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("whole") / "site"
    build(desk.store, live(desk.settings, watching=False), folder, lambda stage, done, of: None, "")
    return files(folder)


def _command(desk: Desk, cache: Path) -> list[str]:
    return [*MAKING, str(desk.dataset), str(desk.release.folder), str(cache)]


def _said(output: bytes) -> list[dict[str, object]]:
    return [json.loads(line) for line in output.splitlines()]


def _in(cache: Path) -> list[str]:
    return sorted(each.name for home in cache.iterdir() for each in home.iterdir())


def test_the_prepared_site_is_the_site_and_is_prepared_once(
    desk: Desk, whole: dict[str, bytes], tmp_path: Path
) -> None:
    folder = prepared(desk, tmp_path, watching=False)
    assert files(folder) == whole
    before = folder.stat()
    assert prepared(desk, tmp_path, watching=False) == folder
    assert folder.stat().st_ino == before.st_ino


def test_it_says_how_far_it_is(desk: Desk, tmp_path: Path) -> None:
    process = subprocess.Popen(_command(desk, tmp_path), stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout is not None
    told = _said(process.stdout.read())
    process.communicate()
    percents = [int(str(each["percent"])) for each in told[:-1]]
    assert percents == sorted(set(percents))
    assert percents[-1] == 100
    assert Path(str(told[-1]["ready"])).is_dir()


def test_the_next_site_is_made_of_what_the_last_one_has(desk: Desk, tmp_path: Path) -> None:
    first = prepared(desk, tmp_path, watching=False)
    same = first / "organization/taliban.ttl"
    kept = same.stat().st_ino
    second = prepared(desk, tmp_path, watching=True)
    assert second != first
    assert (second / "organization/taliban.ttl").stat().st_ino == kept
    assert b"reload.js" in (second / "organization/taliban.html").read_bytes()
    assert not first.exists(), "nobody serves from it"


def test_a_site_that_is_served_from_is_not_removed(desk: Desk, whole: dict[str, bytes], tmp_path: Path) -> None:
    first = prepared(desk, tmp_path, watching=False)
    shelf = Shelf(first)
    prepared(desk, tmp_path, watching=True)
    assert {path: shelf.read(path) for path in shelf.digests} == {
        p: c for p, c in whole.items() if not p.startswith(".")
    }
    del shelf
    prepared(desk, tmp_path, watching=True)
    assert not first.exists()


def test_sites_of_datasets_that_are_no_more_are_removed(desk: Desk, founding: Path, tmp_path: Path) -> None:
    gone = dataset_of(founding, tmp_path / "gone")
    cache = tmp_path / "cache"
    other = prepared(desk_of(gone), cache, watching=False)
    shutil.rmtree(gone)
    prepared(desk, cache, watching=False)
    assert not other.parent.exists()
    (cache / "not-ours").mkdir()
    prepared(desk, cache, watching=False)
    assert (cache / "not-ours").is_dir()


@pytest.mark.parametrize("lines", [0, 1, 3, 5, 7])
def test_a_preparation_that_is_killed_leaves_nothing_that_is_served(
    desk: Desk, whole: dict[str, bytes], tmp_path: Path, lines: int
) -> None:
    process = subprocess.Popen(_command(desk, tmp_path), stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout is not None
    for _ in range(lines):
        process.stdout.readline()
    process.kill()
    process.communicate()
    there = [each for home in tmp_path.iterdir() for each in home.iterdir() if each.is_dir() and each.name[0] != "."]
    assert all(files(folder) == whole for folder in there)
    assert files(prepared(desk, tmp_path, watching=False)) == whole
    assert [name for name in _in(tmp_path) if name.startswith(".aside")] == []


def test_a_preparation_ends_with_who_asked_for_it(desk: Desk, tmp_path: Path) -> None:
    home = prepared(desk, tmp_path, watching=False).parent
    with (home / ".lock").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # it waits, and would for ever
        process = subprocess.Popen(_command(desk, tmp_path), stdin=subprocess.PIPE)
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(60) == -signal.SIGTERM


def test_of_two_at_once_one_prepares_and_both_have_it(desk: Desk, whole: dict[str, bytes], tmp_path: Path) -> None:
    processes = [
        subprocess.Popen(_command(desk, tmp_path), stdin=subprocess.PIPE, stdout=subprocess.PIPE) for _ in range(3)
    ]
    told = []
    for process in processes:
        assert process.stdout is not None
        told.append(_said(process.stdout.read()))
        process.communicate()
    folders = {str(lines[-1]["ready"]) for lines in told}
    assert len(folders) == 1
    assert sorted(len(lines) > 1 for lines in told) == [False, False, True], "only one has made anything"
    assert files(Path(folders.pop())) == whole


def test_a_full_disk_is_told_and_leaves_nothing(desk: Desk, whole: dict[str, bytes], tmp_path: Path) -> None:
    narrow = ["bash", "-c", 'ulimit -f 20; exec "$@"', "bash"]  # no file may have more than 20 KiB
    process = subprocess.Popen([*narrow, *_command(desk, tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout is not None
    told = _said(process.stdout.read())
    process.communicate()
    assert str(told[-1]["trouble"]).startswith("the site cannot be written: ")
    assert [name for name in _in(tmp_path) if name not in ("dataset", ".lock")] == []
    assert files(prepared(desk, tmp_path, watching=False)) == whole


def test_where_nothing_can_be_kept_that_is_told(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file", encoding="utf-8")
    process = subprocess.Popen(_command(desk, tmp_path / "cache"), stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout is not None
    (told,) = _said(process.stdout.read())
    process.communicate()
    assert "cannot be written" in str(told["trouble"])


# ── The shelf ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def shelf(desk: Desk, tmp_path: Path) -> Shelf:
    return Shelf(prepared(desk, tmp_path, watching=False))


def test_a_shelf_has_the_files_of_the_site_and_no_other(shelf: Shelf, whole: dict[str, bytes]) -> None:
    assert set(shelf.digests) == {path for path in whole if not path.startswith(".")}
    (shelf.folder / "secret.html").write_text("x", encoding="utf-8")
    odd = [
        "secret.html",
        ".onrecord-site.json",
        "../dataset",
        "/etc/passwd",
        "organization/../index.html",
        "",
        ".",
        "a\0",
    ]
    assert [shelf.read(path) for path in odd] == [None] * len(odd)


def test_a_file_that_is_no_longer_what_it_was_is_not_served(shelf: Shelf, tmp_path: Path) -> None:
    page = shelf.folder / "about.html"
    content = page.read_bytes()
    page.write_bytes(content[:-5])
    assert shelf.read("about.html") is None
    page.unlink()
    assert shelf.read("about.html") is None
    outside = tmp_path / "outside"
    outside.write_bytes(content)
    page.symlink_to(outside)
    assert shelf.read("about.html") is None, "a symbolic link, if to the same bytes"


def test_what_is_no_site_is_no_shelf(tmp_path: Path) -> None:
    with pytest.raises(PublishError):
        Shelf(tmp_path)
    (tmp_path / ".onrecord-site.json").write_text("[1", encoding="utf-8")
    with pytest.raises(PublishError):
        Shelf(tmp_path)
    with pytest.raises(FileNotFoundError):
        Shelf(tmp_path / "none")
