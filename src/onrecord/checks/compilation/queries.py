"""SPARQL queries of shapes → plan: rdflib's algebra as patterns that are evaluated from `$this` outwards.

SPARQL defines patterns from the inside out (https://www.w3.org/TR/sparql11-query/#sparqlAlgebra). Going the other way,
with what is bound so far, gives the same solutions where no part of a query sees a variable that is not in its scope:
queries where one would are uncovered. Pre-bound variables are in every scope (https://www.w3.org/TR/shacl/#pre-binding).
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import cast

from onrecord.checks.compilation import ordering
from onrecord.checks.compilation.algebra import Algebra, projected, triples_of
from onrecord.checks.compilation.coverage import Uncovered
from onrecord.checks.compilation.expressions import NAMES, choices_of, operands
from onrecord.checks.graphs import term_of
from onrecord.checks.linking.walks import first
from onrecord.checks.plan import Expression, Pattern, Query, Step


@dataclass(frozen=True)
class _Scope:
    """What is known where a pattern is evaluated: variables that may be bound before it without being in its scope
    (`outer`), that are in its scope from the beginning (`visible`), and that are certainly bound (`certain`)."""

    outer: frozenset[int] = frozenset()
    visible: frozenset[int] = frozenset()
    certain: frozenset[int] = frozenset()
    choices: dict[int, tuple[str, ...]] = field(default_factory=dict)


_Solved = tuple[Pattern, frozenset[int], frozenset[int]]
"""A pattern, the variables in it, and those that are certainly bound after it."""


class _Compiler:
    """One query while it is compiled."""

    def __init__(self, prebound: tuple[str, ...]) -> None:
        self.names = list(prebound)
        self.prebound = frozenset(range(len(prebound)))
        self.patterns: dict[str, Callable[[Algebra, _Scope], _Solved]] = {
            "BGP": self.steps,
            "Join": self.join,
            "LeftJoin": self.optional,
            "Filter": self.filter,
            "Union": self.union,
            "Extend": self.bind,
        }

    def place(self, name: str) -> int:
        """The place of a variable, or blank node, by its name."""
        if name not in self.names:
            self.names.append(name)
        return self.names.index(name)

    def pattern(self, node: Algebra, scope: _Scope) -> _Solved:
        """A graph pattern. Raises Uncovered."""
        if node.name not in self.patterns:
            raise Uncovered(f"SPARQL's {node.name}")
        return self.patterns[node.name](node, scope)

    def term(self, node: object) -> int | str:
        """A variable's place, or a term."""
        import rdflib

        if isinstance(node, rdflib.Variable):
            return self.place(str(node))
        if isinstance(node, rdflib.BNode):
            return self.place(f"_:{node}")
        if isinstance(node, rdflib.URIRef | rdflib.Literal):
            return term_of(node)
        raise Uncovered(f"{type(node).__name__} in a pattern")

    def steps(self, node: Algebra, scope: _Scope) -> _Solved:
        triples = [
            ordering.Triple(self.term(s), p, self.place(str(p)) if ordering.is_variable(p) else -1, self.term(o))
            for given in triples_of(node)
            for s, p, o in ordering.split(given)
        ]
        found = ordering.ordered(triples, scope.certain | self.prebound, scope.choices)
        inside = frozenset(v for one in triples for v in (one.subject, one.variable, one.value) if isinstance(v, int))
        inside -= {-1}
        return Pattern("steps", steps=found), inside, scope.certain | inside

    def join(self, node: Algebra, scope: _Scope) -> _Solved:
        left, in_left, certain = self.pattern(node.p1, scope)
        inner = replace(scope, outer=scope.outer | in_left, certain=certain)
        right, in_right, after = self.pattern(node.p2, inner)
        return Pattern("join", (left, right)), in_left | in_right, after

    def union(self, node: Algebra, scope: _Scope) -> _Solved:
        one, in_one, after_one = self.pattern(node.p1, scope)
        other, in_other, after_other = self.pattern(node.p2, scope)
        return Pattern("union", (one, other)), in_one | in_other, after_one & after_other

    def optional(self, node: Algebra, scope: _Scope) -> _Solved:
        left, in_left, certain = self.pattern(node.p1, scope)
        inner = replace(scope, outer=scope.outer | in_left, certain=certain, choices={})
        right, in_right, after = self.pattern(node.p2, inner)
        if in_right & (scope.outer | scope.visible) - in_left - self.prebound:
            raise Uncovered("an OPTIONAL that mentions a variable of another group")
        condition, mentioned = self.expression(node.expr, replace(inner, certain=after))
        if mentioned & (scope.outer | scope.visible) - in_left - in_right - self.prebound:
            raise Uncovered("a FILTER in an OPTIONAL that mentions a variable of another group")
        return Pattern("optional", (left, right), expression=condition), in_left | in_right, certain

    def filter(self, node: Algebra, scope: _Scope) -> _Solved:
        found = {self.place(name): terms for name, terms in choices_of(node.expr).items()}
        part, inside, after = self.pattern(node.p, replace(scope, choices={**scope.choices, **found}))
        inner = replace(scope, visible=scope.visible | inside, certain=after)
        condition, mentioned = self.expression(node.expr, inner)
        if mentioned & scope.outer - inside - scope.visible - self.prebound:
            raise Uncovered("a FILTER that mentions a variable of another group")
        return Pattern("filter", (part,), expression=condition), inside, after

    def bind(self, node: Algebra, scope: _Scope) -> _Solved:
        part, inside, after = self.pattern(node.p, scope)
        place = self.place(str(node.var))
        if place in scope.outer | scope.visible | inside | self.prebound:
            raise Uncovered("a BIND of a variable that may be bound already")
        inner = replace(scope, visible=scope.visible | inside, certain=after)
        value, mentioned = self.expression(node.expr, inner)
        if mentioned & (scope.outer | scope.visible) - inside - self.prebound:
            raise Uncovered("a BIND that mentions a variable of another group")
        after |= {place} if isinstance(value, str) else frozenset()
        return Pattern("bind", (part,), expression=value, variable=place), inside | {place}, after

    def expression(self, node: object, scope: _Scope) -> tuple[Expression | int | str, frozenset[int]]:
        """An expression, and the variables in it. Raises Uncovered."""
        name = getattr(node, "name", "")
        if name == "TrueFilter":
            return Expression("&&"), frozenset()
        if not name:
            term = self.term(node)
            return term, frozenset({term} if isinstance(term, int) else ())
        if name in ("Builtin_EXISTS", "Builtin_NOTEXISTS"):
            return self.exists(cast(Algebra, node), scope)
        parts, mentioned = [], frozenset[int]()
        shown, given = operands(node)
        if shown not in NAMES:
            raise Uncovered(f"SPARQL's {shown.removeprefix('Builtin_')}")
        for one in given:
            part, more = self.expression(one, scope)
            parts.append(part)
            mentioned |= more
        return Expression(NAMES[shown], tuple(parts)), mentioned

    def exists(self, node: Algebra, scope: _Scope) -> tuple[Expression, frozenset[int]]:
        inner = _Scope(visible=scope.visible | scope.outer, certain=scope.certain)
        pattern, inside, _ = self.pattern(node.graph, inner)
        found = Expression("exists", pattern=pattern)
        mentioned = inside | _mentioned(pattern)
        return (found if node.name == "Builtin_EXISTS" else Expression("!", (found,))), mentioned


def compiled(algebra: Algebra, prebound: tuple[str, ...], parameters: dict[str, str], value: bool) -> Query:
    """A query from rdflib's algebra. `prebound` names the variables with a value from the beginning: `this`, for some
    `value`, and `parameters` with their terms. Raises Uncovered.
    """
    if algebra.name not in ("SelectQuery", "AskQuery") or algebra.datasetClause:
        raise Uncovered("a query that is no SELECT or ASK on the data")
    compiler = _Compiler(prebound)
    node = algebra.p
    told: tuple[int, ...] = ()
    node = node.p if node.name == "Distinct" else node
    if node.name != "Project":
        raise Uncovered(f"SPARQL's {node.name}")
    if algebra.name == "SelectQuery":
        told = tuple(compiler.place(str(one)) for one in projected(node))
    node = node.p
    pattern, _, _ = compiler.pattern(node, _Scope(certain=compiler.prebound))
    if "this" not in prebound and "this" in compiler.names:
        raise Uncovered("a query in which pySHACL does not find $this")
    return Query(
        pattern,
        tuple("" if name.startswith("_:") else name for name in compiler.names),
        told,
        tuple((compiler.place(name), term) for name, term in sorted(parameters.items())),
        tuple(sorted(set(_needs(pattern)))) if prebound[0] == "this" else (),
        "this" in prebound,
        value,
    )


def _needs(pattern: Pattern) -> list[tuple[str, ...]]:
    """What $this has to have for the pattern to have a solution."""
    if pattern.kind in ("filter", "bind", "optional"):
        return _needs(pattern.parts[0])
    if pattern.kind == "join":
        return [*_needs(pattern.parts[0]), *_needs(pattern.parts[1])]
    found = (_needed(step) for step in pattern.steps if step.subject == 0)
    return [tuple(sorted(group)) for group in found if group]


def _needed(step: Step) -> frozenset[str] | None:
    return frozenset(step.choices) if step.path is None else first(step.path)


def _mentioned(pattern: Pattern) -> frozenset[int]:
    """The variables in the expressions of a pattern."""
    found = _inside(pattern.expression) if pattern.expression is not None else frozenset[int]()
    return found.union(*(_mentioned(part) for part in pattern.parts))


def _inside(expression: Expression | int | str) -> frozenset[int]:
    if isinstance(expression, int):
        return frozenset({expression})
    if isinstance(expression, str):
        return frozenset()
    found = _mentioned(expression.pattern) if expression.pattern is not None else frozenset[int]()
    return found.union(*(_inside(part) for part in expression.parts))
