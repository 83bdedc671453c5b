"""One JSON-LD document a line (https://github.com/ndjson/ndjson-spec): an entity with all that is said of it.

Named graphs are merged; what belongs to an entity is nested in it. Each line brings the part of the context that it
needs, so that a line can be read alone, by any JSON-LD reader, and nothing is fetched.
"""

from collections.abc import Iterable
from typing import BinaryIO

import msgspec

from onrecord.vocabulary.context import context
from onrecord.writers.parts.arrangement import families
from onrecord.writers.parts.compaction import Compaction
from onrecord.writers.parts.nodes import Nodes
from onrecord.writers.parts.sorting import Rows
from onrecord.writers.parts.trees import trees

_LINE_BREAKS = {char.encode(): f"\\u{ord(char):04x}".encode() for char in "\x85\u2028\u2029"}
"""What some programs take for the end of a line, and JSON lets stand in a text as it is."""


def write(lines: Iterable[str], stream: BinaryIO) -> None:
    """Write canonical N-Quads lines as JSON lines, each triple once. Raises InputError for a line that is none."""
    nodes = Nodes(lines)
    with Rows() as rows:
        rows.extend(row for _, row in nodes)
        compaction = Compaction(context(nodes.base))
        for family in families(rows):
            compaction.used.clear()
            for tree, is_expanded in trees(family, compaction):
                whole = tree if is_expanded else {"@context": compaction.context_used(), **tree}
                line = msgspec.json.encode(whole)
                for found, escaped in _LINE_BREAKS.items():
                    line = line.replace(found, escaped)
                stream.write(line + b"\n")
