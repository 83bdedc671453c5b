"""A document as it lies in its file."""

from typing import NamedTuple


class Passage(NamedTuple):
    """The bytes of one document, the offset at which they begin in their file, and the number of their first line."""

    data: bytes
    offset: int = 0
    line: int = 1
