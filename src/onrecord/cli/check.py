"""`kg check`: facts alone, in seconds."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from onrecord import __version__
from onrecord.cli.session import Session, counted, exit_code, session, show_findings
from onrecord.findings import Finding


@click.command(
    epilog="""\b
Examples:
  kg check                                   all facts of the dataset
  kg check data/articles/ruling.yaml         one file
  kg check --texts ~/articles                look up every quoted word in the texts
  kg check --format sarif > findings.sarif   for code review tools
"""
)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--texts",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A folder with texts of sources; may be repeated.",
    metavar="DIR",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "sarif"]),
    default="text",
    show_default=True,
    help="How findings are written.",
)
@session
def command(kg: Session, paths: tuple[Path, ...], texts: tuple[Path, ...], form: str) -> None:
    """Check facts: syntax, references, evidence, shapes.

    PATHS are facts files, or folders of them; the whole dataset where there are none. Each finding is one line: file,
    line, column, what is wrong, and what to do. The exit code is 0 for none, 1 for errors in facts, 3 for files that
    are no facts.
    """
    from onrecord.dataset import settings
    from onrecord.dataset.checking import check

    folder = kg.dataset()
    given = settings.load(folder)
    checked = check(folder, given, paths, [*texts, *(folder / text for text in given.texts)])
    if form == "text":
        show_findings(checked.findings)
    else:
        written = _sarif(checked.findings) if form == "sarif" else [_plain(finding) for finding in checked.findings]
        click.echo(json.dumps(written, ensure_ascii=False, indent=2))
    note = f", {checked.unchecked:,} of them not looked up (texts not at hand)" if checked.unchecked else ""
    kg.say(
        f"checked {counted(checked.files, 'file')}: {counted(checked.facts, 'fact')}, "
        f"{counted(checked.spans, 'piece')} of evidence{note}; {counted(len(checked.findings), 'finding')}"
    )
    kg.detail_uncovered(checked.uncovered)
    sys.exit(exit_code(checked.findings))


def _plain(finding: Finding) -> dict[str, object]:
    place = finding.place
    extra = {
        "focusNode": finding.focus_node,
        "path": finding.path,
        "value": finding.value,
        "sourceShape": finding.source_shape,
    }
    return {
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "severity": finding.severity,
        "code": finding.code,
        "message": finding.message,
        "hint": finding.hint,
        **{key: text for key, text in extra.items() if text},
    }


def _sarif(findings: Sequence[Finding]) -> dict[str, object]:
    """Findings in SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/), which code review tools read."""
    levels = {"violation": "error", "warning": "warning", "info": "note"}
    codes = sorted({finding.code for finding in findings})
    results = [
        {
            "ruleId": finding.code,
            "level": levels[finding.severity],
            "message": {"text": f"{finding.message} — {finding.hint}" if finding.hint else finding.message},
            "locations": [{"physicalLocation": _location(finding)}],
        }
        for finding in findings
    ]
    driver = {"name": "kg", "version": __version__, "rules": [{"id": code} for code in codes]}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}


def _location(finding: Finding) -> dict[str, object]:
    where: dict[str, object] = {"artifactLocation": {"uri": finding.place.file}}
    if finding.place.line:
        where["region"] = {"startLine": finding.place.line, "startColumn": finding.place.column}
    return where
