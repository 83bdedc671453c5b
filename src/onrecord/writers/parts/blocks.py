"""Blocks of Turtle: what is said of one node (https://www.w3.org/TR/turtle/).

Literals keep their lexical form, character by character: canonical N-Triples strings are Turtle strings, and a number
is written bare only where a reader has to read the very same literal.
"""

import re
from collections.abc import Iterator
from itertools import groupby

from onrecord.vocabulary.term import TYPE
from onrecord.writers.parts.arrangement import Triples
from onrecord.writers.parts.layout import SECTIONS
from onrecord.writers.parts.names import Names

_XSD = "http://www.w3.org/2001/XMLSchema#"
_BARE = {
    f"{_XSD}integer": re.compile(r"0|-?[1-9][0-9]*"),
    f"{_XSD}decimal": re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]+"),
    f"{_XSD}boolean": re.compile("true|false"),
}
_WIDTH = 120
_RULE = 100


def block(subject: str, triples: Triples, names: Names) -> str:
    """A node with its predicates and objects, and a line break at the end."""
    lines = [f"{predicate} {objects}" for predicate, objects in _lines(triples, names)]
    return names.short(subject[1:-1]) + " " + " ;\n    ".join(lines) + " .\n"


def _lines(triples: Triples, names: Names) -> Iterator[tuple[str, str]]:
    for predicate, group in groupby(triples, lambda pair: pair[0]):
        objects = [_object(o, names) for _, o in group]
        # `a` is for predicates, and says the same as rdf:type.
        shown = "a" if predicate == TYPE else names.short(predicate[1:-1])
        line = " , ".join(objects)
        yield shown, line if len(shown) + len(line) < _WIDTH - 8 else " ,\n        ".join(objects)


def _object(term: str, names: Names) -> str:
    if term.startswith("<"):
        return names.short(term[1:-1])
    end = term.rindex('"') + 1
    quoted, suffix = term[:end], term[end:]
    if not suffix.startswith("^^"):
        return term
    datatype = suffix[3:-1]
    bare = _BARE.get(datatype)
    if bare is not None and bare.fullmatch(quoted[1:-1]):
        return quoted[1:-1]
    return f"{quoted}^^{names.short(datatype)}"


def heading(section: str, count: int) -> str:
    """The comment above a section."""
    return f"\n\n# {SECTIONS[section]}: {count:,}\n"


def rule(title: str) -> str:
    """The comment above a named graph, across the page."""
    return f"\n\n# ── {title} {'─' * max(3, _RULE - len(title))}\n"
