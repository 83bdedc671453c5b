"""Map tables to N-Triples with morph-kgc in two processes: MAPPING.ttl OUT.nt. Prints seconds and a count as JSON."""

import json
import runpy
import sys
import time
from pathlib import Path

import morph_kgc  # noqa: F401 (imported before the clock runs)

CONFIG = """\
[CONFIGURATION]
output_file = {out}
output_format = N-TRIPLES
number_of_processes = 2
logging_level = ERROR
[TABLES]
mappings = {mapping}
"""


def main(mapping: str, out: str) -> None:
    config = Path(out).with_suffix(".ini")
    config.write_text(CONFIG.format(mapping=mapping, out=out))
    sys.argv = ["morph_kgc", str(config)]
    start = time.perf_counter()
    runpy.run_module("morph_kgc", run_name="__main__")
    seconds = time.perf_counter() - start
    with Path(out).open("rb") as lines:
        print(json.dumps({"seconds": seconds, "count": sum(1 for _ in lines)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
