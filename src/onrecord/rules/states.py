"""What a node is known to be, as states: the same classes are the same state, and what is added leads to the next one.

Nodes come with few combinations of classes. So each is worked out once, and a node's way through its triples is a
look-up for each of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from onrecord.index import Description
from onrecord.rules.axioms import OWL
from onrecord.rules.closure import TYPE

_NOTHING = f"<{OWL}Nothing>"


@dataclass(frozen=True, slots=True, eq=False)
class Kinds:
    """Classes that come together: an event that takes a node from one state to the next."""

    types: tuple[str, ...]


class State(dict[Kinds, "State"]):
    """The classes of a node, closed and sorted, and the states that more classes lead to."""

    __slots__ = ("_news", "_space", "number", "types")

    def __init__(self, space: "Space", types: tuple[str, ...], number: int) -> None:
        super().__init__()
        self._space = space
        self.types = types
        self.number = number
        self._news: dict[int, News] = {}

    def __missing__(self, kinds: Kinds) -> "State":
        found = self[kinds] = self._space.state({*self.types, *kinds.types})
        return found

    def since(self, before: "State") -> "News":
        """What is new in this state, after an earlier one."""
        found = self._news.get(before.number)
        if found is None:
            found = self._news[before.number] = self._space.news(before, self)
        return found


@dataclass(frozen=True, slots=True)
class News:
    """Classes that a node has got, and whether it cannot have all that it has now."""

    types: tuple[str, ...] = ()
    clash: bool = False
    said: Description = field(default_factory=dict)
    """The classes as a description, the same for all nodes that have got them; empty where there are none."""


def news_of(types: Sequence[str], *, clash: bool) -> News:
    """The news that a node has got these classes."""
    return News(tuple(types), clash, {TYPE: dict.fromkeys(types)} if types else {})


@dataclass(slots=True, eq=False)
class Space:
    """All states. `disjoint` holds each pair of classes once that have no member in common."""

    disjoint: dict[str, dict[str, str]]
    _states: dict[tuple[str, ...], State] = field(default_factory=dict)

    def state(self, types: set[str]) -> State:
        """The state of a node that is of these classes, which must be closed."""
        name = tuple(sorted(types))
        if name not in self._states:
            self._states[name] = State(self, name, len(self._states))
        return self._states[name]

    def news(self, before: State, after: State) -> News:
        """What is new: a clash only where not all of it was there before."""
        known = frozenset(before.types)
        fresh = [name for name in after.types if name not in known]
        return news_of(fresh, clash=self._clash(known, frozenset(after.types)))

    def _clash(self, known: frozenset[str], types: frozenset[str]) -> bool:
        if _NOTHING in types:
            return _NOTHING not in known
        return any(
            other in types and not (one in known and other in known)
            for one in sorted(types & self.disjoint.keys())
            for other in self.disjoint[one]
        )
