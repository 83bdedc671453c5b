"""Snapshots of official lists in files without named graphs: who came onto a list and who left it.

A snapshot says of each entry that it is on the list, also where it was there before: that is no news. Both snapshots
are taken from the same file, because another one may have been made with another choice of what it holds.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from onrecord.ntriples import text_of
from onrecord.questions.changed import Change
from onrecord.questions.versions import Nodes, terms
from onrecord.release.blocks import Quads
from onrecord.vocabulary.terms import onr


class Listing(NamedTuple):
    """A snapshot of a list, as a source: in the order of their days. `entries` has the designation of each entry."""

    day: str
    source: str
    of: str
    complete: bool
    entries: dict[str, str]


class Listings:
    """The snapshots that only the later of two files has, each with the one before it in that file."""

    def __init__(self, base: str, before: Quads, now: Quads, nodes: Nodes) -> None:
        """`nodes` are those of the later file."""
        self._base, self._nodes = base, nodes
        known, there = set(_sources(before)), sorted(map(self._listing, _sources(now)))
        pairs = ((_before(each, there), each) for each in there if each.source not in known)
        self._pairs = [(old, new) for old, new in pairs if old is not None]
        self._told = {node for _, new in self._pairs for node in new.entries.values()}
        self._came = {entry for old, new in self._pairs for entry in new.entries.keys() - old.entries.keys()}

    def _listing(self, source: str) -> Listing:
        day, of, complete = (self._nodes.values(source, prop) for prop in (onr.asOf, onr.snapshotOf, onr.isComplete))
        found = {
            entry: node
            for node in self._nodes.beginning(f"{source[:-1]}/designation/")
            for entry in self._nodes.values(node, onr.designee)
            if entry.startswith(f"<{self._base}entry/") and set(of) <= set(self._nodes.values(node, onr.onList))
        }
        return Listing("".join(map(text_of, day[:1])), source, of[0], list(map(text_of, complete)) == ["true"], found)

    def instead(self, changes: Iterable[Change]) -> Iterator[Change]:
        """Changes, with who came and who left in the place of all that a new snapshot lists."""
        for change in changes:
            listed = change.fact in self._told or change.fact in self._came
            if not (listed and change.kind == "added"):
                yield change
        for old, new in self._pairs:
            for entry in sorted(new.entries.keys() ^ old.entries.keys()):
                if entry in new.entries:
                    yield self._change("added", entry, new, _why(new, old))
                elif new.complete:
                    yield self._change("removed", entry, old, f"on the list of {old.day} and not on that of {new.day}")

    def _change(self, kind: str, entry: str, shown: Listing, why: str) -> Change:
        node, nodes = shown.entries[entry], self._nodes
        chains, evidence = nodes.values(node, onr.attribution), nodes.values(node, onr.evidence)
        source = shown.source.rpartition("/")[2][:-1]
        return Change(self._base, source, entry, kind, "", why, nodes, chains, evidence, [], [])


def _before(new: Listing, there: list[Listing]) -> Listing | None:
    """The last snapshot of the same list before one, of those in the order of their days."""
    return next((old for old in reversed(there) if old.of == new.of and old.day < new.day), None)


def _why(new: Listing, old: Listing) -> str:
    more = "on that of" if old.complete else "in that, which is not complete, of"
    return f"on the list of {new.day} and not {more} {old.day}"


def _sources(quads: Quads) -> Iterator[str]:
    """The sources that are snapshots of lists."""
    for line in quads.lines_with(f"> {onr.snapshotOf} <".encode()):
        node, prop, _ = terms(line.decode())
        if prop == onr.snapshotOf:
            yield node
