"""Check triples with pyrudof: DATA.nt SHAPES.ttl OUT.json. Prints seconds and the number of results as JSON."""

import json
import sys
import time
from pathlib import Path

import pyrudof


def main(data: str, shapes: str, out: str) -> None:
    start = time.perf_counter()
    rudof = pyrudof.Rudof(pyrudof.RudofConfig())
    rudof.read_data(data, pyrudof.RDFFormat.NTriples)
    rudof.read_shacl(shapes, pyrudof.ShaclFormat.Turtle)
    report = rudof.validate_shacl(pyrudof.ShaclValidationMode.Native)
    found = [(str(one.focus_node), str(one.severity), str(one.constraint_component)) for one in report]
    seconds = time.perf_counter() - start
    Path(out).write_text(json.dumps(found))
    print(json.dumps({"seconds": seconds, "count": len(found)}))


main(*sys.argv[1:])
