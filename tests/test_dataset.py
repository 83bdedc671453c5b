"""A dataset's folder: nothing in it is skipped in silence, and nothing outside is touched."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import Kg

ARTICLE = "data/articles/harbour-ruling.yaml"


@pytest.mark.parametrize("name", ["loop.yaml", "gone.yaml", "pipe.yaml", "folder.yaml"])
def test_what_looks_like_a_facts_file_and_is_none_is_a_finding(name: str, dataset: Path, kg: Kg) -> None:
    path = dataset / "data/articles" / name
    match name:
        case "loop.yaml":
            path.symlink_to(name)
        case "gone.yaml":
            path.symlink_to("nowhere.yaml")
        case "pipe.yaml":
            os.mkfifo(path)
        case _:
            path.mkdir()
    for command in ("check", "build"):
        ran = kg("-C", dataset, command)
        if name == "folder.yaml":  # a folder may be called so
            assert ran.code == 0
        else:
            assert ran.code == 3
            assert f"data/articles/{name}: error: this is no file" in ran.out


def test_capital_endings_are_facts_files_too(dataset: Path, kg: Kg) -> None:
    (dataset / "data/articles/MORE.YAML").write_text("mentions: []\n", encoding="utf-8")
    ran = kg("-C", dataset, "build")
    assert ran.code == 3
    assert "data/articles/MORE.YAML:1:" in ran.out


def test_a_linked_folder_is_said_to_be_left_out(dataset: Path, tmp_path: Path, kg: Kg) -> None:
    (tmp_path / "elsewhere").mkdir()
    (dataset / "data/linked").symlink_to(tmp_path / "elsewhere")
    ran = kg("-C", dataset, "check")
    assert ran.code == 0
    assert "data/linked: warning: a linked folder is not looked into" in ran.out


def test_a_folder_that_cannot_be_read_is_a_finding(dataset: Path, kg: Kg, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = dataset / "data/secret"
    secret.mkdir()
    scandir = os.scandir

    def refused(path: str) -> object:
        if str(path) == str(secret):
            raise PermissionError(13, "Permission denied", str(secret))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refused)
    ran = kg("-C", dataset, "check")
    assert ran.code == 3
    assert "data/secret: error: it cannot be read: Permission denied" in ran.out


def test_a_file_name_that_is_no_utf_8_is_a_finding(dataset: Path, kg: Kg) -> None:
    Path(os.fsdecode(os.fsencode(dataset) + b"/data/articles/b\xff.yaml")).write_text(
        "mentions: []\n", encoding="utf-8"
    )
    ran = kg("-C", dataset, "build")
    assert ran.code == 3
    assert "the file's name is not UTF-8" in ran.out


@pytest.mark.parametrize("stem", ["a b", "x%2Fy", "Foo", "café", "a:b"])
def test_a_file_name_that_is_no_id_is_a_finding(stem: str, dataset: Path, kg: Kg) -> None:
    (dataset / ARTICLE).rename(dataset / f"data/articles/{stem}.yaml")
    ran = kg("-C", dataset, "check")
    assert ran.code == 3
    assert "which is no id" in ran.out


def test_two_sources_with_one_id_are_found_by_check_and_build(dataset: Path, kg: Kg) -> None:
    text = (dataset / ARTICLE).read_text(encoding="utf-8").replace("source:\n", "source:\n  id: harbour-ruling\n")
    (dataset / "data/articles/other.yaml").write_text(text, encoding="utf-8")
    for command in ("check", "build"):
        ran = kg("-C", dataset, command)
        assert ran.code == 1
        assert "data/articles/other.yaml:7:7: error: two sources have the id harbour-ruling" in ran.out
        assert "data/articles/harbour-ruling.yaml" in ran.out


def test_a_typo_in_the_site_is_one_finding(dataset: Path, kg: Kg) -> None:
    file = dataset / ARTICLE
    file.write_text(
        file.read_text(encoding="utf-8").replace("site: harbour-gazette", "site: harbor-gazette"), encoding="utf-8"
    )
    ran = kg("-C", dataset, "check")
    assert ran.code == 1
    assert len(ran.out.splitlines()) == 1
    assert f"{ARTICLE}:9:9: error: nothing has the id harbor-gazette — did you mean harbour-gazette?" in ran.out


def test_a_text_that_is_no_file_does_not_hang(dataset: Path, kg: Kg) -> None:
    text = dataset / "data/articles/harbour-ruling.txt"
    text.unlink()
    os.mkfifo(text)
    assert stat.S_ISFIFO(text.stat().st_mode)
    ran = kg("-C", dataset, "check")
    assert ran.code == 1
    assert "there is no file harbour-ruling.txt" in ran.out


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("x=" + "[" * 5_000, "nested"),
        ("x=" + "9" * 5_000, "kg.toml"),
        ('data="/etc"', "data"),
        ('data=".."', "outside"),
        ('out="a\\u0000b"', "out"),
        ('licence="https://[::1/"', "licence"),
        ('formats=["docx"]', "docx"),
    ],
)
def test_odd_settings_are_one_line(line: str, said: str, dataset: Path, kg: Kg) -> None:
    file = dataset / "kg.toml"
    kept = [
        one
        for one in file.read_text(encoding="utf-8").splitlines()
        if one.split("=")[0].strip() != line.split("=", maxsplit=1)[0]
    ]
    file.write_text("\n".join([line, *kept]), encoding="utf-8")
    ran = kg("-C", dataset, "build")
    assert ran.code == 3
    assert said in ran.err
    assert len(ran.err.strip().splitlines()) == 1
    assert "Traceback" not in ran.err


def test_a_text_that_goes_and_comes_back_changed_is_noticed(dataset: Path, kg: Kg) -> None:
    import hashlib

    text = dataset / "data/articles/harbour-ruling.txt"
    data = text.read_bytes()
    facts = dataset / ARTICLE
    named = f"    sha256: {hashlib.sha256(data).hexdigest()}\n    chars: {len(data.decode())}\n"
    facts.write_text(facts.read_text(encoding="utf-8").replace("    path:", f"{named}    path:"), encoding="utf-8")
    text.unlink()
    assert kg("-C", dataset, "build").code == 1
    text.write_bytes(b"")
    ran = kg("-C", dataset, "build")
    assert ran.code == 1
    assert "the text is not the one with this SHA-256" in ran.out


def test_a_reader_that_closes_the_pipe_ends_an_export_well(dataset: Path, kg: Kg) -> None:
    assert kg("-C", dataset, "build").code == 0
    program = f"{sys.executable} -c 'from onrecord.cli import main; main()' -C {dataset} export nq"
    ran = subprocess.run(
        ["bash", "-c", f"{program} | true; echo ${{PIPESTATUS[0]}}"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (ran.stdout, ran.stderr) == ("0\n", "")
