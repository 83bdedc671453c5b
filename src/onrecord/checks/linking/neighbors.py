"""Queries that look at a node's neighbors, remembered by what these say.

Such queries read the values of one property, the neighbors, and some of their properties: which nodes the neighbors are
counts only in that they are different, and in their order. So what was found for some neighbors holds wherever others
say the same, in this unit of data and in the next ones. Several queries of one shape share the look at the neighbors.
"""

from collections.abc import Iterable, Iterator, Sequence

from onrecord.checks.linking import reading
from onrecord.checks.linking.parts import Look, Test
from onrecord.checks.plan import Expression, Pattern, Query
from onrecord.checks.view import NONE, Values, View
from onrecord.index import Description

_MOST = 4_096
_LONGEST = 64
_THIS = 0


def look_of(query: Query) -> Look | None:
    """What a query reads, if it reads nothing but what neighbors say."""
    if query.value or query.parameters or not query.this:
        return None
    patterns = list(_patterns(query.pattern))
    steps = [step for pattern in patterns for step in pattern.steps]
    neighbors = {step.value for step in steps if step.subject == _THIS}
    props: dict[str, None] = {}
    inner: dict[str, None] = {}
    for step in steps:
        if step.path is None or step.path.kind != "property" or step.backward:
            return None
        if step.subject == _THIS and isinstance(step.value, int):
            props[step.path.term] = None
        elif step.subject in neighbors and step.value not in neighbors:
            inner[step.path.term] = None
        else:
            return None
    seen = {place for pattern in patterns for place in _seen(pattern.expression, neighbors)}
    bound = {step.value for step in steps}
    made = {pattern.variable for pattern in patterns}
    if len(props) != 1 or not inner or _THIS in seen | bound or (seen | made) & neighbors:
        return None
    (prop,) = props
    return Look(prop, tuple(sorted(inner)))


def _patterns(one: Pattern) -> Iterator[Pattern]:
    yield one
    for part in (*one.parts, *reading.asked(one.expression)):
        yield from _patterns(part)


def _seen(one: Expression | int | str | None, neighbors: set[int | str]) -> Iterator[int]:
    """The variables that an expression looks at, other than to put two neighbors in order."""
    if isinstance(one, int):
        yield one
    if isinstance(one, Expression) and not (one.name == "<" and all(_is_order(part, neighbors) for part in one.parts)):
        for part in one.parts:
            yield from _seen(part, neighbors)


def _is_order(one: Expression | int | str, neighbors: set[int | str]) -> bool:
    return isinstance(one, Expression) and one.name == "STR" and one.parts[0] in neighbors


def remembering(looks: Sequence[Look], tests: Iterable[Test]) -> Test:
    """Tests that look at the same neighbors, as one."""
    (prop,) = {look.prop for look in looks}
    inner = tuple(dict.fromkeys(name for look in looks for name in look.inner))
    wanted = tuple(tests)
    good: set[tuple[str | None, ...]] = set()

    def test(view: View, node: str, description: Description) -> bool:
        given = description.get(prop, NONE)
        ordered = given if len(given) < 2 else _in_order(given)
        key = None if ordered is None else _said(view, ordered, inner)
        if key in good:
            return True
        for one in wanted:
            if not one(view, node, description):
                return False
        if key and len(good) < _MOST and all(term is None or len(term) <= _LONGEST for term in key):
            good.add(key)
        return True

    return test


def _said(view: View, neighbors: Iterable[str], names: tuple[str, ...]) -> tuple[str | None, ...]:
    """What neighbors say, one after the other, with a gap after each property."""
    said: list[str | None] = []
    for neighbor in neighbors:
        told = view.of(neighbor)
        for name in names:
            said += told.get(name, NONE)
            said.append(None)
    return tuple(said)


def _in_order(given: Values) -> list[str] | None:
    """Neighbors in the order of their addresses as texts, where they have addresses without escapes."""
    if all(term[0] == "<" and "\\" not in term for term in given):
        return sorted(given, key=lambda term: term[1:-1])
    return None
