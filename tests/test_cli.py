"""The command line's contract: exit codes, streams, help."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from conftest import Kg
from onrecord.cli import COMMANDS

KG = [sys.executable, "-c", "from onrecord.cli import main; main()"]


def test_help_names_every_command(kg: Kg) -> None:
    ran = kg("--help")
    assert ran.code == 0
    assert all(f"  {name} " in ran.out and meaning in ran.out for name, meaning in COMMANDS.items())


@pytest.mark.parametrize(
    "words",
    [["nonsense"], ["build", "--nope"], ["export"], ["check", "--format", "xml"], ["-C", "/no/such/folder", "check"]],
)
def test_wrong_usage_is_exit_2(words: list[str], kg: Kg) -> None:
    ran = kg(*words)
    assert ran.code == 2
    assert ran.out == ""
    assert "Error:" in ran.err


def test_no_dataset_is_exit_3_and_says_what_to_do(tmp_path: Path, kg: Kg) -> None:
    ran = kg("-C", tmp_path, "check")
    assert ran.code == 3
    assert ran.err.startswith("kg: no kg.toml")
    assert "kg init DIR" in ran.err


@pytest.mark.parametrize("words", [["query", "ASK {}"], ["ask", "second-hand"], ["show", "alda"], ["export", "ttl"]])
def test_nothing_built_says_to_build(words: list[str], dataset: Path, kg: Kg) -> None:
    ran = kg("-C", dataset, *words)
    assert ran.code == 3
    assert "kg build" in ran.err
    assert len(ran.err.strip().splitlines()) == 1


def test_a_folder_that_is_not_empty_is_left_alone(dataset: Path, kg: Kg) -> None:
    before = sorted(dataset.rglob("*"))
    ran = kg("init", dataset)
    assert ran.code == 3
    assert "not empty" in ran.err
    assert sorted(dataset.rglob("*")) == before


def test_a_new_dataset_builds_and_validates_with_no_edit(tmp_path: Path, kg: Kg) -> None:
    assert kg("init", tmp_path / "new").code == 0
    assert kg("-C", tmp_path / "new", "check").code == 0
    built = kg("-C", tmp_path / "new", "build")
    assert built.code == 0
    assert "all found in the texts" in built.out
    assert kg("validate", tmp_path / "new/out/latest/dataset.nq").code == 0


def test_findings_as_json_and_sarif(dataset: Path, kg: Kg) -> None:
    file = dataset / "data/articles/harbour-ruling.yaml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("words: had been banned", "words: had been band"), encoding="utf-8"
    )
    (found,) = json.loads(kg("-C", dataset, "check", "--format", "json").out)
    assert (found["file"], found["code"], found["severity"]) == (
        "data/articles/harbour-ruling.yaml",
        "words-not-found",
        "violation",
    )
    (run,) = json.loads(kg("-C", dataset, "check", "--format", "sarif").out)["runs"]
    (result,) = run["results"]
    region = result["locations"][0]["physicalLocation"]["region"]
    assert (region["startLine"], region["startColumn"]) == (found["line"], found["column"])


def test_quiet_says_nothing_but_results(dataset: Path, kg: Kg) -> None:
    ran = kg("-q", "-C", dataset, "check")
    assert (ran.code, ran.out, ran.err) == (0, "", "")


def test_the_environment_gives_options(dataset: Path, tmp_path: Path, kg: Kg, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_BUILD_OUT", str(tmp_path / "elsewhere"))
    assert kg("-C", dataset, "build").code == 0
    assert (tmp_path / "elsewhere/latest/dataset.nq").exists()


def test_the_doctor_finds_a_new_dataset_well_and_an_unbuilt_one_to_mend(dataset: Path, kg: Kg) -> None:
    ran = kg("-C", dataset, "doctor")
    assert ran.code == 3
    assert "→ kg build" in ran.out
    assert kg("-C", dataset, "build").code == 0
    assert kg("-C", dataset, "doctor").code == 0


def test_an_interrupted_build_is_exit_130_and_one_line(dataset: Path) -> None:
    command = [*KG, "-C", str(dataset), "build"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True)
    time.sleep(0.9)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=60)
    if process.returncode == 0:
        pytest.skip("this machine builds faster than it can be interrupted")
    assert process.returncode == 130
    assert said.strip() == b"kg: interrupted"


def test_a_closed_pipe_is_no_error(dataset: Path) -> None:
    (dataset / "data/articles/bad.yaml").write_text("mentions: [" * 3, encoding="utf-8")
    command = " ".join([*map(repr, KG), "-C", repr(str(dataset)), "check"])
    ran = subprocess.run(["sh", "-c", f"{command} | true"], capture_output=True, text=True, check=False, timeout=60)
    assert "Traceback" not in ran.stderr
