"""Nodes of a layer that are one by functional properties and keys (prp-fp, prp-ifp, prp-key); see `merging`."""

from collections.abc import Iterable, Iterator
from itertools import pairwise, product

from onrecord.rules.joins import Joins
from onrecord.rules.layer import Layer

_Pair = tuple[str, str]


def twins(layer: Layer) -> list[_Pair]:
    """Pairs of nodes that this layer tells to be one and that are not yet. Terms of a vocabulary never are: that is
    marked as a doubt.
    """
    tables = layer.tables
    if not (tables.functional or tables.inverse_functional or tables.rules.keys):
        return []
    joins = Joins(layer)
    found: list[_Pair] = []
    for nodes in (*_of_properties(layer, joins), *_of_keys(layer, joins)):
        names = sorted({layer.names.of(node) for node in nodes if node[0] == "<"})
        things = [name for name in names if not tables.is_term(name)]
        found += pairwise(things)
        if len(names) > 1 and len(things) < len(names):
            layer.doubts.update(dict.fromkeys(names))
    return found


def _of_properties(layer: Layer, joins: Joins) -> Iterator[Iterable[str]]:
    for name in layer.tables.functional:
        for node in layer.kept.forward.get(name, ()):
            yield joins.ends(name, node)
    for name in layer.tables.inverse_functional:
        for values in layer.kept.forward.get(name, {}).values():
            for value in values:
                yield joins.starts(name, value)


def _of_keys(layer: Layer, joins: Joins) -> Iterator[Iterable[str]]:
    for kind, names in layer.tables.rules.keys:
        concerned = {node for name in names for node in layer.kept.forward.get(name, ())}
        concerned |= {node for node, state in layer.states.items() if kind in state.types}
        for node in sorted(concerned):
            if not _is(layer, node, kind):
                continue
            for values in product(*(joins.ends(name, node) for name in names)):
                alike = set(joins.starts(names[0], values[0]))
                for name, value in zip(names[1:], values[1:], strict=True):
                    alike &= set(joins.starts(name, value))
                yield [other for other in alike if _is(layer, other, kind)]


def _is(layer: Layer, node: str, kind: str) -> bool:
    return kind in layer.state_of(node).types
