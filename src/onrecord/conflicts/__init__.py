"""Conflicts: facts that cannot all be so. All of them stay, and none of them is held to be right.

    what each source says (Voiced) ── found ──► conflicts over figures, dates and roles ─┐
    time lines of statuses ── of_timeline ──► conflicts over intervals ──────────────────┴── written ──► triples

Only what cannot be so together is a conflict: ranges that have nothing in common, of one thing, counted alike. What
might be two things is two. Nothing here reads files or a store.
"""

from onrecord.conflicts.extraction import Extraction
from onrecord.conflicts.found import Registry, found
from onrecord.conflicts.intervals import of_timeline
from onrecord.conflicts.model import Conflict, Side
from onrecord.conflicts.naming import Names
from onrecord.conflicts.triples import written
from onrecord.conflicts.voiced import Voiced, packed, unpacked

__all__ = [
    "Conflict",
    "Extraction",
    "Names",
    "Registry",
    "Side",
    "Voiced",
    "found",
    "of_timeline",
    "packed",
    "unpacked",
    "written",
]
