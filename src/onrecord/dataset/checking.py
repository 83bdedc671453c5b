"""Facts alone, checked in seconds: everything but rules and publishing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from onrecord import unit
from onrecord.checks import load_shapes
from onrecord.dataset import registry, texts
from onrecord.dataset.segments import twice
from onrecord.dataset.settings import Settings
from onrecord.dataset.sources import SourceFile, of_dataset
from onrecord.errors import InputError
from onrecord.facts.texts import Texts
from onrecord.findings import Finding, ordered
from onrecord.readers import READERS, read
from onrecord.unit import Segment, Shared, Tools
from onrecord.vocabulary import resources


@dataclass(frozen=True)
class Checked:
    """What was looked at, and what was found. `unchecked` are spans of words whose text is not at hand, `uncovered`
    shapes that are not compiled, with the reason.
    """

    findings: list[Finding]
    files: int
    facts: int
    spans: int
    unchecked: int
    uncovered: tuple[tuple[str, str], ...] = ()


def check(folder: Path, settings: Settings, paths: Sequence[Path], text_folders: Sequence[Path]) -> Checked:
    """Check the facts files at `paths`, files or folders; all of the dataset where there are none.

    Raises InputError for a path that is no facts file.
    """
    listing = of_dataset(folder, settings)
    files = listing.files
    loaded = registry.load([file for file in files if file.registry], settings)
    known = texts.collect(text_folders, settings.limits)
    shapes = load_shapes(resources.files("shapes", ".ttl"))
    tools = Tools(shapes, None)
    wanted = _chosen(files, paths)
    segments: list[Segment] = []
    findings = [*listing.findings, *loaded.findings]
    for file in wanted:
        for result in _check_file(file, folder, settings, loaded.shared, tools, known):
            if isinstance(result, Finding):
                findings.append(result)
            else:
                segments.append(result)
    findings += (finding for segment in segments for finding in segment.findings)
    findings += twice(segments)
    return Checked(
        ordered(findings),
        len(wanted),
        sum(segment.facts for segment in segments),
        sum(segment.spans for segment in segments),
        sum(segment.spans for segment in segments if not segment.text_at_hand),
        shapes.uncovered,
    )


def _check_file(
    file: SourceFile, folder: Path, settings: Settings, shared: Shared, tools: Tools, known: Texts
) -> Iterator[Segment | Finding]:
    data = file.data(settings.limits)
    if isinstance(data, Finding):
        yield data
        return
    for one in read(file.shown, data, shared.limits):
        beside = texts.beside(file, one, folder, settings.limits)
        if isinstance(beside, Finding):
            yield beside
            beside = None
        yield unit.build(one, file.stem, shared, tools, known, beside)


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
