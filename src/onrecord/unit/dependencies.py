"""What of the registry a segment depends on, so that it is built again when that changes, and not before."""

from onrecord.facts.document import Document, Registry
from onrecord.facts.survey import Survey
from onrecord.index import Index
from onrecord.mappers.parts.minting import Minter
from onrecord.unit.segment import EVERYTHING
from onrecord.vocabulary.term import TYPE
from onrecord.vocabulary.terms import owl, skos

_VOCABULARY = "<https://w3id.org/onrecord/"


def uses(found: Survey, whole: Index, minter: Minter, document: Document | Registry) -> frozenset[str]:
    """The ids that a source refers to or gives, and the addresses (`<…>`) of others that it names, which the registry
    may know as one of its own; EVERYTHING where it says that a thing of its own is one with another. A list uses what
    the registry links to its entries: that has one name for all of them (`Minter.entries`).

    `whole` is all that was mapped of the document.
    """
    here = (f"<{minter.base}", _VOCABULARY)
    addresses: set[str] = set()
    if isinstance(document, Document) and document.source.snapshot is not None:
        addresses.add(minter.entries(document.source.snapshot.of))
    for description in whole.values():
        for prop, values in description.items():
            if prop == owl.sameAs.plain:
                return EVERYTHING
            if prop != TYPE.plain:
                linked = prop in (skos.closeMatch.plain, owl.differentFrom.plain)
                addresses.update(v for v in values if v[0] == "<" and (linked or not v.startswith(here)))
    return frozenset(found.references.union(found.given, found.lists, addresses))
