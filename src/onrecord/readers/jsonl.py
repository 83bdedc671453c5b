"""Facts as JSON Lines: one object a line (https://jsonlines.org), for facts that programs write.

A line with `source` or `registry` begins a document. A line without continues the one before: its sections are
appended, so that a long list can be written one record a line.
"""

import codecs
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from onrecord.facts.constraints import shown
from onrecord.facts.document import Document
from onrecord.facts.faults import kind
from onrecord.findings import Finding, Place, Pointer
from onrecord.readers import characters
from onrecord.readers.json_line import Line, parse
from onrecord.readers.limits import Limits
from onrecord.readers.result import Read, Tree, broken, interpret


def read(name: str, data: bytes, limits: Limits) -> list[Read]:
    """The documents in a JSON Lines file; `name` is the file's, for findings."""
    if len(data) > limits.file_bytes:
        return [broken(name, [limits.exceeded("file_bytes", Place(name), "the file", len(data))])]
    wrong = characters.foreign(name, data)
    if wrong:
        return [broken(name, [wrong])]
    drafts = list(_drafts(name, data, limits))
    if not drafts:
        finding = Finding(
            Place(name, 1, 1), "violation", "empty-file", "the file is empty", "begin it with a source", broken=True
        )
        return [broken(name, [finding])]
    reads = [draft.read(name, limits) for draft in drafts]
    _distinguish(reads)
    return reads


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


def _drafts(name: str, data: bytes, limits: Limits) -> Iterator[_Draft]:
    draft: _Draft | None = None
    offset = len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) else 0
    rows = data.removeprefix(codecs.BOM_UTF8).split(b"\n")
    for number, row in enumerate(rows, 1):
        line: Line | Finding | None = None
        if row.strip():
            line = _line(name, number, row, offset, limits, last=number == len(rows))
        offset += len(row) + 1
        if line is None:
            continue
        if draft is None or (line.begins if isinstance(line, Line) else b'"source"' in row or b'"registry"' in row):
            if draft is not None:
                yield draft
            draft = _Draft()
            if isinstance(line, Finding):  # its source was in the line that cannot be read
                draft.known[("source",)] = line
                continue
        if isinstance(line, Line):
            draft.add(line)
        else:
            draft.found.append(line)
    if draft is not None:
        yield draft


def _line(name: str, number: int, row: bytes, offset: int, limits: Limits, last: bool) -> Line | Finding:
    if len(row) > limits.line_bytes:
        return limits.exceeded("line_bytes", Place(name, number, 1), "the line", len(row))
    text = characters.decoded(name, row, number, offset)
    return text if isinstance(text, Finding) else parse(name, number, text, limits, last)


def _distinguish(reads: list[Read]) -> None:
    """Several documents of one file need ids of their own: the file's name can stand for one only."""
    seen: set[str] = set()
    for read_ in reads:
        document = read_.document
        if document is None or len(reads) == 1:
            continue
        name = document.source.id if isinstance(document, Document) else ""
        where = read_.locate(("source", "id") if isinstance(document, Document) else ("registry",))
        if name is None:
            message = "`id` is missing: the file has several sources, and its name can stand for one only"
            read_.faults.append(_broken(where, "missing", message, "give each source an id"))
        elif name in seen:
            message = f"two sources of the file have the id {name}" if name else "the file has two registries"
            read_.faults.append(
                _broken(where, "id-twice", message, "give one of them another id, or a file of its own")
            )
        else:
            seen.add(name)
