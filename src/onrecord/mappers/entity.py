"""Organizations, persons, places, posts and lists: who and what facts are about."""

from onrecord.facts.entities import DesignationList, Entity, Name, Organization, Person, Place, Post
from onrecord.facts.fields import several
from onrecord.findings import Pointer
from onrecord.mappers.parts.attribution import relayed, write_chain
from onrecord.mappers.parts.evidence import write_words
from onrecord.mappers.parts.identity import write_link, write_same
from onrecord.mappers.parts.page import Page, Pen
from onrecord.mappers.parts.quantities import write_amount
from onrecord.vocabulary.term import Class
from onrecord.vocabulary.terms import CONCEPTS, KINDS, onr, org, owl, prov, rdfs, skos


def _begin(page: Page, record: Entity, cls: Class, pointer: Pointer) -> tuple[Pen, str]:
    node = page.names[record.id]
    page.origins[node] = pointer
    pen = page.pen(record.curated)
    pen.type(node, cls)
    _write_names(page, pen, record, node)
    write_words(page, pen, node, record.words)
    if record.words:
        pen.link(node, prov.wasDerivedFrom, page.source)
        write_chain(page, pen, node, relayed(page, page.refs(several(record.according_to))))
    page.curation(node, record.curated)
    write_same(page, record.same_as, node, pointer)
    for index, other in enumerate(record.not_same_as):
        write_link(page, owl.differentFrom, other, node, (*pointer, "not_same_as", index))
    return pen, node


def _write_names(page: Page, pen: Pen, record: Entity, node: str) -> None:
    for prop, name in ((rdfs.label, record.name), *((skos.altLabel, other) for other in record.other_names)):
        if isinstance(name, Name):
            page.pen(name.curated).text(node, prop, name.text, name.lang)
            page.curation(node, name.curated, prop)
        else:
            pen.text(node, prop, name)


def write_organization(page: Page, record: Organization, pointer: Pointer) -> None:
    """Write an organization."""
    cls = KINDS["Organization"].get(record.kind, onr.Organization)
    pen, node = _begin(page, record, cls, pointer)
    pen.text(node, onr.code, record.code)
    pen.link(node, onr.partOf, page.ref(record.part_of))
    state_pen = page.pen(record.curated or record.state_curated)
    state_pen.link(node, onr.state, page.ref(record.state))
    page.curation(node, record.state_curated, onr.state)
    pen.text(node, onr.describedAs, record.described_as)


def write_person(page: Page, record: Person, pointer: Pointer) -> None:
    """Write a person, or a group of persons. Who has no name is labelled with the role."""
    pen, node = _begin(page, record, onr.PersonGroup if record.group else onr.Person, pointer)
    if record.name is None:
        pen.text(node, rdfs.label, record.role)
    pen.text(node, onr.knownByRole, record.role)
    pen.text(node, onr.anonymityReason, record.anonymous)
    for group in page.refs(several(record.member_of)):
        pen.link(node, onr.memberOf, group)
    write_amount(page, pen, node, onr.number, record.number)


def write_place(page: Page, record: Place, pointer: Pointer) -> None:
    """Write a place."""
    pen, node = _begin(page, record, onr.Place, pointer)
    pen.link(node, onr.kind, CONCEPTS["place-kind"].get(record.kind))
    within = page.pen(record.curated or record.within_curated)
    within.link(node, onr.within, page.ref(record.within))
    page.curation(node, record.within_curated, onr.within)


def write_post(page: Page, record: Post, pointer: Pointer) -> None:
    """Write a post."""
    pen, node = _begin(page, record, onr.Post, pointer)
    pen.link(node, org.postIn, page.ref(record.organization))


def write_list(page: Page, record: DesignationList, pointer: Pointer) -> None:
    """Write a list of designated parties."""
    pen, node = _begin(page, record, onr.DesignationList, pointer)
    pen.link(node, onr.kind, CONCEPTS["designation-kind"].get(record.kind))
    pen.link(node, onr.jurisdiction, page.ref(record.jurisdiction))
    pen.link(node, onr.authority, page.ref(record.authority))
