"""`kg query`: SPARQL 1.1 on the built dataset."""

import sys
from pathlib import Path

import click

from onrecord.cli import results
from onrecord.cli.session import Session, session
from onrecord.errors import InputError, QueryError, QueryRefused


@click.command(
    epilog="""\b
Examples:
  kg query 'SELECT ?who { ?d a onr:Designation ; onr:designee ?who }'
  kg query @mine.rq --format json
  kg query @claimed-designations          a named question without parameters
  kg query 'DESCRIBE organization:taliban'
  generate-query | kg query -             from standard input
"""
)
@click.argument("query", metavar="QUERY|@FILE|-", default="-")
@results.options
@session
def command(kg: Session, query: str, form: str | None, output: Path, out: Path | None, timeout: float) -> None:
    """Ask the built dataset in SPARQL.

    A query sees the union of all named graphs, unless it has FROM. The prefixes of the vocabulary and of the dataset
    (data:, source:, organization:, person: …) need not be declared. Without ORDER BY, rows come sorted: the same
    dataset gives the same bytes. Queries that change something, or would ask another machine (SERVICE), are refused.
    """
    results.run(kg, _text(query), form, output, out, timeout)


def _text(query: str) -> str:
    """The query itself, or what the file, the named question or standard input holds."""
    if query == "-":
        if sys.stdin.isatty():
            raise click.UsageError("there is no query: give one, or @FILE")
        return _decoded(sys.stdin.buffer.read(_most() + 1), "standard input")
    if not query.startswith("@"):
        return query
    file = Path(query[1:])
    if file.is_file():
        with file.open("rb") as stream:
            return _decoded(stream.read(_most() + 1), str(file))
    if file.name != query[1:] or file.suffix:
        raise InputError(f"there is no file {file}")
    return _named(file.name)


def _named(name: str) -> str:
    from onrecord.questions import named

    question = named(name)
    if needed := question.missing({}):
        raise QueryError(
            f"the question {name} needs {needed[0]}", hint=f"kg ask {name} {' '.join(f'{n}=…' for n in needed)}"
        )
    return question.query


def _most() -> int:
    from onrecord.store.syntax import MOST_BYTES

    return MOST_BYTES


def _decoded(data: bytes, where: str) -> str:
    if len(data) > _most():
        raise QueryRefused(f"{where}: the query has more than {_most():,} bytes", hint="ask in smaller parts")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{where}: not UTF-8 at byte {error.start}", hint="save it as UTF-8") from error
