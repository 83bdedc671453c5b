"""Peers on the stages of a build, each run in a process of its own. What a peer cannot do is said, never left out."""

import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from peers.environments import environment

SCRIPTS = Path(__file__).resolve().parent / "scripts"
LIMIT = 900.0
"""Seconds after which a peer is stopped."""


@dataclass(frozen=True)
class Ran:
    """What a peer gave: seconds inside its process without its imports, and a count. Or the reason why it did not."""

    peer: str
    seconds: float = 0.0
    count: int = 0
    writing: float = 0.0
    reason: str = ""


def run(peer: str, home: str, script: str, arguments: Sequence[Path]) -> Ran:
    """Run a script in the peers' environment `home`."""
    where = environment(home)
    if where.python is None:
        return Ran(peer, reason=where.reason)
    command = [str(where.python), str(SCRIPTS / script), *map(str, arguments)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT, check=False)
    except subprocess.TimeoutExpired:
        return Ran(peer, reason=f"stopped after {LIMIT:.0f} s")
    if done.returncode:
        lines = done.stderr.strip().splitlines() or [f"exit code {done.returncode}"]
        return Ran(peer, reason=lines[-1][:160])
    said = json.loads(done.stdout.strip().splitlines()[-1])
    return Ran(peer, said["seconds"], said["count"], said.get("writing", 0.0))


def mapping(folder: Path) -> list[Ran]:
    """Tables → N-Triples."""
    return [
        run("maplib", "peers", "map_maplib.py", [folder / "tables.json", folder / "maplib.nt"]),
        run("morph-kgc", "morph-kgc", "map_morph_kgc.py", [folder / "mapping.ttl", folder / "morph-kgc.nt"]),
    ]


def checking(data: Path, shapes: Path, folder: Path) -> Ran:
    """Triples and shapes → results."""
    return run("pyrudof", "peers", "check_pyrudof.py", [data, shapes, folder / "pyrudof.json"])


def inferring(data: Path, folder: Path) -> Ran:
    """Triples with the ontology → their closure."""
    return run("reasonable", "peers", "infer_reasonable.py", [data, folder / "reasonable.nt"])
