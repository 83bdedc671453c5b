"""Two inputs → the report of what differs: one walk over both files counts every line, a second tells of the sources
that differ, a third, if it is asked for, gives the lines."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.comparison import following, lines
from onrecord.comparison.following import Joined, Touched
from onrecord.comparison.inputs import Input
from onrecord.comparison.items import Gathered, Items, quick
from onrecord.comparison.lines import Piece
from onrecord.comparison.listings import Listings
from onrecord.comparison.names import Names
from onrecord.comparison.report import CAUSES, Line, Report, Told, Triples
from onrecord.questions.changed import Change
from onrecord.questions.changes import told, told_of_merged
from onrecord.questions.versions import Lines as SortedLines
from onrecord.questions.versions import Version
from onrecord.release.blocks import Quads
from onrecord.release.differences import GRAPH, Differences, Unequal

_MOST_MERGED = 2_000_000
"""Lines without named graphs that may differ and still be told in words: they are held in memory."""
_BASE = re.compile(
    rb"<([^<>\s]*/)source/[^/<>\s]+> <http://www\.w3\.org/1999/02/22-rdf-syntax-ns#type> <https://w3id\.org/onrecord/ns#"
)


@dataclass(frozen=True)
class Wanted:
    """How much is told: items of each cause at the most (None: all), and lines at the most (None: all; 0: none)."""

    items: int | None = None
    lines: int | None = 0


class _Lines:
    """The lines that differ: counted by the kind of their graph and their property, and noted where they lead on."""

    def __init__(self, before: Quads, now: Quads, *, named: bool) -> None:
        self.unequal: list[Unequal] = []
        self.touched, self.merged = Touched(), Piece("", [], [])
        self.removed = self.added = 0
        self._counts: dict[tuple[str, bytes], list[int]] = {}
        for piece in lines.pieces(before, now, self._noted(lines.graphs_of(before, now, named=named))):
            self._count(piece)
            self.touched.note(piece)
            if not named and self.removed + self.added <= _MOST_MERGED:
                self.merged.removed.extend(piece.removed)
                self.merged.added.extend(piece.added)

    def _noted(self, unequal: Iterator[Unequal]) -> Iterator[Unequal]:
        for each in unequal:
            self.unequal.append(each)
            yield each

    def _count(self, piece: Piece) -> None:
        match = GRAPH.fullmatch(piece.graph)
        kind = match["kind"] if match else piece.graph[1:-1]
        self.removed += len(piece.removed)
        self.added += len(piece.added)
        for side, found in enumerate((piece.removed, piece.added)):
            for line in found:
                self._counts.setdefault((kind, line.split(b" ", 2)[1]), [0, 0])[side] += 1

    def table(self) -> list[Triples]:
        """The counts, by kind of graph and property."""
        return [
            Triples(graph=kind, property=prop[1:-1].decode(), removed=removed, added=added)
            for (kind, prop), (removed, added) in sorted(self._counts.items())
        ]


def compare(before: Input, now: Input, wanted: Wanted) -> Report:
    """What differs between two inputs. Raises NotBuilt for a file that is not of a release, as it should be."""
    with Quads.opened(before.quads) as one, Quads.opened(now.quads) as other:
        found = _Lines(one, other, named=before.named)
        report = Report(
            before=_told(before),
            now=_told(now),
            same=not (found.removed or found.added),
            notes=[],
            groups=[],
            removed=found.removed,
            added=found.added,
            triples=found.table(),
        )
        if not report.same:
            bases = _base(one, named=before.named), _base(other, named=now.named)
            _Telling(one, other, found, bases, named=before.named).tell(report, wanted)
        if wanted.lines != 0:
            report.lines = list(_lines(one, other, found.unequal, wanted.lines))
        return report


def _told(given: Input) -> Told:
    meant = given.meant
    return Told(given=meant.name, kind=meant.kind, commit=meant.commit or None, sha256=given.expected or None)


def _base(quads: Quads, *, named: bool) -> str:
    """What the addresses of a dataset begin with; "" for what is not of our vocabulary."""
    if not len(quads):
        return ""
    if named:
        match = GRAPH.fullmatch(quads.graph(0))
        return match["base"] if match else ""
    found = _BASE.search(quads.data)
    return found[1].decode() if found else ""


def _lines(one: Quads, other: Quads, unequal: list[Unequal], most: int | None) -> Iterator[Line]:
    count = 0
    for piece in lines.pieces(one, other, unequal):
        for op, found in (("D", piece.removed), ("A", piece.added)):
            for line in found:
                if most is not None and count >= most:
                    return
                count += 1
                yield Line(op=op, quad=line.decode())


class _Telling:
    """Tells in words what differs, cause by cause."""

    def __init__(self, one: Quads, other: Quads, found: _Lines, bases: tuple[str, str], *, named: bool) -> None:
        self._one, self._other, self._found, self._named = one, other, found, named
        self._bases = bases

    def tell(self, report: Report, wanted: Wanted) -> None:
        """Fill in the groups, and the notes about what cannot be told."""
        old, new = self._bases
        if not (old or new):
            report.notes.append("Neither is of the vocabulary of On Record: only triples are compared.")
            return
        if old and new and old != new:
            report.notes.append(
                f"The addresses of A begin with {old}, those of B with {new}: nothing has the same name in both, and"
                " only triples are compared."
            )
            return
        if not self._named:
            report.notes.append("Without named graphs on both sides, who changed what cannot be told.")
        names = [Names(quads, base or old or new, named=self._named) for quads, base in self._sides()]
        joined = [
            Joined(quads, base or old or new, known, named=self._named)
            for (quads, base), known in zip(self._sides(), names, strict=True)
        ]
        gathered = {cause: Gathered(wanted.items) for cause in CAUSES}
        items = Items(*names)
        for change in self._changes(report):
            into = gathered[change.cause or "unknown"]
            what = quick(change, names[change.kind != "removed"])
            if what and into.full_of(*what):
                into.count(*what)
                continue
            for item in items.of(change):
                into.add(item)
        for tell in (following.statuses, following.conflicts):
            for item in tell(joined[0], joined[1], self._found.touched):
                gathered["follows"].add(item)
        report.groups = [gathered[cause].group(cause) for cause in CAUSES if gathered[cause].counts]

    def _sides(self) -> tuple[tuple[Quads, str], tuple[Quads, str]]:
        return (self._one, self._bases[0]), (self._other, self._bases[1])

    def _changes(self, report: Report) -> Iterator[Change]:
        if self._named:
            yield from told(Differences(self._one, self._other, self._found.unequal))
            return
        merged = self._found.merged
        if self._found.removed + self._found.added > _MOST_MERGED:
            report.notes.append(f"More than {_MOST_MERGED:,} triples differ: they are counted, and not told in words.")
            return
        base = self._bases[0] or self._bases[1]
        versions = [
            Version(base, [SortedLines(quads.data, 0, len(quads))], {"": following.without(only)})
            for (quads, _), only in zip(self._sides(), (merged.removed, merged.added), strict=True)
        ]
        listings = Listings(base, self._one, self._other, versions[1].nodes)
        for change in listings.instead(told_of_merged(base, *versions)):
            if change.fact.startswith(f"<{base}") and not _follows(change.fact, base):
                yield change


def _follows(fact: str, base: str) -> bool:
    """Whether a node is not a fact but follows from some, or describes the dataset."""
    steps = fact[1:-1].removeprefix(base).split("/")
    return steps[0] in ("conflict", "graph", "curator", "dataset", "")
