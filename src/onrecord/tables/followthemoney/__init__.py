"""Release → FollowTheMoney entities (https://followthemoney.tech), one JSON object a line.

The model has no place for what somebody claims, denies or asks, for vague times and numbers, and for chains of
attribution. Claims are left out, vague times are words and no dates, and what is left out is counted.
"""

from collections.abc import Iterator
from typing import BinaryIO

from onrecord.tables.followthemoney.linked import addresses, disputes, papers, post, sanctions, tenure
from onrecord.tables.followthemoney.making import Entity, Left
from onrecord.tables.followthemoney.parties import born_in, day_of, party
from onrecord.tables.ground import Ground
from onrecord.vocabulary.context import classes
from onrecord.vocabulary.term import Class
from onrecord.vocabulary.terms import onr

_NOWHERE = ("act", "recognition", "event", "relation", "statement", "figure", "prosecution", "mention", "place")
_CLASSES: tuple[Class, ...] = (onr.ClaimedDesignation, onr.StatusPeriod)


def write(ground: Ground, stream: BinaryIO) -> tuple[int, Left]:
    """Write the entities, and return how many there are, and what is left out, each kind with how many."""
    left = Left()
    count = 0
    for entity in entities(ground, left):
        stream.write(entity.line())
        count += 1
    return count, +left


def entities(ground: Ground, left: Left) -> Iterator[Entity]:
    """The entities: parties, each with addresses and papers; posts and who holds them; sanctions."""
    kept: set[str] = set()
    for node in ground.roots("organization", "person", "entry"):
        made = party(ground, node, left)
        if made is not None:
            kept.add(node)
            if made.schema == "Person":
                made.add("birthPlace", *born_in(ground, node))
            else:
                made.add("notes", *(f"born in: {text}" for text in born_in(ground, node)))
            if ground.said(node).get(onr.entryOf):
                made.last_seen = max((day_of(ground, source) for source in ground.origin(node)[0]), default="")
            further = [*addresses(ground, node, made), *papers(ground, node, made)]
            yield made
            yield from further
    yield from (post(ground, node) for node in ground.roots("post"))
    for node in ground.roots("tenure"):
        occupancy = tenure(ground, node, kept, left)
        if occupancy is not None:
            yield occupancy
    disputed = disputes(ground)
    for node in ground.roots("designation"):
        yield from sanctions(ground, node, kept, disputed, left)
    _count(ground, left)


def _count(ground: Ground, left: Left) -> None:
    """Count what has no place in the model."""
    for name in _NOWHERE:
        left[name] += sum(1 for _ in ground.roots(name))
    for kind in _CLASSES:
        left[classes()[kind]] += len(ground.of_class(kind))
