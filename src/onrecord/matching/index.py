"""Names and identifiers of nodes, found by their spelling or by what comes close to it."""

import itertools
from collections.abc import Iterable
from typing import NamedTuple, Self, TypeVar

import msgspec

from onrecord.errors import InputError
from onrecord.matching.likeness import SAME, form_of
from onrecord.matching.nearby import Nearby, Postings
from onrecord.matching.normal import spelling, words
from onrecord.matching.reasons import SAME_SPELLING, reason

LEAST = 80
"""The score from which names are offered as close, unless another is asked for."""
NUMBERS = frozenset({"id", "reference"})
"""The kinds of names that are no words: another digit is another one, so only other punctuation comes close."""
_VERSION = 1
_Half = TypeVar("_Half", bound=msgspec.Struct)


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
    """What exact look-ups need: names in columns, which are read four times as fast as rows."""

    nodes: list[str]
    names: list[str]
    kinds: list[str]
    spellings: dict[str, list[int]]


class _Near(msgspec.Struct, array_like=True):
    """What look-ups of close names need besides."""

    numbers: dict[str, list[int]]
    """What is of the kinds of NUMBERS, by its letters and digits."""
    forms: Nearby


class _Kept(msgspec.Struct, array_like=True):
    """The two halves of an index, each decoded when it is first needed."""

    version: int
    spelled: msgspec.Raw
    near: msgspec.Raw


class NameIndex:
    """Nodes by their names. The same names make the same index, in whatever order they come.

    `exact` needs half of it, and a loaded index decodes the other half only when `close` first asks for it.
    """

    def __init__(self, named: Iterable[Named]) -> None:
        """Raises InputError for a name with half a character (lone surrogate)."""
        listed = sorted(set(named))
        self._spelled: _Spelled | msgspec.Raw = _spelled(listed)
        self._near: _Near | msgspec.Raw = _near(listed)
        self._postings: Postings | None = None

    def dump(self) -> bytes:
        """The index as bytes, the same for the same names; `load` reads them."""
        halves = (_raw(self._spelled), _raw(self._near))
        return msgspec.msgpack.encode(_Kept(_VERSION, *halves))

    @classmethod
    def load(cls, data: bytes) -> Self:
        """An index from what `dump` made. Raises InputError for anything else, here or when a half is first needed."""
        kept = _decoded(data, _Kept)
        if kept.version != _VERSION:
            raise InputError(f"an index of names of version {kept.version}, not {_VERSION}")
        index = cls(())
        index._spelled, index._near = kept.spelled, kept.near
        return index

    def exact(self, text: str) -> list[Match]:
        """The nodes that have a name or identifier with this spelling: NFC, capitals and runs of spaces aside.

        Each node once, in their order.
        """
        spelled = self._exact_half()
        found = [self._match(at, 100, SAME_SPELLING) for at in spelled.spellings.get(spelling(text), ())]
        return _best(found)

    def close(self, text: str, limit: int = 5, least: int = LEAST) -> list[Match]:
        """The `limit` nodes whose names come closest to a text, the most alike first, each once by its closest name.

        The promise: every node is considered that has a name with `likeness.score(text, name) >= least`, or the same
        spelling; what is left out is left out by `limit` alone. Names of the kinds of NUMBERS are found only where all
        letters and digits are the same, and names or texts of more than `nearby.MOST_LETTERS` letters by their spelling
        only. Ties stand in the order: main names ("name") before others, then name, then node.
        """
        query = form_of(words(text))
        near, postings = self._near_half()
        found = [self._match(at, 100, "") for at in self._exact_half().spellings.get(spelling(text), ())]
        found += [self._match(at, SAME, "") for at in near.numbers.get(query.compact, ())]
        for form, score in near.forms.find(query, max(least, 1), postings):
            found += [self._match(at, score, "") for at in near.forms.sources[form]]
        best = [match for match in _best(found) if match.score >= least][:limit]
        return [match._replace(reason=reason(text, match.name)) for match in best]

    def _match(self, at: int, score: int, why: str) -> Match:
        spelled = self._exact_half()
        return Match(spelled.nodes[at], spelled.names[at], spelled.kinds[at], score, why)

    def _exact_half(self) -> _Spelled:
        if isinstance(self._spelled, msgspec.Raw):
            self._spelled = _decoded(self._spelled, _Spelled)
        return self._spelled

    def _near_half(self) -> tuple[_Near, Postings]:
        if isinstance(self._near, msgspec.Raw):
            self._near = _decoded(self._near, _Near)
        if self._postings is None:
            self._postings = Postings(self._near.forms.forms)
        return self._near, self._postings


def _spelled(listed: list[Named]) -> _Spelled:
    spellings: dict[str, list[int]] = {}
    for position, (_, name, _) in enumerate(listed):
        spellings.setdefault(spelling(name), []).append(position)
    try:
        "".join(itertools.chain(*listed)).encode()
    except UnicodeEncodeError as error:
        raise InputError("half a character (lone surrogate) in a name") from error
    nodes, names, kinds = ([named[column] for named in listed] for column in range(3))
    return _Spelled(nodes, names, kinds, spellings)


def _near(listed: list[Named]) -> _Near:
    numbers: dict[str, list[int]] = {}
    plain: list[tuple[int, list[str]]] = []
    for position, (_, name, kind) in enumerate(listed):
        if kind not in NUMBERS:
            plain.append((position, words(name)))
        elif number := "".join(words(name)):
            numbers.setdefault(number, []).append(position)
    return _Near(numbers, Nearby.of(plain))


def _best(found: list[Match]) -> list[Match]:
    """Each node once, by its closest name, in the order that `close` promises."""
    best: dict[str, Match] = {}
    for match in sorted(found, key=_rank):
        best.setdefault(match.node, match)
    return list(best.values())


def _rank(match: Match) -> tuple[int, bool, str, str, str]:
    return -match.score, match.kind != "name", match.name, match.node, match.kind


def _raw(half: _Spelled | _Near | msgspec.Raw) -> msgspec.Raw:
    return half if isinstance(half, msgspec.Raw) else msgspec.Raw(msgspec.msgpack.encode(half))


def _decoded(data: bytes | msgspec.Raw, kind: type[_Half]) -> _Half:
    try:
        return msgspec.msgpack.decode(data, type=kind)
    except msgspec.DecodeError as error:
        raise InputError(f"not an index of names: {error}") from error
