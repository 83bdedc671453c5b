"""Asking a query in a process of its own, and reading its answer while it comes."""

import contextlib
import errno
import json
import os
import selectors
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from onrecord import processes
from onrecord.errors import QueryError, QueryTimeout
from onrecord.store.loading import distrust
from onrecord.store.syntax import Shape, inspect, unreadable

ROW_FORMATS = ("csv", "tsv", "json", "xml")
"""The W3C's formats for rows and for yes or no."""
GRAPH_FORMATS = ("ttl", "nt", "nq", "trig", "jsonld", "rdfxml")
"""The formats for the triples of CONSTRUCT and DESCRIBE."""
FORMATS = (*ROW_FORMATS, *GRAPH_FORMATS)

Kind = Literal["rows", "truth", "graph"]
Row = tuple[str | None, ...]

_GRACE = 0.5
_CHUNK = 1 << 16
_XSD = "http://www.w3.org/2001/XMLSchema#"


class Answer:
    """An answer that is on its way: its kind, its variables, and its bytes or rows, once.

    Use it in a `with` block: leaving it ends the process behind it. While reading it raises QueryTimeout where the
    query took longer than allowed (time in which nobody reads does not count), and QueryError where it cannot be run.
    """

    def __init__(
        self,
        store: Path,
        query: str,
        shape: Shape,
        *,
        rows: str,
        graph: str,
        prefixes: Mapping[str, str],
        timeout: float,
    ) -> None:
        """Start the query. Raises OSError where the store is damaged, and the errors above."""
        self._left = self._limit = timeout
        self._store, self._query, self._prefixes = store, query, prefixes
        request = {
            "store": str(store),
            "query": query,
            "prefixes": dict(prefixes),
            "rows": rows,
            "graph": graph,
            "sort": shape.form == "SELECT" and not shape.ordered,
            "union": not shape.own_dataset,
            "seconds": timeout + _GRACE,
            "memory": _memory(),
        }
        self._process = _start()
        self._buffer = b""
        self._begun = self._ended = False
        try:
            assert self._process.stdin is not None
            with contextlib.suppress(BrokenPipeError), self._process.stdin as asked:  # dead already
                asked.write(json.dumps(request).encode())
            head = json.loads(self._line())
        except BaseException:
            self.close()
            raise
        self._begun = True
        self.kind: Kind = head["kind"]
        self.variables: tuple[str, ...] = tuple(head["variables"])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the process behind the answer, whatever it does."""
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            if pipe is not None:
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()
        self._process.wait()

    def chunks(self) -> Iterator[bytes]:
        """The answer in its format, piece by piece."""
        while True:
            piece, self._buffer = self._buffer or self._read(), b""
            if not piece:
                return
            yield piece

    def rows(self) -> Iterator[Row]:
        """The rows of a SELECT that was asked for in tsv: terms as N-Triples writes them, None for what is unbound."""
        self._line()
        while line := self._line():
            cells = line.decode().rstrip("\n").split("\t") if self.variables else []
            yield tuple(_term(cell) for cell in cells)

    def truth(self) -> bool:
        """The answer of an ASK."""
        return b"true" in b"".join(self.chunks())

    def _line(self) -> bytes:
        """The next line with its end; what is left where there is no line more."""
        pieces = []
        while b"\n" not in self._buffer:
            pieces.append(self._buffer)
            self._buffer = self._read()
            if not self._buffer:
                return b"".join(pieces)
        line, end, self._buffer = self._buffer.partition(b"\n")
        return b"".join([*pieces, line, end])

    def _read(self) -> bytes:
        """What comes next; nothing at the end of a whole answer."""
        assert self._process.stdout is not None
        if self._ended:
            return b""
        self._wait()
        piece = os.read(self._process.stdout.fileno(), _CHUNK)
        if not piece:
            self._ended = True
            self._last_word()
        return piece

    def _wait(self) -> None:
        began = time.monotonic()
        with selectors.DefaultSelector() as selector:
            assert self._process.stdout is not None
            selector.register(self._process.stdout, selectors.EVENT_READ)
            ready = selector.select(max(self._left, 0.001))
        self._left -= time.monotonic() - began
        if not ready:
            self._process.kill()
            raise self._out_of_time()

    def _out_of_time(self) -> QueryTimeout:
        return QueryTimeout(
            f"the query was stopped after {self._limit:g} s; what it gave until then is not the whole answer",
            hint="ask for less, or allow more with --timeout",
        )

    def _last_word(self) -> None:
        """Raises what the worker ended with, unless the answer is whole."""
        assert self._process.stderr is not None
        said = self._process.stderr.read().rpartition(b"\n")[2]
        code = self._process.wait()
        try:
            last = json.loads(said)
        except ValueError:
            last = {"end": "died"}
        match last["end"]:
            case "whole":
                return
            case "syntax":
                raise unreadable(self._query, str(last["message"]), self._prefixes)
            case "store" if self._begun:
                distrust(self._store)
                raise QueryError(
                    "the store is damaged, and the answer not whole", hint="ask again: the store is then made again"
                )
            case "store":
                raise OSError(errno.EIO, str(last["message"]))
            case "died" if code == -signal.SIGPROF:
                raise self._out_of_time()
            case "died":
                raise QueryError(
                    "the query ended the engine: it is nested too deep, or needs more memory than there is",
                    hint="ask in a flatter way, or for less at a time",
                )
        raise QueryError(f"the query cannot be run: {last.get('message', last['end'])}")


def ask(
    store: Path,
    query: str,
    *,
    rows: str = "tsv",
    graph: str = "ttl",
    prefixes: Mapping[str, str] | None = None,
    timeout: float = 60.0,
) -> Answer:
    """Ask the store in this folder.

    `rows` is the format of the answer to SELECT and ASK, `graph` that of CONSTRUCT and DESCRIBE. Without FROM a query
    sees the
    union of all named graphs. `prefixes` need not be declared in the query. Without ORDER BY, rows are sorted by
    their written
    form. Raises QueryRefused for what `syntax` refuses, QueryTimeout, QueryError, and OSError for a damaged store.
    """
    return Answer(store, query, inspect(query), rows=rows, graph=graph, prefixes=prefixes or {}, timeout=timeout)


def _start() -> "subprocess.Popen[bytes]":
    command = processes.command("onrecord.store.worker:serve")
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0)


def _memory() -> int:
    """What a worker may take: three quarters of the machine's memory, so that nobody else fails. 0: not known."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") * 3 // 4
    except (ValueError, OSError):
        return 0


def _term(cell: str) -> str | None:
    """A cell of TSV as N-Triples writes it; TSV may write numbers and truth values short."""
    if not cell:
        return None
    if cell[0] in '<"_':
        return cell
    if cell in ("true", "false"):
        return f'"{cell}"^^<{_XSD}boolean>'
    kind = "double" if "e" in cell.lower() else "decimal" if "." in cell else "integer"
    return f'"{cell}"^^<{_XSD}{kind}>'
