"""What is given of nodes: what a source asserts and what curators add to it, read together and told apart."""

import datetime
from typing import Protocol

from onrecord.history.model import Bounds
from onrecord.index import Description
from onrecord.ntriples import text_of
from onrecord.vocabulary.term import Property
from onrecord.vocabulary.terms import onr


class Described(Protocol):
    """Where the description of a node is found: an index, or what reads a store."""

    def get(self, node: str, /) -> Description | None: ...


class Given:
    """Reads nodes out of what is asserted and what curators added."""

    def __init__(self, asserted: Described, curated: Described) -> None:
        self._asserted, self._curated = asserted, curated

    def has(self, node: str, prop: Property) -> bool:
        """Whether a node has a property."""
        plain = prop.plain
        return plain in (self._asserted.get(node) or ()) or plain in (self._curated.get(node) or ())

    def all(self, node: str, prop: Property) -> list[str]:
        """All values of a property of a node."""
        plain = prop.plain
        return [
            value
            for described in (self._asserted.get(node), self._curated.get(node))
            if described
            for value in described.get(plain, ())
        ]

    def one(self, node: str, prop: Property) -> str | None:
        """One value of a property of a node: the first in order."""
        return min(self.all(node, prop), default=None)

    def text(self, node: str, prop: Property) -> str:
        """The text of a property of a node; nothing where there is none."""
        found = self.one(node, prop)
        return "" if found is None else text_of(found)

    def day(self, node: str | None, prop: Property) -> datetime.date | None:
        """A day."""
        found = self.one(node, prop) if node else None
        return None if found is None else datetime.date.fromisoformat(text_of(found))

    def bounds(self, time: str | None) -> Bounds:
        """Between which days a time lies."""
        return Bounds(self.day(time, onr.earliest), self.day(time, onr.latest)) if time else Bounds()

    def is_curated(self, node: str | None) -> bool:
        """Whether a curator added something to a node."""
        return node is not None and self._curated.get(node) is not None
