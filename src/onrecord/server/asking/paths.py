"""The fixed paths of the OpenAPI document: statuses, screening, and what other parts of the server answer."""

from collections.abc import Mapping
from typing import Final

from onrecord.server.asking.media import MOST_BYTES, MOST_NAMES
from onrecord.server.asking.names import COLUMN
from onrecord.server.asking.schemas import TEXT, Json, Object, array, ref

_LONGEST: Final = 500
_PROBLEMS: Final = {
    "400": "Something that was sent is not what is asked for: what, and what to write instead.",
    "404": "There is nothing of this name.",
    "406": "The answer is in none of the media types that Accept names.",
    "413": "More was sent than is taken at once.",
    "414": "The address is longer than is taken.",
    "415": "What was sent is of a media type that is not read here.",
    "503": "The server is busy, or there is no release: see Retry-After.",
}


def response(description: str, media: Mapping[str, Json]) -> Object:
    """A response, by its media types."""
    return {"description": description, "content": {each: {"schema": schema} for each, schema in media.items()}}


RESPONSES: Final[Object] = {
    f"problem{status}": response(told, {"application/problem+json": ref("problem")})
    for status, told in _PROBLEMS.items()
}


def errors(*statuses: str) -> Object:
    """The responses of these statuses, which are problems all of them."""
    return {status: {"$ref": f"#/components/responses/problem{status}"} for status in statuses}


def _query(name: str, text: str, example: str, *, required: bool = False) -> Object:
    schema: Object = {**TEXT, "minLength": 1 if required else 0, "maxLength": _LONGEST}
    return {
        "name": name,
        "in": "query",
        "required": required,
        "description": text,
        "schema": schema,
        "example": example,
    }


_IN: Final = _query(
    "in", "The jurisdiction: a code, an id, an address or a label; each that there is, if left out.", "RU"
)
_ON: Final = "The date in EDTF: 2010-01-01, 2010-01, 2010"
_ENTITY: Final = "Who: an id of the registry, a list's reference, an address, a path of a source, or an exact name."


def of_statuses() -> Object:
    """Status and screening."""
    days = _query("on", f"{_ON}; the last day on record, if left out.", "2010-01-01")
    by_path: Object = {**_query("entity", _ENTITY, "taliban", required=True), "in": "path"}
    return {
        "/status": {
            "get": _status(
                "status", [_query("entity", _ENTITY, "taliban", required=True), _IN, days], {"text/html": TEXT}
            )
        },
        "/status/{entity}": {"get": _status("statusOf", [by_path, _IN, days], {})},
        "/screen": {"post": _screen()},
    }


def _status(name: str, parameters: list[Json], pages: Mapping[str, Json]) -> Object:
    status: Object = {"oneOf": [ref("status"), array(ref("status"))]}
    undecided: Object = {"application/problem+json": {"anyOf": [ref("undecided"), ref("problem")]}}
    return {
        "operationId": name,
        "tags": ["statuses"],
        "summary": "What was somebody's status on a date, and what does that rest on?",
        "description": "As JSON an object where a jurisdiction is given, else an array, one for each. An id with "
        "slashes in it is asked for as /status?entity=….",
        "parameters": parameters,
        "responses": {
            "200": response("The status, with its evidence.", {"application/json": status, **pages}),
            "300": response("Several are called just so: they are named, and none is picked.", undecided),
            "404": response("Nobody is called so; those who nearly are, are named, and nobody is picked.", undecided),
            **errors("400", "406", "414", "503"),
        },
    }


def _screen() -> Object:
    table: Object = {**TEXT, "contentMediaType": "text/csv"}
    return {
        "operationId": "screen",
        "tags": ["statuses"],
        "summary": "The status of each of a list of names, in its order.",
        "description": f"At most {MOST_NAMES:,} names and {MOST_BYTES:,} bytes at once. The answer is written while it "
        "is made. Where several are called so, or nobody is but some nearly so, they are named and none is picked.",
        "parameters": [_IN, _query("on", f"{_ON}.", "2026-02-27", required=True)],
        "requestBody": {
            "required": True,
            "content": {
                "text/plain": {"schema": TEXT, "example": "taliban\nTAi.002\n"},
                "application/json": {"schema": array(TEXT), "example": ["taliban", "TAi.002"]},
                "text/csv": {
                    "schema": {**TEXT, "description": f"The column {COLUMN!r}, else the first."},
                    "example": "name,city\ntaliban,\n",
                },
            },
        },
        "responses": {
            "200": response(
                "An answer for each name.",
                {"application/json": array(ref("screened")), "application/x-ndjson": TEXT, "text/csv": table},
            ),
            **errors("400", "406", "413", "414", "415", "503"),
        },
    }


def others() -> Object:
    """What other parts answer, in short: SPARQL and reconciliation have specifications of their own."""
    return {
        "/openapi.json": {"get": _told("openapi", "This document.", {"application/json": {"type": "object"}})},
        "/health": {"get": _told("health", "Whether the server answers.", {"application/json": {"type": "object"}})},
        "/metrics": {"get": _told("metrics", "Figures, as Prometheus reads them.", {"text/plain": TEXT})},
        "/sparql": {
            "get": {
                "operationId": "sparql",
                "tags": ["machines"],
                "summary": "SPARQL 1.1, read-only; without a query, the service description.",
                "externalDocs": {"url": "https://www.w3.org/TR/sparql11-protocol/"},
                "parameters": [{"name": "query", "in": "query", "schema": TEXT}],
                "responses": {
                    "200": {"description": "The answer, in the format that Accept welcomes most."},
                    "default": {"description": "Anything else that the protocol allows."},
                },
            }
        },
        "/reconcile": {
            "get": {
                "operationId": "reconcile",
                "tags": ["machines"],
                "summary": "The manifest of the reconciliation service, for OpenRefine and others like it.",
                "externalDocs": {
                    "url": "https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/"
                },
                "responses": {
                    "200": {"description": "The manifest, or the answers to queries."},
                    "default": {"description": "Anything else that the specification allows."},
                },
            }
        },
    }


def _told(name: str, summary: str, media: Mapping[str, Json]) -> Object:
    return {
        "operationId": name,
        "tags": ["machines"],
        "summary": summary,
        "responses": {"200": response(summary, media), **errors("503")},
    }
