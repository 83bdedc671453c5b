"""Names of all that this service knows: those of `kg status`, and those of lists, places, posts, events and sources."""

import heapq
from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import NamedTuple

from onrecord.documents.kinds import kind_of
from onrecord.matching import Named, NameIndex
from onrecord.matching.normal import words
from onrecord.ntriples import text_of
from onrecord.server.desk import Desk
from onrecord.server.reconciliation import kinds
from onrecord.vocabulary.term import TYPE
from onrecord.vocabulary.terms import dcterms, onr, rdfs, skos

_LONGEST = 60
_DESIGNEES = frozenset(("Designee", kinds.ENTRY))
_OTHERS = frozenset(("list", "post", "place", "event", "act", "source"))


class Beginning(NamedTuple):
    """A name that begins with what was typed, or a word of which does."""

    node: str
    name: str
    kind: str


class Naming:
    """The names of one release. What a question needs is made when it is first asked."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @cached_property
    def others(self) -> NameIndex:
        """The names of those who can have no status."""
        return NameIndex(self._named())

    def beginning(self, prefix: str, most: int) -> list[Beginning]:
        """Who has a name with a word that begins so, each once, in plain letters and any script: names that begin so
        before others, the registry before lists, short names before long ones."""
        sought = " ".join(words(prefix))[:_LONGEST]
        if not sought:
            return []
        turns = self._turns
        low = bisect_left(turns, (sought,))
        high = bisect_left(turns, (f"{sought}\x7f",), lo=low)
        best: dict[str, tuple[int, ...]] = {}
        for _, number, at in turns[low:high]:
            node = self._names[at].node
            rank = (min(number, 1), int("/entry/" in node), len(self._names[at].name), at)
            best[node] = min(best.get(node, rank), rank)
        ranked = heapq.nsmallest(most, best.values())
        return [Beginning(*self._names[rank[-1]]) for rank in ranked]

    @cached_property
    def _names(self) -> list[Named]:
        return sorted({*self._desk.lookup.index.names(), *self.others.names()})

    @cached_property
    def _turns(self) -> list[tuple[str, int, int]]:
        """Each name from each of its words on, sorted: how it goes on, the number of the word, the name's."""
        found = []
        for at, one in enumerate(self._names):
            parts = words(one.name)
            for number, part in enumerate(parts):
                if part not in parts[:number]:
                    found.append((" ".join(parts[number:] + parts[:number])[:_LONGEST], number, at))
        return sorted(found)

    def _named(self) -> Iterator[Named]:
        said = self._desk.statuses.said
        classes = [getattr(onr, name) for name in kinds.KINDS if not _DESIGNEES & kinds.above(name)]
        nodes = {triple.subject for each in classes for triple in said.match(None, TYPE, each)}
        for node in filter(self._counts, nodes):
            for prop, kind in ((rdfs.label, "name"), (dcterms.title, "name"), (skos.altLabel, "other name")):
                yield from (Named(node, text_of(name), kind) for name in said.objects(node, prop))
        for triple in said.match(None, onr.code):
            yield Named(triple.subject, text_of(triple.object), "reference")

    def _counts(self, node: str) -> bool:
        kind = kind_of(node, self._desk.settings.base)
        return kind is not None and kind.name in _OTHERS


@lru_cache(maxsize=1)
def naming(desk: Desk) -> Naming:
    """The names of the release that a worker has."""
    return Naming(desk)
