"""What is known of a format that datasets can be written in."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import BinaryIO

Write = Callable[[Iterable[str], BinaryIO], None]
"""Writes canonical N-Quads lines, graph after graph, each sorted, to a stream of bytes."""


@dataclass(frozen=True)
class Format:
    """A format. `text` says in a few words what it is; one that does not hold graphs merges them, each triple once."""

    name: str
    media_type: str
    extension: str
    write: Write
    holds_graphs: bool
    text: str
