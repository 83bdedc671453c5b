"""What a page shows beyond its own document, gathered for this page alone: from the documents that may name it."""

from collections.abc import Iterator

from onrecord.documents import KINDS, Documents
from onrecord.documents.kinds import INVERSES, Kind, kind_of
from onrecord.questions.status import Standing
from onrecord.site.collecting import Collected
from onrecord.site.pages import Around
from onrecord.site.places import Places
from onrecord.writers.parts.layout import place, step_key

MOST = 150
"""Documents that are read for the sake of one page: of what more name, the prepared site tells."""
_MOST_STEPS = 3000


class TooMany(Exception):
    """More documents may name it than are read for one page."""


def around(
    documents: Documents, node: str, kind: Kind, places: Places, standings: tuple[Standing, ...], done: str
) -> Around:
    """What stands around a node: all of it, or, where too much names it, its own with how far the rest is (`done`)."""
    base, own, pending = documents.base, node[1:-1], ""
    try:
        named = {**hosts(documents, node), node: kind}
    except TooMany:
        named, pending = {node: kind}, done or "0"
    order = list(KINDS)
    collected = Collected(base, "")
    for each in sorted(named, key=lambda each: (order.index(named[each].name), step_key(each[1:-1]), each)):
        document = documents.document(each, named[each])
        collected.add(document, places.page(each[1:-1]))
    page = places.page(own)
    return Around(
        standings,
        tuple(collected.gathered.backlinks.get(own, ())),
        tuple(collected.gathered.voices.get(own, ())),
        f"index/{page}" if own in collected.indexes.places else "",
        collected.schemas.get(own, ""),
        tuple(collected.passages.get(own, {}).values()),
        pending,
    )


def hosts(documents: Documents, node: str) -> dict[str, Kind]:
    """The documents that may name a node: those of all that points to it, by way of parts, or words and chains that
    several share. Raises TooMany."""
    found: dict[str, Kind] = {}
    seen, waiting = {node}, [node]
    while waiting:
        for each in _above(documents, waiting.pop(), node):
            if each in seen:
                continue
            seen.add(each)
            kind = kind_of(each, documents.base)
            if kind is not None and not kind.nested:
                found[each] = kind
            else:
                waiting.append(each)
            if len(found) > MOST or len(seen) > _MOST_STEPS:
                raise TooMany
    return found


def _above(documents: Documents, node: str, start: str) -> Iterator[str]:
    """What points to a node, and what it is part of, or stands inside."""
    yield from documents.reading.pointing(node)
    if node == start:
        return
    owner = node[1:-1][: place(node[1:-1], documents.base).owner]
    yield f"<{owner}>"
    said = documents.reading.said(node)
    for inverse in INVERSES:
        yield from (value for value in said.get(str(inverse.property), ()) if value.startswith("<"))
