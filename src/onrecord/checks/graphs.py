"""Between N-Triples terms and rdflib's: the form of every literal is kept, because the form is what is checked."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from onrecord.errors import InputError
from onrecord.ntriples import Triple, literal, text_of
from onrecord.vocabulary.term import LANG_STRING, XSD_STRING

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Node

_BLANK = re.compile(r"_:[A-Za-z0-9]+")


def node_of(term: str) -> "rdflib.URIRef | rdflib.BNode | rdflib.Literal":
    """The rdflib term for an N-Triples term in canonical form. Raises InputError for anything else.

    rdflib would rewrite `01` as `1` and `2024-2-3` as nothing; its switch for that, NORMALIZE_LITERALS, holds for the
    whole process. `normalize=False` is the same for one literal.
    """
    import rdflib

    if term.startswith("<"):
        return rdflib.URIRef(term[1:-1])
    if _BLANK.fullmatch(term):
        return rdflib.BNode(term[2:])
    if not term.startswith('"'):
        raise InputError(f"not an RDF term: {term[:80]!r}")
    end = term[term.rindex('"') + 1 :]
    language = end[1:] if end.startswith("@") else None
    datatype = rdflib.URIRef(end[3:-1]) if end.startswith("^^") else None
    return rdflib.Literal(text_of(term), lang=language, datatype=datatype, normalize=False)


def graph_of(triples: Iterable[Triple]) -> "rdflib.Graph":
    """A graph of triples in canonical form. Raises InputError for a term that is not."""
    import rdflib

    graph = rdflib.Graph(bind_namespaces="none")
    nodes: dict[str, rdflib.URIRef | rdflib.BNode | rdflib.Literal] = {}

    def known(term: str) -> "rdflib.URIRef | rdflib.BNode | rdflib.Literal":
        node = nodes.get(term)
        if node is None:
            node = nodes[term] = node_of(term)
        return node

    for subject, predicate, value in triples:
        graph.add((known(subject), known(predicate), known(value)))
    return graph


def term_of(node: "Node") -> str:
    """The N-Triples term for an rdflib term."""
    import rdflib

    if isinstance(node, rdflib.Literal):
        datatype = LANG_STRING if node.language else str(node.datatype or XSD_STRING)
        return literal(str(node), datatype, node.language or "")
    return f"_:{node}" if isinstance(node, rdflib.BNode) else f"<{node}>"
