"""The process that reads an RDF file: crashes and endless work stay in here."""

import os
import signal
import sys

import pyoxigraph as ox

_MEMORY = 8 << 30
WHOLE = b"\nwhole"
"""The last word on standard error: without it, what was written is not all."""


def serve() -> None:
    """Read RDF from standard input, and write canonical N-Quads to standard output; say on standard error that it
    is whole, or what is wrong. Arguments: the media type, and the seconds of processor time that it may take."""
    media_type, seconds = sys.argv[1:3]
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, float(seconds))
    if sys.platform.startswith("linux"):
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (_MEMORY, _MEMORY))
    try:
        _write(media_type)
        last = WHOLE
    except (SyntaxError, ValueError, OSError, RuntimeError, MemoryError) as error:
        last = f"\n{str(error) or type(error).__name__}".encode(errors="replace")
    os.write(2, last)


def _write(media_type: str) -> None:
    form = ox.RdfFormat.from_media_type(media_type)
    with os.fdopen(0, "rb") as source, os.fdopen(1, "wb", buffering=1 << 20) as out:
        quads = ox.parse(source, format=form, base_iri="https://relative.invalid/")
        held = ox.Dataset()
        for quad in quads:
            if not _blank(quad):
                out.write(ox.serialize([quad], format=ox.RdfFormat.N_QUADS) or b"")
            else:
                held.add(quad)
        if len(held):  # a data set of the engine's is never true
            held.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
            ox.serialize(held, out, format=ox.RdfFormat.N_QUADS)


def _blank(quad: ox.Quad) -> bool:
    return any(isinstance(term, ox.BlankNode) for term in (quad.subject, quad.object, quad.graph_name))
