"""Blocks of Turtle: what is said of one node (https://www.w3.org/TR/turtle/).

Literals keep their lexical form, character by character: canonical N-Triples strings are Turtle strings, and a number
is written bare only where a reader has to read the very same literal.
"""

import re
from collections.abc import Iterator

from onrecord.vocabulary.term import TYPE
from onrecord.writers.parts.arrangement import Node, counts, families
from onrecord.writers.parts.layout import SECTIONS
from onrecord.writers.parts.names import Names
from onrecord.writers.parts.sorting import Rows

_XSD = "http://www.w3.org/2001/XMLSchema#"
_BARE = {
    f"<{_XSD}integer>": re.compile(r"0|-?[1-9][0-9]*"),
    f"<{_XSD}decimal>": re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]+"),
    f"<{_XSD}boolean>": re.compile("true|false"),
}
_WIDTH = 120
_NEXT = " ;\n    "
_TALL = " ,\n        "
_RULE = 100


def block(subject: str, node: Node, names: Names) -> str:
    """A node with its predicates and objects, and a line break at the end."""
    lines = []
    for predicate, objects in node.items():
        shown = [names.short(o) if o[0] == "<" else _literal(o, names) for o in objects]
        # `a` is for predicates, and says the same as rdf:type.
        name = "a" if predicate == TYPE else names.short(predicate)
        line = " , ".join(shown)
        lines.append(f"{name} {line}" if len(name) + len(line) < _WIDTH - 8 else f"{name} {_TALL.join(shown)}")
    return f"{names.short(subject)} {_NEXT.join(lines)} .\n"


def _literal(term: str, names: Names) -> str:
    if not term.endswith(">"):
        return term
    end = term.rindex('"') + 1
    quoted, datatype = term[:end], term[end + 2 :]
    bare = _BARE.get(datatype)
    if bare is not None and bare.fullmatch(quoted, 1, end - 1):
        return quoted[1:-1]
    return f"{quoted}^^{names.short(datatype)}"


def sections(rows: Rows, names: Names) -> Iterator[str]:
    """All nodes of sorted rows, each section with a comment above that counts its families; family by family."""
    count, section = counts(rows), ""
    for family in families(rows):
        texts = [f"\n{block(subject, node, names)}" for subject, node in family.nodes.items()]
        if family.section != section:
            section = family.section
            texts.insert(0, f"\n\n# {SECTIONS[section]}: {count[section]:,}\n")
        yield "".join(texts)


def rule(title: str) -> str:
    """The comment above a named graph, across the page."""
    return f"\n\n# ── {title} {'─' * max(3, _RULE - len(title))}\n"
