"""What changed on an official list between two of its snapshots, entry by entry: who came, who left, whose entry is
another one."""

from collections.abc import Iterator

from onrecord.index import Index, index_of
from onrecord.questions.changed import Change
from onrecord.questions.snapshots import Snapshot
from onrecord.questions.versions import Nodes
from onrecord.questions.wording import told_apart, worded
from onrecord.vocabulary.term import TYPE
from onrecord.vocabulary.terms import onr, rdfs


def compared(old: Snapshot, new: Snapshot, names: list[str]) -> Iterator[Change]:
    """The entries that are not in both snapshots the same, and the list itself, by its `names`.

    Who is missing in a list that is not complete may be on it all the same: nothing is said of them.
    """
    pair = _Pair(old, new)
    for entry in sorted({*old.entries, *new.entries}):
        yield from pair.of(entry)
    yield pair.summary(names)


def single(snapshot: Snapshot, kind: str, cause: str, why: str) -> Change:
    """A snapshot as such, with the number of its entries: one that is compared with no other, or is gone."""
    said = [f"asOf: {snapshot.day}", f"entries: {len(snapshot.entries)}"]
    was, became = ([], said) if kind == "added" else (said, [])
    node = snapshot.node
    return Change(snapshot.base, snapshot.source, node, kind, cause, why, snapshot.nodes, [], [], was, became)


class _Pair:
    """Two snapshots of a list, and what was found to be different."""

    def __init__(self, old: Snapshot, new: Snapshot) -> None:
        self._old, self._new = old, new
        self._count = {"added": 0, "removed": 0, "changed": 0}
        self._unsaid = 0
        same_day = old.day == new.day
        self._cause = "source" if same_day else "world"
        self._then = f"{old.day} in {old.source}" if same_day else old.day
        self._now = f"{new.day} in {new.source}" if same_day else new.day

    def of(self, entry: str) -> Iterator[Change]:
        old, new = self._old, self._new
        if entry not in old.entries:
            yield self._change("added", entry, new, self._why_added())
        elif entry in new.entries:
            yield from self._changed(entry)
        elif new.complete:
            yield self._change("removed", entry, old, f"on the list of {self._then} and not on that of {self._now}")
        else:
            self._unsaid += 1

    def _why_added(self) -> str:
        if self._old.complete:
            return f"on the list of {self._now} and not on that of {self._then}"
        return f"on the list of {self._now} and not in that of {self._then}, which is not complete"

    def _changed(self, entry: str) -> Iterator[Change]:
        before, now = self._old.said_of(entry), self._new.said_of(entry)
        if before != now:
            had, has = _all_worded(before), _all_worded(now)
            was, became = told_apart(had - has, has - had), told_apart(has - had, had - has)
            why = f"on the list of {self._then} and on that of {self._now}, which says "
            why += "something else" if was or became else "the same in another form"
            yield self._change("changed", entry, self._new, why, was, became)

    def _change(
        self,
        kind: str,
        entry: str,
        shown: Snapshot,
        why: str,
        was: list[str] | None = None,
        became: list[str] | None = None,
    ) -> Change:
        self._count[kind] += 1
        nodes, designation = shown.nodes, shown.entries[entry]
        chains, evidence = nodes.values(designation, onr.attribution), nodes.values(designation, onr.evidence)
        base, source = self._new.base, self._new.source
        said, said_in = (was or [], became or []), shown.source
        return Change(base, source, entry, kind, self._cause, why, nodes, chains, evidence, *said, said_in=said_in)

    def summary(self, names: list[str]) -> Change:
        """The list itself, with the numbers."""
        old, new = self._old, self._new
        counts = [f"{kind}: {count}" for kind, count in self._count.items()]
        if not new.complete:
            counts.append(f"missing in the new one, which is not complete, so that nothing is said: {self._unsaid}")
        why = f"the list of {self._now} compared with that of {self._then}: {', '.join(counts)}"
        nodes = Nodes(index_of([(new.of, TYPE, onr.DesignationList), *((new.of, rdfs.label, name) for name in names)]))
        was, became = ([f"asOf: {one.day}", f"entries: {len(one.entries)}"] for one in (old, new))
        return Change(new.base, new.source, new.of, "changed", self._cause, why, nodes, [], [], was, became)


def _all_worded(said: tuple[Index, Index]) -> set[str]:
    return worded(said[0]) | worded(said[1])
