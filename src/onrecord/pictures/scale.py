"""Days along an axis: where a day lies, and which years are written."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from onrecord.pictures.picture import Picture

_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000)
"""Years between two that are written."""
_FIRST_YEAR, _LAST_YEAR = datetime.MINYEAR, datetime.MAXYEAR


class Tick(NamedTuple):
    """A year that is written, and where its first day lies: from 0 to 1."""

    year: int
    place: float


@dataclass(frozen=True)
class Scale:
    """Whole years from the first to the last."""

    first: datetime.date
    last: datetime.date

    @property
    def days(self) -> int:
        """How many days it has."""
        return self.last.toordinal() - self.first.toordinal() + 1

    def place(self, day: datetime.date) -> float:
        """Where a day begins, from 0 to 1; days beyond an end lie at it."""
        return min(1.0, max(0.0, (day.toordinal() - self.first.toordinal()) / self.days))

    def end_of(self, day: datetime.date) -> float:
        """Where a day ends, from 0 to 1."""
        return min(1.0, max(0.0, (day.toordinal() + 1 - self.first.toordinal()) / self.days))

    def ticks(self, most: int) -> list[Tick]:
        """The years to write, `most` of them at the most: each, or each second, fifth, tenth …"""
        years = range(self.first.year, self.last.year + 1)
        for step in _STEPS:
            chosen = [year for year in years if year % step == 0]
            if len(chosen) <= most:
                break
        return [Tick(year, self.place(datetime.date(max(year, 1), 1, 1))) for year in chosen]


def scale_of(picture: Picture) -> Scale:
    """A scale that has every day of a picture, and room for what goes on before the first and after the last."""
    days = sorted(_days(picture))
    if not days:
        return Scale(datetime.date(2000, 1, 1), datetime.date(2000, 12, 31))
    first, last = days[0].year, days[-1].year
    room = max(1, (last - first) // 12)
    return Scale(
        datetime.date(max(_FIRST_YEAR, first - room), 1, 1), datetime.date(min(_LAST_YEAR, last + room), 12, 31)
    )


def _days(picture: Picture) -> Iterator[datetime.date]:
    if picture.marker:
        yield from picture.marker[:2]
    for lane in picture.lanes:
        for period in lane.periods:
            yield from (day for day in (period.first, period.last) if day)
