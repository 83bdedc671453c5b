"""Noticing that something was saved: files are looked at, a few times a second, and never read."""

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

_LEAST = 0.1
"""Seconds between two looks, at the least; for large folders ten times as long as a look takes."""

Look = dict[str, tuple[int, int, int]]
"""Path → time of change, size and inode of every file."""


def look(places: Sequence[Path]) -> Look:
    """The files at and below some places, as they are. Hidden ones are somebody else's. What goes away meanwhile is not
    there."""
    found: Look = {}
    folders = [str(place) for place in places if place.is_dir()]
    for place in places:
        with suppress(OSError):
            if place.is_file():
                found[str(place)] = _state(place.stat())
    while folders:
        folder = folders.pop()
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False) and not entry.name.startswith("."):
                        folders.append(entry.path)
                    elif not entry.name.startswith("."):
                        with suppress(OSError):  # a link that leads nowhere, or a file that has gone meanwhile
                            found[entry.path] = _state(entry.stat())
        except OSError:
            continue
    return found


def _state(found: os.stat_result) -> tuple[int, int, int]:
    return found.st_ctime_ns, found.st_size, found.st_ino


def changes(places: Sequence[Path], before: Look) -> Iterator[Look]:
    """Each time that something differs from how it was before: how it is, as soon as it stays so from one look to the
    next, which is when whoever saves is done. Does not end. Who is told may change the list of `places`."""
    last = before
    while True:
        began = time.monotonic()
        now = look(places)
        taken = time.monotonic() - began
        if now != before and now == last:
            before = now
            yield now
        last = now
        time.sleep(_LEAST if now != before else max(_LEAST, 10 * taken))
