"""Whom a person means: an address, an id, a reference of a list or a name; and who is called nearly so.

Nobody is picked where several may be meant, or where a name is only close.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from onrecord.errors import QueryError
from onrecord.mappers.parts.minting import KIND_OF_SECTION
from onrecord.matching import Match, Named, NameIndex
from onrecord.ntriples import text_of
from onrecord.questions import identity
from onrecord.questions.names import Names
from onrecord.questions.said import Said
from onrecord.vocabulary.terms import onr, owl, rdfs, skos

_SOMEBODY = (KIND_OF_SECTION["organizations"], KIND_OF_SECTION["people"])
_ENTRY = KIND_OF_SECTION["entries"]
_SOURCE = "source"
_OFFERED = 5


@dataclass(frozen=True)
class Found:
    """What a text may stand for: the nodes that are called just so, none, one or several, those that are one counted
    as one. `how` tells by what they were found."""

    nodes: tuple[str, ...]
    how: str


class Lookup:
    """Finds who is meant, in one store. `index` gives the names when they are first needed."""

    def __init__(self, said: Said, names: Names, index: Callable[[], NameIndex]) -> None:
        self._said = said
        self._names = names
        self._make = index
        self._index: NameIndex | None = None

    @property
    def index(self) -> NameIndex:
        """The names and identifiers of all who can have a status."""
        if self._index is None:
            self._index = self._make()
        return self._index

    def find(self, text: str) -> Found:
        """Who is called just so. An address or id goes before a list's reference, and that before a name or other id
        that is spelled alike."""
        text = text.strip()
        if not text or any("\ud800" <= char <= "\udfff" for char in text):  # half a character: no text has one
            return Found((), "")
        addressed = self._names.addressed(text)
        if addressed is not None:
            return Found((addressed,), "address or id")
        if referred := self._said.with_text(onr.listReference, text):  # without the index of names
            return Found(tuple(self._apart(referred)), "reference")
        matches = self.index.exact(text)
        how = next((match.kind for match in matches), "")
        return Found(tuple(self._apart(dict.fromkeys(match.node for match in matches))), how)

    def close(self, text: str, limit: int = _OFFERED) -> list[Match]:
        """Who is called nearly so, the closest first."""
        return self.index.close(text, limit)

    def one(self, text: str) -> str:
        """The one who is meant. Raises QueryError where several are, or none, with those who may be."""
        found = self.find(text)
        if len(found.nodes) == 1:
            return found.nodes[0]
        if found.nodes:
            told = "; ".join(map(self.told, found.nodes[:10])) + (" …" if len(found.nodes) > 10 else "")
            raise QueryError(f"{len(found.nodes)} are called {text[:80]!r}", hint=f"say which by the id: {told}")
        near = self.close(text)
        told = "; ".join(
            f"{self.told(match.node)}: {match.name}, {match.score} of 100, {match.reason}" for match in near
        )
        raise QueryError(
            f"nobody in the dataset is called {text[:80]!r}",
            hint=f"nobody was picked; near it: {told}" if near else "give an id, a reference of a list, or a name",
        )

    def namesakes(self, node: str) -> list[str]:
        """Entries of lists that are spelled as somebody is and that no curator has linked, or held to be another. None
        of an entry: that lists share a name is for those who compare lists."""
        if f"/{_ENTRY}/" in node or next(self._said.match(None, onr.entryOf), None) is None:
            return []
        settled = {
            *identity.confirmed(self._said, node)[0],
            *(link.other for link in identity.close(self._said, [node])),
        }
        settled.update(self._said.objects(node, owl.differentFrom))
        names = {*self._said.objects(node, rdfs.label), *self._said.objects(node, skos.altLabel)}
        called = {match.node for name in sorted(names) for match in self.index.exact(text_of(name))}
        return sorted(one for one in called - settled if f"/{_ENTRY}/" in one)

    def told(self, node: str) -> str:
        """A node by its id and what it is called."""
        path, label = self._names.path(text_of(node)), self._said.label(node)
        return path if label in (path, path.rsplit("/", 1)[-1]) else f"{path} ({label})"

    def _apart(self, nodes: Iterable[str]) -> Iterator[str]:
        """Nodes, of those that are one by a curator's link the first: who is in the registry goes before entries."""
        seen: set[str] = set()
        for node in sorted(nodes, key=lambda node: (f"/{_ENTRY}/" in node, node[:-1])):
            if node not in seen:
                yield node
                seen |= set(identity.confirmed(self._said, node)[0])


def named(said: Said) -> Iterator[Named]:
    """The names and identifiers of all who can have a status: persons and organizations of the registry and of
    sources, entries of lists, and whoever else is designated."""
    designated = {triple.object for triple in said.match(None, onr.designee)}

    def counts(node: str) -> bool:
        return node in designated or _is_somebody(said.base, node)

    source = f"<{said.base}source/"
    for prop, kind in ((rdfs.label, "name"), (skos.altLabel, "other name"), (onr.listReference, "reference")):
        for node, name in said.texts(prop, counts):
            yield Named(node, name, kind)
            if kind == "name" and node.startswith(source):
                yield Named(node, text_of(node).rsplit("/", 1)[-1], "id")


def _is_somebody(base: str, node: str) -> bool:
    """Whether a node is a person, an organization or an entry, by its address: of the registry, a source or a list."""
    if not node.startswith(f"<{base}"):
        return False
    steps = node[len(base) + 1 : -1].split("/")
    if steps[0] == _SOURCE and len(steps) > 2:
        steps = steps[2:]
    return (steps[0] in _SOMEBODY and len(steps) == 2) or (steps[0] == _ENTRY and len(steps) == 3)
