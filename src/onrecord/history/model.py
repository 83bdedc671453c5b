"""What sources say of one status, and what follows from it. Nodes are N-Triples terms (`<…>`)."""

import datetime
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Status = Literal["listed", "not listed", "sources disagree", "uncertain", "no evidence"]
"""The answers, in the order in which one of several lists decides for a jurisdiction: the first that any list gives,
but that "not listed" comes after "uncertain"."""


class Bounds(NamedTuple):
    """The earliest and the latest day that a time allows; None where nothing is known."""

    earliest: datetime.date | None = None
    latest: datetime.date | None = None


class Claim(NamedTuple):
    """A designation as one source has it.

    `held` is the last day of which the source itself says that it held: the day of a snapshot, the last day on which an
    article may have been published; None where it is over or nothing is known. `least_years`, `most_years` bound how
    long it lasted by the source's word, with the words. `curated` tells that a curator added some of it.
    """

    node: str
    source: str
    start: Bounds | None = None
    end: Bounds | None = None
    held: datetime.date | None = None
    least_years: float | None = None
    most_years: float | None = None
    lasted_words: str = ""
    gained_by: str | None = None
    lost_by: str | None = None
    curated: bool = False


class Snapshot(NamedTuple):
    """A list as it was on one day: whether it is complete, and the designation in it, None where it lacks the entry."""

    source: str
    day: datetime.date
    complete: bool
    entry: Claim | None = None


class Act(NamedTuple):
    """An act that put somebody on the list (`listing`) or took them off (`delisting`), stated by a source."""

    node: str
    source: str
    kind: Literal["listing", "delisting"]
    when: Bounds
    curated: bool = False


@dataclass(frozen=True)
class History:
    """All that is said of one subject on one list, or under one jurisdiction where no list is named."""

    subject: str
    on_list: str | None
    jurisdiction: str | None
    claims: tuple[Claim, ...] = ()
    snapshots: tuple[Snapshot, ...] = ()
    acts: tuple[Act, ...] = ()


@dataclass(frozen=True)
class Period:
    """Consecutive days of one status. `first` None: from before any day known; `last` None: until further notice.

    `because` is a plain sentence; `evidence` are the designations, snapshots and acts that it rests on.
    """

    first: datetime.date | None
    last: datetime.date | None
    status: Status
    because: str
    evidence: tuple[str, ...] = ()
    gained_by: str | None = None
    lost_by: str | None = None
    curated: bool = False


@dataclass(frozen=True)
class Interval:
    """A time on the list: between which days it began, and between which it ended; open where `until` has no latest."""

    start: Bounds
    until: Bounds
    gained_by: str | None = None
    lost_by: str | None = None


@dataclass(frozen=True)
class Timeline:
    """The periods of a history in order, without gaps between the first and the last, and the intervals on the list.

    Days before the first period and after the last are without evidence. `disagreements` name facts that contradict
    each other, with a sentence each.
    """

    history: History
    periods: tuple[Period, ...] = ()
    intervals: tuple[Interval, ...] = ()
    disagreements: tuple[tuple[str, tuple[str, ...]], ...] = field(default=())

    def on(self, day: datetime.date) -> Period:
        """What holds on a day."""
        for period in self.periods:
            if (period.first is None or period.first <= day) and (period.last is None or day <= period.last):
                return period
        return Period(None, None, "no evidence", "no source says anything of that day")
