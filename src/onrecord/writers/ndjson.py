"""One JSON-LD document a line (https://github.com/ndjson/ndjson-spec): an entity with all that is said of it.

Named graphs are merged; what belongs to an entity is nested in it. Each line brings the part of the context that it
needs, so that a line can be read alone, by any JSON-LD reader, and nothing is fetched.
"""

import json
from collections.abc import Iterable
from typing import BinaryIO

from onrecord.vocabulary.context import context
from onrecord.writers.parts.arrangement import Arrangement
from onrecord.writers.parts.compaction import Compaction
from onrecord.writers.parts.trees import trees

_LINE_BREAKS = {ord(char): f"\\u{ord(char):04x}" for char in "\x85\u2028\u2029"}
"""What some programs take for the end of a line, and JSON lets stand in a text as it is."""


def write(lines: Iterable[str], stream: BinaryIO) -> None:
    """Write canonical N-Quads lines as JSON lines, each triple once. Raises InputError for a line that is none."""
    with Arrangement(lines, by_graph=False) as arranged:
        compaction = Compaction(context(arranged.base))
        for family in arranged.families():
            compaction.used.clear()
            for tree, is_expanded in trees(family.nodes, compaction):
                whole = tree if is_expanded else {"@context": compaction.context_used(), **tree}
                line = json.dumps(whole, ensure_ascii=False, separators=(",", ":")).translate(_LINE_BREAKS)
                stream.write(f"{line}\n".encode())
