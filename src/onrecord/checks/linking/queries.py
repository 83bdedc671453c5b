"""Queries → functions that look for solutions: from what is bound outwards, depth first, one row that is written over.

Every part is made with what comes after it, so that a solution is found, or not, without anything being kept.
"""

from collections.abc import Callable, Iterable, Sequence

from onrecord.checks.linking import reading, walks
from onrecord.checks.linking.expressions import Evaluates, Row, condition
from onrecord.checks.linking.expressions import linked as linked_expression
from onrecord.checks.odd import Unknown
from onrecord.checks.plan import Expression, Pattern, Query, Step
from onrecord.checks.view import NONE, NOTHING, View

Tell = Callable[[Row], bool]
"""What is done with a solution: true ends the search."""
Solve = Callable[[View, Row, Tell], bool]
"""From a row, search for all that extend it. Whether the search was ended. The row is left as it was, ended or not:
the search may have been that of an EXISTS."""
Search = Callable[[View, str, str, Tell], bool]
"""The same from a focus node, and a value node where the query has one."""
_Given = Expression | int | str
"""A condition."""


def linked(query: Query) -> Search:
    """A query as a function of its focus node, and of the value node where it has one."""
    room = _Room(len(query.names))
    solve = _pattern(query.pattern, _tell, room)
    start: Row = [None] * room.width
    for place, term in query.parameters:
        start[place] = term
    focus_place = query.names.index("this") if query.this else -1
    value_place = query.names.index("value") if query.value else -1

    def search(view: View, focus: str, value: str, tell: Tell) -> bool:
        row = start.copy()
        if focus_place >= 0:
            row[focus_place] = focus
        if value_place >= 0:
            row[value_place] = value
        return solve(view, row, tell)

    return search


def any_row(_: Row) -> bool:
    """Ends a search at the first solution."""
    return True


class _Room:
    """How wide rows are: variables, and a place for each optional part to note that it was found."""

    def __init__(self, width: int) -> None:
        self.width = width

    def more(self) -> int:
        """One more place."""
        self.width += 1
        return self.width - 1


def _tell(_: View, row: Row, tell: Tell) -> bool:
    return tell(row)


def _pattern(one: Pattern, then: Solve, room: _Room, waiting: Sequence[_Given] = ()) -> Solve:
    """A pattern, followed by `then`. Conditions are `waiting` for what they speak of: each is asked as soon as that is
    bound, and those that look at nothing but the row before others."""
    if one.kind == "filter":
        assert one.expression is not None
        return _pattern(one.parts[0], then, room, [*waiting, *reading.conjuncts(one.expression)])
    if one.kind == "steps":
        return _steps(one.steps, then, room, waiting)
    if one.kind == "bind":
        assert one.expression is not None
        later = [given for given in waiting if one.variable in reading.mentioned(given)]
        evaluates = linked_expression(one.expression, _existing(room))
        bind = _bind(evaluates, one.variable, _filters(later, then, room))
        return _pattern(one.parts[0], bind, room, [given for given in waiting if given not in later])
    then = _filters(waiting, then, room)
    if one.kind == "join":
        return _pattern(one.parts[0], _pattern(one.parts[1], then, room), room)
    if one.kind == "union":
        return _either([_pattern(part, then, room) for part in one.parts])
    return _optional(one, then, room)


def _steps(steps: Sequence[Step], then: Solve, room: _Room, waiting: Sequence[_Given]) -> Solve:
    """Triple patterns one after the other. To look for what exists is left for the end."""
    then = _filters([given for given in waiting if not reading.is_light(given)], then, room)
    light = [given for given in waiting if reading.is_light(given)]
    for place in range(len(steps) - 1, -1, -1):
        open_yet = frozenset[int]().union(*map(reading.bound_by, steps[place:]))
        before = frozenset[int]().union(*map(reading.bound_by, steps[:place]))
        now = [given for given in light if reading.mentioned(given) & open_yet - before]
        light = [given for given in light if given not in now]
        then = _step(steps[place], _filters(now, then, room))
    return _filters(light, then, room)


def _filters(given: Sequence[_Given], then: Solve, room: _Room) -> Solve:
    for one in sorted(given, key=reading.is_light):  # the first to be asked is made last
        then = _filter(one, then, room)
    return then


def _existing(room: _Room) -> Callable[[Pattern], Callable[[View, Row], bool]]:
    def exists(pattern: Pattern) -> Callable[[View, Row], bool]:
        if pattern.kind == "steps" and len(pattern.steps) == 1:
            (step,) = pattern.steps
            if step.path is not None and step.path.kind == "property" and not step.backward:
                return _has(step.path.term, step.subject, step.value)
        solve = _pattern(pattern, _tell, room)
        return lambda view, row: solve(view, row, any_row)

    return exists


def _has(prop: str, subject: int | str, value: int | str) -> Callable[[View, Row], bool]:
    """The most frequent sort of EXISTS: a node has a property, or one value of it."""

    def holds(view: View, row: Row) -> bool:
        start = row[subject] if isinstance(subject, int) else subject
        end = row[value] if isinstance(value, int) else value
        found = view.of(start or "").get(prop, NONE)
        return bool(found) if end is None else end in found

    return holds


def _filter(expression: _Given, then: Solve, room: _Room) -> Solve:
    holds = condition(expression, _existing(room))

    def solve(view: View, row: Row, tell: Tell) -> bool:
        try:
            if not holds(view, row):
                return False
        except Unknown:
            return False
        return then(view, row, tell)

    return solve


def _bind(evaluates: Evaluates, place: int, then: Solve) -> Solve:
    def solve(view: View, row: Row, tell: Tell) -> bool:
        try:
            row[place] = evaluates(view, row)
        except Unknown:
            return then(view, row, tell)
        ended = then(view, row, tell)
        row[place] = None
        return ended

    return solve


def _optional(one: Pattern, then: Solve, room: _Room) -> Solve:
    """The left part, then the right part if it is found (noted in a place of the row), else nothing more."""
    assert one.expression is not None
    noted = room.more()

    def found(view: View, row: Row, tell: Tell) -> bool:
        row[noted] = ""
        ended = then(view, row, tell)
        row[noted] = ""
        return ended

    right = _pattern(one.parts[1], found, room, list(reading.conjuncts(one.expression)))

    def either(view: View, row: Row, tell: Tell) -> bool:
        row[noted] = None
        ended = right(view, row, tell)
        if ended or row[noted] is not None:
            return ended
        return then(view, row, tell)

    return _pattern(one.parts[0], either, room)


def _step(step: Step, then: Solve) -> Solve:
    """A triple pattern. Which ends are bound is seen row by row: parts of a union, or optional ones, may differ."""
    if step.path is None:
        return _any_property(step, then)
    if isinstance(step.subject, int) and not step.backward:
        if step.path.kind == "property":
            return _forward(step.path.term, step.subject, step.value, then)
        if step.path.kind == "alternative" and all(part.kind == "property" for part in step.path.parts):
            return _either([_forward(part.term, step.subject, step.value, then) for part in step.path.parts])
    forward, backward = walks.linked(step.path), walks.linked(walks.inverse(step.path))
    subject, value = step.subject, step.value

    def solve(view: View, row: Row, tell: Tell) -> bool:
        start = row[subject] if isinstance(subject, int) else subject
        end = row[value] if isinstance(value, int) else value
        if start is not None:
            found = forward(view, start)
            if end is not None:
                return end in found and then(view, row, tell)
            return isinstance(value, int) and _each(view, row, value, found, then, tell)
        assert end is not None
        return isinstance(subject, int) and _each(view, row, subject, backward(view, end), then, tell)

    return solve


def _either(parts: list[Solve]) -> Solve:
    """One property or another. What has both is found twice, which is no matter."""
    first, *others = parts
    for other in others:
        first = _or(first, other)
    return first


def _or(one: Solve, other: Solve) -> Solve:
    return lambda view, row, tell: one(view, row, tell) or other(view, row, tell)


def _each(view: View, row: Row, place: int, found: Iterable[str], then: Solve, tell: Tell) -> bool:
    for node in found:
        row[place] = node
        if then(view, row, tell):
            row[place] = None
            return True
    row[place] = None
    return False


def _forward(prop: str, subject: int, value: int | str, then: Solve) -> Solve:
    """The most frequent sort: a property of a variable that is bound."""

    def solve(view: View, row: Row, tell: Tell) -> bool:
        start = row[subject]
        if start is None:
            return False  # never: such steps are taken where the subject is bound
        description = view.described.get(start)
        if description is None:
            description = view.base.get(start, NOTHING)
        found = description.get(prop)
        if found is None:
            return False
        end = row[value] if isinstance(value, int) else value
        if end is not None:
            return end in found and then(view, row, tell)
        assert isinstance(value, int)
        for node in found:
            row[value] = node
            if then(view, row, tell):
                row[value] = None
                return True
        row[value] = None
        return False

    return solve


def _any_property(step: Step, then: Solve) -> Solve:
    """A triple pattern whose property is a variable."""
    choices, place = step.choices, step.variable

    def solve(view: View, row: Row, tell: Tell) -> bool:
        known = row[place]
        start = row[step.subject] if isinstance(step.subject, int) else step.subject
        wanted: Iterable[str] = choices
        if known is not None:
            wanted = (known,) if not choices or known in choices else ()
        elif start is not None:
            held = view.of(start)
            wanted = [prop for prop in choices if prop in held] if choices else held
        for prop in wanted:
            row[place] = prop
            if _with_property(view, row, step, prop, then, tell):
                row[place] = known
                return True
        row[place] = known
        return False

    return solve


def _with_property(view: View, row: Row, step: Step, prop: str, then: Solve, tell: Tell) -> bool:
    start = row[step.subject] if isinstance(step.subject, int) else step.subject
    end = row[step.value] if isinstance(step.value, int) else step.value
    if start is not None:
        found = view.of(start).get(prop, NONE)
        if end is None and isinstance(step.value, int):
            return _each(view, row, step.value, found, then, tell)
        return end in found and then(view, row, tell)
    assert end is not None
    return isinstance(step.subject, int) and _each(view, row, step.subject, view.backward(prop, end), then, tell)
