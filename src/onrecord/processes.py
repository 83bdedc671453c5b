"""Processes of this program beside the one that runs: how they begin, and that they end with it."""

import signal
import sys

_PR_SET_PDEATHSIG = 1


def command(place: str, *arguments: str) -> list[str]:
    """The command line of a process that calls `module:function`, with `arguments` in `sys.argv[1:]`.

    It has this process's modules, and nothing of the current folder, the environment or the user's start-up files: a
    file json.py in somebody's dataset is none of ours.
    """
    module, _, function = place.partition(":")
    places = [each for each in sys.path if each]
    begin = f"import sys; sys.path[:] = {places!r}; from {module} import {function}; {function}()"
    return [sys.executable, "-I", "-S", "-X", "utf8", "-c", begin, *arguments]


def end_with_parent(number: signal.Signals = signal.SIGKILL) -> None:
    """Have the kernel send this process a signal when its parent ends, however that ends, and even while this one is
    stopped (Linux; nothing elsewhere)."""
    if sys.platform.startswith("linux"):
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, number, 0, 0, 0)
