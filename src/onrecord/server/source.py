"""The process that workers are made of: it has loaded what they need, opens no store, and does nothing but fork.

A worker that begins so costs a few milliseconds instead of a quarter of a second, and shares its code with the others.
That matters where many have to be ended. Standard input is one end of a pair of sockets, over which the server sends an
end of another pair for each worker that it wants (SCM_RIGHTS), and is told who was born and who has ended.
"""

import contextlib
import gc
import importlib
import os
import select
import signal
import socket
import sys
from pathlib import Path

from onrecord.errors import OnRecordError
from onrecord.processes import end_with_parent
from onrecord.server import frames
from onrecord.server.desk import Desk
from onrecord.server.jobs import JOBS
from onrecord.server.worker import serve


def run() -> None:
    """Fork until nobody wants more. Arguments: the dataset's folder, the release's, bytes that a worker may take,
    and `watching` where pages are loaded again when another release is served."""
    dataset, folder, memory, *watching = sys.argv[1:]
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which ends its workers
    end_with_parent()
    desk = Desk(Path(dataset), Path(folder), watching=bool(watching))
    _prepare(desk)
    gc.collect()
    gc.freeze()  # collections would write into what the workers share
    control = socket.socket(fileno=os.dup(0))
    end = _forking(control)
    if end is not None:  # this is a worker now
        end_with_parent()
        _limit(int(memory))
        with contextlib.suppress(BrokenPipeError):  # the server has gone
            serve(end, desk)


def _forking(control: socket.socket) -> socket.socket | None:
    """Fork as often as the server wants. Comes back in each worker, with its end of a pair of sockets, and at last in
    this process, with nothing."""
    woken, waking = os.pipe()
    os.set_blocking(waking, False)
    signal.set_wakeup_fd(waking)
    signal.signal(signal.SIGCHLD, lambda number, frame: None)
    while True:
        ready, _, _ = select.select([control.fileno(), woken], [], [])
        if woken in ready:
            os.read(woken, 1 << 12)
            _reap(control)
        if control.fileno() in ready:
            wanted, ends, _, _ = socket.recv_fds(control, 1, 1)
            if not wanted:
                return None
            pid = os.fork()
            if not pid:
                signal.set_wakeup_fd(-1)
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                control.close()
                for each in (woken, waking):
                    os.close(each)
                return socket.socket(fileno=ends[0])
            os.close(ends[0])
            control.sendall(frames.MESSAGE.pack(frames.BORN, pid, 0))


def _prepare(desk: Desk) -> None:
    """Load what jobs need and no store has. What is wrong with the settings is told by the jobs that need them."""
    from onrecord.site.rendering import environment

    with contextlib.suppress(OnRecordError):
        _ = desk.prefixes
    modules = dict.fromkeys(place.partition(":")[0] for place in JOBS.values())
    for module in (*modules, "onrecord.documents", "onrecord.questions.kept_names", "onrecord.questions.status"):
        importlib.import_module(module)
    for name in environment().list_templates():
        environment().get_template(name)


def _reap(control: socket.socket) -> None:
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if not pid:
            return
        control.sendall(frames.MESSAGE.pack(frames.ENDED, pid, os.waitstatus_to_exitcode(status)))


def _limit(memory: int) -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if memory and sys.platform.startswith("linux"):
        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
