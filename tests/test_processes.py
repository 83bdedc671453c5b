"""Processes of this program: they have its modules, and nothing of where they are started."""

import subprocess
import sys
from pathlib import Path

import pytest

from onrecord import processes


def test_a_process_takes_no_module_of_the_folder_that_it_is_started_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('hijacked')\n")
    (tmp_path / "sitecustomize.py").write_text("raise SystemExit('hijacked')\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", ["", *sys.path])
    told = subprocess.run(
        processes.command("told_of_itself:tell", "a b", "'"), capture_output=True, text=True, check=True
    )
    assert told.stdout == '["a b", "\'"]\n'
