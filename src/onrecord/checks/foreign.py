"""What shapes of others may not do: send queries to other machines, read files, open connections."""

import re
import sys
from typing import TYPE_CHECKING

from onrecord.errors import QueryRefused

if TYPE_CHECKING:
    import rdflib

_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_TOKEN = re.compile(
    r"""
    <[^<>"{}|^`\\\s]*>                                             # an IRI
    | \"{3}.*?\"{3} | '{3}.*?'{3}                                  # a long string
    | "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*'                    # a string
    | \#[^\n]*                                                     # a comment
    | (?P<name>[?$:]?[A-Za-z_][\w-]*)                              # a keyword, variable or part of a name
    """,
    re.VERBOSE | re.DOTALL,
)
_LEAVING = {"service", "from", "load"}
_NETWORK = ("socket.connect", "socket.getaddrinfo", "socket.bind", "urllib.Request")


def leaves(query: str) -> str:
    """The keyword by which a SPARQL query leaves the graph that it is given (SERVICE, FROM, LOAD), "" for none.

    Reads the query word by word, past IRIs, strings and comments: whatever the parser makes of it, the word is not
    there.
    """
    plain = _ESCAPE.sub(lambda m: chr(min(int(m[1] or m[2], 16), sys.maxunicode)), query)
    for match in _TOKEN.finditer(plain):
        if match["name"] and match["name"].lower() in _LEAVING:
            return match["name"].upper()
    return ""


def refuse_queries_that_leave(shapes: "rdflib.Graph") -> None:
    """Raises QueryRefused where a query of the shapes would go beyond the data graph."""
    import rdflib

    for prop in (rdflib.SH.select, rdflib.SH.ask, rdflib.SH.construct, rdflib.SH.update):
        for query in sorted(map(str, shapes.objects(None, prop))):
            keyword = leaves(query)
            if keyword:
                start = " ".join(query.split())[:60]
                raise QueryRefused(f"a query of the shapes uses {keyword}: {start} …", hint="nothing is fetched")


def has_targets(shapes: "rdflib.Graph") -> bool:
    """Whether any shape says what it is for (https://www.w3.org/TR/shacl/#targets)."""
    import rdflib

    targets = (rdflib.SH.targetClass, rdflib.SH.targetNode, rdflib.SH.targetSubjectsOf, rdflib.SH.targetObjectsOf)
    if any((None, prop, None) in shapes for prop in targets):
        return True
    classes = {
        node for kind in (rdflib.RDFS.Class, rdflib.OWL.Class) for node in shapes.subjects(rdflib.RDF.type, kind)
    }
    kinds = (rdflib.SH.NodeShape, rdflib.SH.PropertyShape)
    return any((node, rdflib.RDF.type, kind) in shapes for node in classes for kind in kinds)


def forbid_network() -> None:
    """From here on this process opens no connection, and SPARQL reads no file. For a worker: it cannot be undone."""
    import rdflib.plugins.sparql

    rdflib.plugins.sparql.SPARQL_LOAD_GRAPHS = False

    def refuse(event: str, _: tuple[object, ...]) -> None:
        if event in _NETWORK:
            raise QueryRefused("the shapes would open a connection to another machine", hint="nothing is fetched")

    sys.addaudithook(refuse)
