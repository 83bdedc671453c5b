"""Shapes → functions that decide whether a node conforms, and results for one that does not."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from typing import NamedTuple

from onrecord.checks.linking import reading, walks
from onrecord.checks.linking.constraints import LINKS
from onrecord.checks.linking.parts import MANY, MORE, NODE, TERM, Accepts, Holds, Part, Signature, Test, per_value
from onrecord.checks.linking.references import REFERENCES
from onrecord.checks.linking.sparql import constraint as sparql_constraint
from onrecord.checks.plan import Constraint, Plan, Shape
from onrecord.checks.results import SEVERITIES, Found, Result, sentence
from onrecord.checks.view import NONE, View
from onrecord.index import Description

_QUICK = ("Class", "NodeKind", "Datatype", "In")


class Simple(NamedTuple):
    """The most frequent test: a property has a number of values, each of some kind."""

    prop: str
    least: int
    most: int
    accepts: tuple[Accepts, ...]


class Constraints(NamedTuple):
    """What is asked of the values of a property, and looks no further than to what is said of each."""

    prop: str
    parts: tuple[Part, ...]


class LinkedShape:
    """A shape that can be run."""

    __slots__ = ("conforms", "constraints", "nested", "parts", "plan", "reach", "starts", "walk")

    def __init__(self, plan: Shape, earlier: "list[LinkedShape]") -> None:
        self.plan = plan
        self.reach: int
        self.constraints: Constraints | None
        self.walk = walks.linked(plan.path) if plan.path is not None else None
        self.starts = walks.first(plan.path) if plan.path is not None else None
        self.nested = [earlier[one.shapes[0]] for one in plan.constraints if one.kind == "Property"]
        self.parts = [_part(one, plan, earlier) for one in plan.constraints if one.kind != "Property"]
        self.conforms = _conforms(self)
        all_parts = (*self.parts, *(per_value(one.conforms, "", one.tells, one.reach) for one in self.nested))
        self.reach, self.constraints = _reach(plan, all_parts)

    @property
    def is_quick(self) -> bool:
        """Whether it asks for one thing only that is seen at once, such as a class."""
        return self.walk is None and len(self.plan.constraints) == 1 and self.plan.constraints[0].kind in _QUICK

    def wants(self) -> Iterator[frozenset[str]]:
        """Groups of properties: unless one of each occurs somewhere, some of its constraints find nothing."""
        for part in self.parts:
            yield from part.wants
        for shape in self.nested:
            yield from shape.wants()

    def results(self, view: View, node: str) -> Iterator[Found]:
        """What is wrong with a node, and with the values that nested property shapes are about."""
        given = {node: None} if self.walk is None else self.walk(view, node)
        for part in self.parts:
            for fault in part.faults(view, node, given):
                yield self._found(node, fault.value, fault.component, fault.path, fault.message)
        for shape in self.nested:
            for value in given:
                yield from shape.results(view, value)

    def _found(self, node: str, value: str, component: str, path: str, message: str) -> Found:
        plan = self.plan
        shown, turtle = (path, path) if path else (plan.shown, plan.turtle)
        severity = SEVERITIES.get(plan.severity, "violation")
        text = message or plan.message or sentence(component, shown, value)
        result = Result(node, shown, value, component, plan.source, severity, text)
        return Found(result, turtle, plan.severity, plan.node)

    def tells(self, signature: Signature) -> bool | None:
        """Whether all nodes of a sort conform, or none; None where it depends on more."""
        if self.walk is None:
            found = [part.about(signature) for part in self.parts]
            found += [shape.tells(signature) for shape in self.nested]
        else:
            found = [self._part_tells(part, signature) for part in self.parts]
            found += [None] * len(self.nested) if not self._is_idle(signature) else []
        if False in found:
            return False
        return None if None in found else True

    def _is_idle(self, signature: Signature) -> bool:
        return self.starts is not None and not self.starts & signature.properties

    def _part_tells(self, part: Part, signature: Signature) -> bool | None:
        """What a sort of focus nodes tells of a constraint of a property shape."""
        if part.of_focus:
            return part.about(signature)
        if self._is_idle(signature):
            return part.idle
        path = self.plan.path
        if part.count and signature.single and path is not None and path.kind == "property":
            return part.count[0] <= 1 <= part.count[1]
        if part.count and part.count[0] <= 1 and path is not None and walks.sure(path, signature.properties):
            return False if not part.count[1] else True if part.count[1] == MANY else None
        return None

    def tests(self, signature: Signature) -> Iterator[Test | Part | Simple | Constraints]:
        """What has to be looked at in a node of a sort."""
        if self.walk is None:
            for part in self.parts:
                if part.about(signature) is not True:
                    yield part if part.wants else on_node(part)
            for shape in self.nested:
                yield from shape.tests(signature)
            return
        waiting = [part for part in self.parts if self._part_tells(part, signature) is not True]
        nested = [] if self._is_idle(signature) else self.nested
        if (waiting or nested) and self.constraints and not self._is_idle(signature):
            yield self.constraints
        elif waiting or nested:
            yield _simple(self, waiting, nested) or _on_values(self, waiting, nested)


def _reach(plan: Shape, parts: tuple[Part, ...]) -> tuple[int, Constraints | None]:
    """How far a shape looks from a focus node, and what it asks of a property where that looks no further than to what
    is said of the values."""
    reach = max((part.reach for part in parts), default=TERM)
    if plan.path is None:
        return reach, None
    if plan.path.kind != "property" or reach > NODE:
        return MORE, None
    return NODE if reach == TERM else MORE, Constraints(plan.path.term, parts)


def _conforms(shape: LinkedShape) -> Accepts:
    """Whether a node conforms (https://www.w3.org/TR/shacl/#dfn-conforms), in as few steps as the shape allows."""
    if shape.walk is not None:
        simple = _simple(shape, shape.parts, shape.nested)
        test = fused([simple]) if simple else _on_values(shape, shape.parts, shape.nested)
        return lambda view, node: test(view, node, view.of(node))
    accepts = [part.accepts or _alone(part.holds) for part in shape.parts] + [one.conforms for one in shape.nested]
    return reduce(_both, accepts) if accepts else lambda _view, _node: True


def _both(one: Accepts, other: Accepts) -> Accepts:
    return lambda view, node: one(view, node) and other(view, node)


def _alone(holds: Holds) -> Accepts:
    return lambda view, node: holds(view, node, {node: None})


def on_node(part: Part) -> Test:
    """A constraint of a node shape as a test."""
    accepts, holds = part.accepts, part.holds
    if part.of_focus:
        return lambda view, node, _: holds(view, node, NONE)  # it looks at the focus node, whatever the values are
    if accepts:
        return lambda view, node, _: accepts(view, node)
    return lambda view, node, _: holds(view, node, {node: None})


def _simple(shape: LinkedShape, parts: list[Part], nested: list[LinkedShape]) -> Simple | None:
    """What a property shape asks for, where it is so simple."""
    path = shape.plan.path
    if path is None or path.kind != "property" or not all(part.accepts or part.count for part in parts):
        return None
    return Simple(path.term, *_counts(parts), (*_accepts(parts), *(one.conforms for one in nested)))


def _counts(parts: list[Part]) -> tuple[int, int]:
    counts = [part.count for part in parts if part.count]
    return max((one for one, _ in counts), default=0), min((one for _, one in counts), default=MANY)


def _accepts(parts: list[Part]) -> list[Accepts]:
    return [part.accepts for part in parts if part.accepts]


def fused(simples: Iterable[Simple]) -> Test:
    """Several simple tests as one function: a call costs as much as what they look at."""
    wanted = tuple(simples)

    def test(view: View, _: str, description: Description) -> bool:
        for prop, least, most, accepts in wanted:
            given = description.get(prop, NONE)
            if not least <= len(given) <= most:
                return False
            for accept in accepts:
                for value in given:
                    if not accept(view, value):
                        return False
        return True

    return test


def _on_values(shape: LinkedShape, parts: list[Part], nested: list[LinkedShape]) -> Test:
    """All that a property shape asks for, in one function."""
    least, most = _counts(parts)
    accepts = [*_accepts(parts), *(one.conforms for one in nested)]
    others = [part.holds for part in parts if not part.accepts and not part.count]
    path, walk = shape.plan.path, shape.walk
    assert path is not None
    assert walk is not None
    if least == 1 and most == MANY and not accepts and not others:
        leads = walks.leads(path)
        return lambda view, node, _: leads(view, node)

    def test(view: View, node: str, _: Description) -> bool:
        given = walk(view, node)
        if not least <= len(given) <= most:
            return False
        for accept in accepts:
            for value in given:
                if not accept(view, value):
                    return False
        return not others or all(holds(view, node, given) for holds in others)

    return test


def _part(one: Constraint, shape: Shape, earlier: list[LinkedShape]) -> Part:
    if one.query is not None:
        return sparql_constraint(one, shape)
    if one.kind in REFERENCES:
        return REFERENCES[one.kind](one, [earlier[place] for place in one.shapes], [earlier[o] for o in one.others])
    return LINKS[one.kind](one)


@dataclass(frozen=True)
class Linked:
    """A plan that can be run: its shapes with targets, and what has to be known of data for them: the properties that
    are walked backwards, and those of them that nearly always are."""

    shapes: tuple[LinkedShape, ...]
    inverted: dict[str, None]
    eager: dict[str, None]


def link(plan: Plan) -> Linked:
    """A plan as functions."""
    made: list[LinkedShape] = []
    eager: dict[str, None] = {}
    seldom: dict[str, None] = {}
    for shape in plan.shapes:
        made.append(LinkedShape(shape, made))
        eager |= dict.fromkeys(shape.targets.objects_of)
        if shape.path is not None:
            eager |= dict.fromkeys(walks.inverted(shape.path))
        for constraint in shape.constraints:
            if constraint.query is not None:
                seldom |= dict.fromkeys(reading.inverted(constraint.query))
    return Linked(tuple(one for one in made if one.plan.targets != NO_TARGETS), eager | seldom, eager)


NO_TARGETS = Shape("", "", "").targets
