"""Where the sides of conflicts stand in the files: looked up by reading just these again, and kept while these files
stay as they are."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec

from onrecord.conflicts import Conflict, Side
from onrecord.dataset.ledger import Ledger
from onrecord.dataset.rows import State
from onrecord.dataset.sources import SourceFile
from onrecord.findings import Finding, Place
from onrecord.mappers import map_document
from onrecord.readers import READERS, Read
from onrecord.unit import Shared, place_of, source_id

CODE = "sources-disagree"
"""The code of all findings about conflicts."""
_FOUND, _PLACED = "conflicts", "conflict-places"
_MOST = 50
"""Findings that are shown at the most; the others are asked for by `kg ask conflicts`."""
_OTHERS = 3


class Placed(NamedTuple):
    """Where sides stand, and how the files were then."""

    files: dict[str, State | None]
    places: list[tuple[Side, Place]]


_CONFLICTS = msgspec.msgpack.Decoder(list[Conflict])
_PLACES = msgspec.msgpack.Decoder(Placed)


def note(ledger: Ledger, conflicts: Sequence[Conflict]) -> None:
    """Keep the conflicts that were found, for this build and those after it."""
    ledger.write_note(_FOUND, msgspec.msgpack.encode(conflicts))
    ledger.write_note(_PLACED, b"")


def findings(ledger: Ledger, files: Sequence[SourceFile], shared: Shared, folder: str) -> list[Finding]:
    """A finding for each side of the conflicts that were kept, as many as can be read. `folder` is the place of the one
    that says how many more there are."""
    conflicts = _CONFLICTS.decode(ledger.note(_FOUND) or b"\x90")
    shown: list[Conflict] = []
    left = _MOST
    for conflict in conflicts:
        if shown and left < len(conflict.sides):
            break
        shown.append(conflict._replace(sides=conflict.sides[:_MOST]))
        left -= len(conflict.sides)
    places = _places([side for conflict in shown for side in conflict.sides], ledger, files, shared) if shown else {}
    found = [finding for conflict in shown for finding in _told(conflict, places)]
    more = len(conflicts) - len(shown)
    if more:
        message = f"sources disagree in {more:,} more way{'s' if more > 1 else ''} than are shown"
        found.append(Finding(Place(folder), "info", CODE, message, "see all with kg ask conflicts"))
    return found


def _told(conflict: Conflict, places: Mapping[Side, Place]) -> Iterator[Finding]:
    known = [places[side] for side in conflict.sides if side in places]
    for place in dict.fromkeys(known):
        others = [str(other) for other in dict.fromkeys(known) if other != place]
        more = f" and {len(others) - _OTHERS} more" if len(others) > _OTHERS else ""
        where = f"the other side is at {', '.join(others[:_OTHERS])}{more}" if others else "one fact says both"
        yield Finding(place, "info", CODE, f"sources disagree: {conflict.sentence}", f"{where}; both stay on record")


def _places(sides: Sequence[Side], ledger: Ledger, files: Sequence[SourceFile], shared: Shared) -> dict[Side, Place]:
    """Where sides stand."""
    kept = ledger.note(_PLACED)
    states = ledger.files()
    if kept:
        placed = _PLACES.decode(kept)
        if all(state is not None and states.get(name) == state for name, state in placed.files.items()):
            return dict(placed.places)
    wanted: dict[str, dict[bytes, list[str]]] = {}
    root = shared.minter.source("")[:-1]
    for side in sides:
        found = ledger.place_of_source(side.source.removeprefix(root)[:-1])
        if found is not None:
            wanted.setdefault(found[0], {}).setdefault(found[1], []).append(side.node)
    named = {file.shown: file for file in files}
    places: dict[Side, Place] = {}
    for name in sorted(wanted):
        places.update(_of_file(named[name], wanted[name], shared))
    kept_states = {name: states.get(name) for name in wanted}
    ledger.write_note(_PLACED, msgspec.msgpack.encode(Placed(kept_states, sorted(places.items()))))
    return places


def _of_file(file: SourceFile, wanted: Mapping[bytes, Sequence[str]], shared: Shared) -> Iterator[tuple[Side, Place]]:
    """The places of some nodes, by the digests of the documents of a file that have them; none where it has changed
    meanwhile."""
    stream = file.open(shared.limits)
    if isinstance(stream, Finding):
        return
    reader = READERS[file.ending]
    with stream:
        for passage in reader.split(stream):
            nodes = wanted.get(hashlib.sha256(passage.data).digest())
            if nodes is not None:
                yield from _of_document(reader.read(file.shown, passage, shared.limits), file.stem, nodes, shared)


def _of_document(one: Read, stem: str, nodes: Sequence[str], shared: Shared) -> Iterator[tuple[Side, Place]]:
    if one.document is None:
        return
    source, minter = source_id(one.document, stem), shared.minter
    mapped = map_document(one.document, source, minter, shared.names, shared.labels, shared.language, None, one.kept)
    for node in nodes:
        place = one.locate(mapped.origins[node]) if node in mapped.origins else place_of(one)
        yield Side(node, minter.source(source)), place
