"""What follows from all sources together, and differs: whose status on which days, and which conflicts there are."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from onrecord.comparison.lines import Piece
from onrecord.comparison.names import Names, chosen, concept
from onrecord.comparison.report import Item
from onrecord.mappers.parts.minting import JOINED
from onrecord.ntriples import text_of
from onrecord.questions.versions import Described, Lines, Nodes
from onrecord.release.blocks import Quads
from onrecord.vocabulary.terms import onr, prov, rdfs

_PERIOD = re.compile(rb"(<[^>]*/status/[0-9a-f]{12}/)[0-9]+> ")
_CONFLICT = re.compile(rb"(<[^>]*/conflict/[0-9a-f]{12}>) ")
_KINDS = ("inferred", "inferred-from-curated")
_NOTHING = "nothing on record"
_DAY = timedelta(days=1)

Period = tuple[date, date, str]
"""First day, last day, status."""


class Touched:
    """The time lines and conflicts that lines which differ are of."""

    def __init__(self) -> None:
        self.periods: dict[bytes, None] = {}
        self.conflicts: dict[bytes, None] = {}

    def note(self, piece: Piece) -> None:
        """Take the lines of a graph into account."""
        if piece.graph and not piece.graph.endswith(f"/{JOINED}>"):
            return
        for line in (*piece.removed, *piece.added):
            if match := _PERIOD.match(line):
                self.periods[match[1]] = None
            elif match := _CONFLICT.match(line):
                self.conflicts[match[1]] = None


def without(lines: list[bytes]) -> list[bytes]:
    """Lines without those of time lines and conflicts."""
    return [line for line in lines if not (_PERIOD.match(line) or _CONFLICT.match(line))]


class Joined:
    """What follows from all sources together, in one release or file."""

    def __init__(self, quads: Quads, base: str, names: Names, *, named: bool) -> None:
        graphs = [quads.find(f"<{base}graph/{kind}/{JOINED}>") for kind in _KINDS] if named else []
        lines = [Lines(quads.data, each.start, each.end) for each in graphs if each]
        self.nodes = Nodes(Described(lines if named else [Lines(quads.data, 0, len(quads))]))
        self.names = names

    def periods(self, start: bytes) -> list[str]:
        """The periods of a time line."""
        return self.nodes.beginning(start.decode())

    def days(self, periods: Iterable[str]) -> list[Period]:
        """Which status somebody has on which days, in order."""
        found = []
        for period in periods:
            first, last = (
                next((date.fromisoformat(text_of(day)) for day in self.nodes.values(period, prop)), end)
                for prop, end in ((onr.firstDay, date.min), (onr.lastDay, date.max))
            )
            found += [(first, last, concept(status)) for status in self.nodes.values(period, onr.status)]
        return sorted(found)


def statuses(before: Joined, now: Joined, touched: Touched) -> Iterator[Item]:
    """Whose status differs on which days: an item for each run of days."""
    for start in sorted(touched.periods):
        old, new = before.periods(start), now.periods(start)
        had, has = before.days(old), now.days(new)
        for first, last, was, became in differing(had, has):
            yield _status(now if new else before, (new or old)[0], first, last, was, became)


def conflicts(before: Joined, now: Joined, touched: Touched) -> Iterator[Item]:
    """The contradictions between sources that came, went or read otherwise."""
    for node in (each.decode() for each in sorted(touched.conflicts)):
        had, has = node in before.nodes.index, node in now.nodes.index
        side = now if has else before
        label = chosen(side.nodes.values(node, rdfs.label))
        how = "changed" if had and has else "added" if has else "removed"
        if label:
            yield Item(how=how, what="conflict", id=node[1:-1], text=label)


def differing(had: list[Period], has: list[Period]) -> Iterator[tuple[date, date, str, str]]:
    """The runs of days on which two time lines differ, with what each says."""
    edges = {day for first, last, _ in (*had, *has) for day in (first, last + _DAY if last < date.max else None) if day}
    days = sorted(edges)
    runs: list[tuple[date, date, str, str]] = []
    for number, first in enumerate(days):
        last = days[number + 1] - _DAY if number + 1 < len(days) else date.max
        was, became = (_on(first, periods) for periods in (had, has))
        if was == became:
            continue
        if runs and runs[-1][2:] == (was, became) and runs[-1][1] + _DAY == first:
            runs[-1] = (runs[-1][0], last, was, became)
        else:
            runs.append((first, last, was, became))
    yield from runs


def _on(day: date, periods: list[Period]) -> str:
    return " and ".join(sorted({status for first, last, status in periods if first <= day <= last})) or _NOTHING


def _status(side: Joined, period: str, first: date, last: date, was: str, became: str) -> Item:
    nodes, names = side.nodes, side.names
    of, on, within = (nodes.values(period, prop) for prop in (onr.statusOf, onr.statusOn, onr.statusIn))
    facts = nodes.values(period, prov.wasDerivedFrom)
    who = ", ".join(names.in_sources(node, facts) for node in of)
    where = ", ".join(names.of(node) for node in on or within)
    begun = "" if first == date.min else f"from {first}"
    until = "" if last == date.max else f"to {last}"
    days = f"on {first}" if first == last else " ".join(filter(None, (begun, until))) or "at all times"
    text = f"{who}, {where}: {was} → {became} {days}"
    return Item(how="changed", what="status", id=of[0][1:-1] if of else period[1:-1], text=text)
