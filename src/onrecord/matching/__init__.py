"""Names: which nodes have a name or identifier, which have one that comes close, and who may be the same.

Values in, values out: no files, no store. Nothing here decides that two are the same.
"""

from onrecord.matching.index import LEAST, NUMBERS, Match, Named, NameIndex

__all__ = ["LEAST", "NUMBERS", "Match", "NameIndex", "Named"]
