"""The process that a query runs in. Crashes and endless work stay in here.

It reads one request (JSON) from standard input, and writes to standard output one line of JSON that says what kind of
answer it is, then the answer. Its last word, on standard error, is `{"end": …}`: without it, the answer is not whole.
"""

import json
import os
import signal
import sys
from pathlib import Path
from typing import BinaryIO, TypedDict

import pyoxigraph as ox

from onrecord.store import writing
from onrecord.store.loading import open_store


class Request(TypedDict):
    """What to do. `sort`: put rows in order. `seconds` (of processor time) and `memory` (bytes) are limits."""

    store: str
    query: str
    prefixes: dict[str, str]
    rows: str
    graph: str
    sort: bool
    union: bool
    seconds: float
    memory: int


def serve() -> None:
    """Answer the one request."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C ends it at once, and without a word
    with os.fdopen(0, "rb") as asked:
        request: Request = json.loads(asked.read())
    _limit(request["seconds"], request["memory"])
    try:
        with os.fdopen(1, "wb", buffering=1 << 16) as out:
            _answer(request, out)
        last: dict[str, str] = {"end": "whole"}
    except SyntaxError as error:
        last = {"end": "syntax", "message": str(error)}
    except BrokenPipeError:
        last = {"end": "unread"}
    except (OSError, ValueError, RuntimeError, MemoryError) as error:
        damaged = isinstance(error, OSError) or "Corruption" in str(error)
        last = {"end": "store" if damaged else "failed", "message": str(error) or type(error).__name__}
    os.write(2, b"\n" + json.dumps(last).encode())


def _limit(seconds: float, memory: int) -> None:
    """The kernel ends a worker whose asker is no longer there to do it."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, seconds)
    if memory and sys.platform.startswith("linux"):
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))


def _answer(request: Request, out: BinaryIO) -> None:
    store = open_store(Path(request["store"]))
    result = store.query(request["query"], prefixes=request["prefixes"], use_default_graph_as_union=request["union"])
    names = [variable.value for variable in result.variables] if isinstance(result, ox.QuerySolutions) else []
    _head(out, writing.kind_of(result), names)
    if isinstance(result, ox.QuerySolutions) and request["sort"]:
        writing.sorted_rows(result, out, request["rows"])
    elif isinstance(result, ox.QueryTriples):
        writing.graph(result, out, request["graph"], request["prefixes"])
    else:
        writing.results(result, out, request["rows"])


def _head(out: BinaryIO, kind: str, variables: list[str]) -> None:
    out.write(json.dumps({"kind": kind, "variables": variables}).encode() + b"\n")
