"""Recognition of a party as a government or as legitimate."""

from onrecord.facts.fields import Record
from onrecord.facts.records import Recognition
from onrecord.findings import Pointer
from onrecord.mappers.parts.facts import write_fact
from onrecord.mappers.parts.page import Page, Pen
from onrecord.mappers.parts.times import write_time
from onrecord.vocabulary.terms import CONCEPTS, onr


def write(page: Page, record: Recognition, pointer: Pointer) -> None:
    """Write a recognition on record."""
    node = page.node("recognition", record, pointer)
    pen = write_fact(page, record, node, onr.Recognition)
    content(page, pen, record, node, pointer, True)


def content(page: Page, pen: Pen, record: Record, node: str, pointer: Pointer, on_record: bool) -> None:
    """What a recognition consists of."""
    assert isinstance(record, Recognition)
    pen.link(node, onr.kind, CONCEPTS["recognition-kind"].get(record.kind))
    pen.link(node, onr.recognized, page.ref(record.of))
    pen.link(node, onr.recognizer, page.ref(record.by))
    write_time(page, pen, node, onr.start, record.start, (*pointer, "start"))
    write_time(page, pen, node, onr.end, record.end, (*pointer, "end"))
