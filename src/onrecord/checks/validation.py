"""`validate`: any RDF files against shapes, in a process of its own that can be killed.

Data and shapes of others can do what no limit inside a process stops: a pattern can make Python's regular expressions
run for years, a nested triple term crashes the parser, a query can walk a large graph for hours.
"""

import os
import signal
from collections.abc import Sequence
from contextlib import redirect_stderr
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.checks.results import Outcome, Result
from onrecord.checks.shapes import Shapes
from onrecord.errors import InputError, OnRecordError, QueryTimeout, VocabularyError
from onrecord.index import Index, index_of

if TYPE_CHECKING:
    import rdflib

MAX_BYTES = 256 * 1024 * 1024
SECONDS = 60.0
SECONDS_FOR_OUR_SHAPES = 600.0


@dataclass(frozen=True)
class Validation:
    """What validating gave. `conforms` is SHACL's: false for any result, be it only a note; for what must be mended,
    look at the severities of `results`. `report` is the W3C validation report as Turtle, the same bytes for the same
    input. `uncovered` are shapes that are not compiled, and took pySHACL's time, each with the reason.
    """

    conforms: bool
    results: tuple[Result, ...]
    report: str
    uncovered: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class _Job:
    data: tuple[Path, ...]
    shapes: tuple[Path, ...] | None
    max_bytes: int


def validate(
    data_files: Sequence[Path],
    shapes_files: Sequence[Path] | None = None,
    *,
    timeout: float = SECONDS,
    max_bytes: int = MAX_BYTES,
) -> Validation:
    """Check RDF files, as one graph, against shapes.

    `shapes_files` (RDF of any format) are taken alone, as SHACL says; None stands for the shapes of the installation,
    with its ontology. `timeout` is in seconds, for foreign shapes; ours, which are known to end, get ten minutes at
    least. `max_bytes` is the limit for each file.

    Raises InputError for files that cannot be read, VocabularyError for shapes that cannot be used, QueryTimeout.
    """
    limit = max(timeout, SECONDS_FOR_OUR_SHAPES) if shapes_files is None else timeout
    job = _Job(tuple(data_files), None if shapes_files is None else tuple(shapes_files), max_bytes)
    context = get_context("spawn")
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(job, sending), daemon=True)
    process.start()
    sending.close()  # so that the end of the process ends the pipe
    try:
        if not receiving.poll(limit):
            raise QueryTimeout(f"validation was stopped after {limit:g} seconds", hint="give it more time")
        answer: Validation | OnRecordError = receiving.recv()
    except EOFError:
        process.join()
        raise InputError(
            f"validation ended without an answer ({_ending(process.exitcode)})",
            hint="the files are nested too deep, or too large for the memory",
        ) from None
    finally:
        process.kill()
        process.join()
        receiving.close()
    if isinstance(answer, OnRecordError):
        raise answer
    return answer


def _ending(code: int | None) -> str:
    if code is not None and code < 0:
        return signal.Signals(-code).name
    return f"exit code {code}"


def _work(job: _Job, sending: Connection) -> None:
    """What the worker does. Its errors go back as values; of a crash, the caller hears in one line."""
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere, redirect_stderr(nowhere):
        try:
            answer: Validation | OnRecordError = _validated(job)
        except OnRecordError as error:
            answer = error
        except MemoryError:
            answer = InputError("validation ran out of memory", hint="give it less data")
        sending.send(answer)
        sending.close()


def _validated(job: _Job) -> Validation:
    from onrecord.checks import files, foreign, report
    from onrecord.checks.checker import Checker
    from onrecord.checks.graphs import graph_of
    from onrecord.checks.shapes import installed

    foreign.forbid_network()
    data = index_of(files.triples(job.data, job.max_bytes))
    if job.shapes is None:
        shapes = installed()
        outcome = Checker(shapes).outcome(data)
    else:
        outcome, shapes = against(data, graph_of(files.triples(job.shapes, job.max_bytes)))
    results = tuple(sorted({found.result for found in outcome.found}))
    return Validation(outcome.conforms, results, report.turtle(outcome), shapes.uncovered)


def against(data: Index, shapes: "rdflib.Graph") -> tuple[Outcome, Shapes]:
    """Data checked against a shapes graph of somebody else's, and the shapes. For a process that can be killed.

    Raises VocabularyError for shapes that cannot be used, QueryRefused for queries that would leave the data.
    """
    from onrecord.checks import foreign
    from onrecord.checks.checker import Checker
    from onrecord.checks.shapes import compiled

    foreign.refuse_queries_that_leave(shapes)
    if not foreign.has_targets(shapes):
        raise VocabularyError("the shapes have no targets and would check nothing", hint="add sh:targetClass")
    made = compiled(shapes)
    return Checker(made).outcome(data), made
