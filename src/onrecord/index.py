"""Triples by node and property: what checks and rules run on. Made while mapping, not afterwards.

Terms are strings in N-Triples form. Dicts stand for sets, because they keep the order in which things came: nothing
that is made from an index depends on the order of a hash.
"""

from collections.abc import Iterable, Iterator

from onrecord.ntriples import Triple

Description = dict[str, dict[str, None]]
"""What is said of one node: property → its values, each once."""
Index = dict[str, Description]
"""node → its description. No description and no set of values is empty."""


def index_of(triples: Iterable[Triple]) -> Index:
    """The index of triples, each of which may come more than once."""
    index: Index = {}
    for subject, predicate, value in triples:
        index.setdefault(subject, {}).setdefault(predicate, {})[value] = None
    return index


def index_of_lines(lines: bytes) -> Index:
    """The index of canonical N-Quads lines of named graphs, which must be such lines: they are not checked."""
    index: Index = {}
    for line in lines.decode().split("\n")[:-1]:  # splitlines() would split texts: at U+2028, for one
        subject, predicate, rest = line.split(" ", 2)
        value = rest[: rest.rindex(" <")]
        index.setdefault(subject, {}).setdefault(predicate, {})[value] = None
    return index


def triples_of(index: Index) -> Iterator[Triple]:
    """The triples of an index, each once, in the order in which its nodes and properties came."""
    for subject, description in index.items():
        for predicate, values in description.items():
            for value in values:
                yield subject, predicate, value


def union(one: Index, other: Index) -> Index:
    """Both indexes as one. Neither is changed; descriptions of nodes that only one has are shared with it."""
    if not other:
        return one
    both = {**one, **other}
    for node in one.keys() & other.keys():
        merged = {predicate: dict(values) for predicate, values in one[node].items()}
        for predicate, values in other[node].items():
            merged.setdefault(predicate, {}).update(values)
        both[node] = merged
    return both


def extend(index: Index, other: Index) -> None:
    """Add to an index what another one holds. The other one is left as it is, and shares nothing with it."""
    for node, description in other.items():
        held = index.setdefault(node, {})
        for predicate, values in description.items():
            held.setdefault(predicate, {}).update(values)
