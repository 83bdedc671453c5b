"""Work by the batch, in processes of its own: plain values go in, plain values come out, in order."""

import os
import pickle
import signal
import tempfile
import threading
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import chain, islice
from multiprocessing import get_context, parent_process
from pathlib import Path
from typing import Protocol, TypeVar, cast

from onrecord.errors import WorkerDied

_AHEAD = 3
"""Batches that wait for each process."""

B_contra = TypeVar("B_contra", contravariant=True)
R_co = TypeVar("R_co", covariant=True)


class Worker(Protocol[B_contra, R_co]):
    """What works in a process: on one batch after the other."""

    def run(self, batch: B_contra) -> R_co:
        """What comes of a batch."""

    def close(self) -> None:
        """End what was begun. Not called in a process of the pool, which ends without warning."""


def spread(
    batches: Iterator[B_contra],
    made: Callable[[], Callable[[str], Worker[B_contra, R_co]]],
    name: Callable[[B_contra], str],
    processes: int,
) -> Iterator[R_co]:
    """What comes of each batch, in their order, from as many processes as there is work for.

    `made` is called once, where there is a batch: it gives what makes a worker, given a name that no other one has, and
    can be sent to a process. One batch alone is worked on in this process. No more than a few batches are in memory.
    Raises WorkerDied, with the `name` of the batch that came first in what was lost.
    """
    first = list(islice(batches, 2))
    if not first:
        return
    make = made()
    count = min(processes, os.cpu_count() or 1)
    if count <= 1 or len(first) < 2:
        worker = make("0")
        try:
            yield from map(worker.run, chain(first, batches))
        finally:
            worker.close()
        return
    with tempfile.TemporaryDirectory() as aside:
        # By a file: what is more than a pipe holds would block this process where a new one dies before it reads.
        kept = Path(aside) / "make"
        kept.write_bytes(pickle.dumps(make))
        pool = ProcessPoolExecutor(count, get_context("spawn"), _start, (kept,))
        yield from cast(Iterator[R_co], _in_pool(chain(first, batches), name, pool, count))


def _in_pool(
    batches: Iterator[B_contra], name: Callable[[B_contra], str], pool: ProcessPoolExecutor, count: int
) -> Iterator[object]:
    waiting: deque[tuple[Future[object], str]] = deque()
    whole = False
    try:
        with _uninterrupted():
            for batch in islice(batches, count):
                waiting.append((pool.submit(_run, batch), name(batch)))
        while waiting:
            for batch in islice(batches, max(0, count * _AHEAD - len(waiting))):
                waiting.append((pool.submit(_run, batch), name(batch)))
            yield waiting[0][0].result()
            waiting.popleft()
        whole = True
    except BrokenProcessPool as error:
        whole = True  # its thread ends by itself: where Python ends first, it says so with a traceback
        lost = waiting[0][1] if waiting else "a source"
        raise WorkerDied(f"a process died while it built {lost} or one soon after it", hint="build again") from error
    finally:
        pool.shutdown(wait=whole, cancel_futures=True)


_here: list[Worker[object, object]] = []
"""The worker of this process, where it is one of the pool's."""


def _start(kept: Path) -> None:
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    make: Callable[[str], Worker[object, object]] = pickle.loads(kept.read_bytes())
    _here[:] = [make(str(os.getpid()))]


def _run(batch: object) -> object:
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
        signal.signal(signal.SIGINT, heard)
