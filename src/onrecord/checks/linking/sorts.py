"""Nodes by what they have in common: their classes and properties. For each sort it is worked out once what has to be
looked at."""

from collections.abc import Iterable, Iterator, Mapping
from functools import reduce
from itertools import chain
from operator import and_, or_

from onrecord.checks.linking.neighbors import remembering
from onrecord.checks.linking.parts import ABOUT_CLASSES, Asked, Part, Signature, Sort, Test
from onrecord.checks.linking.remembered import Constrained, test_of
from onrecord.checks.linking.shapes import Constraints, Linked, LinkedShape, Simple, fused, on_node
from onrecord.checks.view import NONE, SUBCLASS, TYPE, Kinds
from onrecord.index import Description, Index

_MOST = 20_000


class Sorts:
    """The sorts that were met. `places` is for how many sets of constraints a view remembers good values."""

    def __init__(self, linked: Linked) -> None:
        self._linked = linked
        self._known: dict[tuple[object, ...], Sort] = {}
        self._constrained: dict[Constraints, Constrained] = {}
        groups = dict.fromkeys(chain.from_iterable(shape.wants() for shape in linked.shapes))
        self._bits = {group: 2 * ABOUT_CLASSES << place for place, group in enumerate(groups)}
        self._bits[frozenset({SUBCLASS})] = ABOUT_CLASSES

    @property
    def places(self) -> int:
        """For how many sets of constraints on a property good values are remembered."""
        return len(self._constrained)

    def of_all(self, described: Index, kinds: Kinds) -> dict[str, Sort]:
        """The sort of each node that is described."""
        if len(self._known) > _MOST:
            self._known.clear()
        known, found = self._known, {}
        for node, description in described.items():
            single = sum(map(len, description.values())) == len(description)
            key = (node[0], single, *description, None, *description.get(TYPE, NONE))
            sort = known.get(key)
            if sort is None:
                sort = known[key] = self._new(signature_of(node, description, kinds))
            found[node] = sort
        return found

    def _new(self, signature: Signature) -> Sort:
        shapes = [shape for shape in self._linked.shapes if _is_for(shape, signature)]
        inverted = tuple(prop for prop in self._linked.eager if prop in signature.properties)
        tests, asked = self._tests(shapes, signature)
        return Sort(
            signature,
            tuple(shapes),
            tests,
            asked,
            inverted,
            brings=self.bits_of(signature.properties),
            wants=reduce(or_, (one.wants for one in asked), 0),
        )

    def bits_of(self, properties: frozenset[str]) -> int:
        """Which of the groups of properties that are wanted have some of these."""
        return sum(bit for group, bit in self._bits.items() if not group.isdisjoint(properties))

    def with_more(self, sort: Sort, shapes: Iterable[LinkedShape], signature: Signature) -> Sort:
        """A sort of its own for a node that has more shapes."""
        more = [shape for shape in shapes if shape not in sort.shapes]
        tests, asked = self._tests(more, signature)
        shown = (*sort.shapes, *more)
        wants = reduce(or_, (one.wants for one in asked), sort.wants)
        return Sort(sort.signature, shown, (*sort.tests, *tests), (*sort.asked, *asked), wants=wants)

    def _tests(self, shapes: Iterable[LinkedShape], signature: Signature) -> tuple[tuple[Test, ...], tuple[Asked, ...]]:
        """What has to be looked at in a node of a sort, the simple things all at once, and what has to be asked."""
        tests: list[Test] = []
        asked: list[Part] = []
        simples: list[Simple] = []
        constraints: dict[str, tuple[Part, ...]] = {}
        for shape in shapes:
            for test in shape.tests(signature):
                if isinstance(test, Simple):
                    simples.append(test)
                elif isinstance(test, Constraints):
                    constraints[test.prop] = (*constraints.get(test.prop, ()), *test.parts)
                elif isinstance(test, Part):
                    asked.append(test)
                else:
                    tests.append(test)
        if simples:
            tests.append(fused(simples))
        if constraints:
            tests.append(test_of([self._constrained_by(Constraints(*one)) for one in constraints.items()]))
        return tuple(tests), tuple(self._asked(asked))

    def _asked(self, parts: list[Part]) -> Iterator[Asked]:
        """What has to be asked; what looks at the same neighbors all at once."""
        together: dict[tuple[str, int], list[Part]] = {}
        for place, part in enumerate(parts):
            together.setdefault((part.look.prop, -1) if part.look else ("", place), []).append(part)
        for group in together.values():
            wants = [sum(self._bits[one] for one in part.wants) for part in group]
            tests, looks = [on_node(part) for part in group], [part.look for part in group if part.look]
            yield Asked(reduce(and_, wants), tests[0] if len(tests) < 2 else remembering(looks, tests))

    def _constrained_by(self, one: Constraints) -> Constrained:
        found = self._constrained.get(one)
        if found is None:
            found = self._constrained[one] = Constrained(one.prop, one.parts, len(self._constrained))
        return found


def signature_of(node: str, description: Description, kinds: Mapping[str, frozenset[str]]) -> Signature:
    """The signature of a node."""
    classes = frozenset[str]().union(*(kinds[one] for one in description.get(TYPE, NONE)))
    single = all(len(values) == 1 for values in description.values())
    return Signature(classes, frozenset(description), node[0], single)


def _is_for(shape: LinkedShape, signature: Signature) -> bool:
    """Whether nodes of a sort are targets of a shape (https://www.w3.org/TR/shacl/#targets)."""
    targets = shape.plan.targets
    return not (signature.classes.isdisjoint(targets.classes) and signature.properties.isdisjoint(targets.subjects_of))
