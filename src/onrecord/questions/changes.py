"""What changed between two releases, fact by fact, and who changed it: a small graph of `onr:Change` nodes.

A fact here is what a source or the registry speaks of by a name of its own: a designation, an entity, the source
itself; with its parts, and the words that it rests on. The cause of a change is

- `world`, where the fact comes from a source that the release before did not have;
- `source`, where the source's text is another one (its SHA-256 has changed), and so other things are read in it;
- `curation` otherwise: the same text is read otherwise, curators have added something else, the registry says something
  else, or the dataset does not have the source any more, which is no word of the world's.

An official list is not news as a whole each time that a snapshot of it comes: it is compared with the snapshot before.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from onrecord.ntriples import Triple
from onrecord.questions.changed import Change, triples_of_change
from onrecord.questions.listed import compared, single
from onrecord.questions.snapshots import Lists, Snapshot, snapshot_in
from onrecord.questions.versions import Version, versions
from onrecord.release.differences import Differences, Differing, Side
from onrecord.store.loading import load
from onrecord.vocabulary.terms import onr

_MOVED = "the source's text was there before, under another id"
_GONE = "the dataset does not have the source any more"


@contextmanager
def store_of_changes(before: Path, now: Path, since: str) -> Iterator[Path]:
    """A store of the changes between two files of N-Quads, in a folder that is there for as long as the block lasts.

    `since` is the SHA-256 of the earlier one. Raises as `changes` does.
    """
    with tempfile.TemporaryDirectory(prefix="kg-changes-") as folder:
        quads = Path(folder) / "changes.nq"
        with quads.open("w", encoding="utf-8", newline="\n") as stream:
            stream.writelines(f"{s} {p} {o} .\n" for s, p, o in changes(before, now, since))
        load(quads, Path(folder) / "store")
        yield Path(folder) / "store"


def changes(before: Path, now: Path, since: str) -> Iterator[Triple]:
    """The triples of all changes between two files of N-Quads. `since` names the earlier release.

    Raises NotBuilt for a file that is not of a release, and OSError for one that cannot be read.
    """
    with Differences.between(before, now) as found:
        for change in told(found):
            yield from triples_of_change(change, since)


def told(found: Differences) -> Iterator[Change]:
    """All changes in the sources that differ, source by source."""
    lists, moved = _looked_over(found)
    for source in found:
        yield from _of_source(source, lists, moved)


def told_of_merged(base: str, before: Version, now: Version) -> Iterator[Change]:
    """All changes between two files without named graphs: which cause a change has cannot be told from them."""
    source = Differing(base, "", Side({}), Side({}))
    for fact in sorted(before.facts.keys() | now.facts.keys()):
        yield _Difference(source, before, now, fact, None).change()


def _of_source(source: Differing, lists: Lists, moved: frozenset[str]) -> Iterator[Change]:
    """The changes in a source. Of a snapshot that came or went, entry by entry what is not as in the one before."""
    done: frozenset[str] = frozenset()
    if not (source.before.graphs and source.now.graphs):
        snapshot = snapshot_in(source.base, source.source, source.now if source.now.graphs else source.before)
        if snapshot:
            yield from _of_snapshot(snapshot, source, lists, moved)
            if not snapshot.others:
                return
            done = frozenset({snapshot.node, *snapshot.entries, *snapshot.entries.values()})
    earlier, later = versions(source)
    for fact in sorted((earlier.facts.keys() | later.facts.keys()) - done):
        yield _Difference(source, earlier, later, fact, moved).change()


def _of_snapshot(snapshot: Snapshot, source: Differing, lists: Lists, moved: frozenset[str]) -> Iterator[Change]:
    if not source.now.graphs:
        yield single(snapshot, "removed", "curation", _GONE)
    elif source.now.text in moved:
        yield single(snapshot, "added", "curation", _MOVED)
    elif old := lists.before(snapshot):
        yield from compared(old, snapshot, lists.names(snapshot.of))
    else:
        yield single(snapshot, "added", "world", "the dataset had no earlier snapshot of the list")


def _looked_over(found: Differences) -> tuple[Lists, frozenset[str]]:
    """The snapshots of lists that came; and the texts that went while a new source came with the same one: a source
    under another id."""
    lists, gone, come = Lists(found), set[str](), set[str]()
    for source in found:
        if not source.now.graphs:
            gone.add(source.before.text)
        if not source.before.graphs:
            come.add(source.now.text)
            lists.note(source)
    return lists, frozenset((gone & come) - {""})


class _Difference:
    """A fact that is not in both releases the same."""

    def __init__(
        self,
        source: Differing,
        before: Version,
        now: Version,
        fact: str,
        moved: frozenset[str] | None,
    ) -> None:
        """`moved` is None where there are no sources to tell apart: the cause is not given then."""
        self.source, self.before, self.now, self.fact = source, before, now, fact
        self.had, self.has = before.facts.get(fact, set()), now.facts.get(fact, set())
        had, has = before.has(fact), now.has(fact)
        self.kind = "changed" if had and has else "added" if has else "removed"
        self.shown = now if has else before
        self.cause, self.why = ("", "") if moved is None else self._cause(moved)

    def _cause(self, moved: frozenset[str]) -> tuple[str, str]:
        old, new = self.source.before, self.source.now
        graphs = {kind for *_, kind in self.had ^ self.has}
        if "asserted" not in {*old.graphs, *new.graphs}:
            return "curation", "the registry says something else"
        if not old.graphs:
            if new.text in moved:
                return "curation", _MOVED
            return "world", "the source is new to the dataset"
        if not new.graphs:
            return "curation", _GONE
        if graphs == {"curated"}:
            return "curation", "curators add something else to the source"
        return self._cause_of_text(old.text == new.text)

    def _cause_of_text(self, same: bool) -> tuple[str, str]:
        if same:
            return "curation", "the source's text is the same, and is read otherwise"
        if self.kind == "changed" and self._words_stay():
            return "source", "the source's text is another one; the words that this rests on are the same"
        return "source", "the source's text is another one"

    def _words_stay(self) -> bool:
        words = self.now.evidence(self.fact)
        return bool(words) and words == self.before.evidence(self.fact)

    def change(self) -> Change:
        """It as it is told."""
        shown, source = self.shown, self.source
        chains, evidence = shown.nodes.values(self.fact, onr.attribution), shown.evidence(self.fact)
        was, became = (
            sorted({text for told in sides if (text := version.read(self.fact, told))})
            if self.kind == "changed"
            else []
            for version, sides in ((self.before, self.had - self.has), (self.now, self.has - self.had))
        )
        return Change(
            source.base,
            source.source,
            self.fact,
            self.kind,
            self.cause,
            self.why,
            shown.nodes,
            chains,
            evidence,
            was,
            became,
            (self.before, self.now),
        )
