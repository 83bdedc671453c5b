"""What `kg query` and `kg ask` share: the release to ask, the formats of answers, and writing these."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypeVar

import click

from onrecord.cli.session import Session
from onrecord.errors import PublishError
from onrecord.store.answers import FORMATS, GRAPH_FORMATS, ROW_FORMATS, Answer, ask

if TYPE_CHECKING:
    from onrecord.dataset.settings import Settings
    from onrecord.questions import Shortener
    from onrecord.store.release import Release

Command = TypeVar("Command", bound=Callable[..., None])


output_option = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    default=Path("-"),
    help="Write to FILE instead of standard output.",
    metavar="FILE",
)
out_option = click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Ask the latest release in DIR instead of the dataset's out/.",
    metavar="DIR",
)


def options(command: Command) -> Command:
    """The options of commands that ask the built dataset."""
    for option in (
        click.option(
            "--timeout",
            type=click.FloatRange(min=0.1),
            default=60.0,
            show_default=True,
            help="Seconds after which the query is stopped.",
        ),
        out_option,
        output_option,
        click.option(
            "--format",
            "form",
            type=click.Choice(["table", *FORMATS]),
            help="How to write the answer. By default a table on a terminal, else csv; for triples ttl.",
        ),
    ):
        command = option(command)
    return command


def release(kg: Session, out: Path | None) -> "tuple[Release, Settings]":
    """The latest release of the dataset, and its settings. Raises NotBuilt where there is none."""
    from onrecord.dataset import settings
    from onrecord.store.release import Release

    folder = kg.dataset()
    given = settings.load(folder)
    return Release.latest(out or folder / given.out), given


def run(
    kg: Session,
    query: str,
    form: str | None,
    output: Path,
    out: Path | None,
    timeout: float,
    store: Path | None = None,
) -> None:
    """Ask a query, and write its answer in a format, None for what suits where it goes.

    It is asked of the latest release, or of the store in `store`.
    """
    from onrecord.questions.prefixes import Shortener, known
    from onrecord.store.syntax import inspect

    found, given = release(kg, out)
    prefixes = known(given.base)
    graph = inspect(query).form in ("CONSTRUCT", "DESCRIBE")
    chosen = form or ("ttl" if graph else "table" if output == Path("-") and sys.stdout.isatty() else "csv")
    _refuse_unfit(chosen, graph)
    rows = "tsv" if chosen == "table" or graph else chosen
    put = partial(ask, store) if store else found.query
    with put(query, rows=rows, graph=chosen if graph else "ttl", prefixes=prefixes, timeout=timeout) as answer:
        with destination(output) as stream:
            if chosen == "table":
                _write_table(kg, answer, stream, Shortener(prefixes), terminal=output == Path("-"))
            else:
                for piece in answer.chunks():
                    stream.write(piece)
        if output != Path("-"):
            kg.say(f"wrote {output}")


def _refuse_unfit(form: str, graph: bool) -> None:
    fitting = GRAPH_FORMATS if graph else ("table", *ROW_FORMATS)
    if form not in fitting:
        what = "triples, as of CONSTRUCT and DESCRIBE, are" if graph else "rows, as of SELECT and ASK, are"
        raise click.BadParameter(f"{what} written as {', '.join(fitting)}", param_hint="'--format'")


@contextmanager
def destination(output: Path) -> Iterator[BinaryIO]:
    """Standard output, or a file that takes its place when what is written is whole. What is no regular file is written
    to directly. Raises PublishError where a file cannot be written."""
    if output == Path("-"):
        stream = sys.stdout.buffer
        yield stream
        stream.flush()
        return
    try:
        target = output.resolve()
        if target.exists() and not target.is_file():
            with target.open("wb") as stream:
                yield stream
            return
        with _beside(target) as stream:
            yield stream
    except BrokenPipeError:
        raise
    except OSError as error:
        raise PublishError(
            f"{output} cannot be written: {error.strerror}", hint="check the folder, and who may write there"
        ) from error


@contextmanager
def _beside(target: Path) -> Iterator[BinaryIO]:
    aside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with aside.open("xb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        aside.replace(target)
    finally:
        aside.unlink(missing_ok=True)


def _write_table(kg: Session, answer: Answer, stream: BinaryIO, shortener: "Shortener", *, terminal: bool) -> None:
    from onrecord.cli import tables

    if answer.kind == "truth":
        stream.write(b"yes\n" if answer.truth() else b"no\n")
        return
    on_terminal = terminal and sys.stdout.isatty()
    room = shutil.get_terminal_size().columns if on_terminal else None
    count = 0

    def cells() -> Iterator[list[str]]:
        nonlocal count
        for row in answer.rows():
            count += 1
            yield [tables.plain(_cell(term, shortener)) for term in row]

    coloured = on_terminal and not os.environ.get("NO_COLOR")
    for line in tables.lines(
        answer.variables, cells(), room, (lambda text: click.style(text, bold=True)) if coloured else str
    ):
        stream.write(f"{line}\n".encode())
    if count == 0:
        kg.say("no rows")
    else:
        kg.detail(f"{count:,} rows")


def _cell(term: str | None, shortener: "Shortener") -> str:
    from onrecord.ntriples import text_of

    if term is None or term.startswith("_"):
        return term or ""
    return shortener.short(text_of(term)) if term.startswith("<") else text_of(term)
