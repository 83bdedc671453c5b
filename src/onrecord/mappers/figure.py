"""Figures: counts and measures with qualifier and period, and how they stand to each other."""

from onrecord.facts.fields import several
from onrecord.facts.records import Figure
from onrecord.findings import Pointer
from onrecord.mappers.parts.facts import write_fact
from onrecord.mappers.parts.page import Page
from onrecord.mappers.parts.quantities import write_numbers
from onrecord.mappers.parts.times import write_time
from onrecord.vocabulary.terms import onr


def write(page: Page, record: Figure, pointer: Pointer) -> None:
    """Write a figure."""
    node = page.node("figure", record, pointer)
    pen = write_fact(page, record, node, onr.Figure)
    write_numbers(page, pen, record, node)
    pen.text(node, onr.counts, record.counts)
    for owner in page.refs(several(record.of)):
        (page.curated if record.of_curated else pen).link(node, onr.figureOf, owner)
    page.curation(node, record.of_curated, onr.figureOf)
    for prop, names in (
        (onr.disjointFrom, record.disjoint_from),
        (onr.mayOverlap, record.may_overlap),
        (onr.subsetOf, record.subset_of),
        (onr.place, record.place),
    ):
        for other in page.refs(several(names)):
            pen.link(node, prop, other)
    write_time(page, pen, node, onr.start, record.start, (*pointer, "start"))
    write_time(page, pen, node, onr.end, record.end, (*pointer, "end"))
