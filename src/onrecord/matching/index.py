"""Names and identifiers of nodes, found by their spelling or by what comes close to it."""

import itertools
from collections.abc import Iterable, Iterator
from typing import NamedTuple, Self

import msgspec

from onrecord.errors import InputError
from onrecord.matching.likeness import SAME, WITHOUT_VOWELS, bare_of, form_of, written
from onrecord.matching.nearby import Finder, Nearby, decoded
from onrecord.matching.normal import is_abjad, spelling, words
from onrecord.matching.reasons import SAME_SPELLING, reason

LEAST = 80
"""The score from which names are offered as close, unless another is asked for."""
NUMBERS = frozenset({"id", "reference"})
"""The kinds of names that are no words: another digit is another one, so only other punctuation comes close."""
_VERSION = 1


class Named(NamedTuple):
    """A name that a node has."""

    node: str
    name: str
    kind: str
    """What sort of name: "name", "other name", or one of NUMBERS."""


class Match(NamedTuple):
    """A node found by one of its names."""

    node: str
    name: str
    kind: str
    score: int
    """How alike the name is, from 0 to 100; 100 is the same spelling. Not how likely it is that somebody is meant."""
    reason: str


class _Spelled(msgspec.Struct, array_like=True):
    """What exact look-ups need: names in the order of their spellings, as columns, which are read faster than rows."""

    nodes: list[str]
    names: list[str]
    kinds: list[str]
    begin: dict[str, int]
    """Each spelling's first name."""


class _Kept(msgspec.Struct, array_like=True):
    """An index as bytes, in parts that are decoded when they are first needed."""

    version: int
    spelled: bytes
    numbers: bytes
    """What is of the kinds of NUMBERS, by its letters and digits."""
    forms: bytes
    bare: tuple[bytes, bytes]


class _Numbers(msgspec.Struct, array_like=True):
    positions: dict[str, list[int]]


class NameIndex:
    """Nodes by their names. The same names make the same index, in whatever order they come.

    `exact` needs part of it, and a loaded index decodes the others only when `close` first asks for them.
    """

    def __init__(self, named: Iterable[Named]) -> None:
        """Raises InputError for a name with half a character (lone surrogate)."""
        listed = sorted(set(named), key=lambda one: (spelling(one.name), one))
        self._spelled: _Spelled | bytes = _spelled(listed)
        forms = [(at, form_of(words(name))) for at, (_, name, kind) in enumerate(listed) if kind not in NUMBERS]
        self._numbers: _Numbers | bytes = _numbers(listed)
        self._forms = Finder(Nearby.of(forms))
        abjads = {at for at, _ in forms if is_abjad(listed[at].name)}
        others = Nearby.of((at, bare_of(form)) for at, form in forms if at not in abjads)
        self._bare = Finder(others), Finder(Nearby.of((at, bare_of(form)) for at, form in forms if at in abjads))
        """Consonants of the names in other scripts, and of those in scripts that leave vowels out."""

    def dump(self) -> bytes:
        """The index as bytes, the same for the same names; `load` reads them."""
        others, abjads = (finder.dump() for finder in self._bare)
        kept = _Kept(_VERSION, _encoded(self._spelled), _encoded(self._numbers), self._forms.dump(), (others, abjads))
        return msgspec.msgpack.encode(kept)

    @classmethod
    def load(cls, data: bytes) -> Self:
        """An index from what `dump` made. Raises InputError for anything else, here or when a part is first needed."""
        kept = decoded(data, _Kept)
        if kept.version != _VERSION:
            raise InputError(f"an index of names of version {kept.version}, not {_VERSION}")
        index = cls(())
        index._spelled, index._numbers, index._forms = kept.spelled, kept.numbers, Finder(kept.forms)
        index._bare = Finder(kept.bare[0]), Finder(kept.bare[1])
        return index

    def names(self) -> Iterator[Named]:
        """All names, in the order of their spellings."""
        spelled = self._spelled_part()
        return map(Named, spelled.nodes, spelled.names, spelled.kinds)

    def exact(self, text: str) -> list[Match]:
        """The nodes that have a name or identifier with this spelling: NFC, capitals and runs of spaces aside.

        Each node once, its main name ("name") before others; in the order of names, then nodes.
        """
        return [match._replace(reason=SAME_SPELLING) for match in self._best((at, 100) for at in self._same(text))]

    def close(self, text: str, limit: int = 5, least: int = LEAST) -> list[Match]:
        """The `limit` nodes whose names come closest to a text, the most alike first, each once by its closest name.

        The promise: every node is considered that has a name with `likeness(text, name) >= least`, and what is left out
        is left out by `limit` alone. Only names of the kinds of NUMBERS are found where all letters and digits are the
        same, and else not at all. Ties stand in the order: main names ("name") before others, then name, then node.
        """
        least = max(least, 1)
        query = written(text)
        found = [(at, 100) for at in self._same(text)]
        found += [(at, SAME) for at in self._number_part().positions.get(query.form.compact, ())]
        found += self._forms.find(query.form, least)
        opposite = self._bare[0 if query.abjad else 1]
        found += [(at, score - WITHOUT_VOWELS) for at, score in opposite.find(query.bare, least + WITHOUT_VOWELS)]
        best = self._best((at, score) for at, score in found if score >= least)[:limit]
        return [match._replace(reason=reason(text, match.name)) for match in best]

    def _best(self, found: Iterable[tuple[int, int]]) -> list[Match]:
        """Each node once, by its closest name, in the order that `close` promises; reasons are still to come."""
        spelled = self._spelled_part()
        matches = (Match(spelled.nodes[at], spelled.names[at], spelled.kinds[at], score, "") for at, score in found)
        best: dict[str, Match] = {}
        for match in sorted(matches, key=_rank):
            best.setdefault(match.node, match)
        return list(best.values())

    def _same(self, text: str) -> list[int]:
        spelled = self._spelled_part()
        sought = spelling(text)
        first = spelled.begin.get(sought, len(spelled.names))
        return list(
            itertools.takewhile(lambda at: spelling(spelled.names[at]) == sought, range(first, len(spelled.names)))
        )

    def _spelled_part(self) -> _Spelled:
        if isinstance(self._spelled, bytes):
            self._spelled = decoded(self._spelled, _Spelled)
        return self._spelled

    def _number_part(self) -> _Numbers:
        if isinstance(self._numbers, bytes):
            self._numbers = decoded(self._numbers, _Numbers)
        return self._numbers


def _spelled(listed: list[Named]) -> _Spelled:
    nodes, names, kinds = ([named[column] for named in listed] for column in range(3))
    try:
        "".join(itertools.chain(nodes, names, kinds)).encode()
    except UnicodeEncodeError as error:
        raise InputError("half a character (lone surrogate) in a name") from error
    begin: dict[str, int] = {}
    for position, name in enumerate(names):
        begin.setdefault(spelling(name), position)
    return _Spelled(nodes, names, kinds, begin)


def _numbers(listed: list[Named]) -> _Numbers:
    found: dict[str, list[int]] = {}
    for position, (_, name, kind) in enumerate(listed):
        if kind in NUMBERS and (number := "".join(words(name))):
            found.setdefault(number, []).append(position)
    return _Numbers(found)


def _rank(match: Match) -> tuple[int, bool, str, str, str]:
    return -match.score, match.kind != "name", match.name, match.node, match.kind


def _encoded(part: _Spelled | _Numbers | bytes) -> bytes:
    return part if isinstance(part, bytes) else msgspec.msgpack.encode(part)
