"""RDF files of any format as triples: parsed by pyoxigraph, nothing fetched, every fault one line with its place."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.errors import InputError, TooLarge
from onrecord.ntriples import Triple, literal

if TYPE_CHECKING:
    import pyoxigraph

_HINT = "use .ttl, .trig, .nt, .nq, .jsonld, .json, .rdf, .xml, .owl or .n3"
_OTHER_NAMES = {"owl": "rdf"}
_DOCTYPE = re.compile(r"<!DOCTYPE")


def read(path: Path, max_bytes: int) -> bytes:
    """The bytes of a file. Raises InputError where it cannot be read and TooLarge beyond `max_bytes`."""
    if path.exists() and not path.is_file():
        raise InputError(f"{path}: this is no file")
    try:
        with path.open("rb") as file:
            data = file.read(max_bytes + 1)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from error
    if len(data) > max_bytes:
        raise TooLarge(f"{path}: larger than {max_bytes:,} bytes", hint="split it, or raise the limit")
    return data


def triples(paths: Iterable[Path], max_bytes: int) -> Iterator[Triple]:
    """The triples of several files, whatever graph they stand in. `max_bytes` is for each file.

    Nameless nodes of different files are different; they are named in the order in which they come, so that reports are
    the same from run to run. Raises InputError.
    """
    blanks: dict[str, str] = {}
    for number, path in enumerate(paths):
        for quad in _quads(path, max_bytes):
            parts = (quad.subject, quad.predicate, quad.object)
            subject, predicate, value = (_term(part, number, blanks, path) for part in parts)
            yield subject, predicate, value


def _quads(path: Path, max_bytes: int) -> "Iterator[pyoxigraph.Quad]":
    import pyoxigraph

    ending = path.suffix[1:].lower()
    form = pyoxigraph.RdfFormat.from_extension(_OTHER_NAMES.get(ending, ending))
    if form is None:
        raise InputError(f"{path}: no RDF format ends in {path.suffix or 'nothing'}", hint=_HINT)
    data = read(path, max_bytes)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 at byte {error.start}", hint="save the file as UTF-8") from error
    if form == pyoxigraph.RdfFormat.RDF_XML and _DOCTYPE.search(text):
        # pyoxigraph would expand a few bytes of entities into gigabytes.
        raise InputError(f"{path}: an XML document type (<!DOCTYPE) is refused", hint="write namespaces and values out")
    try:
        yield from pyoxigraph.parse(input=text, format=form)
    except SyntaxError as error:
        raise _fault(path, error) from error


def _fault(path: Path, error: SyntaxError) -> InputError:
    if "LoadDocumentCallback" in str(error.msg):
        return InputError(
            f"{path}: its JSON-LD context lies elsewhere, and nothing is fetched", hint="put the context into the file"
        )
    place = f"{path}:{error.lineno}:{error.offset or 1}" if error.lineno else f"{path}"
    reason = re.sub(r"^Parser error (at|between) line.*?: ", "", " ".join(str(error.msg).split()))
    return InputError(f"{place}: {reason[:300]}")


def _term(node: object, number: int, blanks: dict[str, str], path: Path) -> str:
    import pyoxigraph

    if isinstance(node, pyoxigraph.NamedNode):
        return f"<{node.value}>"
    if isinstance(node, pyoxigraph.BlankNode):
        return blanks.setdefault(f"{number} {node.value}", f"_:b{len(blanks)}")
    if isinstance(node, pyoxigraph.Literal):
        if node.direction is not None:
            raise InputError(f"{path}: texts with a direction (RDF 1.2) are not supported", hint="leave it out")
        return literal(node.value, node.datatype.value, node.language or "")
    raise InputError(f"{path}: triples about triples (RDF 1.2) are not supported", hint="use nodes of their own")
