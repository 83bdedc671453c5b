"""A lane as cells of equal width: what a terminal, which knows no halves, can show of it."""

import datetime
from collections.abc import Iterator
from typing import NamedTuple

from onrecord.history import Period, Status
from onrecord.pictures.picture import Lane
from onrecord.pictures.scale import Scale

Strip = list[Status]
"""One status a cell; "no evidence" where nothing is known of most of its days."""

_PROMINENT: tuple[Status, ...] = ("sources disagree", "listed", "uncertain", "not listed")
"""Who gets a cell that several periods need, each shorter than a cell."""


class _Span(NamedTuple):
    """A period in days of the scale: from the first to before the last."""

    start: int
    end: int
    status: Status


def strips(lane: Lane, scale: Scale, width: int) -> Strip:
    """The lane in `width` cells, one at least.

    A cell has the status of most of its days. A period that would get none by that rule has the cell in which its
    middle lies, so that no change is hidden by the width of a terminal; where several need the same cell, the one that
    a reader must not miss.
    """
    spans = list(_spans(lane.periods, scale))
    edges = [scale.days * number // width for number in range(width + 1)]
    cells = [_most(spans, edges[number], edges[number + 1]) for number in range(width)]
    shown = [None if chosen is None else chosen.status for chosen in cells]
    missing = [span for span in spans if span not in cells]
    for span in sorted(missing, key=lambda span: _PROMINENT.index(span.status), reverse=True):
        middle = (span.start + span.end - 1) // 2
        shown[min(width - 1, middle * width // scale.days)] = span.status
    return ["no evidence" if status is None else status for status in shown]


def _spans(periods: tuple[Period, ...], scale: Scale) -> Iterator[_Span]:
    start = scale.first.toordinal()
    for period in periods:
        if period.status == "no evidence":
            continue
        first = max(0, _ordinal(period.first, start) - start)
        last = min(scale.days, _ordinal(period.last, scale.last.toordinal()) + 1 - start)
        if first < last:
            yield _Span(first, last, period.status)


def _ordinal(day: datetime.date | None, otherwise: int) -> int:
    return otherwise if day is None else day.toordinal()


def _most(spans: list[_Span], start: int, end: int) -> _Span | None:
    """Who has most of the days from `start` to before `end`; None where most are nobody's."""
    held = [(min(span.end, end) - max(span.start, start), span) for span in spans if span.start < end > start]
    days, best = max(held, key=lambda each: each[0], default=(0, None))
    unheld = end - start - sum(max(0, length) for length, _ in held)
    return best if days > 0 and days >= unheld else None
