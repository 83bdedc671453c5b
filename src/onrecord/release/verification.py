"""Whether a release or a bundle is what its manifest says, and its manifest what somebody has signed.

Everything that is read may come from somebody who means harm: no file outside the folder or zip is read, none more than
once, and none beyond the size that the manifest gives it.
"""

import hashlib
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from onrecord.errors import InputError, NotBuilt
from onrecord.findings import Finding, Place
from onrecord.release import signature
from onrecord.release.holdings import Holding, is_inside, opened
from onrecord.release.labels import is_label
from onrecord.release.manifest import NAME, SIGNATURE, FileEntry, Listed
from onrecord.release.publication import manifest_in
from onrecord.store.loading import digest_of

_MOST = 64 << 20
"""Bytes of a manifest: that of 100,000 files has a fifth of it."""
_PIECE = 1 << 20
_UNREADABLE = (OSError, InputError, EOFError, zipfile.BadZipFile, zlib.error)
_LOCAL = re.compile(
    r"store/.*|\.store\.lock|\.store-[0-9]+(-old)?/.*|(names|beginnings)\.msgpack|\.(names|beginnings)\.msgpack\.[0-9]+",
    re.DOTALL,
)
"""What is kept beside a release for questions, and made anew where it is missing: not a part of what is published."""


@dataclass
class Verified:
    """What was found. `signer` is the number of the key of the signature, "" where there is none; `trusted` tells
    that the signature is by the key that was given. `unchecked` counts files that no manifest names, and that a
    program answers questions from: who made them is not known."""

    findings: list[Finding] = field(default_factory=list)
    files: int = 0
    bytes: int = 0
    signer: str = ""
    trusted: bool = False
    unchecked: int = 0


def verify(path: Path, public: bytes | None = None, *, label: str = "") -> Verified:
    """Compare a folder or a zip with the manifest in it. `public` is the key that it must be signed with, `label` what
    the release must call itself.

    Raises NotBuilt where there is no manifest, ConfigurationError where signatures cannot be checked, OSError.
    """
    try:
        with opened(path) as held:
            if NAME not in held.files:
                raise NotBuilt(f"{path} is no release: it has no {NAME}", hint="name a release, or the folder of one")
            return _verified(held, public, label)
    except InputError as error:
        raise NotBuilt(error.message, hint="name a release, or the folder of one") from error


def verify_previous(folder: Path) -> list[Finding]:
    """Compare the labelled release before the one in a folder, where it lies beside it, with what this one says of
    it. Raises OSError."""
    manifest = manifest_in(folder)
    before = manifest.previous if manifest else None
    if before is None or not is_label(before.release):
        return []
    file = folder.resolve().parent / before.release / NAME
    if not file.is_file() or digest_of(file) == before.manifest:
        return []
    return [fault(NAME, f"comes after the release {before.release}, whose manifest is another one by now", "previous")]


def _verified(held: Holding, public: bytes | None, label: str) -> Verified:
    found = Verified()
    manifest = _read(held, NAME, _MOST)
    if isinstance(manifest, Finding):
        found.findings.append(manifest)
        return found
    found.findings += _of_signature(held, manifest, public, found)
    try:
        listed = msgspec.json.decode(manifest, type=Listed)
    except (msgspec.MsgspecError, RecursionError) as error:
        found.findings.append(fault(NAME, f"cannot be read as a manifest: {error}"))
        return found
    if label and listed.release != label:
        found.findings.append(fault(NAME, f"is of the release {listed.release or 'without a label'}, not of {label}"))
    found.files, found.bytes = len(listed.files), sum(entry.bytes for entry in listed.files.values())
    found.unchecked = sum(bool(_LOCAL.fullmatch(name)) for name in held.files.keys() - listed.files.keys())
    found.findings += _of_files(held, listed)
    return found


def fault(file: str, message: str, code: str = "damaged") -> Finding:
    """What is wrong with a file."""
    return Finding(Place(file), "violation", code, message)


def _of_signature(held: Holding, manifest: bytes, public: bytes | None, found: Verified) -> Iterator[Finding]:
    if SIGNATURE not in held.files:
        if public is not None:
            yield fault(SIGNATURE, "missing: the release is not signed", "unsigned")
        return
    written = _read(held, SIGNATURE, _PIECE)
    if isinstance(written, Finding):
        yield written
        return
    try:
        found.signer = signature.signer_of(written).hex()
        found.trusted = public is not None and signature.is_signed(manifest, written, public)
    except InputError as error:
        yield fault(SIGNATURE, error.message, "signature")
        return
    if public is None or found.trusted:
        return
    if found.signer == signature.number_of(public).hex():
        yield fault(SIGNATURE, f"the manifest is not what the key {found.signer} has signed", "signature")
    else:
        wanted = signature.number_of(public).hex()
        yield fault(
            SIGNATURE, f"signed with the key {found.signer}, not with the one that was given, {wanted}", "signature"
        )


def _of_files(held: Holding, listed: Listed) -> Iterator[Finding]:
    names = {*held.files, *held.odd, *listed.files} - {NAME, SIGNATURE}
    for name in sorted(names):
        entry = listed.files.get(name)
        if name in held.odd:
            yield fault(name, "a link, or something else that is no file of its own", "odd")
        elif entry is None:
            if not _LOCAL.fullmatch(name):
                yield fault(name, "not in the manifest", "extra")
        elif not is_inside(name):
            yield fault(name, "the manifest names a file outside of the release", "outside")
        elif name not in held.files:
            yield fault(name, "missing", "missing")
        elif held.files[name] != entry.bytes:
            yield fault(name, f"has {held.files[name]:,} bytes, and should have {entry.bytes:,}", "changed")
        else:
            yield from _of_content(held, name, entry)


def _of_content(held: Holding, name: str, entry: FileEntry) -> Iterator[Finding]:
    digest, left = hashlib.sha256(), entry.bytes
    try:
        with held.open(name) as stream:
            while left > 0 and (piece := stream.read(min(left, _PIECE))):
                digest.update(piece)
                left -= len(piece)
    except _UNREADABLE as error:
        yield fault(name, f"cannot be read: {error}")
        return
    if digest.hexdigest() != entry.sha256:
        yield fault(name, "has other content than the manifest says (SHA-256)", "changed")


def _read(held: Holding, name: str, most: int) -> bytes | Finding:
    """A whole file that should be small."""
    if held.files[name] > most:
        return fault(name, f"has {held.files[name]:,} bytes; at the most {most:,} are read", "too-large")
    try:
        with held.open(name) as stream:
            return stream.read(most)
    except _UNREADABLE as error:
        return fault(name, f"cannot be read: {error}")
