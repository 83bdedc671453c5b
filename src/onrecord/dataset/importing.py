"""What was imported, kept in a dataset: a file for each snapshot of a list, and the registry records that it needs."""

import fcntl
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, NamedTuple

from onrecord.dataset.registry import reader_limits
from onrecord.dataset.settings import Settings
from onrecord.dataset.sources import REGISTRY, of_dataset
from onrecord.errors import InputError
from onrecord.facts.document import Registry
from onrecord.facts.references import given_ids
from onrecord.findings import Finding
from onrecord.importers import Imported
from onrecord.importers.writing import by_code, missing, registry_text
from onrecord.readers import read

LISTS = "lists"
_SCHEMA = "# yaml-language-server:"

Kept = Literal["new", "unchanged", "replaced"]


class Records(NamedTuple):
    """A part of the registry that is not there yet: its file, its bytes, and its ids."""

    file: Path
    data: bytes
    ids: list[str]


def snapshot_file(folder: Path, settings: Settings, imported: Imported) -> Path:
    """Where a snapshot is kept: data/lists/<list>/<date>.jsonl."""
    snapshot = imported.source.snapshot
    assert snapshot is not None
    return folder / settings.data / LISTS / snapshot.of / f"{snapshot.as_of}.jsonl"


def state_of(file: Path, data: bytes, *, force: bool = False) -> Kept:
    """What keeping these bytes in a file would do. Raises InputError where it has others and `force` is not given."""
    if not file.exists():
        return "new"
    if file.read_bytes() == data:
        return "unchanged"
    if not force:
        raise InputError(f"{file} has other content", hint="compare the two, and give --force to replace it")
    return "replaced"


def keep(file: Path, data: bytes, *, force: bool = False) -> Kept:
    """Write a file as a whole or not at all: it is written aside, and takes its name when it is complete.

    Of several at once, one writes and the others wait. Raises InputError where the file has other content and `force`
    is not given.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    aside = file.with_name(f".{file.name}.new")  # where somebody was killed, the next one writes over it
    with _alone(file.parent):
        try:
            state = state_of(file, data, force=force)
            if state != "unchanged":
                with aside.open("wb") as stream:
                    stream.write(data)
                    stream.flush()
                    os.fsync(stream.fileno())
                aside.replace(file)
            return state
        finally:
            aside.unlink(missing_ok=True)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Nobody else keeps anything in the folder meanwhile. The lock goes with the process that holds it."""
    held = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
    finally:
        os.close(held)


def lacking(folder: Path, settings: Settings, registry: Registry, list_id: str) -> Records | None:
    """The registry records that nobody gives yet, as the file list-<list>.yaml in the registry; None for none. A state
    or body whose code somebody gives is that one, whatever its id."""
    ids: set[str] = set()
    codes: dict[str, str] = {}
    first = ""
    limits = reader_limits(settings)
    data = folder / settings.data
    for file in of_dataset(folder, settings).files if data.is_dir() else []:
        content = file.data(limits) if file.registry else b""
        if isinstance(content, Finding) or not file.registry:
            continue
        head = content.partition(b"\n")[0].decode("utf-8", "replace")
        first = first or (f"{head}\n" if head.startswith(_SCHEMA) else "")
        for one in read(file.shown, content, limits):
            if isinstance(one.document, Registry):
                ids.update(name for name, _ in given_ids(one.document))
                codes |= {body.code: body.id for body in one.document.organizations if body.code}
            ids.update(one.lost)
    wanted = missing(by_code(registry, codes), ids)
    names = [name for name, _ in given_ids(wanted)]
    if not names:
        return None
    return Records(data / REGISTRY / f"list-{list_id}.yaml", (first + registry_text(wanted)).encode("utf-8"), names)


def check_free(records: Sequence[Records]) -> None:
    """Raises InputError where a registry file that would be written is there already: it is a person's to change."""
    for one in records:
        if one.file.exists():
            raise InputError(
                f"{one.file} lacks {', '.join(one.ids)}", hint="add them there, or rename the file and import again"
            )
