"""From the testimonies of a history to its periods and intervals.

Between two marks next to each other, the one before says what held after it, and the one after what held before it:
where both say "on the list", the days between are *listed*; both "not on it", *not listed*; otherwise *uncertain*.
A mark is direct evidence for its own day. A designation with a beginning and an end, or a day on which it still held,
says "listed" of all days between; a list's date of entry does not say that nothing interrupted it. What one voice says
definitely, and another one definitely otherwise, is *sources disagree*. After the last mark nothing is known, but that
who left stays off until somebody says otherwise. Before the first one nothing is known, either, but that who
left then had been on it.
"""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from onrecord.history.intervals import intervals_of
from onrecord.history.marks import FIRST, LAST, Mark, marks_of, sentence
from onrecord.history.model import History, Period, Status, Timeline
from onrecord.history.voices import Doubt, Voices

_DAY = datetime.timedelta(1)
_ON = ("joined", "has")
_SINCE = "nothing on record since"
_SINCE_WHEN = "since when is not said"


@dataclass
class _Stretch:
    """Consecutive days of one status under way: the marks that say so, or the contradiction."""

    first: datetime.date
    last: datetime.date
    status: Status
    marks: tuple[Mark, ...]
    since: str = ""
    doubt: Doubt | None = None


def timeline(history: History) -> Timeline:
    """The periods of a history in order, its intervals, and what contradicts each other in it."""
    marks = marks_of(history)
    voices = Voices(history, marks)
    stretches: list[_Stretch] = []
    for first, last in _days(marks, voices):
        here = _held(first, last, marks, voices)
        before = stretches[-1] if stretches else None
        if before and _goes_on(before, here):
            before.last, before.since = last, here.since
            before.marks = (*before.marks, *(mark for mark in here.marks if mark not in before.marks))
        else:
            stretches.append(here)
    periods = tuple(_period(one, marks) for one in stretches if one.status != "no evidence")
    return Timeline(history, periods, tuple(intervals_of(marks)), tuple(voices.disagreements()))


def _goes_on(before: _Stretch, here: _Stretch) -> bool:
    """Whether days belong to the stretch before them: of what is uncertain, each reason has a stretch of its own."""
    if before.status != here.status or before.doubt != here.doubt:
        return False
    return here.status in ("listed", "not listed", "sources disagree") or before.marks == here.marks


def _days(marks: Sequence[Mark], voices: Voices) -> Iterator[tuple[datetime.date, datetime.date]]:
    """Runs of days on which nothing changes, in order."""
    cuts = {FIRST, *voices.cuts()}
    for mark in marks:
        cuts.update((mark.first, mark.last))
        cuts.update(day + _DAY for day in (mark.first, mark.last) if day != LAST)
    for first, after in pairwise([*sorted(cuts), None]):
        if first is not None:
            yield first, LAST if after is None else after - _DAY


def _held(first: datetime.date, last: datetime.date, marks: Sequence[Mark], voices: Voices) -> _Stretch:
    """What holds on days on which nothing changes, and why."""
    status, used, since = _by_marks(first, marks)
    said = voices.definite(first)
    if status == "uncertain" and said is not None:
        status, used, since = "listed", tuple(m for m in marks if said.claim.node in m.evidence) or used, ""
    doubt = voices.doubt(first) if status != "no evidence" else None
    return _Stretch(first, last, "sources disagree" if doubt else status, used, since, doubt)


def _by_marks(day: datetime.date, marks: Sequence[Mark]) -> tuple[Status, tuple[Mark, ...], str]:
    here = [mark for mark in marks if mark.is_day and mark.first == day]
    direct = [mark for mark in here if mark.kind in ("has", "lacks")] or [m for m in here if m.kind == "joined"]
    if direct:
        on = {mark.kind in _ON for mark in direct}
        return "sources disagree" if len(on) > 1 else "listed" if on.pop() else "not listed", tuple(direct), ""
    during = tuple(m for m in marks if m.first <= day <= m.last and not (m.kind == "joined" and day == m.last))
    if during:
        return "uncertain", during, ""
    before = next((mark for mark in reversed(marks) if mark.last <= day), None)
    after = min((mark for mark in marks if mark.first > day), key=lambda mark: mark.first, default=None)
    return _between(before, after)


def _between(before: Mark | None, after: Mark | None) -> tuple[Status, tuple[Mark, ...], str]:
    if before is None:
        if after is not None and after.kind == "left":
            return "uncertain", (after,), _SINCE_WHEN
        return "no evidence", (), ""
    if after is None:
        return "not listed" if before.kind == "left" else "uncertain", (before,), _SINCE
    was, will = before.kind in _ON, after.kind in ("has", "left")
    status: Status = "listed" if was and will else "uncertain" if was or will else "not listed"
    return status, (before, after), ""


def _period(one: _Stretch, marks: Sequence[Mark]) -> Period:
    because = one.doubt.sentence if one.doubt else "; ".join(filter(None, (sentence(one.marks), one.since)))
    evidence = one.doubt.sides if one.doubt else tuple(dict.fromkeys(n for mark in one.marks for n in mark.evidence))
    begun = [mark for mark in marks if mark.kind == "joined" and mark.last <= one.first]
    over = [mark for mark in one.marks if mark.kind == "left"]
    return Period(
        None if one.first == FIRST else one.first,
        None if one.last == LAST else one.last,
        one.status,
        because,
        evidence,
        begun[-1].act if begun and one.status == "listed" else None,
        over[0].act if over and one.status == "not listed" else None,
        any(mark.curated for mark in one.marks) or (one.doubt is not None and one.doubt.curated),
    )
