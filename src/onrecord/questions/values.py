"""Parameters of named questions: from what a person types to terms in the query's VALUES rows.

Values are written by the one place that writes terms; nothing that a person types becomes part of the query as it is.
"""

import datetime
import re
from collections.abc import Callable, Mapping

from onrecord.errors import QueryError
from onrecord.facts import dates
from onrecord.ntriples import literal
from onrecord.questions.catalogue import Parameter, Question
from onrecord.vocabulary.terms import CONCEPTS

_XSD = "http://www.w3.org/2001/XMLSchema#"


def bind(question: Question, given: Mapping[str, str], resolve: Callable[[str], str]) -> str:
    """The query of a question with its parameters in place.

    `resolve` gives the `<iri>` that a name stands for; a release is given by the SHA-256 of its N-Quads. Raises
    QueryError for a parameter that is missing or not known, and for a value that is not of its type.
    """
    if unknown := question.unknown(dict(given)):
        names = ", ".join(p.name for p in question.parameters) or "it has none"
        raise QueryError(f"{question.name} has no parameter {unknown[0]}", hint=f"its parameters: {names}")
    if missing := question.missing(dict(given)):
        raise QueryError(f"{question.name} needs {missing[0]}", hint=f"write {missing[0]}=…")
    variables = tuple(dict.fromkeys(variable for row in question.rows for variable in row.variables))
    terms: dict[str, str] = {}
    for parameter in question.parameters:
        value = given.get(parameter.name) or parameter.default
        if value:
            terms.update(_terms(parameter, value, variables, resolve))
    query = question.query
    for row in reversed(question.rows):  # from the end: so the places of those before stay right
        values = " ".join(terms.get(variable, "UNDEF") for variable in row.variables)
        query = f"{query[: row.start]}{values}{query[row.end :]}"
    return query


def _terms(
    parameter: Parameter, value: str, variables: tuple[str, ...], resolve: Callable[[str], str]
) -> dict[str, str]:
    if parameter.type == "iri":
        return {parameter.name: resolve(value)}
    if parameter.type == "date":
        return _date(parameter.name, value, variables)
    if parameter.type == "integer":
        if not re.fullmatch(r"[+-]?[0-9]{1,18}", value, re.ASCII):
            raise QueryError(f"{parameter.name}={value[:40]} is no whole number", hint="write digits: 37")
        return {parameter.name: literal(value, f"{_XSD}integer")}
    if parameter.type in ("text", "release"):
        return {parameter.name: literal(value)}
    return {parameter.name: _concept(parameter, value)}


def _concept(parameter: Parameter, value: str) -> str:
    scheme = CONCEPTS[parameter.type.removeprefix("concept:")]
    slug = value.strip().lower().replace(" ", "-")
    if slug not in scheme:
        raise QueryError(f"{parameter.name}={value[:40]} is not known", hint=f"one of: {', '.join(scheme)}")
    return scheme[slug]


def _date(name: str, value: str, variables: tuple[str, ...]) -> dict[str, str]:
    """A day as ?name; a vaguer date as ?nameEarliest and ?nameLatest, where the question takes these."""
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value, re.ASCII):
            first = last = datetime.date.fromisoformat(value)  # most dates: without the library for all others
        else:
            earliest, latest = dates.bounds(value)
            if earliest is None or latest is None:
                raise ValueError(value)
            first, last = earliest, latest
    except ValueError as error:
        hint = "write a day: 2010-01-31" + (f"; or {dates.EXAMPLES}" if f"{name}Earliest" in variables else "")
        raise QueryError(f"{name}={value[:40]} is no date that has bounds", hint=hint) from error
    bounds = {f"{name}Earliest": _day(first), f"{name}Latest": _day(last)}
    if first != last and not bounds.keys() <= set(variables):
        raise QueryError(
            f"{name}={value} is more than one day, and the answer may differ from day to day",
            hint=f"write a day: {first}",
        )
    return {**bounds, **({name: _day(first)} if first == last else {})}


def _day(date: datetime.date) -> str:
    return literal(date.isoformat(), f"{_XSD}date")
