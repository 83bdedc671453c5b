"""The index that the browser searches: names in plain letters, in files that are small enough for one keystroke.

A name is found by the beginning of any of its words. Its words are turned (`ali khan`, `khan ali`), and each turn is in
the file of its first letter; where that would be too large, the file holds the best of them and says by which letters
there are further files. So the first letter takes one file, and each further one at most one more.

Names are folded as `matching.normal.words` does. The browser folds what is typed in the same way: it holds the rules
for ASCII, and `letters.json` what each other character that occurs in the dataset becomes. Other characters are in no
name, so nothing is missed by leaving them out.
"""

import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from typing import TypeAlias

import msgspec

from onrecord.documents import Document
from onrecord.documents.document import Tree, Value
from onrecord.matching.normal import words
from onrecord.site.rendering import visible

FOLDER = "search"
LARGEST = 60_000
"""Bytes of a file."""
_LONGEST_NAME = 160
_LONGEST_KEY = 60
FIRST = "0123456789abcdefghijklmnopqrstuvwxyz"
"""The characters that a word can begin with: each has a file, if an empty one."""
_ALWAYS = "\u200b\u2028\u2029" + "".join(map(chr, (*range(0xC0, 0x180), *range(0x370, 0x530), *range(0x5D0, 0x700))))
"""What is folded whether it occurs or not: Latin letters with accents, Greek, Cyrillic, Hebrew and Arabic ones."""
_NAMES = ("labels", "altLabel", "title", "listReference", "code")
_RANKS = {"organization": 0, "person": 0, "entry": 1, "list": 1, "act": 2, "event": 2}


@dataclass(frozen=True)
class Entry:
    """What can be found: a page, by names. `kind` is what it is, in a few words; `rank` says what comes first of
    several that are found by the same letters."""

    label: str
    path: str
    kind: str
    names: tuple[str, ...]
    rank: int = 0


@dataclass(frozen=True)
class _Name:
    entry: Entry
    shown: str
    folded: str

    @cached_property
    def row(self) -> list[str | int]:
        """The name as it is in a file: its page comes before it. 0 stands for what the browser can tell by itself."""
        plain = self.shown.isascii() and " ".join(words(self.shown)) == self.folded
        return [0 if self.shown == self.entry.label else self.shown, 0 if plain else self.folded]

    @cached_property
    def size(self) -> int:
        """The most bytes that the name takes in a file, with its page."""
        return len(msgspec.json.encode([self.entry.label, self.entry.path, self.entry.kind, *self.row])) + 24


_Turn: TypeAlias = "tuple[str, int, _Name]"
"""A name from one of its words on, the number of that word, and the name."""


def entry_of(document: Document, path: str, kind: str, rank: int = 0) -> Entry:
    """What a document is found by: its label, its names in all languages, and what sources call it. `path` is that of
    its page, with the ending."""
    names = dict.fromkeys([document.label, *_texts_of(document.tree)])
    return Entry(document.label, path, kind, tuple(names), rank)


def rank_of(kind: str) -> int:
    """The rank of what is of a kind of document: what the search shows first of several that are found."""
    return _RANKS.get(kind, len(_RANKS))


def _texts_of(tree: Tree) -> Iterator[str]:
    for key in _NAMES:
        yield from _texts(tree.get(key, []))
    for key in ("nameForm", "mentionedAs"):
        held = tree.get(key, [])
        for each in held if isinstance(held, list) else [held]:
            if isinstance(each, dict):
                yield from _texts(each.get("labels" if key == "nameForm" else "form", []))


def _texts(value: Value) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)


def shown(text: str) -> str:
    """A name as it is shown where things are found: in one line that is not too long, without what nobody sees."""
    text = visible(" ".join(text[: 4 * _LONGEST_NAME].split()))
    return text if len(text) <= _LONGEST_NAME else f"{text[: _LONGEST_NAME - 1].rstrip()}…"


# ── Files ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def files(entries: Iterable[Entry]) -> dict[str, bytes]:
    """The files of the index by their paths on the site."""
    plain = (replace(entry, label=shown(entry.label)) for entry in entries)
    names = [name for entry in sorted(plain, key=_order) for name in _names(entry)]
    turns = sorted((turn for name in names for turn in _turns(name)), key=lambda turn: (turn[0], _rank(turn)))
    made: dict[str, bytes] = {}
    for first in FIRST:
        _put(made, first, _beginning(turns, first))
    made[f"{FOLDER}/letters.json"] = msgspec.json.encode(_letters(name.shown for name in names), order="sorted")
    return made


def file_of(prefix: str) -> str:
    """The path of the file for names that begin with a prefix, which is of folded letters, digits and spaces."""
    return f"{FOLDER}/q-{prefix.replace(' ', '_')}.json"  # q- for no file may be called con or aux on Windows


def _order(entry: Entry) -> tuple[int, str, str]:
    return entry.rank, entry.label, entry.path


def _names(entry: Entry) -> Iterator[_Name]:
    """The names of an entry, those that are the same when folded once."""
    seen: set[str] = set()
    for name in entry.names:
        text = shown(name)
        folded = " ".join(words(text))
        if folded and folded not in seen:
            seen.add(folded)
            yield _Name(entry, text, folded)


def _turns(name: _Name) -> Iterator[_Turn]:
    parts = name.folded.split()
    for number, part in enumerate(parts):
        if part not in parts[:number]:
            yield " ".join(parts[number:] + parts[:number])[:_LONGEST_KEY], number, name


def _rank(turn: _Turn) -> tuple[int, int, int, str, str]:
    """What comes first: names that begin so, what ranks first, short names."""
    _, number, name = turn
    return min(number, 1), name.entry.rank, len(name.folded), name.folded, name.entry.path


def _beginning(turns: list[_Turn], prefix: str) -> list[_Turn]:
    low = bisect_left(turns, prefix, key=lambda turn: turn[0])
    return turns[low : bisect_left(turns, prefix + "\x7f", key=lambda turn: turn[0])]


def _put(made: dict[str, bytes], prefix: str, turns: list[_Turn]) -> None:
    """Write the file of a prefix, and those of longer ones where it is too large for all."""
    held: dict[int, _Name] = {}
    size, whole = 200, True
    for turn in sorted(turns, key=_rank):
        name = turn[2]
        if id(name) not in held:
            size += name.size
            if size > LARGEST:
                whole = False
                break
            held[id(name)] = name
    depth = len(prefix)
    below = {} if whole else {k: list(g) for k, g in groupby(turns, lambda turn: turn[0][depth : depth + 1]) if k}
    made[file_of(prefix)] = _file(list(held.values()), whole, "".join(below))
    for character, longer in below.items():
        _put(made, prefix + character, longer)


def _file(names: list[_Name], whole: bool, further: str) -> bytes:
    pages: dict[str, int] = {}
    shown: list[list[str]] = []
    rows: list[list[str | int]] = []
    for name in names:
        entry = name.entry
        if entry.path not in pages:
            pages[entry.path] = len(shown)
            shown.append([entry.label, entry.path, entry.kind])
        rows.append([pages[entry.path], *name.row])
    return msgspec.json.encode({"whole": whole, "further": further, "pages": shown, "names": rows})


def _letters(texts: Iterable[str]) -> dict[str, str]:
    """What characters become when they are folded: "" for those that go, a space for those that part words."""
    found = set(_ALWAYS)
    for text in texts:
        if not text.isascii():
            found.update(unicodedata.normalize("NFKC", text))
    stable = (char for char in found if not char.isascii() and unicodedata.normalize("NFKC", char) == char)
    made = {char: " ".join(words(f"1{char}1"))[1:-1] for char in stable}
    return {char: plain for char, plain in made.items() if plain}
