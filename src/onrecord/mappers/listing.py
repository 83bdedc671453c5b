"""Entries of official lists. Who is entered is a node by the list and its reference, which all snapshots of it share;
that they are entered is a designation of the snapshot."""

from collections.abc import Iterable
from urllib.parse import quote

from onrecord.facts.fields import Time, When
from onrecord.facts.listings import Address, Entry, IdentityPaper, ListedName
from onrecord.facts.records import Designation
from onrecord.findings import Pointer
from onrecord.mappers.parts.facts import write_fact
from onrecord.mappers.parts.minting import below, digest
from onrecord.mappers.parts.page import Page, Pen
from onrecord.mappers.parts.times import write_time
from onrecord.vocabulary.term import Property
from onrecord.vocabulary.terms import CONCEPTS, KINDS, onr, pso, rdfs, skos

_NAME_PART = "name-part"
_TEXTS: tuple[tuple[str, Property], ...] = (
    ("nationalities", onr.nationality),
    ("citizenships", onr.citizenship),
    ("titles", onr.nameTitle),
    ("positions", onr.listedPosition),
    ("remarks", onr.remark),
)
"""Fields of an entry that are texts, and nothing more."""
_OF_ADDRESS: tuple[tuple[str, Property], ...] = (
    ("street", onr.street),
    ("city", onr.city),
    ("region", onr.region),
    ("postcode", onr.postcode),
    ("country", onr.country),
    ("whole", onr.wholeAddress),
    ("note", onr.note),
)
_OF_PAPER: tuple[tuple[str, Property], ...] = (
    ("kind", onr.paperKind),
    ("number", onr.paperNumber),
    ("country", onr.issuedIn),
    ("city", onr.issuedAt),
    ("issued", onr.issued),
    ("expires", onr.expires),
    ("note", onr.note),
)


def write_entry(page: Page, record: Entry, pointer: Pointer) -> None:
    """Write an entry: who it is, and that the list has them. Nothing where the source is no list, which is a
    finding."""
    snapshot = page.snapshot
    if snapshot is None:
        return
    pen, node = page.asserted, page.minter.entry(snapshot.of, record.reference)
    page.origins[node] = pointer
    pen.type(node, KINDS["Designee"].get(record.kind, onr.Designee))
    pen.text(node, rdfs.label, record.name)
    pen.link(node, onr.entryOf, page.ref(snapshot.of))
    pen.text(node, onr.listReference, record.reference)
    for name in record.names:
        _write_name(pen, node, name)
    for field, prop in _TEXTS:
        for value in getattr(record, field):
            pen.text(node, prop, value)
    pen.text(node, onr.gender, record.gender)
    for time in record.births:
        write_time(page, pen, node, onr.birth, time, (*pointer, "births"), _digest_of_time(time))
    _write_parts(pen, node, onr.birthPlace, record.birth_places)
    _write_parts(pen, node, onr.address, record.addresses)
    _write_parts(pen, node, onr.identityPaper, record.papers)
    for particular in record.particulars:
        made = below(node, "particular", digest(particular))
        pen.link(node, onr.particular, made)
        pen.type(made, onr.Particular)
        pen.text(made, onr.particularName, particular.what)
        pen.text(made, onr.particularValue, particular.value)
    _write_designation(page, record, node, pointer)


def _write_designation(page: Page, record: Entry, node: str, pointer: Pointer) -> None:
    snapshot = page.snapshot
    assert snapshot is not None
    made = below(page.source, "designation", quote(record.reference, safe=""))
    page.origins[made] = pointer
    fact = Designation(subject=snapshot.of, kind=snapshot.designates, words=record.words)
    pen = write_fact(page, fact, made, onr.Designation)
    pen.link(made, onr.designee, node)
    pen.link(made, pso.withStatus, CONCEPTS["designation-kind"].get(snapshot.designates))
    pen.link(made, onr.onList, page.ref(snapshot.of))
    for programme in record.programmes:
        pen.text(made, onr.programme, programme)
    for basis in record.legal_basis:
        pen.text(made, onr.legalBasis, basis)
    for day in record.updated:
        pen.text(made, onr.lastUpdated, day)
    write_time(page, pen, made, onr.start, record.listed, (*pointer, "listed"))
    write_time(page, pen, made, onr.end, record.delisted, (*pointer, "delisted"))


def _write_name(pen: Pen, node: str, name: ListedName) -> None:
    made = below(node, "name", digest(name))
    pen.link(node, onr.nameForm, made)
    pen.type(made, onr.NameForm)
    pen.text(made, rdfs.label, name.text, name.lang)
    if name.kind is not None:
        pen.link(made, onr.kind, CONCEPTS["name-kind"].get(name.kind))
    if name.quality is not None:
        pen.link(made, onr.quality, CONCEPTS["name-quality"].get(name.quality))
    pen.text(made, onr.note, name.note)
    if name.kind != _NAME_PART:
        pen.text(node, skos.altLabel, name.text, name.lang)


def _write_parts(pen: Pen, node: str, prop: Property, records: Iterable[Address | IdentityPaper]) -> None:
    for record in records:
        paper = isinstance(record, IdentityPaper)
        made = below(node, "paper" if paper else "address", digest(record))
        pen.link(node, prop, made)
        pen.type(made, onr.IdentityPaper if paper else onr.Address)
        for field, part in _OF_PAPER if paper else _OF_ADDRESS:
            pen.text(made, part, getattr(record, field))


def _digest_of_time(time: Time) -> str:
    return digest(time if isinstance(time, When) else str(time))
