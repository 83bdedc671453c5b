"""What an importer made, checked as the readers will check it: what they would refuse is a fault, and left out."""

import msgspec

from onrecord.facts.document import Source
from onrecord.facts.faults import decode
from onrecord.facts.listings import Entry
from onrecord.findings import Finding, Place
from onrecord.importers.result import Imported, Row
from onrecord.readers import characters


def finished(imported: Imported, *, partial: bool = False) -> Finding | None:
    """Leave out entries whose reference came before, and those that are no facts; both become faults.

    A snapshot that has lost an entry, or that somebody says to be `partial`, is not complete: who is missing in it may
    be on the list all the same. The finding is there where nothing is left that could be kept.
    """
    kept: list[Row] = []
    first: dict[str, Place] = {}
    for row in imported.rows:
        fault = _fault(row)
        before = first.get(row.entry.reference)
        if before is not None:
            imported.faults.append(_twice(row, before))
        elif fault is not None:
            imported.faults.append(fault)
            imported.lost += 1
        else:
            first[row.entry.reference] = row.place
            kept.append(row)
    imported.rows = kept
    snapshot = imported.source.snapshot
    if snapshot is not None:
        imported.faults += (_early(row, snapshot.as_of) for row in kept if _is_early(row.entry, snapshot.as_of))
    if snapshot is not None and (partial or imported.lost):
        snapshot.complete = False
    source = decode(msgspec.to_builtins(imported.source), Source, strict=True)[1]
    if source:
        where = ".".join(str(part) for part in source[0].pointer)
        return _nothing(f"the list cannot be kept: {where}: {source[0].message}", source[0].hint)
    if not kept:
        return _nothing("there is no entry that can be read", "see whether the file is the whole list")
    return None


def _nothing(message: str, hint: str) -> Finding:
    return Finding(Place(""), "violation", "no-list", message, hint, broken=True)


def _twice(row: Row, first: Place) -> Finding:
    message = f"the reference {row.entry.reference} was given before, in line {first.line}: only the first is imported"
    return Finding(row.place, "violation", "reference-twice", message, "ask the list's publisher", broken=True)


def _is_early(entry: Entry, as_of: str) -> bool:
    """Whether a list has somebody before the day, given as a whole day, on which it says to have put them on."""
    return isinstance(entry.listed, str) and len(entry.listed) == len(as_of) and entry.listed > as_of


def _early(row: Row, as_of: str) -> Finding:
    message = f"{row.entry.reference} is listed since {row.entry.listed}, after the day of the list, {as_of}"
    return Finding(row.place, "warning", "listed-later", message, "see whether the day of the list is right")


def _fault(row: Row) -> Finding | None:
    """What makes an entry no facts, if anything does."""
    name = characters.repaired(row.entry.reference)
    values = msgspec.to_builtins(row.entry)
    made, flaws = decode(values, Entry, strict=True)
    if made is None:
        where = ".".join(str(part) for part in flaws[0].pointer)
        message = f"the entry {name} is left out: {where}: {flaws[0].message}"
        return Finding(row.place, "violation", flaws[0].code, message, flaws[0].hint, broken=True)
    refused = characters.REFUSED.search("\n".join(_texts(values)))
    if refused is None:
        return None
    message = f"the entry {name} is left out: it has {characters.label(refused[0])}"
    return Finding(row.place, "violation", "character", message, "remove it: nobody sees it", broken=True)


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for one in inner for text in _texts(one)]
