"""What every fact carries: its type, words, source, chain of attribution, and a curator's reason."""

from typing import Protocol

from onrecord.facts.fields import Curated, Words, several
from onrecord.mappers.parts.attribution import Link, curated_chain, relayed, write_chain
from onrecord.mappers.parts.evidence import write_words
from onrecord.mappers.parts.page import Page, Pen
from onrecord.vocabulary.term import Class
from onrecord.vocabulary.terms import prov


class Sourced(Protocol):
    """A record that rests on words and on somebody's word."""

    @property
    def words(self) -> Words | None: ...
    @property
    def according_to(self) -> str | list[str] | None: ...
    @property
    def curated(self) -> Curated | None: ...


def write_fact(page: Page, record: Sourced, node: str, cls: Class, chain: list[Link] | None = None) -> Pen:
    """Write what all facts have, and give back the pen for the rest. `chain` is for facts with speakers of their
    own."""
    curated = record.curated or page.fact_curation
    pen = page.pen(curated)
    pen.type(node, cls)
    pen.link(node, prov.wasDerivedFrom, page.source)
    write_words(page, pen, node, record.words)
    if page.chain:
        links = chain or relayed(page, page.refs(several(record.according_to)))
        write_chain(page, pen, node, curated_chain(page, links, bool(record.words)) if record.curated else links)
    page.curation(node, curated)
    return pen
