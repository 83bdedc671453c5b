"""Releases → formats. Every writer takes the canonical N-Quads lines of a release and writes bytes to a stream.

A new format is one file and one line in `WRITERS`. The same lines give the same bytes.
"""

from onrecord.writers import jsonld, ndjson, quads, trig, triples, turtle
from onrecord.writers.parts.format import Format
from onrecord.writers.parts.selection import select, sources_of

WRITERS: dict[str, Format] = {
    "ttl": Format("ttl", "text/turtle", "ttl", turtle.write, False, "Turtle, to be read by people"),
    "trig": Format("trig", "application/trig", "trig", trig.write, True, "Turtle with named graphs"),
    "nq": Format("nq", "application/n-quads", "nq", quads.write, True, "N-Quads, a line a quad"),
    "nt": Format("nt", "application/n-triples", "nt", triples.write, False, "N-Triples, a line a triple"),
    "jsonld": Format("jsonld", "application/ld+json", "jsonld", jsonld.write, True, "JSON-LD with plain names"),
    "ndjson": Format(
        "ndjson", "application/x-ndjson", "ndjson", ndjson.write, False, "a JSON-LD document for each entity"
    ),
}
"""The formats by their names, which are file endings as well."""

__all__ = ["WRITERS", "Format", "select", "sources_of"]
