"""`kg export csv`, `parquet` and `ftm`: what is made of documents' nodes, and not of quads."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli import results
from onrecord.cli.session import Session, counted

if TYPE_CHECKING:
    from onrecord.dataset.settings import Settings
    from onrecord.documents import Selection
    from onrecord.store import Release
    from onrecord.tables.ground import Ground

FORMS = {
    "csv": "tables, one a kind of thing, described by csv-metadata.json (-o DIR, or FILE.zip)",
    "parquet": "the same tables, typed (-o DIR; needs pyarrow)",
    "ftm": "FollowTheMoney entities, one JSON object a line",
}


@dataclass(frozen=True)
class Wanted:
    """What is asked for."""

    form: str
    output: Path
    inferred: bool
    curated: bool
    sources: frozenset[str] | None
    table: str | None
    guarded: bool

    def selection(self) -> "Selection":
        """What is taken from the release: nothing that rests on all sources where some alone are wanted."""
        from onrecord.documents import Selection

        computed = self.inferred and self.sources is None
        return Selection(sources=self.sources, curated=self.curated, computed=computed)


def export(kg: Session, wanted: Wanted, release: "Release", settings: "Settings") -> None:
    """Write tables or entities made of a release."""
    if wanted.form == "ftm":
        _entities(kg, wanted, release, settings)
    else:
        _tables(kg, wanted, release, settings)


def _entities(kg: Session, wanted: Wanted, release: "Release", settings: "Settings") -> None:
    """Write FollowTheMoney entities, and say what the model has no place for."""
    from onrecord.tables import Ground
    from onrecord.tables.followthemoney import write

    ground = Ground(release.store(), settings.base, wanted.selection(), settings.language)
    with results.destination(wanted.output) as stream:
        count, left = write(ground, stream)
    if wanted.output != Path("-"):
        kg.say(f"wrote {wanted.output}: {count:,} {'entity' if count == 1 else 'entities'}")
    if left:
        told = "; ".join(f"{number:,} × {what}" for what, number in sorted(left.items()))
        kg.say(f"left out, because FollowTheMoney has no place for it: {told}")


def _tables(kg: Session, wanted: Wanted, release: "Release", settings: "Settings") -> None:
    """Write tables."""
    from onrecord.tables import TABLES, Ground
    from onrecord.tables.description import About
    from onrecord.tables.exporting import write_all, write_table

    selection = wanted.selection()
    if wanted.table is not None and wanted.table not in TABLES:
        raise click.BadParameter(
            f"there is no table {wanted.table}; there are {', '.join(TABLES)}", param_hint="'--table'"
        )
    if wanted.table is None and wanted.output == Path("-"):
        raise click.UsageError(f"{wanted.form} is several files: say -o DIR, or --table NAME for one of them")
    chosen = [table for table in TABLES.values() if selection.computed or not table.computed]
    left = [table.name for table in TABLES.values() if table not in chosen]
    if wanted.table in left:
        raise click.UsageError(
            f"{wanted.table} rests on all sources, and on inference: leave out --source, --no-inferred"
        )

    def write(ground: "Ground") -> int:
        if wanted.table is not None:
            with results.destination(wanted.output) as stream:
                return write_table(wanted.form, TABLES[wanted.table], ground, stream, guarded=wanted.guarded)
        about = About(settings.title, settings.publisher, settings.licence, settings.language)
        return write_all(wanted.form, chosen, ground, wanted.output, about, guarded=wanted.guarded)

    rows = write(Ground(release.store(), settings.base, selection, settings.language))
    if wanted.output != Path("-"):
        tables = counted(1 if wanted.table else len(chosen), "table")
        kg.say(f"wrote {wanted.output}: {tables}, {counted(rows, 'row')}")
    if left and wanted.table is None:
        kg.say(f"left out, because they rest on all sources and on inference: {', '.join(left)}")
