"""`kg diff`: what differs between two releases, files, bundles or revisions."""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli import results
from onrecord.cli.session import Session, session
from onrecord.errors import ConfigurationError

if TYPE_CHECKING:
    from onrecord.comparison.inputs import Meant, Pair
    from onrecord.comparison.report import Report

_ITEMS, _LINES = 25, 20
"""How many things of each cause, and how many triples, are told where nothing else is asked for."""


@click.command(
    epilog="""\b
Examples:
  kg diff 0123456789abcdef             a release, and the latest one
  kg diff HEAD~1 .                     a revision of the dataset's folder, and the folder as it is
  kg diff v1.0 v1.1 --format markdown  for a release note
  kg diff old.ttl new.ttl --triples    two RDF files, with every triple
  kg diff A B --format patch -o p.rdfp an RDF Patch that makes A what B is
"""
)
@click.argument("before", metavar="A")
@click.argument("now", metavar="B", required=False)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "json", "patch"]),
    default="text",
    show_default=True,
    help="How to write it.",
)
@results.output_option
@click.option("--exit-code", is_flag=True, help="Exit with 1 where there is a difference; 0 where there is none.")
@click.option("--triples/--no-triples", default=None, help="Every triple that differs, or none; some, if left out.")
@click.option("--summary", is_flag=True, help="Counts alone.")
@click.option("--all", "everything", is_flag=True, help=f"Tell everything, and not only {_ITEMS} things of each cause.")
@results.out_option
@session
def command(
    kg: Session,
    before: str,
    now: str | None,
    form: str,
    output: Path,
    exit_code: bool,
    triples: bool | None,
    summary: bool,
    everything: bool,
    out: Path | None,
) -> None:
    """Tell what differs between A and B: in words first, by who changed it, then in triples.

    A and B are releases (name, label, the beginning of a digest, latest, a folder), RDF files, bundles, datasets'
    folders or git revisions of the dataset; `release:NAME` and `git:NAME` say which is meant. `.` is the dataset's
    folder as it is. Without B, a revision is compared with that, and anything else with the latest release.
    """
    from onrecord.comparison.inputs import both

    one, other = _meant(kg, before, now, out)
    with tempfile.TemporaryDirectory(prefix="kg-diff-") as folder, both(one, other, Path(folder), kg.say) as pair:
        if form == "patch":
            different = _write_patch(pair, output)
        else:
            from onrecord.comparison.compared import Wanted, compare

            plenty = everything or form == "json"
            lines = None if triples else _LINES if triples is None and form == "text" and not summary else 0
            report = compare(pair.before, pair.now, Wanted(None if plenty else 0 if summary else _ITEMS, lines))
            pair.check()
            with results.destination(output) as stream:
                stream.writelines(_written(report, form, output, summary=summary))
            different = not report.same
    if output != Path("-"):
        kg.say(f"wrote {output}")
    if exit_code and different:
        sys.exit(1)


def _meant(kg: Session, before: str, now: str | None, out: Path | None) -> "tuple[Meant, Meant]":
    """What A and B stand for. A dataset's folder is needed only where one of them is of it."""
    from onrecord.comparison.naming import meant
    from onrecord.dataset import settings

    try:
        folder = kg.dataset()
        releases = out or folder / settings.load(folder).out
    except ConfigurationError:
        if "." in (before, now) or now is None:
            raise
        folder = kg.folder or Path.cwd()
        releases = out or folder / "out"
    one = meant(before, folder, releases)
    if now is None:
        now = "." if one.kind == "git" else "release:latest"
        kg.say(f"compared with {'the folder as it is' if now == '.' else 'the latest release'}")
    return one, meant(now, folder, releases)


def _write_patch(pair: "Pair", output: Path) -> bool:
    """Write an RDF Patch as the files are walked; whether there is a difference."""
    from onrecord.comparison import lines, patch
    from onrecord.comparison.inputs import digest
    from onrecord.release.blocks import Quads

    pair.check()
    old, new = digest(pair.before), digest(pair.now)
    with Quads.opened(pair.before.quads) as one, Quads.opened(pair.now.quads) as other:
        unequal = lines.graphs_of(one, other, named=pair.before.named)
        with results.destination(output) as stream:
            stream.writelines(patch.lines(lines.pieces(one, other, unequal), old, new))
    return old != new


def _written(report: "Report", form: str, output: Path, *, summary: bool) -> Iterator[bytes]:
    if form == "json":
        import msgspec

        yield msgspec.json.format(msgspec.json.encode(report)) + b"\n"
        return
    if form == "markdown":
        from onrecord.comparison import markdown

        yield from (f"{line}\n".encode() for line in markdown.lines(report, summary=summary))
        return
    from onrecord.cli import differing
    from onrecord.cli.status import manner_for

    how, encoding = manner_for(output)
    for line in differing.lines(report, how, summary=summary):
        yield f"{line}\n".encode(encoding, "backslashreplace")
