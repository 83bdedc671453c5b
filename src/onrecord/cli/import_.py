"""`kg import`: official lists → facts."""

import datetime
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.session import Session

if TYPE_CHECKING:
    from onrecord.importers import Importer


class _Lists(click.Group):
    """One command for each official list that can be imported."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        from onrecord.importers import IMPORTERS

        return list(IMPORTERS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        from onrecord.importers import IMPORTERS

        return _list_command(name, IMPORTERS[name]) if name in IMPORTERS else None


@click.group(
    cls=_Lists,
    epilog="""\b
Examples:
  kg import un-sc consolidated.xml                      the UN Security Council's list
  kg import un-sc 2020.xml 2026.xml                     two snapshots of it
  kg import un-sc --dry-run --json consolidated.xml     what it would bring, in numbers
""",
)
def command() -> None:
    """Read official lists into facts.

    Each file is a snapshot of a list: who was on it on one day. It becomes data/lists/LIST/DATE.jsonl, which kg build
    takes like any other facts.
    """


def _list_command(name: str, importer: "Importer") -> click.Command:
    """The command that imports one kind of list."""

    def run(
        files: tuple[Path, ...],
        as_of: str | None,
        encoding_errors: str,
        partial: bool,
        dry_run: bool,
        force: bool,
        as_json: bool,
        **beside: Path | None,
    ) -> None:
        from onrecord.cli.importing import Wanted, run

        kg = click.get_current_context().find_object(Session)
        assert kg is not None
        further = {option: path for option, path in beside.items() if path is not None}
        if len(files) > 1 and (further or as_of):
            what = "--as-of" if as_of else f"--{next(iter(further))}"
            raise click.UsageError(f"{what} goes with one FILE: it would be said of each")
        if [str(path) for path in (*files, *further.values())].count("-") > 1:
            raise click.UsageError("standard input can be read once")
        wanted = Wanted(name, as_of, encoding_errors == "replace", partial, dry_run, force, as_json)
        sys.exit(run(kg, wanted, files, further))

    several = "" if importer.beside or importer.needs_as_of else " Several files are several snapshots."
    return click.Command(
        name,
        callback=run,
        params=_params(importer),
        short_help=importer.title,
        help=f"Import the {importer.title}.\n\n{importer.summary}{several} - is standard input.",
        epilog=f"\b\nExample:\n  {importer.example}",
    )


def _params(importer: "Importer") -> list[click.Parameter]:
    path = click.Path(path_type=Path)
    return [
        click.Argument(["files"], nargs=-1, required=True, type=path, metavar="FILE…"),
        *(
            click.Option([f"--{option}"], type=path, help=what, metavar="FILE")
            for option, what in importer.beside.items()
        ),
        click.Option(
            ["--as-of"], callback=_day, required=importer.needs_as_of, help="The day of the list.", metavar="DATE"
        ),
        click.Option(
            ["--encoding-errors"],
            type=click.Choice(["strict", "replace"]),
            default="strict",
            show_default=True,
            help="What to do where a file is not UTF-8: refuse it, or put U+FFFD there and say where.",
        ),
        click.Option(
            ["--partial/--complete"],
            default=importer.partial,
            show_default=True,
            help="Whether the file is a part of the list, or all of it: who is missing in a part may be on the list.",
        ),
        click.Option(["--dry-run"], is_flag=True, help="Write nothing; say what would be written."),
        click.Option(["--force"], is_flag=True, help="Replace a snapshot of the same day that has other content."),
        click.Option(["--json", "as_json"], is_flag=True, help="Write the counts as JSON."),
    ]


def _day(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """A day of the calendar, written as 2026-02-27."""
    try:
        if value is not None and datetime.date.fromisoformat(value).isoformat() != value:
            raise ValueError(value)
    except ValueError as error:
        raise click.BadParameter(f"{value} is no day; write it as 2026-02-27") from error
    return value
