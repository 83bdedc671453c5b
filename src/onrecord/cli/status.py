"""`kg status`: what somebody's status was under a jurisdiction on a date, and what that rests on."""

import json
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli import results
from onrecord.cli.asked import Wanted, asked
from onrecord.cli.session import Session, session

if TYPE_CHECKING:
    import pyoxigraph as ox

    from onrecord.cli.timeline import Manner
    from onrecord.dataset.settings import Settings
    from onrecord.store.release import Release

_PIPED_COLUMNS = 100


@click.command(
    epilog="""\b
Examples:
  kg status taliban --in RU --as-of 2010-01-01    an id of the registry, on a day
  kg status TAi.002 --in UN                       a list's reference; its last day on record
  kg status 'Абдул Гани Барадар' --as-of 2003     a name in any script, throughout a year
  kg status taliban --in RU --format svg -o a.svg the time line as a picture
  kg status - --as-of 2026-02-27 --json < names   screen many, one a line
"""
)
@click.argument("entity")
@click.option(
    "--in", "where", metavar="J", help="The jurisdiction: RU, UN, EU, or an id; each that there is, if left out."
)
@click.option("--as-of", metavar="D", help="The date: 2010-01-01, 2010-01, 2010; the last day on record, if left out.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "svg", "json"]),
    default="text",
    show_default=True,
    help="How to write the answer.",
)
@click.option("--json", "as_json", is_flag=True, help="Write JSON: short for --format json.")
@results.output_option
@click.option("--ascii", "plain", is_flag=True, help="Draw with ASCII alone.")
@results.out_option
@session
def command(
    kg: Session,
    entity: str,
    where: str | None,
    as_of: str | None,
    form: str,
    as_json: bool,
    output: Path,
    plain: bool,
    out: Path | None,
) -> None:
    """What was somebody's status on a date?

    ENTITY is an id of the registry, a list's reference, an address, a path of a source, or an exact name; - reads one a
    line from standard input. Where several are called so, or only nearly so, they are named and nobody is picked.

    The answer is listed, not listed, no evidence, sources disagree, or uncertain: with a time line of each list, the
    acts, the exact words and the chain by which they came. Silence is no evidence, and no evidence of absence.
    """
    wanted = Wanted(entity, where, as_of, "json" if as_json else form, output, plain)
    if entity == "-" and (as_of is None or wanted.form == "svg"):
        raise click.UsageError("screening needs --as-of D" if as_of is None else "screening writes text or json")
    found, settings = results.release(kg, out)
    if entity == "-":
        from onrecord.cli import screening

        screening.run(kg, wanted, found, settings)
        return
    pieces = found.reading(lambda store: list(_answer(wanted, store, found, settings)))
    with results.destination(output) as stream:
        for piece in pieces:
            stream.write(piece)
    if output != Path("-"):
        kg.say(f"wrote {output}")


def _answer(wanted: Wanted, store: "ox.Store", release: "Release", settings: "Settings") -> Iterator[bytes]:
    from onrecord.questions.documents import of_report

    ask = asked(wanted, store, release, settings)
    report = ask.statuses.report(ask.lookup.one(wanted.entity), ask.where, ask.days)
    if wanted.form == "json":
        documents = of_report(report)
        value = documents[0] if ask.where is not None else documents
        yield json.dumps(value, ensure_ascii=False, indent=2).encode() + b"\n"
    elif wanted.form == "svg":
        from onrecord.pictures import document
        from onrecord.pictures.standing import overview

        yield document(overview(report)).encode()
    else:
        from onrecord.cli import standing

        how, encoding = manner(wanted)
        namesakes = [ask.lookup.told(node) for node in ask.lookup.namesakes(report.entity)]
        for line in standing.lines(report, ask.statuses, how, namesakes):
            yield f"{line}\n".encode(encoding, "backslashreplace")


def manner(wanted: Wanted) -> "tuple[Manner, str]":
    """How to draw for where the answer goes, and in which encoding."""
    return manner_for(wanted.output, plain=wanted.ascii)


def manner_for(output: Path, *, plain: bool = False) -> "tuple[Manner, str]":
    """How to draw for where something goes, and in which encoding: signs beyond ASCII for UTF-8 only."""
    from onrecord.cli.timeline import Manner

    if output != Path("-"):
        return Manner(_PIPED_COLUMNS, plain), "utf-8"
    terminal = sys.stdout.isatty()
    encoding = sys.stdout.encoding or "utf-8"
    columns = shutil.get_terminal_size().columns if terminal else _PIPED_COLUMNS
    is_utf8 = encoding.lower().replace("-", "") == "utf8"
    return Manner(columns, plain or not is_utf8, terminal and not os.environ.get("NO_COLOR")), encoding
