"""A source: its title, its site, when it was published, and the text that it names by hash and length."""

from onrecord.facts.document import Source
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
