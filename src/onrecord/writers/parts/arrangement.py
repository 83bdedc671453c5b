"""The lines of a release as families of nodes in the order of reading, with no more than one family in memory."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple, Self

from onrecord.ntriples import split
from onrecord.vocabulary.term import TYPE
from onrecord.writers.parts.layout import SECTIONS, graph_name, place, rank, step_key
from onrecord.writers.parts.names import vocabulary
from onrecord.writers.parts.sorting import Rows

_NAMES = list(SECTIONS)
_NUMBERS = {name: f"{number:02d}" for number, name in enumerate(SECTIONS)}

Triples = list[tuple[str, str]]
"""Predicates and objects of one node."""


class Family(NamedTuple):
    """A node and the nodes that belong to it, with what is said of each, in the order of reading."""

    graph: str
    section: str
    nodes: dict[str, Triples]


class Arrangement:
    """Arranges canonical N-Quads lines: graph by graph in their order, or all graphs as one (then `graph` is "").

    `base` is the beginning of the dataset's IRIs ("" where the first graph does not tell), `namespaces` are those in
    use of vocabularies and of the dataset. Use it in a `with` block. Raises InputError for a line that is none.
    """

    def __init__(self, lines: Iterable[str], *, by_graph: bool) -> None:
        self.base = ""
        self.namespaces: set[str] = set()
        self._known = vocabulary()
        self._graphs: dict[str, str] = {}
        self._rows = Rows()
        first = True
        for line in lines:
            s, p, o, g = split(line)
            if first:
                named = graph_name(g)
                self.base, first = named.base if named else "", False
            self._add(s, p, o, g if by_graph else "")

    def _add(self, s: str, p: str, o: str, g: str) -> None:
        number = self._graphs.setdefault(g, f"{len(self._graphs):06d}")
        subject = s[1:-1]
        where = place(subject, self.base)
        owner, below = subject[: where.owner], subject[where.owner :]
        self._rows.add(
            "\t".join((number, _NUMBERS[where.section], owner, step_key(below), s, f"{rank(p, o):03d}", p, o))
        )
        for term in (s, p, o, g) if p != TYPE else (s, o, g):
            self._note(term)

    def _note(self, term: str) -> None:
        if term.endswith(">"):
            iri = term[term.rindex("<") + 1 : -1]
            namespace = place(iri, self.base).namespace or iri[: max(iri.rfind("/"), iri.rfind("#")) + 1]
            if namespace in self._known or namespace.startswith(self.base or " "):
                self.namespaces.add(namespace)

    def families(self) -> Iterator[Family]:
        """The families, in order. May be called again when the last one has been read."""
        graphs = list(self._graphs)
        fields = (row.split("\t", 7) for row in self._rows)
        for (number, section, _), rows in groupby(fields, lambda row: (row[0], row[1], row[2])):
            nodes: dict[str, Triples] = {}
            for row in rows:
                nodes.setdefault(row[4], []).append((row[6], row[7]))
            yield Family(graphs[int(number)], _NAMES[int(section)], nodes)

    def counts(self) -> Counter[tuple[str, str]]:
        """How many families each section of each graph has."""
        graphs = list(self._graphs)
        keys = (tuple(row.split("\t", 3)[:3]) for row in self._rows)
        return Counter((graphs[int(number)], _NAMES[int(section)]) for (number, section, _), _ in groupby(keys))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *reason: object) -> None:
        self._rows.__exit__(*reason)
