"""The JSON Schemas of documents (https://json-schema.org/draft/2020-12/schema), one a kind.

Nothing here lists properties: which keys a node of a class has, and of what, is what ontology and shapes say
(`onrecord.documents.meaning`), with the names and containers of `onrecord.documents.context`. A schema stands alone:
all that it refers to is in its `$defs`.
"""

from collections.abc import Iterable
from functools import cache
from itertools import chain
from typing import TypeAlias

from onrecord.documents.context import ADDRESS, ADDRESSES, VERSION, concepts, is_array, names
from onrecord.documents.kinds import INVERSES, KINDS, Inverse
from onrecord.documents.meaning import Use, meaning, name_of
from onrecord.documents.selection import WORDS
from onrecord.documents.value_schemas import ADDRESS_VALUE, REFERENCE, Json, Schema, literal, several
from onrecord.vocabulary.context import properties
from onrecord.vocabulary.term import TYPE
from onrecord.vocabulary.terms import DEFINITIONS, onr

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_ROOTS: dict[str, tuple[str, ...]] = {
    "organization": (onr.Designee,),
    "person": (onr.Person, onr.PersonGroup),
    "entry": (onr.Designee,),
    "list": (onr.DesignationList,),
}
"""The classes whose nodes a kind is of, where that is not the class of the same name."""
_LABEL: Schema = {"type": "string", "description": "One name or text to show. It stands for no fact: ids tell apart."}
_CURATED: Schema = {"const": True, "description": "This would not be here without curators."}
Definitions: TypeAlias = dict[str, Schema]


def schema_address(kind: str, *, inferred: bool = False) -> str:
    """The `$id` of a schema, which has the number of the context's version."""
    return f"https://w3id.org/onrecord/schema/{VERSION}/{'inferred/' if inferred else ''}{kind}.schema.json"


def schema(kind: str, *, inferred: bool = False) -> Schema:
    """The schema of the documents of a kind. With `inferred`, that of documents with what follows by the rules."""
    every = _definitions(inferred)
    roots = [f"root.{name_of(term)}" for term in root_classes(kind)]
    used = _reachable(roots, every)
    return {
        "$schema": _DIALECT,
        "$id": schema_address(kind, inferred=inferred),
        "title": KINDS[kind].title,
        "anyOf": [{"$ref": f"#/$defs/{name}"} for name in roots],
        "$defs": dict[str, Json]({name: every[name] for name in sorted(used)}),
    }


def root_classes(kind: str) -> list[str]:
    """The terms of the classes that a document of a kind can be of."""
    wanted = set(_ROOTS.get(kind, ())) or {getattr(onr, kind.capitalize())}
    found = [term for term in meaning().classes() if wanted & meaning().above(term)]
    people = meaning().above(onr.Person) | {onr.PersonGroup}
    return [term for term in found if kind != "organization" or term not in people - meaning().above(onr.Organization)]


@cache
def _definitions(inferred: bool) -> Definitions:
    made: Definitions = {"reference": REFERENCE}
    for term in meaning().classes():
        made[name_of(term)] = _node(term, inferred, made)
        made[f"root.{name_of(term)}"] = _root(term, made[name_of(term)], made)
    return made


@cache
def _standing_alone() -> frozenset[str]:
    """The classes whose nodes have documents of their own, and stand inside no others."""
    return frozenset(term for kind in KINDS.values() if not kind.nested for term in root_classes(kind.name))


def _node(kind: str, inferred: bool, made: Definitions) -> Schema:
    """The schema of the nodes of a class, where they stand inside others."""
    uses = meaning().uses(kind, inferred=inferred)
    keys: Schema = {"id": ADDRESS_VALUE, "type": _types(kind, inferred), "label": _LABEL, "curated": _CURATED}
    needed: list[Json] = ["id", "type"]
    for prop in sorted(uses, key=lambda prop: names()[prop]):
        if prop == TYPE:
            continue
        keys[names()[prop]] = _shared(f"key.{names()[prop]}", _value(prop, uses[prop], made), made)
        if uses[prop].needed and prop not in WORDS:
            needed.append(names()[prop])
    for inverse in INVERSES:
        if inverse.of_any:
            keys[inverse.name] = _inside(inverse, made)
    found: Schema = {"type": "object", "description": meaning().definitions.get(kind, "")}
    found |= {"required": needed, "properties": keys, "additionalProperties": False}
    groups = meaning().one_of(kind)
    if groups:
        found["allOf"] = [{"anyOf": [{"required": [names()[prop]]} for prop in group]} for group in groups]
    if inferred:
        found["patternProperties"] = {"^https?://": {"type": "array"}}
    return found


def _root(kind: str, node: Schema, made: Definitions) -> Schema:
    """The schema of a document: a node with its context, and with what points to it."""
    inside, needed = node["properties"], node["required"]
    assert isinstance(inside, dict)
    assert isinstance(needed, list)
    keys: Schema = {"@context": {"const": ADDRESS}, **inside}
    for inverse in INVERSES:
        ranges = meaning().range(inverse.property, Use())
        if not ranges or ranges & meaning().above(kind):
            keys[inverse.name] = _inside(inverse, made)
    return {**node, "required": ["@context", *needed, "label"], "properties": keys}


def _inside(inverse: Inverse, made: Definitions) -> Schema:
    """What stands inside by a property that leads there: whole nodes of one class, and never a name of one."""
    text = f"Pointing here: {meaning().definitions.get(inverse.property, '')}"
    found = several({"$ref": f"#/$defs/{name_of(inverse.kind)}"}) | {"description": text}
    return _shared(f"key.{inverse.name}", found, made)


def _shared(name: str, found: Schema, made: Definitions) -> Schema:
    """A definition by its name, for all classes whose key is the same; with a number where it is another."""
    numbered = (f"{name}.{number}" for number in range(2, len(made) + 3))
    known = next(each for each in chain((name,), numbered) if made.setdefault(each, found) == found)
    return {"$ref": f"#/$defs/{known}"}


def _types(kind: str, inferred: bool) -> Schema:
    words = [name_of(term) for term in sorted(meaning().above(kind))]
    items: Schema = {"type": "string"} if inferred else {"enum": list[Json](words)}
    return {"type": "array", "items": items, "contains": {"const": name_of(kind)}, "uniqueItems": True}


def _value(term: str, use: Use, made: Definitions) -> Schema:
    """The schema of what a key has, with what it means."""
    prop = properties()[term]
    found: Schema
    if prop.range:
        found = literal(prop, use)
    else:
        if prop.name == "curatedProperty":
            one: Schema = {"type": "string", "minLength": 1}
        elif concepts(prop):
            one = {"$ref": f"#/$defs/{_concepts(term, use, made)}"}
        elif prop.name in ADDRESSES:
            one = ADDRESS_VALUE
        else:
            one = _thing(term, use)
        found = several(one) if is_array(prop) else one
    return {**found, "description": meaning().definitions.get(term, "")}


def _thing(term: str, use: Use) -> Schema:
    """The schema of a node that is a property's value: named, or with all that belongs to it."""
    wanted = meaning().range(term, use)
    inside = [kind for kind in meaning().classes() if kind not in _standing_alone()]
    found = [name_of(kind) for kind in inside if not wanted or wanted & meaning().above(kind)]
    named: list[Json] = [{"$ref": f"#/$defs/{name}"} for name in ("reference", *sorted(found))]
    return {"anyOf": named} if found else {"$ref": "#/$defs/reference"}


def _concepts(term: str, use: Use, made: Definitions) -> str:
    """The definition of the words for the concepts of a property, of those schemes that shapes allow here."""
    prop = properties()[term]
    words = {
        node: word for node, word in concepts(prop).items() if not use.schemes or f"<{_scheme(node)}>" in use.schemes
    } or concepts(prop)
    schemes = sorted({_scheme(node).rsplit("/", 1)[-1] for node in words})
    whole = len(words) == len(concepts(prop))
    name = f"words.{prop.name}{'' if whole else '.' + '.'.join(schemes)}"
    made[name] = {
        "oneOf": [{"const": word, "description": DEFINITIONS.get(node[1:-1], "")} for node, word in words.items()]
    }
    return name


def _scheme(concept: str) -> str:
    return concept[1:-1].rsplit("/", 1)[0]


def _reachable(roots: Iterable[str], every: Definitions) -> set[str]:
    found: set[str] = set()
    waiting = list(roots)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += _references(every[name])
    return found


def _references(value: Json) -> list[str]:
    if isinstance(value, dict):
        own = value.get("$ref")
        below = [name for part in value.values() for name in _references(part)]
        return [own.removeprefix("#/$defs/"), *below] if isinstance(own, str) else below
    return [name for part in value for name in _references(part)] if isinstance(value, list) else []
