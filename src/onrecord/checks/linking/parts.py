"""What a compiled constraint can do: decide quickly, and say what is wrong."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from onrecord.checks.view import Values, View

Accepts = Callable[[View, str], bool]
"""Whether a value node is as it should be."""
Holds = Callable[[View, str, Values], bool]
"""Whether a focus node with its value nodes is as it should be."""


class Signature(NamedTuple):
    """What nodes of one sort have in common: their classes, with all that these are kinds of, and their properties."""

    classes: frozenset[str]
    properties: frozenset[str]


class Fault(NamedTuple):
    """What is wrong: the value, and the path and message where they are not the shape's."""

    value: str
    component: str
    path: str = ""
    message: str = ""


Faults = Callable[[View, str, Values], list[Fault]]
Tells = Callable[[Signature], bool | None]
"""Whether all nodes of a sort conform, none does, or it depends on more."""


def it_depends(_: Signature) -> bool | None:
    """For constraints of which a sort of nodes tells nothing."""
    return None


@dataclass(frozen=True, slots=True)
class Part:
    """A linked constraint. `holds` decides, by `accepts` (for each value node) or `count` (how many there have to be)
    where it has one of them. `idle` is the outcome where there are no value nodes, None where that depends on more.
    `about` is what a sort of nodes tells: of value nodes, or `of_focus` of focus nodes.
    """

    faults: Faults
    holds: Holds
    accepts: Accepts | None = None
    count: tuple[int, int] | None = None
    idle: bool | None = True
    about: Tells = it_depends
    of_focus: bool = False


MANY = 1 << 62


def per_value(accepts: Accepts, component: str, about: Tells = it_depends) -> Part:
    """A constraint on each value node by itself."""

    def faults(view: View, _: str, values: Values) -> list[Fault]:
        return [Fault(value, component) for value in values if not accepts(view, value)]

    def holds(view: View, _: str, values: Values) -> bool:
        return all(accepts(view, value) for value in values)

    return Part(faults, holds, accepts=accepts, about=about)


def per_count(least: int, most: int, component: str) -> Part:
    """A constraint on the number of value nodes."""

    def holds(_: View, _focus: str, values: Values) -> bool:
        return least <= len(values) <= most

    def faults(view: View, focus: str, values: Values) -> list[Fault]:
        return [] if holds(view, focus, values) else [Fault("", component)]

    return Part(faults, holds, count=(least, most), idle=least <= 0)


def per_focus(faults: Faults, idle: bool | None) -> Part:
    """A constraint on all value nodes together, or on the focus node with others of its properties."""

    def holds(view: View, focus: str, values: Values) -> bool:
        return not faults(view, focus, values)

    return Part(faults, holds, idle=idle)
