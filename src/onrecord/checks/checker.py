"""The checker: shapes and what data refer to, prepared once, and data checked against them as they come.

Nearly all data are as they should be. So nodes are sorted by what they have in common, their classes and properties;
for each sort it is worked out once what has to be looked at, and only where that fails are results made.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple
from weakref import WeakKeyDictionary

from onrecord.checks.linking import Linked, LinkedShape, Simple, Test, fused
from onrecord.checks.linking.parts import Signature
from onrecord.checks.results import Found, Outcome, Result
from onrecord.checks.shapes import Shapes
from onrecord.checks.view import NONE, NOTHING, SUBCLASS, TYPE, Inverse, View, inverse_of
from onrecord.index import Description, Index, union

_MOST_SORTS = 20_000


class _Sort(NamedTuple):
    """What is known of nodes with the same classes and properties: the shapes for them, what has to be looked at, the
    properties to invert, and whether they say which class is a kind of which."""

    shapes: tuple[LinkedShape, ...]
    tests: tuple[Test, ...]
    inverted: tuple[str, ...]
    about_classes: bool


_Sorts = dict[tuple[tuple[str, ...], tuple[str, ...]], _Sort]
_SORTS: WeakKeyDictionary[Shapes, _Sorts] = WeakKeyDictionary()


class Checker:
    """Shapes, and the context of all data: what other sources (the registry) say of nodes that data refer to.

    The context counts as data, and nothing is found about a node that only it describes.
    """

    def __init__(self, shapes: Shapes, context: Index | None = None) -> None:
        self.shapes = shapes
        self._linked: Linked = shapes.linked
        self._context: Index = context or {}
        self._base = union(self._context, shapes.ground)
        self._base_inverse = inverse_of(self._base, self._linked.inverted)
        self._kinds = View({}, self._base, {}, self._base_inverse).kinds
        # What is worked out for one context holds for all, unless one says which class is a kind of which.
        alike = not any(SUBCLASS in description for description in self._context.values())
        self._sorts: _Sorts = _SORTS.setdefault(shapes, {}) if alike else {}
        self._by_node: dict[str, list[LinkedShape]] = {}
        self._by_object: dict[str, list[LinkedShape]] = {}
        for shape in self._linked.shapes:
            for node in shape.plan.targets.nodes:
                self._by_node.setdefault(node, []).append(shape)
            for prop in shape.plan.targets.objects_of:
                self._by_object.setdefault(prop, []).append(shape)

    def check(self, data: Index) -> list[Result]:
        """What is wrong with the nodes that `data` describe, in their order, each once. Raises VocabularyError where
        shapes that are not compiled cannot be used."""
        found = self._found(data, everywhere=False)
        if self.shapes.uncovered:
            found += (one for one in self._uncovered(data).found if one.result.focus_node in data)
        return sorted({one.result for one in found})

    def outcome(self, data: Index) -> Outcome:
        """All results on `data` and the context as one graph, as a validation report has them
        (https://www.w3.org/TR/shacl/#validation). Raises VocabularyError."""
        found = Checker(self.shapes)._found(union(data, self._base), everywhere=True)
        if self.shapes.uncovered:
            found += self._uncovered(data).found
        return Outcome(not found, tuple(sorted(found, key=lambda one: one.key)))

    def _uncovered(self, data: Index) -> Outcome:
        from onrecord.checks.engine import run  # only who needs it pays for rdflib and pySHACL

        return run(self.shapes, union(data, self._base), self.shapes.uncovered_nodes)

    def _found(self, data: Index, everywhere: bool) -> list[Found]:
        view, sorts, known = self._prepared(data)
        for prop in self._by_object:
            for node in (*view.inverse[prop], *(n for n in data if n in self._base_inverse[prop])):
                if everywhere or node in data:
                    self._add(sorts, node, self._by_object[prop], known, view)
        for node, shapes in self._by_node.items():
            if everywhere or node in data:
                self._add(sorts, node, shapes, known, view)
        found: list[Found] = []
        for node, sort in sorts.items():
            description = view.of(node)
            for test in sort.tests:
                if not test(view, node, description):
                    for shape in sort.shapes:
                        found += shape.results(view, node)
                    break
        return found

    def _prepared(self, data: Index) -> tuple[View, dict[str, _Sort], _Sorts]:
        """The graph to check, and its nodes with their sorts."""
        described, base = data, self._base
        shared = data.keys() & base.keys()
        if shared:
            both = union({n: data[n] for n in shared}, {n: base[n] for n in shared})
            described = {**data, **both}
        inverse: Inverse = {prop: {} for prop in self._linked.inverted}
        view = View(described, base, inverse, self._base_inverse)
        view.kinds = self._kinds
        known = self._sorts
        if len(known) > _MOST_SORTS:
            known.clear()
        sorts = {node: self._sort(description, known, view) for node, description in described.items()}
        if any(sort.about_classes for sort in sorts.values()):
            view = View(described, base, inverse, self._base_inverse)
            known = {}
            sorts = {node: self._sort(description, known, view) for node, description in described.items()}
        for node, sort in sorts.items():
            for prop in sort.inverted:
                held = inverse[prop]
                for value in described[node][prop]:
                    held.setdefault(value, {})[node] = None
        return view, sorts, known

    def _sort(self, description: Description, known: _Sorts, view: View) -> _Sort:
        key = (tuple(description.get(TYPE, NONE)), tuple(description))
        found = known.get(key)
        if found is None:
            found = known[key] = self._new_sort(*key, view)
        return found

    def _new_sort(self, types: Iterable[str], properties: Iterable[str], view: View) -> _Sort:
        signature = Signature(frozenset().union(*(view.kinds[one] for one in types)), frozenset(properties))
        shapes = tuple(shape for shape in self._linked.shapes if _is_for(shape, signature))
        inverted = tuple(prop for prop in properties if prop in self._linked.inverted)
        return _Sort(shapes, tuple(_tests(shapes, signature)), inverted, SUBCLASS in signature.properties)

    def _add(self, sorts: dict[str, _Sort], node: str, shapes: list[LinkedShape], known: _Sorts, view: View) -> None:
        """More shapes for one node, which may be any term."""
        description = view.described.get(node, NOTHING)
        sort = sorts.get(node) or self._sort(description, known, view)._replace(inverted=())
        more = [shape for shape in shapes if shape not in sort.shapes]
        signature = self._signature(view.of(node), view)
        tests = (*sort.tests, *_tests(more, signature))
        sorts[node] = sort._replace(shapes=(*sort.shapes, *more), tests=tests)

    def _signature(self, description: Description, view: View) -> Signature:
        kinds = (view.kinds[one] for one in description.get(TYPE, NONE))
        return Signature(frozenset().union(*kinds), frozenset(description))


def _is_for(shape: LinkedShape, signature: Signature) -> bool:
    """Whether nodes of a sort are targets of a shape (https://www.w3.org/TR/shacl/#targets)."""
    targets = shape.plan.targets
    return not (signature.classes.isdisjoint(targets.classes) and signature.properties.isdisjoint(targets.subjects_of))


def _tests(shapes: Iterable[LinkedShape], signature: Signature) -> Iterator[Test]:
    """What has to be looked at in a node of a sort; the simple things all at once."""
    simples: list[Simple] = []
    for shape in shapes:
        if shape.tells(signature) is not True:
            for test in shape.tests(signature):
                if isinstance(test, Simple):
                    simples.append(test)
                else:
                    yield test
    if simples:
        yield fused(simples)
