"""The lines of a release as nodes: one row of text for each node of each named graph, made to be sorted.

A row is `section ⇥ owner ⇥ steps ⇥ node` and then, for each predicate, `⇥ predicate ⌁ object ⌁ object …`, where ⇥ and ⌁
are characters that no canonical line has, and that sort before all that it has. So rows in order are nodes in the order
of reading: section by section, each owner with what belongs to it.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from onrecord import ntriples
from onrecord.errors import InputError
from onrecord.vocabulary.term import TYPE
from onrecord.writers.parts.layout import NUMBERS, graph_name, place, step_key
from onrecord.writers.parts.namespaces import Namespaces

GROUP, OBJECT = "\t", "\x01"
"""What stands between the predicates of a row, and between a predicate and its objects."""

_BATCH = 4096
_LINE = re.compile(
    r'^(<[^>\n]*>) (<[^>\n]*>) (<[^>\n]*>|".*"(?:@[A-Za-z0-9-]+|\^\^<[^>\n]*>)?)(?: (<[^>\n]*>))? \.$', re.MULTILINE
)

Quads = list[tuple[str, str, str, str]]


def parsed(lines: Iterable[str]) -> Iterator[Quads]:
    """Canonical N-Quads lines as quads (the graph is "" for none), in batches. Raises InputError for any other line."""
    rest = iter(lines)
    while batch := list(islice(rest, _BATCH)):
        text = "".join(batch)
        found = _LINE.findall(text)
        if len(found) != len(batch):
            found = [ntriples.split(line) for line in batch]
        if GROUP in text or OBJECT in text:
            bad = next(line for line in batch if GROUP in line or OBJECT in line)
            raise InputError(f"not a line of canonical N-Quads: {bad[:80]!r}")
        yield found


class Nodes:
    """The nodes of canonical N-Quads lines, graph by graph and node by node as they come: pairs of graph and row.

    `base` is the beginning of the dataset's IRIs ("" where the first graph does not tell). `namespaces`, once all has
    been read, has those that terms are in. Raises InputError for a line that is none.
    """

    def __init__(self, lines: Iterable[str], *, namespaces: bool = False) -> None:
        self._batches = parsed(lines)
        self._first: Quads = next(self._batches, [])
        named = graph_name(self._first[0][3]) if self._first else None
        self.base = named.base if named else ""
        self.namespaces = Namespaces(self.base)
        self._noting = namespaces

    def __iter__(self) -> Iterator[tuple[str, str]]:
        subject = graph = predicate = ""
        row: list[str] = []
        for batch in self._read():
            if self._noting:
                self._note(batch)
            for s, p, o, g in batch:
                if s != subject or g != graph:
                    if row:
                        yield graph, "".join(row)
                    subject, graph, predicate = s, g, p
                    row = [self._key(s), GROUP, p, OBJECT, o]
                elif p != predicate:
                    predicate = p
                    row += (GROUP, p, OBJECT, o)
                else:
                    row += (OBJECT, o)
        if row:
            yield graph, "".join(row)

    def _read(self) -> Iterator[Quads]:
        yield self._first
        yield from self._batches

    def _key(self, subject: str) -> str:
        iri = subject[1:-1]
        where = place(iri, self.base)
        steps = step_key(iri[where.owner :])
        return f"{NUMBERS[where.section]}\t{iri[: where.owner]}\t{steps}\t{subject}"

    def _note(self, batch: Quads) -> None:
        """Note the namespaces of what a document would name; of rdf:type it says `a`."""
        terms = {term for quad in batch for term in quad}
        if not any(quad[1] == TYPE for quad in batch):
            self.namespaces.note(terms)
            return
        terms = {term for s, _, o, g in batch for term in (s, o, g)}
        terms.update(p for _, p, _, _ in batch if p != TYPE)
        self.namespaces.note(terms)
