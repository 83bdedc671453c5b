"""Fills the folder of a bundle: its files, each noted for the manifest, and its documents with their index."""

import hashlib
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from onrecord.bundles.choice import Choice
from onrecord.bundles.profile import Profile
from onrecord.documents import Document, Documents
from onrecord.documents.paths import paths_of
from onrecord.release.manifest import ANYTHING, MEDIA_TYPES, FileEntry

Progress = Callable[[str, int, int], None]
INDEX, LINES = "index.json", "documents.ndjson"
_STEP = 250


class Row(msgspec.Struct, omit_defaults=True):
    """A document in the index. `path` is that of its file, "" where the bundle has none a document; `sha256` is of the
    document as a line of JSON, without the line break."""

    id: str
    kind: str
    type: list[str]
    label: str
    sha256: str
    path: str = ""


@dataclass
class Files:
    """Files that are written below a folder, each once, with what the manifest says of them."""

    folder: Path
    entries: dict[str, FileEntry] = field(default_factory=dict)
    _folders: set[Path] = field(default_factory=set)

    def write(self, name: str, data: bytes) -> None:
        """A new file. Raises OSError."""
        path = self.folder / name
        if path.parent not in self._folders:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._folders.add(path.parent)
        with path.open("xb") as stream:
            stream.write(data)
        self.note(name, len(data), hashlib.sha256(data).hexdigest())

    def note(self, name: str, size: int, sha256: str) -> None:
        """A file that the caller has written."""
        media_type = "application/ld+json" if name.startswith(("documents/", "context/")) else ""
        known = MEDIA_TYPES.get(name.rsplit(".", 1)[-1], ANYTHING)
        self.entries[name] = FileEntry(media_type=media_type or known, bytes=size, sha256=sha256)


def write_documents(files: Files, documents: Documents, profile: Profile, progress: Progress) -> list[Row]:
    """Every document that the profile chooses, in the formats that it names; gives the index. One at a time: what is
    remembered of a document is its row."""
    choice = Choice(documents, profile.kinds)
    paths = paths_of((node for node, _ in choice.roots), documents.base)
    rows: list[Row] = []
    digest, size = hashlib.sha256(), 0
    with ExitStack() as stack:
        lines = stack.enter_context((files.folder / LINES).open("xb")) if "ndjson" in profile.formats else None
        for document in choice.made():
            row = _row(document, f"documents/{paths[document.node]}.json" if "json" in profile.formats else "")
            rows.append(row)
            if row.path:
                files.write(row.path, document.pretty)
            if lines:
                line = document.json + b"\n"
                lines.write(line)
                digest.update(line)
                size += len(line)
            if len(rows) % _STEP == 0:
                progress("documents", len(rows), len(choice))
    if lines:
        files.note(LINES, size, digest.hexdigest())
    progress("documents", len(choice), len(choice))
    return rows


def _row(document: Document, path: str) -> Row:
    kinds = document.tree["type"]
    return Row(
        id=document.node[1:-1],
        kind=document.kind.name,
        type=[str(kind) for kind in kinds] if isinstance(kinds, list) else [],
        label=document.label,
        sha256=hashlib.sha256(document.json).hexdigest(),
        path=path,
    )
