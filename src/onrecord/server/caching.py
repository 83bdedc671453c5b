"""Answers that are given again: those of one release do not change."""

from collections import OrderedDict
from dataclasses import dataclass

_MOST_KEPT, _MOST_EACH = 64 << 20, 1 << 16
"""Bytes of answers that are kept, of all and of each."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer that is kept as long as its release is served."""

    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes


class Cache:
    """Small answers, those asked for last. Keys hold the release: those of an old one are pushed out in time."""

    def __init__(self) -> None:
        self._held: OrderedDict[bytes, Kept] = OrderedDict()
        self._size = 0
        self.hits = 0
        self.misses = 0

    def get(self, key: bytes) -> Kept | None:
        """What is kept."""
        found = self._held.get(key)
        if found is None:
            self.misses += 1
            return None
        self._held.move_to_end(key)
        self.hits += 1
        return found

    def put(self, key: bytes, kept: Kept) -> None:
        """Keep an answer, if it is small."""
        if len(kept.body) > _MOST_EACH or key in self._held:
            return
        self._held[key] = kept
        self._size += len(kept.body)
        while self._size > _MOST_KEPT:
            _, old = self._held.popitem(last=False)
            self._size -= len(old.body)
