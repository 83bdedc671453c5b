"""Facts alone, checked in seconds: everything but rules and publishing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from onrecord import checks, unit
from onrecord.dataset import registry, texts
from onrecord.dataset.ids import Claim, conflicts
from onrecord.dataset.settings import Settings
from onrecord.dataset.sources import SourceFile, of_dataset
from onrecord.errors import InputError
from onrecord.facts.texts import Texts
from onrecord.findings import Finding, ordered
from onrecord.readers import READERS, Read
from onrecord.unit import Segment, Shared, Tools


@dataclass
class Checked:
    """What was looked at, and what was found. `unchecked` are spans of words whose text is not at hand, `uncovered`
    shapes that are not compiled, with the reason."""

    findings: list[Finding]
    files: int
    facts: int = 0
    spans: int = 0
    unchecked: int = 0
    uncovered: tuple[tuple[str, str], ...] = ()

    def add(self, segment: Segment) -> None:
        """Count a segment in."""
        self.findings += segment.findings
        self.facts += segment.facts
        self.spans += segment.spans
        self.unchecked += 0 if segment.text_at_hand else segment.spans


def check(folder: Path, settings: Settings, paths: Sequence[Path], text_folders: Sequence[Path]) -> Checked:
    """Check the facts files at `paths`, files or folders; all of the dataset where there are none.

    Raises InputError for a path that is no facts file.
    """
    listing = of_dataset(folder, settings)
    files = listing.files
    loaded = registry.load([file for file in files if file.registry], settings)
    known = texts.collect(text_folders, settings.limits)
    shapes = checks.installed()
    tools = Tools(shapes, None, loaded.shared)
    wanted = _chosen(files, paths)
    checked = Checked([*listing.findings, *loaded.findings], len(wanted), uncovered=shapes.uncovered)
    claims: list[Claim] = []
    for file in wanted:
        for one, segment in _check_file(file, folder, settings, loaded.shared, tools, known):
            checked.add(segment)
            if segment.source:
                claims.append(Claim(segment.source, file.shown, segment.named, partial(unit.place_of, one)))
    checked.findings = ordered([*checked.findings, *conflicts(claims)])
    return checked


def _check_file(
    file: SourceFile, folder: Path, settings: Settings, shared: Shared, tools: Tools, known: Texts
) -> Iterator[tuple[Read, Segment]]:
    stream = file.open(shared.limits)
    if isinstance(stream, Finding):
        yield Read(file.shown), Segment("", findings=[stream])
        return
    reader = READERS[file.ending]
    with stream:
        for passage in reader.split(stream):
            one = reader.read(file.shown, passage, shared.limits)
            beside = texts.beside(file, one, folder, settings.limits)
            if isinstance(beside, Finding):
                one.faults.append(beside)
                beside = None
            yield one, unit.build(one, file.stem, shared, tools, known, beside)


def _chosen(files: Sequence[SourceFile], paths: Sequence[Path]) -> list[SourceFile]:
    if not paths:
        return list(files)
    chosen: dict[Path, SourceFile] = {}
    for path in paths:
        inside = [file for file in files if file.path.resolve().is_relative_to(path.resolve())]
        if not inside and path.is_file() and path.suffix.lower() in READERS:
            inside = [SourceFile(path.as_posix(), path, False)]
        if not inside:
            kinds = ", ".join(READERS)
            raise InputError(
                f"{path}: no facts file here" if path.exists() else f"{path}: no such file",
                hint=f"facts files end in {kinds}",
            )
        chosen.update({file.path.resolve(): file for file in inside})
    return sorted(chosen.values(), key=lambda file: (not file.registry, file.shown))
