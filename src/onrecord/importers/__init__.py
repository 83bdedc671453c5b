"""Bytes of an official list → facts. A new list is one file and one line in `IMPORTERS`.

An importer is a function of what it is given to what it made of it, in a file of its own, with an `Importer` that
describes it (`onrecord.importers.result` has all of these types):

    IMPORTER = Importer(title, summary, example, read, beside={"aliases": "…"}, needs_as_of=True)
    read(given: Given) -> list[Imported] | Finding

- `given.main` and `given.beside["aliases"]` are `Input`s: name, bytes, and text without refused characters (see
  `decoding`). `given.as_of` is the day of --as-of, or None.
- An `Imported` is one snapshot: its `source` (`snapshot_source` makes it), its `rows` (each an `Entry` with the `Place`
  where it begins), the `registry` records that it refers to, `left` (what has no place in the model: its name there →
  how many values), `faults` (findings; what is wrong with one entry costs that entry at the most) and `lost` (how many
  entries could not be read: a snapshot that lacks one is not complete). A file may hold several lists: one `Imported`
  each.
- A `Finding` instead is a file that cannot be read at all.

`finished` then checks what was made, as the readers will: entries given twice, or that are no facts, are faults.
Nothing here knows paths, prints, or raises for what a file holds.
"""

from onrecord.importers.decoding import decoded
from onrecord.importers.finishing import finished
from onrecord.importers.ftm import IMPORTER as FTM
from onrecord.importers.ofac_sdn import IMPORTER as OFAC_SDN
from onrecord.importers.result import Given, Imported, Importer, Input, Row
from onrecord.importers.un_sc import IMPORTER as UN_SC
from onrecord.importers.writing import written

__all__ = ["IMPORTERS", "Given", "Imported", "Importer", "Input", "Row", "decoded", "finished", "written"]

IMPORTERS: dict[str, Importer] = {
    "un-sc": UN_SC,
    "ofac-sdn": OFAC_SDN,
    "ftm": FTM,
}
"""The importer of each official list, by the name that `kg import` knows it by."""
