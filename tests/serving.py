"""`kg serve` as a process, for tests that talk to it as clients do."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

_PATIENCE = 30.0
_KG = "from onrecord.cli import main; main()"


@contextmanager
def served(dataset: Path, *options: str, log: Path | None = None) -> Iterator[str]:
    """The address, ending in a slash, of a server of the dataset in a folder, which must be built. It is ended after
    the block; `log` takes what it says."""
    with open(log or os.devnull, "wb") as told:  # noqa: PTH123 - os.devnull is no path of ours
        command = [sys.executable, "-c", _KG, "-C", str(dataset), "serve", "--port", "0", *options]
        process = subprocess.Popen(command, stdout=told, stderr=subprocess.PIPE)
        try:
            yield _address(process)
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(_PATIENCE)
            finally:
                process.kill()
                process.communicate()


def _address(process: "subprocess.Popen[bytes]") -> str:
    """Where it says that it serves, once it answers there."""
    assert process.stderr is not None
    said = b""
    for line in process.stderr:
        said += line
        if found := re.search(rb"http://[^ ]+/", line):
            address = found[0].decode()
            end = time.monotonic() + _PATIENCE
            while time.monotonic() < end:
                try:
                    httpx.get(f"{address}health", timeout=_PATIENCE)
                    return address
                except httpx.TransportError:
                    time.sleep(0.05)
    raise AssertionError(f"the server did not come up: {said.decode()}")
