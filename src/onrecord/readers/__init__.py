"""Bytes → facts. A new format is one file and one line in `READERS`.

Nothing here raises for what a file holds: every problem is a finding with its place, and what is right is read all the
same.
"""

from collections.abc import Callable
from pathlib import PurePosixPath

from onrecord.findings import Finding, Place
from onrecord.readers import jsonl, yaml
from onrecord.readers.limits import Limits
from onrecord.readers.result import Locate, Read, broken

__all__ = ["READERS", "Limits", "Locate", "Read", "Reader", "read"]

_DEFAULT = Limits()
Reader = Callable[[str, bytes, Limits], list[Read]]

READERS: dict[str, Reader] = {
    ".yaml": yaml.read,
    ".yml": yaml.read,
    ".jsonl": jsonl.read,
}
"""The reader of each kind of file, by the ending of its name."""


def read(name: str, data: bytes, limits: Limits = _DEFAULT) -> list[Read]:
    """The documents in a file: one of YAML, one or several of JSON Lines.

    `name` is shown in findings, and its ending says what the file is. Raises nothing for what the file holds.
    """
    ending = PurePosixPath(name).suffix.lower()
    if ending not in READERS:
        message = f"nothing reads files that end in {ending}" if ending else "nothing reads files without an ending"
        hint = f"name it by what it is: {', '.join(READERS)}"
        return [broken(name, [Finding(Place(name), "violation", "unknown-format", message, hint, broken=True)])]
    return READERS[ending](name, data, limits)
