"""Curators' links to entries of lists that no snapshot has: a reference is easily mistyped."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from urllib.parse import unquote

import msgspec

from onrecord.dataset.sources import SourceFile
from onrecord.facts.references import list_of
from onrecord.findings import Finding, Place
from onrecord.history import Testimony
from onrecord.mappers import map_document
from onrecord.ntriples import Triple
from onrecord.readers import read
from onrecord.unit import Shared, source_id

_FINDINGS = msgspec.msgpack.Decoder(list[Finding])


def unknown(
    testimonies: Sequence[Testimony], shared: Shared, files: Callable[[], Mapping[str, SourceFile]]
) -> list[Finding]:
    """A warning for each link to an entry that no snapshot of its list has, at its place.

    `testimonies` are those of all sources; `files` gives the file of each by its id, where that is needed.
    """
    links = {link[2] for link in shared.links} | {entry for one in testimonies for entry in one.named}
    root = shared.minter.entries("")[:-2]
    wanted = {entry for entry in links if entry.startswith(root)}
    if not wanted:
        return []
    lists = {shared.minter.entity("lists", list_of(_short(entry, root))) for entry in wanted}
    here: set[str] = set()
    held: set[str] = set()
    for one in testimonies:
        if one.snapshot is not None and one.snapshot.on_list in lists:
            here.add(one.snapshot.on_list)
            held.update(said.subject for said in one.designations)
    missing = wanted - held
    start = len(shared.minter.source("")) - 1
    sources = [one.source[start:-1] for one in testimonies if not missing.isdisjoint(one.named)]
    found = [*shared.links.items(), *_links(sources, files() if sources else {}, shared)]
    hints = _Hints(held, root)
    return [_finding(_short(link[2], root), place, here, shared, hints) for link, place in found if link[2] in missing]


def packed(findings: list[Finding]) -> bytes:
    """Findings as bytes; none where there are none."""
    return msgspec.msgpack.encode(findings) if findings else b""


def unpacked(data: bytes) -> list[Finding]:
    """Findings from their bytes."""
    return _FINDINGS.decode(data) if data else []


def _short(entry: str, root: str) -> str:
    """An entry as facts files name it."""
    of, _, reference = entry[len(root) : -1].partition("/")
    return f"{of}/{unquote(reference)}"


def _links(sources: Sequence[str], files: Mapping[str, SourceFile], shared: Shared) -> Iterator[tuple[Triple, Place]]:
    """The links of some sources with their places: their files are read again."""
    for file in sorted({files[source] for source in sources}):
        data = file.data(shared.limits)
        for one in read(file.shown, data, shared.limits) if isinstance(data, bytes) else ():
            name = source_id(one.document, file.stem) if one.document is not None else ""
            if one.document is not None and name in sources:
                mapped = map_document(
                    one.document, name, shared.minter, shared.names, shared.labels, shared.language, None, one.kept
                )
                yield from ((link, one.locate(pointer)) for link, pointer in mapped.links.items())


class _Hints:
    """References that differ from others in capitals and punctuation alone."""

    def __init__(self, held: set[str], root: str) -> None:
        self._near = {_letters(_short(entry, root)): _short(entry, root) for entry in sorted(held, reverse=True)}

    def of(self, entry: str) -> str:
        near = self._near.get(_letters(entry))
        return f"did you mean {near}?" if near else "look the reference up in the list; kg suggest offers candidates"


def _letters(entry: str) -> tuple[str, str]:
    of, _, reference = entry.partition("/")
    return of, "".join(filter(str.isalnum, reference.casefold()))


def _finding(entry: str, place: Place, here: set[str], shared: Shared, hints: _Hints) -> Finding:
    of, _, reference = entry.partition("/")
    if shared.minter.entity("lists", of) not in here:
        message = f"no snapshot of {of} is in the dataset: whether it has {reference} cannot be told"
        return Finding(place, "warning", "unknown-entry", message, "import the list: kg import")
    message = f"no snapshot of {of} has an entry {reference}"
    return Finding(place, "warning", "unknown-entry", message, hints.of(entry))
