"""Virtual environments of the peers, made when they are first needed and kept below benchmarks/."""

import hashlib
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent / ".venv-peers"
REQUIREMENTS = {
    "peers": HERE / "requirements.txt",
    "morph-kgc": HERE / "requirements-morph-kgc.txt",
    "oxigraph": HERE / "requirements-oxigraph.txt",
}
BASE = getattr(sys, "_base_executable", None) or sys.executable
"""The Python that this one's environment was made from: it has pip."""


@dataclass(frozen=True)
class Environment:
    """The Python of an environment; None where it could not be made, with the reason."""

    python: Path | None
    reason: str = ""


def environment(name: str) -> Environment:
    """The environment of some requirements, made if it is missing or was made from others.

    As in the Makefile, the pip of the Python below installs into it: `python -m venv` fails without ensurepip.
    """
    folder, required = ROOT / name, REQUIREMENTS[name]
    stamp, digest = folder / "installed", hashlib.sha256(required.read_bytes()).hexdigest()
    python = folder / "bin" / "python"
    if stamp.is_file() and stamp.read_text() == digest and python.exists():
        return Environment(python)
    print(f"installing {required.name} into {folder} …", file=sys.stderr)
    install = [BASE, "-m", "pip", "--python", str(python), "install", "-qq", "--no-user", "--disable-pip-version-check"]
    for command in ([BASE, "-m", "venv", "--clear", "--without-pip", str(folder)], [*install, "-r", str(required)]):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            lines = (done.stderr or done.stdout).strip().splitlines() or ["no message"]
            return Environment(None, f"could not be installed: {lines[-1]}")
    stamp.write_text(digest)
    return Environment(python)


def versions(name: str) -> dict[str, str]:
    """The pinned packages of an environment with their versions."""
    lines = (line.partition("#")[0].strip() for line in REQUIREMENTS[name].read_text().splitlines())
    pairs = (line.partition("==") for line in lines if line)
    return {package: version for package, _, version in pairs}
