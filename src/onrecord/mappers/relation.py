"""Relations between parties over a time."""

from onrecord.facts.fields import Record, several
from onrecord.facts.records import Relation
from onrecord.findings import Pointer
from onrecord.mappers.parts.facts import write_fact
from onrecord.mappers.parts.page import Page, Pen
from onrecord.mappers.parts.times import write_time
from onrecord.vocabulary.terms import CONCEPTS, onr


def write(page: Page, record: Relation, pointer: Pointer) -> None:
    """Write a relation that holds by the source's word."""
    node = page.node("relation", record, pointer)
    pen = write_fact(page, record, node, onr.Relation)
    content(page, pen, record, node, pointer, True)


def content(page: Page, pen: Pen, record: Record, node: str, pointer: Pointer, on_record: bool) -> None:
    """What a relation consists of."""
    assert isinstance(record, Relation)
    pen.link(node, onr.kind, CONCEPTS["relation-kind"].get(record.kind))
    for party in page.refs(record.between):
        pen.link(node, onr.party, party)
    pen.link(node, onr.relationOf, page.ref(record.of))
    for party in page.refs(several(record.towards)):
        pen.link(node, onr.towards, party)
    pen.text(node, onr.describedAs, record.described_as)
    pen.link(node, onr.duringStatus, page.ref(record.during_status))
    for cause in page.refs(several(record.caused_by)):
        pen.link(node, onr.causedBy, cause)
    for prop, time, field in (
        (onr.start, record.start, "start"),
        (onr.end, record.end, "end"),
        (onr.during, record.during, "during"),
    ):
        write_time(page, pen, node, prop, time, (*pointer, field))
