"""Facts as JSON Lines: one object a line (https://jsonlines.org), for facts that programs write.

A line with `source` or `registry` begins a document. A line without continues the one before: its sections are
appended, so that a long list can be written one record a line.
"""

import codecs
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

import msgspec

from onrecord.facts.constraints import shown
from onrecord.facts.document import Document
from onrecord.facts.faults import kind
from onrecord.findings import Finding, Place, Pointer
from onrecord.readers import characters, fast
from onrecord.readers.json_line import HEADS, Line, parse
from onrecord.readers.limits import Limits
from onrecord.readers.passage import Passage
from onrecord.readers.result import Read, Tree, broken, interpret

_FIELDS = msgspec.json.Decoder(dict[str, msgspec.Raw])


def split(stream: BinaryIO) -> Iterator[Passage]:
    """The documents of a JSON Lines file, one after the other: no more than one is in memory."""
    rows: list[bytes] = []
    start, first = 0, 1
    offset = 0
    for number, row in enumerate(stream, 1):
        if number == 1 and row.startswith(codecs.BOM_UTF8):
            row = row.removeprefix(codecs.BOM_UTF8)  # noqa: PLW2901
            start = offset = len(codecs.BOM_UTF8)
        if not row.isspace():
            if rows and _begins(row):
                yield Passage(b"".join(rows), start, first)
                rows = []
            if not rows:
                start, first = offset, number
            rows.append(row)
        elif rows:
            rows.append(row)
        offset += len(row)
    yield Passage(b"".join(rows), start, first)


def _begins(row: bytes) -> bool:
    """Whether a document begins in a line, be it one that cannot be read."""
    if row.startswith((b'{"source"', b'{"registry"')):
        return True
    if b'"source"' not in row and b'"registry"' not in row:
        return False
    try:
        return not _FIELDS.decode(row).keys().isdisjoint(HEADS)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return True


def read(name: str, passage: Passage, limits: Limits) -> Read:
    """The document in a passage of the JSON Lines file `name`."""
    whole = fast.decoded(passage, limits)
    if whole is not None:
        document, survey = whole
        return Read(name, document, locate=LaterPlaces(name, passage, limits), survey=survey)
    if passage.offset == 0:
        wrong = characters.foreign(name, passage.data)
        if wrong:
            return broken(name, [wrong])
    if not passage.data:
        finding = Finding(
            Place(name, 1, 1), "violation", "empty-file", "the file is empty", "begin it with a source", broken=True
        )
        return broken(name, [finding])
    return _draft(name, passage, limits).read(name, limits)


_SECTIONS = frozenset(Document.__struct_fields__) - {"source"}


@dataclass
class _Draft:
    """A document under way: its values so far, the lines that they came from, and what was wrong with lines."""

    tree: Tree = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    known: dict[Pointer, Finding] = field(default_factory=dict)
    found: list[Finding] = field(default_factory=list)

    def add(self, line: Line) -> None:
        """Append what a line holds to what the lines before it held."""
        self.lines.append(line)
        for key, value in line.tree.items():
            before = self.tree.get(key)
            line.starts[key] = len(before) if isinstance(before, list) else 0
            if key in _SECTIONS and not isinstance(value, list):
                message = f"expected a list, but found {kind(value)}"
                hint = "a section is a list of records, be it of one"
                self.found.append(_broken(line.place((key,)), "type", message, hint))
            elif isinstance(before, list) and isinstance(value, list):
                before += value
            elif key not in self.tree:
                self.tree[key] = value
            else:
                message = f"{shown(key)} was given in a line before, and cannot be continued"
                self.found.append(_broken(line.place((key,)), "duplicate-key", message, "keep one of them"))
        self.known |= {line.absolute(pointer): finding for pointer, finding in line.known.items()}
        self.found += line.found

    def read(self, name: str, limits: Limits) -> Read:
        """The document, when all its lines are in."""
        result = interpret(name, self.tree, Places(name, self.lines), limits, strict=True, known=self.known)
        result.faults = self.found + result.faults
        return result


class Places:
    """Where each value of a document stands: its line, and the column in it."""

    def __init__(self, name: str, lines: list[Line]) -> None:
        self._name, self._lines = name, lines
        self._sections: dict[str | int, list[tuple[int, Line]]] = {}

    def __call__(self, pointer: Pointer) -> Place:
        """The place of a value, or of the nearest thing around it."""
        if not self._lines:
            return Place(self._name, 1, 1)
        if not self._sections:
            for line in self._lines:
                for key, start in line.starts.items():
                    self._sections.setdefault(key, []).append((start, line))
        parts = self._sections.get(pointer[0]) if pointer else None
        if parts is None:
            return self._lines[0].place(())
        if len(pointer) < 2 or not isinstance(pointer[1], int):
            return parts[0][1].place(pointer)
        start, line = parts[bisect_right(parts, pointer[1], key=lambda part: part[0]) - 1]
        return line.place((pointer[0], pointer[1] - start, *pointer[2:]))


def _broken(place: Place, code: str, message: str, hint: str) -> Finding:
    return Finding(place, "violation", code, message, hint, broken=True)


class LaterPlaces:
    """Where each value of a document stands. Its lines are parsed with positions when somebody first asks."""

    def __init__(self, name: str, passage: Passage, limits: Limits) -> None:
        self._name, self._passage, self._limits = name, passage, limits
        self._places: Places | None = None

    def __call__(self, pointer: Pointer) -> Place:
        """The place of a value, or of the nearest thing around it."""
        if self._places is None:
            self._places = Places(self._name, _draft(self._name, self._passage, self._limits).lines)
        return self._places(pointer)


def _draft(name: str, passage: Passage, limits: Limits) -> _Draft:
    draft = _Draft()
    offset = passage.offset
    rows = passage.data.split(b"\n")
    begun = False
    for number, row in enumerate(rows, passage.line):
        line: Line | Finding | None = None
        if row.strip():
            line = _line(name, number, row, offset, limits, last=number == passage.line + len(rows) - 1)
        offset += len(row) + 1
        if line is None:
            continue
        if isinstance(line, Line):
            draft.add(line)
        elif not begun:  # its source was in the line that cannot be read
            draft.known[("source",)] = line
        else:
            draft.found.append(line)
        begun = True
    return draft


def _line(name: str, number: int, row: bytes, offset: int, limits: Limits, last: bool) -> Line | Finding:
    if len(row) > limits.line_bytes:
        return limits.exceeded("line_bytes", Place(name, number, 1), "the line", len(row))
    text = characters.decoded(name, row, number, offset)
    return text if isinstance(text, Finding) else parse(name, number, text, limits, last)
