"""Rows of nodes (see `nodes`) as families in the order of reading, with no more than one family in memory."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from onrecord.vocabulary.term import TYPE
from onrecord.writers.parts.layout import SECTIONS, order, order_of_class
from onrecord.writers.parts.nodes import GROUP, OBJECT
from onrecord.writers.parts.sorting import Rows

_NAMES = list(SECTIONS)
_FROM_OWNER = 3  # after the number of the section
_ODD = re.compile(r"<(?!https?://)")

Node = dict[str, list[str]]
"""What is said of a node: predicates with their objects, in the order of reading."""


class Family(NamedTuple):
    """A node and the nodes that belong to it, with what is said of each, in the order of reading.

    `is_odd` where it may have addresses that are not of the web: they could be taken for names.
    """

    section: str
    nodes: dict[str, Node]
    is_odd: bool


def families(rows: Iterable[str]) -> Iterator[Family]:
    """The families of sorted rows, of which several may be about one node; each triple once."""
    head, said = "\0", dict[str, list[str]]()
    odd = False
    for row in rows:
        if not row.startswith(head):
            if said:
                yield _family(head, said, odd)
            head, said, odd = row[: row.index(GROUP, _FROM_OWNER) + 1], {}, False
        odd = odd or _ODD.search(row) is not None
        _, _, _, subject, *groups = row.split(GROUP)
        if subject in said:
            said[subject] += groups
        else:
            said[subject] = groups
    if said:
        yield _family(head, said, odd)


def counts(rows: Iterable[str]) -> Counter[str]:
    """How many families each section has, of sorted rows."""
    found: Counter[str] = Counter()
    head = "\0"
    for row in rows:
        if not row.startswith(head):
            head = row[: row.index(GROUP, _FROM_OWNER) + 1]
            found[_section(head)] += 1
    return found


def by_graph(rows: Iterable[tuple[str, str]]) -> Iterator[tuple[str, Rows]]:
    """The graphs of pairs of graph and row, which come graph after graph, each with its rows in order."""
    for graph, pairs in groupby(rows, itemgetter(0)):
        with Rows() as held:
            held.extend(row for _, row in pairs)
            yield graph, held


def _family(head: str, said: dict[str, list[str]], odd: bool) -> Family:
    return Family(_section(head), {subject: _node(groups) for subject, groups in said.items()}, odd)


def _section(head: str) -> str:
    return _NAMES[int(head[:2])]


def _node(groups: list[str]) -> Node:
    found: Node = {}
    for group in groups:
        predicate, *objects = group.split(OBJECT)
        found[predicate] = sorted({*found[predicate], *objects}) if predicate in found else objects
    if TYPE in found:
        found[TYPE].sort(key=order_of_class)
    return {predicate: found[predicate] for predicate in sorted(found, key=order)}
