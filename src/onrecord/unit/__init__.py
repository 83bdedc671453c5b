"""One source → one segment: read, resolve, map, check and infer. It needs the source, the registry and the vocabulary,
nothing else.

    bytes ── read ──► documents ── map ──► asserted, curated ── check ──► findings
                                                │
                                                └── infer ──► inferred, inferred from curated ──► segment
"""

from onrecord.unit.building import build
from onrecord.unit.reporting import contradicts, way_out
from onrecord.unit.segment import EVERYTHING, Lines, Segment, is_named, lines_of, place_of, source_id
from onrecord.unit.tools import Shared, Tools

__all__ = [
    "EVERYTHING",
    "Lines",
    "Segment",
    "Shared",
    "Tools",
    "build",
    "contradicts",
    "is_named",
    "lines_of",
    "place_of",
    "source_id",
    "way_out",
]
