"""The whole build: segments, and one release from them."""

import errno
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

import onrecord
from onrecord.dataset import digests, ledger, merging, packs, registry
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
from onrecord.release import publication, stores
from onrecord.release.manifest import NAME, QUADS, Manifest, describe, encoded
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


def build(options: Options, progress: Progress) -> Report:
    """Build and publish. Raises the errors of configuration and publishing; everything about the data is in the
    findings."""
    _known_formats(options.settings.formats)
    with publication.lock(options.out), _disk_errors(options.out):
        try:
            return _build(options, progress)
        except (Damaged, sqlite3.DatabaseError, msgspec.DecodeError) as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF in _OF_THE_DISK:
                raise
            # What was kept is not what was written: everything is made anew, from the sources.
            ledger.discard(options.cache)
            packs.discard(options.cache)
            return _build(options, progress)


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


def _build(options: Options, progress: Progress) -> Report:
    listing = of_dataset(options.folder, options.settings)
    with Ledger(options.cache) as book, closing(Packs(options.cache)) as kept:
        built = build_all(options, listing.files, book, progress)
        book.keep()
        report = Report(ordered([*listing.findings, *built.findings]), reused=built.reused, uncovered=built.uncovered)
        merged = merging.plan(book)
        if not any(finding.severity == "violation" for finding in report.findings):
            _publish_changed(options, book, kept, merged, built, report, progress)
        tidy(options.cache, book, kept, merged.in_use)
    return report


def _publish_changed(
    options: Options, book: Ledger, kept: Packs, merged: Merged, built: Built, report: Report, progress: Progress
) -> None:
    """Publish, unless the latest release is what would be published."""
    inputs = digests.of(built.inputs, msgspec.json.encode(report.findings))
    manifest = publication.read_manifest(options.out)
    same = manifest is not None and manifest.inputs == inputs
    if manifest is not None and same and publication.is_whole(options.out, manifest, store=options.store):
        noted = [finding for finding in report.findings if finding.code == CODE]
        report.findings, report.manifest, report.unchanged = noted, manifest, True
    else:
        report.manifest = _publish(options, book, kept, merged, report.findings, inputs, progress)


def _known_formats(names: Iterable[str]) -> None:
    for name in names:
        if name not in WRITERS:
            raise ConfigurationError(f"kg.toml: {name} is no format", hint=f"`formats` may hold {', '.join(WRITERS)}")


def _publish(
    options: Options,
    book: Ledger,
    kept: Packs,
    merged: Merged,
    findings: Sequence[Finding],
    inputs: str,
    progress: Progress,
) -> Manifest:
    with publication.publishing(options.out) as aside:
        quads = aside / QUADS
        with quads.open("wb") as stream:
            merging.write(merged, kept, options.settings, registry.minter(options.settings), stream)
        _write_formats(options, aside, progress)
        (aside / "findings.json").write_bytes(msgspec.json.format(msgspec.json.encode(list(findings))) + b"\n")
        if options.store:
            progress("store", 0, 1)
            stores.make(quads, aside / "store", options, book, kept, merged)
            progress("store", 1, 1)
        manifest = _manifest(options, book, merged, findings, inputs, aside)
        (aside / NAME).write_bytes(encoded(manifest))
    if options.kept is None:
        stores.note_published(options, book, merged.digest)
    return manifest


def _write_formats(options: Options, aside: Path, progress: Progress) -> None:
    wanted = [name for name in options.settings.formats if name != "nq"]
    for count, name in enumerate(wanted, 1):
        writer = WRITERS[name]
        with (
            (aside / QUADS).open(encoding="utf-8", newline="\n") as lines,
            (aside / f"dataset.{writer.extension}").open("wb") as out,
        ):
            writer.write(lines, out)
        progress("formats", count, len(wanted))


def _manifest(
    options: Options, book: Ledger, merged: Merged, findings: Sequence[Finding], inputs: str, aside: Path
) -> Manifest:
    def count(*kinds: str) -> int:
        return sum(merged.counts[kind] for kind in kinds)

    totals = book.totals()
    files = sorted(path for path in aside.iterdir() if path.is_file())
    return Manifest(
        title=options.settings.title,
        publisher=options.settings.publisher,
        licence=options.settings.licence,
        base=options.settings.base,
        program=onrecord.__version__,
        inputs=inputs,
        sources=totals.sources,
        facts=totals.facts,
        evidence=totals.spans,
        evidence_checked=totals.checked,
        asserted=count("asserted", "registry", "metadata"),
        curated=count("curated"),
        inferred=count("inferred", "inferred-from-curated"),
        findings=len(findings),
        files={path.name: describe(path, merged.digest if path.name == QUADS else "") for path in files},
    )
