"""`kg export`: the built dataset in another format."""

from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path

import click

from onrecord.cli import results, tabular
from onrecord.cli.session import Session, session
from onrecord.writers import WRITERS, select, sources_of

_SITE = "site"
_TEXTS = {
    **{made.name: made.text for made in WRITERS.values()},
    **tabular.FORMS,
    _SITE: "pages for a web server, with the data of each",
}
_FORMATS = "\n".join(f"  {name:<7} {text}" for name, text in _TEXTS.items())


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
  kg export csv -o tables                       tables for a data frame or a database
  kg export csv -o sheets --for-spreadsheets    the same for a spreadsheet
  kg export csv --table designations | head     one table
  kg export site -o public                      pages, with the data of each
"""
)
@click.argument("form", metavar="FORMAT", type=click.Choice(list(_TEXTS)))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, allow_dash=True),
    default=Path("-"),
    help="Write to FILE, or the tables or the site into the folder, instead of standard output.",
    metavar="FILE|DIR",
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
@click.option(
    "--table", help="Of csv and parquet: this table alone, as one file or on standard output.", metavar="NAME"
)
@click.option(
    "--for-spreadsheets",
    "guarded",
    is_flag=True,
    help="Of csv: with a BOM, and an apostrophe before what a spreadsheet would take for a formula.",
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
    table: str | None,
    guarded: bool,
    url: str | None,
) -> None:
    """Write the built dataset in another format.

    The dataset is the latest that `kg build` has published; `kg export nq` gives it as it is, and a damaged one is
    refused. Formats without named graphs merge them. A FILE is replaced when the export is whole, and left as it was
    when it fails. Tables go into a folder, which is replaced as a whole where it has nothing but an earlier export.
    """
    from onrecord.dataset import settings
    from onrecord.store import Release

    if form == _SITE:
        from onrecord.cli import exporting_site

        exporting_site.run(kg, output, url, narrowed=bool(no_inferred or no_curated or sources))
        return
    if url is not None:
        raise click.BadParameter("only a site has an address", param_hint="'--url'")
    folder = kg.dataset()
    given = settings.load(folder)
    latest = Release.latest(folder / given.out)
    _refuse_unfit(form, output, table, guarded)
    with latest.open_quads() as release:
        if sources:
            _refuse_unknown(sources, sources_of(release))
            release.seek(0)
        if form in tabular.FORMS:
            chosen = frozenset(sources) or None
            wanted = tabular.Wanted(form, output, not no_inferred, not no_curated, chosen, table, guarded)
            tabular.export(kg, wanted, latest, given)
            return
        lines = select(release, inferred=not no_inferred, curated=not no_curated, sources=set(sources) or None)
        with results.destination(output) as stream:
            WRITERS[form].write(lines, stream)
    if output != Path("-"):
        kg.say(f"wrote {output}")


def _refuse_unfit(form: str, output: Path, table: str | None, guarded: bool) -> None:
    if table is not None and form not in ("csv", "parquet"):
        raise click.UsageError(f"--table is of csv and parquet: {form} has none")
    if guarded and form != "csv":
        raise click.UsageError(f"--for-spreadsheets is of csv: {form} is none")
    if output.is_dir() and (table is not None or form not in ("csv", "parquet")):
        raise click.BadParameter(f"{output} is a folder", param_hint="'--output'")


def _refuse_unknown(wanted: Iterable[str], known: set[str]) -> None:
    for source in wanted:
        if source not in known:
            near = get_close_matches(source, sorted(known), n=1)
            advice = f"do you mean {near[0]}?" if near else "see data/ for the ids that there are"
            raise click.BadParameter(f"no source of the dataset has the id {source}; {advice}", param_hint="'--source'")
