"""`kg build`: check, infer and publish."""

import os
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.session import Session, counted, exit_code, session, show_findings
from onrecord.errors import OnRecordError

if TYPE_CHECKING:
    from collections.abc import Callable

    from onrecord.dataset.segments import Options
    from onrecord.findings import Finding
    from onrecord.release.labels import Labelled
    from onrecord.release.manifest import Manifest


@click.command(
    epilog="""\b
Examples:
  kg build                              publish into out/
  kg build --texts ~/articles           check the evidence against these texts, too
  kg build --watch                      publish again whenever a file is saved
  kg build --check                      exit with 1 if the published dataset would change
  kg -C archive build --out /srv/kg     publish elsewhere
  kg build --release 2026.1 --date 2026-01-31 --sign key.pem
                                        publish a release that stays, for others to rely on
"""
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Publish into DIR instead of the dataset's out/.",
    metavar="DIR",
)
@click.option(
    "--texts",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A folder with texts of sources; may be repeated.",
    metavar="DIR",
)
@click.option("--jobs", type=click.IntRange(1), help="Processes at the most; all processors by default.")
@click.option("--check", "check_only", is_flag=True, help="Publish nothing; exit with 1 if the dataset would change.")
@click.option("--watch", is_flag=True, help="Publish again whenever a file is saved, until Ctrl-C.")
@click.option(
    "--store/--no-store",
    default=None,
    help="Make the store for queries now (as kg.toml says, or else yes), or leave it to the first query.",
)
@click.option("--release", help="Publish under a label, for good: see docs/releases.md.", metavar="LABEL")
@click.option("--date", help="The day of the labelled release, YYYY-MM-DD; none by default.", metavar="DATE")
@click.option(
    "--previous", help="The labelled release before this one; the last one by default.", metavar="LABEL", default=""
)
@click.option(
    "--sign",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Sign the labelled release with this private key (PEM, Ed25519).",
    metavar="KEY.pem",
)
@session
def command(
    kg: Session,
    out: Path | None,
    texts: tuple[Path, ...],
    jobs: int | None,
    check_only: bool,
    watch: bool,
    store: bool | None,
    release: str | None,
    date: str | None,
    previous: str,
    sign: Path | None,
) -> None:
    """Check, infer and publish the dataset.

    A release is published as a whole, and only if no error was found; until then the one before it stays the latest.
    What has not changed since the last build is not done again.
    """
    folder = kg.dataset()

    def options() -> "Options":
        from onrecord.dataset import settings
        from onrecord.dataset.segments import Options

        given = settings.load(folder)
        places = (*texts, *(folder / text for text in given.texts))
        wanted = given.store if store is None else store
        return Options(folder, given, out or folder / given.out, jobs or os.cpu_count() or 1, places, wanted)

    if check_only + watch + (release is not None) > 1:
        raise click.UsageError("--check, --watch and --release do not go together")
    if release is None and (date or previous or sign):
        raise click.UsageError("--date, --previous and --sign are for a labelled release: add --release LABEL")
    if watch:
        _watch(kg, folder, options)
    if check_only:
        sys.exit(_check(kg, options()))
    now = options()
    sys.exit(_build(kg, now, None if release is None else _labelled(now, release, date or "", previous, sign)))


def _labelled(options: "Options", label: str, date: str, previous: str, key: Path | None) -> "Labelled":
    from onrecord.release.labels import Labelled

    given = options.settings.release.key
    return Labelled(label, date, previous, key or (options.folder / Path(given).expanduser() if given else None))


def _watch(kg: Session, folder: Path, options: "Callable[[], Options]") -> None:
    """Build now, and again after every change. What is wrong is said, and mended by the next change."""
    from onrecord.dataset import watching
    from onrecord.dataset.settings import FILE_NAME

    def places(given: "Options") -> list[Path]:
        return [folder / FILE_NAME, folder / given.settings.data, *given.texts]

    first = options()
    watched = places(first)
    before = watching.look(watched)
    _build(kg, first)
    kg.say(f"watching {_shown(watched[1])}: Ctrl-C ends it")
    for _ in watching.changes(watched, before):
        try:
            now = options()
            watched[:] = places(now)
            _build(kg, now)
        except OnRecordError as error:
            kg.say(f"kg: {error}")
        except OSError as error:  # what was there a moment ago
            kg.say(f"kg: {error.filename or ''}: {error.strerror or error}")


def _build(kg: Session, options: "Options", labelled: "Labelled | None" = None) -> int:
    from onrecord.cli.progress import bars
    from onrecord.release.building import build

    start = time.monotonic()
    with bars(kg) as progress:
        report = build(options, progress, labelled)
    show_findings(report.findings)
    if report.manifest is None:
        kept = " The last release is as it was." if (options.out / "latest").exists() else ""
        kg.say(f"not published: {_reason(report.findings)}.{kept}")
        return exit_code(report.findings)
    if options.store and not report.unchanged:
        _prepare_names(options)
    seconds = time.monotonic() - start
    if report.unchanged:
        click.echo(f"nothing has changed: {_shown(options.out)}/latest is up to date ({seconds:.1f} s)")
        return 0
    kg.detail(f"{report.reused} sources were taken from the last build")
    kg.detail_uncovered(report.uncovered)
    click.echo(_summary(options.out, report.manifest, seconds))
    return exit_code(report.findings)


def _reason(findings: "list[Finding]") -> str:
    errors = [finding for finding in findings if finding.severity == "violation"]
    if all(finding.code == "assertion" for finding in errors):
        return f"{counted(len(errors), 'assertion')} of kg.toml {'does' if len(errors) == 1 else 'do'} not hold"
    return f"{counted(len(errors), 'error')} in the facts"


def _prepare_names(options: "Options") -> None:
    """What `kg status` needs to find names, where there are lists."""
    from onrecord.questions.kept_names import prepare
    from onrecord.store import Release

    prepare(Release.latest(options.out), options.settings.base)


def _check(kg: Session, options: "Options") -> int:
    from onrecord.release import publication
    from onrecord.release.building import build

    with tempfile.TemporaryDirectory() as aside, ExitStack() as held:
        wanted = replace(options, out=Path(aside), store=False)
        if (options.out / publication.LATEST).is_symlink():  # what is built for this counts for the next build, too
            held.enter_context(publication.lock(options.out))
            wanted = replace(wanted, kept=options.cache)
        report = build(wanted, lambda stage, done, of: None, against=options.out)
        show_findings(report.findings)
        if report.manifest is None:
            return exit_code(report.findings)
        published = publication.read_manifest(options.out)
        if published is not None and _has(published, report.manifest):
            click.echo("the published dataset is what a build would publish")
            return 0
    click.echo("a build would publish another dataset" if published else "nothing is published yet")
    return 1


def _has(published: "Manifest", made: "Manifest") -> bool:
    """Whether a release has the files that were made, and but for those of a labelled one no other."""
    from onrecord.release.making import CATALOGUE

    others = CATALOGUE if published.release else ()
    before = {name: entry.sha256 for name, entry in published.files.items() if name not in others}
    return before == {name: entry.sha256 for name, entry in made.files.items()}


def _summary(out: Path, manifest: "Manifest", seconds: float) -> str:
    checked = manifest.evidence_checked
    evidence = (
        "all found in the texts"
        if checked == manifest.evidence
        else f"{checked:,} of them checked (texts not at hand: see kg build --texts)"
    )
    return "\n".join(
        [
            f"published {_shown(out)}/{f'releases/{manifest.release}' if manifest.release else 'latest'}",
            f"  {counted(manifest.sources, 'source')}, {counted(manifest.facts, 'fact')}",
            f"  {counted(manifest.evidence, 'piece')} of evidence, {evidence}",
            f"  {manifest.asserted:,} triples asserted, {manifest.curated:,} curated, {manifest.inferred:,} inferred",
            f"  {counted(manifest.findings, 'finding')}, {seconds:.1f} s",
        ]
    )


def _shown(path: Path) -> str:
    """A path as short as it can be said from here."""
    relative = os.path.relpath(path)
    return str(path) if relative.startswith("..") else relative
