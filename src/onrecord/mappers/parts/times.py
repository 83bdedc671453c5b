"""Times as vague as their source leaves them, with the days that follow and what each of these rests on."""

import datetime

from onrecord.facts.dates import bounds
from onrecord.facts.fields import Time, When
from onrecord.findings import Pointer
from onrecord.mappers.parts.evidence import write_words
from onrecord.mappers.parts.minting import below
from onrecord.mappers.parts.page import Page, Pen
from onrecord.vocabulary.term import Property
from onrecord.vocabulary.terms import CONCEPTS, onr

_BASIS = CONCEPTS["bound-basis"]


def write_time(
    page: Page, pen: Pen, owner: str, prop: Property, time: Time | None, pointer: Pointer, which: str | None = None
) -> None:
    """The time of `owner`, or one of several (`which`). What a curator adds to it is written with the curator's pen."""
    if time is None:
        return
    when = time if isinstance(time, When) else When(date=time)
    node = below(owner, prop.name) if which is None else below(owner, prop.name, which)
    page.origins[node] = pointer
    pen.link(owner, prop, node)
    pen.type(node, onr.VagueTime)
    pen.text(node, onr.asSaid, when.said)
    if when.after is not None:
        pen.link(node, onr.after, page.ref(when.after))
    page.pen(when.act_curated).link(node, onr.causedBy, page.ref(when.act))
    page.curation(node, when.act_curated, onr.causedBy)
    _write_dates(pen, node, when.date, when.earliest, when.latest, "stated")
    write_words(page, pen, node, when.words)
    if when.curated:
        added = when.curated
        _write_dates(page.curated, node, added.date, added.earliest, added.latest, "curated")
        page.curation(node, added, onr.edtf, onr.earliest, onr.latest)


def _write_dates(
    pen: Pen, node: str, date: str | int | None, earliest: str | int | None, latest: str | int | None, basis: str
) -> None:
    first = last = None
    derived = basis
    if date is not None:
        pen.text(node, onr.edtf, date)
        first, last = bounds(str(date))
        if basis == "stated" and first != last:
            derived = "derived"
    _write_bound(pen, node, onr.earliest, onr.earliestBasis, first, derived, _first(earliest), basis)
    _write_bound(pen, node, onr.latest, onr.latestBasis, last, derived, _last(latest), basis)


def _write_bound(
    pen: Pen,
    node: str,
    prop: Property,
    basis_prop: Property,
    followed: datetime.date | None,
    followed_basis: str,
    given: datetime.date | None,
    given_basis: str,
) -> None:
    """One bound: the one that is given goes before the one that follows from the date."""
    day, basis = (given, given_basis) if given else (followed, followed_basis)
    if day:
        pen.text(node, prop, day.isoformat())
        pen.link(node, basis_prop, _BASIS[basis])


def _first(date: str | int | None) -> datetime.date | None:
    return None if date is None else bounds(str(date))[0]


def _last(date: str | int | None) -> datetime.date | None:
    return None if date is None else bounds(str(date))[1]
