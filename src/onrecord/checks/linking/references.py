"""Constraints that refer to other shapes → functions (https://www.w3.org/TR/shacl/#core-components-logical)."""

from collections.abc import Callable, Sequence
from functools import reduce
from typing import Protocol

from onrecord.checks.linking.constraints import component
from onrecord.checks.linking.parts import MANY, TERM, Accepts, Fault, Part, Signature, per_value
from onrecord.checks.plan import Constraint
from onrecord.checks.view import Values, View


class Other(Protocol):
    """A shape that is referred to."""

    @property
    def conforms(self) -> Accepts:
        """Whether a node conforms."""

    @property
    def reach(self) -> int:
        """How far it looks from a node."""

    @property
    def is_quick(self) -> bool:
        """Whether that is found out as quickly as it is remembered."""

    def tells(self, signature: Signature) -> bool | None:
        """Whether all nodes of a sort conform, or none; None where it depends on more."""


Shapes = Sequence[Other]


def _reach(shapes: Shapes) -> int:
    return max((shape.reach for shape in shapes), default=TERM)


def _remembered(accepts: Accepts) -> Accepts:
    """The same, asked once for each value: many nodes have the same values."""
    name = object()

    def remembers(view: View, value: str) -> bool:
        known = view.memo.get(name)
        if known is None:
            known = view.memo[name] = {}
        found = known.get(value)
        if found is None:
            found = known[value] = accepts(view, value)
        return found

    return remembers


def _either(one: Accepts, other: Accepts) -> Accepts:
    return lambda view, value: one(view, value) or other(view, value)


def _node(_: Constraint, shapes: Shapes, _others: Shapes) -> Part:
    (shape,) = shapes
    return per_value(_remembered(shape.conforms), component("Node"), shape.tells, shape.reach)


def _not(_: Constraint, shapes: Shapes, _others: Shapes) -> Part:
    (shape,) = shapes

    def accepts(view: View, value: str) -> bool:
        return not shape.conforms(view, value)

    def about(signature: Signature) -> bool | None:
        told = shape.tells(signature)
        return None if told is None else not told

    return per_value(accepts, component("Not"), about, shape.reach)


def _and(_: Constraint, shapes: Shapes, _others: Shapes) -> Part:
    def accepts(view: View, value: str) -> bool:
        return all(shape.conforms(view, value) for shape in shapes)

    def about(signature: Signature) -> bool | None:
        told = [shape.tells(signature) for shape in shapes]
        return False if False in told else None if None in told else True

    return per_value(accepts, component("And"), about, _reach(shapes))


def _or(_: Constraint, shapes: Shapes, _others: Shapes) -> Part:
    def about(signature: Signature) -> bool | None:
        told = [shape.tells(signature) for shape in shapes]
        return True if True in told else None if None in told else False

    accepts = reduce(_either, (shape.conforms for shape in shapes))
    slow = not all(shape.is_quick for shape in shapes)
    return per_value(_remembered(accepts) if slow else accepts, component("Or"), about, _reach(shapes))


def _xone(_: Constraint, shapes: Shapes, _others: Shapes) -> Part:
    def accepts(view: View, value: str) -> bool:
        return sum(shape.conforms(view, value) for shape in shapes) == 1

    def about(signature: Signature) -> bool | None:
        told = [shape.tells(signature) for shape in shapes]
        return None if None in told else told.count(True) == 1

    return per_value(accepts, component("Xone"), about, _reach(shapes))


def _qualified(one: Constraint, shapes: Shapes, others: Shapes) -> Part:
    (shape,) = shapes
    least, most = one.least or 0, MANY if one.most is None else one.most

    def counted(view: View, given: Values) -> int:
        number = 0
        for value in given:
            if shape.conforms(view, value) and not (others and any(one.conforms(view, value) for one in others)):
                number += 1
        return number

    def holds(view: View, _: str, given: Values) -> bool:
        return least <= counted(view, given) <= most

    def faults(view: View, _: str, given: Values) -> list[Fault]:
        number = counted(view, given)
        found = [Fault("", component("QualifiedMaxCount"))] if number > most else []
        return [*found, Fault("", component("QualifiedMinCount"))] if number < least else found

    def by_sort(signature: Signature) -> bool:
        return all(shape.tells(signature) is not None for shape in (shape, *others))

    return Part(faults, holds, idle=least <= 0, reach=_reach((shape, *others)), by_sort=by_sort)


REFERENCES: dict[str, Callable[[Constraint, Shapes, Shapes], Part]] = {
    "Node": _node,
    "Not": _not,
    "And": _and,
    "Or": _or,
    "Xone": _xone,
    "QualifiedValueShape": _qualified,
}
