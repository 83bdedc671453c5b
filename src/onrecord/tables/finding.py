"""Where rows come from: the nodes of some kinds of documents, and those that these lead to."""

from collections.abc import Iterator

from onrecord.tables.columns import Found
from onrecord.tables.ground import Ground
from onrecord.vocabulary.term import Property


def roots(*kinds: str) -> "RootsOf":
    """What finds the nodes of some kinds of documents."""
    return RootsOf(kinds)


class RootsOf:
    """Finds the nodes of some kinds of documents."""

    def __init__(self, kinds: tuple[str, ...]) -> None:
        self._kinds = kinds

    def __call__(self, ground: Ground) -> Iterator[Found]:
        """The nodes, each a row."""
        return (Found(node) for node in ground.roots(*self._kinds))

    def below(self, *props: Property) -> "Below":
        """What finds the nodes that these lead to by some properties."""
        return Below(self._kinds, props)


class Below:
    """Finds the nodes that those of some kinds of documents lead to."""

    def __init__(self, kinds: tuple[str, ...], props: tuple[Property, ...]) -> None:
        self._kinds = kinds
        self._props = props

    def __call__(self, ground: Ground) -> Iterator[Found]:
        """The nodes, each a row, with whom they belong to."""
        for owner in ground.roots(*self._kinds):
            said = ground.said(owner)
            for prop in self._props:
                for node in said.get(prop, ()):
                    yield Found(node, owner, prop)
