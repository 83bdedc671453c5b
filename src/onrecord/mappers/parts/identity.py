"""Links to the same thing elsewhere: another dataset, or another source."""

from onrecord.facts.entities import SameAs
from onrecord.facts.fields import Curation
from onrecord.mappers.parts.page import Page
from onrecord.ntriples import iri
from onrecord.vocabulary.terms import owl, skos


def write_identity(page: Page, link: SameAs, node: str) -> None:
    """A link to another dataset is always a curator's word."""
    prop = owl.sameAs if link.exact else skos.closeMatch
    page.curated.link(node, prop, iri(link.iri))
    page.curation(node, Curation(reason=link.reason, source=link.source), prop)
