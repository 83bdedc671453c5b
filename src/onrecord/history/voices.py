"""Whose word contradicts whose: what one voice says definitely of a day, and another one definitely otherwise."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.history.marks import LAST, Mark, shown
from onrecord.history.model import Claim, History

_DAY = datetime.timedelta(1)
_YEAR = 365.2425


@dataclass(frozen=True)
class Doubt:
    """Days on which sources, or words of one source, contradict each other, with the facts and a sentence."""

    first: datetime.date
    last: datetime.date
    sentence: str
    sides: tuple[str, ...]
    curated: bool = False


@dataclass(frozen=True)
class Said:
    """Days for which a voice says "listed" throughout."""

    claim: Claim
    first: datetime.date
    last: datetime.date
    text: str


class Voices:
    """The contradictions of a history."""

    def __init__(self, history: History, marks: Sequence[Mark]) -> None:
        self._marks = marks
        said = [one for claim in history.claims if (one := _said(claim, claim.held, "")) is not None]
        self._definite = tuple(said)
        for snapshot in history.snapshots:
            if snapshot.entry is not None:
                one = _said(snapshot.entry, snapshot.day, f" by the list of {snapshot.day}")
                said += [self._uninterrupted(one)] if one is not None else []
        claims = [*history.claims, *(s.entry for s in history.snapshots if s.entry is not None)]
        found = [doubt for one in said for doubt in self._against(one)]
        found += [doubt for claim in claims for doubt in _of_duration(claim)]
        self._doubts = sorted(set(found), key=lambda d: (d.first, d.last, d.sides, d.sentence))

    def doubt(self, day: datetime.date) -> Doubt | None:
        """What is contradictory on a day."""
        return next((doubt for doubt in self._doubts if doubt.first <= day <= doubt.last), None)

    def definite(self, day: datetime.date) -> "Said | None":
        """Who says of a day, and of those before and after, that it was listed throughout; no list says that."""
        return next((one for one in self._definite if one.first <= day <= one.last), None)

    def cuts(self) -> Iterator[datetime.date]:
        """The days on which a contradiction begins, or is over."""
        ends = [(one.first, one.last) for one in self._doubts] + [(one.first, one.last) for one in self._definite]
        for first, last in ends:
            yield first
            if last != LAST:
                yield last + _DAY

    def disagreements(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Every contradiction once, as a sentence and the facts."""
        yield from dict.fromkeys((doubt.sentence, doubt.sides) for doubt in self._doubts)

    def _uninterrupted(self, one: Said) -> Said:
        """A list's date of entry does not say that nothing interrupted it: only what is after the last break counts."""
        breaks = [
            mark.last for mark in self._marks if mark.kind in ("lacks", "left") and one.first < mark.last < one.last
        ]
        return Said(one.claim, one.last, one.last, one.text) if breaks else one

    def _against(self, one: Said) -> Iterator[Doubt]:
        """What other voices say against one that says "listed"."""
        node = one.claim.node
        for index, mark in enumerate(self._marks):
            if node in mark.evidence:
                continue
            if mark.kind == "lacks" and one.first <= mark.first <= one.last:
                until = self._next(index, one)
                yield _doubt(mark.first, until, one, mark)
            elif mark.kind == "left" and mark.last < one.last:
                if not self._lapsed(index, mark, one):
                    yield _doubt(max(mark.last + _DAY, self._seen_since(index, one)), one.last, one, mark)
            elif (
                mark.kind == "joined"
                and one.first < mark.first <= one.last
                and not any(m.kind in ("lacks", "left") and one.first <= m.first <= mark.first for m in self._marks)
            ):
                yield _doubt(one.first, mark.first - _DAY, one, mark)

    def _next(self, index: int, one: Said) -> datetime.date:
        """How long a list lacks who is said to be on it: to the next list that lacks them, too, else that day."""
        until = self._marks[index].last
        for mark in self._marks[index + 1 :]:
            if mark.kind == "lacks":
                until = min(mark.last, one.last)
            elif mark.kind in ("has", "joined") and one.claim.node not in mark.evidence:
                break
        return max(until, self._marks[index].last)

    def _seen_since(self, index: int, one: Said) -> datetime.date:
        """Since when lists have somebody after an end, up to the one that says so: if the end is right, it is right of
        the days between these lists, too."""
        seen = one.first
        for mark in self._marks[index + 1 :]:
            if mark.kind != "has":
                break
            seen = min(seen, mark.first)
        return seen

    def _lapsed(self, index: int, left: Mark, one: Said) -> bool:
        """Whether somebody says, after an end and before the other voice speaks again, that it began anew or was still
        off: then the end and the other voice do not contradict each other. Nor do they where it may have begun anew
        after the end, both in 2016."""
        later = self._marks[index + 1 :]
        return any(
            (mark.kind == "lacks" and left.last <= mark.first <= one.last)
            or (mark.kind == "joined" and left.last <= mark.first)
            for mark in later
        ) or any(mark.kind == "joined" and left.first < mark.last and left.last >= mark.first for mark in self._marks)


def _doubt(first: datetime.date, last: datetime.date, one: Said, mark: Mark) -> Doubt:
    sentence = f"{one.text}; but {mark.text}"
    sides = tuple(dict.fromkeys((one.claim.node, *mark.evidence)))
    return Doubt(first, last, sentence, sides, one.claim.curated or mark.curated)


def _said(claim: Claim, held: datetime.date | None, of: str) -> Said | None:
    """The days for which a designation says that it held."""
    first = claim.start.latest if claim.start else None
    last = claim.end.earliest - _DAY if claim.end and claim.end.earliest else None if claim.end else held
    if first is None:
        first = last
    if first is None or last is None or last < first:
        return None
    since = f"since {shown(claim.start)}{of}" if claim.start and claim.start.latest else f"listed on {last}{of}"
    return Said(claim, first, last, since)


def _of_duration(claim: Claim) -> Iterator[Doubt]:
    """Where the length that a source gives contradicts the beginning and end that it gives."""
    start, end = claim.start, claim.end
    if start is None or end is None or start.latest is None or end.earliest is None:
        return
    words = f"“{claim.lasted_words}”" if claim.lasted_words else "the length that is given"
    if claim.most_years is not None:
        begun = _years_before(end.earliest, claim.most_years)
        if start.latest < begun:
            sentence = f"since {shown(start)}; but {words} until {shown(end)}"
            yield Doubt(start.latest, begun, sentence, (claim.node,), claim.curated)
    if claim.least_years is not None and end.latest is not None and start.earliest is not None:
        begun = _years_before(end.latest, claim.least_years)
        if begun < start.earliest:
            sentence = f"since {shown(start)}; but {words} until {shown(end)}"
            yield Doubt(begun, start.earliest - _DAY, sentence, (claim.node,), claim.curated)


def _years_before(day: datetime.date, years: float) -> datetime.date:
    whole = int(years)
    try:
        found = day.replace(year=day.year - whole)
    except ValueError:  # 29 February
        found = day.replace(year=day.year - whole, day=28)
    return found - datetime.timedelta(round((years - whole) * _YEAR))
