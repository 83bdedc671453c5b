"""Names by the beginnings of their words, for the search before its files are prepared."""

from bisect import bisect_left
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from onrecord.documents.kinds import KINDS, kind_of
from onrecord.matching.normal import words
from onrecord.questions.said import Said
from onrecord.vocabulary.terms import onr, rdfs, skos

_NAMES = (rdfs.label, skos.altLabel, onr.listReference)
_MOST_READ = 20_000
"""Names that are looked at for one question: those that a first letter begins are too many to order."""
_FIRST = {name: rank for rank, name in enumerate(("organization", "person", "entry", "list", "act", "event"))}
"""What is shown first of several that are found."""


class Named(NamedTuple):
    """A name that something has that has a page."""

    node: str
    name: str
    folded: str


class Beginnings:
    """The names of all that has a page of its own, in one store."""

    def __init__(self, said: Said) -> None:
        self._names: list[Named] = []
        begins: list[tuple[str, int]] = []
        for node, name in _named(said):
            parts = words(name[:400])
            if parts:
                begins += [(part, len(self._names)) for part in dict.fromkeys(parts)]
                self._names.append(Named(node, name, " ".join(parts)))
        self._begins = sorted(begins)
        self._base = said.base
        self.kinds = {kind.name for each in self._names if (kind := kind_of(each.node, said.base))}
        """The kinds of what is called so."""

    def find(self, text: str, most: int) -> tuple[list[Named], bool]:
        """Who has a name in which every word of a text begins a word, each once and the best first; and whether these
        are all."""
        wanted = words(text)
        if not wanted:
            return [], True
        longest = max(wanted, key=len)
        start = bisect_left(self._begins, (longest, -1))
        rows = list(islice(self._begin_so(start, longest), _MOST_READ + 1))
        whole, joined = len(rows) <= _MOST_READ, " ".join(wanted)
        best: dict[str, tuple[tuple[int, int, int, str, str], Named]] = {}
        for number in dict.fromkeys(rows):
            named = self._names[number]
            if all(any(part.startswith(word) for part in named.folded.split()) for word in wanted):
                rank = self._rank(named, joined)
                if named.node not in best or rank < best[named.node][0]:
                    best[named.node] = (rank, named)
        ordered = [named for _, named in sorted(best.values())]
        return ordered[:most], whole and len(ordered) <= most

    def _begin_so(self, start: int, beginning: str) -> Iterator[int]:
        for at in range(start, len(self._begins)):
            word, number = self._begins[at]
            if not word.startswith(beginning):
                return
            yield number

    def _rank(self, named: Named, joined: str) -> tuple[int, int, int, str, str]:
        closeness = 0 if named.folded == joined else 1 if named.folded.startswith(joined) else 2
        kind = kind_of(named.node, self._base)
        return closeness, _FIRST.get(kind.name if kind else "", len(_FIRST)), len(named.name), named.name, named.node


def _named(said: Said) -> Iterator[tuple[str, str]]:
    shown = {name for name, kind in KINDS.items() if not kind.nested}

    def counts(node: str) -> bool:
        kind = kind_of(node, said.base)
        return kind is not None and kind.name in shown

    yield from sorted({pair for prop in _NAMES for pair in said.texts(prop, counts)})
