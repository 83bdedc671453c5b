"""What the documents tell people to do works, and prints what they say it prints."""

import re
import shutil
from pathlib import Path

import msgspec
import pytest

import onrecord
from conftest import Kg
from onrecord.dataset.settings import Assertions, Labels, Least, Limits, Most, Settings
from onrecord.facts import reference
from onrecord.facts.schema import schema_bytes
from onrecord.vocabulary import generate

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"


def blocks(page: Path, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)


def test_the_tutorial_can_be_followed(dataset: Path, kg: Kg) -> None:
    designation, person, statement, _ = blocks(DOCS / "tutorial.md", "yaml")
    facts = dataset / "data/articles/harbour-ruling.yaml"
    text = dataset / "data/articles/harbour-ruling.txt"
    written = facts.read_text(encoding="utf-8")
    assert designation in written
    assert kg("-C", dataset, "build").code == 0
    (sentence,) = re.findall(r"^> (.*)$", (DOCS / "tutorial.md").read_text(encoding="utf-8"), re.MULTILINE)
    text.write_text(
        text.read_text(encoding="utf-8").replace("At least 12", f"{sentence} At least 12"), encoding="utf-8"
    )
    written = written.replace("people:\n", f"people:\n{person}", 1).replace(
        "statements:\n", f"statements:\n{statement}", 1
    )
    facts.write_text(written, encoding="utf-8")
    ran = kg("-C", dataset, "check")
    assert ran.code == 0
    assert ran.err in (DOCS / "tutorial.md").read_text(encoding="utf-8")
    facts.write_text(written.replace("welcomed the ruling", "welcomed the rulimg"), encoding="utf-8")
    ran = kg("-C", dataset, "check")
    assert ran.code == 1
    assert "the nearest words are “welcomed the ruling" in ran.out


def test_the_last_step_of_the_tutorial_answers(dataset: Path, kg: Kg) -> None:
    assert kg("-C", dataset, "build").code == 0
    commands = [line for block in blocks(DOCS / "tutorial.md", "console") for line in block.splitlines()]
    asked = [line.removeprefix("$ kg ").split() for line in commands if line.startswith(("$ kg ask", "$ kg show"))]
    assert len(asked) == 2
    answered, shown = (kg("-C", dataset, *words) for words in asked)
    assert (answered.code, shown.code) == (0, 0)
    assert ",listed," in answered.out
    assert "had been banned" in answered.out
    assert shown.out.startswith("Northern Front")


def test_what_is_derived_is_not_stale() -> None:
    assert (DOCS / "vocabulary.md").read_text(encoding="utf-8") == generate.reference(), "run make vocabulary"
    assert (DOCS / "facts.md").read_text(encoding="utf-8") == reference.page(), "run make vocabulary"
    assert (DOCS / "schema/facts.json").read_bytes() == schema_bytes(), "run make vocabulary"


def test_links_between_documents_lead_somewhere() -> None:
    pages = [*ROOT.glob("*.md"), *DOCS.rglob("*.md")]
    assert len(pages) > 8
    for page in pages:
        for target in re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            if not target.startswith("http"):
                assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_facts_files_of_this_repository_name_the_schema() -> None:
    for file in [*(ROOT / "data").rglob("*.yaml")]:
        first = file.read_text(encoding="utf-8").splitlines()[0]
        named = re.fullmatch(r"# yaml-language-server: \$schema=(.*)", first)
        assert named, file
        assert (file.parent / named[1]).resolve() == (DOCS / "schema/facts.json").resolve()


def test_every_setting_is_documented_with_what_it_is_when_left_out() -> None:
    rows = re.findall(
        r"^\| `(\w+)` \| .* \| (.*) \|$", (DOCS / "settings.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    tables = (Settings, Limits, Labels, Assertions, Least, Most)
    fields = [field for struct in tables for field in msgspec.structs.fields(struct)]
    fields = [
        field
        for field in fields
        if field.name not in ("limits", "release", "assertions", "at_least", "at_most", "lists")
    ]
    assert [name for name, _ in rows] == [field.name for field in fields]
    for name, left_out in rows:
        default = next(field.default for field in fields if field.name == name)
        if isinstance(default, bool | int):
            assert left_out.strip("`").replace(",", "").lower().startswith(str(default).lower()), name


def test_what_the_readme_publishes_is_published(tmp_path: Path, kg: Kg, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("data", "profiles"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "kg.toml", tmp_path)
    monkeypatch.chdir(tmp_path)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    section = readme.partition("## Publish and share")[2].partition("\n## ")[0]
    commands = re.findall(r"^\$ \.venv/bin/kg (.*)$", section, re.MULTILINE)
    assert [command.split()[0] for command in commands] == ["build", "verify", "share", "export", "export", "diff"]
    for command in commands:
        ran = kg(*command.split())
        assert ran.code == 0, (command, ran.err)
    assert {"out", "public", "tables"} <= {path.name for path in tmp_path.iterdir()}
    (code,) = re.findall(r"```python\n(.*?)```", section, re.DOTALL)
    call, answer = code.split("\n\n")[1].split("  # ")
    assert eval(call, {"onrecord": onrecord}) == answer.strip()  # the README's own line
