"""What a build may remove and replace, and what it takes for a whole release: never somebody's files, never half of it."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Kg
from onrecord.cache import Cache
from onrecord.errors import PublishError
from onrecord.release import publication
from onrecord.store.loading import digest_of

KEY, OTHER = "a" * 64, "b" * 64


def _tree(folder: Path) -> dict[str, str]:
    """Everything in a folder: files with their texts, links with their targets."""
    found: dict[str, str] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        found[name] = f"→ {path.readlink()}" if path.is_symlink() else path.read_text() if path.is_file() else "/"
    return found


def _write(file: Path, text: str = "mine") -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def _publish(out: Path, text: str) -> None:
    with publication.publishing(out) as aside:
        _write(aside / "manifest.json", text)


# ── Whose folder it is ────────────────────────────────────────────────────────────────────────────────────


def _link_elsewhere(out: Path) -> None:
    _write(out / "v1" / "manifest.json", "{}")
    (out / "latest").symlink_to("v1")


def _link_without_manifest(out: Path) -> None:
    _write(out / "releases" / "0123456789abcdef" / "index.html")
    (out / "latest").symlink_to("releases/0123456789abcdef")


def _own_manifest(out: Path) -> None:
    _write(out / "releases" / "2024010112000000" / "manifest.json", '{"name": "site"}')
    (out / "latest").symlink_to("releases/2024010112000000")


@pytest.mark.parametrize(
    "fill",
    [
        lambda out: _write(out / "index.html"),
        lambda out: _write(out / "releases" / "v1.0" / "notes.md"),
        lambda out: _write(out / ".cache" / "thumbnails" / "1.png"),
        lambda out: _write(out / "latest"),
        lambda out: _write(out / "latest" / "index.html"),
        _link_elsewhere,
        _link_without_manifest,
        _own_manifest,
    ],
)
def test_a_folder_of_somebody_else_is_refused_and_left_alone(
    fill: Callable[[Path], None], dataset: Path, tmp_path: Path, kg: Kg
) -> None:
    site = tmp_path / "site"
    site.mkdir()
    fill(site)
    before = _tree(site)
    ran = kg("-C", dataset, "build", "--out", site)
    assert (ran.code, ran.out, ran.err.count("\n")) == (3, "", 1)
    assert "is in the way" in ran.err if "/latest" in ran.err else "holds other files" in ran.err
    assert "empty folder" in ran.err
    assert _tree(site) == before


def test_the_dataset_itself_is_not_published_into(dataset: Path, kg: Kg) -> None:
    before = _tree(dataset)
    ran = kg("-C", dataset, "build", "--out", dataset)
    assert ran.code == 3
    assert f"{dataset} holds other files" in ran.err
    assert _tree(dataset) == before


@pytest.mark.parametrize("ignored", [None, "*\n!.gitignore\n", "# mine\n*\n"])
def test_an_empty_folder_becomes_one_of_releases(ignored: str | None, dataset: Path, tmp_path: Path, kg: Kg) -> None:
    site = tmp_path / "site"
    site.mkdir()
    if ignored is not None:
        _write(site / ".gitignore", ignored)
    assert kg("-C", dataset, "build", "--out", site).code == 0
    assert (site / ".gitignore").read_text(encoding="utf-8") == (ignored or "*\n!.gitignore\n")
    assert kg("-C", dataset, "build", "--out", site).out.startswith("nothing has changed")


def test_a_folder_of_releases_without_the_marker_is_taken_on(dataset: Path, kg: Kg) -> None:
    assert kg("-C", dataset, "build").code == 0
    (marker,) = (path for path in (dataset / "out").iterdir() if path.name.startswith(".kg"))
    marker.unlink()
    assert kg("-C", dataset, "build").out.startswith("nothing has changed")
    assert marker.is_file()


def test_a_build_that_publishes_nothing_does_not_bar_the_next(dataset: Path, kg: Kg) -> None:
    article = dataset / "data/articles/harbour-ruling.yaml"
    whole = article.read_text(encoding="utf-8")
    article.write_text("facts: [", encoding="utf-8")
    assert kg("-C", dataset, "build").code == 3
    article.write_text(whole, encoding="utf-8")
    assert kg("-C", dataset, "build").code == 0


# ── What is removed ───────────────────────────────────────────────────────────────────────────────────────


def test_only_releases_are_pruned(tmp_path: Path) -> None:
    mine = ["notes.txt", "v1.0/notes.md", "0123456789abcde/15", "0123456789abcdef-x/a", "0123456789ABCDEF/a"]
    for name in mine:
        _write(tmp_path / "releases" / name)
    _write(tmp_path / "releases" / "fedcba9876543210", "a file, not a release")
    (tmp_path / "releases" / "0000000000000000").symlink_to("v1.0")
    (tmp_path / "releases" / "1111111111111111").symlink_to("nowhere")
    before = _tree(tmp_path / "releases")
    for number in range(6):
        _publish(tmp_path, str(number))
    after = _tree(tmp_path / "releases")
    assert before.items() <= after.items()
    assert sum(name.endswith("/manifest.json") for name in after) == 3


def test_only_what_builds_left_aside_is_swept(tmp_path: Path) -> None:
    _write(tmp_path / ".building-plans" / "house.txt")
    (tmp_path / ".building-link-mine").symlink_to("nowhere")
    before = _tree(tmp_path)
    _write(tmp_path / ".building-4194305" / "dataset.nq")
    (tmp_path / ".building-link-4194305").symlink_to("releases/0123456789abcdef")
    _write(tmp_path / ".kg-releases")
    with publication.lock(tmp_path):
        _publish(tmp_path, "one")
    left = {name: text for name, text in _tree(tmp_path).items() if name.startswith(".building")}
    assert left == before


def test_a_latest_that_is_no_link_is_not_replaced(tmp_path: Path) -> None:
    _write(tmp_path / "latest", "mine")
    with pytest.raises(PublishError, match="latest is in the way"):
        _publish(tmp_path, "one")
    assert _tree(tmp_path) == {"latest": "mine"}


def test_a_latest_that_became_a_file_is_refused_before_anything_is_built(dataset: Path, kg: Kg) -> None:
    assert kg("-C", dataset, "build").code == 0
    (dataset / "out/latest").unlink()
    _write(dataset / "out/latest")
    ran = kg("-C", dataset, "build")
    assert (ran.code, ran.err.count("\n")) == (3, 1)
    assert "is in the way" in ran.err
    assert (dataset / "out/latest").read_text(encoding="utf-8") == "mine"


def test_the_cache_forgets_only_its_own_files(tmp_path: Path) -> None:
    mine = ["notes.txt", f"rules-{KEY}.txt", f"rules-{'c' * 64}x/photo.jpg", ".notes.12", f"xrules-{KEY}"]
    kept = [*mine, f"shapes-{OTHER}"]
    gone = [f".rules-{KEY}.123", f".rules-{OTHER}.77", f"rules-{OTHER}"]
    kept += [f"rules-{digit * 64}" for digit in "456"]
    for age, name in enumerate((*gone, *kept)):
        _write(tmp_path / name)
        os.utime(tmp_path / name, ns=(age, age))
    Cache(tmp_path).write(f"rules-{KEY}", b"new")
    assert {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()} == {
        *kept,
        f"rules-{KEY}",
    }
    assert Cache(tmp_path).read(f"rules-{KEY}") == b"new"


def test_what_lies_beside_releases_outlives_a_build(dataset: Path, kg: Kg) -> None:
    assert kg("-C", dataset, "build").code == 0
    mine = [dataset / "out" / name for name in ("notes.txt", "releases/mine/notes.txt", ".cache/mine/notes.txt")]
    for file in (*mine, dataset / "out/.cache/notes.txt"):
        _write(file)
    article = dataset / "data/articles/harbour-ruling.yaml"
    text = article.read_text(encoding="utf-8")
    for number in range(4):
        article.write_text(text.replace("at_least: 12", f"at_least: {100 + number}"), encoding="utf-8")
        assert kg("-C", dataset, "build").out.startswith("published")
    assert [file.read_text(encoding="utf-8") for file in (*mine, dataset / "out/.cache/notes.txt")] == ["mine"] * 4


# ── What is whole ─────────────────────────────────────────────────────────────────────────────────────────


def _emptied(store: Path) -> None:
    for file in store.iterdir():
        file.unlink()


def _shortened(store: Path) -> None:
    largest = max(store.glob("*.sst"), key=lambda file: file.stat().st_size)
    os.truncate(largest, largest.stat().st_size - 1)


def _of_another_dataset(store: Path) -> None:
    note = json.loads((store / "loaded.json").read_bytes())
    (store / "loaded.json").write_text(json.dumps({**note, "quads": KEY}), encoding="utf-8")


@pytest.mark.parametrize("damage", [_emptied, _shortened, _of_another_dataset])
def test_a_damaged_store_is_noticed_and_made_again(damage: Callable[[Path], None], dataset: Path, kg: Kg) -> None:
    assert kg("-C", dataset, "build").code == 0
    damage((dataset / "out/latest").resolve() / "store")
    ran = kg("-C", dataset, "doctor")
    assert ran.code == 3
    assert "damaged" in ran.out
    assert kg("-C", dataset, "build").out.startswith("published")
    assert kg("-C", dataset, "doctor").code == 0
    assert kg("-C", dataset, "build").out.startswith("nothing has changed")


def test_a_store_that_is_gone_is_made_by_the_next_build_or_query(dataset: Path, kg: Kg) -> None:
    assert kg("-C", dataset, "build").code == 0
    shutil.rmtree((dataset / "out/latest").resolve() / "store")
    ran = kg("-C", dataset, "doctor")
    assert ran.code == 0  # nothing has to be mended
    assert "no store yet" in ran.out
    assert kg("-C", dataset, "build").out.startswith("published")
    assert "no store yet" not in kg("-C", dataset, "doctor").out


def test_asking_leaves_a_release_whole(dataset: Path, kg: Kg) -> None:
    assert kg("-C", dataset, "build").code == 0
    assert kg("-C", dataset, "query", "SELECT ?s { ?s ?p ?o } LIMIT 1").code == 0
    manifest = publication.read_manifest(dataset / "out")
    assert manifest is not None
    assert publication.is_whole(dataset / "out", manifest, store=True)


# ── What is exported ──────────────────────────────────────────────────────────────────────────────────────


def _cut(release: Path) -> None:
    lines = (release / "dataset.nq").read_bytes().splitlines(keepends=True)
    (release / "dataset.nq").write_bytes(b"".join(lines[:-1]))  # every line that is left is well-formed


def _not_text(release: Path) -> None:
    (release / "dataset.nq").write_bytes((release / "dataset.nq").read_bytes() + b"\xff\xfe")


def _not_text_as_the_manifest_says(release: Path) -> None:
    _not_text(release)
    manifest = json.loads((release / "manifest.json").read_bytes())
    manifest["files"]["dataset.nq"]["sha256"] = digest_of(release / "dataset.nq")
    (release / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


def _no_manifest(release: Path) -> None:
    (release / "manifest.json").unlink()


def _half_a_manifest(release: Path) -> None:
    os.truncate(release / "manifest.json", 40)


def _manifest_of_nothing(release: Path) -> None:
    (release / "manifest.json").write_text("{}", encoding="utf-8")


@pytest.mark.parametrize(
    "damage",
    [_cut, _not_text, _not_text_as_the_manifest_says, _no_manifest, _half_a_manifest, _manifest_of_nothing],
)
def test_a_damaged_release_is_not_exported(damage: Callable[[Path], None], dataset: Path, kg: Kg) -> None:
    assert kg("-C", dataset, "build").code == 0
    damage((dataset / "out/latest").resolve())
    file = dataset / "export.ttl"
    _write(file, "before")
    for words in (("ttl",), ("nq", "--source", "nothing"), ("ttl", "-o", file)):
        ran = kg("-C", dataset, "export", *words)
        assert (ran.code, ran.out, ran.err.count("\n")) == (3, "", 1)
        assert "kg build" in ran.err
    assert file.read_text(encoding="utf-8") == "before"


def test_a_release_that_was_mended_is_exported(dataset: Path, kg: Kg) -> None:
    assert kg("-C", dataset, "build").code == 0
    whole = (dataset / "out/latest/dataset.nq").read_text(encoding="utf-8")
    _cut((dataset / "out/latest").resolve())
    assert kg("-C", dataset, "build").code == 0
    assert kg("-C", dataset, "export", "nq").out == whole
