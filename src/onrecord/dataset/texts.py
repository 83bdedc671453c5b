"""The texts of the sources, where they are at hand: beside the facts, or in folders that a person names."""

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from onrecord.dataset.settings import Limits
from onrecord.dataset.sources import SourceFile
from onrecord.errors import ConfigurationError
from onrecord.facts.document import Document
from onrecord.facts.texts import Texts
from onrecord.findings import Finding
from onrecord.readers import Read


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


def beside(file: SourceFile, read: Read, dataset: Path, limits: Limits) -> bytes | Finding | None:
    """The text that a source names by its path: its bytes, None where it names none, or the finding why it is not read.

    A path that leads out of the dataset's folder is not followed.
    """
    document = read.document
    if not isinstance(document, Document) or document.source.text.path is None:
        return None
    found = _bytes(document.source.text.path, file.path, dataset, limits)
    if isinstance(found, bytes):
        return found
    return Finding(read.locate(("source", "text", "path")), "violation", *found)


def _bytes(named: str, facts: Path, dataset: Path, limits: Limits) -> bytes | tuple[str, str, str]:
    """The bytes of a text that the file `facts` names, or why not: code, message and hint of a finding."""
    hint = "correct the path, or name the text by sha256 and chars"
    try:
        path = (facts.parent / named.replace("\0", "")).resolve()
        if "\0" in named or not path.is_relative_to(dataset.resolve()):
            message = f"the text {named} lies outside the dataset's folder"
            return "text-outside", message, "name it by sha256 and chars"
        if not path.is_file():
            return "text-unreadable", f"there is no file {named}", hint
        if path.stat().st_size > limits.file_bytes:
            return "too-large", f"the text {named} is larger than {limits.file_bytes:,} bytes", "raise file_bytes"
        return path.read_bytes()
    except OSError as error:
        return "text-unreadable", f"the text {named} cannot be read: {error.strerror}", hint


def state_of(read: Read, beside: bytes | Finding | None, known: Texts) -> str:
    """Which text a source names, and which was at hand: while this stays the same, its words need not be looked up
    again. "" for what names none. `beside` as the function of this name gives it."""
    if not isinstance(read.document, Document):
        return ""
    named = read.document.source.text
    if named.path is not None:
        return f"path {_mark(beside if isinstance(beside, bytes) else None)} {named.path}"
    return f"sha256 {'+' if named.sha256 in known.by_hash else '-'} {named.sha256}"


def state_now(state: str, facts: Path, dataset: Path, limits: Limits, known: Texts) -> str:
    """What `state_of` would give now for the same source, which stands in the file `facts`."""
    if not state:
        return ""
    kind, _, named = state.split(" ", 2)
    if kind == "sha256":
        return f"sha256 {'+' if named in known.by_hash else '-'} {named}"
    found = _bytes(named, facts, dataset, limits)
    return f"path {_mark(found if isinstance(found, bytes) else None)} {named}"


def _mark(data: bytes | None) -> str:
    return "-" if data is None else hashlib.sha256(data).hexdigest()
