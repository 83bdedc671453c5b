"""The process that a query runs in. Crashes and endless work stay in here.

It reads one request (JSON) from standard input, and writes to standard output one line of JSON that says what kind of
answer it is, then the answer. Its last word, on standard error, is `{"end": …}`: without it, the answer is not whole.
"""

import json
import os
import signal
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO, TypedDict

import pyoxigraph as ox

from onrecord.store.loading import open_store

ROWS = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
}
GRAPHS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}
_WITH_PREFIXES = ("ttl", "trig", "rdfxml")


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
    if isinstance(result, ox.QuerySolutions):
        names = [variable.value for variable in result.variables]
        _head(out, "rows", names)
        _write_rows(result, request, out)
    elif isinstance(result, ox.QueryBoolean):
        _head(out, "truth", [])
        result.serialize(output=out, format=ROWS[request["rows"]])
    else:
        _head(out, "graph", [])
        _write_graph(result, request, out)


def _head(out: BinaryIO, kind: str, variables: list[str]) -> None:
    out.write(json.dumps({"kind": kind, "variables": variables}).encode() + b"\n")


def _write_rows(result: ox.QuerySolutions, request: Request, out: BinaryIO) -> None:
    """Rows as they come; or sorted by their written form, where the query leaves their order open."""
    if not request["sort"]:
        result.serialize(output=out, format=ROWS[request["rows"]])
        return
    head, *rows = (result.serialize(format=ox.QueryResultsFormat.TSV) or b"").removesuffix(b"\n").split(b"\n")
    written = b"\n".join([head, *sorted(rows), b""])
    if request["rows"] == "tsv":
        out.write(written)
        return
    ordered = ox.parse_query_results(written, ox.QueryResultsFormat.TSV)
    assert isinstance(ordered, ox.QuerySolutions)
    ordered.serialize(output=out, format=ROWS[request["rows"]])


def _write_graph(result: Iterable[ox.Triple], request: Request, out: BinaryIO) -> None:
    """Triples sorted, each once. Blank nodes, which a query can make, get labels that do not change from run to run."""
    triples = set(result)
    if any(isinstance(term, ox.BlankNode) for triple in triples for term in (triple.subject, triple.object)):
        graph = ox.Dataset(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
        graph.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
        triples = {quad.triple for quad in graph}
    prefixes = request["prefixes"] if request["graph"] in _WITH_PREFIXES else None
    ordered = sorted(triples, key=str)
    used = _used(prefixes or {}, ordered)
    ox.serialize(ordered, output=out, format=GRAPHS[request["graph"]], prefixes=used)


def _used(prefixes: dict[str, str], triples: list[ox.Triple]) -> dict[str, str]:
    """The prefixes that a graph needs: a head of thirty that nothing uses would hide three triples."""
    addresses = set()
    for triple in triples:
        for term in (triple.subject, triple.predicate, triple.object):
            address = term.datatype if isinstance(term, ox.Literal) else term
            if isinstance(address, ox.NamedNode):
                addresses.add(address.value)
    return {name: iri for name, iri in prefixes.items() if any(address.startswith(iri) for address in addresses)}
