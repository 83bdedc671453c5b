"""What changed between two releases, fact by fact, and who changed it: a small graph of `onr:Change` nodes.

A fact here is what a source or the registry speaks of by a name of its own: a designation, an entity, the source
itself; with its parts, and the words that it rests on. The cause of a change is

- `world`, where the fact comes from a source that the release before did not have;
- `source`, where the source's text is another one (its SHA-256 has changed), and so other things are read in it;
- `curation` otherwise: the same text is read otherwise, curators have added something else, the registry says something
  else, or the dataset does not have the source any more, which is no word of the world's.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from onrecord.mappers.parts.minting import below, digest
from onrecord.ntriples import Triple, iri, literal
from onrecord.questions.versions import Version
from onrecord.release.differences import Differences, Differing
from onrecord.store.loading import load
from onrecord.vocabulary.term import TYPE
from onrecord.vocabulary.terms import CONCEPTS, oa, onr, prov, rdfs

_KINDS, _CAUSES = CONCEPTS["change-kind"], CONCEPTS["change-cause"]


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
        moved = _texts_that_moved(found)
        for source in found:
            earlier, later = Version(source.base, source.before), Version(source.base, source.now)
            for fact in sorted(earlier.facts.keys() | later.facts.keys()):
                if earlier.facts.get(fact) != later.facts.get(fact):
                    yield from _change(_Change(source, earlier, later, fact, moved), since)


def _texts_that_moved(found: Differences) -> frozenset[str]:
    """The texts of sources that went while a new source came with the same text: a source under another id."""
    gone = {source.before.text for source in found if not source.now.graphs}
    come = {source.now.text for source in found if not source.before.graphs}
    return frozenset((gone & come) - {""})


class _Change:
    """A fact that is not in both releases the same."""

    def __init__(self, source: Differing, before: Version, now: Version, fact: str, moved: frozenset[str]) -> None:
        self.source, self.before, self.now, self.fact = source, before, now, fact
        self.had, self.has = before.facts.get(fact, set()), now.facts.get(fact, set())
        self.kind = "changed" if self.had and self.has else "added" if self.has else "removed"
        self.shown = now if self.has else before
        self.cause, self.why = self._cause(moved)

    def _cause(self, moved: frozenset[str]) -> tuple[str, str]:
        old, new = self.source.before, self.source.now
        graphs = {kind for *_, kind in self.had ^ self.has}
        if "asserted" not in {*old.graphs, *new.graphs}:
            return "curation", "the registry says something else"
        if not old.graphs:
            if new.text in moved:
                return "curation", "the source's text was there before, under another id"
            return "world", "the source is new to the dataset"
        if not new.graphs:
            return "curation", "the dataset does not have the source any more"
        if graphs == {"curated"}:
            return "curation", "curators add something else to the source"
        return self._cause_of_text(old.text == new.text)

    def _cause_of_text(self, same: bool) -> tuple[str, str]:
        if same:
            return "curation", "the source's text is the same, and is read otherwise"
        if self.had and self.has and self._words_stay():
            return "source", "the source's text is another one; the words that this rests on are the same"
        return "source", "the source's text is another one"

    def _words_stay(self) -> bool:
        words = self.now.evidence(self.fact)
        return bool(words) and words == self.before.evidence(self.fact)


def _change(change: _Change, since: str) -> Iterator[Triple]:
    source, fact, shown = change.source, change.fact, change.shown
    node = below(f"<{source.base}change>", digest(since, source.source, fact))
    yield node, TYPE, onr.Change
    yield node, onr.since, literal(since)
    yield node, onr.changed, fact
    yield node, onr.changeKind, _KINDS[change.kind]
    yield node, onr.changeCause, _CAUSES[change.cause]
    yield node, onr.changeReason, literal(change.why)
    yield node, prov.wasDerivedFrom, iri(f"{source.base}source/{source.source}")
    yield from ((fact, TYPE, cls) for cls in shown.values(fact, TYPE))
    yield from ((fact, rdfs.label, label) for label in shown.values(fact, rdfs.label))
    for chain in shown.values(fact, onr.attribution):
        yield node, onr.attribution, chain
        yield from ((chain, rdfs.label, label) for label in shown.values(chain, rdfs.label))
    for evidence in shown.evidence(fact):
        yield node, onr.evidence, evidence
        for selector, exact in shown.words(evidence):
            yield evidence, oa.hasSelector, selector
            yield selector, oa.exact, exact
    if change.kind == "changed":
        for prop, version, told in (
            (onr.was, change.before, change.had - change.has),
            (onr.became, change.now, change.has - change.had),
        ):
            yield from ((node, prop, literal(text)) for text in map(partial(version.read, fact), told) if text)
