"""Facts → triples: which field feeds which property. Datatypes are the vocabulary's, IRIs the minter's.

A new kind of fact is one file and one line in `MAPPERS`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Never

from onrecord.facts.document import Document, Registry
from onrecord.facts.texts import Text
from onrecord.findings import Pointer
from onrecord.index import Index
from onrecord.mappers import (
    designation,
    entity,
    event,
    figure,
    listing,
    naming,
    prosecution,
    recognition,
    relation,
    source,
    statement,
)
from onrecord.mappers.parts.minting import KIND_OF_SECTION, Minter, below
from onrecord.mappers.parts.page import Content, Page
from onrecord.ntriples import Triple

SectionMapper = Callable[[Page, Never, Pointer], None]
"""Writes one record of a section. Each takes its own record type, which the document guarantees."""

MAPPERS: dict[str, SectionMapper] = {
    "organizations": entity.write_organization,
    "people": entity.write_person,
    "places": entity.write_place,
    "posts": entity.write_post,
    "lists": entity.write_list,
    "mentions": naming.write_mention,
    "tenures": naming.write_tenure,
    "designations": designation.write,
    "acts": event.write_act,
    "recognitions": recognition.write,
    "events": event.write,
    "relations": relation.write,
    "statements": statement.write,
    "figures": figure.write,
    "prosecutions": prosecution.write,
    "entries": listing.write_entry,
}
"""The mapper of each section of a facts file."""

CONTENTS: dict[str, Content] = {
    "designation": designation.content,
    "recognition": recognition.content,
    "relation": relation.content,
    "event": event.content,
    "statement": statement.content,
}
"""The mapper of what each kind of proposition holds."""


@dataclass(frozen=True)
class Mapped:
    """What one source says, and what curators add to it, by node; and the pointer of the record that each node came
    from; `links` has those of curators' links."""

    asserted: Index
    curated: Index
    origins: Mapping[str, Pointer]
    links: Mapping[Triple, Pointer]


def local_names(document: Document | Registry, minter: Minter, source_id: str) -> dict[str, str]:
    """The IRI of every id that a document gives: in the registry's namespace, or in the source's own."""
    names: dict[str, str] = {}
    shared = isinstance(document, Registry)
    root = minter.source(source_id)
    for section in MAPPERS:
        for record in getattr(document, section, ()):
            name = getattr(record, "id", None)
            if name:
                names[name] = minter.entity(section, name) if shared else below(root, KIND_OF_SECTION[section], name)
    return names


def local_labels(document: Document | Registry, names: Mapping[str, str]) -> dict[str, str]:
    """What to call the entities of a document, by their IRIs: their name, or the role that they are known by."""
    labels: dict[str, str] = {}
    for section in MAPPERS:
        for record in getattr(document, section, ()):
            called = getattr(record, "name", None) or getattr(record, "role", None)
            if called and getattr(record, "id", None):
                labels[names[record.id]] = called if isinstance(called, str) else called.text
    return labels


def map_document(
    document: Document | Registry,
    source_id: str,
    minter: Minter,
    shared_names: Mapping[str, str],
    shared_labels: Mapping[str, str],
    language: str,
    text: Text | None = None,
    kept: Mapping[str, Sequence[int]] | None = None,
) -> Mapped:
    """Map one document.

    `shared_names` are the registry's ids with their IRIs, `shared_labels` what to call these; ids that stand for
    nothing are left out (they have been findings before). `kept` gives the place in the file of each record of a
    section, where broken ones were left out.
    """
    names = {**shared_names, **local_names(document, minter, source_id)}
    labels = {**shared_labels, **local_labels(document, names)}
    page = Page(minter, minter.source(source_id), names, labels, language, text=text, contents=CONTENTS)
    if isinstance(document, Document):
        page.asserted.language = page.curated.language = document.source.language
        page.chain = tuple(page.refs([document.source.site]))
        page.snapshot = document.source.snapshot
        source.write(page, document.source)
    else:
        page.chain = (minter.curator(),)
        page.fact_curation = document.curated
    for section, write in MAPPERS.items():
        places = (kept or {}).get(section)
        for index, record in enumerate(getattr(document, section, ())):
            write(page, record, (section, places[index] if places else index))
    return Mapped(page.asserted.index, page.curated.index, page.origins, page.links)
