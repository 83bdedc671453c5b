"""`kg build --release`: a release that stays, its manifest, and what may become of it."""

import errno
import json
import os
import re
import shutil
import signal
import subprocess
import time
from pathlib import Path

import msgspec
import pytest

from conftest import Kg
from onrecord.errors import ConfigurationError, PublishError
from onrecord.release import labels, publication
from onrecord.release.labels import Labelled
from onrecord.release.manifest import NAME, SIGNATURE, Manifest
from onrecord.store.loading import digest_of
from test_release import KG, reversed_copy
from test_release_verifying import keys

ADDED = {"catalog.jsonld", "catalog.ttl", "graphs.ndjson", "provenance.ttl"}


def release(dataset: Path, kg: Kg, label: str, *words: object) -> Manifest:
    """A release that is built, which must succeed, and its manifest."""
    ran = kg("-C", dataset, "build", "--release", label, *words)
    assert ran.code == 0, ran.err
    assert (dataset / "out/latest").readlink() == Path("releases") / label
    return msgspec.json.decode((dataset / "out/releases" / label / NAME).read_bytes(), type=Manifest)


def change(dataset: Path, number: int) -> None:
    """Change a fact."""
    article = dataset / "data/articles/harbour-ruling.yaml"
    text = article.read_text(encoding="utf-8")
    changed = re.sub("at_least: [0-9]+", f"at_least: {number}", text)
    assert changed != text
    article.write_text(changed, encoding="utf-8")


def refused(dataset: Path, kg: Kg, *words: object, code: int = 3) -> str:
    """What a build says that is refused, and leaves everything as it was."""
    before = publication.read_manifest(dataset / "out")
    ran = kg("-C", dataset, "build", *words)
    assert (ran.code, ran.out) == (code, "")
    assert publication.read_manifest(dataset / "out") == before
    return ran.err


# ── Labels and dates ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("label", ["2026.1", "v1", "2026-01-31", "a_b", "1", "x" * 64, "deadbeef"])
def test_what_may_be_a_label(label: str) -> None:
    Labelled(label).check()


@pytest.mark.parametrize(
    "label",
    [
        *(
            "",
            ".",
            "..",
            "../x",
            "a/b",
            "/etc",
            "latest",
            "LATEST",
            "a..b",
            "-x",
            ".x",
            "x.",
            "a b",
            "a\0b",
            "ä",
            "x\n",
        ),
        *("x" * 65, "x" * 300, "0123456789abcdef", "0123456789abcdef-2", "CON", "nul.txt", "\u202ex", "~", "a\\b"),
    ],
)
def test_what_may_not_be_a_label(label: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="cannot be the label"):
        Labelled(label).check()
    assert not labels.is_label(label)


@pytest.mark.parametrize("label", ["", "../x", "latest", "x" * 300])
def test_a_hostile_label_builds_nothing(label: str, dataset: Path, kg: Kg) -> None:
    assert refused(dataset, kg, "--release", label).count("\n") == 1
    assert not (dataset / "out").exists() or sorted(p.name for p in (dataset / "out").iterdir()) == [".gitignore"]


@pytest.mark.parametrize("date", ["2026", "2026-02-30", "20260131", "2026-01-31T00:00:00", "today", "2026-W01-1"])
def test_what_is_no_date_is_refused(date: str, dataset: Path, kg: Kg) -> None:
    assert "is no date" in refused(dataset, kg, "--release", "1", "--date", date)


def test_options_that_do_not_go_together(dataset: Path, kg: Kg) -> None:
    for words in (["--date", "2026-01-31"], ["--sign", "k.pem"], ["--previous", "1"], ["--release", "1", "--check"]):
        refused(dataset, kg, *words, code=2)


# ── What a labelled release is ────────────────────────────────────────────────────────────────────────────


def test_the_manifest_says_what_others_need_to_know(dataset: Path, kg: Kg) -> None:
    first = release(dataset, kg, "2026.1")
    assert (first.release, first.date, first.previous) == ("2026.1", "", None)
    change(dataset, 13)
    second = release(dataset, kg, "2026.2", "--date", "2026-02-01")
    assert second.date == "2026-02-01"
    assert second.previous is not None
    assert second.previous.release == "2026.1"
    assert second.previous.manifest == digest_of(dataset / "out/releases/2026.1" / NAME)
    assert second.base == "https://data.example/"
    assert second.vocabulary is not None
    assert second.vocabulary.version
    assert second.files.keys() == {"dataset.nq", "dataset.ttl", "dataset.jsonld", "findings.json"} | ADDED
    quads, merged = second.files["dataset.nq"], second.files["dataset.ttl"]
    assert quads.rdfc10 == second.files["dataset.jsonld"].rdfc10 != merged.rdfc10
    assert quads.quads == second.asserted + second.curated + second.inferred
    folder = dataset / "out/latest"
    graphs = [json.loads(line) for line in (folder / "graphs.ndjson").read_bytes().splitlines()]
    assert sum(graph["triples"] for graph in graphs) == quads.quads
    assert {(graph["kind"], graph["source"]) for graph in graphs} >= {("asserted", "harbour-ruling")}


def test_an_unlabelled_release_has_nothing_of_a_labelled_one(dataset: Path, kg: Kg) -> None:
    assert kg("-C", dataset, "build").code == 0
    manifest = json.loads((dataset / "out/latest" / NAME).read_bytes())
    assert not {"release", "date", "previous"} & manifest.keys()
    assert not ADDED & manifest["files"].keys()
    assert "rdfc10" not in manifest["files"]["dataset.nq"]


def test_the_same_release_is_the_same_bytes_anywhere(dataset: Path, tmp_path: Path, kg: Kg) -> None:
    key, _ = keys(tmp_path / "keys")
    options = ["build", "--release", "1", "--date", "2026-01-31", "--sign", str(key)]
    copy = reversed_copy(dataset, tmp_path / "elsewhere")
    for folder, seed in ((dataset, "1"), (copy, "4242")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": "Asia/Kathmandu", "LC_ALL": "C"}
        subprocess.run([*KG, "-C", str(folder), *options], check=True, env=environment, timeout=120)
    one, other = dataset / "out/releases/1", copy / "out/releases/1"
    names = sorted(path.name for path in one.iterdir() if path.is_file())
    assert {NAME, SIGNATURE} | ADDED < set(names)
    for name in names:
        assert (one / name).read_bytes() == (other / name).read_bytes(), name
        assert str(tmp_path).encode() not in (one / name).read_bytes(), name


def test_a_labelled_release_is_found_by_its_label(dataset: Path, kg: Kg) -> None:
    release(dataset, kg, "2026.1")
    change(dataset, 13)
    release(dataset, kg, "2026.10")
    assert kg("-C", dataset, "verify", "2026.1", "--deep").code == 0
    for file in ("dataset.nq", "manifest.json"):
        (dataset / "out/releases/2026.1" / file).rename(dataset / file)
        ran = kg("-C", dataset, "verify", "2026.1")
        assert (ran.code, "2026.1" in ran.out + ran.err) == (1 if file == "dataset.nq" else 3, True)
        (dataset / file).rename(dataset / "out/releases/2026.1" / file)


def test_labelled_releases_are_never_forgotten(dataset: Path, kg: Kg) -> None:
    release(dataset, kg, "2026.1")
    for number in range(20, 26):
        change(dataset, number)
        assert kg("-C", dataset, "build").out.startswith("published")
    assert len(list((dataset / "out/releases").iterdir())) == 4
    assert kg("-C", dataset, "verify", "2026.1").code == 0


# ── Again, and after others ───────────────────────────────────────────────────────────────────────────────


def test_the_same_release_again_changes_nothing(dataset: Path, kg: Kg) -> None:
    release(dataset, kg, "2026.1", "--date", "2026-01-31")
    manifest = (dataset / "out/latest" / NAME).read_bytes()
    assert kg("-C", dataset, "build").out.startswith("nothing has changed")  # the labelled one is what it would publish
    assert kg("-C", dataset, "build", "--check").code == 0
    ran = kg("-C", dataset, "build", "--release", "2026.1", "--date", "2026-01-31")
    assert ran.out.startswith("nothing has changed")
    assert (dataset / "out/latest" / NAME).read_bytes() == manifest


def test_a_label_stands_for_one_content(dataset: Path, kg: Kg) -> None:
    release(dataset, kg, "2026.1")
    assert "another date" in refused(dataset, kg, "--release", "2026.1", "--date", "2026-01-31")
    change(dataset, 13)
    assert "other facts" in refused(dataset, kg, "--release", "2026.1")
    assert "no release 2025" in refused(dataset, kg, "--release", "2026.2", "--previous", "2025")
    release(dataset, kg, "v2")
    assert "differs in capitals only" in refused(dataset, kg, "--release", "V2")
    change(dataset, 14)
    (dataset / "out/releases/mine").mkdir()
    assert "is no whole release" in refused(dataset, kg, "--release", "mine")


def test_a_release_that_was_left_becomes_the_latest_again(dataset: Path, kg: Kg) -> None:
    before = (dataset / "data/articles/harbour-ruling.yaml").read_bytes()
    release(dataset, kg, "2026.1")
    change(dataset, 13)
    assert kg("-C", dataset, "build").code == 0
    (dataset / "data/articles/harbour-ruling.yaml").write_bytes(before)
    release(dataset, kg, "2026.1")
    change(dataset, 14)
    assert kg("-C", dataset, "build").code == 0
    assert kg("-C", dataset, "query", "ASK { ?s ?p 14 }").code == 0


def test_a_damaged_labelled_release_is_not_replaced(dataset: Path, kg: Kg) -> None:
    release(dataset, kg, "2026.1")
    file = dataset / "out/releases/2026.1/graphs.ndjson"
    file.write_bytes(file.read_bytes()[:-1])
    assert "is damaged" in refused(dataset, kg, "--release", "2026.1")


def test_releases_follow_each_other(dataset: Path, kg: Kg) -> None:
    for number, label in enumerate(["b", "c", "a"], 20):
        change(dataset, number)
        release(dataset, kg, label)
    found = labels.manifests(dataset / "out")
    assert {label: one.previous.release for label, one in found.items() if one.previous} == {"c": "b", "a": "c"}
    change(dataset, 30)
    release(dataset, kg, "d", "--previous", "b")
    with pytest.raises(PublishError, match="several releases are the last of a line: a, d"):
        labels.previous_of(dataset / "out", Labelled("e"))


def test_a_release_may_be_signed_later_by_one_key(dataset: Path, tmp_path: Path, kg: Kg) -> None:
    (key, public), (other, _) = keys(tmp_path / "k"), keys(tmp_path / "o")
    release(dataset, kg, "1")
    assert kg("-C", dataset, "verify", "--key", public).code == 1
    release(dataset, kg, "1", "--sign", key)
    ran = kg("-C", dataset, "verify", "1", "--deep", "--key", public)
    assert ran.code == 0
    assert "the one that was given" in ran.out
    assert "signed already" in refused(dataset, kg, "--release", "1", "--sign", other)
    assert "was not checked" in kg("-C", dataset, "verify").err


def test_the_key_of_kg_toml_signs(dataset: Path, tmp_path: Path, kg: Kg) -> None:
    _, public = keys(dataset / "keys")
    with (dataset / "kg.toml").open("a", encoding="utf-8") as settings:
        settings.write('\n[release]\nkey = "keys/key.pem"\n')
    release(dataset, kg, "1")
    assert kg("-C", dataset, "verify", "--key", public).code == 0
    assert b"keys/key.pem" not in (dataset / "out/latest" / NAME).read_bytes()


def test_a_folder_of_labelled_releases_without_the_marker_is_taken_on(dataset: Path, kg: Kg) -> None:
    release(dataset, kg, "1")
    (dataset / "out/.kg-releases").unlink()
    assert kg("-C", dataset, "build").out.startswith("nothing has changed")
    assert (dataset / "out/.kg-releases").is_file()


def test_a_release_under_another_label_is_noticed(dataset: Path, kg: Kg) -> None:
    release(dataset, kg, "1")
    shutil.copytree(dataset / "out/releases/1", dataset / "out/releases/2")
    ran = kg("-C", dataset, "verify", "2")
    assert ran.code == 1
    assert "is of the release 1, not of 2" in ran.out


def test_a_release_before_that_was_changed_is_noticed(dataset: Path, kg: Kg) -> None:
    release(dataset, kg, "1")
    change(dataset, 13)
    release(dataset, kg, "2")
    assert kg("-C", dataset, "verify", "2").code == 0
    file = dataset / "out/releases/1" / NAME
    file.write_bytes(file.read_bytes() + b"\n")
    for words in (["verify", "2"], ["verify"]):
        ran = kg("-C", dataset, *words)
        assert (ran.code, "comes after the release 1" in ran.out) == (1, True)
    shutil.rmtree(dataset / "out/releases/1")
    assert kg("-C", dataset, "verify", "2").code == 0


# ── Faults ────────────────────────────────────────────────────────────────────────────────────────────────


def _full(*arguments: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("where", ["survey", "graphs.write", "provenance.write", "signature.sign"])
def test_a_full_disk_leaves_the_release_before(
    where: str, dataset: Path, tmp_path: Path, kg: Kg, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, _ = keys(tmp_path)
    release(dataset, kg, "1")
    change(dataset, 13)
    if where == "signature.sign":
        monkeypatch.setattr("onrecord.release.signature.sign", lambda data, key: _full() if data else b"")
    else:
        monkeypatch.setattr(f"onrecord.release.making.{where}", _full)
    said = refused(dataset, kg, "--release", "2", "--sign", key)
    assert "make room" in said
    assert not (dataset / "out/releases/2").exists()
    assert list((dataset / "out").glob(".building*")) == []


def test_a_build_that_is_killed_leaves_whole_releases_only(dataset: Path, kg: Kg) -> None:
    release(dataset, kg, "1")
    change(dataset, 13)
    out = dataset / "out"
    for delay in (0.0, 0.15, 0.2, 0.25, 0.3, 0.35):
        command = [*KG, "-C", str(dataset), "build", "--release", "2"]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            time.sleep(delay)
            process.send_signal(signal.SIGKILL)
        there = labels.manifests(out)
        assert publication.read_manifest(out) in there.values()
        for label in [path.name for path in (out / "releases").iterdir()]:
            assert kg("-C", dataset, "verify", label).code == 0
    release(dataset, kg, "2")
    assert list(out.glob(".building*")) == []


def test_two_builds_at_once(dataset: Path, kg: Kg) -> None:
    with publication.lock(dataset / "out"):
        assert "another build is running" in refused(dataset, kg, "--release", "1")


def test_a_label_that_somebody_has_taken_meanwhile(tmp_path: Path) -> None:
    with pytest.raises(PublishError), publication.publishing(tmp_path, "1") as aside:  # noqa: PT012
        (aside / NAME).write_text("{}")
        (tmp_path / "releases/1").mkdir(parents=True)
    assert not (tmp_path / "latest").exists()
