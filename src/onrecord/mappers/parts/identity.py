"""Who is one with whom, and who is not: always a curator's word."""

from collections.abc import Sequence

from onrecord.facts.entities import Link, SameAs
from onrecord.facts.fields import Curation
from onrecord.findings import Pointer
from onrecord.mappers.parts.page import Page
from onrecord.ntriples import iri
from onrecord.vocabulary.term import Property
from onrecord.vocabulary.terms import owl, skos


def write_same(page: Page, links: Sequence[SameAs], node: str, pointer: Pointer) -> None:
    """Write what is one with `node`, or close to it, by the field `same_as` of the record at `pointer`."""
    for index, link in enumerate(links):
        write_link(page, owl.sameAs if link.exact else skos.closeMatch, link, node, (*pointer, "same_as", index))


def write_link(page: Page, prop: Property, link: Link, node: str, pointer: Pointer) -> None:
    """Write one link, and the curator's reason for it."""
    target = iri(link.iri) if link.iri else page.minter.entry(*str(link.entry).split("/", 1))
    page.links[node, prop.plain, target] = pointer
    page.curated.link(node, prop, target)
    page.curation(node, Curation(reason=link.reason, source=link.source), prop)
