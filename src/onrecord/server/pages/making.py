"""A process that prepares the site of a release: `python -m onrecord.server.pages.making DATASET RELEASE CACHE`.

A fourth word, `watch`, says that its pages listen for another release.

It writes one line of JSON for each step: {"percent": n} …, and last {"ready": folder, "base": how addresses begin} or
{"trouble": message}. It ends when its standard input is closed, for then nobody waits for it.

A site is made aside, beginning with the last one, and renamed when it is whole: nobody finds half of one. One process
at a time makes the sites of a dataset. Sites that a server serves from are locked; others are removed.
"""

import fcntl
import hashlib
import json
import os
import shutil
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from onrecord.errors import OnRecordError
from onrecord.server.desk import Desk
from onrecord.server.pages.site import live
from onrecord.site.building import build, design
from onrecord.site.site import Site

_ASIDE = ".aside"
_FROM = "dataset"
"""The file that says which dataset a folder of sites is of."""
_SAID = {"documents": 0, "pages": 50}
_NICE = 5


def main() -> None:
    """Make a site, or find that it is there."""
    dataset, release, cache = map(Path, sys.argv[1:4])
    threading.Thread(target=_end_with_asker, daemon=True).start()
    with suppress(OSError):
        os.nice(_NICE)  # whoever asks for a page goes first
    try:
        desk = Desk(dataset, release)
        _ = desk.beginnings  # kept beside the store: whoever searches first waits for it as little as can be
        _say(ready=str(prepared(desk, cache, watching="watch" in sys.argv[4:])), base=desk.settings.base)
    except OSError as error:
        _say(trouble=f"the site cannot be written: {error.strerror}")
    except (OnRecordError, RuntimeError) as error:  # RuntimeError: damage of the store, which a worker notices as well
        os.write(2, f"the site could not be prepared: {error}\n".encode("utf-8", "replace"))
        _say(trouble="the site could not be prepared")  # the rest is for who runs the server


def prepared(desk: Desk, cache: Path, *, watching: bool) -> Path:
    """The folder of the site of a release. Raises OSError where it cannot be written."""
    site = live(desk.settings, watching=watching)
    told = json.dumps([desk.release.digest(), design(), repr(site)])
    key = hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:32]
    home = cache / hashlib.sha256(str(desk.dataset.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:16]
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _alone(home / ".lock"):
        _write(home / _FROM, str(desk.dataset.resolve()))
        if not (home / key).is_dir():
            _make(desk, site, home, key)
        _tidy(cache, home, key)
    return home / key


def _make(desk: Desk, site: Site, home: Path, key: str) -> None:
    aside = home / _ASIDE
    shutil.rmtree(aside, ignore_errors=True)  # of one that was ended half-way: what it holds is not what it says it is
    try:
        last = max(_sites(home), key=lambda each: each.stat().st_mtime_ns, default=None)
        if last is not None:
            shutil.copytree(last, aside, copy_function=_linked)
        build(desk.store, site, aside, _Percent(), "")
        aside.rename(home / key)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _linked(old: str, new: str) -> None:
    """A file in a second place: a site is only ever given new files in the place of old ones."""
    try:
        os.link(old, new)
    except OSError:
        shutil.copyfile(old, new)


def _sites(home: Path) -> list[Path]:
    return [each for each in home.iterdir() if each.is_dir() and not each.name.startswith(".")]


def _tidy(cache: Path, home: Path, key: str) -> None:
    """Remove the sites that no server serves from, and those of datasets that are no more."""
    for each in _sites(home):
        if each.name != key:
            _remove_unused(each)
    for other in cache.iterdir():
        with suppress(OSError, UnicodeDecodeError):
            if other != home and not (Path((other / _FROM).read_text("utf-8")) / "kg.toml").exists():
                with _alone(other / ".lock"):
                    for each in _sites(other):
                        _remove_unused(each)
                    if not _sites(other):
                        shutil.rmtree(other, ignore_errors=True)


def _remove_unused(site: Path) -> None:
    with suppress(OSError):
        held = os.open(site, os.O_RDONLY | os.O_CLOEXEC)
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            gone = site.with_name(f".{site.name}.gone")
            site.rename(gone)
            shutil.rmtree(gone, ignore_errors=True)
        finally:
            os.close(held)


@contextmanager
def _alone(file: Path) -> Iterator[None]:
    held = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
    finally:
        os.close(held)


def _write(file: Path, text: str) -> None:
    aside = file.with_name(f".{file.name}.{os.getpid()}")
    aside.write_text(text, encoding="utf-8", errors="surrogateescape")
    aside.replace(file)


class _Percent:
    """Says each percent once."""

    def __init__(self) -> None:
        self._said = -1

    def __call__(self, stage: str, done: int, of: int) -> None:
        percent = _SAID[stage] + done * 50 // max(of, 1)
        if percent != self._said:
            self._said = percent
            _say(percent=percent)


def _say(**told: object) -> None:
    os.write(1, json.dumps(told).encode() + b"\n")


def _end_with_asker() -> None:
    while os.read(0, 1 << 10):
        pass
    os.kill(os.getpid(), signal.SIGTERM)  # what was made half lies aside, and is removed by the next
