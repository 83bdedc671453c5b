"""The checker: shapes and what data refer to, prepared once, and data checked against them as they come.

Nearly all data are as they should be. So nodes are sorted by what they have in common, their classes and properties;
for each sort it is worked out once what has to be looked at, and only where that fails are results made.
"""

from weakref import WeakKeyDictionary

from onrecord.checks.linking import Linked, LinkedShape, Sort, Sorts
from onrecord.checks.linking.parts import ABOUT_CLASSES
from onrecord.checks.linking.sorts import signature_of
from onrecord.checks.results import Found, Outcome, Result
from onrecord.checks.shapes import Shapes
from onrecord.checks.view import SUBCLASS, Backwards, View, inverse_of
from onrecord.index import Index, union

_SORTS: WeakKeyDictionary[Shapes, Sorts] = WeakKeyDictionary()


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
        self._sorts = _SORTS.setdefault(shapes, Sorts(self._linked)) if alike else Sorts(self._linked)
        self._good: list[set[object]] = []
        self._present = self._sorts.bits_of(frozenset().union(*self._base.values()))
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
        view, known, sorts = self._prepared(data)
        if self._by_object or self._by_node:
            sorts = self._with_more(view, known, sorts, everywhere)
        found: list[Found] = []
        described, present = view.described, view.present
        for node, sort in sorts.items():
            description = described.get(node) or view.of(node)
            wants = present & sort.wants
            for test in sort.ready.get(wants) or sort.tests_among(wants):
                if not test(view, node, description):
                    for shape in sort.shapes:
                        found += shape.results(view, node)
                    break
        return found

    def _prepared(self, data: Index) -> tuple[View, Sorts, dict[str, Sort]]:
        """The graph to check, all sorts that are known for it, and those of its nodes."""
        described, base = data, self._base
        if not data.keys().isdisjoint(base.keys()):
            shared = data.keys() & base.keys()
            both = union({n: data[n] for n in shared}, {n: base[n] for n in shared})
            described = {**data, **both}
        view = View(described, base, Backwards(described), self._base_inverse)
        known, good = self._sorts, self._good
        sorts = known.of_all(described, self._kinds)
        brought = 0
        for sort in set(sorts.values()):
            brought |= sort.brings
        if brought & ABOUT_CLASSES:
            known, good = Sorts(self._linked), []
            sorts = known.of_all(described, view.kinds)
        else:
            view.kinds = self._kinds
        good += (set() for _ in range(known.places - len(good)))
        view.sorts, view.good, view.present = sorts, good, brought | self._present
        self._invert(view, sorts)
        return view, known, sorts

    def _invert(self, view: View, sorts: dict[str, Sort]) -> None:
        """Walk backwards what nearly always is walked backwards."""
        described, inverse = view.described, view.inverse
        inverse |= {prop: {} for prop in self._linked.eager}
        for node, sort in sorts.items():
            for prop in sort.inverted:
                held = inverse[prop]
                for value in described[node][prop]:
                    others = held.get(value)
                    if others is None:
                        held[value] = {node: None}
                    else:
                        others[node] = None

    def _with_more(self, view: View, known: Sorts, given: dict[str, Sort], everywhere: bool) -> dict[str, Sort]:
        """The given sorts, with one of its own for each node that is a target by itself or as a value."""
        more: dict[str, list[LinkedShape]] = {}
        described = view.described
        for prop, shapes in self._by_object.items():
            for node in (*view.inverse[prop], *(n for n in described if n in self._base_inverse[prop])):
                more.setdefault(node, []).extend(shapes)
        for node, shapes in self._by_node.items():
            more.setdefault(node, []).extend(shapes)
        sorts = dict(given)
        for node, shapes in more.items():
            if everywhere or node in described:
                signature = signature_of(node, view.of(node), view.kinds)
                sort = sorts.get(node) or Sort(signature)
                sorts[node] = known.with_more(sort, dict.fromkeys(shapes), signature)
        view.good += (set() for _ in range(known.places - len(view.good)))
        return sorts
