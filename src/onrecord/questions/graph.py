"""The asserted and curated edges around a node, and whose part a node is."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from onrecord.ntriples import text_of
from onrecord.vocabulary import terms
from onrecord.vocabulary.term import TYPE, Property, Term
from onrecord.vocabulary.terms import onr

if TYPE_CHECKING:
    import pyoxigraph as ox

_WHOLE = ("organization", "person", "place", "post", "list", "event")
_DEEPEST = 12


@dataclass(frozen=True, order=True)
class Edge:
    """A triple, and whether it stands in a curated graph. Terms are as N-Triples writes them."""

    subject: str
    prop: str
    object: str
    curated: bool = False

    @property
    def name(self) -> str:
        """The property in plain words."""
        return property_name(self.prop)

    @property
    def text(self) -> str:
        """The text of a literal, the address of a node."""
        return text_of(self.object)


@cache
def _names() -> dict[str, str]:
    spaces = (space for space in vars(terms).values() if isinstance(space, type))
    found = (term for space in spaces for term in vars(space).values())
    return {str(term): term.name for term in found if isinstance(term, Property)}


@cache
def property_name(term: str) -> str:
    """A property in plain words: onList → on list."""
    local = _names().get(term) or text_of(term).replace("#", "/").rsplit("/", 1)[-1]
    return "".join(f" {char.lower()}" if char.isupper() else char for char in local).strip()


class Graph:
    """A store as `kg show` walks it: what is asserted or curated, and apart from it what is inferred."""

    def __init__(self, store: "ox.Store", base: str) -> None:
        self._store = store
        self._base = base
        self._marks = {kind: f"{base}graph/{kind}/" for kind in ("asserted", "registry", "curated", "metadata")}
        self._types: dict[str, set[str]] = {}

    def out(self, node: str, prop: Term | None = None) -> list[Edge]:
        """What is said of a node, in the order of the vocabulary's properties; the curated after the asserted."""
        return sorted(self._edges(node, prop, None), key=lambda edge: (self._rank(edge.prop), edge))

    def into(self, node: str) -> list[Edge]:
        """Where a node is named."""
        return sorted(self._edges(None, None, node))

    def inferred(self, node: str) -> list[Edge]:
        """What follows of a node by inference and is not said of it anyway."""
        said = {(edge.prop, edge.object) for edge in self.out(node)}
        return sorted(e for e in self._edges(node, None, None, said=False) if (e.prop, e.object) not in said)

    def is_a(self, node: str, kind: Term) -> bool:
        """Whether a node is said, or follows, to be of a class."""
        if node not in self._types:
            self._types[node] = {str(q.object) for q in self._quads(node, TYPE, None)}
        return str(kind) in self._types[node]

    def owners(self, node: str) -> list[str]:
        """A node, what it is a part of, and so on, up to a fact or entity."""
        found = [node]
        while len(found) < _DEEPEST and not self._is_whole(found[-1]):
            above = sorted(
                e.subject for e in self._edges(None, None, found[-1]) if found[-1].startswith(e.subject[:-1] + "/")
            )
            if not above or above[0] in found:
                break
            found.append(above[0])
        return found

    def owner(self, node: str) -> str | None:
        """The fact or entity that a node is or belongs to; None for what belongs to none, such as words or a chain."""
        top = self.owners(node)[-1]
        return top if self._is_whole(top) else None

    def curations(self, node: str) -> list[str]:
        """The curators' notes on a node and its parts."""
        notes = {e.subject for e in self._edges(None, onr.curates, node)}
        parts = [e.object for e in self.out(node) if e.object.startswith(node[:-1] + "/")]
        return sorted(notes.union(*(set(self.curations(part)) for part in parts)))

    def _is_whole(self, node: str) -> bool:
        if self.is_a(node, onr.Fact) or self.is_a(node, onr.Source):
            return True
        local = text_of(node).removeprefix(self._base).split("/")
        return (len(local) == 2 and local[0] in _WHOLE) or (
            len(local) == 4 and local[0] == "source" and local[2] in _WHOLE
        )

    def _edges(self, s: str | None, p: str | None, o: str | None, *, said: bool = True) -> Iterator[Edge]:
        seen: set[Edge] = set()
        for quad in self._quads(s, p, o):
            graph = str(quad.graph_name)[1:]
            curated = graph.startswith(self._marks["curated"])
            if (
                curated or graph.startswith(tuple(self._marks[kind] for kind in ("asserted", "registry", "metadata")))
            ) is not said:
                continue
            edge = Edge(str(quad.subject), str(quad.predicate), str(quad.object), curated)
            if edge not in seen:
                seen.add(edge)
                yield edge

    def _quads(self, s: str | None, p: str | None, o: str | None) -> "Iterator[ox.Quad]":
        import pyoxigraph as ox

        first, second, third = (None if term is None else ox.NamedNode(term[1:-1]) for term in (s, p, o))
        return self._store.quads_for_pattern(first, second, third, None)

    def _rank(self, prop: str) -> int:
        return _ORDER.index(prop) if prop in _ORDER else len(_ORDER)


_ORDER = (
    *(
        str(term)
        for term in (onr.kind, onr.speaker, onr.addressee, onr.mode, onr.designee, onr.called, onr.jurisdiction)
    ),
    *(str(term) for term in (onr.authority, onr.onList, onr.start, onr.end, onr.during, onr.when, onr.lasted)),
)
