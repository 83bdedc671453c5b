"""What results say and which shape they name, from the shapes graph."""

from typing import TYPE_CHECKING

from onrecord.checks.graphs import term_of
from onrecord.checks.plan import Message

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Node


def of_shape(graph: "rdflib.Graph", shape: "Node") -> str:
    """The message of a shape, English before others; "" for none."""
    written = _texts(graph, shape)
    return str(best(written)) if written else ""


def of_constraint(graph: "rdflib.Graph", constraint: "Node", shape: "Node") -> Message:
    """The message of a SPARQL constraint: its own before its shape's. Variables are filled in its own only."""
    written, others = _texts(graph, constraint), _texts(graph, shape)
    if not written:
        return Message(of_shape(graph, shape))
    text = str(best(written))
    if "{" not in text:
        return Message(text)
    return Message(text, tuple(sorted({str(one) for one in (*written, *others)})))


def best(texts: "set[rdflib.Literal]") -> "rdflib.Literal":
    """English, or of no language, before others."""
    return min(texts, key=lambda m: ((m.language or "") not in ("", "en"), m.language or "", str(m)))


def _texts(graph: "rdflib.Graph", owner: "Node") -> "set[rdflib.Literal]":
    import rdflib

    return {text for text in graph.objects(owner, rdflib.SH.message) if isinstance(text, rdflib.Literal)}


def source_of(graph: "rdflib.Graph", shape: "Node") -> str:
    """The shape itself where it has an address, else the nearest shape with one that leads to it; "" for none."""
    import rdflib

    seen, edge = {shape}, [shape]
    while edge:
        named = sorted(term_of(node) for node in edge if isinstance(node, rdflib.URIRef))
        if named:
            return named[0]
        wider = {owner for node in edge for owner in graph.subjects(None, node)} - seen
        seen |= wider
        edge = sorted(wider, key=str)
    return ""
