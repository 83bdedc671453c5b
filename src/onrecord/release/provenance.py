"""provenance.ttl: the documents that a labelled release was built from, by their content (PROV-O).

A document is named by its SHA-256 as RFC 6920 writes it, `ni:///sha-256;…`: who holds the bytes can tell that they are
the ones. The file is a line a triple, which is Turtle as well.
"""

import base64
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from onrecord.mappers.parts.minting import Minter
from onrecord.ntriples import iri
from onrecord.release.canonical import Hashed, hashed
from onrecord.release.described import full
from onrecord.vocabulary.term import TYPE

NAME = "provenance.ttl"


def write(file: Path, release: str, base: str, inputs: Iterable[tuple[str, bytes]]) -> Hashed:
    """Write the file for a release, `<iri>`, from the sources' ids and the SHA-256 of their documents, in the order of
    the ids; several documents may be of one source. Raises OSError."""
    build, minter = f"{release[:-1]}/build>", Minter(base)
    with file.open("w", encoding="utf-8", newline="\n") as out:
        for source, documents in groupby(inputs, lambda pair: pair[0]):
            out.writelines(_lines(build, minter.source(source), {digest for _, digest in documents}))
    with file.open(encoding="utf-8", newline="\n") as lines:
        return hashed(lines)


def _lines(build: str, source: str, digests: set[bytes]) -> Iterator[str]:
    for digest in sorted(digests):
        name = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        document = iri(f"ni:///sha-256;{name}")
        yield f"{build} {full('prov:used')} {document} .\n"
        yield f"{document} {TYPE} {full('prov:Entity')} .\n"
        yield f"{document} {full('prov:specializationOf')} {source} .\n"
