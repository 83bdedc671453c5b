"""The lines of a release as nodes: one row of text for each node of each named graph, made to be sorted.

A row is `section ⇥ owner ⇥ steps ⇥ node` and then, for each predicate, `⇥ predicate ⌁ object ⌁ object …`, where ⇥ and ⌁
are characters that no canonical line has, and that sort before all that it has. So rows in order are nodes in the order
of reading: section by section, each owner with what belongs to it.
"""

from collections.abc import Iterable, Iterator
from itertools import chain, islice

from onrecord import ntriples
from onrecord.errors import InputError
from onrecord.vocabulary.term import TYPE
from onrecord.writers.parts.layout import NUMBERS, graph_name, place, step_key
from onrecord.writers.parts.namespaces import Namespaces

GROUP, OBJECT = "\t", "\x01"
"""What stands between the predicates of a row, and between a predicate and its objects."""


def parsed(lines: Iterable[str]) -> Iterator[tuple[str, str, str, str]]:
    """Canonical N-Quads lines as quads (the graph is "" for none). Raises InputError for any other line."""
    for line in lines:
        if GROUP in line or OBJECT in line:
            raise InputError(f"not a line of canonical N-Quads: {line[:80]!r}")
        yield ntriples.split(line)


class Nodes:
    """The nodes of canonical N-Quads lines, graph by graph and node by node as they come: pairs of graph and row.

    `base` is the beginning of the dataset's IRIs ("" where the first graph does not tell). `namespaces`, once all has
    been read, has those that terms are in, where they are asked for, and the names of `graphs` as well. Raises
    InputError for a line that is none.
    """

    def __init__(self, lines: Iterable[str], *, namespaces: bool = False, graphs: bool = False) -> None:
        rest = parsed(lines)
        first = list(islice(rest, 1))
        self._quads = chain(first, rest)
        named = graph_name(first[0][3]) if first else None
        self.base = named.base if named else ""
        self.namespaces = Namespaces(self.base)
        self._noting, self._noting_graphs = namespaces, graphs

    def __iter__(self) -> Iterator[tuple[str, str]]:
        subject = graph = predicate = ""
        row: list[str] = []
        note, seen, noting = self.namespaces.note, self.namespaces.seen, self._noting
        for s, p, o, g in self._quads:
            if s != subject or g != graph:
                if row:
                    yield graph, "".join(row)
                if self._noting_graphs and g != graph and g:
                    note(g)
                if noting and s[: s.rfind("/")] not in seen and s not in seen:
                    note(s)
                subject, graph, predicate = s, g, ""
                row = [self._key(s)]
            if p == predicate:
                row += (OBJECT, o)
            else:
                predicate = p
                row += (GROUP, p, OBJECT, o)
                if noting and p not in seen and p != TYPE:  # which documents call `a`
                    note(p)
            if noting and o[-1] == ">" and o[: o.rfind("/")] not in seen and o not in seen:
                note(o)
        if row:
            yield graph, "".join(row)

    def _key(self, subject: str) -> str:
        iri = subject[1:-1]
        where = place(iri, self.base)
        steps = step_key(iri[where.owner :])
        return f"{NUMBERS[where.section]}\t{iri[: where.owner]}\t{steps}\t{subject}"
