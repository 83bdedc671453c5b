"""What builds segments in processes: documents go in by the batch, rows of the ledger come out. The lines themselves go
into a pack of the process's own, and never travel."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

import msgspec

from onrecord import unit
from onrecord.checks import Shapes
from onrecord.dataset import texts
from onrecord.dataset.joining import Joined
from onrecord.dataset.packs import Pack
from onrecord.dataset.pool import spread
from onrecord.dataset.rows import Block, Row
from onrecord.dataset.settings import Settings
from onrecord.dataset.sources import SourceFile
from onrecord.facts.texts import Texts
from onrecord.findings import Finding
from onrecord.mappers.parts.minting import JOINED
from onrecord.readers import READERS, Passage
from onrecord.rules import Rules
from onrecord.unit import Segment, Shared, Tools

_BATCH_BYTES = 1 << 18
BATCH = 64
"""Documents that are given to a process at once, at the most."""


class Task(NamedTuple):
    """A document to build a segment of: its file, the digest of its bytes, and these."""

    file: SourceFile
    digest: bytes
    passage: Passage


class Setup(NamedTuple):
    """What a process is made of: plain values, so that they can be sent to it. Packs get names that begin with
    `prefix`."""

    dataset: Path
    settings: Settings
    cache: Path
    prefix: str
    shared: Shared
    texts: Texts
    shapes: Shapes | None
    rules: Rules | None


class Builder:
    """Builds segments, one batch after the other."""

    def __init__(self, setup: Setup, name: str) -> None:
        self._setup, self._name = setup, f"{setup.prefix}-{name}"
        self._tools = Tools(setup.shapes, setup.rules, setup.shared)
        self._pack: Pack | None = None

    def run(self, batch: Sequence[Task]) -> list[Row]:
        """The rows of a batch, in its order."""
        made = [self._built(task) for task in batch]
        if self._pack is None:
            self._pack = Pack(self._setup.cache, self._name)
        places = self._pack.write(segment.graphs for segment, _ in made)
        return [
            _row(task.file.shown, task.digest, *one, where)
            for task, one, where in zip(batch, made, places, strict=True)
        ]

    def close(self) -> None:
        """End the pack."""
        if self._pack is not None:
            self._pack.close()

    def _built(self, task: Task) -> tuple[Segment, str]:
        """A task's segment, and which text of the source was at hand."""
        setup, file = self._setup, task.file
        read = READERS[file.ending].read(file.shown, task.passage, setup.shared.limits)
        beside = texts.beside(file, read, setup.dataset, setup.settings.limits)
        text = texts.state_of(read, beside, setup.texts)
        if isinstance(beside, Finding):
            read.faults.append(beside)
            beside = None
        return unit.build(read, file.stem, setup.shared, self._tools, setup.texts, beside), text


def _row(file: str, digest: bytes, segment: Segment, text: str, blocks: tuple[Block, ...]) -> Row:
    pack = msgspec.msgpack.encode
    return Row(
        file=file,
        digest=digest,
        text=text,
        source=segment.source,
        named=segment.named,
        registry=segment.registry,
        facts=segment.facts,
        spans=segment.spans,
        checked=segment.spans if segment.text_at_hand else 0,
        uses=" ".join(sorted(segment.uses)),
        findings=pack(segment.findings) if segment.findings else None,
        shared=pack(segment.shared) if any(segment.shared) else None,
        testimony=segment.testimony,
        voiced=segment.voiced,
        blocks=pack(blocks),
    )


def row_of_join(joined: Joined, pack: Pack) -> Row:
    """The row of what follows from several sources, whose graphs go into a pack."""
    (blocks,) = pack.write([joined.graphs])
    segment = Segment(JOINED, registry=True)
    return _row("", b"", segment, "", blocks)


def run(tasks: Iterable[Task], setup: Callable[[], Setup], processes: int) -> Iterator[list[Row]]:
    """The rows of all tasks, batch by batch in their order, from as many processes as there is work for.

    `setup` is called once, where there is a task. Raises WorkerDied.
    """
    yield from spread(_batches(tasks), lambda: partial(Builder, setup()), lambda batch: batch[0].file.shown, processes)


def _batches(tasks: Iterable[Task]) -> Iterator[list[Task]]:
    batch: list[Task] = []
    size = 0
    for task in tasks:
        batch.append(task)
        size += len(task.passage.data)
        if size >= _BATCH_BYTES or len(batch) >= BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
