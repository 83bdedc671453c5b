"""Texts in order, each once, however many there are."""

import heapq
import tempfile
from collections.abc import Iterator
from typing import IO, Self

_IN_MEMORY = 100_000
"""Rows kept in memory. What is more goes to sorted runs on disk, which are merged when they are read."""


class Rows:
    """A collection of texts without line breaks. Reading gives them sorted, each once, as often as one likes.

    Use it in a `with` block: its files are gone at the end. Raises OSError where the disk is full.
    """

    def __init__(self) -> None:
        self._held: list[str] = []
        self._runs: list[IO[str]] = []

    def add(self, row: str) -> None:
        """Add a text."""
        self._held.append(row)
        if len(self._held) >= _IN_MEMORY:
            self._held.sort()
            run = tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n")  # noqa: SIM115 (closed by `__exit__`)
            self._runs.append(run)
            run.writelines(f"{row}\n" for row in self._held)
            self._held = []

    def __iter__(self) -> Iterator[str]:
        self._held.sort()
        for run in self._runs:
            run.seek(0)
        before = None
        for row in heapq.merge(*map(_rows, self._runs), self._held):
            if row != before:
                yield row
            before = row

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *reason: object) -> None:
        for run in self._runs:
            run.close()


def _rows(run: IO[str]) -> Iterator[str]:
    return (line[:-1] for line in run)
