"""`kg status -`: names or identifiers from standard input, one a line, each answered in its place."""

import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from onrecord.cli import results, tables
from onrecord.cli.asked import Wanted, asked
from onrecord.cli.session import Session
from onrecord.errors import InputError

if TYPE_CHECKING:
    from onrecord.dataset.settings import Settings
    from onrecord.questions.lookup import Lookup
    from onrecord.questions.screening import Screened
    from onrecord.store.release import Release

_STEP = 100


def run(kg: Session, wanted: Wanted, release: "Release", settings: "Settings") -> None:
    """Answer every line as it comes. Raises InputError, with the line, for what is not UTF-8."""
    from onrecord.questions.screening import document, screen

    # Damage to the store shows at the first reading, and is mended there; answers that are written are not taken back.
    store = release.reading(lambda store: (asked(wanted, store, release, settings), store)[1])
    ask = asked(wanted, store, release, settings)
    assert ask.days is not None
    with results.destination(wanted.output) as stream:
        for number, one in enumerate(screen(_lines(), ask.lookup, ask.statuses, ask.where, ask.days), 1):
            if wanted.form == "json":
                told = json.dumps(document(one, ask.days), ensure_ascii=False)
            else:
                told = "\t".join(_cells(one, ask.lookup))
            stream.write(f"{told}\n".encode("utf-8", "backslashreplace"))
            _show(kg, number)
    _show(kg, 0)


def _lines() -> Iterator[str]:
    for number, line in enumerate(sys.stdin.buffer, 1):
        try:
            text = line.decode()
        except UnicodeDecodeError as error:
            raise InputError(
                f"standard input, line {number}: not UTF-8 at byte {error.start}", hint="save the names as UTF-8"
            ) from error
        yield text.removeprefix("\ufeff") if number == 1 else text


def _show(kg: Session, number: int) -> None:
    """How many lines are done, on a terminal that shows nothing else; 0: all of them."""
    if not kg.quiet and sys.stderr.isatty() and not sys.stdout.isatty():
        if number == 0:
            click.echo(err=True)
        elif number % _STEP == 0:
            click.echo(f"\r{number:,} lines", err=True, nl=False)


def _cells(one: "Screened", lookup: "Lookup") -> list[str]:
    """The answer, the name, what matched, and each list with its answer; nothing for a blank line."""
    if one.match == "blank":
        return [""]
    if one.match == "exact":
        matched = f"{one.how}: {lookup.told(one.nodes[0])}"
        lists = [
            f"{standing.jurisdiction.label}: {record.label}: {record.verdict.answer}"
            for standing in one.standings
            for record in standing.records
        ]
    elif one.match == "several":
        matched, lists = f"several, none picked: {'; '.join(map(lookup.told, one.nodes))}", []
    else:
        near = [f"{match.name} ({lookup.told(match.node)}, {match.score})" for match in one.candidates]
        matched, lists = f"close, none picked: {'; '.join(near)}" if near else "nobody", []
    return [tables.plain(cell) for cell in (one.answer, one.query, matched, *lists)]
