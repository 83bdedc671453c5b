"""Transitive properties that have to do with no other join, as within and part-of: closed as a whole (prp-trp)."""

from collections.abc import Sequence

from onrecord.rules.effects import Effect
from onrecord.rules.kept import Ends
from onrecord.rules.layer import Layer


def close(layer: Layer, name: str, effect: Effect) -> None:
    """Derives all that follows in a layer from one such property. `effect` is what follows from each of its triples.

    Classes and doubts need no look: where ways begin and end is a triple that has given them.
    """
    edges = layer.kept.forward.get(name)
    if not edges:
        return
    below = [one.kept for one in layer.under if name in one.kept]
    # What is below is closed: whatever leads to a node leads there in one step.
    starts = dict.fromkeys(edges)
    for known in below:
        for node in edges:
            starts.update(dict.fromkeys(map(layer.names.of, known.starts(name, node))))
    tables = [edges, *(known.forward[name] for known in below)]
    reached: dict[str, dict[str, None]] = {}
    for start in starts:
        reached[start] = _reached(layer, start, tables, reached)
    for start, ends in reached.items():
        for table in tables:
            for end in table.get(start, ()):
                ends.pop(end, None)
        if ends:
            _derive(layer, start, name, ends, effect)


def _reached(layer: Layer, start: str, tables: Sequence[Ends], reached: dict[str, dict[str, None]]) -> dict[str, None]:
    """All nodes that steps lead to from a node. What is known of a node on the way is taken as it is."""
    found: dict[str, None] = {}
    ahead = [start]
    for node in ahead:  # grows while it is walked
        if node in reached:
            found.update(reached[node])
            continue
        for table in tables:
            for end in map(layer.names.of, table.get(node, ())):
                if end not in found:
                    found[end] = None
                    ahead.append(end)
    return found


def _derive(layer: Layer, start: str, name: str, ends: dict[str, None], effect: Effect) -> None:
    """Notes new triples with one subject, and what follows from them."""
    layer.derived.setdefault(start, {}).setdefault(name, {}).update(ends)
    layer.kept.add_all(name, start, ends)
    for other in effect.forward:
        layer.derive_all(start, other, ends)
    for other in effect.backward:
        for end in ends:
            layer.derive(end, other, start)
