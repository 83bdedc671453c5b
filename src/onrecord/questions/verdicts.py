"""From time lines to an answer: what holds on the days that are asked about, and which of several lists decides.

Timeline ── on_days ──► Verdict of one list ── deciding ──► the verdict of a jurisdiction
"""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from onrecord.errors import QueryError
from onrecord.facts import dates
from onrecord.history import Bounds, Period, Status, Timeline

_DAY = datetime.timedelta(days=1)
_NOTHING = "no source says anything of that time"
ORDER: tuple[Status, ...] = ("listed", "sources disagree", "uncertain", "not listed", "no evidence")
"""Of several lists of a jurisdiction, the one decides whose answer comes first here: to be on one is to be listed; and
nobody is said to be off all lists while one of them leaves it open."""


class Days(NamedTuple):
    """The days that are asked about, both included, and how they were written."""

    first: datetime.date
    last: datetime.date
    text: str

    @property
    def told(self) -> str:
        """For a sentence: on 2010-01-01; throughout 2003 (2003-01-01 to 2003-12-31)."""
        if self.first == self.last:
            return f"on {self.first}"
        return f"throughout {self.text} ({self.first} to {self.last})"


class Stretch(NamedTuple):
    """Consecutive days among those asked about, and the period that holds on them."""

    first: datetime.date
    last: datetime.date
    period: Period


@dataclass(frozen=True)
class Verdict:
    """What one list says of the days: the answer, why, and the stretches that it is made of."""

    answer: Status
    reason: str
    stretches: tuple[Stretch, ...]

    @property
    def evidence(self) -> tuple[str, ...]:
        """The designations, snapshots and acts that the answer rests on, each once; what began or ended it last."""
        periods = [stretch.period for stretch in self.stretches]
        acts = [act for period in periods for act in (period.gained_by, period.lost_by) if act]
        return tuple(dict.fromkeys([*(node for period in periods for node in period.evidence), *acts]))


def days_of(text: str) -> Days:
    """The days of a date in EDTF. Raises QueryError for what is no date, or has no first and last day (2003~)."""
    hint = f"write {dates.EXAMPLES}"
    try:
        first, last = dates.bounds(text.strip())
    except ValueError as error:
        raise QueryError(f"{text[:40]!r} is no date", hint=hint) from error
    if first is None or last is None:
        raise QueryError(
            f"{text[:40]!r} has no first and last day", hint="write the days that you mean: 2002/2004, 2003-05"
        )
    return Days(first, last, text.strip())


def on_days(timeline: Timeline, days: Days) -> Verdict:
    """What holds on all of the days; "uncertain" where it differs from day to day, with what holds when."""
    stretches = tuple(_stretches(timeline.periods, days))
    answers = dict.fromkeys(stretch.period.status for stretch in stretches)
    if len(answers) == 1:
        reasons = dict.fromkeys(stretch.period.because for stretch in stretches)
        return Verdict(next(iter(answers)), "; ".join(reasons), stretches)
    told = [f"{_from_to(part)} {part.period.status} ({part.period.because})" for part in _joined(stretches)]
    return Verdict("uncertain", f"it is not the same on all of the days: {'; '.join(told)}", stretches)


def _stretches(periods: Sequence[Period], days: Days) -> Iterator[Stretch]:
    """The days in order, without gaps: where no period holds, there is no evidence."""
    day = days.first
    for period in periods:
        first = max(day, period.first or day)
        last = min(days.last, period.last or days.last)
        if first > last or day > days.last:
            continue
        if first > day:
            yield Stretch(day, first - _DAY, _without_evidence(day, first - _DAY))
        yield Stretch(first, last, period)
        if last == days.last:
            return
        day = last + _DAY
    yield Stretch(day, days.last, _without_evidence(day, days.last))


def _without_evidence(first: datetime.date, last: datetime.date) -> Period:
    return Period(first, last, "no evidence", _NOTHING)


def _joined(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Stretches of one status, and for one reason, that follow each other as one."""
    found: list[Stretch] = []
    for stretch in stretches:
        alike = found and (found[-1].period.status, found[-1].period.because) == (
            stretch.period.status,
            stretch.period.because,
        )
        if alike:
            found[-1] = found[-1]._replace(last=stretch.last)
        else:
            found.append(stretch)
    return found


def _from_to(stretch: Stretch) -> str:
    return f"on {stretch.first}" if stretch.first == stretch.last else f"from {stretch.first} to {stretch.last}"


def deciding(verdicts: Sequence[Verdict]) -> int:
    """Which of the verdicts of a jurisdiction's lists decides: the first of those whose answer comes first in ORDER.

    Raises ValueError where there is none.
    """
    return min(range(len(verdicts)), key=lambda number: ORDER.index(verdicts[number].answer))


def last_day(timelines: Iterable[Timeline]) -> datetime.date | None:
    """The latest day that any source of these speaks of; None where none speaks of any."""
    return max((day for timeline in timelines for day in _spoken_of(timeline)), default=None)


def _spoken_of(timeline: Timeline) -> Iterator[datetime.date]:
    history = timeline.history
    claims = [*history.claims, *(snapshot.entry for snapshot in history.snapshots if snapshot.entry)]
    yield from (snapshot.day for snapshot in history.snapshots)
    yield from (claim.held for claim in claims if claim.held)
    times = [time for claim in claims for time in (claim.start, claim.end) if time] + [act.when for act in history.acts]
    yield from (day for time in times for day in time if day)


def shown(bounds: Bounds) -> str:
    """A time between bounds, in words."""
    earliest, latest = bounds
    if earliest and latest:
        return f"on {earliest}" if earliest == latest else f"between {earliest} and {latest}"
    if earliest:
        return f"not before {earliest}"
    return f"not after {latest}" if latest else "at a time that no source gives"
