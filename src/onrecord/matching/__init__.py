"""Names: which nodes have a name or identifier, which have one that comes close, and who may be the same.

Values in, values out: no files, no store. Nothing here decides that two are the same.
"""

from onrecord.matching.index import LEAST, NUMBERS, Match, Named, NameIndex
from onrecord.matching.suggestions import Birth, Described, Identifier, Suggestion, suggest

__all__ = [
    "LEAST",
    "NUMBERS",
    "Birth",
    "Described",
    "Identifier",
    "Match",
    "NameIndex",
    "Named",
    "Suggestion",
    "suggest",
]
