"""What a compiled constraint can do: decide quickly, and say what is wrong."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from onrecord.checks.results import Found
from onrecord.checks.view import Values, View
from onrecord.index import Description

Accepts = Callable[[View, str], bool]
"""Whether a value node is as it should be."""
Holds = Callable[[View, str, Values], bool]
"""Whether a focus node with its value nodes is as it should be."""
Test = Callable[[View, str, Description], bool]
"""Whether a node, of which all is said in its description, conforms to a part of a shape."""


class Signature(NamedTuple):
    """What nodes of one sort have in common: their classes, with all that these are kinds of, their properties, the
    character that their terms start with, and whether every property has one value only."""

    classes: frozenset[str]
    properties: frozenset[str]
    start: str
    single: bool


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


TERM, NODE, MORE = 0, 1, 2
"""How far a constraint looks from a value node: at the term, at what is said of it, or further."""


class Look(NamedTuple):
    """What a query reads: the property that leads to the neighbors, and what it reads of each."""

    prop: str
    inner: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A linked constraint. `holds` decides, by `accepts` (for each value node) or `count` (how many there have to be)
    where it has one of them. `idle` is the outcome where there are no value nodes, None where that depends on more.
    `about` is what a sort of nodes tells: of value nodes, or `of_focus` of focus nodes. `reach` is how far it looks,
    MORE where it looks at the focus node too. `by_sort` says whether it treats all value nodes of a sort alike, where
    `about` does not tell that. `wants` are groups of properties: unless one of each occurs somewhere, there is nothing
    to find. `look` is what it reads of the focus node's neighbors, where it reads nothing else.
    """

    faults: Faults
    holds: Holds
    accepts: Accepts | None = None
    count: tuple[int, int] | None = None
    idle: bool | None = True
    about: Tells = it_depends
    of_focus: bool = False
    reach: int = MORE
    by_sort: Callable[[Signature], bool] | None = None
    wants: tuple[frozenset[str], ...] = ()
    look: Look | None = None

    def is_settled(self, signature: Signature) -> bool:
        """Whether all value nodes of a sort are treated alike."""
        return self.about(signature) is not None if self.by_sort is None else self.by_sort(signature)


MANY = 1 << 62


def always(_: Signature) -> bool:
    """For constraints that treat all nodes alike."""
    return True


def per_value(accepts: Accepts, component: str, about: Tells = it_depends, reach: int = TERM) -> Part:
    """A constraint on each value node by itself."""

    def faults(view: View, _: str, values: Values) -> list[Fault]:
        return [Fault(value, component) for value in values if not accepts(view, value)]

    def holds(view: View, _: str, values: Values) -> bool:
        return all(accepts(view, value) for value in values)

    return Part(faults, holds, accepts=accepts, about=about, reach=reach)


def per_count(least: int, most: int, component: str) -> Part:
    """A constraint on the number of value nodes."""

    def holds(_: View, _focus: str, values: Values) -> bool:
        return least <= len(values) <= most

    def faults(view: View, focus: str, values: Values) -> list[Fault]:
        return [] if holds(view, focus, values) else [Fault("", component)]

    return Part(faults, holds, count=(least, most), idle=least <= 0, reach=TERM, by_sort=always)


def per_focus(faults: Faults, idle: bool | None) -> Part:
    """A constraint on all value nodes together, or on the focus node with others of its properties."""

    def holds(view: View, focus: str, values: Values) -> bool:
        return not faults(view, focus, values)

    return Part(faults, holds, idle=idle)


class Reporting(Protocol):
    """A shape."""

    def results(self, view: View, node: str) -> Iterator[Found]:
        """What is wrong with a node."""


ABOUT_CLASSES = 1
"""In what a sort brings: its nodes say which class is a kind of which."""


class Asked(NamedTuple):
    """A test that finds nothing unless some properties occur somewhere: they have a bit each in `wants`."""

    wants: int
    test: Test


@dataclass(frozen=True, slots=True, eq=False)
class Sort:
    """Nodes with one signature: the shapes for them, what has to be looked at in each, which of its properties are
    walked backwards, and which of the properties that are wanted somewhere it brings, or wants itself."""

    signature: Signature
    shapes: tuple[Reporting, ...] = ()
    tests: tuple[Test, ...] = ()
    asked: tuple[Asked, ...] = ()
    inverted: tuple[str, ...] = ()
    brings: int = 0
    wants: int = 0
    ready: dict[int, tuple[Test, ...]] = field(default_factory=dict)

    def tests_among(self, present: int) -> tuple[Test, ...]:
        """What has to be looked at where, of the properties that it wants, some occur."""
        found = self.ready.get(present)
        if found is None:
            found = (*self.tests, *(test for wants, test in self.asked if not wants & ~present))
            self.ready[present] = found
        return found
