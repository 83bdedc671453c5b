"""`kg validate`: any RDF files against shapes."""

import sys
from pathlib import Path

import click

from onrecord.cli.session import Session, counted, session


@click.command(
    epilog="""\b
Examples:
  kg validate out/latest/dataset.ttl
  kg validate --shapes theirs.ttl data.ttl more.nq
  kg validate --report data.ttl > report.ttl
"""
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
@click.option(
    "--shapes",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Shapes to use instead of our own; may be repeated.",
    metavar="FILE",
)
@click.option("--report", is_flag=True, help="Write the W3C validation report in Turtle.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0.1),
    default=60.0,
    show_default=True,
    help="Seconds after which foreign shapes are stopped.",
)
@session
def command(kg: Session, files: tuple[Path, ...], shapes: tuple[Path, ...], report: bool, timeout: float) -> None:
    """Validate RDF files against shapes.

    FILE is Turtle, TriG, N-Triples, N-Quads, RDF/XML or JSON-LD, by its ending. Nothing is fetched: remote contexts and
    imports are refused. The exit code is 1 where there is a violation, 0 where there are warnings and notes at the
    most, 3 where a file cannot be read.
    """
    from onrecord.checks import validate

    outcome = validate(files, shapes or None, timeout=timeout)
    if report:
        click.echo(outcome.report, nl=False)
    else:
        for result in outcome.results:
            name = {"violation": "error", "warning": "warning", "info": "note"}[result.severity]
            click.echo(f"{result.focus_node}: {name}: {result.message}")
        kg.say(
            "the data conform"
            if outcome.conforms
            else f"the data do not conform: {counted(len(outcome.results), 'result')}"
        )
    kg.detail_uncovered(outcome.uncovered)
    sys.exit(1 if any(result.severity == "violation" for result in outcome.results) else 0)
