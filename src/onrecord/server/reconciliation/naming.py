"""Names of all that this service knows: those of `kg status`, and those of lists, places, posts, events and sources."""

from collections.abc import Iterator
from functools import cached_property, lru_cache

from onrecord.documents.kinds import kind_of
from onrecord.matching import Named, NameIndex
from onrecord.matching.beginnings import Begun
from onrecord.ntriples import text_of
from onrecord.server.desk import Desk
from onrecord.server.reconciliation import kinds
from onrecord.vocabulary.term import TYPE
from onrecord.vocabulary.terms import dcterms, onr, rdfs, skos

_DESIGNEES = frozenset(("Designee", kinds.ENTRY))
_OTHERS = frozenset(("list", "post", "place", "event", "act", "source"))


class Naming:
    """The names of one release. What a question needs is made when it is first asked."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @cached_property
    def others(self) -> NameIndex:
        """The names of those who can have no status."""
        return NameIndex(self._named())

    def beginning(self, prefix: str, most: int) -> list[Begun]:
        """Who has a name in which each word that was typed begins a word, each once, in plain letters and any script;
        in the order of the search of the site."""
        return self._desk.beginnings.find(prefix, most, self._is_known)[0]

    def _is_known(self, node: str) -> bool:
        kind = kind_of(node, self._desk.settings.base)
        return kind is not None and (kind.designee or kind.name in _OTHERS)

    def _named(self) -> Iterator[Named]:
        said = self._desk.statuses.said
        classes = [getattr(onr, name) for name in kinds.KINDS if not _DESIGNEES & kinds.above(name)]
        nodes = {triple.subject for each in classes for triple in said.match(None, TYPE, each)}
        for node in filter(self._counts, nodes):
            for prop, kind in ((rdfs.label, "name"), (dcterms.title, "name"), (skos.altLabel, "other name")):
                yield from (Named(node, text_of(name), kind) for name in said.objects(node, prop))
        for triple in said.match(None, onr.code):
            yield Named(triple.subject, text_of(triple.object), "reference")

    def _counts(self, node: str) -> bool:
        kind = kind_of(node, self._desk.settings.base)
        return kind is not None and kind.name in _OTHERS


@lru_cache(maxsize=1)
def naming(desk: Desk) -> Naming:
    """The names of the release that a worker has."""
    return Naming(desk)
