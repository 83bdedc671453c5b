"""What an importer is given, and what it makes of it."""

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from onrecord.facts.document import Registry, Source, TextFile
from onrecord.facts.listings import Entry, Part, Snapshot
from onrecord.findings import Finding, Place


class Input(NamedTuple):
    """A file: its name without folders, its bytes, their text (with its byte order mark, where it has one), and the
    offsets of bytes that U+FFFD stands for in the text."""

    name: str
    data: bytes
    text: str
    replaced: tuple[int, ...] = ()


class Given(NamedTuple):
    """What an importer reads: a list's file, further files by the names of their options, the day of the list, and
    whether somebody says that the file has all of it (asked only where an importer is `partial`)."""

    main: Input
    beside: Mapping[str, Input] = {}
    as_of: str | None = None
    complete: bool = False


class Row(NamedTuple):
    """An entry, and where it begins in its file."""

    entry: Entry
    place: Place


@dataclass
class Imported:
    """One snapshot of a list. `lost` counts entries that could not be read; `left` what has no place in the model."""

    source: Source
    registry: Registry
    rows: list[Row] = field(default_factory=list)
    left: Counter[str] = field(default_factory=Counter)
    faults: list[Finding] = field(default_factory=list)
    lost: int = 0

    @property
    def entries(self) -> list[Entry]:
        """The entries in the order of their file."""
        return [row.entry for row in self.rows]


class Importer(NamedTuple):
    """A kind of official list: what people are told of it, and the function that reads it.

    `beside` are options for further files, with their help; they go with a single list file only. `needs_as_of`: the
    file does not say of which day it is. `partial`: it does not say whether it has the whole list.
    """

    title: str
    summary: str
    example: str
    read: Callable[[Given], "list[Imported] | Finding"]
    beside: Mapping[str, str] = {}
    needs_as_of: bool = False
    partial: bool = False


def snapshot_source(given: Given, of: str, site: str, title: str, as_of: str) -> Source:
    """The source that a snapshot is: the list `of` as it was on a day, published by `site`, known by its bytes.

    It is called complete; `finished` takes that back where entries were lost or somebody says that it is partial.
    """
    parts = [
        Part(name=file.name, sha256=hashlib.sha256(file.data).hexdigest(), chars=len(file.text))
        for file in given.beside.values()
    ]
    main = given.main
    return Source(
        id=f"{of}-{as_of}",
        kind="list-snapshot",
        title=f"{title}, {as_of}",
        site=site,
        text=TextFile(sha256=hashlib.sha256(main.data).hexdigest(), chars=len(main.text)),
        snapshot=Snapshot(of=of, as_of=as_of, complete=True, designates="sanctioned-party", parts=parts),
    )
