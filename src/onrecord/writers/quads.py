"""N-Quads (https://www.w3.org/TR/n-quads/): the lines of a release as they are."""

from collections.abc import Iterable
from typing import BinaryIO


def write(lines: Iterable[str], stream: BinaryIO) -> None:
    """Write canonical N-Quads lines."""
    stream.writelines(line.encode() for line in lines)
