"""The store of a release: what has changed since the one before, which may make it faster."""

from pathlib import Path

from onrecord.dataset import digests, registry
from onrecord.dataset.ledger import Ledger
from onrecord.dataset.merging import Merged
from onrecord.dataset.metadata import Description
from onrecord.dataset.packs import Packs
from onrecord.dataset.segments import Options
from onrecord.release import publication
from onrecord.store import Since, publish

_NOTE = "published"
_MOST = 4
"""More than a quarter of the sources: nobody asks what has changed of them, all is loaded."""


def make(quads: Path, folder: Path, options: Options, book: Ledger, kept: Packs, merged: Merged) -> None:
    """Make the store of the quads that were merged, in `folder`."""
    publish(quads, folder, merged.digest, since=_since(options, book, kept, merged))


def note_published(options: Options, book: Ledger, digest: str) -> None:
    """From here on sources count as changed against the release whose quads have this digest."""
    book.write_note(_NOTE, _published(options, digest))
    book.settle()


def _published(options: Options, digest: str) -> bytes:
    """What the next store may be made from: these quads, where the dataset says the same of itself."""
    return digests.of(digest, repr(options.settings)).encode()


def _since(options: Options, book: Ledger, kept: Packs, merged: Merged) -> Since | None:
    """What has changed since the latest release; None where that is not known, or most of it."""
    manifest = publication.read_manifest(options.out)
    quads = manifest.files.get("dataset.nq") if manifest else None
    digest = quads.sha256 if quads else ""
    changed = book.changed()
    if book.note(_NOTE) != _published(options, digest) or len(changed) * _MOST > book.totals().segments:
        return None
    minter = registry.minter(options.settings)
    described = Description(options.settings, minter.graph("metadata", "dataset"))
    before = {(kind, source) for source, kinds in changed.items() for kind in kinds}
    graphs = {described.name(kind, source): b"" for kind, source in before}
    now = set[tuple[str, str]]()
    for source, block in merged.of(changed):
        now.add((block.kind, source))
        graphs[described.name(block.kind, source)] = b"".join(kept.read([block]))
    store = (options.out / publication.LATEST).resolve() / "store"
    gone = "".join(described.lines(*graph) for graph in sorted(before - now))
    come = "".join(described.lines(*graph) for graph in sorted(now - before))
    return Since(store, digest, graphs, gone=gone.encode(), come=come.encode())
