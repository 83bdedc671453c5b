"""manifest.json: what a release, or a bundle, says of itself and of each of its files. No clock, no machine's path."""

import os
from collections.abc import Iterable
from pathlib import Path

import msgspec

from onrecord.store.loading import digest_of
from onrecord.writers import WRITERS

NAME = "manifest.json"
QUADS = "dataset.nq"
SIGNATURE = f"{NAME}.sig"
"""The signature of the manifest's bytes: see `onrecord.release.signature`."""
MEDIA_TYPES = {
    **{writer.extension: writer.media_type for writer in WRITERS.values()},
    "css": "text/css",
    "csv": "text/csv",
    "html": "text/html",
    "js": "text/javascript",
    "json": "application/json",
    "md": "text/markdown",
    "parquet": "application/vnd.apache.parquet",
    "svg": "image/svg+xml",
    "txt": "text/plain",
    "zip": "application/zip",
}
"""Media types by the endings of files (https://www.iana.org/assignments/media-types)."""
ANYTHING = "application/octet-stream"


class FileEntry(msgspec.Struct, omit_defaults=True, kw_only=True):
    """What a manifest says of a file. `rdfc10` is the SHA-256 of the canonical N-Quads of the RDF in it (RDFC-1.0,
    https://www.w3.org/TR/rdf-canon/), where it holds RDF and the manifest is of a labelled release; then one of
    `quads` (a dataset with named graphs) and `triples` (one graph) counts them."""

    media_type: str = msgspec.field(name="mediaType", default=ANYTHING)
    bytes: int
    sha256: str
    rdfc10: str = ""
    quads: int | None = None
    triples: int | None = None


class Previous(msgspec.Struct, forbid_unknown_fields=True):
    """The labelled release before: its label, and the SHA-256 of its manifest."""

    release: str
    manifest: str


class VocabularyUsed(msgspec.Struct, forbid_unknown_fields=True):
    """The vocabulary that a release is written in: its version, and the SHA-256 of ontology and shapes together."""

    iri: str
    version: str
    sha256: str


class Manifest(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """What a release says of itself: counts, the digest of its inputs, and each of its files.

    `release`, `date` (YYYY-MM-DD, as it was given) and `previous` are of labelled releases.
    """

    title: str
    release: str = ""
    date: str = ""
    previous: Previous | None = None
    publisher: str = ""
    licence: str = ""
    base: str = ""
    program: str
    vocabulary: VocabularyUsed | None = None
    inputs: str
    sources: int
    facts: int
    evidence: int
    evidence_checked: int
    asserted: int
    curated: int
    inferred: int
    findings: int
    files: dict[str, FileEntry]


class Listed(msgspec.Struct):
    """The part of a manifest that every manifest has, be it of a release or of a bundle."""

    files: dict[str, FileEntry]
    release: str = ""


def encoded(manifest: msgspec.Struct) -> bytes:
    """A manifest as the bytes of its file, the same for the same content."""
    return msgspec.json.format(msgspec.json.encode(manifest)) + b"\n"


def describe(file: Path, sha256: str = "") -> FileEntry:
    """What a manifest says of a file; `sha256` where the caller knows it. Raises OSError."""
    return FileEntry(
        media_type=MEDIA_TYPES.get(file.suffix[1:].lower(), ANYTHING),
        bytes=file.stat().st_size,
        sha256=sha256 or digest_of(file),
    )


def describe_files(folder: Path, leave_out: Iterable[str] = ()) -> dict[str, FileEntry]:
    """Every file below a folder by its path there (`a/b.json`), in order; but the manifest, its signature, and folders
    and files of the top that the caller leaves out. Raises OSError."""
    names = sorted(
        path.relative_to(folder).as_posix()
        for where, _, files in os.walk(folder)
        for path in (Path(where, file) for file in files)
    )
    left_out = {NAME, SIGNATURE, *leave_out}
    return {name: describe(folder / name) for name in names if name.split("/")[0] not in left_out}
