"""SPARQL's expressions → functions of a row (https://www.w3.org/TR/sparql11-query/#SparqlOps). `Unknown` is its error."""

import re
from collections.abc import Callable, Iterator

from onrecord.checks import odd, values
from onrecord.checks.odd import Unknown
from onrecord.checks.plan import Expression, Pattern
from onrecord.checks.view import View
from onrecord.ntriples import literal, text_of

Row = list[str | None]
"""The values of a query's variables, each in its place."""
Evaluates = Callable[[View, Row], str]
"""The value of an expression. Raises Unknown."""
Exists = Callable[[Pattern], Callable[[View, Row], bool]]

_XSD_STRING = f"<{values.XSD}string>"
_LANG_STRING = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#langString>"
_DERIVED = "nonPositiveInteger negativeInteger nonNegativeInteger positiveInteger unsignedLong unsignedInt"
_NUMERIC = frozenset(
    f"<{values.XSD}{name}>"
    for name in f"float double decimal integer {_DERIVED} unsignedShort unsignedByte long int short byte".split()
)


def linked(one: Expression | int | str, exists: Exists) -> Evaluates:
    """An expression as a function. `exists` links patterns."""
    if isinstance(one, int):
        return _variable(one)
    if isinstance(one, str):
        return lambda _view, _row: one
    if one.name == "exists" and one.pattern is not None:
        found = exists(one.pattern)
        return lambda view, row: values.boolean(found(view, row))
    parts = [linked(part, exists) for part in one.parts]
    if one.name == "BOUND":
        (place,) = one.parts
        return lambda _view, row: values.boolean(isinstance(place, str) or row[int(str(place))] is not None)
    if one.name in _LAZY:
        return _LAZY[one.name](parts)
    if one.name in _COMPARISONS:
        return _comparison(one.name, parts)
    if one.name in _ARITHMETIC:
        return _arithmetic(one.name, parts)
    function = _FUNCTIONS[one.name]
    return lambda view, row: function([part(view, row) for part in parts])


def _variable(place: int) -> Evaluates:
    def value(_: View, row: Row) -> str:
        found = row[place]
        if found is None:
            raise Unknown
        return found

    return value


def condition(evaluates: Evaluates) -> Callable[[View, Row], bool]:
    """Whether a condition holds: an error counts as no."""

    def holds(view: View, row: Row) -> bool:
        try:
            return values.is_true(evaluates(view, row))
        except Unknown:
            return False

    return holds


def _and(parts: list[Evaluates]) -> Evaluates:
    # rdflib evaluates from left to right, and stops at what is false or an error.
    return lambda view, row: values.boolean(all(values.is_true(part(view, row)) for part in parts))


def _or(parts: list[Evaluates]) -> Evaluates:
    def value(view: View, row: Row) -> str:
        failed = False
        for part in parts:
            try:
                if values.is_true(part(view, row)):
                    return values.TRUE
            except Unknown:
                failed = True
        if failed:
            raise Unknown
        return values.FALSE

    return value


def _if(parts: list[Evaluates]) -> Evaluates:
    test, then, otherwise = parts
    return lambda view, row: then(view, row) if values.is_true(test(view, row)) else otherwise(view, row)


def _coalesce(parts: list[Evaluates]) -> Evaluates:
    def value(view: View, row: Row) -> str:
        for part in parts:
            try:
                return part(view, row)
            except Unknown:
                continue
        raise Unknown

    return value


def _in(parts: list[Evaluates]) -> Evaluates:
    first, *others = parts

    def value(view: View, row: Row) -> str:
        wanted = first(view, row)
        # As rdflib has it: by term, and not by value.
        return values.boolean(any(wanted == other(view, row) for other in others))

    return value


def _not(parts: list[Evaluates]) -> Evaluates:
    (part,) = parts
    return lambda view, row: values.boolean(not values.is_true(part(view, row)))


_LAZY: dict[str, Callable[[list[Evaluates]], Evaluates]] = {
    "&&": _and,
    "||": _or,
    "!": _not,
    "IF": _if,
    "COALESCE": _coalesce,
    "IN": _in,
    "NOT IN": lambda parts: _not([_in(parts)]),
}
_COMPARISONS = ("=", "!=", "<", ">", "<=", ">=")
_ARITHMETIC = ("+", "-", "*", "/")


def _comparison(operator: str, parts: list[Evaluates]) -> Evaluates:
    left, right = parts
    compare = values.compare
    return lambda view, row: values.boolean(compare(operator, left(view, row), right(view, row)))


def _arithmetic(operator: str, parts: list[Evaluates]) -> Evaluates:
    left, right = parts

    def value(view: View, row: Row) -> str:
        one, other = left(view, row), right(view, row)
        first, second = values.plain(one), values.plain(other)
        if operator in "+-" and type(first) is int and type(second) is int:
            return values.integer(first + second if operator == "+" else first - second)
        return odd.calculate(operator, one, other)

    return value


def _compatible(one: str, other: str) -> Iterator[str]:
    yield values.string(one)
    yield values.string(other)
    if values.language_of(other) not in ("", values.language_of(one)):
        raise Unknown


def _contains(given: list[str]) -> str:
    text, part = _compatible(*given)
    return values.boolean(part in text)


def _starts(given: list[str]) -> str:
    text, part = _compatible(*given)
    return values.boolean(text.startswith(part))


def _ends(given: list[str]) -> str:
    text, part = _compatible(*given)
    return values.boolean(text.endswith(part))


def _str(given: list[str]) -> str:
    (term,) = given
    return literal(term[2:] if term.startswith("_:") else text_of(term))


def _datatype(given: list[str]) -> str:
    (term,) = given
    if not term.startswith('"'):
        raise Unknown
    end = term[term.rindex('"') + 1 :]
    if not end:
        return _XSD_STRING
    return _LANG_STRING if end.startswith("@") else end[2:]


def _lang(given: list[str]) -> str:
    (term,) = given
    if not term.startswith('"'):
        raise Unknown
    return literal(values.language_of(term))


def _matches(given: list[str]) -> str:
    tag, wanted = (values.string(term) for term in given)
    if not tag:
        return values.FALSE
    return values.boolean(_in_range(wanted.strip().lower().split("-"), tag.strip().lower().split("-")))


def _in_range(wanted: list[str], given: list[str]) -> bool:
    """Basic filtering (RFC 4647, section 3.3.1), with wildcards between, as rdflib has it."""
    return len(wanted) <= len(given) and all(one in ("*", other) for one, other in zip(wanted, given, strict=False))


def _regex(given: list[str]) -> str:
    text, pattern, *rest = given
    flags = 0
    for flag in text_of(rest[0]) if rest else "":
        flags |= {"i": re.IGNORECASE, "s": re.DOTALL, "m": re.MULTILINE}.get(flag, 0)
    try:
        return values.boolean(re.search(values.string(pattern), values.string(text), flags) is not None)
    except re.error as error:
        raise Unknown from error


def _is_numeric(given: list[str]) -> str:
    (term,) = given
    return values.boolean(term.startswith('"') and term[term.rindex('"') + 3 :] in _NUMERIC)


_FUNCTIONS: dict[str, Callable[[list[str]], str]] = {
    "STR": _str,
    "LANG": _lang,
    "DATATYPE": _datatype,
    "LANGMATCHES": _matches,
    "REGEX": _regex,
    "CONTAINS": _contains,
    "STRSTARTS": _starts,
    "STRENDS": _ends,
    "STRLEN": lambda given: values.integer(len(values.string(given[0]))),
    "LCASE": lambda given: values.like(values.string(given[0]).lower(), given[0]),
    "UCASE": lambda given: values.like(values.string(given[0]).upper(), given[0]),
    "isIRI": lambda given: values.boolean(given[0].startswith("<")),
    "isBLANK": lambda given: values.boolean(given[0].startswith("_:")),
    "isLITERAL": lambda given: values.boolean(given[0].startswith('"')),
    "isNUMERIC": _is_numeric,
    "sameTerm": lambda given: values.boolean(given[0] == given[1]),
}
