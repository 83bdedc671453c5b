"""Statements and what they assert, deny, ask, predict or suppose: propositions, which are never facts of the graph."""

from collections.abc import Sequence

from onrecord.facts.fields import Record, several
from onrecord.facts.records import Proposition, Statement
from onrecord.findings import Pointer
from onrecord.mappers.parts.attribution import spoken
from onrecord.mappers.parts.evidence import write_words
from onrecord.mappers.parts.facts import write_fact
from onrecord.mappers.parts.minting import below, digest
from onrecord.mappers.parts.page import Page, Pen
from onrecord.mappers.parts.times import write_time
from onrecord.vocabulary.term import Class
from onrecord.vocabulary.terms import CONCEPTS, onr, prov

_FORCES = {
    "asserts": onr.asserts,
    "denies": onr.denies,
    "asks": onr.asks,
    "predicts": onr.predicts,
    "supposes": onr.supposes,
}
_CLASSES: dict[str, Class] = {
    "designation": onr.DesignationProposition,
    "recognition": onr.RecognitionProposition,
    "relation": onr.RelationProposition,
    "event": onr.EventProposition,
    "statement": onr.StatementProposition,
}


def write(page: Page, record: Statement, pointer: Pointer) -> None:
    """Write a statement that the source reports."""
    node = page.node("statement", record, pointer)
    via = page.refs([*several(record.via), *several(record.according_to)])
    chain = spoken(page, via, page.refs(several(record.speaker)), several(record.mode), page.ref(record.medium))
    pen = write_fact(page, record, node, onr.Statement, chain)
    if record.quote:
        pen.link(node, prov.wasQuotedFrom, page.source)
    content(page, pen, record, node, pointer, True)


def content(page: Page, pen: Pen, record: Record, node: str, pointer: Pointer, on_record: bool) -> None:
    """What a statement consists of."""
    assert isinstance(record, Statement)
    for prop, names in (
        (onr.speaker, record.speaker),
        (onr.addressee, record.to),
        (onr.medium, record.medium),
        (onr.about, record.about),
        (onr.follows, record.follows),
    ):
        for other in page.refs(several(names)):
            pen.link(node, prop, other)
    _write_concepts(pen, node, record)
    write_words(page, pen, node, record.quote, onr.quotation)
    write_time(page, pen, node, onr.when, record.when, (*pointer, "when"))
    for field, prop in _FORCES.items():
        for index, proposition in enumerate(getattr(record, field)):
            made = below(node, field, digest(proposition))
            pen.link(node, prop, made)
            claimed = several(record.speaker) if on_record and field == "asserts" else []
            _write_proposition(page, pen, proposition, made, (*pointer, field, index), claimed)


def _write_concepts(pen: Pen, node: str, record: Statement) -> None:
    for scheme, prop, slugs in (
        ("venue", onr.venue, several(record.venue)),
        ("statement-mode", onr.mode, several(record.mode)),
        ("attitude", onr.attitude, several(record.attitude)),
    ):
        for slug in slugs:
            pen.link(node, prop, CONCEPTS[scheme].get(slug))


def _write_proposition(
    page: Page, pen: Pen, record: Proposition, node: str, pointer: Pointer, speakers: Sequence[str]
) -> None:
    """A proposition. A designation that its speaker claims to hold is a class of its own."""
    page.origins[node] = pointer
    pen.link(node, onr.readingOf, page.ref(record.reading_of))
    write_words(page, pen, node, record.words)
    for about in page.refs(several(record.about)):
        pen.link(node, onr.about, about)
    if record.text is not None:
        pen.type(node, onr.TextProposition)
        pen.text(node, onr.content, record.text)
    for kind, cls in _CLASSES.items():
        held = getattr(record, kind)
        if held is not None:
            concerned = record.designation and set(several(record.designation.subject)) & set(speakers)
            pen.type(node, onr.ClaimedDesignation if concerned else cls)
            write_words(page, pen, node, held.words)
            page.contents[kind](page, pen, held, node, (*pointer, kind), False)
