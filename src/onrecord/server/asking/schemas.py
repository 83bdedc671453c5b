"""The schemas of the OpenAPI document (JSON Schema 2020-12, as OpenAPI 3.1 takes it)."""

from typing import TypeAlias

import msgspec

from onrecord.vocabulary import resources

Json: TypeAlias = bool | int | float | str | list["Json"] | dict[str, "Json"] | None
Object: TypeAlias = dict[str, Json]

TEXT: Object = {"type": "string"}
CELL: Object = {"type": ["string", "number", "boolean", "null"]}


def ref(name: str) -> Object:
    """A schema by its name."""
    return {"$ref": f"#/components/schemas/{name}"}


def record(required: Object, description: str = "", optional: Object | None = None) -> Object:
    """An object with these fields and no other."""
    told: Object = {"description": description} if description else {}
    properties = required | (optional or {})
    return {**told, "type": "object", "properties": properties, "required": [*required], "additionalProperties": False}


def array(items: Object, description: str = "") -> Object:
    """An array of such items."""
    told: Object = {"description": description} if description else {}
    return {**told, "type": "array", "items": items}


def components() -> Object:
    """All schemas that have a name: those of docs/schema/status.json among them."""
    return {**_of_statuses(), **_of_questions(), **_of_problems()}


def _of_statuses() -> Object:
    """The definitions of docs/schema/status.json, which is where `kg status` is held to them, too."""
    text = (resources.path("docs/schema") / "status.json").read_text(encoding="utf-8")
    known: Object = msgspec.json.decode(text.replace("#/$defs/", "#/components/schemas/"), type=dict)
    definitions = known["$defs"]
    assert isinstance(definitions, dict)
    return definitions


def _of_questions() -> Object:
    parameter = record(
        {
            "name": TEXT,
            "type": {"description": "iri, date, text, integer, release or concept:SCHEME", **TEXT},
            "required": {"type": "boolean"},
            "default": {"type": ["string", "null"]},
            "text": TEXT,
        }
    )
    question = record(
        {
            "name": TEXT,
            "summary": TEXT,
            "numbers": array({"type": "integer"}),
            "notes": TEXT,
            "parameters": array(parameter),
            "examples": array(TEXT, "How the question is asked: an address below that of the server."),
            "href": {"description": "Where it is asked, below the address of the server.", **TEXT},
        }
    )
    column = record(
        {"name": TEXT, "types": array(TEXT, "iri, text, or the name of a type of XML Schema: date, integer …")},
        "A column, and the types of its cells: none where all are empty.",
    )
    return {"question": question, "questions": array(ref("question")), "column": column}


def _of_problems() -> Object:
    """https://www.rfc-editor.org/rfc/rfc9457"""
    named: Object = {"type": TEXT, "title": TEXT, "status": {"type": "integer"}}
    candidate = record(
        {
            "entity": ref("iri"),
            "id": {"description": "Asks for just this one: /status?entity=ID", **TEXT},
            "name": TEXT,
            "score": {"type": "integer", "minimum": 0, "maximum": 100},
            "reason": TEXT,
        },
        "Who may be meant. A score says how alike the names are, not how likely it is that somebody is meant.",
    )
    return {
        "problem": record(named, "What is wrong, and what to do about it (RFC 9457).", {"detail": TEXT}),
        "undecided": record(
            {**named, "detail": TEXT, "candidates": array(candidate)},
            "Nobody, or more than one, is called just so: none is picked.",
        ),
    }
