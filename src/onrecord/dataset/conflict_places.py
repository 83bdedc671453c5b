"""Where the sides of conflicts stand in the files: looked up by reading just these again, and kept while these files
stay as they are."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec

from onrecord.conflicts import Conflict, Side
from onrecord.dataset.ledger import Ledger
from onrecord.dataset.rows import State
from onrecord.dataset.sources import SourceFile
from onrecord.findings import Finding, Place
from onrecord.mappers import map_document
from onrecord.readers import Read, read
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
        if left <= 0:
            break
        shown.append(conflict._replace(sides=conflict.sides[:left]))
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
    wanted: dict[str, dict[str, list[str]]] = {}
    of_sources = {shared.minter.source(source): (source, name) for source, name in ledger.files_of_all()}
    for side in sides:
        if side.source in of_sources:
            source, name = of_sources[side.source]
            wanted.setdefault(name, {}).setdefault(source, []).append(side.node)
    named = {file.shown: file for file in files}
    places: dict[Side, Place] = {}
    for name in sorted(wanted):
        places.update(_of_file(named[name], wanted[name], shared))
    kept_states = {name: states.get(name) for name in wanted}
    ledger.write_note(_PLACED, msgspec.msgpack.encode(Placed(kept_states, sorted(places.items()))))
    return places


def _of_file(file: SourceFile, wanted: Mapping[str, Sequence[str]], shared: Shared) -> Iterator[tuple[Side, Place]]:
    """The places of some nodes of some sources of a file; none where it has changed meanwhile."""
    data = file.data(shared.limits)
    for one in read(file.shown, data, shared.limits) if isinstance(data, bytes) else ():
        source = source_id(one.document, file.stem) if one.document is not None else ""
        if source in wanted:
            yield from _of_source(one, source, wanted[source], shared)


def _of_source(one: Read, source: str, nodes: Sequence[str], shared: Shared) -> Iterator[tuple[Side, Place]]:
    assert one.document is not None
    minter = shared.minter
    origins = map_document(
        one.document, source, minter, shared.names, shared.labels, shared.language, None, one.kept
    ).origins
    for node in nodes:
        place = one.locate(origins[node]) if node in origins else place_of(one)
        yield Side(node, minter.source(source)), place
