"""The times on a list, each with the days between which it began and between which it ended."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field

from onrecord.history.marks import FIRST, LAST, Mark
from onrecord.history.model import Bounds, Interval


def intervals_of(marks: Sequence[Mark]) -> list[Interval]:
    """The intervals that marks in order make. What is open has no latest end."""
    under_way = _UnderWay()
    for mark in marks:
        getattr(under_way, f"_{mark.kind}")(mark)
    if under_way.start is not None:
        under_way.close(Bounds(under_way.seen, None), None)
    return under_way.done


def _bounds(mark: Mark) -> Bounds:
    return Bounds(None if mark.first == FIRST else mark.first, None if mark.last == LAST else mark.last)


@dataclass
class _UnderWay:
    """The intervals so far: the one that is open, the last day known on the list and off it."""

    done: list[Interval] = field(default_factory=list)
    start: Bounds | None = None
    gained_by: str | None = None
    seen: datetime.date | None = None
    gone: datetime.date | None = None
    was_seen: bool = False

    def close(self, until: Bounds, lost_by: str | None) -> None:
        """End the interval that is open."""
        self.done.append(Interval(self.start or Bounds(), until, self.gained_by, lost_by))
        self.start, self.gained_by, self.was_seen = None, None, False

    def _joined(self, mark: Mark) -> None:
        bounds = _bounds(mark)
        if self.start is not None and self.was_seen:  # on the list before, and entered anew: it had left
            self.close(Bounds(self.seen, bounds.latest), None)
        if self.start is None:
            self.start, self.gained_by = bounds, mark.act
        else:  # two days for one beginning
            self.start = Bounds(self.start.earliest, bounds.latest)
        self.seen = bounds.latest

    def _has(self, mark: Mark) -> None:
        if self.start is None:
            self.start = Bounds(self.gone, mark.last)
        self.seen, self.was_seen = mark.last, True

    def _lacks(self, mark: Mark) -> None:
        if self.start is not None:
            self.close(Bounds(self.seen, mark.last), None)
        self.gone = mark.last

    def _left(self, mark: Mark) -> None:
        until = _bounds(mark)
        last = self.done[-1] if self.done else None
        if self.start is None and last is not None and self.gone == last.until.latest and last.until.latest:
            self.done[-1] = Interval(
                last.start, Bounds(last.until.earliest, until.latest), last.gained_by, last.lost_by
            )
        else:
            if self.start is None:
                self.start = Bounds(self.gone, None)
            self.close(until, mark.act)
        self.gone = until.latest
