"""What several processes of a test run make only once, and read from then on."""

import fcntl
from collections.abc import Callable
from pathlib import Path

import pytest


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder of the whole run, filled by `make` in the first process that asks for it; the others wait for that. What
    fails is tried again by the next one, in a folder of its own."""
    base = factory.getbasetemp()
    if base.name.startswith("popen-"):  # a worker of pytest-xdist: each has a folder in that of the run
        base = base.parent
    with (base / f"{name}.lock").open("a+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.seek(0)
        if made := lock.read():
            return Path(made)
        folder = factory.mktemp(name)
        make(folder)
        lock.write(str(folder))
        return folder
