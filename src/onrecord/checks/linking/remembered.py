"""Verdicts on the values of a property that hold for other nodes too, in this unit of data and in the next ones.

Most constraints look at values alone, and no further than to what is said of each value itself. So their verdict is the
same for all values of one sort, and, for what the unit does not describe (literals, nodes of the context), for all that
are the same term. What is known of the values of a node is their key: a value's sort, or itself, or a tuple of these.
"""

from collections.abc import Sequence

from onrecord.checks.linking.parts import MANY, Accepts, Holds, Part, Signature, Sort, Test
from onrecord.checks.view import Values, View
from onrecord.index import Description

_MOST = 4_096
"""How many keys are remembered for a property and its constraints: what is frequent comes early."""
_LONGEST = 64
"""How long a term is at most to be remembered: long texts are nowhere said twice."""
_TOGETHER = 8
"""How many values are at most remembered together."""


class Constrained:
    """All constraints on the values of one property, none of which looks further than to what is said of a value.

    `place` is where the keys of good values are kept in a view.
    """

    __slots__ = ("accepts", "least", "most", "others", "parts", "place", "prop", "settled")

    def __init__(self, prop: str, parts: Sequence[Part], place: int) -> None:
        self.prop = prop
        self.place = place
        self.parts = parts
        counts = [part.count for part in parts if part.count]
        self.least = max((least for least, _ in counts), default=0)
        self.most = min((most for _, most in counts), default=MANY)
        self.accepts: tuple[Accepts, ...] = tuple(part.accepts for part in parts if part.accepts)
        self.others: tuple[Holds, ...] = tuple(part.holds for part in parts if not part.accepts and not part.count)
        self.settled: dict[Signature, bool] = {}

    def finds_good(self, view: View, node: str, given: Values, key: object) -> bool:
        """Whether values are as they should be. If they are, that is remembered where it holds for others."""
        if not self.least <= len(given) <= self.most:
            return False
        for accept in self.accepts:
            for value in given:
                if not accept(view, value):
                    return False
        for holds in self.others:
            if not holds(view, node, given):
                return False
        good = view.good[self.place]
        if len(good) < _MOST and self._is_settled(key):
            good.add(key)
        return True

    def _is_settled(self, key: object) -> bool:
        if isinstance(key, str):
            return len(key) <= _LONGEST
        if isinstance(key, Sort):
            return self._is_settled_by(key.signature)
        return isinstance(key, tuple) and len(key) <= _TOGETHER and all(map(self._is_settled, key))

    def _is_settled_by(self, signature: Signature) -> bool:
        """Whether a verdict on a node holds for all of its sort."""
        found = self.settled.get(signature)
        if found is None:
            if len(self.settled) > _MOST:
                self.settled.clear()
            found = self.settled[signature] = all(part.is_settled(signature) for part in self.parts)
        return found


def test_of(constrained: Sequence[Constrained]) -> Test:
    """The constraints of properties that a node is known to have, as one function: a call costs as much as a look."""
    wanted = tuple((one.prop, one.place, one.finds_good) for one in constrained)

    def test(view: View, node: str, description: Description) -> bool:
        sorts, good = view.sorts, view.good
        for prop, place, finds_good in wanted:
            given = description[prop]
            key: object
            if len(given) == 1:
                (value,) = given
                key = sorts.get(value, value)
            else:
                key = tuple([sorts.get(value, value) for value in given])
            if key not in good[place] and not finds_good(view, node, given, key):
                return False
        return True

    return test
