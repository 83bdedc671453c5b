"""The RDF of a release or bundle, read again: its graphs and triples against the hashes that the manifest gives.

What somebody else has written can make a parser crash, and the canonical form of a graph with many blank nodes can take
for ever (RDFC-1.0, 7.1: dataset poisoning). So a process of its own does the work, which is ended when its time is up.
"""

from collections.abc import Iterator
from itertools import zip_longest
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import msgspec

from onrecord.errors import NotBuilt, OnRecordError, QueryTimeout
from onrecord.findings import Finding
from onrecord.ntriples import literal, quoted
from onrecord.release import graphs
from onrecord.release.canonical import Digest, Hashed
from onrecord.release.holdings import opened
from onrecord.release.manifest import NAME, QUADS, FileEntry, Listed
from onrecord.release.verification import fault
from onrecord.vocabulary.term import LANG_STRING, XSD_STRING
from onrecord.writers.parts.sorting import Rows

if TYPE_CHECKING:
    import pyoxigraph as ox

_STAGE = "deep"


def verify_rdf(path: Path, timeout: float) -> list[Finding]:
    """Compare the RDF files and the named graphs with the manifest of a folder or zip that was verified before.

    Raises QueryTimeout where `timeout` seconds are not enough, NotBuilt for what is no release.
    """
    context = get_context("spawn")
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(path, sending), daemon=True)
    process.start()
    sending.close()
    try:
        if not receiving.poll(timeout):
            raise QueryTimeout(f"reading the RDF was stopped after {timeout:g} seconds", hint="give it more: --timeout")
        answer: list[Finding] | OnRecordError = receiving.recv()
    except EOFError:
        return [fault(path.name, "its RDF cannot be read: the parser has ended without an answer", _STAGE)]
    finally:
        process.kill()
        process.join()
        receiving.close()
    if isinstance(answer, OnRecordError):
        raise answer
    return answer


def _work(path: Path, sending: Connection) -> None:
    try:
        answer: list[Finding] | OnRecordError = list(_found(path))
    except OnRecordError as error:
        answer = error
    sending.send(answer)
    sending.close()


def _found(path: Path) -> Iterator[Finding]:
    with opened(path) as held:
        with held.open(NAME) as stream:
            listed = msgspec.json.decode(stream.read(), type=Listed)
        for name, entry in listed.files.items():
            if entry.rdfc10:
                with held.open(name) as stream:
                    yield from _of_file(name, entry, stream)
    if path.is_dir() and graphs.NAME in listed.files and QUADS in listed.files:
        yield from _of_graphs(path)


def _of_file(name: str, entry: FileEntry, stream: BinaryIO) -> Iterator[Finding]:
    try:
        found = canonical(stream, name)
    except (SyntaxError, ValueError) as error:
        yield fault(name, f"cannot be read as RDF: {error}", _STAGE)
        return
    said = entry.triples if entry.quads is None else entry.quads
    if said is not None and said != found.count:
        yield fault(name, f"holds {found.count:,} statements, and should hold {said:,}", _STAGE)
    if found.sha256 != entry.rdfc10:
        yield fault(name, "holds other RDF than the manifest says (RDFC-1.0)", _STAGE)


def canonical(stream: BinaryIO, name: str) -> Hashed:
    """The hash of the canonical form of an RDF file, by the ending of its name. Raises SyntaxError for what is none.

    Where there are blank nodes, all is held in memory, and it may take for ever: for a process that can be killed.
    """
    import pyoxigraph as ox

    ending = name.rsplit(".", 1)[-1]
    form = ox.RdfFormat.JSON_LD if ending == "ndjson" else ox.RdfFormat.from_extension(ending)
    digest = Digest()
    with Rows() as rows:
        for document in stream if ending == "ndjson" else (stream,):
            blank: list[ox.Quad] = []
            for quad in ox.parse(document, format=form):
                if blank or any(isinstance(t, ox.BlankNode) for t in (quad.subject, quad.object, quad.graph_name)):
                    blank.append(quad)
                else:
                    rows.add(_line(quad))
            if blank:
                return _with_blank_nodes(blank, rows)
        for row in rows:
            digest.add(row)
    return digest.hashed()


def _with_blank_nodes(quads: "list[ox.Quad]", rows: Rows) -> Hashed:
    import pyoxigraph as ox

    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    rows.extend(_line(quad) for quad in dataset)
    digest = Digest()
    for row in rows:
        digest.add(row)
    return digest.hashed()


def _line(quad: "ox.Quad") -> str:
    """A quad in canonical N-Quads, without a line break (RDFC-1.0, 5)."""
    import pyoxigraph as ox

    o = quad.object
    written = _literal(o) if isinstance(o, ox.Literal) else str(o)
    graph = "" if isinstance(quad.graph_name, ox.DefaultGraph) else f" {quad.graph_name}"
    return f"{quad.subject} {quad.predicate} {written}{graph} ."


def _literal(term: "ox.Literal") -> str:
    if term.language:
        return f"{quoted(term.value)}@{term.language}"
    datatype = term.datatype.value
    return literal(term.value, datatype) if datatype not in (XSD_STRING, LANG_STRING) else quoted(term.value)


def _of_graphs(path: Path) -> Iterator[Finding]:
    """Each named graph of dataset.nq against its line in graphs.ndjson."""
    decoder = msgspec.json.Decoder(graphs.GraphEntry)
    try:
        with (path / graphs.NAME).open("rb") as lines:
            for found, line in zip_longest(graphs.entries(path / QUADS), lines):
                said = decoder.decode(line) if line else None
                if said != found:
                    name = said.graph if said else found.graph if found else ""
                    yield fault(graphs.NAME, f"the graph <{name}> is not as {QUADS} has it", _STAGE)
                    return
    except (msgspec.MsgspecError, NotBuilt) as error:
        yield fault(graphs.NAME, f"cannot be compared with {QUADS}: {error}", _STAGE)
