"""Building again: what has changed is built, nothing else is, and the result is what building anew would give."""

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from conftest import Kg
from onrecord.dataset import digests, settings
from onrecord.dataset.ledger import Ledger
from onrecord.dataset.packs import Packs
from onrecord.dataset.segments import Options
from onrecord.release.building import Report, build
from onrecord.store import open_store
from onrecord.vocabulary import resources

SITE = {"id": "gazette", "kind": "news-outlet", "name": "Gazette", "words": "Gazette", "curated": "Known."}


def entity(name: str, **more: object) -> dict[str, object]:
    return {"id": name, "kind": "armed-group", "name": name.title(), "curated": "Known.", **more}


def document(name: str, subject: str, said: str) -> str:
    source = {
        "id": name,
        "kind": "article",
        "title": f"On {said}",
        "site": "gazette",
        "text": {"sha256": "0" * 64, "chars": 9},
    }
    event = {"id": "e", "kind": "attack", "label": said, "by": subject, "words": said}
    return json.dumps({"source": source, "events": [event]}) + "\n"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A dataset of three groups, with articles in YAML files (which JSON is) and in a file of JSON Lines."""
    folder = tmp_path / "archive"
    (folder / "data/registry").mkdir(parents=True)
    (folder / "data/articles").mkdir()
    (folder / "kg.toml").write_text('title = "T"\nbase = "https://x.example/"\npublisher = "P"\n', encoding="utf-8")
    write_registry(folder, {name: entity(name) for name in ("north", "south", "west")})
    for number in range(6):
        write(folder, f"one-{number}.yaml", document(f"one-{number}", "north", "it began"))
    lines = [document(f"line-{number}", ("south", "west")[number % 2], "it went on") for number in range(8)]
    write(folder, "lines.jsonl", "".join(lines))
    return folder


def write_registry(folder: Path, entities: dict[str, dict[str, object]]) -> None:
    registry = {"registry": "Groups", "curated": "Known.", "organizations": [SITE, *entities.values()]}
    (folder / "data/registry/groups.yaml").write_text(json.dumps(registry), encoding="utf-8")


def write(folder: Path, name: str, text: str) -> None:
    (folder / "data/articles" / name).write_text(text, encoding="utf-8")


def built(folder: Path, out: Path | None = None) -> Report:
    options = Options(folder, settings.load(folder), out or folder / "out")
    report = build(options, lambda stage, done, of: None)
    assert [finding.line() for finding in report.findings] == []
    return report


def fresh(folder: Path, tmp_path: Path) -> Path:
    out = tmp_path / "fresh"
    shutil.rmtree(out, ignore_errors=True)
    built(folder, out)
    return out


def assert_like_fresh(folder: Path, tmp_path: Path) -> None:
    """The latest release has the bytes of one that is built anew, and its store the same quads."""
    out = fresh(folder, tmp_path)
    assert (folder / "out/latest/dataset.nq").read_bytes() == (out / "latest/dataset.nq").read_bytes()
    assert (folder / "out/latest/manifest.json").read_bytes() == (out / "latest/manifest.json").read_bytes()
    quads = {str(quad) for quad in open_store(folder / "out/latest/store")}
    lines = (folder / "out/latest/dataset.nq").read_text(encoding="utf-8").splitlines()
    assert quads == {line.removesuffix(" .") for line in lines}


def total(folder: Path) -> int:
    with Ledger(folder / "out/.cache") as ledger:
        return ledger.totals().segments


def test_what_has_not_changed_is_not_built_again(archive: Path) -> None:
    assert built(archive).reused == 0
    again = built(archive)
    assert again.unchanged
    assert again.reused == total(archive) == 15


def test_one_changed_line_builds_one_segment(archive: Path, tmp_path: Path) -> None:
    built(archive)
    path = archive / "data/articles/lines.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    write(archive, "lines.jsonl", "".join([document("new", "west", "it ended"), *lines[:3], *lines[4:]]))
    assert built(archive).reused == total(archive) - 1 == 14
    assert_like_fresh(archive, tmp_path)


def test_a_file_that_was_only_touched_is_not_built_again(archive: Path) -> None:
    built(archive)
    for file in (archive / "data/articles").iterdir():
        os.utime(file, ns=(1, 1))
    assert built(archive).reused == total(archive)


def test_a_changed_entity_builds_the_sources_that_use_it_and_the_registry(archive: Path, tmp_path: Path) -> None:
    built(archive)
    write_registry(
        archive, {"north": entity("north"), "south": entity("south", described_as="rebels"), "west": entity("west")}
    )
    assert built(archive).reused == total(archive) - 1 - 4  # the registry, and every second line
    assert_like_fresh(archive, tmp_path)


def test_what_an_entity_leads_to_counts_as_used(archive: Path, tmp_path: Path) -> None:
    groups = {"north": entity("north", part_of="west"), "south": entity("south"), "west": entity("west")}
    write_registry(archive, groups)
    built(archive)
    write_registry(archive, {**groups, "west": entity("west", kind="political-party")})
    assert built(archive).reused == 4  # the lines about the south
    assert_like_fresh(archive, tmp_path)


def test_an_id_that_the_registry_takes_is_noticed_in_files_that_have_not_changed(archive: Path, kg: Kg) -> None:
    built(archive)
    write_registry(archive, {name: entity(name) for name in ("north", "south", "west", "e")})
    ran = kg("-C", archive, "build")
    assert ran.code == 1
    assert ran.out.count("the id e is the registry's") == 14


def test_an_entity_that_is_gone_is_missed_and_found_again(archive: Path, kg: Kg, tmp_path: Path) -> None:
    built(archive)
    whole = {name: entity(name) for name in ("north", "south", "west")}
    write_registry(archive, {"north": whole["north"], "south": whole["south"]})
    ran = kg("-C", archive, "build")
    assert ran.code == 1
    assert ran.out.count("nothing has the id west") == 4
    write_registry(archive, whole)
    built(archive)
    assert_like_fresh(archive, tmp_path)


def test_places_of_findings_move_with_their_lines(archive: Path, kg: Kg) -> None:
    path = archive / "data/articles/lines.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    lines[5] = lines[5].replace("attack", "no-such-kind")
    path.write_text("".join(lines), encoding="utf-8")
    assert "lines.jsonl:6:" in kg("-C", archive, "build").out
    path.write_text("".join(lines[2:]), encoding="utf-8")
    assert "lines.jsonl:4:" in kg("-C", archive, "build").out


def test_a_build_that_failed_keeps_what_was_right(archive: Path, kg: Kg, tmp_path: Path) -> None:
    built(archive)
    write(archive, "one-0.yaml", document("one-0", "nobody", "it began"))
    write(archive, "one-1.yaml", document("one-1", "south", "it changed"))
    assert kg("-C", archive, "build").code == 1
    write(archive, "one-0.yaml", document("one-0", "west", "it began"))
    assert built(archive).reused == total(archive) - 1
    assert_like_fresh(archive, tmp_path)


def test_texts_that_come_and_go_are_noticed(archive: Path, kg: Kg) -> None:
    source = {"id": "t", "kind": "article", "title": "T", "site": "gazette", "text": {"path": "t.txt"}}
    event = {"kind": "attack", "label": "x", "by": "north", "words": "they came"}
    write(archive, "t.yaml", json.dumps({"source": source, "events": [event]}))
    write(archive, "t.txt", "At dawn they came.")
    assert kg("-C", archive, "build").code == 0
    write(archive, "t.txt", "At dawn they went.")
    assert "words-not-found" in kg("-C", archive, "build").out
    (archive / "data/articles/t.txt").unlink()
    assert "there is no file t.txt" in kg("-C", archive, "build").out
    write(archive, "t.txt", "At dawn they came.")
    assert kg("-C", archive, "build").out.startswith(("published", "nothing has changed"))


@pytest.mark.parametrize("seed", range(4))
def test_any_sequence_of_changes_gives_what_building_anew_gives(archive: Path, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    groups = {name: entity(name) for name in ("north", "south", "west")}
    built(archive)
    for step in range(6):
        for _ in range(chance.randint(1, 3)):
            change(archive, groups, chance, f"step {step}")
        built(archive)
    assert_like_fresh(archive, tmp_path)


def change(folder: Path, groups: dict[str, dict[str, object]], chance: random.Random, said: str) -> None:
    number, group = chance.randrange(8), chance.choice([*groups])
    lines = (folder / "data/articles/lines.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    match chance.randrange(6):
        case 0:
            groups[group] = entity(group, described_as=said)
            write_registry(folder, groups)
        case 1:
            (folder / f"data/articles/one-{number}.yaml").unlink(missing_ok=True)
        case 2:
            write(folder, "lines.jsonl", "".join(lines[:number] + lines[number + 1 :]) or document("only", group, said))
        case 3:
            chance.shuffle(lines)
            write(folder, "lines.jsonl", "".join(lines))
        case 4:
            fresh_line = document(f"new-{said.replace(' ', '-')}-{chance.randrange(10**6)}", group, said)
            write(folder, "lines.jsonl", "".join([*lines[:number], fresh_line, *lines[number:]]))
        case _:
            write(folder, f"one-{number}.yaml", document(f"one-{number}", group, said))


def test_packs_do_not_pile_up(archive: Path, tmp_path: Path) -> None:
    for step in range(70):
        write(archive, "one-0.yaml", document("one-0", "north", f"step {step}"))
        built(archive)
    with closing(Packs(archive / "out/.cache")) as packs:
        assert 0 < len(packs.sizes()) <= 66
    assert_like_fresh(archive, tmp_path)


def test_a_ledger_of_another_version_is_made_anew(archive: Path, tmp_path: Path) -> None:
    built(archive)
    with sqlite3.connect(archive / "out/.cache/ledger.sqlite") as base:
        base.execute("PRAGMA user_version = 99")
    base.close()
    assert built(archive).unchanged
    assert_like_fresh(archive, tmp_path)


def test_another_language_or_limit_builds_all_and_another_title_none(archive: Path, tmp_path: Path) -> None:
    built(archive)
    file = archive / "kg.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('"T"', '"Another"'), encoding="utf-8")
    assert built(archive).reused == total(archive)
    assert_like_fresh(archive, tmp_path)
    file.write_text(text + 'language = "de"\n', encoding="utf-8")
    assert built(archive).reused == 0
    assert_like_fresh(archive, tmp_path)


def test_what_two_parts_of_the_registry_imply_alike_is_not_lost(archive: Path) -> None:
    """Each says of the other's entity what follows from its kind, too: neither may leave it to the other."""
    one = entity("front", part_of="league")
    other = {**entity("league", part_of="south"), "kind": "political-party"}
    write_registry(archive, {name: entity(name) for name in ("north", "south", "west")})
    for name, held in (("a", one), ("b", other)):
        text = json.dumps({"registry": name, "curated": "Known.", "organizations": [held]})
        (archive / f"data/registry/{name}.yaml").write_text(text, encoding="utf-8")
    built(archive)
    lines = (archive / "out/latest/dataset.nq").read_text(encoding="utf-8").splitlines()
    kinds = [
        line.split(" ")[2]
        for line in lines
        if line.startswith("<https://x.example/organization/league> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type>")
    ]
    assert {"<http://www.w3.org/ns/org#Organization>", "<https://w3id.org/onrecord/ns#Agent>"} <= set(kinds)
    assert len(kinds) == len(set(kinds))


STRICTER = """
@prefix shape: <https://w3id.org/onrecord/shapes#> . @prefix onr: <https://w3id.org/onrecord/ns#> .
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
shape:Stricter a sh:NodeShape ; sh:targetClass onr:Event ; sh:property [
    sh:path rdfs:label ; sh:severity sh:Warning ; sh:message "Nothing may go on." ;
    sh:not [ sh:pattern "^it went on$" ] ] .
"""


@pytest.mark.parametrize("jobs", [1, 2])
def test_new_shapes_check_what_was_mapped_and_build_only_what_they_find(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    for number in range(70):  # so that there is work for two processes
        write(archive, f"more-{number}.yaml", document(f"more-{number}", "north", "it began"))
    options = Options(archive, settings.load(archive), archive / "out", jobs)
    build(options, lambda stage, done, of: None)
    whole = (archive / "out/latest/dataset.nq").read_bytes()
    shapes = tmp_path / "shapes"
    shutil.copytree(resources.path("shapes"), shapes)
    (shapes / "stricter.ttl").write_text(STRICTER, encoding="utf-8")
    with monkeypatch.context() as patch:
        found = resources.files
        patch.setattr(
            resources, "files", lambda name, end: sorted(shapes.glob("*.ttl")) if name == "shapes" else found(name, end)
        )
        digests.of_shapes.cache_clear()
        report = build(options, lambda stage, done, of: None)
        assert [finding.message for finding in report.findings] == ["Nothing may go on."] * 8
        assert [finding.place.line for finding in report.findings] == list(range(1, 9))
        assert report.reused == total(archive) - 8 - 1  # the lines and the registry
    digests.of_shapes.cache_clear()
    report = build(options, lambda stage, done, of: None)
    assert report.findings == []
    assert report.reused == total(archive) - 8 - 1
    assert (archive / "out/latest/dataset.nq").read_bytes() == whole


def test_a_store_may_wait_for_the_first_query(archive: Path, kg: Kg) -> None:
    assert kg("-C", archive, "build", "--no-store").out.startswith("published")
    assert not (archive / "out/latest/store").exists()
    assert kg("-C", archive, "build", "--no-store").out.startswith("nothing has changed")
    assert "14" in kg("-C", archive, "query", "SELECT (COUNT(*) AS ?n) WHERE { ?e a onr:Event }").out
    assert (archive / "out/latest/store").is_dir()
    shutil.rmtree(archive / "out/latest/store")
    assert kg("-C", archive, "build").out.startswith("published")
    assert (archive / "out/latest/store").is_dir()
    with (archive / "kg.toml").open("a", encoding="utf-8") as file:
        file.write("store = false\n")
    write(archive, "one-0.yaml", document("one-0", "west", "it began"))
    assert kg("-C", archive, "build").out.startswith("published")
    assert not (archive / "out/latest/store").exists()


def test_looking_whether_a_build_would_change_anything_builds_what_has_changed_once(
    archive: Path, kg: Kg, tmp_path: Path
) -> None:
    built(archive)
    first = (archive / "out/latest").resolve()
    assert kg("-C", archive, "build", "--check").code == 0
    write(archive, "one-0.yaml", document("one-0", "west", "it began"))
    assert kg("-C", archive, "build", "--check").code == 1
    assert kg("-C", archive, "build", "--check").code == 1
    assert (archive / "out/latest").resolve() == first
    assert built(archive).reused == total(archive)
    assert (archive / "out/latest").resolve() != first
    assert_like_fresh(archive, tmp_path)


def test_watching_publishes_what_is_saved_and_says_what_is_wrong(archive: Path) -> None:
    command = [sys.executable, "-c", "from onrecord.cli import main; main()", "-C", str(archive), "build", "--watch"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        assert process.stdout is not None
        said = iter(process.stdout.readline, "")
        try:
            assert next(line for line in said if "watching" in line)
            first = (archive / "out/latest").resolve()
            write(archive, "one-0.yaml", document("one-0", "nobody", "it began"))
            assert "nothing has the id nobody" in next(line for line in said if "one-0.yaml" in line)
            assert (archive / "out/latest").resolve() == first
            write(archive, "one-0.yaml", document("one-0", "west", "it began"))
            assert next(line for line in said if line.startswith("published"))
            assert b"organization/west" in (archive / "out/latest/dataset.nq").read_bytes()
            (archive / "kg.toml").write_text("title = 5\n", encoding="utf-8")
            assert "kg.toml" in next(line for line in said if line.startswith("kg: "))
            (archive / "data").rename(archive / "facts")
            text = 'title = "T"\nbase = "https://x.example/"\npublisher = "P"\ndata = "facts"\n'
            (archive / "kg.toml").write_text(text, encoding="utf-8")
            assert next(line for line in said if line.startswith(("published", "nothing has changed")))
            (archive / "facts/articles/one-0.yaml").unlink()
            assert next(line for line in said if line.startswith("  13 sources"))
        finally:
            process.send_signal(signal.SIGINT)
            try:
                code = process.wait(timeout=60)
            finally:
                process.kill()  # where nobody hears SIGINT, leaving the block would wait for ever
        assert code == 130
