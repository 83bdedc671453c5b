"""SPARQL's expressions → functions of a row (https://www.w3.org/TR/sparql11-query/#SparqlOps)."""

from collections.abc import Callable
from functools import lru_cache

from onrecord.checks import odd, values
from onrecord.checks.linking.functions import FUNCTIONS
from onrecord.checks.odd import Unknown
from onrecord.checks.plan import Expression, Pattern
from onrecord.checks.view import View

Row = list[str | None]
"""The values of a query's variables, each in its place."""
Evaluates = Callable[[View, Row], str]
"""The value of an expression. Raises Unknown."""
Holds = Callable[[View, Row], bool]
"""Whether a condition holds. Raises Unknown."""
Exists = Callable[[Pattern], Holds]

_COMPARISONS = ("=", "!=", "<", ">", "<=", ">=")
_CONDITIONS = (*_COMPARISONS, "IN", "NOT IN", "!", "&&", "||", "exists", "BOUND")
_KEPT = 1 << 12
_ARITHMETIC = ("+", "-", "*", "/")


def linked(one: Expression | int | str, exists: Exists) -> Evaluates:
    """An expression as a function. `exists` links patterns."""
    if isinstance(one, int):
        return _variable(one)
    if isinstance(one, str):
        return lambda _view, _row: one
    if one.name in _CONDITIONS:
        holds = condition(one, exists)
        return lambda view, row: values.boolean(holds(view, row))
    parts = [linked(part, exists) for part in one.parts]
    if one.name == "IF":
        return _if(condition(one.parts[0], exists), parts[1], parts[2])
    if one.name in _ARITHMETIC:
        return _arithmetic(one.name, parts[0], parts[1])
    return _coalesce(parts) if one.name == "COALESCE" else _function(one.name, parts)


def condition(one: Expression | int | str, exists: Exists) -> Holds:
    """An expression as a condition: its effective boolean value, without making a term of it where that is possible."""
    if isinstance(one, Expression):
        if one.name == "exists" and one.pattern is not None:
            return exists(one.pattern)
        if one.name in _CONNECTIVES:
            return _CONNECTIVES[one.name]([condition(part, exists) for part in one.parts])
        parts = [linked(part, exists) for part in one.parts] if one.name in _CONDITIONS else []
        if one.name == "BOUND":
            return _bound(one.parts[0])
        if one.name in _COMPARISONS:
            return _compared(one.name, parts[0], parts[1], one.parts[1])
        if one.name in ("IN", "NOT IN"):
            return _one_of(one, parts[0], parts[1:])
    evaluates = linked(one, exists)
    return lambda view, row: values.is_true(evaluates(view, row))


def _variable(place: int) -> Evaluates:
    def value(_: View, row: Row) -> str:
        found = row[place]
        if found is None:
            raise Unknown
        return found

    return value


def _function(name: str, parts: list[Evaluates]) -> Evaluates:
    function = lru_cache(_KEPT)(FUNCTIONS[name])
    if len(parts) == 1:
        (only,) = parts
        return lambda view, row: function(only(view, row))
    if len(parts) == 2:
        first, second = parts
        return lambda view, row: function(first(view, row), second(view, row))
    return lambda view, row: function(*(part(view, row) for part in parts))


def _bound(variable: Expression | int | str) -> Holds:
    return lambda _view, row: not isinstance(variable, int) or row[variable] is not None


def _if(test: Holds, then: Evaluates, otherwise: Evaluates) -> Evaluates:
    return lambda view, row: then(view, row) if test(view, row) else otherwise(view, row)


def _coalesce(parts: list[Evaluates]) -> Evaluates:
    def value(view: View, row: Row) -> str:
        for part in parts:
            try:
                return part(view, row)
            except Unknown:
                continue
        raise Unknown

    return value


def _arithmetic(operator: str, left: Evaluates, right: Evaluates) -> Evaluates:
    def value(view: View, row: Row) -> str:
        one, other = left(view, row), right(view, row)
        first, second = values.plain(one), values.plain(other)
        if operator in "+-" and type(first) is int and type(second) is int:
            return values.integer(first + second if operator == "+" else first - second)
        return odd.calculate(operator, one, other)

    return value


def _not(parts: list[Holds]) -> Holds:
    (part,) = parts
    return lambda view, row: not part(view, row)


def _and(parts: list[Holds]) -> Holds:
    # rdflib evaluates from left to right, and stops at what is false or an error.
    return lambda view, row: all(part(view, row) for part in parts)


def _or(parts: list[Holds]) -> Holds:
    def holds(view: View, row: Row) -> bool:
        failed = False
        for part in parts:
            try:
                if part(view, row):
                    return True
            except Unknown:
                failed = True
        if failed:
            raise Unknown
        return False

    return holds


def _compared(operator: str, left: Evaluates, right: Evaluates, given: Expression | int | str) -> Holds:
    if operator in ("=", "!=") and isinstance(given, str) and not given.startswith('"'):
        wanted = operator == "="  # an address is equal to itself and nothing else
        return lambda view, row: (left(view, row) == given) is wanted
    compare = values.compare
    return lambda view, row: compare(operator, left(view, row), right(view, row))


def _one_of(one: Expression, first: Evaluates, others: list[Evaluates]) -> Holds:
    """By term, and not by value, as rdflib has it. It also takes what has no value (other than an unbound variable) for
    a value that is none of them."""
    wanted = one.name == "IN"
    known = {part for part in one.parts[1:] if isinstance(part, str)}
    rest = [] if len(known) == len(others) else others
    lenient = isinstance(one.parts[0], Expression)

    def holds(view: View, row: Row) -> bool:
        try:
            given = first(view, row)
        except Unknown:
            if lenient:
                return not wanted
            raise
        return (given in known or any(given == other(view, row) for other in rest)) is wanted

    return holds


_CONNECTIVES: dict[str, Callable[[list[Holds]], Holds]] = {"!": _not, "&&": _and, "||": _or}
