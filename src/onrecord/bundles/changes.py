"""What changed since an earlier bundle: documents added, gone and changed, in words where there are some."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from onrecord.bundles import place
from onrecord.bundles.filling import INDEX, LINES, Row
from onrecord.bundles.manifest import BundleManifest, Earlier
from onrecord.bundles.telling import differences
from onrecord.documents.document import Tree
from onrecord.errors import InputError
from onrecord.release import signature
from onrecord.release.holdings import Folder, Holding, opened
from onrecord.release.manifest import NAME, SIGNATURE, FileEntry
from onrecord.release.verification import verify

CHANGES = ("CHANGES.md", "changes.json")
_LARGEST = 64 << 20


class Change(msgspec.Struct, omit_defaults=True):
    """What happened to a document (`added`, `gone`, `changed`), with words for it where there are some."""

    what: str
    kind: str
    id: str
    label: str
    words: list[str] = []


class Changes(msgspec.Struct, omit_defaults=True):
    """All that changed since an earlier bundle; `first` tells that there was no
    bundle before, `profile` that what is chosen has changed as well."""

    first: bool = False
    since: Earlier | None = None
    profile: bool = False
    changes: list[Change] = []


class _Index(msgspec.Struct):
    documents: list[Row]


@dataclass
class Before:
    """An earlier bundle: its manifest with the digest of it, and the rows of its index by the documents' ids."""

    path: Path
    manifest: BundleManifest
    digest: str
    rows: dict[str, Row] = field(repr=False)

    @classmethod
    def at(cls, path: Path, *, given: bool) -> "Before | None":
        """The bundle at a path; None where there is none. Raises InputError for that where somebody has `given` the
        path, and for a bundle whose index cannot be read."""
        if not given and not (path.is_file() or (path.is_dir() and any(path.iterdir()))):
            return None
        with opened(path) as held:
            found = place.manifest_in(held)
            if found is None:
                raise InputError(f"{path} is no bundle", hint="name a folder or zip that kg share has made")
            rows = msgspec.json.decode(_read(held, INDEX), type=_Index).documents
        return cls(path, found[0], hashlib.sha256(found[1]).hexdigest(), {row.id: row for row in rows})

    @property
    def reference(self) -> Earlier:
        """How manifests name it."""
        return Earlier(self.manifest.release, self.digest)

    def has(self, manifest: BundleManifest, files: dict[str, FileEntry]) -> bool:
        """Whether it is what would be made again: the same words about itself, and the same files but for those that
        tell what changed; and whole, but for its signature."""
        if any(finding.place.file != SIGNATURE for finding in verify(self.path).findings):
            return False
        own = {name: entry for name, entry in self.manifest.files.items() if name not in CHANGES}
        said = msgspec.structs.replace(self.manifest, files={}, previous=None)
        return own == files and said == msgspec.structs.replace(manifest, files={}, previous=None)

    def is_signed(self, key: Path) -> bool:
        """Whether its signature is the one that a private key gives."""
        with opened(self.path) as held:
            if SIGNATURE not in held.files:
                return False
            return _read(held, SIGNATURE) == signature.sign(_read(held, NAME), key)

    def changes(self) -> Changes:
        """What it tells of the bundle before it. Raises InputError where that cannot be read."""
        with opened(self.path) as held:
            data = _read(held, "changes.json")
        try:
            return msgspec.json.decode(data, type=Changes)
        except msgspec.MsgspecError as error:
            raise InputError(f"changes.json of the earlier bundle cannot be read: {error}") from error


def compared(before: Before | None, manifest: BundleManifest, rows: list[Row], folder: Path) -> Changes:
    """What has changed from an earlier bundle to the one that is being made in `folder`. Names of the earlier one are
    not told where these may be quotations, and this one has none. Raises InputError where a document of the earlier
    one cannot be read."""
    if before is None:
        return Changes(first=True)
    made = Changes(since=before.reference, profile=before.manifest.profile != manifest.profile)
    quoted = before.manifest.profile.quotations and not manifest.profile.quotations
    now = {row.id: row for row in rows}
    changed = [row for row in rows if row.id in before.rows and before.rows[row.id].sha256 != row.sha256]
    with opened(before.path) as held:
        told = _told(held, Folder(folder), before, changed, names=not quoted)
        for row in rows:
            if row.id not in before.rows:
                made.changes.append(Change("added", row.kind, row.id, row.label))
            elif before.rows[row.id].sha256 != row.sha256:
                made.changes.append(Change("changed", row.kind, row.id, row.label, next(told)))
    gone = [row for row in before.rows.values() if row.id not in now]
    made.changes += [Change("gone", row.kind, row.id, row.id if quoted else row.label) for row in gone]
    return made


def _told(held: Holding, own: Holding, before: Before, changed: list[Row], *, names: bool) -> Iterator[list[str]]:
    old = _trees(held, [before.rows[row.id] for row in changed])
    for was, is_now in zip(old, _trees(own, changed), strict=True):
        yield differences(was, is_now, names=names)


def _trees(held: Holding, rows: list[Row]) -> Iterator[Tree]:
    """The documents of some rows, in their order. Raises InputError for one that is not there."""
    lines: dict[str, bytes] = {}
    wanted = {row.sha256 for row in rows if not row.path}
    if wanted:
        with held.open(LINES) as stream:
            for line in stream:
                digest = hashlib.sha256(line.removesuffix(b"\n")).hexdigest()
                if digest in wanted:
                    lines[digest] = line
    for row in rows:
        data = _read(held, row.path) if row.path else lines.get(row.sha256, b"")
        try:
            yield msgspec.json.decode(data, type=dict)
        except (msgspec.MsgspecError, RecursionError) as error:
            raise InputError(f"the document {row.id[:80]} of the earlier bundle cannot be read: {error}") from error


def _read(held: Holding, name: str) -> bytes:
    if name not in held.files:
        raise InputError(f"the earlier bundle has no {name[:80]}", hint="name a whole one: kg verify BUNDLE")
    with held.open(name) as stream:
        data = stream.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise InputError(f"{name[:80]} of the earlier bundle has more than {_LARGEST:,} bytes")
    return data
