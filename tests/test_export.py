"""Selections of a release, and `kg export`."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from conftest import Kg
from onrecord import ntriples
from onrecord.writers import WRITERS, select, sources_of
from releases import ASSERTED, BASE, BOTH, CURATED, INFERRED, LINES, METADATA, PEOPLE, written

ALL = list(WRITERS)


# ── Selections ────────────────────────────────────────────────────────────────────────────────────────────


def _graphs(lines: Iterable[str]) -> set[str]:
    return {ntriples.split(line)[3] for line in lines}


def test_everything_is_selected_unless_told_otherwise() -> None:
    assert list(select(LINES)) == LINES


def test_what_is_inferred_from_curated_facts_goes_with_either() -> None:
    assert _graphs(select(LINES, curated=False)) == {ASSERTED, INFERRED, PEOPLE, METADATA}
    assert _graphs(select(LINES, inferred=False)) == {ASSERTED, CURATED, PEOPLE, METADATA}
    assert _graphs(select(LINES, inferred=False, curated=False)) == {ASSERTED, PEOPLE, METADATA}


def test_the_metadata_do_not_speak_of_graphs_that_are_left_out() -> None:
    kept = {ntriples.split(line)[0] for line in select(LINES, inferred=False) if METADATA in line}
    assert kept == {ASSERTED}


def test_single_sources_can_be_selected() -> None:
    assert _graphs(select(LINES, sources={"registry-people"})) == {PEOPLE}
    assert _graphs(select(LINES, sources={"ruling"})) == {ASSERTED, CURATED, INFERRED, BOTH, METADATA}
    assert sources_of(LINES) == {"ruling", "registry-people"}


# ── kg export ─────────────────────────────────────────────────────────────────────────────────────────────


def _release(folder: Path, text: str) -> None:
    """Quads, and the manifest that vouches for them."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "dataset.nq").write_text(text, encoding="utf-8", newline="\n")
    files = {"dataset.nq": {"sha256": hashlib.sha256(text.encode()).hexdigest()}}
    (folder / "manifest.json").write_text(json.dumps({"files": files}), encoding="utf-8")


@pytest.fixture
def released(tmp_path: Path) -> Path:
    """A dataset folder with a release."""
    (tmp_path / "kg.toml").write_text(f'title = "T"\nbase = "{BASE}"\npublisher = "P"\n', encoding="utf-8")
    _release(tmp_path / "out" / "latest", "".join(LINES))
    return tmp_path


@pytest.mark.parametrize("form", ALL)
def test_export_writes_to_standard_output(form: str, kg: Kg, released: Path) -> None:
    ran = kg("-C", released, "export", form)
    assert (ran.code, ran.out, ran.err) == (0, written(form, LINES), "")


def test_export_leaves_out_what_is_not_wanted(kg: Kg, released: Path) -> None:
    ran = kg("-C", released, "export", "nq", "--no-inferred", "--no-curated", "--source", "ruling")
    assert ran.code == 0
    assert _graphs(ran.out.splitlines()) == {ASSERTED, METADATA}


def test_export_replaces_a_file_as_a_whole(kg: Kg, released: Path) -> None:
    file = released / "dataset.ttl"
    file.write_text("before", encoding="utf-8")
    ran = kg("-C", released, "export", "ttl", "-o", file)
    assert (ran.code, ran.out) == (0, "")
    assert file.read_text(encoding="utf-8") == written("ttl", LINES)
    assert ran.err == f"wrote {file}\n"


def test_an_export_that_fails_leaves_the_file_as_it_was(kg: Kg, released: Path) -> None:
    file = released / "dataset.ttl"
    file.write_text("before", encoding="utf-8")
    _release(released / "out" / "latest", "torn")
    ran = kg("-C", released, "export", "ttl", "-o", file)
    assert ran.code == 3
    assert "not a line of canonical N-Quads" in ran.err
    assert file.read_text(encoding="utf-8") == "before"
    assert sorted(path.name for path in released.iterdir()) == ["dataset.ttl", "kg.toml", "out"]


def test_export_to_where_nothing_can_be_written_says_so(kg: Kg, released: Path) -> None:
    file = released / "nowhere" / "dataset.ttl"
    ran = kg("-C", released, "export", "ttl", "-o", file)
    assert (ran.code, ran.out, ran.err.count("\n")) == (3, "", 1)
    assert f"{file} cannot be written" in ran.err


def test_export_before_a_build_says_what_to_do(kg: Kg, released: Path) -> None:
    (released / "out" / "latest" / "dataset.nq").unlink()
    ran = kg("-C", released, "export", "ttl")
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.count("\n") == 1
    assert "run kg build first" in ran.err


def test_export_refuses_a_source_that_there_is_not(kg: Kg, released: Path) -> None:
    ran = kg("-C", released, "export", "ttl", "--source", "rulings")
    assert (ran.code, ran.out) == (2, "")
    assert "do you mean ruling?" in ran.err


def test_export_refuses_a_format_that_there_is_not(kg: Kg, released: Path) -> None:
    ran = kg("-C", released, "export", "docx")
    assert (ran.code, ran.out) == (2, "")
    assert "docx" in ran.err
