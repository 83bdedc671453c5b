"""The files of the page: its sheet, and the editor where `make editor` has made it."""

from pathlib import Path

ASSETS = Path(__file__).parent / "assets"
BUNDLE = Path(__file__).parent / "bundle"
"""Without it, the page has a plain field for the query."""


def is_bundled() -> bool:
    """Whether the editor is here."""
    return (BUNDLE / "editor.js").is_file()
