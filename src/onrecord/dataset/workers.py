"""Processes that build segments: documents go in by the batch, rows of the ledger come out. The lines themselves go
into a pack of the process's own, and never travel."""

import os
import pickle
import signal
import tempfile
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from itertools import islice
from multiprocessing import get_context, parent_process
from pathlib import Path
from typing import NamedTuple

import msgspec

from onrecord import unit
from onrecord.checks import Shapes
from onrecord.dataset import joining, texts
from onrecord.dataset.joining import Joined
from onrecord.dataset.ledger import Block, Row
from onrecord.dataset.packs import Pack
from onrecord.dataset.settings import Settings
from onrecord.dataset.sources import SourceFile
from onrecord.errors import WorkerDied
from onrecord.facts.texts import Texts
from onrecord.findings import Finding
from onrecord.readers import READERS, Passage
from onrecord.rules import Rules
from onrecord.unit import Segment, Shared, Tools

_BATCH_BYTES = 1 << 18
BATCH = 64
"""Documents that are given to a process at once, at the most."""
_AHEAD = 3
"""Batches that wait for each process."""


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


class Worker:
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
        blocks=pack(blocks),
    )


def row_of_join(joined: Joined, pack: Pack) -> Row:
    """The row of what follows from several sources, whose graphs go into a pack."""
    (blocks,) = pack.write([joined.graphs])
    segment = Segment(joining.NAME, registry=True, findings=joined.findings)
    return _row("", b"", segment, "", blocks)


def run(tasks: Iterable[Task], setup: Callable[[], Setup], processes: int) -> Iterator[list[Row]]:
    """The rows of all tasks, batch by batch in their order, from as many processes as there is work for.

    `setup` is called once, where there is a task. No more than a few batches are in memory. Raises WorkerDied, naming
    the source that came first in what was lost.
    """
    batches = _batches(tasks)
    first = list(islice(batches, 2))
    if not first:
        return
    count = min(processes, os.cpu_count() or 1)
    if count <= 1 or len(first) < 2:
        worker = Worker(setup(), "0")
        try:
            for batch in (*first, *batches):
                yield worker.run(batch)
        finally:
            worker.close()
        return
    with tempfile.TemporaryDirectory() as aside:
        # By a file: what is more than a pipe holds would block this process where a new one dies before it reads.
        kept = Path(aside) / "setup"
        kept.write_bytes(pickle.dumps(setup()))
        pool = ProcessPoolExecutor(count, get_context("spawn"), _start, (kept,))
        yield from _in_pool(_chained(first, batches), pool, count)


def _chained(first: list[list[Task]], rest: Iterator[list[Task]]) -> Iterator[list[Task]]:
    yield from first
    yield from rest


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


def _in_pool(batches: Iterator[list[Task]], pool: ProcessPoolExecutor, count: int) -> Iterator[list[Row]]:
    waiting: deque[tuple[Future[list[Row]], str]] = deque()
    whole = False
    try:
        with _uninterrupted():
            for batch in islice(batches, count):
                waiting.append((pool.submit(_run, batch), batch[0].file.shown))
        while waiting:
            for batch in islice(batches, max(0, count * _AHEAD - len(waiting))):
                waiting.append((pool.submit(_run, batch), batch[0].file.shown))
            yield waiting[0][0].result()
            waiting.popleft()
        whole = True
    except BrokenProcessPool as error:
        name = waiting[0][1] if waiting else "a source"
        raise WorkerDied(f"a process died while it built {name} or one soon after it", hint="build again") from error
    finally:
        pool.shutdown(wait=whole, cancel_futures=True)


_here: list[Worker] = []
"""The worker of this process, where it is one of the pool's."""


def _start(setup: Path) -> None:
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    _here[:] = [Worker(pickle.loads(setup.read_bytes()), str(os.getpid()))]


def _run(batch: list[Task]) -> list[Row]:
    return _here[0].run(batch)


def _leave_with_parent() -> None:
    """Where the build was killed, its workers would wait for ever: their queue stays open among themselves."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Processes that are started meanwhile do not hear Ctrl-C: it is for the one that started them."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    heard = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        with suppress(ValueError):
            signal.signal(signal.SIGINT, heard)
