"""JSON-LD (https://www.w3.org/TR/json-ld11/) with plain names: one document with its context and its named graphs."""

import json
from collections.abc import Iterable
from typing import BinaryIO

from onrecord.vocabulary.context import Context, context
from onrecord.writers.parts.arrangement import Family, by_graph, families
from onrecord.writers.parts.compaction import Compaction, Value
from onrecord.writers.parts.nodes import Nodes
from onrecord.writers.parts.trees import trees

_WIDTH = 110
_text = json.encoder.encode_basestring
_START = '{{\n  "@context": {},\n  "graph": ['


def write(lines: Iterable[str], stream: BinaryIO) -> None:
    """Write canonical N-Quads lines as one JSON-LD document. Raises InputError for a line that is none."""
    nodes = Nodes(lines)
    compaction = Compaction(context(nodes.base))
    stream.write(_START.format(_context(compaction.context)).encode())
    comma = close = ""
    for graph, rows in by_graph(nodes):
        stream.write(f"{close}{comma}{_opening(graph, compaction)}".encode())
        comma, close = ("", "\n      ]\n    }") if graph else (comma, "")
        for family in families(rows):
            for text in _trees(graph, family, compaction, 8 if graph else 4):
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


def _trees(graph: str, family: Family, compaction: Compaction, margin: int) -> Iterable[str]:
    for tree, is_expanded in trees(family, compaction, spell_out=compaction.is_doubtful(graph)):
        yield " " * margin + _shown({"@context": None, **tree} if is_expanded else tree, margin)


def _shown(value: Value, margin: int) -> str:
    """JSON of which everything that is short stands in one line."""
    if isinstance(value, str):
        return _text(value)
    if value is None or isinstance(value, int):
        return _line(value)
    if not _is_tall(value):
        line = _line(value)
        if len(line) + margin <= _WIDTH:
            return line
    inner = " " * (margin + 2)
    if isinstance(value, dict):
        shown = [
            f"{_text(key)}: {_text(part) if isinstance(part, str) else _shown(part, margin + 2)}"
            for key, part in value.items()
        ]
        return f"{{\n{inner}" + f",\n{inner}".join(shown) + f"\n{' ' * margin}}}"
    shown = [_shown(part, margin + 2) for part in value]
    return f"[\n{inner}" + f",\n{inner}".join(shown) + f"\n{' ' * margin}]"


def _line(value: Value) -> str:
    """JSON in one line."""
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, list):
        return f"[{', '.join(map(_line, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{_text(key)}: {_line(part)}' for key, part in value.items())}}}"
    return "null" if value is None else str(value)


def _is_tall(value: Value) -> bool:
    """Whether a value is a node, which is shown with a line for each property, or has one in it."""
    if isinstance(value, dict):
        return "id" in value
    return isinstance(value, list) and any(map(_is_tall, value))
