"""Marks: what the testimonies of a history say about single days, in the order of these days."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from onrecord.history.model import Bounds, Claim, History, Snapshot

FIRST, LAST = datetime.date.min, datetime.date.max
Kind = Literal["joined", "has", "lacks", "left"]


@dataclass(frozen=True)
class Mark:
    """That a status began (`joined`) or ended (`left`) between two days, or was held (`has`) or not (`lacks`) on one.

    `voice` is whose word it is: a designation, a snapshot, an act. FIRST and LAST stand for bounds that nobody gives.
    """

    kind: Kind
    first: datetime.date
    last: datetime.date
    voice: str
    text: str
    act: str | None = None
    curated: bool = False
    evidence: tuple[str, ...] = ()

    @property
    def is_day(self) -> bool:
        """Whether it is about one day."""
        return self.first == self.last


_RANKS: dict[Kind, int] = {"left": 0, "joined": 1, "has": 2, "lacks": 3}


def marks_of(history: History) -> list[Mark]:
    """All marks of a history, those that say the same made one, in order."""
    found = [mark for claim in history.claims for mark in _of_claim(claim, "")]
    for snapshot in history.snapshots:
        found += _of_snapshot(snapshot)
    for act in history.acts:
        kind: Kind = "joined" if act.kind == "listing" else "left"
        text = f"{'put on the list' if act.kind == 'listing' else 'taken off the list'} {_between(act.when)}"
        found += _bounded(Mark(kind, FIRST, LAST, act.node, text, act.node, act.curated, (act.node,)), act.when)
    return merged(found)


def _of_claim(claim: Claim, of: str) -> Iterator[Mark]:
    """The marks of a designation; `of` says which list it stands in."""
    plain = Mark("has", FIRST, FIRST, claim.node, "", None, claim.curated, (claim.node,))
    if claim.start is not None:
        text = f"since {shown(claim.start)}{of}"
        yield from _bounded(replace(plain, kind="joined", text=text, act=claim.gained_by), claim.start)
    if claim.end is not None:
        begun = claim.start.latest if claim.start else None
        end = claim.end if claim.end != Bounds() else Bounds(begun, None)
        text = f"until {shown(claim.end)}{of}"
        yield from _bounded(replace(plain, kind="left", text=text, act=claim.lost_by), end)
    elif claim.held is not None and not of:
        yield replace(plain, first=claim.held, last=claim.held, text=f"the source says so still on {claim.held}")


def _of_snapshot(snapshot: Snapshot) -> Iterator[Mark]:
    day = snapshot.day
    if snapshot.entry is None:
        if snapshot.complete:
            text = f"not on the list of {day}"
            yield Mark("lacks", day, day, snapshot.source, text, evidence=(snapshot.source,))
        return
    entry = snapshot.entry
    yield from _of_claim(entry, f" by the list of {day}")
    if entry.end is None or entry.end.latest is None or entry.end.latest > day:
        yield Mark("has", day, day, entry.node, f"on the list of {day}", None, entry.curated, (entry.node,))


def _bounded(mark: Mark, bounds: Bounds) -> Iterator[Mark]:
    """The mark with its days; none where neither is known."""
    if bounds != Bounds():
        yield replace(mark, first=bounds.earliest or FIRST, last=bounds.latest or LAST)


def merged(marks: Iterable[Mark]) -> list[Mark]:
    """Marks in order. Those of one kind whose days overlap, with nothing between them, are one: where both are right,
    it was on the days that they share."""
    ordered: list[Mark] = []
    for mark in sorted(marks, key=lambda m: (m.first, m.last, _RANKS[m.kind], m.voice)):
        before = ordered[-1] if ordered else None
        if before and before.kind == mark.kind and mark.kind != "has" and mark.first <= before.last:
            ordered[-1] = _both(before, mark)
        else:
            ordered.append(mark)
    return sorted(ordered, key=lambda m: (m.last, m.first, _RANKS[m.kind], m.voice))


def _both(one: Mark, other: Mark) -> Mark:
    sharper = one if (one.last - one.first) <= (other.last - other.first) else other
    return replace(
        sharper,
        first=max(one.first, other.first),
        last=min(one.last, other.last),
        act=sharper.act or one.act or other.act,
        curated=sharper.curated,
        evidence=tuple(dict.fromkeys((*one.evidence, *other.evidence))),
    )


def shown(bounds: Bounds) -> str:
    """Bounds in plain words: no day is named that nobody gave."""
    first, last = bounds
    if first is None and last is None:
        return "a day that is not said"
    if first == last:
        return str(first)
    if first is not None and last is not None and _whole(first, last):
        return _whole(first, last)
    if first is None:
        return f"{last} at the latest"
    if last is None:
        return f"{first} at the earliest"
    return f"some day from {first} to {last}"


def _whole(first: datetime.date, last: datetime.date) -> str:
    """A year or a month, where the days are just those of one; else nothing."""
    after = last + datetime.timedelta(1) if last != LAST else last
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        return f"{first.year:04}"
    if first.day == after.day == 1 and (first.year, first.month) == (last.year, last.month):
        return f"{first.year:04}-{first.month:02}"
    return ""


def _between(bounds: Bounds) -> str:
    first, last = bounds
    if first is None or last is None:
        return shown(bounds)
    return f"in {_whole(first, last)}" if _whole(first, last) else f"on {shown(bounds)}"


def sentence(marks: Iterable[Mark]) -> str:
    """What marks say, in order, those of many lists in few words."""
    texts: list[str] = []
    run: list[Mark] = []
    for mark in (*marks, None):
        if run and (mark is None or mark.kind != run[0].kind or mark.kind not in ("has", "lacks")):
            texts.append(_of_run(run))
            run = []
        if mark is not None:
            run.append(mark)
    return "; ".join(dict.fromkeys(texts))


def _of_run(run: list[Mark]) -> str:
    days = sorted({mark.first for mark in run})
    lists = {mark.text.removesuffix(f" {mark.first}") for mark in run}
    if len(days) == 1 or len(lists) > 1:
        return "; ".join(dict.fromkeys(mark.text for mark in run))
    start = lists.pop().replace("the list of", "the lists of")
    if len(days) == 2:
        return f"{start} {days[0]} and {days[1]}"
    return f"{start} {len(days)} days from {days[0]} to {days[-1]}"
