"""The job "openapi": the OpenAPI 3.1 document (https://spec.openapis.org/oas/v3.1.0) of the server.

queries/*.rq ── one path each ──► with the fixed paths and the schemas: one document, the same bytes each time.
"""

from collections.abc import Mapping
from functools import cache

import msgspec

from onrecord import __version__
from onrecord.dataset.settings import Settings
from onrecord.questions import Parameter, Question, load_all
from onrecord.server.asking import paths
from onrecord.server.asking.examples import given_in
from onrecord.server.asking.media import ANSWERS
from onrecord.server.asking.schemas import CELL, TEXT, Json, Object, array, components, record, ref
from onrecord.server.desk import Desk
from onrecord.server.reply import Reply
from onrecord.vocabulary.terms import CONCEPTS

_LONGEST = 500


def openapi(desk: Desk, args: Mapping[str, object]) -> Reply:
    """The document."""
    return Reply(msgspec.json.encode(document(desk.settings)) + b"\n")


def document(settings: Settings) -> Object:
    """The document of a dataset with these settings."""
    info: Object = {
        "title": settings.title,
        "version": __version__,
        "summary": "Named questions, statuses and screening over HTTP.",
        "description": "What is answered is what sources say, with their words: the graph never says more than they "
        "do. No evidence is no evidence of absence.",
    }
    return {
        "openapi": "3.1.0",
        "info": info,
        "servers": [{"url": "/", "description": "This server."}],
        "tags": [
            {"name": "questions", "description": "The named questions, each with its parameters."},
            {"name": "statuses", "description": "What somebody's status was, and what that rests on."},
            {"name": "machines", "description": "SPARQL, reconciliation, and how the server is."},
        ],
        "paths": {**paths.of_statuses(), **_of_questions(), **paths.others()},
        "components": {"schemas": components(), "responses": paths.RESPONSES},
    }


def _of_questions() -> Object:
    listing: Object = {
        "operationId": "questions",
        "tags": ["questions"],
        "summary": "The questions that can be asked, with their parameters.",
        "responses": {
            "200": paths.response("The questions.", {"application/json": ref("questions"), "text/html": TEXT}),
            **paths.errors("400", "406", "414", "503"),
        },
    }
    return {"/ask": {"get": listing}, **{f"/ask/{question.name}": {"get": _asked(question)} for question in load_all()}}


def _asked(question: Question) -> Object:
    media: dict[str, Object] = {ANSWERS[form].partition(";")[0]: TEXT for form in ANSWERS}
    media["application/json"] = _rows(question)
    for each in ("application/ld+json", "application/sparql-results+json"):
        media[each] = {"type": "object"}
    return {
        "operationId": question.name,
        "tags": ["questions"],
        "summary": question.summary,
        "description": " ".join(
            [
                *([question.notes] if question.notes else []),
                f"An ending names a form as well: {', '.join(f'/ask/{question.name}.{form}' for form in ANSWERS)}.",
            ]
        ),
        "parameters": [_parameter(each, question) for each in question.parameters],
        "responses": {
            "200": paths.response("The answer, whole. It may have no rows.", media),
            **paths.errors("400", "406", "414", "503"),
        },
    }


def _parameter(parameter: Parameter, question: Question) -> Json:
    schema: Object = {**TEXT, "minLength": 1, "maxLength": _LONGEST}
    if parameter.type == "integer":
        schema = {"type": "integer", "minimum": -(10**17), "maximum": 10**17}
    if parameter.type.startswith("concept:"):
        schema = {**TEXT, "enum": [*CONCEPTS[parameter.type.removeprefix("concept:")]]}
    if parameter.default:
        schema |= {"default": parameter.default}
    examples: Object = {
        f"example{number or ''}": {"value": given[parameter.name]}
        for number, given in enumerate(map(given_in, question.examples))
        if parameter.name in given
    }
    made: Object = {
        "name": parameter.name,
        "in": "query",
        "required": parameter.required,
        "description": f"{parameter.text} {_TYPES.get(parameter.type, '')}".strip(),
        "schema": schema,
    }
    return {**made, "examples": examples} if examples else made


_TYPES = {
    "iri": "An id of the registry, the path of a fact (SOURCE/designation/ID), a list's reference, an address, or an "
    "exact label.",
    "date": "A date in EDTF: 2010-01-31; where the question takes days that are not certain: 2010-01, 2010.",
    "release": "Of the releases that are kept; the beginning of a name is enough where only one begins so.",
}
"""What a value of a type is written as."""


def _rows(question: Question) -> Object:
    columns: Object = dict.fromkeys(columns_of(question), CELL)
    given: Object = {parameter.name: TEXT for parameter in question.parameters}
    return record(
        {
            "question": {"const": question.name},
            "summary": TEXT,
            "parameters": record({}, "As they were given.", given),
            "release": {"description": "The SHA-256 of the release that was asked.", **TEXT},
            "columns": array(ref("column")),
            "rows": array(record(columns)),
        }
    )


@cache
def columns_of(question: Question) -> tuple[str, ...]:
    """The columns of its answers."""
    import pyoxigraph as ox

    answer = ox.Store().query(question.query)
    assert isinstance(answer, ox.QuerySolutions), "named questions are SELECT queries; tests hold it"
    return tuple(variable.value for variable in answer.variables)
