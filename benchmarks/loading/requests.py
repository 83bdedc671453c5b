"""What clients ask: lookups, and what would hurt a server that does not defend itself."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import quote_plus

LOOKUP = "look-up"
HOST = b"Host: @"
"""Stands where the server is named."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it is sent. `leaves`: the client goes away after so many seconds without reading an answer.
    `sips`: it reads a little of the answer, then waits, then goes."""

    kind: str
    hostile: bool
    content: bytes
    leaves: float = 0.0
    sips: bool = False


def lookup(node: str, path: str = "/sparql", mark: str = "") -> bytes:
    """A look-up of all that is said of a node, as JSON. `mark` makes the query another one."""
    query = f"SELECT ?p ?o WHERE {{ {node} ?p ?o }}{f' #{mark}' if mark else ''}"
    return _get(f"{path}?query={quote_plus(query)}", "application/sparql-results+json")


def _get(path: str, accept: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: @\r\nAccept: {accept}\r\n\r\n".encode()


def _query(query: str, accept: str = "application/sparql-results+json") -> bytes:
    return _post(query.encode("utf-8", "surrogatepass"), "application/sparql-query", accept)


def _post(content: bytes, kind: str, accept: str = "*/*") -> bytes:
    head = f"POST /sparql HTTP/1.1\r\nHost: @\r\nAccept: {accept}\r\nContent-Type: {kind}\r\n"
    return f"{head}Content-Length: {len(content)}\r\n\r\n".encode() + content


class Mix:
    """Requests of one client, the same for the same seed: lookups of the nodes, and a share of hostile ones."""

    def __init__(self, nodes: Sequence[str], seed: int, hostile: float) -> None:
        self._nodes, self._share, self._random = nodes, hostile, random.Random(seed)
        self._number = 0

    def next(self) -> Asked:
        """The next request."""
        self._number += 1
        if self._random.random() < self._share:
            return self._random.choice(HOSTILE)(self._random)
        node = self._random.choice(self._nodes)
        mark = str(self._random.random()) if self._number % 2 else ""  # every other one was never asked before
        return Asked(LOOKUP, False, lookup(node, mark=mark))


def _cross(chance: random.Random) -> Asked:
    query = f"SELECT (COUNT(*) AS ?n) {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }} #{chance.random()}"
    return Asked("cross product", True, _query(query))


def _path(chance: random.Random) -> Asked:
    return Asked("path", True, _query(f"SELECT * {{ ?a (!<urn:x>)* ?b . ?b (!<urn:y>)* ?c }} #{chance.random()}"))


def _sorted(chance: random.Random) -> Asked:
    query = f"SELECT * {{ ?a ?b ?c . ?d ?e ?f }} ORDER BY ?c ?f #{chance.random()}"
    return Asked("sorting without end", True, _query(query))


def _nested(chance: random.Random) -> Asked:
    depth = chance.choice((101, 3_000, 200_000))
    opening, closing = chance.choice((("{", "}"), ("(", ")"), ("!", ""), ("[", "]")))
    if opening == "{":
        return Asked("nesting", True, _query(f"SELECT * {{ {opening * depth} {closing * depth} }}"))
    return Asked("nesting", True, _query(f"SELECT * {{ FILTER({opening * depth}1{closing * depth}) }}"))


def _long_sum(chance: random.Random) -> Asked:
    return Asked("a long sum", True, _query(f"SELECT ({'1+' * 200_000}1 AS ?x) {{}} #{chance.random()}"))


def _service(chance: random.Random) -> Asked:
    address = f"http://127.0.0.1:9/{chance.random()}"
    return Asked("SERVICE", True, _query(f"SELECT * {{ SERVICE SILENT <{address}> {{ ?s ?p ?o }} }}"))


def _from(chance: random.Random) -> Asked:
    return Asked("foreign FROM", True, _query("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }"))


def _update(chance: random.Random) -> Asked:
    return Asked("update", True, _post(b"DROP ALL", "application/sparql-update"))


def _garbage(chance: random.Random) -> Asked:
    return Asked("garbage", True, _post(chance.randbytes(chance.choice((10, 100_000))), "application/sparql-query"))


def _leaving(chance: random.Random) -> Asked:
    asked = _cross(chance)
    return Asked("leaving", True, asked.content, leaves=0.3)


def _sipping(chance: random.Random) -> Asked:
    query = f"SELECT * {{ ?a ?b ?c . ?d ?e ?f }} #{chance.random()}"
    return Asked("sipping", True, _query(query, "text/csv"), sips=True)


HOSTILE: tuple[Callable[[random.Random], Asked], ...] = (
    _cross,
    _path,
    _sorted,
    _nested,
    _long_sum,
    _service,
    _from,
    _update,
    _garbage,
    _leaving,
    _sipping,
)
