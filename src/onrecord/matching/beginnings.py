"""Nodes by the beginnings of the words of their names: what a search shows while somebody types.

Names are folded as `normal.words` does, and found and ordered as the script of the site's search does in its files
(site/assets/search.js). All of it is a few columns of bytes, so that it is opened in milliseconds, however much it is.
"""

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable
from itertools import accumulate, islice
from sys import byteorder
from typing import NamedTuple, Self

import msgspec

from onrecord.errors import InputError
from onrecord.matching.nearby import decoded
from onrecord.matching.normal import words

_VERSION = 1
_LONGEST = 60
"""Letters of a word by which it is found."""
_MOST_READ = 20_000
"""Names that are looked at for one question: those that a first letter begins are too many to order."""
_LATER = 1 << 31
"""Added to the number of a name where it is found by another word than its first: these come after all others."""


class Called(NamedTuple):
    """A name that a node has, which is of a kind. Of names that the same letters find, those of a lower `rank` come
    first, then short ones; `place` parts those that are left."""

    node: str
    name: str
    kind: str
    rank: int
    place: str


class Begun(NamedTuple):
    """A node that is found, by one of its names."""

    node: str
    name: str


class _Texts(msgspec.Struct, array_like=True):
    """Texts one behind the other, in UTF-8, and where each ends."""

    content: bytes
    ends: bytes


class _Kept(msgspec.Struct, array_like=True):
    version: int
    order: str
    """Of the bytes in numbers: the machine's."""
    kinds: list[str]
    nodes: _Texts
    names: _Texts
    folded: _Texts
    words: _Texts
    owners: bytes
    """The number of each name's node."""
    rows: bytes
    """Names by their words, word for word."""
    starts: bytes
    """Where the rows of each word begin; one more, where the last ends."""


class Beginnings:
    """Nodes by their names. The same names make the same index."""

    def __init__(self, called: Iterable[Called]) -> None:
        """Of a node's names that are folded alike, the first that is given is shown. Raises InputError for a name with
        half a character (lone surrogate)."""
        self._open(_made(called))

    def _open(self, kept: _Kept) -> None:
        self._kept = kept
        texts = (kept.nodes, kept.names, kept.folded, kept.words)
        self._nodes, self._names, self._folded, self._words = map(_Column, texts)
        self._owners, self._rows, self._starts = map(_numbers, (kept.owners, kept.rows, kept.starts))

    def dump(self) -> bytes:
        """The index as bytes; `load` reads them."""
        return msgspec.msgpack.encode(self._kept)

    @classmethod
    def load(cls, data: bytes) -> Self:
        """An index from what `dump` made. Raises InputError for anything else, and for one of another version."""
        kept = decoded(data, _Kept)
        if (kept.version, kept.order) != (_VERSION, byteorder):
            raise InputError(f"an index of names of version {kept.version}, {kept.order}, not {_VERSION}, {byteorder}")
        index = cls.__new__(cls)
        index._open(kept)
        return index

    @property
    def kinds(self) -> list[str]:
        """The kinds of what has a name, sorted."""
        return self._kept.kinds

    def __len__(self) -> int:
        """How many names there are."""
        return len(self._names)

    def find(self, text: str, most: int, counts: Callable[[str], bool] = lambda node: True) -> tuple[list[Begun], bool]:
        """Who has a name in which every word of a text begins a word, of the nodes that count, each once and the best
        first; and whether these are all.

        The best are those that are called just so, then those whose names begin so, then those whose first word begins
        as that of the text does.
        """
        wanted = words(text)
        if not wanted:
            return [], True
        rows, whole = self._begun_so(max(wanted, key=len)[:_LONGEST])
        best: dict[int, tuple[int, int]] = {}
        for turn, at in enumerate(rows):
            score, owner = _score(self._folded[at], wanted), self._owners[at]
            if score is None or (owner in best and best[owner][0] // len(rows) <= score):
                continue
            if owner in best or counts(self._nodes[owner]):
                best[owner] = score * len(rows) + turn, at
        ordered = sorted((turn, owner, at) for owner, (turn, at) in best.items())
        found = [Begun(self._nodes[owner], self._names[at]) for _, owner, at in ordered[:most]]
        return found, whole and len(ordered) <= most

    def _begun_so(self, beginning: str) -> tuple[list[int], bool]:
        """The names with a word that begins so, in the order of what a search shows first; and whether it is all."""
        low = bisect_left(self._words, beginning)
        high = bisect_left(self._words, f"{beginning}\x7f", lo=low)
        rows = sorted(set(self._rows[self._starts[low] : self._starts[high]]))
        first = dict.fromkeys(row & ~_LATER for row in rows)
        return list(islice(first, _MOST_READ)), len(first) <= _MOST_READ


class _Column:
    """Texts by their numbers, decoded when they are asked for."""

    def __init__(self, kept: _Texts) -> None:
        self._content, self._ends = kept.content, _numbers(kept.ends)

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, at: int) -> str:
        return self._content[self._ends[at] : self._ends[at + 1]].decode()


def _score(folded: str, wanted: list[str]) -> int | None:
    """How well a name is met, 0 the best; None where a word begins none of its words."""
    spaced, joined = f" {folded}", " ".join(wanted)
    if not all(f" {word}" in spaced for word in wanted):
        return None
    if folded.startswith(joined):
        return int(folded != joined)
    return 2 if folded.startswith(wanted[0]) else 3


def _made(called: Iterable[Called]) -> _Kept:
    names: list[tuple[int, int, str, str, str, str]] = []
    seen: set[tuple[str, str]] = set()
    kinds: set[str] = set()
    for node, name, kind, rank, place in called:
        folded = " ".join(words(name))
        if folded and (node, folded) not in seen:
            seen.add((node, folded))
            kinds.add(kind)
            names.append((rank, len(folded), folded, place, node, name))
    names.sort()
    nodes = {node: at for at, node in enumerate(sorted({name[4] for name in names}))}
    rows = _rows(name[2] for name in names)
    return _Kept(
        _VERSION,
        byteorder,
        sorted(kinds),
        _texts(nodes),
        _texts(name[5] for name in names),
        _texts(name[2] for name in names),
        _texts(rows),
        array("I", (nodes[name[4]] for name in names)).tobytes(),
        array("I", (row for each in rows.values() for row in each)).tobytes(),
        array("I", accumulate(map(len, rows.values()), initial=0)).tobytes(),
    )


def _rows(folded: Iterable[str]) -> dict[str, list[int]]:
    """The numbers of names by their words, which are sorted."""
    found: dict[str, list[int]] = {}
    for at, name in enumerate(folded):
        for number, word in enumerate(dict.fromkeys(name.split())):
            found.setdefault(word[:_LONGEST], []).append(at | _LATER if number else at)
    return {word: found[word] for word in sorted(found)}


def _texts(texts: Iterable[str]) -> _Texts:
    try:
        encoded = [text.encode() for text in texts]
    except UnicodeEncodeError as error:
        raise InputError("half a character (lone surrogate) in a name") from error
    return _Texts(b"".join(encoded), array("I", accumulate(map(len, encoded), initial=0)).tobytes())


def _numbers(data: bytes) -> "array[int]":
    found = array("I")
    found.frombytes(data)
    return found
