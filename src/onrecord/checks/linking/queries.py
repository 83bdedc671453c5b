"""Queries → functions from a focus node to the rows that they find: nested loops, from what is bound outwards."""

from collections.abc import Callable, Iterable, Iterator

from onrecord.checks.linking import walks
from onrecord.checks.linking.expressions import Evaluates, Row, condition
from onrecord.checks.linking.expressions import linked as linked_expression
from onrecord.checks.odd import Unknown
from onrecord.checks.plan import Expression, Pattern, Query, Step
from onrecord.checks.view import NONE, Values, View

Solves = Callable[[View, Iterable[Row]], Iterator[Row]]
"""From rows to the rows that extend them."""


def linked(query: Query) -> Callable[[View, str, str], Iterator[Row]]:
    """A query as a function of its focus node, and of the value node where it has one."""
    solve = _pattern(query.pattern)
    width = len(query.names)
    places = (query.names.index("this"), query.names.index("value") if query.value else -1)

    def run(view: View, focus: str, value: str) -> Iterator[Row]:
        row: Row = [None] * width
        row[places[0]] = focus
        if places[1] >= 0:
            row[places[1]] = value
        for place, term in query.parameters:
            row[place] = term
        return solve(view, (row,))

    return run


def _pattern(one: Pattern) -> Solves:
    if one.kind == "steps":
        return _chained([_step(step) for step in one.steps])
    parts = [_pattern(part) for part in one.parts]
    if one.kind == "join":
        return _chained(parts)
    if one.kind == "union":
        return _union(parts)
    assert one.expression is not None
    evaluates = linked_expression(one.expression, _exists)
    if one.kind == "bind":
        return _bind(parts[0], evaluates, one.variable)
    if one.kind == "optional":
        always = isinstance(one.expression, Expression) and one.expression.name == "&&" and not one.expression.parts
        return _optional(parts[0], parts[1], None if always else condition(evaluates))
    return _filter(parts[0], condition(evaluates))


def _exists(pattern: Pattern) -> Callable[[View, Row], bool]:
    solve = _pattern(pattern)
    return lambda view, row: next(solve(view, (row,)), None) is not None


def _chained(parts: list[Solves]) -> Solves:
    if len(parts) == 1:
        return parts[0]

    def solve(view: View, rows: Iterable[Row]) -> Iterator[Row]:
        for part in parts:
            rows = part(view, rows)
        yield from rows

    return solve


def _union(parts: list[Solves]) -> Solves:
    def solve(view: View, rows: Iterable[Row]) -> Iterator[Row]:
        for row in rows:
            for part in parts:
                yield from part(view, (row,))

    return solve


def _filter(part: Solves, holds: Callable[[View, Row], bool]) -> Solves:
    def solve(view: View, rows: Iterable[Row]) -> Iterator[Row]:
        return (row for row in part(view, rows) if holds(view, row))

    return solve


def _bind(part: Solves, evaluates: Evaluates, place: int) -> Solves:
    def solve(view: View, rows: Iterable[Row]) -> Iterator[Row]:
        for row in part(view, rows):
            extended = row.copy()
            try:
                extended[place] = evaluates(view, row)
            except Unknown:
                extended[place] = None
            yield extended

    return solve


def _optional(left: Solves, right: Solves, holds: Callable[[View, Row], bool] | None) -> Solves:
    def solve(view: View, rows: Iterable[Row]) -> Iterator[Row]:
        for row in left(view, rows):
            found = False
            for extended in right(view, (row,)):
                if holds is None or holds(view, extended):
                    found = True
                    yield extended
            if not found:
                yield row

    return solve


def _step(step: Step) -> Solves:
    """A triple pattern. Which ends are bound is seen row by row: parts of a union, or optional ones, may differ."""
    if step.path is None:
        return _any_property(step)
    forward, backward = walks.linked(step.path), walks.linked(walks.inverse(step.path))
    subject, value = step.subject, step.value

    def solve(view: View, rows: Iterable[Row]) -> Iterator[Row]:
        for row in rows:
            start = row[subject] if isinstance(subject, int) else subject
            end = row[value] if isinstance(value, int) else value
            if start is not None:
                found = forward(view, start)
                if end is not None:
                    if end in found:
                        yield row
                elif isinstance(value, int):
                    yield from _extended(row, value, found)
            elif end is not None and isinstance(subject, int):
                yield from _extended(row, subject, backward(view, end))

    return solve


def _extended(row: Row, place: int, found: Values) -> Iterator[Row]:
    for node in found:
        extended = row.copy()
        extended[place] = node
        yield extended


def _any_property(step: Step) -> Solves:
    """A triple pattern whose property is a variable."""
    choices, place = step.choices, step.variable

    def solve(view: View, rows: Iterable[Row]) -> Iterator[Row]:
        for row in rows:
            known = row[place]
            start = row[step.subject] if isinstance(step.subject, int) else step.subject
            wanted: Iterable[str] = choices
            if known is not None:
                wanted = (known,) if not choices or known in choices else ()
            if start is not None and known is None and not choices:
                wanted = view.of(start)
            for prop in wanted:
                extended = row.copy()
                extended[place] = prop
                yield from _with_property(view, extended, step, prop)

    return solve


def _with_property(view: View, row: Row, step: Step, prop: str) -> Iterator[Row]:
    start = row[step.subject] if isinstance(step.subject, int) else step.subject
    end = row[step.value] if isinstance(step.value, int) else step.value
    if start is not None:
        found = view.of(start).get(prop, NONE)
        if end is None and isinstance(step.value, int):
            yield from _extended(row, step.value, found)
        elif end in found:
            yield row
    elif end is not None and isinstance(step.subject, int):
        yield from _extended(row, step.subject, view.backward(prop, end))


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
    if one.expression is not None:
        yield from _inside(one.expression)


def _inside(one: Expression | int | str) -> Iterator[str]:
    if isinstance(one, Expression):
        for part in one.parts:
            yield from _inside(part)
        if one.pattern is not None:
            yield from _inverted(one.pattern)
