"""Which documents go into a bundle: those of some kinds, and of some jurisdictions."""

from collections.abc import Iterable, Iterator

from onrecord.documents import KINDS, Document, Documents, Kind
from onrecord.vocabulary.term import TYPE
from onrecord.vocabulary.terms import onr

_SUPPORTING = ("list", "post", "place", "source")
"""Kinds that others point to: where jurisdictions are chosen, they are there for those alone."""


class Choice:
    """The documents of a bundle, one when it is asked for. `kinds` of them, () for all that stand inside no others.

    Where the selection names jurisdictions, whoever has a designation or a status there is in; so are facts that have
    to do with one of them, with one of the jurisdictions or with their lists; so is whatever these point to, but for
    those who are designated elsewhere alone: without their designations their documents would look like a "no".
    """

    def __init__(self, documents: Documents, kinds: Iterable[str] = ()) -> None:
        self._documents = documents
        self._within = documents.reading.selection.jurisdictions
        self._kinds = tuple(kinds)
        self.roots: list[tuple[str, Kind]] = list(documents.roots(self._kinds or None))

    def __len__(self) -> int:
        """How many documents there are to choose from."""
        return len(self.roots)

    def made(self) -> Iterator[Document]:
        """The documents that are chosen, kind after kind in the order of KINDS as far as they are designated or say
        something, and then those that they point to."""
        if self._within is None:
            for node, kind in self.roots:
                yield self._documents.document(node, kind)
            return
        staying = {node for node, kind in self.roots if kind.designee and self._is_designated(node)}
        named: set[str] = set()
        wanted = staying | self._within | self._lists()
        for node, kind in self.roots:
            if kind.name in _SUPPORTING or (kind.designee and node not in wanted):
                continue
            if kind.nested and not self._documents.reading.is_within(node):
                continue
            document = self._documents.document(node, kind)
            if kind.designee or document.references & wanted:
                named |= document.references
                yield document
        yield from self._pointed_at(named, wanted)

    def _pointed_at(self, named: set[str], wanted: set[str]) -> Iterator[Document]:
        """Those that the chosen ones point to: they take no others with them but lists, posts, places and sources."""
        for node, kind in self.roots:
            supports = kind.name in _SUPPORTING
            if supports:
                taken = node in named or node in wanted
            else:
                taken = kind.designee and node in named and node not in wanted and not self._is_designated(node, True)
            if taken:
                document = self._documents.document(node, kind)
                named |= document.references if not supports else frozenset()
                yield document

    def _is_designated(self, node: str, anywhere: bool = False) -> bool:
        """Whether somebody has a designation or a period of status in one of the jurisdictions, or anywhere."""
        reading = self._documents.reading
        pointing = reading.anywhere_into if anywhere else reading.into
        return any(
            str(kind) in reading.said(other).get(TYPE, [])
            for prop, kind in ((onr.designee, onr.Designation), (onr.statusOf, onr.StatusPeriod))
            for other in pointing(prop, node)
        )

    def _lists(self) -> set[str]:
        reading = self._documents.reading
        return {each for node in self._within or () for each in reading.into(onr.jurisdiction, node)}


def count(documents: Iterable[str]) -> dict[str, int]:
    """How many documents there are a kind, in the order of KINDS."""
    found = dict.fromkeys(KINDS, 0)
    for kind in documents:
        found[kind] += 1
    return {kind: number for kind, number in found.items() if number}
