"""Conflicts as triples, so that they are kept and can be asked for."""

from collections.abc import Iterable

from onrecord.conflicts.model import Conflict
from onrecord.index import Index
from onrecord.mappers.parts.minting import Minter, digest
from onrecord.mappers.parts.page import Pen
from onrecord.vocabulary.terms import CONCEPTS, onr, rdfs

_LANGUAGE = "en"


def written(conflicts: Iterable[Conflict], minter: Minter) -> tuple[Index, Index]:
    """The conflicts that rest on what sources say alone, and those that need a curator's word."""
    plain, curated = Pen(_LANGUAGE), Pen(_LANGUAGE)
    for conflict in conflicts:
        pen = curated if conflict.curated else plain
        node = minter.conflict(digest(*conflict[:4]))
        pen.type(node, onr.Conflict)
        pen.link(node, onr.kind, CONCEPTS["conflict-kind"][conflict.kind])
        pen.text(node, rdfs.label, conflict.sentence)
        for about in conflict.about:
            pen.link(node, onr.conflictOver, about)
        for side in conflict.sides:
            pen.link(node, onr.side, side.node)
    return plain.index, curated.index
