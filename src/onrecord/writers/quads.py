"""N-Quads (https://www.w3.org/TR/n-quads/): the lines of a release as they are."""

from collections.abc import Iterable
from itertools import islice
from typing import BinaryIO

_BATCH = 4096


def write(lines: Iterable[str], stream: BinaryIO) -> None:
    """Write canonical N-Quads lines."""
    rest = iter(lines)
    while text := "".join(islice(rest, _BATCH)):
        stream.write(text.encode())
