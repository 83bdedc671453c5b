"""What holds for the repository as a whole: its rooms, commands and packages (vocabulary: test_one_vocabulary.py)."""

import ast
import functools
import graphlib
import importlib
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from modules import DERIVED, MODULES, ROOT, room, tree
from onrecord import cli

ROOMS = (
    *(
        "errors",
        "processes",
        "cache",
        "findings",
        "vocabulary",
        "ntriples",
        "index",
        "facts",
        "readers",
        "importers",
        "mappers",
        "rules",
        "history",
        "conflicts",
        "checks",
        "unit",
    ),
    *(
        "dataset",
        "store",
        "writers",
        "release",
        "matching",
        "questions",
        "documents",
        "bundles",
        "tables",
        "comparison",
    ),
    *("pictures", "site", "library", "server", "cli"),
)
"""The modules and packages of onrecord: each imports only from those before it."""


# ── Rooms ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@functools.cache
def _imports(module: str) -> frozenset[str]:
    """The modules of ours that a module imports, at its top or inside its functions.

    The package itself does not count where just `onrecord.__version__` or the like is asked of it.
    """
    found: set[str] = set()
    nodes = list(ast.walk(tree(module)))
    asked = {n.attr for n in nodes if isinstance(n, ast.Attribute) and ast.unparse(n.value) == "onrecord"}
    for node in nodes:
        if isinstance(node, ast.Import):
            found |= {a.name for a in node.names if a.name != "onrecord" or any(not n.startswith("__") for n in asked)}
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                below = f"{node.module}.{alias.name}"
                if below != "onrecord.__version__":
                    found.add(below if below in MODULES else node.module)
    return frozenset(found & MODULES.keys() - {module})


@pytest.mark.parametrize("module", [m for m in MODULES if room(m)])
def test_a_module_imports_only_from_rooms_before_its_own(module: str) -> None:
    assert room(module) in ROOMS, f"{room(module)} is a new room: give it its place in ROOMS"
    allowed = ROOMS[: ROOMS.index(room(module)) + 1]
    assert [other for other in sorted(_imports(module)) if room(other) not in allowed] == []


def test_no_module_imports_itself_through_others() -> None:
    try:
        order = list(graphlib.TopologicalSorter({m: _imports(m) for m in MODULES}).static_order())
    except graphlib.CycleError as error:
        pytest.fail(" → ".join(error.args[1]))
    assert set(order) == MODULES.keys()


@pytest.mark.parametrize("folder", ["readers", "importers", "mappers", "writers"])
def test_siblings_do_not_import_each_other(folder: str) -> None:
    members: dict[str, object] = vars(importlib.import_module(f"onrecord.{folder}"))[folder.upper()]
    works = [getattr(member, "read", member) for member in members.values()]  # a record of functions, or the function
    siblings = {str(getattr(work, "__module__", None) or type(work).__module__) for work in works}
    assert siblings <= MODULES.keys()
    assert [f"{a} imports {b}" for a in sorted(siblings) for b in sorted(siblings & _imports(a))] == []


def _prints(node: ast.AST) -> bool:
    if isinstance(node, ast.Import | ast.ImportFrom):
        names = [a.name for a in node.names] if isinstance(node, ast.Import) else [node.module or ""]
        return any(name.split(".")[0] == "click" for name in names)
    return (isinstance(node, ast.Name) and node.id in {"print", "exit", "quit", "SystemExit"}) or (
        isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and (node.value.id, node.attr) in {("sys", "exit"), ("sys", "stdout"), ("sys", "stderr"), ("os", "_exit")}
    )


@pytest.mark.parametrize("module", [m for m in MODULES if room(m) != "cli"])
def test_only_the_command_line_prints_and_exits(module: str) -> None:
    places = [getattr(node, "lineno", 0) for node in ast.walk(tree(module)) if _prints(node)]
    assert places == []


def _breaches(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or 0) - node.lineno + 1
            if lines >= 45:
                yield f"{node.name} has {lines} lines"
        elif isinstance(node, ast.Name) and node.id == "Any":
            yield f"line {node.lineno}: Any"
        elif isinstance(node, ast.ExceptHandler) and (node.type is None or ast.unparse(node.type) == "Exception"):
            yield f"line {node.lineno}: catches everything"
    for part in (tree, *tree.body):
        if isinstance(part, ast.Module | ast.ClassDef | ast.FunctionDef) and not ast.get_docstring(part):
            name = getattr(part, "name", "the module")
            if not name.startswith("_"):
                yield f"{name} has no docstring"


@pytest.mark.parametrize("module", [m for m in MODULES if MODULES[m] != DERIVED])
def test_a_module_keeps_the_rules_of_the_house(module: str) -> None:
    text = MODULES[module].read_text(encoding="utf-8")
    assert list(_breaches(tree(module))) == []
    assert len(text.splitlines()) < 300
    assert "type: ignore" not in text
    assert not {"utils", "util", "helpers", "helper", "common", "core", "base"} & set(module.split("."))


# ── Commands, texts, packages ─────────────────────────────────────────────────────────────────────────────


def _commands(group: click.Group, *names: str) -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        found = group.get_command(context, name)
        assert found is not None
        yield " ".join((*names, name)), found
        if isinstance(found, click.Group):
            yield from _commands(found, *names, name)


def test_every_command_has_help_with_an_example_and_is_documented() -> None:
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    prose = "\n".join(p.read_text(encoding="utf-8") for p in pages if "decisions" not in p.parts)
    commands = dict(_commands(cli.command))
    assert commands
    for name, command in commands.items():
        call = re.compile(rf"\bkg (-C \S+ )?{name}\b")
        assert call.search(f"{command.help} {command.epilog}"), f"the help of {name} lacks an example"
        assert call.search(prose), f"neither README nor docs/ speak of kg {name}"
        options = [option for option in command.params if isinstance(option, click.Option)]
        assert [o.name for o in options if not (o.help or o.hidden)] == [], name


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def test_no_file_holds_long_passages_of_an_article(shared: Path) -> None:
    articles = [_words(f.read_text(encoding="utf-8")) for f in sorted((shared / "articles").glob("*.txt"))]
    assert articles
    passages = {n: {tuple(a[i : i + n]) for a in articles for i in range(len(a) - n + 1)} for n in (30, 81)}
    found: list[str] = []
    for file in (f for part in ("data", "tests", "docs") for f in sorted((ROOT / part).rglob("*")) if f.is_file()):
        if "__pycache__" in file.parts:
            continue
        n = 81 if file.is_relative_to(ROOT / "data/articles") else 30
        words = _words(file.read_text(encoding="utf-8", errors="replace"))
        found += [str(file.relative_to(ROOT)) for i in range(len(words)) if tuple(words[i : i + n]) in passages[n]][:1]
    assert found == []


def _locked(file: str) -> dict[str, tuple[str, frozenset[str]]]:
    """Each package of a lock file, with its version and hashes."""
    pins = re.findall(r"^(\S+)==(\S+)(.*(?:\n    --hash=.*)*)", (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE)
    return {
        name: (version, frozenset(re.findall(r"--hash=(sha256:[0-9a-f]{64})", rest))) for name, version, rest in pins
    }


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-dev.txt", "requirements-ftm.txt"])
def test_lock_files_name_no_host_and_no_place(file: str) -> None:
    text = (ROOT / file).read_text(encoding="utf-8")
    assert re.findall(r".*(?:://|file:|\bindex-url|find-links|trusted-host|\s@\s|[ =]/\w).*", text) == []
    assert [name for name, (_, hashes) in _locked(file).items() if not hashes] == []


def test_lock_files_pin_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    runtime, dev = _locked("requirements.txt"), _locked("requirements-dev.txt")
    assert runtime.items() <= dev.items()
    ftm = _locked("requirements-ftm.txt")
    asked = project["project"]["dependencies"] + groups["build"]
    for pins, wanted in ((runtime, asked), (dev, groups["dev"]), (ftm, groups["ftm"])):
        for requirement in map(Requirement, wanted):
            assert requirement.specifier.contains(pins[canonicalize_name(requirement.name)][0]), str(requirement)


def test_the_wheel_carries_ontology_shapes_queries_and_schemas(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    (wheel,) = tmp_path.glob("onrecord-*.whl")
    held = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("ontology", "shapes", "queries", "docs/schema"):
        files = {f.name for f in (ROOT / folder).iterdir() if f.suffix in {".ttl", ".rq", ".json"}}
        assert files
        assert files <= {Path(name).name for name in held if f"onrecord/resources/{folder}/" in name}
    assert {name.split("/")[0] for name in held if ".dist-info" not in name} == {"onrecord"}
