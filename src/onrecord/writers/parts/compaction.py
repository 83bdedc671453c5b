"""Names and values in JSON-LD (https://www.w3.org/TR/json-ld11/): plain where that says the same, else spelled out."""

import re
from collections.abc import Iterable, Mapping, Set
from functools import cache
from typing import TypeAlias

import msgspec

from onrecord.ntriples import text_of
from onrecord.vocabulary.context import Context, classes, prefixes, properties
from onrecord.vocabulary.term import LANG_STRING, TYPE, XSD_STRING, Property
from onrecord.writers.parts.arrangement import Node

Value: TypeAlias = "str | int | list[Value] | dict[str, Value] | None"
Tree: TypeAlias = dict[str, Value]

_CACHED = 10_000
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
        self._foreign: dict[str, str] = {}
        self._contexts: dict[frozenset[str], msgspec.Raw] = {}
        self._properties, self._classes = properties(), classes()
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

    def type(self, term: str) -> str:
        """A class, `<iri>`, as the value of `type`."""
        name = self._classes.get(term)
        if name:
            return self.key(name)
        if term not in self._foreign:
            shown = self._prefixed(term[1:-1])
            if shown == term[1:-1] or len(self._foreign) >= _CACHED:
                return shown
            self._foreign[term] = shown
        shown = self._foreign[term]
        self.used.add(shown.partition(":")[0])
        return shown

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
        return self._properties.get(predicate)

    def put(self, tree: Tree, predicate: str, objects: Iterable[str], nested: Mapping[str, Tree]) -> None:
        """Add a predicate with its objects to a tree. `nested` has the trees to write in place of their IRIs."""
        known = self._properties.get(predicate)
        plain: list[Value] = []
        spelled: list[Value] = []
        by_language: dict[str, list[Value]] = {}
        for o in objects:
            if o[0] == "<":
                self._put_iri(o, predicate, known, nested, plain, spelled)
                continue
            end = o.rindex('"') + 1
            suffix = o[end:]
            if known is not None and known.range == LANG_STRING and suffix[:1] == "@":
                by_language.setdefault(suffix[1:], []).append(text_of(o))
            elif known is not None and _suffix(known.range) == suffix:
                plain.append(_number(text_of(o)) if known.range == _XSD_INTEGER else text_of(o))
            else:
                spelled.append(spelled_out(o))
        if plain:
            name = "type" if known is None else known.name
            tree[self.key(name)] = plain if known is None else _one_or_all(plain, known)
        if by_language and known is not None:
            texts: Tree = {language: _one_or_all(held, known) for language, held in sorted(by_language.items())}
            tree[self.key(known.name)] = texts
        if spelled:
            tree[predicate[1:-1]] = spelled

    def _put_iri(
        self,
        o: str,
        predicate: str,
        known: Property | None,
        nested: Mapping[str, Tree],
        plain: list[Value],
        spelled: list[Value],
    ) -> None:
        if predicate == TYPE:
            plain.append(self.type(o))
            return
        value: Value = nested[o] if o in nested else self.iri(o[1:-1])
        if known is not None and not known.range:
            plain.append(value)
        else:
            spelled.append({self.key("id"): value})

    def context_used(self) -> msgspec.Raw:
        """The part of the context that has been used, in its order, as JSON: a document with it stands for itself."""
        used = frozenset(self.used)
        found = self._contexts.get(used)
        if found is None:
            found = msgspec.Raw(msgspec.json.encode(self._part(used)))
            if len(self._contexts) >= _CACHED:
                self._contexts.clear()
            self._contexts[used] = found
        return found

    def _part(self, used: Set[str]) -> Context:
        names = {"@version", *used}
        for name in used:
            definition = self.context[name]
            for text in definition.values() if isinstance(definition, dict) else [definition]:
                if isinstance(text, str):
                    names.add(text.partition(":")[0])
        return {name: self.context[name] for name in self.context if name in names} if used else {}


@cache
def _suffix(datatype: str) -> str:
    """What stands behind the text of a literal of this datatype."""
    return "" if datatype == XSD_STRING else f"^^<{datatype}>"


def language_of(literal: str) -> str:
    """The language tag of a literal, "" for none."""
    suffix = literal[literal.rindex('"') + 1 :]
    return suffix[1:] if suffix.startswith("@") else ""


def datatype_of(literal: str) -> str:
    """The datatype of a literal without a language tag."""
    suffix = literal[literal.rindex('"') + 1 :]
    return suffix[3:-1] if suffix.startswith("^^") else XSD_STRING


def spelled_out(term: str) -> Tree:
    """A term that no context can change."""
    if term.startswith("<"):
        return {"@id": term[1:-1]}
    value: Tree = {"@value": text_of(term)}
    if language_of(term):
        value["@language"] = language_of(term)
    elif datatype_of(term) != XSD_STRING:
        value["@type"] = datatype_of(term)
    return value


def expanded(subject: str, node: Node) -> Tree:
    """A node in expanded form, which needs no context."""
    tree: Tree = {"@id": subject[1:-1]}
    for p, objects in node.items():
        for o in objects:
            name, value = ("@type", o[1:-1]) if p == TYPE and o.startswith("<") else (p[1:-1], spelled_out(o))
            held = tree.setdefault(name, [])
            assert isinstance(held, list)
            held.append(value)
    return tree


def _number(text: str) -> str | int:
    return int(text) if _INTEGER.fullmatch(text) else text


def _one_or_all(values: list[Value], known: Property) -> Value:
    return values[0] if known.single and len(values) == 1 else values
