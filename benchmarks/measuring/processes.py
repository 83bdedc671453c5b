"""Commands as whole processes: seconds, and the memory of the process and all that it starts, taken together.

Memory is read from /proc while the command runs: resident pages of all processes (shared pages count once for each),
and every half second the proportional share (shared pages count once in all), which is what the machine has to hold.
"""

import os
import signal
import statistics
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

PAGE = os.sysconf("SC_PAGE_SIZE")
EVERY, PROPORTIONAL_EVERY = 0.05, 0.5


@dataclass(frozen=True)
class Ran:
    """What a run took: wall-clock seconds, and peaks in bytes, 0 where memory was not watched."""

    seconds: float
    code: int
    out: str
    err: str
    resident: int = 0
    proportional: int = 0


@dataclass
class _Watch:
    """Watches the memory of a process and its descendants until it is told to stop."""

    root: int
    resident: int = 0
    proportional: int = 0
    done: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        last = 0.0
        while not self.done.wait(EVERY):
            pids = list(_tree(self.root))
            self.resident = max(self.resident, sum(map(_resident, pids)))
            if time.monotonic() - last >= PROPORTIONAL_EVERY:
                self.proportional = max(self.proportional, sum(map(_proportional, pids)))
                last = time.monotonic()


def memory_of(root: int) -> int:
    """The memory that a process and its descendants hold now, in bytes: pages that they share count once."""
    return sum(map(_proportional, _tree(root)))


def _tree(root: int) -> Iterator[int]:
    waiting = [root]
    while waiting:
        pid = waiting.pop()
        yield pid
        for task in _names(Path(f"/proc/{pid}/task")):
            with suppress(OSError, ValueError):
                waiting += map(int, Path(f"/proc/{pid}/task/{task}/children").read_text().split())


def _names(folder: Path) -> list[str]:
    try:
        return [path.name for path in folder.iterdir()]
    except OSError:
        return []


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE
    except (OSError, IndexError):
        return 0


def _proportional(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)


def run(command: Sequence[object], *, memory: bool = False, good: Sequence[int] = (0,)) -> Ran:
    """Run a command to its end. Raises RuntimeError with its last words where its exit code is none of the good ones.

    Ctrl-C ends the command, too: it is in a group of its own, which is told to stop.
    """
    start = time.perf_counter()
    process = subprocess.Popen(
        [str(word) for word in command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    watch = _Watch(process.pid)
    thread = threading.Thread(target=watch.run, daemon=True)
    if memory:
        thread.start()
    try:
        out, err = process.communicate()
        seconds = time.perf_counter() - start
    except BaseException:
        stop(process)
        raise
    finally:
        watch.done.set()
    if memory:
        thread.join()
    if process.returncode not in good:
        raise RuntimeError(
            f"{' '.join(map(str, command))}: exit code {process.returncode}\n{err[-2000:] or out[-2000:]}"
        )
    return Ran(seconds, process.returncode, out, err, watch.resident, watch.proportional)


def stop(process: "subprocess.Popen[str]") -> None:
    """End a command and what it started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def median(work: Callable[[], float], runs: int, warmup: int = 1) -> float:
    """The median of what several runs give, after some that do not count."""
    for _ in range(warmup):
        work()
    return statistics.median(work() for _ in range(runs))


def timed(work: Callable[[], object]) -> float:
    """The seconds that a call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
