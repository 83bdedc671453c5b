"""A small graph that describes a release, as Turtle and as JSON-LD: the same triples, in the same order, and no blank
nodes. What is written with a prefix (`dcat:Dataset`) is of a vocabulary; all else is a term as N-Triples has it."""

import re
from collections.abc import Iterator

import msgspec

from onrecord.ntriples import text_of
from onrecord.vocabulary import terms
from onrecord.vocabulary.term import TYPE, XSD_STRING

PREFIXES = {
    **terms.PREFIXES,
    "adms": "http://www.w3.org/ns/adms#",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "void": "http://rdfs.org/ns/void#",
}
"""The prefixes of the vocabularies that a release is described in, beside those that its data use."""
_LOCAL = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_MANY = 3
_LITERAL = re.compile(r'".*"(?:@(?P<language>[A-Za-z0-9-]+)|\^\^<(?P<datatype>[^>]*)>)?')


class Description:
    """Nodes and what is said of them, in the order in which it was said."""

    def __init__(self) -> None:
        self._nodes: dict[str, dict[str, list[str]]] = {}

    def say(self, subject: str, **said: str | list[str]) -> None:
        """Say things of a node, `<iri>`: `a` its classes, `dcterms_title` and the like one object or several. An empty
        text stands for nothing."""
        node = self._nodes.setdefault(subject, {})
        for name, value in said.items():
            objects = [value] if isinstance(value, str) else value
            held = node.setdefault(TYPE if name == "a" else full(name.replace("_", ":", 1)), [])
            held += [o for o in map(full, filter(None, objects)) if o not in held]

    def lines(self) -> Iterator[str]:
        """The triples as canonical N-Triples lines, in no order."""
        for subject, predicate, objects in self._all():
            yield from (f"{subject} {predicate} {o} .\n" for o in objects)

    def turtle(self, comment: str) -> bytes:
        """The graph as Turtle, with a comment of one line at its head."""
        head = [f"# {comment}\n\n", *(f"@prefix {p}: <{start}> .\n" for p, start in self._used().items())]
        body: dict[str, list[str]] = {}
        for subject, predicate, objects in self._all():
            name = "a" if predicate == TYPE else _short(predicate)
            between = ", " if len(objects) < _MANY else " ,\n        "
            body.setdefault(subject, []).append(f"    {name} {between.join(map(_turtle, objects))}")
        blocks = ["\n" + _short(subject) + "\n" + " ;\n".join(said) + " .\n" for subject, said in body.items()]
        return "".join([*head, *blocks]).encode()

    def jsonld(self) -> bytes:
        """The graph as JSON-LD, which carries its context."""
        nodes: dict[str, dict[str, object]] = {}
        for subject, predicate, objects in self._all():
            node = nodes.setdefault(subject, {"@id": subject[1:-1]})
            if predicate == TYPE:
                node["@type"] = [_short(o).strip("<>") for o in objects]
            else:
                values = [_json(o) for o in objects]
                node[_short(predicate)] = values[0] if len(values) == 1 else values
        document = {"@context": self._used(), "@graph": list(nodes.values())}
        return msgspec.json.format(msgspec.json.encode(document)) + b"\n"

    def _used(self) -> dict[str, str]:
        triples = list(self.lines())
        return {p: start for p, start in sorted(PREFIXES.items()) if any(f"<{start}" in triple for triple in triples)}

    def _all(self) -> Iterator[tuple[str, str, list[str]]]:
        for subject, node in self._nodes.items():
            yield from ((subject, predicate, objects) for predicate, objects in node.items() if objects)


def full(name: str) -> str:
    """A name with a prefix as `<iri>`; any other term as it is. Raises KeyError for a prefix that there is not."""
    if name[0] in '<"':
        return name
    prefix, _, local = name.partition(":")
    return f"<{PREFIXES[prefix]}{local}>"


def _short(term: str) -> str:
    for prefix, start in PREFIXES.items():
        if term.startswith(f"<{start}") and _LOCAL.fullmatch(term, len(start) + 1, len(term) - 1):
            return f"{prefix}:{term[len(start) + 1 : -1]}"
    return term


def _turtle(term: str) -> str:
    if term.startswith("<"):
        return _short(term)
    head, mark, datatype = term.rpartition("^^")
    return f"{head}^^{_short(datatype)}" if mark and datatype.endswith(">") and head.endswith('"') else term


def _json(term: str) -> dict[str, str]:
    if term.startswith("<"):
        return {"@id": term[1:-1]}
    match = _LITERAL.fullmatch(term)
    assert match is not None
    value = {"@value": text_of(term)}
    if match["language"]:
        return {**value, "@language": match["language"]}
    return {**value, "@type": match["datatype"]} if match["datatype"] not in (None, XSD_STRING) else value
