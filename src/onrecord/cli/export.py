"""`kg export`: the built dataset in another format."""

import os
import sys
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path

import click

from onrecord.cli.session import Session, session
from onrecord.errors import PublishError
from onrecord.writers import WRITERS, select, sources_of

_FORMATS = "\n".join(f"  {made.name:<7} {made.text}" for made in WRITERS.values())
_SITE = "site"


@click.command(
    epilog=f"""\b
Formats:
{_FORMATS}
  {_SITE:<7} pages for any web server, in a folder

\b
Examples:
  kg export ttl | less                          read it
  kg export jsonld -o dataset.jsonld            for programs that speak JSON
  kg export nq --no-inferred --no-curated       what the sources say, and nothing else
  kg export trig --source court-ends-ban        one source
  kg export site -o public                      pages, with the data of each
"""
)
@click.argument("form", metavar="FORMAT", type=click.Choice([*WRITERS, _SITE]))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, allow_dash=True),
    default=Path("-"),
    help="Write to FILE instead of standard output; for a site, the folder.",
    metavar="FILE",
)
@click.option("--no-inferred", is_flag=True, help="Leave out what follows by inference.")
@click.option("--no-curated", is_flag=True, help="Leave out what curators add, and what follows from it.")
@click.option(
    "--source",
    "sources",
    multiple=True,
    help="Only this source's named graphs; may be repeated. The registry's files are sources, too: registry-people.",
    metavar="ID",
)
@click.option("--url", metavar="URL", help="Where a site will be, with a slash at the end: for the rules for servers.")
@session
def command(
    kg: Session,
    form: str,
    output: Path,
    no_inferred: bool,
    no_curated: bool,
    sources: tuple[str, ...],
    url: str | None,
) -> None:
    """Write the built dataset in another format.

    The dataset is the latest that `kg build` has published; `kg export nq` gives it as it is, and a damaged one is
    refused. Formats without named graphs merge them. A FILE is replaced when the export is whole, and left as it was
    when it fails.
    """
    from onrecord.dataset import settings
    from onrecord.store import Release

    if form == _SITE:
        from onrecord.cli import exporting_site

        exporting_site.run(kg, output, url, narrowed=bool(no_inferred or no_curated or sources))
        return
    if url is not None:
        raise click.BadParameter("only a site has an address", param_hint="'--url'")
    if output.is_dir():
        raise click.BadParameter(f"{output} is a folder", param_hint="'-o'")
    folder = kg.dataset()
    with Release.latest(folder / settings.load(folder).out).open_quads() as release:
        if sources:
            _refuse_unknown(sources, sources_of(release))
            release.seek(0)
        lines = select(release, inferred=not no_inferred, curated=not no_curated, sources=set(sources) or None)
        if output == Path("-"):
            WRITERS[form].write(lines, sys.stdout.buffer)
            sys.stdout.buffer.flush()
        else:
            _replace(output, form, lines)
            kg.say(f"wrote {output}")


def _refuse_unknown(wanted: Iterable[str], known: set[str]) -> None:
    for source in wanted:
        if source not in known:
            near = get_close_matches(source, sorted(known), n=1)
            advice = f"do you mean {near[0]}?" if near else "see data/ for the ids that there are"
            raise click.BadParameter(f"no source of the dataset has the id {source}; {advice}", param_hint="'--source'")


def _replace(file: Path, form: str, lines: Iterable[str]) -> None:
    """Write beside the file, and put it in its place in one step. What is no regular file is written to directly."""
    try:
        if file.exists() and not file.is_file():
            with file.open("wb") as stream:
                WRITERS[form].write(lines, stream)
        else:
            _write_beside(file.resolve(), form, lines)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise PublishError(
            f"{file} cannot be written: {error.strerror}", hint="check the folder, and who may write there"
        ) from error


def _write_beside(target: Path, form: str, lines: Iterable[str]) -> None:
    aside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with aside.open("xb") as stream:
            WRITERS[form].write(lines, stream)
            stream.flush()
            os.fsync(stream.fileno())
        aside.replace(target)
    finally:
        aside.unlink(missing_ok=True)
