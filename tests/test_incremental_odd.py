"""Building again after odd things: documents that come twice, move, or look as they did; builds that were killed."""

import json
import os
import sqlite3
from pathlib import Path

import pytest

import test_incremental as usual
from conftest import Kg
from onrecord.dataset import segments, settings, watching, workers
from onrecord.dataset.ledger import Ledger
from onrecord.dataset.rows import Row
from onrecord.dataset.segments import Options
from onrecord.release.building import Report, build
from test_incremental import assert_like_fresh, built, document, entity, write, write_registry

archive = usual.archive


def tried(folder: Path) -> Report:
    """A build that may find something."""
    return build(Options(folder, settings.load(folder), folder / "out"), lambda stage, done, of: None)


def test_one_of_two_equal_documents_goes(archive: Path, tmp_path: Path) -> None:
    twice, other = document("twice", "south", "it began"), document("other", "west", "it ended")
    write(archive, "more.jsonl", twice + twice + other)
    assert [finding.code for finding in tried(archive).findings] == ["id-twice"]
    write(archive, "more.jsonl", twice + other)
    built(archive)
    assert_like_fresh(archive, tmp_path)


def test_a_document_that_moves_leaves_none_of_its_graphs_in_the_store(archive: Path, tmp_path: Path) -> None:
    for number in range(20):  # so that the store is made from the one before
        write(archive, f"more-{number}.yaml", document(f"more-{number}", "north", "it began"))
    whole = json.loads(document("moved", "south", "it went"))
    whole["organizations"] = [{"id": "camp", "kind": "armed-group", "name": "Camp", "curated": "Known."}]
    stays = document("stays", "north", "it stayed")
    write(archive, "a.jsonl", json.dumps(whole) + "\n" + stays)
    built(archive)
    write(archive, "b.jsonl", document("moved", "south", "it went"))  # with no curated facts any more
    assert [finding.code for finding in tried(archive).findings] == ["id-twice"]
    write(archive, "a.jsonl", stays)
    built(archive)
    assert_like_fresh(archive, tmp_path)


def test_a_build_that_was_killed_loses_no_source(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(200):  # several batches
        write(archive, f"more-{number}.yaml", document(f"more-{number}", "north", "it began"))
    for file in (archive / "data/articles").iterdir():
        os.utime(file, ns=(1, 1))
    monkeypatch.setattr(segments, "_SETTLED", 0)
    built(archive)
    write_registry(archive, {name: entity(name, described_as="rebels") for name in ("north", "south", "west")})
    work, batches = workers.Builder.run, iter(range(3))

    def interrupted(builder: workers.Builder, batch: list[workers.Task]) -> list[Row]:
        if next(batches) == 2:
            raise KeyboardInterrupt
        return work(builder, batch)

    with monkeypatch.context() as patch:
        patch.setattr(segments, "_KEPT_AFTER", 1)
        patch.setattr(workers.Builder, "run", interrupted)
        with pytest.raises(KeyboardInterrupt):
            tried(archive)
    built(archive)
    assert_like_fresh(archive, tmp_path)


def test_a_file_of_the_same_size_and_time_with_another_content_is_noticed(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(segments, "_SETTLED", 0)
    path = archive / "data/articles/one-0.yaml"
    os.utime(path, ns=(1, 1))
    built(archive)
    write(archive, "one-0.yaml", document("one-0", "north", "it BEGAN"))
    os.utime(path, ns=(1, 1))  # as `cp -p` and archives do
    built(archive)
    assert_like_fresh(archive, tmp_path)


def test_without_a_store_nothing_is_published_twice(archive: Path, kg: Kg) -> None:
    assert kg("-C", archive, "build", "--no-store").code == 0
    assert kg("-C", archive, "build", "--no-store").out.startswith("nothing has changed")
    assert [path.name for path in (archive / "out/releases").iterdir()] == [(archive / "out/latest").readlink().name]
    assert "damaged" not in kg("-C", archive, "doctor").out
    assert not (archive / "out/latest/store").exists()
    assert kg("-C", archive, "build").out.startswith("published")
    (archive / "out/latest/store/loaded.json").write_text("{}", encoding="utf-8")
    assert "damaged" in kg("-C", archive, "doctor").out


def same_as(address: str, *, exact: bool = True) -> dict[str, object]:
    return {"same_as": [{"iri": address, "reason": "The same name.", "exact": exact}]}


def write_camp(folder: Path, name: str, address: str, *, exact: bool) -> None:
    whole = json.loads(document(name, "south", "it began"))
    whole["organizations"] = [
        {"id": "camp", "kind": "armed-group", "name": "Camp", "words": "Camp", **same_as(address, exact=exact)}
    ]
    write(folder, f"{name}.yaml", json.dumps(whole))


def test_what_the_registry_says_to_be_one_is_noticed_where_only_one_of_both_is_named(
    archive: Path, tmp_path: Path
) -> None:
    north, elsewhere = "https://x.example/organization/north", "https://elsewhere.example/Q1"
    for exact in (True, False):
        write_camp(archive, f"north-{exact}".lower(), north, exact=exact)
        write_camp(archive, f"elsewhere-{exact}".lower(), elsewhere, exact=exact)
    groups = {name: entity(name) for name in ("north", "south", "west")}
    built(archive)
    steps: list[tuple[str, dict[str, object]]] = [
        ("west", same_as(north)),
        ("south", same_as(elsewhere)),
        ("west", {"part_of": "north"}),
        ("north", same_as(elsewhere)),
        ("south", {}),
        ("north", {}),
    ]
    for name, more in steps:
        write_registry(archive, {**groups, name: entity(name, **more)})
        built(archive)
        assert_like_fresh(archive, tmp_path)


def test_a_disk_that_is_full_is_said_so_and_loses_nothing(
    archive: Path, kg: Kg, monkeypatch: pytest.MonkeyPatch
) -> None:
    built(archive)
    write(archive, "one-0.yaml", document("one-0", "west", "it changed"))

    def full(book: Ledger, rows: list[Row]) -> None:
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(Ledger, "add", full)
        ran = kg("-C", archive, "build")
    assert ran.code == 3
    assert ran.err.startswith("kg: ")
    assert "full — make room" in ran.err
    assert built(archive).reused == 14


@pytest.mark.parametrize("damage", ["UPDATE notes SET value = x'81'", "UPDATE segments SET blocks = x'c1'"])
def test_a_note_or_segment_that_cannot_be_read_is_made_anew(archive: Path, tmp_path: Path, damage: str) -> None:
    built(archive)
    with sqlite3.connect(archive / "out/.cache/ledger.sqlite") as base:
        base.execute(damage + (" WHERE name = 'registry'" if "notes" in damage else ""))
    base.close()
    write(archive, "lines.jsonl", document("only", "west", "it changed"))
    built(archive)
    assert_like_fresh(archive, tmp_path)


def test_a_link_that_leads_nowhere_hides_no_other_file_from_who_watches(archive: Path) -> None:
    folder = archive / "data/articles"
    names = {str(file) for file in folder.iterdir()}
    for name in ("a-link", "one-2b", "z-link"):
        (folder / name).symlink_to(folder / "nothing")
    assert set(watching.look([folder])) == names
