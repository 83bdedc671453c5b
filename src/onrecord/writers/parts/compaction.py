"""Names and values in JSON-LD (https://www.w3.org/TR/json-ld11/): plain where that says the same, else spelled out."""

import re
from collections.abc import Iterable
from typing import TypeAlias

from onrecord.ntriples import text_of
from onrecord.vocabulary.context import Context, classes, prefixes, properties
from onrecord.vocabulary.term import LANG_STRING, TYPE, XSD_STRING, Property

Value: TypeAlias = "str | int | list[Value] | dict[str, Value] | None"
Node: TypeAlias = dict[str, Value]

_XSD_INTEGER = "http://www.w3.org/2001/XMLSchema#integer"
_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,14}")
"""Integers that every JSON reader gives back as they are written (RFC 8259, 6)."""

# What needs no thought: no segment is empty or all dots, nothing looks like a scheme, a query or a keyword.
_RELATIVE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_\-]*(?:/[A-Za-z0-9_][A-Za-z0-9_.\-]*)*")
_LOCAL = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.\-]*(?:/[A-Za-z0-9_][A-Za-z0-9_.\-]*)*")


class Compaction:
    """Compacts with one context, and remembers in `used` which of its entries it has used."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.base = str(context.get("@base", ""))
        self.used: set[str] = set()
        self._prefixes = {namespace: prefix for prefix, namespace in prefixes().items()}

    def key(self, name: str) -> str:
        """A name of the context, which is used by this."""
        self.used.add(name)
        return name

    def iri(self, iri: str) -> str:
        """An IRI as the value of `id` or of a property: relative to the dataset's base, with a prefix, or whole."""
        if self.base and iri.startswith(self.base) and _RELATIVE.fullmatch(iri, len(self.base)):
            self.used.add("@base")
            return iri[len(self.base) :]
        return self._prefixed(iri)

    def type(self, iri: str) -> str:
        """The IRI of a class as the value of `type`."""
        name = classes().get(f"<{iri}>")
        return self.key(name) if name else self._prefixed(iri)

    def is_doubtful(self, term: str) -> bool:
        """Whether the IRI of a term, or of its datatype, would be taken for a name with one of the context's prefixes.

        `<schema:thing>` is an IRI like any other, but a reader of this context would make it a term of schema.org
        (https://www.w3.org/TR/json-ld11-api/#iri-expansion, step 6).
        """
        if not term.endswith(">"):
            return False
        scheme, _, rest = term[term.rindex("<") + 1 : -1].partition(":")
        return scheme in self.context and not rest.startswith("//")

    def _prefixed(self, iri: str) -> str:
        end = len(iri)
        while (end := max(iri.rfind("/", 0, end), iri.rfind("#", 0, end))) > 0:
            prefix = self._prefixes.get(iri[: end + 1])
            if prefix is not None:
                return f"{self.key(prefix)}:{iri[end + 1 :]}" if _LOCAL.fullmatch(iri, end + 1) else iri
        return iri

    def property(self, predicate: str) -> Property | None:
        """The property of the vocabulary that has a name in the context."""
        return properties().get(predicate)

    def put(self, node: Node, predicate: str, objects: Iterable[str], nested: dict[str, Node]) -> None:
        """Add a predicate with its objects to a node. `nested` has the nodes to write in place of their IRIs."""
        known = self.property(predicate)
        plain: list[Value] = []
        spelled: list[Value] = []
        by_language: dict[str, list[Value]] = {}
        for o in objects:
            if predicate == TYPE and o.startswith("<"):
                plain.append(self.type(o[1:-1]))
            elif o.startswith("<"):
                value: Value = nested[o] if o in nested else self.iri(o[1:-1])
                is_link = known is not None and not known.range
                (plain if is_link else spelled).append(value if is_link else {self.key("id"): value})
            elif known is not None and known.range == LANG_STRING and language_of(o):
                by_language.setdefault(language_of(o), []).append(text_of(o))
            elif known is not None and known.range == datatype_of(o) and not language_of(o):
                plain.append(_number(text_of(o)) if known.range == _XSD_INTEGER else text_of(o))
            else:
                spelled.append(spelled_out(o))
        if plain:
            name = "type" if known is None else known.name
            node[self.key(name)] = plain if known is None else _one_or_all(plain, known)
        if by_language and known is not None:
            texts: Node = {language: _one_or_all(held, known) for language, held in sorted(by_language.items())}
            node[self.key(known.name)] = texts
        if spelled:
            node[predicate[1:-1]] = spelled

    def context_used(self) -> Context:
        """The part of the context that has been used, in its order; every document with it stands for itself."""
        names = set(self.used)
        for name in self.used:
            definition = self.context[name]
            for text in definition.values() if isinstance(definition, dict) else [definition]:
                if isinstance(text, str):
                    names.add(text.partition(":")[0])
        if not names:
            return {}
        return {name: self.context[name] for name in self.context if name in names | {"@version"}}


def language_of(literal: str) -> str:
    """The language tag of a literal, "" for none."""
    suffix = literal[literal.rindex('"') + 1 :]
    return suffix[1:] if suffix.startswith("@") else ""


def datatype_of(literal: str) -> str:
    """The datatype of a literal without a language tag."""
    suffix = literal[literal.rindex('"') + 1 :]
    return suffix[3:-1] if suffix.startswith("^^") else XSD_STRING


def spelled_out(term: str) -> Node:
    """A term that no context can change."""
    if term.startswith("<"):
        return {"@id": term[1:-1]}
    value: Node = {"@value": text_of(term)}
    if language_of(term):
        value["@language"] = language_of(term)
    elif datatype_of(term) != XSD_STRING:
        value["@type"] = datatype_of(term)
    return value


def expanded(subject: str, triples: Iterable[tuple[str, str]]) -> Node:
    """A node in expanded form, which needs no context."""
    node: Node = {"@id": subject[1:-1]}
    for p, o in triples:
        name, value = ("@type", o[1:-1]) if p == TYPE and o.startswith("<") else (p[1:-1], spelled_out(o))
        held = node.setdefault(name, [])
        assert isinstance(held, list)
        held.append(value)
    return node


def _number(text: str) -> str | int:
    return int(text) if _INTEGER.fullmatch(text) else text


def _one_or_all(values: list[Value], known: Property) -> Value:
    return values[0] if known.single and len(values) == 1 else values
