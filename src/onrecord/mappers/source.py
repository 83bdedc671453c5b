"""A source: its title, its site, when it was published, the text that it names by hash and length; of a list, its
day."""

from onrecord.facts.document import Source
from onrecord.facts.listings import Snapshot
from onrecord.mappers.parts.minting import below
from onrecord.mappers.parts.page import Page
from onrecord.mappers.parts.times import write_time
from onrecord.ntriples import iri
from onrecord.vocabulary.terms import KINDS, dcterms, onr, rdfs, schema


def write(page: Page, source: Source) -> None:
    """Write the source's own triples."""
    pen, node = page.asserted, page.source
    page.origins[node] = ("source",)
    pen.type(node, KINDS["Source"].get(source.kind, onr.Source))
    pen.text(node, dcterms.title, source.title)
    pen.text(node, rdfs.label, source.title)
    pen.text(node, dcterms.language, source.language)
    pen.link(node, dcterms.publisher, page.ref(source.site))
    if source.url:
        pen.link(node, schema.url, iri(source.url))
    pen.text(node, onr.textSha256, source.text.sha256)
    pen.text(node, onr.textLength, source.text.chars)
    write_time(page, pen, node, onr.published, source.published, ("source", "published"))
    if source.snapshot is not None:
        _write_snapshot(page, source.snapshot)


def _write_snapshot(page: Page, snapshot: Snapshot) -> None:
    """Which list the source is, of which day, and the files that it came in."""
    pen, node = page.asserted, page.source
    pen.link(node, onr.snapshotOf, page.ref(snapshot.of))
    pen.text(node, onr.asOf, snapshot.as_of)
    pen.text(node, onr.isComplete, str(snapshot.complete).lower())
    for number, part in enumerate(snapshot.parts, 1):
        made = below(node, "file", number)
        pen.link(node, onr.file, made)
        pen.type(made, onr.File)
        pen.text(made, onr.fileName, part.name)
        pen.text(made, onr.fileSha256, part.sha256)
        pen.text(made, onr.fileLength, part.chars)
