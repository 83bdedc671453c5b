"""JSON-LD (https://www.w3.org/TR/json-ld11/) with plain names: one document with its context and its named graphs."""

import json
from collections.abc import Iterable
from typing import BinaryIO

from onrecord.vocabulary.context import Context, context
from onrecord.writers.parts.arrangement import Arrangement, Family
from onrecord.writers.parts.compaction import Compaction, Value
from onrecord.writers.parts.trees import trees

_WIDTH = 110
_START = '{{\n  "@context": {},\n  "graph": ['


def write(lines: Iterable[str], stream: BinaryIO) -> None:
    """Write canonical N-Quads lines as one JSON-LD document. Raises InputError for a line that is none."""
    with Arrangement(lines, by_graph=True) as arranged:
        compaction = Compaction(context(arranged.base))
        stream.write(_START.format(_context(compaction.context)).encode())
        graph, comma, close = "", "", ""
        for family in arranged.families():
            if family.graph != graph:
                graph = family.graph
                stream.write(f"{close}{comma}{_opening(graph, compaction)}".encode())
                comma, close = ("", "\n      ]\n    }") if graph else (comma, "")
            for text in _trees(family, compaction, 8 if graph else 4):
                stream.write(f"{comma}\n{text}".encode())
                comma = ","
        stream.write(f"{close}\n  ]\n}}\n".encode())


def _context(entries: Context) -> str:
    """A context with one line for each entry."""
    shown = (f"    {json.dumps(name)}: {json.dumps(meaning, ensure_ascii=False)}" for name, meaning in entries.items())
    return "{\n" + ",\n".join(shown) + "\n  }"


def _opening(graph: str, compaction: Compaction) -> str:
    if not graph:
        return ""
    if compaction.is_doubtful(graph):
        return f'\n    {{\n      "@context": null,\n      "@id": {json.dumps(graph[1:-1])},\n      "@graph": ['
    return f'\n    {{\n      "id": {json.dumps(compaction.iri(graph[1:-1]), ensure_ascii=False)},\n      "graph": ['


def _trees(family: Family, compaction: Compaction, margin: int) -> Iterable[str]:
    for tree, is_expanded in trees(family.nodes, compaction, spell_out=compaction.is_doubtful(family.graph)):
        yield " " * margin + _shown({"@context": None, **tree} if is_expanded else tree, margin)


def _shown(value: Value, margin: int) -> str:
    """JSON of which everything that is short stands in one line."""
    line = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, list | dict) or (len(line) + margin <= _WIDTH and not _is_tall(value)):
        return line
    inner = " " * (margin + 2)
    if isinstance(value, list):
        opening, shown, closing = "[", [_shown(part, margin + 2) for part in value], "]"
    else:
        opening, closing = "{", "}"
        shown = [f"{json.dumps(key, ensure_ascii=False)}: {_shown(part, margin + 2)}" for key, part in value.items()]
    return f"{opening}\n{inner}" + f",\n{inner}".join(shown) + f"\n{' ' * margin}{closing}"


def _is_tall(value: Value) -> bool:
    """Whether a value is a node, which is shown with a line for each property, or has one in it."""
    if isinstance(value, dict):
        return "id" in value
    return isinstance(value, list) and any(map(_is_tall, value))
