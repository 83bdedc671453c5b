"""The JSON Schemas of values: literals by their datatypes, texts by their languages, and references."""

from typing import TypeAlias

from onrecord.documents.context import is_array
from onrecord.documents.meaning import Use
from onrecord.vocabulary.term import LANG_STRING, XSD_STRING, Property

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"
Schema: TypeAlias = dict[str, Json]

_XSD = "http://www.w3.org/2001/XMLSchema#"
ADDRESS_VALUE: Schema = {"type": "string", "format": "uri", "pattern": r"^[A-Za-z][A-Za-z0-9+.\-]*:[^\s<>\"{}|\\^`]*$"}
REFERENCE: Schema = {
    "type": "object",
    "description": "Something that is described elsewhere, or not at all in this bundle.",
    "required": ["id"],
    "properties": {
        "id": ADDRESS_VALUE,
        "type": {"type": "array", "items": {"type": "string"}, "minItems": 1, "uniqueItems": True},
        "label": {"type": "string"},
    },
    "additionalProperties": False,
    "dependentRequired": {"type": ["label"], "label": ["type"]},
}
_DATATYPES: dict[str, Schema] = {
    f"{_XSD}boolean": {"type": "boolean"},
    f"{_XSD}decimal": {"type": "string", "pattern": r"^[+-]?[0-9]+(\.[0-9]+)?$"},
    f"{_XSD}date": {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
    "http://id.loc.gov/datatypes/edtf/EDTF": {"type": "string", "minLength": 1},
    XSD_STRING: {"type": "string"},
}
_LONG = {"type": "string", "pattern": "^-?[1-9][0-9]{15,}$"}
"""Whole numbers that not every reader of JSON would keep."""


def several(items: Schema) -> Schema:
    """An array that is there because it has something in it."""
    return {"type": "array", "items": items, "minItems": 1, "uniqueItems": True}


def literal(prop: Property, use: Use) -> Schema:
    """The schema of the values of a property that has texts, numbers or dates."""
    if prop.range == LANG_STRING:
        text: Schema = {"type": "string"}
        if use.shortest:
            text["minLength"] = use.shortest
        return {
            "type": "object",
            "minProperties": 1,
            "propertyNames": {"pattern": "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$"},
            "additionalProperties": several(text) if is_array(prop) else text,
        }
    one = _integer(use) if prop.range == f"{_XSD}integer" else dict(_DATATYPES[prop.range])
    if prop.range == XSD_STRING:
        if use.shortest:
            one["minLength"] = use.shortest
        if len(use.patterns) == 1:
            one["pattern"] = use.patterns[0]
    return several(one) if is_array(prop) else one


def _integer(use: Use) -> Schema:
    number: Schema = {"type": "integer"}
    if use.least is not None:
        number["minimum"] = use.least
    return {"anyOf": [number, dict[str, Json](_LONG)]}
