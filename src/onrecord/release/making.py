"""A release made from the segments of a dataset: its files, and the manifest that vouches for them."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import msgspec

import onrecord
from onrecord.dataset import merging, registry
from onrecord.dataset.ledger import Ledger
from onrecord.dataset.merging import Merged
from onrecord.dataset.packs import Packs
from onrecord.dataset.segments import Options, Progress
from onrecord.findings import Finding
from onrecord.release import assertions, catalog, graphs, provenance, publication, signature, stores
from onrecord.release.canonical import Hashed, hashed
from onrecord.release.labels import Labelled
from onrecord.release.manifest import (
    NAME,
    QUADS,
    SIGNATURE,
    FileEntry,
    Manifest,
    Previous,
    VocabularyUsed,
    describe,
    describe_files,
    encoded,
)
from onrecord.release.survey import survey
from onrecord.vocabulary import resources
from onrecord.writers import WRITERS

ONTOLOGY = "https://w3id.org/onrecord/ns"
CATALOGUE = (catalog.TURTLE, catalog.JSONLD, graphs.NAME, provenance.NAME)
"""What only a labelled release has."""


class NotHeld(Exception):
    """Assertions of kg.toml that do not hold of what was about to be published."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__(*findings)
        self.findings = findings


@dataclass
class Making:
    """A release that is to be made. `latest` is the release that it takes the place of, be there one or not."""

    options: Options
    book: Ledger
    kept: Packs
    merged: Merged
    findings: Sequence[Finding]
    inputs: str
    latest: Path
    progress: Progress
    labelled: Labelled | None = None
    previous: Previous | None = None
    hashes: dict[str, Hashed] = field(default_factory=dict)

    def publish(self) -> Manifest:
        """Write the release and make it the latest. Raises `NotHeld`, and PublishError."""
        with publication.publishing(self.options.out, self.labelled.label if self.labelled else "") as aside:
            quads = aside / QUADS
            with quads.open("wb") as stream:
                minter = registry.minter(self.options.settings)
                merging.write(self.merged, self.kept, self.options.settings, minter, stream)
            manifest = self._counted()
            asserted = self.options.settings.assertions
            broken = assertions.broken(asserted, manifest, quads, self.findings, self.latest)
            if broken:
                raise NotHeld(broken)
            self._write_formats(aside)
            (aside / "findings.json").write_bytes(msgspec.json.format(msgspec.json.encode(list(self.findings))) + b"\n")
            manifest.files = {path.name: self._entry(path) for path in sorted(aside.iterdir())}
            if self.labelled is not None:
                self._label(manifest, aside)
            self._write_store(aside)
            (aside / NAME).write_bytes(encoded(manifest))
            if self.labelled is not None and self.labelled.key is not None:
                (aside / SIGNATURE).write_bytes(signature.sign((aside / NAME).read_bytes(), self.labelled.key))
        return manifest

    def _counted(self) -> Manifest:
        """The manifest of what has been merged, without files."""
        totals, given = self.book.totals(), self.options.settings
        return Manifest(
            title=given.title,
            release=self.labelled.label if self.labelled else "",
            date=self.labelled.date if self.labelled else "",
            previous=self.previous,
            publisher=given.publisher,
            licence=given.licence,
            base=given.base,
            program=onrecord.__version__,
            vocabulary=vocabulary_used(),
            inputs=self.inputs,
            sources=totals.sources,
            facts=totals.facts,
            evidence=totals.spans,
            evidence_checked=totals.checked,
            asserted=self._count("asserted", "registry", "metadata"),
            curated=self._count("curated"),
            inferred=self._count("inferred", "inferred-from-curated"),
            findings=len(self.findings),
            files={},
        )

    def _count(self, *kinds: str) -> int:
        return sum(self.merged.counts[kind] for kind in kinds)

    def _write_formats(self, aside: Path) -> None:
        wanted = [name for name in self.options.settings.formats if name != "nq"]
        for count, name in enumerate(wanted, 1):
            writer = WRITERS[name]
            with (
                (aside / QUADS).open(encoding="utf-8", newline="\n") as lines,
                (aside / f"dataset.{writer.extension}").open("wb") as out,
            ):
                writer.write(lines, out)
            self.progress("formats", count, len(wanted))

    def _write_store(self, aside: Path) -> None:
        if self.options.store:
            self.progress("store", 0, 1)
            stores.make(aside / QUADS, aside / "store", self.options, self.book, self.kept, self.merged)
            self.progress("store", 1, 1)

    def _entry(self, path: Path) -> FileEntry:
        return describe(path, self.merged.digest if path.name == QUADS else "")

    def _label(self, manifest: Manifest, aside: Path) -> None:
        """Add to a labelled release what others need to take it in: graphs and hashes, catalogue and provenance."""
        settings = self.options.settings
        self.progress("catalogue", 0, 1)
        found = survey(aside / QUADS, settings.base)
        for writer in WRITERS.values():
            entry = manifest.files.get(f"dataset.{writer.extension}")
            if entry is not None:
                _note(entry, found.dataset if writer.holds_graphs else found.merged, quads=writer.holds_graphs)
        graphs.write(aside / QUADS, aside / graphs.NAME)
        release = catalog.Release(settings, manifest.release).at()
        used = provenance.write(aside / provenance.NAME, release, settings.base, self._documents())
        manifest.files |= describe_files(aside, leave_out=manifest.files)
        _note(manifest.files[provenance.NAME], used)
        described = catalog.described(settings, manifest, dict(sorted(manifest.files.items())), found)
        told = f"Release {manifest.release} of a dataset: DCAT 3, VoID, PROV-O"
        (aside / catalog.TURTLE).write_bytes(described.turtle(told))
        (aside / catalog.JSONLD).write_bytes(described.jsonld())
        for name in (catalog.TURTLE, catalog.JSONLD):
            manifest.files[name] = describe(aside / name)
            _note(manifest.files[name], hashed(described.lines()))
        manifest.files = dict(sorted(manifest.files.items()))
        self.progress("catalogue", 1, 1)

    def _documents(self) -> Iterator[tuple[str, bytes]]:
        """The sources' ids with the SHA-256 of the document of each."""
        return ((row.source, row.digest) for _, row in self.book.rows() if row.file and row.source)


def _note(entry: FileEntry, hashes: Hashed, *, quads: bool = False) -> None:
    entry.rdfc10 = hashes.sha256
    if quads:
        entry.quads = hashes.count
    else:
        entry.triples = hashes.count


@cache
def vocabulary_used() -> VocabularyUsed:
    """The vocabulary of the installation. Its hash is of the lines that `sha256sum` prints for the files of ontology/
    and shapes/, in the order of their names: `sha256sum ontology/*.ttl shapes/*.ttl | sha256sum`."""
    listed = [(folder, file) for folder in ("ontology", "shapes") for file in resources.files(folder, ".ttl")]
    lines = [f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {folder}/{file.name}\n" for folder, file in listed]
    return VocabularyUsed(ONTOLOGY, _version(), hashlib.sha256("".join(lines).encode()).hexdigest())


def _version() -> str:
    """What the ontology says of its version (owl:versionInfo)."""
    text = (resources.path("ontology") / "onrecord.ttl").read_text(encoding="utf-8")
    found = re.search(r'^ *owl:versionInfo "([^"]*)"', text, re.MULTILINE)
    return found[1] if found else ""
