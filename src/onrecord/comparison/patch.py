"""RDF Patch (https://afs.github.io/rdf-patch/): what is to be deleted and added to make the one dataset the other."""

import hashlib
from collections.abc import Iterable, Iterator

from onrecord.comparison.lines import Piece


def lines(pieces: Iterable[Piece], before: str, now: str) -> Iterator[bytes]:
    """The lines of the patch that makes the dataset with one SHA-256 that with another.

    `id` is made from the digest of what the patch leads to, `prev` from that of what it is applied to, so that patches
    chain: no clock, and no random number. Nothing is held: the lines come as the files are read.
    """
    yield f"H id {_named(now)} .\nH prev {_named(before)} .\nTX .\n".encode()
    for _, removed, added in pieces:
        yield b"".join([b"D %b\n" % line for line in removed] + [b"A %b\n" % line for line in added])
    yield b"TC .\n"


def _named(digest: str) -> str:
    """A name for a dataset: a UUID of version 8 (RFC 9562, section 5.8), whose bits are those of a hash."""
    made = hashlib.sha256(f"dataset {digest}".encode()).hexdigest()
    variant = "89ab"[int(made[16], 16) % 4]
    return f"<urn:uuid:{made[:8]}-{made[8:12]}-8{made[13:16]}-{variant}{made[17:20]}-{made[20:32]}>"
