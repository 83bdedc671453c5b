"""Designations: a status that somebody holds under a jurisdiction, gained and lost through acts."""

from onrecord.facts.fields import Record, When, several
from onrecord.facts.records import Designation, Effect
from onrecord.findings import Pointer
from onrecord.mappers.parts.facts import write_fact
from onrecord.mappers.parts.minting import below, digest
from onrecord.mappers.parts.page import Page, Pen
from onrecord.mappers.parts.quantities import write_amount
from onrecord.mappers.parts.times import write_time
from onrecord.vocabulary.terms import CONCEPTS, onr, pso, rdfs


def write(page: Page, record: Designation, pointer: Pointer) -> None:
    """Write a designation on record."""
    node = page.node("designation", record, pointer)
    pen = write_fact(page, record, node, onr.Designation)
    content(page, pen, record, node, pointer, True)
    for bound, prop in ((record.start, pso.isAcquiredAsConsequenceOf), (record.end, pso.isLostAsConsequenceOf)):
        if isinstance(bound, When):
            own = page.curated if bound.act_curated else pen
            own.link(node, prop, page.ref(bound.act))
            page.curation(node, bound.act_curated, prop)


def content(page: Page, pen: Pen, record: Record, node: str, pointer: Pointer, on_record: bool) -> None:
    """What a designation consists of. A proposition does without the terms that other vocabularies read as status."""
    assert isinstance(record, Designation)
    for subject in page.refs(several(record.subject)):
        pen.link(node, onr.designee, subject)
    pen.link(node, pso.withStatus if on_record else onr.kind, CONCEPTS["designation-kind"].get(record.kind))
    pen.text(node, onr.called, record.called)
    pen.link(node, onr.jurisdiction, page.ref(record.jurisdiction))
    pen.link(node, onr.authority, page.ref(record.authority))
    on_list = page.curated if record.on_list_curated else pen
    on_list.link(node, onr.onList, page.ref(record.on_list))
    page.curation(node, record.on_list_curated, onr.onList)
    write_time(page, pen, node, onr.start, record.start, (*pointer, "start"))
    write_time(page, pen, node, onr.end, record.end, (*pointer, "end"))
    write_time(page, pen, node, onr.during, record.during, (*pointer, "during"))
    write_amount(page, pen, node, onr.lasted, record.lasted)
    if on_record:
        for index, effect in enumerate(record.effects):
            _write_effect(page, pen, record, node, effect, (*pointer, "effects", index))


def _write_effect(page: Page, pen: Pen, record: Designation, node: str, effect: Effect, pointer: Pointer) -> None:
    """An effect is a fact of its own: it has words, and shares its designation's word-givers."""
    made = below(node, "effect", digest(effect.what))
    page.origins[made] = pointer
    sourced = Designation(
        subject=record.subject,
        kind=record.kind,
        words=effect.words or record.words,
        according_to=record.according_to,
        curated=record.curated,
    )
    write_fact(page, sourced, made, onr.LegalEffect)
    pen.link(node, onr.effect, made)
    pen.text(made, rdfs.label, effect.what)
