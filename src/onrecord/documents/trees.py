"""The tree of a document: a node with what belongs to it inside, and all else as `{id, type, label}`."""

import re
from collections.abc import Iterable

from onrecord.documents.context import ADDRESSES, concepts, is_array, names
from onrecord.documents.document import Tree, Value
from onrecord.documents.kinds import INVERSES
from onrecord.documents.labels import Labels
from onrecord.documents.reading import Reading
from onrecord.ntriples import Triple, text_of
from onrecord.vocabulary.context import classes, properties
from onrecord.vocabulary.context import prefixes as _prefixes
from onrecord.vocabulary.term import LANG_STRING, TYPE, XSD_STRING, Property
from onrecord.vocabulary.terms import rdfs
from onrecord.writers.parts.compaction import spelled_out
from onrecord.writers.parts.layout import order, order_of_class, step_key

_DEEPEST = 32
_SHARED = re.compile(r"/source/[^/]+/(?:words|attribution)/[^/]+>$")
"""Words and chains, which several facts of a source share: each has them inside."""
_XSD = "http://www.w3.org/2001/XMLSchema#"
_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,14}")
_PLAIN_LOCAL = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.\-]*")


class Trees:
    """Makes one tree, and notes the triples that it holds and the nodes that it names."""

    def __init__(self, reading: Reading, labels: Labels) -> None:
        self._reading = reading
        self._labels = labels
        self.triples: set[Triple] = set()
        self.references: set[str] = set()

    def tree(self, node: str, above: tuple[str, ...] = (), to: str = "") -> Tree:
        """The tree of a node; `above` are those that it stands in, the innermost last, to which it leads by `to`."""
        said = self._reading.said(node)
        made: Tree = {"id": node[1:-1], "type": self._types(node, said.get(TYPE, []))}
        if not above or rdfs.label in said:
            made["label"] = self._labels.of(node)
        if node in self._reading.from_curators:
            made["curated"] = True
        within = (*above, node)
        for prop in sorted(said, key=order):
            if prop != TYPE:
                self._put(made, node, prop, said[prop], within)
        for inverse in INVERSES:
            if above and not inverse.of_any:
                continue
            held = [
                self.tree(other, within, inverse.property)
                for other in self._pointing(node, inverse.name, inverse.property, inverse.kind)
                if other not in within
            ]
            if held:
                made[inverse.name] = list[Value](held)
        if to:
            self.triples.add((node, to, above[-1]))
        return made

    def _pointing(self, node: str, name: str, prop: Property, kind: str) -> list[str]:
        if name == "curations":
            return self._reading.curations.get(node, [])
        found = [other for other in self._reading.into(prop, node) if kind in self._reading.said(other).get(TYPE, [])]
        return sorted(found, key=lambda other: step_key(other[1:-1]))

    def _types(self, node: str, kinds: list[str]) -> list[Value]:
        self.triples.update((node, TYPE, kind) for kind in kinds)
        return [_type(kind) for kind in sorted(kinds, key=order_of_class)]

    def _put(self, made: Tree, node: str, prop: str, values: list[str], within: tuple[str, ...]) -> None:
        self.triples.update((node, prop, value) for value in values)
        known = properties().get(prop)
        if known is None:
            made[prop[1:-1]] = [dict[str, Value](_foreign(value)) for value in values]
            return
        key = names()[prop]
        if known.range == LANG_STRING:
            texts, others = _by_language(values, known)
            if texts:
                made[key] = texts
        elif known.range:
            plain = [_literal(value, known.range) for value in values]
            others = [value for value, shown in zip(values, plain, strict=True) if shown is None]
            _add(made, key, [shown for shown in plain if shown is not None], known)
        else:
            others = [value for value in values if not value.startswith("<")]
            nodes = sorted((value for value in values if value.startswith("<")), key=lambda v: step_key(v[1:-1]))
            _add(made, key, [self._node(node, known, value, within) for value in nodes], known)
        if others:
            made[known.iri] = [dict[str, Value](_foreign(value)) for value in others]

    def _node(self, node: str, prop: Property, value: str, within: tuple[str, ...]) -> Value:
        if prop.name == "curatedProperty":
            return names().get(value, value[1:-1])
        if concepts(prop):
            return concepts(prop).get(value, value[1:-1])
        if prop.name in ADDRESSES:
            return value[1:-1]
        belongs = value.startswith(node[:-1] + "/") or _SHARED.search(value) is not None
        if belongs and value not in within and len(within) < _DEEPEST:
            return self.tree(value, within)
        return self._reference(value)

    def _reference(self, node: str) -> Tree:
        """A node that is not described here."""
        self.references.add(node)
        kinds = self._reading.said(node).get(TYPE, [])
        made: Tree = {"id": node[1:-1]}
        if kinds:
            made["type"] = self._types(node, kinds)
            made["label"] = self._labels.of(node)
        return made


def _add(made: Tree, key: str, values: list[Value], prop: Property) -> None:
    if values:
        made[key] = values if is_array(prop) or len(values) > 1 else values[0]


def _type(kind: str) -> str:
    name = classes().get(kind)
    if name:
        return name
    for prefix, namespace in _prefixes().items():
        if kind.startswith(f"<{namespace}") and _PLAIN_LOCAL.fullmatch(kind, len(namespace) + 1, len(kind) - 1):
            return f"{prefix}:{kind[len(namespace) + 1 : -1]}"
    return kind[1:-1]


def _literal(value: str, datatype: str) -> "Value | None":
    """A literal of the datatype that its property has, as JSON; None for any other."""
    suffix = value[value.rindex('"') + 1 :] if value.startswith('"') else None
    if suffix != ("" if datatype == XSD_STRING else f"^^<{datatype}>"):
        return None
    text = text_of(value)
    if datatype == f"{_XSD}integer" and _INTEGER.fullmatch(text):
        return int(text)
    if datatype == f"{_XSD}boolean" and text in ("true", "false"):
        return text == "true"
    return text


def _by_language(values: Iterable[str], prop: Property) -> tuple[Tree, list[str]]:
    """Texts by their languages, and what is no text of a language."""
    found: dict[str, list[Value]] = {}
    others = []
    for value in values:
        language = value[value.rindex('"') + 1 :] if value.startswith('"') else ""
        if language.startswith("@"):
            found.setdefault(language[1:], []).append(text_of(value))
        else:
            others.append(value)
    shown = {
        language: texts if is_array(prop) or len(texts) > 1 else texts[0] for language, texts in sorted(found.items())
    }
    return dict[str, Value](shown), others


def _foreign(value: str) -> dict[str, str]:
    return {name: str(text) for name, text in spelled_out(value).items()}
