"""The modules of onrecord as the tests of the repository read them: as text, without running them."""

import ast
import functools
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src"
DERIVED = SOURCE / "onrecord/vocabulary/terms.py"


def _name(file: Path) -> str:
    return ".".join(file.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__")


MODULES = {_name(file): file for file in sorted(SOURCE.rglob("*.py"))}
"""Each module's file."""


@functools.cache
def tree(module: str) -> ast.Module:
    """A module's syntax tree."""
    return ast.parse(MODULES[module].read_text(encoding="utf-8"))


def room(module: str) -> str:
    """The room that a module belongs to, "" for the package itself."""
    return module.split(".")[1] if "." in module else ""
