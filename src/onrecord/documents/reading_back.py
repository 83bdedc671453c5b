"""Bundle → triples: the N-Quads lines of the documents in a folder or zip that somebody gave us.

Contexts are never fetched: a document that names another one than ours, or brings its own, is refused. No file outside
of the bundle is read, and none beyond the size that is allowed.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypeAlias
from zipfile import is_zipfile

import msgspec

from onrecord.documents.context import ADDRESS, context
from onrecord.errors import InputError, TooLarge
from onrecord.release.holdings import Holding, opened

if TYPE_CHECKING:
    import pyoxigraph as ox

Read: TypeAlias = "dict[str, Read] | list[Read] | str | int | float | bool | None"
_LINES = "documents.ndjson"
_FOLDER = "documents/"
_LARGEST = 64 << 20
"""Bytes of a document."""
_MOST = 4 << 30
"""Bytes of all documents together, unpacked."""
_AT_ONCE = 200


def quads(bundle: Path) -> Iterator[str]:
    """The N-Quads lines of the documents of a bundle, sorted, each once, with a line break; all in the default graph.

    Raises InputError for what is no bundle of documents or cannot be read, TooLarge beyond a limit.
    """
    if not bundle.is_dir() and not is_zipfile(bundle):
        raise InputError(f"{bundle} is no bundle: neither a folder nor a zip")
    with opened(bundle) as held:
        found: set[str] = set()
        batch: list[Read] = []
        for name, data in _documents(held):
            batch.append(_document(name, data))
            if len(batch) == _AT_ONCE:
                found.update(_triples(batch, bundle))
                batch = []
        found.update(_triples(batch, bundle))
    yield from sorted(found)


def _documents(held: Holding) -> Iterator[tuple[str, bytes]]:
    left = _MOST
    names = [_LINES] if _LINES in held.files else sorted(name for name in held.files if _is_document(name))
    if not names:
        raise InputError("there are no documents in it", hint="name a folder or zip that kg share has made")
    for name in names:
        with held.open(name) as stream:
            for data in _pieces(stream, name):
                left -= len(data)
                if left < 0:
                    raise TooLarge(f"the documents have more than {_MOST:,} bytes")
                yield name, data


def _is_document(name: str) -> bool:
    return name.startswith(_FOLDER) and name.endswith(".json")


def _pieces(stream: BinaryIO, name: str) -> Iterator[bytes]:
    """The documents of a file: a line each, or the whole of it."""
    whole = name != _LINES
    while data := (stream.read(_LARGEST + 1) if whole else stream.readline(_LARGEST + 1)):
        if len(data) > _LARGEST:
            raise TooLarge(f"{name[:80]}: a document has more than {_LARGEST:,} bytes")
        yield data


def _document(name: str, data: bytes) -> Read:
    """A document without its context, which is ours. Raises InputError for anything else."""
    try:
        read = msgspec.json.decode(data, type=dict[str, object])
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
        raise InputError(f"{name[:80]}: not a document in JSON: {error}") from error
    if read.pop("@context", None) != ADDRESS:
        raise InputError(f"{name[:80]}: a document whose context is not {ADDRESS}")
    _refuse_contexts(name, read)
    return msgspec.convert(read, dict)


def _refuse_contexts(name: str, value: object) -> None:
    """A context inside would change what the keys mean."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            if "@context" in one or "@import" in one:
                raise InputError(f"{name[:80]}: a document with a context of its own inside")
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one


def _triples(batch: list[Read], bundle: Path) -> Iterator[str]:
    import pyoxigraph as ox

    if not batch:
        return
    data = msgspec.json.encode({"@context": context(), "@graph": batch})
    try:
        for quad in ox.parse(data, format=ox.RdfFormat.JSON_LD):
            yield _line(quad)
    except (SyntaxError, ValueError, OSError) as error:
        raise InputError(f"{bundle}: not JSON-LD: {error}") from error


def _line(quad: "ox.Quad") -> str:
    return f"{quad.subject} {quad.predicate} {quad.object} .\n"
