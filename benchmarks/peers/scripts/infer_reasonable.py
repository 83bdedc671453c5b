"""Close triples under OWL 2 RL with reasonable: DATA.ttl OUT.nt. Prints seconds and the number of triples as JSON."""

import json
import sys
import time
from pathlib import Path

import reasonable


def main(data: str, out: str) -> None:
    start = time.perf_counter()
    reasoner = reasonable.PyReasoner()
    reasoner.load_file(data)
    closed = reasoner.reason()
    reasoned = time.perf_counter()
    with Path(out).open("w", encoding="utf-8") as lines:
        lines.writelines(f"{s.n3()} {p.n3()} {o.n3()} .\n" for s, p, o in closed)
    wrote = time.perf_counter()
    print(json.dumps({"seconds": reasoned - start, "writing": wrote - reasoned, "count": len(closed)}))


main(*sys.argv[1:])
