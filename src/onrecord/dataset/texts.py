"""The texts of the sources, where they are at hand: beside the facts, or in folders that a person names."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from onrecord.dataset.settings import Limits
from onrecord.dataset.sources import SourceFile
from onrecord.errors import ConfigurationError
from onrecord.facts.document import Document
from onrecord.facts.texts import Texts
from onrecord.findings import Finding
from onrecord.readers import READERS, Read


def collect(folders: Sequence[Path], limits: Limits) -> Texts:
    """The texts in `folders` and below. Files beyond the limit on file sizes are no texts.

    Raises ConfigurationError for a folder that is not there.
    """
    return Texts.of(path.read_bytes() for path in _files(folders) if path.stat().st_size <= limits.file_bytes)


def _files(folders: Sequence[Path]) -> Iterator[Path]:
    for folder in folders:
        if not folder.exists():
            raise ConfigurationError(
                f"there is no folder of texts {folder}", hint="correct --texts, or `texts` in kg.toml"
            )
        yield from (path for path in (*sorted(folder.rglob("*")), folder) if path.is_file())


def beside_facts(data: Path, limits: Limits) -> Iterator[tuple[Path, bytes]]:
    """The files in the data folder that may be texts of sources, with their bytes: no facts, and not too large."""
    for path in sorted(data.rglob("*")):
        if path.suffix.lower() not in READERS and path.is_file() and path.stat().st_size <= limits.file_bytes:
            with suppress(OSError):  # whoever names it as a text is told
                yield path, path.read_bytes()


def beside(file: SourceFile, read: Read, dataset: Path, limits: Limits) -> bytes | Finding | None:
    """The text that a source names by its path: its bytes, None where it names none, or the finding why it is not read.

    A path that leads out of the dataset's folder is not followed.
    """
    document = read.document
    if not isinstance(document, Document) or document.source.text.path is None:
        return None
    named = document.source.text.path
    where = read.locate(("source", "text", "path"))
    path = (file.path.parent / named).resolve()
    if "\0" in named or not path.is_relative_to(dataset.resolve()):
        return Finding(
            where,
            "violation",
            "text-outside",
            f"the text {named} lies outside the dataset's folder",
            "name it by sha256 and chars",
        )
    try:
        if not path.is_file():
            hint = "correct the path, or name the text by sha256 and chars"
            return Finding(where, "violation", "text-unreadable", f"there is no file {named}", hint)
        if path.stat().st_size > limits.file_bytes:
            return Finding(
                where,
                "violation",
                "too-large",
                f"the text {named} is larger than {limits.file_bytes:,} bytes",
                "raise file_bytes",
            )
        return path.read_bytes()
    except OSError as error:
        hint = "correct the path, or name the text by sha256 and chars"
        return Finding(
            where, "violation", "text-unreadable", f"the text {named} cannot be read: {error.strerror}", hint
        )
