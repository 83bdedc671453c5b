"""The load test of the server: 16 clients, of whose requests 5 % are hostile, for two minutes; and look-ups a second
beside Oxigraph's own server on the same store.

    make load                               two minutes and a half on two cores
    make load LOAD='--seconds 600'          as long as design and patience ask
    make load LOAD='--dataset DIR'          on a built dataset of yours, instead of 2,000 synthetic articles

What is owed is printed with what was met; the exit code is 1 where something was not.
"""

import argparse
import asyncio
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from articles import generate
from debts.peers import all_versions
from loading import clients, servers, throughput
from loading.requests import LOOKUP, Mix
from measuring.machine import machine, packages
from measuring.processes import memory_of
from measuring.table import Row, rendered, size

CLIENTS, HOSTILE = 16, 0.05
OWED_P99, OWED_FLAT, OWED_SHARE = 0.250, 1.05, 0.5
_NODES = 2_000


@dataclass
class Memory:
    """The memory of a server and its workers, over time: bytes, each page counted once."""

    root: int
    taken: list[int] = field(default_factory=list)
    done: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        """Look twice a second."""
        while not self.done.wait(0.5):
            self.taken.append(memory_of(self.root))

    def growth(self) -> float:
        """How the last third compares with the second one; the first is for coming up. What it holds between hostile
        requests counts: the smallest."""
        third = len(self.taken) // 3
        return min(self.taken[2 * third :]) / min(self.taken[third : 2 * third])


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=120, help="of the load; 120 by default")
    parser.add_argument("--dataset", type=Path, metavar="DIR", help="a built dataset; 2,000 synthetic articles without")
    parser.add_argument("--rate-seconds", type=float, default=4, help="of each of twelve runs for the rate; 0 for none")
    given = parser.parse_args()
    about = {**machine(), **packages(), **{f"peer {name}": version for name, version in all_versions().items()}}
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="onrecord-load-") as folder:
        dataset = given.dataset or _made(Path(folder))
        nodes = _nodes(dataset / "out" / "latest" / "dataset.nq")
        if given.rate_seconds:
            rows += _rates(dataset, nodes, given.rate_seconds, Path(folder))
        rows += _load(dataset, nodes, given.seconds)
    print(rendered(about, rows))
    return 0 if all(row.met is not False for row in rows) else 1


def _made(folder: Path) -> Path:
    dataset = folder / "dataset"
    print("· making 2,000 articles", file=sys.stderr)
    generate(dataset, 2_000, form="jsonl")
    kg = Path(sys.executable).parent / "kg"
    subprocess.run([kg, "-q", "-C", dataset, "build"], check=False, capture_output=True)
    return dataset


def _nodes(quads: Path) -> list[str]:
    """Some subjects, spread over the file."""
    with quads.open(encoding="utf-8") as lines:
        subjects = sorted({line.partition(" ")[0] for line in lines})
    return random.Random(6).sample(subjects, min(_NODES, len(subjects)))


def _rates(dataset: Path, nodes: list[str], seconds: float, folder: Path) -> Iterator[Row]:
    store = (dataset / "out" / "latest").resolve() / "store"
    by = "wrk" if throughput.WRK else "a client in Python, which bounds both: install wrk (Debian's package) for more"
    with servers.ours(dataset) as ours, servers.oxigraph(store, folder) as beside:
        for anew, which in ((False, f"of {len(nodes):,} again and again"), (True, "each never asked before")):
            what = f"look-ups a second, {which}"
            print(f"· {what}", file=sys.stderr)
            rates = throughput.measured([ours, *([beside] if beside else [])], nodes, seconds, folder, anew=anew)
            told = [f"{rate.a_second:,.0f}/s, p99 {rate.p99 * 1000:.1f} ms" for rate in rates]
            ratio = rates[0].a_second / rates[1].a_second if beside else None
            note = f"asked by {by}; beside it: Oxigraph's own server"
            met = None if ratio is None else ratio >= OWED_SHARE
            yield Row("load", what, told[0], told[-1] if beside else "", ratio, f"≥ {OWED_SHARE}", met, note)


def _load(dataset: Path, nodes: list[str], seconds: float) -> Iterator[Row]:
    print(f"· {CLIENTS} clients for {seconds:g} s, {HOSTILE:.0%} of their requests hostile", file=sys.stderr)
    mixes = [Mix(nodes, number, HOSTILE) for number in range(CLIENTS)]
    with servers.ours(dataset) as server:
        memory = Memory(server.process.pid)
        watch = threading.Thread(target=memory.run, daemon=True)
        watch.start()
        began = time.monotonic()
        seen = asyncio.run(clients.run(server.host, server.port, mixes, seconds))
        taken = time.monotonic() - began
        memory.done.set()
        watch.join()
        metrics = _metrics(server)
    asked, hostile = sum(seen.statuses.values()), sum(n for (kind, _), n in seen.statuses.items() if kind != LOOKUP)
    yield Row("load", "requests a second", f"{asked / taken:,.0f}/s", f"{hostile:,} hostile of {asked:,}")
    yield from _judged(seen)
    flat = memory.growth()
    peak = f"{size(max(memory.taken))} at the most, {size(statistics.median(memory.taken))} mostly"
    yield Row(
        "load",
        "memory between hostile requests, last third to the one before",
        peak,
        "",
        flat,
        "≤ 1.05",
        flat <= OWED_FLAT,
    )
    killed, died = metrics.get("killed", "?"), metrics.get("died", "?")
    yield Row("load", "workers killed", killed, f"{died} died by themselves")


def _judged(seen: clients.Seen) -> Iterator[Row]:
    times, wrong = sorted(seen.seconds) or [float("inf")], seen.wrong()
    p50, p99 = times[len(times) // 2], times[int(len(times) * 0.99)]
    yield Row("load", "look-ups, p50", f"{p50 * 1000:.1f} ms")
    yield Row("load", "look-ups, p99", f"{p99 * 1000:.1f} ms", "", None, "≤ 250 ms", p99 <= OWED_P99)
    told = "; ".join(wrong) or "none"
    yield Row("load", "5xx but 503, look-ups lost", told, "", None, "none", not wrong, _told(seen))


def _told(seen: clients.Seen) -> str:
    kinds = [f"{kind} {status} × {n:,}" for (kind, status), n in sorted(seen.statuses.items())]
    return ", ".join([*kinds, *(f"{kind} broken off × {n}" for kind, n in sorted(seen.broken.items()))])


def _metrics(server: servers.Server) -> dict[str, str]:
    """What the server counted about its workers."""
    with urllib.request.urlopen(f"http://{server.host}:{server.port}/metrics") as answer:
        lines = answer.read().decode().splitlines()
    pairs = (line.rpartition(" ") for line in lines if line.startswith("onrecord_workers_"))
    return {name.removeprefix("onrecord_workers_").removesuffix("_total"): value for name, _, value in pairs}


if __name__ == "__main__":
    sys.exit(main())
