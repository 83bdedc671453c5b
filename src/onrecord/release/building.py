"""The whole build: segments, and one release from them."""

import errno
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from onrecord.dataset import digests, ledger, merging, packs
from onrecord.dataset.conflict_places import CODE
from onrecord.dataset.ledger import Ledger
from onrecord.dataset.merging import Merged
from onrecord.dataset.packs import Packs
from onrecord.dataset.rows import Damaged
from onrecord.dataset.segments import Built, Options, Progress, build_all
from onrecord.dataset.sources import of_dataset
from onrecord.dataset.tidying import tidy
from onrecord.errors import ConfigurationError, PublishError
from onrecord.findings import Finding, ordered
from onrecord.release import labels, publication, stores
from onrecord.release.labels import Labelled
from onrecord.release.making import Making, NotHeld
from onrecord.release.manifest import QUADS, Manifest
from onrecord.writers import WRITERS


@dataclass
class Report:
    """What a build did. `manifest` is None where nothing was published. `uncovered` are shapes that are not compiled,
    with the reason."""

    findings: list[Finding] = field(default_factory=list)
    manifest: Manifest | None = None
    unchanged: bool = False
    reused: int = 0
    uncovered: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class _Wanted:
    """What is to be made of the segments: a labelled release or none; compared with the latest one of which folder."""

    progress: Progress
    labelled: Labelled | None
    against: Path | None


def build(
    options: Options, progress: Progress, labelled: Labelled | None = None, *, against: Path | None = None
) -> Report:
    """Build and publish; `labelled` makes it a labelled release. Raises the errors of configuration and publishing;
    everything about the data is in the findings, and so are the assertions that do not hold. `against` is the folder
    of releases whose latest one they compare with, where it is not `options.out`."""
    _known_formats(options.settings.formats)
    wanted = _Wanted(progress, labelled, against)
    if labelled is not None:
        labelled.check()
    with publication.lock(options.out), _disk_errors(options.out):
        try:
            return _build(options, wanted)
        except (Damaged, sqlite3.DatabaseError, msgspec.DecodeError) as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF in _OF_THE_DISK:
                raise
            # What was kept is not what was written: everything is made anew, from the sources.
            ledger.discard(options.cache)
            packs.discard(options.cache)
            return _build(options, wanted)


_OF_THE_DISK = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN)
"""What SQLite says of a disk: what was kept is as it was."""


@contextmanager
def _disk_errors(out: Path) -> Iterator[None]:
    """A disk that is full, or must not be written, while segments are built: PublishError."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise PublishError(
            f"{out} cannot be written: {error}", hint="make room, or check who may write there, and build again"
        ) from error
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise PublishError(f"{out} cannot be written: {error.strerror}", hint="make room and build again") from error


def _build(options: Options, wanted: _Wanted) -> Report:
    listing = of_dataset(options.folder, options.settings)
    with Ledger(options.cache) as book, closing(Packs(options.cache)) as kept:
        built = build_all(options, listing.files, book, wanted.progress)
        book.keep()
        report = Report(ordered([*listing.findings, *built.findings]), reused=built.reused, uncovered=built.uncovered)
        merged = merging.plan(book)
        if not any(finding.severity == "violation" for finding in report.findings):
            _publish_changed(options, book, kept, merged, built, report, wanted)
        tidy(options.cache, book, kept, merged.in_use)
    return report


def _publish_changed(
    options: Options, book: Ledger, kept: Packs, merged: Merged, built: Built, report: Report, wanted: _Wanted
) -> None:
    """Publish, unless what would be published is there already, or assertions do not hold."""
    inputs = digests.of(built.inputs, msgspec.json.encode(report.findings))
    manifest = _already(options, inputs, wanted.labelled)
    if manifest is not None:
        noted = [finding for finding in report.findings if finding.code == CODE]
        report.findings, report.manifest, report.unchanged = noted, manifest, True
        digest = manifest.files[QUADS].sha256
    else:
        latest = (wanted.against or options.out) / publication.LATEST
        made = Making(options, book, kept, merged, report.findings, inputs, latest, wanted.progress, wanted.labelled)
        if made.labelled is not None:
            made.previous = labels.previous_of(options.out, made.labelled)
        try:
            report.manifest = made.publish()
        except NotHeld as error:
            report.findings = ordered([*report.findings, *error.findings])
            return
        digest = merged.digest
    if options.kept is None and not report.unchanged:
        stores.note_published(options, book, digest)


def _already(options: Options, inputs: str, labelled: Labelled | None) -> Manifest | None:
    """The manifest of the release that would be published, where it is there; a labelled one becomes the latest again,
    and is signed if it is to be and was not."""
    if labelled is None:
        manifest = publication.read_manifest(options.out)
        same = manifest is not None and manifest.inputs == inputs
        whole = manifest is not None and same and publication.is_whole(options.out, manifest, store=options.store)
        return manifest if whole else None
    manifest = labels.existing(options.out, labelled.label)
    if manifest is None:
        return None
    labels.refuse_other(manifest, inputs, labelled)
    name = f"{publication.RELEASES}/{labelled.label}"
    if not publication.is_whole(options.out, manifest, store=False, name=name):
        raise PublishError(
            f"the release {labelled.label} is damaged", hint=f"kg verify says where; move {options.out / name} away"
        )
    publication.renew(options.out, labelled.label, labelled.key)
    return manifest


def _known_formats(names: Iterable[str]) -> None:
    for name in names:
        if name not in WRITERS:
            raise ConfigurationError(f"kg.toml: {name} is no format", hint=f"`formats` may hold {', '.join(WRITERS)}")
