"""Where sources contradict each other: the places in their files, looked up by reading just these again."""

from collections.abc import Iterator, Mapping, Sequence

from onrecord.dataset.sources import SourceFile
from onrecord.findings import Finding, Place
from onrecord.index import triples_of, union
from onrecord.mappers import map_document
from onrecord.readers import Read, read
from onrecord.rules import Contradiction
from onrecord.unit import Shared, source_id, way_out


def placed(
    contradictions: Sequence[tuple[Contradiction, list[str]]], files: Mapping[str, SourceFile], shared: Shared
) -> Iterator[Finding]:
    """A finding in each of the sources that contradict each other, which names the places in the others.

    `files` has the file of each source by its id.
    """
    for one, sources in contradictions:
        nodes = {*one.nodes, *(subject for subject, _, _ in one.triples)}
        places = [place for source in sources if (place := _place(nodes, source, files[source], shared))]
        for place in places:
            others = ", ".join(str(other) for other in places if other != place)
            hint = way_out(one, shared.links, places)
            hint = f"{hint}: the other is at {others}" if others else hint
            yield Finding(place, "violation", "contradiction", one.message, hint)


def _place(nodes: set[str], source: str, file: SourceFile, shared: Shared) -> Place | None:
    """Where a source has a record about one of some nodes; None where its file has changed meanwhile."""
    data = file.data(shared.limits)
    for one in read(file.shown, data, shared.limits) if isinstance(data, bytes) else ():
        if one.document is not None and source_id(one.document, file.stem) == source:
            return _of_record(nodes, source, one, shared)
    return None


def _of_record(nodes: set[str], source: str, one: Read, shared: Shared) -> Place:
    """The place of the first record whose node is one of them, or leads to one of them."""
    assert one.document is not None
    mapped = map_document(
        one.document, source, shared.minter, shared.names, shared.labels, shared.language, None, one.kept
    )
    said = triples_of(union(mapped.asserted, mapped.curated))
    about = (subject for subject, _, value in said if subject in nodes or value in nodes)
    return one.locate(next((mapped.origins[node] for node in about if node in mapped.origins), ()))
