"""JSON Schemas of what the service answers, written from the text of the specification (0.2), sections as noted.

They are at least as strict as those that the specification comes with: what is there optional and we always give is
required, nothing that it does not name may be there, ids and names are not empty, and addresses are addresses. No
package of a registry has the specification's own.
"""

import re
from typing import TypeAlias

import jsonschema

Schema: TypeAlias = dict[str, object]
_TEXT: Schema = {"type": "string", "minLength": 1}
_URL: Schema = {"type": "string", "pattern": "^https?://[^ ]+$"}


def _object(required: dict[str, Schema], optional: dict[str, Schema] | None = None) -> Schema:
    return {
        "type": "object",
        "properties": {**required, **(optional or {})},
        "required": list(required),
        "additionalProperties": False,
    }


def _array(items: Schema, **more: object) -> Schema:
    return {"type": "array", "items": items, **more}


def _map(values: Schema) -> Schema:
    return {"type": "object", "additionalProperties": values}


_NAMED = _object({"id": _TEXT, "name": _TEXT})
TYPE = _object({"id": _TEXT, "name": _TEXT}, {"broader": _array(_NAMED, minItems=1), "description": _TEXT})
_FEATURE = _object({"id": _TEXT, "value": {"type": ["boolean", "number"]}})
_CANDIDATE = _object(
    {
        "id": _TEXT,
        "name": _TEXT,
        "type": _array(_NAMED),
        "score": {"type": "number", "minimum": 0},
        "match": {"type": "boolean"},
        "features": _array(_FEATURE),
    },
    {"description": {"type": "string"}},
)
RESULTS = _map(_object({"result": _array(_CANDIDATE)}))
"""A reconciliation result batch (4.2)."""
_SERVICE = _object({"service_url": _URL, "service_path": {"type": "string", "pattern": "^/"}})
_TEMPLATE: Schema = {"type": "string", "pattern": r"^https?://[^ {}]+\{\{id\}\}$"}
_CHOICE = _object({"value": _TEXT, "name": _TEXT})


def _setting(kind: str, default: Schema, more: dict[str, Schema] | None = None) -> Schema:
    fields: dict[str, Schema] = {
        "type": {"const": kind},
        "default": default,
        "label": _TEXT,
        "name": _TEXT,
        "help_text": _TEXT,
    }
    return _object({**fields, **(more or {})})


_SETTING: Schema = {
    "oneOf": [
        _setting("number", {"type": "number"}),
        _setting("text", {"type": "string"}),
        _setting("checkbox", {"type": "boolean"}),
        _setting("select", {"type": "string"}, {"choices": _array(_CHOICE, minItems=1)}),
    ]
}
MANIFEST = _object(
    {
        "versions": _array(_TEXT, contains={"const": "0.2"}),
        "name": _TEXT,
        "identifierSpace": _URL,
        "schemaSpace": _URL,
        "defaultTypes": _array(TYPE, minItems=1, uniqueItems=True),
        "documentation": _URL,
        "serviceVersion": _TEXT,
        "batchSize": {"type": "integer", "minimum": 1},
        "view": _object({"url": _TEMPLATE}),
        "feature_view": _object({"url": _TEMPLATE}),
        "preview": _object({"url": _TEMPLATE, "width": {"type": "integer"}, "height": {"type": "integer"}}),
        "suggest": _object({"entity": _SERVICE, "type": _SERVICE, "property": _SERVICE}),
        "extend": _object({"propose_properties": _SERVICE, "property_settings": _array(_SETTING)}),
    }
)
"""A service manifest (3.1)."""
_VALUE: Schema = {
    "oneOf": [
        _object({"id": _TEXT, "name": _TEXT}, {"description": _TEXT}),
        _object({"str": {"type": "string"}}),
        _object({"float": {"type": "number"}}),
        _object({"int": {"type": "integer"}}),
        _object(
            {"date": {"type": "string", "pattern": r"^-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$"}}
        ),
    ]
}
_META = _object({"id": _TEXT, "name": _TEXT}, {"type": _NAMED})
EXTENSION = _object({"meta": _array(_META), "rows": _map(_map(_array(_VALUE)))})
"""A data extension response (7.4)."""
SUGGESTED: dict[str, Schema] = {
    "entity": _object(
        {
            "result": _array(
                _object({"id": _TEXT, "name": _TEXT, "description": {"type": "string"}, "notable": _array(_NAMED)})
            )
        }
    ),
    "property": _object({"result": _array(_object({"id": _TEXT, "name": _TEXT, "description": _TEXT}))}),
    "type": _object({"result": _array(TYPE)}),
}
"""Suggest responses (6.3)."""
PROPOSED = _object({"type": _TEXT, "properties": _array(_NAMED)}, {"limit": {"type": "integer", "minimum": 1}})
"""A data extension property proposal (7.2)."""


def holds(schema: Schema, value: object) -> None:
    """Raises an error where a value is not what a schema says."""
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(value)


def is_sorted(results: object) -> bool:
    """Whether candidates stand by decreasing score (4.2), with ids and features that are there once."""
    assert isinstance(results, dict)
    for each in results.values():
        found = each["result"]
        scores = [one["score"] for one in found]
        features = [[feature["id"] for feature in one["features"]] for one in found]
        once = len({one["id"] for one in found}) == len(found) and all(len(set(ids)) == len(ids) for ids in features)
        if scores != sorted(scores, reverse=True) or not once:
            return False
    return True


ANCHOR = re.compile(r'id="([^"]+)"')
