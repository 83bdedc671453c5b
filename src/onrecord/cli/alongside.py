"""`kg build --watch` beside the server: in a process of its own, so that a build takes no time of those who ask."""

import contextlib
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from onrecord import processes
from onrecord.cli.session import Session

_PATIENCE = 10.0


@contextlib.contextmanager
def building(kg: Session, folder: Path) -> Iterator[None]:
    """Have the dataset in a folder built at every save until the block ends, which begins once there is a release."""
    from onrecord.dataset import settings

    told = ["-q"] * kg.quiet + ["-v"] * kg.verbose
    command = processes.command("onrecord.cli.alongside:main", *told, "-C", str(folder), "build", "--watch")
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=sys.stderr.fileno())
    ending = threading.Event()
    try:
        _wait(child, folder / settings.load(folder).out / "latest" / "dataset.nq")
        threading.Thread(target=_mind, args=[kg, child, ending], daemon=True).start()
        yield
    finally:
        ending.set()
        child.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(_PATIENCE)
        child.kill()
        child.wait()


def _wait(child: "subprocess.Popen[bytes]", release: Path) -> None:
    """Until there is a release. A build that has ended instead has said why."""
    while not release.is_file():
        if child.poll() is not None:
            sys.exit(child.returncode if child.returncode > 0 else 3)
        time.sleep(0.1)


def _mind(kg: Session, child: "subprocess.Popen[bytes]", ending: threading.Event) -> None:
    child.wait()
    if not ending.is_set():
        kg.say("kg: the build has ended: nothing that is saved from now on is served")


def main() -> None:
    """The process that builds. It ends with the server, however that ends; Ctrl-C is for the server."""
    from onrecord.cli import main as kg

    processes.end_with_parent(signal.SIGTERM)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    kg()
