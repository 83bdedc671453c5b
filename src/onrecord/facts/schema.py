"""The JSON Schema of facts files (https://json-schema.org/draft/2020-12/schema), derived from the records.

Editors complete and check facts files by it: `# yaml-language-server: $schema=…/facts.json` in a file's first line.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Literal, TypeAlias

import msgspec

from onrecord.facts.constraints import AT_LEAST_ONE, EXACTLY_ONE, TOGETHER, allowed
from onrecord.facts.document import Document, Registry
from onrecord.facts.fields import Record
from onrecord.facts.marks import shapes_of
from onrecord.vocabulary.terms import DEFINITIONS

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"
Schema: TypeAlias = dict[str, Json]
Kind = Literal["facts", "document", "registry"]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_NULL: Schema = {"type": "null"}


def facts_schema() -> Schema:
    """The schema of any facts file: of a source, or of a part of the registry. This is facts.json."""
    return _schema("Facts", {"anyOf": [{"$ref": "#/$defs/Document"}, {"$ref": "#/$defs/Registry"}]}, Document, Registry)


def document_schema() -> Schema:
    """The schema of a file of facts from one source."""
    return _schema("Facts of a source", {"$ref": "#/$defs/Document"}, Document)


def registry_schema() -> Schema:
    """The schema of a part of the registry."""
    return _schema("Registry", {"$ref": "#/$defs/Registry"}, Registry)


def schema_bytes(kind: Kind = "facts") -> bytes:
    """A schema as it is written to a file: the same bytes each time."""
    made = {"facts": facts_schema, "document": document_schema, "registry": registry_schema}[kind]()
    return (json.dumps(made, indent=2, ensure_ascii=False) + "\n").encode()


def _schema(title: str, root: Schema, *records: type[Record]) -> Schema:
    _, components = msgspec.json.schema_components(records, ref_template="#/$defs/{name}")
    definitions: Schema = {}
    types = {found.__name__: found for record in records for found in _reachable(record)}
    for name in sorted(components):
        definitions[name] = _definition(components[name], types[name])
    return {"$schema": _DIALECT, "title": title, **root, "$defs": definitions}


def _reachable(record: type[Record], seen: frozenset[type[Record]] = frozenset()) -> Iterator[type[Record]]:
    """A record type and those within it."""
    waiting, found = [record], set(seen)
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            yield one
            for shape in shapes_of(one).values():
                items = shape.items.records if shape.items else None
                waiting += [inner for inner in (shape.records, items) if inner is not None]


def _definition(component: Schema, record: type[Record]) -> Schema:
    """The schema of a record: msgspec's, with the vocabulary's words and the rules that types cannot say."""
    properties = component["properties"]
    assert isinstance(properties, dict)
    widened: Schema = {}
    for name, shape in shapes_of(record).items():
        words: Schema = {}
        for mark, scheme in shape.marks.items():
            if mark in ("scheme", "classes"):
                words = _words(allowed(mark, str(scheme)))
        widened[name] = _widened(properties[name], words)
    return {**component, "properties": widened, **_rules(record)}


def _words(known: Mapping[str, str]) -> Schema:
    """The words that a field takes, each with its definition for editors that show it."""
    meanings: list[Json] = [DEFINITIONS.get(term[1:-1], "") for term in known.values()]
    return {"enum": [*known], "markdownEnumDescriptions": meanings}


def _widened(value: Json, words: Schema) -> Json:
    """A field's schema as files are written.

    There is no null, since a field without a value is left out. Where text is wanted a number will do, since YAML
    editors take 2003 for one. Text that has to be a word of the vocabulary says which words.
    """
    if isinstance(value, list):
        return [_widened(item, words) for item in value if item != _NULL]
    if not isinstance(value, dict):
        return value
    made: Schema = {key: _widened(inner, words) for key, inner in value.items() if (key, inner) != ("default", None)}
    if made.get("type") == "string":
        made = {**made, **words} if words else {**made, "type": ["string", "number"]}
    alternatives = made.get("anyOf")
    if isinstance(alternatives, list) and len(alternatives) == 1 and isinstance(alternatives[0], dict):
        del made["anyOf"]
        made = {**alternatives[0], **made}
    return made


def _rules(record: type[Record]) -> Schema:
    """What must hold between a record's fields."""
    rules: Schema = {}
    for base, fields in EXACTLY_ONE.items():
        if issubclass(record, base):
            rules["oneOf"] = [{"required": [name]} for name in fields]
    for base, groups in AT_LEAST_ONE.items():
        if issubclass(record, base):
            rules["anyOf"] = [{"required": [*group]} for group in groups]
    for base, pairs in TOGETHER.items():
        if issubclass(record, base):
            rules["dependentRequired"] = {first: [second] for first, second in pairs}
    return rules
