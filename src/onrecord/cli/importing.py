"""What `kg import` does with each file, and what it says of it."""

import json
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click

from onrecord.cli.progress import bars
from onrecord.cli.session import Session, counted, exit_code, show_findings
from onrecord.dataset import importing, settings
from onrecord.dataset.importing import Kept
from onrecord.dataset.registry import reader_limits
from onrecord.dataset.settings import Settings
from onrecord.errors import InputError
from onrecord.findings import Finding, Place
from onrecord.importers import IMPORTERS, Given, Imported, Input, counting, decoded, finished, written

_MOST_OFFSETS = 5


@dataclass(frozen=True)
class Wanted:
    """The options of a run: the list's name, and what to do with its files."""

    importer: str
    as_of: str | None
    replace: bool
    partial: bool
    dry_run: bool
    force: bool
    as_json: bool


@dataclass(frozen=True)
class Brought:
    """A snapshot that was imported, and what became of it."""

    shown: str
    given: Given
    imported: Imported
    file: Path
    data: bytes
    state: Kept
    records: importing.Records | None


class _Unreadable(Exception):
    """A file that nothing can be had from: its finding."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding)
        self.finding = finding


def run(kg: Session, wanted: Wanted, files: Sequence[Path], beside: Mapping[str, Path]) -> int:
    """Import files one after the other. What is wrong with one does not hinder the others. Gives the exit code."""
    folder = kg.dataset()
    given = settings.load(folder)
    brought: list[Brought] = []
    findings: list[Finding] = []
    with bars(kg) as progress:
        for number, file in enumerate(files, 1):
            try:
                brought += _one(wanted, folder, given, file, beside, findings, tuple(brought))
            except _Unreadable as error:
                findings.append(error.finding)
            progress("lists", number, len(files))
    _say(kg, wanted, brought, findings)
    return exit_code(findings)


def _one(
    wanted: Wanted,
    folder: Path,
    given: Settings,
    file: Path,
    beside: Mapping[str, Path],
    findings: list[Finding],
    before: Sequence[Brought],
) -> list[Brought]:
    """The snapshots in a file, kept in the dataset after those `before`. Raises _Unreadable where there is none."""
    inputs = {option: _input(path, given, wanted) for option, path in beside.items()}
    main = _input(file, given, wanted)
    shown = {one.name: str(path) for one, path in zip(inputs.values(), beside.values(), strict=True)}
    shown[main.name] = str(file)
    task = Given(main, inputs, wanted.as_of, complete=not wanted.partial)
    made = IMPORTERS[wanted.importer].read(task)
    if isinstance(made, Finding):
        raise _Unreadable(_placed(made, shown, file))
    brought: list[Brought] = []
    for imported in made:
        nothing = finished(imported, partial=wanted.partial)
        findings += (_placed(fault, shown, file) for fault in imported.faults)
        try:
            if nothing is not None:
                findings.append(_placed(nothing, shown, file))
            else:
                brought.append(_keep(wanted, folder, given, str(file), task, imported, (*before, *brought)))
        except InputError as error:
            findings.append(Finding(Place(str(file)), "violation", "kept", error.message, error.hint, broken=True))
    return brought


def _placed(finding: Finding, shown: Mapping[str, str], file: Path) -> Finding:
    """A finding with the path of its file as the person gave it."""
    name = finding.place.file
    return replace(finding, place=replace(finding.place, file=shown.get(name, name or str(file))))


def _input(path: Path, given: Settings, wanted: Wanted) -> Input:
    limits = reader_limits(given)
    most = limits.file_bytes
    if str(path) == "-":
        data = sys.stdin.buffer.read(most + 1)
    else:
        try:
            with path.open("rb") as stream:
                data = stream.read(most + 1)
        except OSError as error:
            message = f"it cannot be read: {error.strerror}"
            raise _Unreadable(
                Finding(Place(str(path)), "violation", "unreadable", message, "check its name", broken=True)
            ) from error
    if len(data) > most:
        raise _Unreadable(limits.exceeded("file_bytes", Place(str(path)), "the file"))
    text = decoded(path.name, data, replace=wanted.replace)
    if isinstance(text, Finding):
        raise _Unreadable(_placed(text, {path.name: str(path)}, path))
    return text


def _keep(
    wanted: Wanted,
    folder: Path,
    given: Settings,
    shown: str,
    task: Given,
    imported: Imported,
    before: Sequence[Brought],
) -> Brought:
    """Write a snapshot and the registry records that it needs. Raises InputError where something else is there, and
    where a file of the same run was of the same day with other content: no --force says which of them is meant."""
    file = importing.snapshot_file(folder, given, imported)
    data = written(imported)
    for one in before:
        if one.file == file and one.data != data:
            message = f"{one.shown} is of the same day, {file.stem}, and has other content"
            raise InputError(message, hint="import the one that is right")
    state = importing.state_of(file, data, force=wanted.force)
    records = importing.lacking(folder, given, imported.registry, file.parent.name)
    if records is not None:
        importing.check_free([records])
    if not wanted.dry_run:
        if records is not None:
            importing.keep(records.file, records.data)
        state = importing.keep(file, data, force=wanted.force)
    return Brought(shown, task, imported, file, data, state, records)


def _say(kg: Session, wanted: Wanted, brought: Sequence[Brought], findings: list[Finding]) -> None:
    if wanted.as_json:
        report = {
            "snapshots": [_figures(one) for one in brought],
            "findings": [finding.line() for finding in findings],
        }
        click.echo(json.dumps(report, ensure_ascii=False, indent=2))
        return
    show_findings(findings)
    for one in brought:
        click.echo("\n".join(_lines(one, wanted.dry_run)))
    if brought and not wanted.dry_run:
        kg.say("now: kg build")


def _figures(one: Brought) -> dict[str, object]:
    """What a snapshot brought, for programs."""
    snapshot = one.imported.source.snapshot
    assert snapshot is not None
    offsets = {file.name: list(file.replaced) for file in (one.given.main, *one.given.beside.values()) if file.replaced}
    return {
        "file": one.shown,
        "list": snapshot.of,
        "as_of": snapshot.as_of,
        "complete": snapshot.complete,
        "written": _shown(one.file),
        "state": one.state,
        "entries": counting.kinds(one.imported.entries),
        "fields": counting.fields(one.imported.entries),
        "left_out": dict(sorted(one.imported.left.items())),
        "lost": one.imported.lost,
        "replaced": {"offsets": offsets, "entries": counting.replaced(one.given, one.imported)},
        "registry": {"written": _shown(one.records.file), "ids": one.records.ids} if one.records else None,
    }


def _lines(one: Brought, dry_run: bool) -> list[str]:
    """What a snapshot brought, for people."""
    imported = one.imported
    snapshot = imported.source.snapshot
    assert snapshot is not None
    whole = "complete" if snapshot.complete else "partial: who is missing in it may be on the list"
    kinds = ", ".join(f"{number:,} {kind}" for kind, number in counting.kinds(imported.entries).items())
    fields = ", ".join(f"{number:,} {name}" for name, number in counting.fields(imported.entries).items())
    lines = [
        f"{snapshot.of} {snapshot.as_of}, {whole}",
        f"  {len(imported.rows):,} {'entry' if len(imported.rows) == 1 else 'entries'}: {kinds}",
    ]
    if fields:
        lines.append(f"  {fields.replace('_', ' ')}")
    if imported.lost:
        lines.append(f"  not imported: {imported.lost:,} that could not be read")
    if imported.left:
        left = ", ".join(f"{name} {number:,}" for name, number in sorted(imported.left.items()))
        lines.append(f"  left out, having no place here: {left}")
    lines += _replacements(one)
    verb = "would be written to" if dry_run else "written to"
    if one.records:
        lines.append(f"  {verb} {_shown(one.records.file)}: {', '.join(one.records.ids)}")
    lines.append(f"  unchanged: {_shown(one.file)}" if one.state == "unchanged" else f"  {verb} {_shown(one.file)}")
    return lines


def _replacements(one: Brought) -> list[str]:
    lines = []
    for file in (one.given.main, *one.given.beside.values()):
        if file.replaced:
            first = ", ".join(map(str, file.replaced[:_MOST_OFFSETS]))
            more = ", …" if len(file.replaced) > _MOST_OFFSETS else ""
            number = counted(len(file.replaced), "place")
            lines.append(f"  replaced by U+FFFD in {file.name}: {number}, at offset {first}{more}")
    entries = counting.replaced(one.given, one.imported)
    if entries:
        more = ", …" if len(entries) > _MOST_OFFSETS else ""
        lines.append(f"  it stands in {', '.join(entries[:_MOST_OFFSETS])}{more}")
    return lines


def _shown(path: Path) -> str:
    """A path as short as it can be said from here."""
    relative = os.path.relpath(path)
    return str(path) if relative.startswith("..") else relative
