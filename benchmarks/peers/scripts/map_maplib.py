"""Map tables to N-Triples with maplib: TABLES.json OUT.nt. Prints seconds and the number of triples as JSON."""

import json
import sys
import time
from pathlib import Path

import maplib
import polars as pl

LANG_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
XSD = "http://www.w3.org/2001/XMLSchema#"


def typed(datatype: str, language: str) -> pl.Expr:
    """The objects of a table with the type that maplib wants."""
    text = pl.col("o")
    if language:
        return pl.struct(text.alias(f"<{LANG_STRING}>"), pl.lit(language).alias("l"))
    if datatype == f"{XSD}date":
        return text.str.to_date()
    casts = {f"{XSD}integer": pl.Int64, f"{XSD}decimal": pl.Decimal(38, 12)}
    return text.cast(casts[datatype]) if datatype in casts else text


def frame(row: dict[str, str]) -> pl.DataFrame:
    """A table with columns as maplib wants them."""
    table = pl.read_csv(row["file"], infer_schema=False)
    return table.select(pl.col("s").alias("subject"), typed(row["datatype"], row["language"]).alias("object"))


def main(tables: str, out: str) -> None:
    rows = json.loads(Path(tables).read_text())
    start = time.perf_counter()
    model = maplib.Model()
    for row in rows:
        kind = maplib.RDFType.Literal(row["datatype"]) if row["datatype"] else maplib.RDFType.IRI
        types = {"subject": maplib.RDFType.IRI, "object": kind}
        model.map_triples(maplib.SolutionMappings(frame(row), types), predicate=row["predicate"], validate_iris=False)
    model.write(out, format="ntriples")
    seconds = time.perf_counter() - start
    with Path(out).open("rb") as lines:
        print(json.dumps({"seconds": seconds, "count": sum(1 for _ in lines)}))


main(*sys.argv[1:])
