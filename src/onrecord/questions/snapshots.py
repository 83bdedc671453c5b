"""Official lists in two releases: what a snapshot says, which ones came, and what each is to be compared with."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from onrecord.index import Description, Index, index_of_lines
from onrecord.ntriples import split, text_of
from onrecord.questions.versions import Nodes
from onrecord.release.differences import Differences, Differing, Side
from onrecord.vocabulary.term import TYPE
from onrecord.vocabulary.terms import onr, prov, rdfs

_OF_THE_SOURCE = (TYPE, prov.wasDerivedFrom, onr.designee, onr.onList, onr.evidence, onr.attribution)
"""What each designation says of its snapshot, and not of the entry."""
_WORDS = (onr.evidence,)
"""Words have places in one text."""


class Dated(NamedTuple):
    """A snapshot by its day: those of one day in the order of their sources, what was there before first."""

    day: str
    new: bool
    source: str


@dataclass(frozen=True)
class Snapshot:
    """An official list as it was on one day, as one release has it: the list, and the asserted graph."""

    base: str
    source: str
    of: str
    day: str
    side: Side

    @cached_property
    def nodes(self) -> Nodes:
        """What it says."""
        return Nodes(index_of_lines(self.side.graphs.get("asserted", b"")))

    @property
    def node(self) -> str:
        """The source itself."""
        return f"<{self.base}source/{self.source}>"

    @property
    def complete(self) -> bool:
        """Whether it has every entry of its day."""
        return [text_of(value) for value in self.nodes.values(self.node, onr.isComplete)] == ["true"]

    @cached_property
    def entries(self) -> dict[str, str]:
        """Who is on the list, each with the designation."""
        start = f"<{self.base}entry/"
        return {
            entry: node
            for node, said in self.nodes.index.items()
            if onr.Designation in said.get(TYPE, ()) and self.of in said.get(onr.onList, ())
            for entry in said.get(onr.designee, ())
            if entry.startswith(start)
        }

    @cached_property
    def others(self) -> bool:
        """Whether it says anything else: of what is no entry, or by its curators."""
        owners = (self.node, *self.entries, *self.entries.values())
        known = {*owners, *(part for owner in owners for part in self._parts.get(owner, ()))}
        shared = tuple(f"{self.node[:-1]}/{part}" for part in ("words/", "attribution/", "file/", "published"))
        return "curated" in self.side.graphs or any(
            node not in known and not node.startswith(shared) for node in self.nodes.index
        )

    @cached_property
    def _parts(self) -> dict[str, list[str]]:
        """The parts of each entry and designation."""
        owners = {*self.entries, *self.entries.values()}
        parts: dict[str, list[str]] = {}
        for node in self.nodes.index:
            owner = node
            while owner not in owners and "/" in owner.removeprefix(f"<{self.base}"):
                owner = f"{owner.rpartition('/')[0]}>"
            if owner != node:
                parts.setdefault(owner, []).append(node)
        return parts

    def said_of(self, entry: str) -> tuple[Index, Index]:
        """All that is said of an entry and of its designation: what is said of each and of its parts, by the rest of
        their addresses, so that two snapshots say the same of an entry where these are equal."""
        return self._described(entry), self._described(self.entries[entry], _OF_THE_SOURCE)

    def _described(self, owner: str, without: tuple[str, ...] = ()) -> Index:
        index, own = self.nodes.index, owner[:-1]
        said: Index = {"": _shortened(index.get(owner, {}), own, without)}
        for part in self._parts.get(owner, ()):
            about = index[part]
            said[part[len(own) : -1]] = _shortened(about, own, _WORDS) if onr.evidence in about else about
        return said


def _shortened(said: Description, own: str, without: tuple[str, ...]) -> Description:
    start, cut = f"{own}/", len(own)
    return {
        prop: {value[cut:-1] if value.startswith(start) else value: None for value in values}
        for prop, values in said.items()
        if prop not in without
    }


def snapshot_in(base: str, source: str, side: Side) -> Snapshot | None:
    """A source as the snapshot that it is; None where it is no list, or the release does not have it."""
    of, day = (_value(side, f"<{base}source/{source}> {prop} ") for prop in (onr.snapshotOf, onr.asOf))
    return Snapshot(base, source, of, text_of(day), side) if of and day else None


def _value(side: Side, beginning: str) -> str:
    """The object of the first line that begins so; "" where there is none."""
    lines, sought = side.graphs.get("asserted", b""), beginning.encode()
    place = lines.find(sought)
    while place > 0 and lines[place - 1 : place] != b"\n":  # a text that looks like it
        place = lines.find(sought, place + 1)
    return split(lines[place : lines.index(b"\n", place)].decode())[2] if place >= 0 else ""


class Lists:
    """The snapshots of lists that came between two releases, and those that were there."""

    def __init__(self, found: Differences) -> None:
        self._found = found
        self._came: dict[tuple[str, str], list[Dated]] = {}

    def note(self, source: Differing) -> None:
        """Take a new source into account."""
        if new := snapshot_in(source.base, source.source, source.now):
            self._came.setdefault((new.base, new.of), []).append(Dated(new.day, True, new.source))

    @cached_property
    def _were(self) -> dict[str, list[Dated]]:
        """The snapshots of each list that the earlier release had."""
        days = {node: text_of(day) for node, day in self._had(onr.asOf)}
        were: dict[str, list[Dated]] = {}
        for node, of in self._had(onr.snapshotOf):
            if node in days:
                were.setdefault(of, []).append(Dated(days[node], False, node[1:-1].rsplit("/", 1)[-1]))
        return were

    def _had(self, prop: str) -> Iterator[tuple[str, str]]:
        """Which node had which value in a property in the earlier release."""
        quads = self._found.earlier_quads(f"> {prop} ")
        return ((node, value) for node, known, value, _ in quads if known == prop)

    def names(self, of: str) -> list[str]:
        """What a list is called, as literals: the registry says it."""
        quads = self._found.later_quads(f"{of} {rdfs.label} ")
        return sorted({name for node, prop, name, _ in quads if (node, prop) == (of, rdfs.label)})

    def before(self, snapshot: Snapshot) -> Snapshot | None:
        """The last snapshot of the same list before one that came: the earlier release's, or one that came, too."""
        here = Dated(snapshot.day, True, snapshot.source)
        known = self._were.get(snapshot.of, []) + self._came.get((snapshot.base, snapshot.of), [])
        last = max((other for other in known if other < here), default=None)
        if last is None:
            return None
        side = (self._found.later if last.new else self._found.earlier)(snapshot.base, last.source)
        return snapshot_in(snapshot.base, last.source, side)
