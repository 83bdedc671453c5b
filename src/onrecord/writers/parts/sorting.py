"""Texts in order, however many there are."""

import heapq
import tempfile
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import IO, Self

_IN_MEMORY = 32 << 20
"""Characters of rows kept in memory. What is more goes to sorted runs on disk, which are merged when they are read."""
_MOST_RUNS = 200
"""Runs side by side, each an open file. What is more is merged into one of them."""
_NAME = "\0"


class Rows:
    """A collection of texts without line breaks. Reading gives them sorted, as often as one likes.

    Use it in a `with` block: its files are gone at the end. Raises OSError where the disk is full.
    """

    def __init__(self) -> None:
        self._held: list[str] = []
        self._size = 0
        self._runs: list[IO[str]] = []
        self._is_sorted = True

    def extend(self, rows: Iterable[str]) -> None:
        """Add texts."""
        for row in rows:
            self.add(row)

    def add(self, row: str) -> None:
        """Add a text."""
        self._held.append(row)
        self._size += len(row)
        self._is_sorted = False
        if self._size >= _IN_MEMORY:
            self._spill()

    def __iter__(self) -> Iterator[str]:
        if not self._is_sorted:
            self._held.sort()
            self._is_sorted = True
        return self._merged() if self._runs else iter(self._held)

    def _merged(self) -> Iterator[str]:
        for run in self._runs:
            run.seek(0)
        return heapq.merge(*map(_rows, self._runs), self._held)

    def _spill(self) -> None:
        self._held.sort()
        merged = self._merged() if len(self._runs) >= _MOST_RUNS else None
        run = tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n")  # noqa: SIM115 (closed by `__exit__`)
        run.writelines(f"{row}\n" for row in merged or self._held)
        if merged is not None:
            self.__exit__()
            self._runs = []
        self._runs.append(run)
        self._held, self._size = [], 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *reason: object) -> None:
        for run in self._runs:
            run.close()


def _rows(run: IO[str]) -> Iterator[str]:
    return (line[:-1] for line in run)


class Spool:
    """Pairs of a name and a text, both without line breaks, put aside to be read again in their order.

    Use it in a `with` block: its file is gone at the end. Raises OSError where the disk is full.
    """

    def __init__(self) -> None:
        self._file: IO[str] = tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n")  # noqa: SIM115 (`__exit__`)

    def extend(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Put pairs aside, behind those that are there."""
        for name, group in groupby(pairs, itemgetter(0)):
            self._file.write(f"{_NAME}{name}\n")
            self._file.writelines(f"{text}\n" for _, text in group)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        name = ""
        self._file.seek(0)
        for line in self._file:
            if line.startswith(_NAME):
                name = line[1:-1]
            else:
                yield name, line[:-1]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *reason: object) -> None:
        self._file.close()
