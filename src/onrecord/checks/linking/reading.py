"""What queries read, and what their conditions speak of: known before any of them is asked."""

from collections.abc import Iterator

from onrecord.checks.linking import walks
from onrecord.checks.plan import Expression, Pattern, Query, Step

Value = Expression | int | str


def inverted(query: Query) -> Iterator[str]:
    """The properties that a query may walk backwards."""
    return _inverted(query.pattern)


def _inverted(one: Pattern) -> Iterator[str]:
    for step in one.steps:
        if step.path is not None:
            yield from walks.inverted(step.path)
        if step.backward:
            yield from step.choices if step.path is None else walks.inverted(walks.inverse(step.path))
    for part in one.parts:
        yield from _inverted(part)
    for pattern in asked(one.expression):
        yield from _inverted(pattern)


def wanted(one: Pattern) -> Iterator[frozenset[str]]:
    """Groups of properties: without one of each somewhere, a pattern has no solution."""
    if one.kind in ("filter", "bind", "optional"):
        yield from wanted(one.parts[0])
    elif one.kind == "join":
        for part in one.parts:
            yield from wanted(part)
    for step in one.steps:
        found = frozenset(step.choices) if step.path is None else walks.first(step.path)
        if found:
            yield found


def asked(one: Value | None) -> Iterator[Pattern]:
    """The patterns that an expression asks the existence of."""
    if isinstance(one, Expression):
        if one.pattern is not None:
            yield one.pattern
        for part in one.parts:
            yield from asked(part)


def is_light(one: Value) -> bool:
    """Whether an expression looks at nothing but the row."""
    return not any(asked(one))


def conjuncts(one: Value) -> Iterator[Value]:
    """The conditions that all have to hold for one to hold. That one is false or has no value is the same to a filter,
    so they may be asked in any order."""
    if isinstance(one, Expression) and one.name == "&&":
        for part in one.parts:
            yield from conjuncts(part)
    else:
        yield one


def mentioned(one: Value | None) -> frozenset[int]:
    """The variables of an expression, with those of the patterns in it."""
    if isinstance(one, int):
        return frozenset({one})
    if not isinstance(one, Expression):
        return frozenset()
    found = _variables(one.pattern) if one.pattern is not None else frozenset[int]()
    return found.union(*map(mentioned, one.parts))


def _variables(one: Pattern) -> frozenset[int]:
    found = mentioned(one.expression) | {one.variable}
    return found.union(*map(bound_by, one.steps), *map(_variables, one.parts))


def bound_by(step: Step) -> frozenset[int]:
    """The variables that are bound after a step."""
    return frozenset(one for one in (step.subject, step.value, step.variable) if isinstance(one, int))
