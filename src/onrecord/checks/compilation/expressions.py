"""Expressions of rdflib's SPARQL algebra: which of them are covered, and what they are made of."""

from typing import cast

from onrecord.checks.compilation.algebra import Algebra, listed
from onrecord.checks.graphs import term_of

NAMES = {
    **{name: name for name in ("=", "!=", "<", ">", "<=", ">=", "IN", "NOT IN", "+", "-", "*", "/")},
    "ConditionalAndExpression": "&&",
    "ConditionalOrExpression": "||",
    "UnaryNot": "!",
    **{
        f"Builtin_{name}": name
        for name in (
            "BOUND",
            "COALESCE",
            "CONCAT",
            "CONTAINS",
            "DATATYPE",
            "IF",
            "LANG",
            "LANGMATCHES",
            "LCASE",
            "REGEX",
            "STR",
            "STRENDS",
            "STRLEN",
            "STRSTARTS",
            "UCASE",
            "isBLANK",
            "isIRI",
            "isLITERAL",
            "isNUMERIC",
            "sameTerm",
        )
    },
    "Builtin_isURI": "isIRI",
}
"""What is covered: rdflib's names of operators and functions, and the plan's."""


class _Nested:
    """The first operands of a chain of + and -, or of * and /, as an expression of their own."""

    name = "chain"

    def __init__(self, operator: str, parts: list[object]) -> None:
        self.operator, self.parts = operator, parts


def operands(node: object) -> tuple[str, list[object]]:
    """The name of an operator or function, by NAMES, and what it is applied to."""
    if isinstance(node, _Nested):
        return node.operator, node.parts
    one = cast(Algebra, node)
    if one.name == "RelationalExpression":
        return str(one.op), [one.expr, *listed(one.other)]
    if one.name in ("AdditiveExpression", "MultiplicativeExpression"):
        return _chain(one)
    if one.name == "Builtin_REGEX":
        return one.name, [part for part in (one.text, one.pattern, one.flags) if part is not None]
    if one.name.startswith("Builtin_"):
        return one.name, [part for name in ("arg", "arg1", "arg2", "arg3") for part in listed(getattr(one, name))]
    return one.name, [one.expr, *listed(one.other)]


def _chain(node: Algebra) -> tuple[str, list[object]]:
    operators, others = [str(op) for op in listed(node.op)], listed(node.other)
    left: object = node.expr
    for operator, other in zip(operators[:-1], others[:-1], strict=True):
        left = _Nested(operator, [left, other])
    return operators[-1], [left, others[-1]]


def choices_of(node: object) -> dict[str, tuple[str, ...]]:
    """Variables that a condition limits to some IRIs, with these: `?p IN (…)`, `?p = …`, and what && adds to it."""
    import rdflib

    name = getattr(node, "name", "")
    if name == "ConditionalAndExpression":
        return {key: terms for part in operands(node)[1] for key, terms in choices_of(part).items()}
    if name != "RelationalExpression":
        return {}
    operator, (variable, *others) = operands(node)
    if operator not in ("IN", "=") or not isinstance(variable, rdflib.Variable):
        return {}
    if not all(isinstance(one, rdflib.URIRef) for one in others):
        return {}
    return {str(variable): tuple(term_of(one) for one in others if isinstance(one, rdflib.URIRef))}
