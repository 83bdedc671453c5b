"""Prosecutions and the sentences passed in them."""

from onrecord.facts.fields import several
from onrecord.facts.records import Prosecution, Sentence
from onrecord.findings import Pointer
from onrecord.mappers.parts.evidence import write_words
from onrecord.mappers.parts.facts import write_fact
from onrecord.mappers.parts.minting import below, digest
from onrecord.mappers.parts.page import Page, Pen
from onrecord.mappers.parts.quantities import write_amount
from onrecord.mappers.parts.times import write_time
from onrecord.vocabulary.terms import CONCEPTS, onr


def write(page: Page, record: Prosecution, pointer: Pointer) -> None:
    """Write a prosecution."""
    node = page.node("prosecution", record, pointer)
    pen = write_fact(page, record, node, onr.Prosecution)
    pen.link(node, onr.prosecuted, page.ref(record.of))
    pen.link(node, onr.prosecutor, page.ref(record.by))
    pen.text(node, onr.charge, record.charge)
    pen.text(node, onr.over, record.over)
    for party in page.refs(several(record.over_whom)):
        pen.link(node, onr.concerns, party)
    for outcome in several(record.outcome):
        pen.link(node, onr.outcome, CONCEPTS["prosecution-outcome"].get(outcome))
    for figure in page.refs(several(record.figure)):
        pen.link(node, onr.countedBy, figure)
    pen.link(node, onr.place, page.ref(record.place))
    write_time(page, pen, node, onr.when, record.when, (*pointer, "when"))
    for index, sentence in enumerate(record.sentences):
        _write_sentence(page, pen, sentence, node, (*pointer, "sentences", index))


def _write_sentence(page: Page, pen: Pen, record: Sentence, node: str, pointer: Pointer) -> None:
    made = below(node, "sentence", digest(record))
    page.origins[made] = pointer
    pen.link(node, onr.sentence, made)
    pen.type(made, onr.Sentence)
    pen.link(made, onr.kind, CONCEPTS["sentence-kind"].get(record.kind))
    pen.text(made, onr.servedIn, record.served_in)
    write_amount(page, pen, made, onr.length, record.length)
    write_words(page, pen, made, record.words)
