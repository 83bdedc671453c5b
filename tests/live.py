"""A live site for tests: a dataset's folder, what a worker has at hand of it, and jobs as they are asked."""

from pathlib import Path

from modules import ROOT
from onrecord.server.desk import Desk
from onrecord.server.jobs import job
from onrecord.server.reply import Reply
from onrecord.store import Release

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
"""What a browser takes."""


def dataset_of(out: Path, folder: Path) -> Path:
    """A folder of this repository's dataset, whose releases are in `out`."""
    folder.mkdir()
    (folder / "kg.toml").write_bytes((ROOT / "kg.toml").read_bytes())
    (folder / "out").symlink_to(out)
    return folder


def desk_of(dataset: Path) -> Desk:
    """What a worker has at hand of the latest release."""
    return Desk(dataset, Release.latest(dataset / "out").folder)


def asked(desk: Desk, name: str, **args: object) -> Reply:
    """What a job answers to a browser, unless `accept` says otherwise."""
    return job(name)(desk, {"accept": BROWSER, "done": "7", **args})


def text_of(reply: Reply) -> str:
    """The body of an answer."""
    assert isinstance(reply.body, bytes)
    return reply.body.decode()
