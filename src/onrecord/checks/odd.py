"""What rdflib makes of literals that are not plain, and so pySHACL. Slow, and seldom needed."""

import logging
import warnings
from functools import lru_cache
from typing import TYPE_CHECKING

from onrecord.checks.graphs import node_of, term_of

if TYPE_CHECKING:
    import rdflib

_KEPT = 1 << 13


class Unknown(Exception):
    """SPARQL's error: an expression has no value here. Never leaves the checks."""


@lru_cache(_KEPT)
def _literal(term: str) -> "rdflib.Literal":
    import rdflib

    # rdflib says at length on standard error what is wrong with a literal. That is for the findings to say.
    log = logging.getLogger("rdflib.term")
    before, log.disabled = log.disabled, True
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            node = node_of(term)
    finally:
        log.disabled = before
    if not isinstance(node, rdflib.Literal):
        raise Unknown
    return node


_PYTHON = {"integer": "int", "float": "float", "decimal": "Decimal", "boolean": "bool", "date": "date", "time": "time"}


@lru_cache(_KEPT)
def is_well_formed(term: str) -> bool:
    """Whether a literal is well formed by its own datatype, as pySHACL sees it."""
    value = _literal(term)
    if value.ill_typed:
        return False
    name = str(value.datatype).removeprefix("http://www.w3.org/2001/XMLSchema#")
    kinds = {base.__name__ for base in type(value.value).__mro__}
    if name == "dateTime":
        return "datetime" in kinds
    return name not in _PYTHON or _PYTHON[name] in kinds


def compare(operator: str, one: str, other: str) -> bool:
    """SPARQL's comparison of two literals. Raises Unknown."""
    return _truth(_evaluated("RelationalExpression", expr=one, other=other, op=operator))


def is_true(term: str) -> bool:
    """The effective boolean value of a literal. Raises Unknown."""
    from rdflib.plugins.sparql.operators import EBV
    from rdflib.plugins.sparql.sparql import SPARQLError

    try:
        return bool(EBV(_literal(term)))
    except SPARQLError as error:
        raise Unknown from error


def calculate(operator: str, one: str, other: str) -> str:
    """One of + - * / of two literals. Raises Unknown."""
    if any(not term.startswith('"') or _literal(term).value is None for term in (one, other)):
        raise Unknown  # rdflib would go round in circles
    name = "AdditiveExpression" if operator in "+-" else "MultiplicativeExpression"
    return _evaluated(name, expr=one, other=[other], op=[operator])


def _truth(term: str) -> bool:
    return term.startswith('"true"')


def _evaluated(name: str, **given: str | list[str]) -> str:
    """What rdflib's SPARQL makes of an operator."""
    from decimal import DecimalException

    from rdflib.plugins.sparql import operators
    from rdflib.plugins.sparql.parserutils import Expr
    from rdflib.plugins.sparql.sparql import SPARQLError

    node = Expr(name, None)
    for key, value in given.items():
        if key == "op":
            node[key] = value
        else:
            node[key] = [_literal(one) for one in value] if isinstance(value, list) else _literal(value)
    try:
        return term_of(getattr(operators, name)(node, None))
    except (SPARQLError, TypeError, ValueError, AttributeError, ArithmeticError, DecimalException) as error:
        raise Unknown from error


def less(one: str, other: str, or_equal: bool) -> bool:
    """What pySHACL's sh:lessThan and sh:lessThanOrEquals make of two literals or addresses: False where they cannot be
    compared."""
    left, right = _text(one), _text(other)
    if left is not None and right is not None:
        return left <= right if or_equal else left < right
    if left is not None or right is not None or _literal(one).ill_typed or _literal(other).ill_typed:
        return False
    try:
        return bool(_literal(one) < _literal(other)) or (or_equal and bool(_literal(one).eq(_literal(other))))
    except (TypeError, ArithmeticError):
        return False


def _text(term: str) -> str | None:
    """An address, or the value of a literal if it is a text."""
    if term.startswith("<"):
        return term[1:-1]
    value = _literal(term).value
    return value if isinstance(value, str) else None


@lru_cache(_KEPT)
def order(one: str, other: str) -> int | None:
    """What pySHACL's sh:minInclusive and its kin make of two literals: -1, 0 or 1, and None where they cannot be
    compared."""
    left, right = _literal(one), _literal(other)
    if isinstance(left.value, str) is not isinstance(right.value, str):
        return None
    try:
        if left.eq(right):
            return 0
        if type(left.value).__name__ in ("datetime", "time"):
            return 1 if left.value > right.value else -1
        return 1 if left > right else -1
    except (TypeError, NotImplementedError, ArithmeticError):
        return None
