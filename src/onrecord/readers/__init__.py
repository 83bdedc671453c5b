"""Bytes → facts. A new format is one file and one line in `READERS`.

Nothing here raises for what a file holds: every problem is a finding with its place, and what is right is read all the
same.
"""

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import PurePosixPath
from typing import BinaryIO, NamedTuple

from onrecord.findings import Finding, Place
from onrecord.readers import jsonl, yaml
from onrecord.readers.limits import Limits
from onrecord.readers.passage import Passage
from onrecord.readers.result import Locate, Read, broken

__all__ = ["READERS", "Limits", "Locate", "Passage", "Read", "Reader", "read", "reader_of"]

_DEFAULT = Limits()


class Reader(NamedTuple):
    """How a kind of file is read: `split` finds its documents without looking into them, `read` reads one of them."""

    split: Callable[[BinaryIO], Iterator[Passage]]
    read: Callable[[str, Passage, Limits], Read]


READERS: dict[str, Reader] = {
    ".yaml": Reader(yaml.split, yaml.read),
    ".yml": Reader(yaml.split, yaml.read),
    ".jsonl": Reader(jsonl.split, jsonl.read),
}
"""The reader of each kind of file, by the ending of its name."""


def reader_of(name: str) -> Reader | Finding:
    """The reader for a file of this name, or the finding that there is none."""
    ending = PurePosixPath(name).suffix.lower()
    if ending in READERS:
        return READERS[ending]
    message = f"nothing reads files that end in {ending}" if ending else "nothing reads files without an ending"
    hint = f"name it by what it is: {', '.join(READERS)}"
    return Finding(Place(name), "violation", "unknown-format", message, hint, broken=True)


def read(name: str, data: bytes, limits: Limits = _DEFAULT) -> list[Read]:
    """The documents in a file: one of YAML, one or several of JSON Lines.

    `name` is shown in findings, and its ending says what the file is. Raises nothing for what the file holds.
    """
    reader = reader_of(name)
    if isinstance(reader, Finding):
        return [broken(name, [reader])]
    if len(data) > limits.file_bytes:
        return [broken(name, [limits.exceeded("file_bytes", Place(name), "the file", len(data))])]
    return [reader.read(name, passage, limits) for passage in reader.split(BytesIO(data))]
