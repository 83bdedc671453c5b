"""Our side: the command line, and what the mappers make of a dataset."""

import functools
import json
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from measuring.processes import Ran, run

from onrecord.dataset import registry, settings
from onrecord.dataset.sources import SourceFile, of_dataset
from onrecord.index import triples_of
from onrecord.mappers import Mapped, map_document
from onrecord.ntriples import Triple
from onrecord.readers import Read, read
from onrecord.unit import Shared, source_id

KG = Path(sys.executable).with_name("kg")


@functools.cache
def offers(command: str, option: str) -> bool:
    """Whether `kg COMMAND` has an option."""
    return option in run([KG, command, "--help"]).out


@dataclass(frozen=True)
class Built:
    """A build: how it ran, and the counts of the manifest of its release."""

    ran: Ran
    out: Path
    sources: int
    asserted: int
    inferred: int

    @property
    def seconds(self) -> float:
        """Wall-clock seconds of the whole command."""
        return self.ran.seconds


def build(folder: Path, out: Path, jobs: int, *, store: bool = True, memory: bool = False, clean: bool = True) -> Built:
    """`kg build`. Without a store where the command can do without; `clean`: nothing of an earlier build is there."""
    if clean:
        shutil.rmtree(out, ignore_errors=True)
    options = ["--no-store"] if not store and offers("build", "--no-store") else []
    ran = run([KG, "-C", folder, "build", "--jobs", jobs, "--out", out, *options], memory=memory)
    told = json.loads((out / "latest" / "manifest.json").read_bytes())
    return Built(ran, out, told["sources"], told["asserted"] + told["curated"], told["inferred"])


def fastest(runs: Sequence[Built]) -> Built:
    """The fastest of some builds, with the largest peaks of memory that any of them had."""
    best = min(runs, key=lambda one: one.seconds)
    resident = max(one.ran.resident for one in runs)
    proportional = max(one.ran.proportional for one in runs)
    return replace(best, ran=replace(best.ran, resident=resident, proportional=proportional))


def check(folder: Path) -> tuple[Ran, list[dict[str, object]]]:
    """`kg check`: how it ran, and its findings."""
    ran = run([KG, "-C", folder, "check", "--format", "json"], good=(0, 1))
    return ran, json.loads(ran.out)


def triples(folder: Path) -> Iterator[list[Triple]]:
    """What the mappers make of a dataset: the registry's triples first, then each article's, asserted and curated."""
    shared, files = opened(folder)
    yield [*triples_of(shared.described), *triples_of(shared.curated)]
    for file in files:
        for one in read(file.shown, file.path.read_bytes(), shared.limits):
            mapped = mapped_of(one, file, shared)
            yield [*triples_of(mapped.asserted), *triples_of(mapped.curated)]


def opened(folder: Path) -> tuple[Shared, list[SourceFile]]:
    """What the units of a dataset share, and its articles' files."""
    given = settings.load(folder)
    files = of_dataset(folder, given).files
    shared = registry.load([file for file in files if file.registry], given).shared
    return shared, [file for file in files if not file.registry]


def mapped_of(one: Read, file: SourceFile, shared: Shared) -> Mapped:
    """A document as the mappers have it."""
    assert one.document is not None, one.faults
    name = source_id(one.document, file.stem)
    return map_document(one.document, name, shared.minter, shared.names, shared.labels, shared.language)


def graphs(out: Path, kinds: Sequence[str]) -> Iterator[str]:
    """The lines of a release's N-Quads that stand in graphs of some kinds."""
    marks = tuple(f"/graph/{kind}/" for kind in kinds)
    with (out / "latest" / "dataset.nq").open(encoding="utf-8", newline="\n") as lines:
        yield from (line for line in lines if any(mark in line[line.rindex("<") :] for mark in marks))
