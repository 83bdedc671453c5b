"""All that sources contradict each other in, or themselves: from what each of them says."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from onrecord.conflicts.dates import of_deaths, of_events, of_orders
from onrecord.conflicts.extraction import Extraction, is_one_person
from onrecord.conflicts.figures import of_figures
from onrecord.conflicts.model import Conflict
from onrecord.conflicts.naming import Names
from onrecord.conflicts.roles import of_parts, of_posts
from onrecord.conflicts.voiced import Happening, Voiced
from onrecord.history import Bounds
from onrecord.index import Index
from onrecord.mappers.parts.minting import Minter
from onrecord.rules.identity import Identity
from onrecord.vocabulary.terms import onr, prov


class Registry:
    """What the registry says of events and persons."""

    def __init__(self, described: Index, curated: Index) -> None:
        self._nodes = dict.fromkeys([*described, *curated])
        self._given = Extraction(described, curated)

    def voices(self, minter: Minter) -> Iterator[Voiced]:
        """What each of its parts says that may be contradicted."""
        root = minter.root()
        parts: dict[str, list[str]] = {}
        for node in self._nodes:
            if node.startswith(f"{root}event/"):
                parts.setdefault(self._source(node), []).append(node)
        for source in sorted(parts):
            yield self._given.of_source(source, root, parts[source])

    def is_person(self, node: str) -> bool:
        """Whether a node is one person, known by name."""
        return is_one_person(self._given, node) or False

    def when(self, node: str) -> tuple[Bounds, str, bool]:
        """When an event was, the part of the registry that says so, and whether a curator does."""
        when = self._given.one(node, onr.when)
        return (
            self._given.bounds(when),
            self._source(node),
            self._given.is_curated(node) or self._given.is_curated(when),
        )

    def happening(self, node: str) -> tuple[Happening, str] | None:
        """An event of the registry, with the part of it that says so; None for what is none."""
        return (self._given.happening(node), self._source(node)) if node in self._nodes else None

    def _source(self, node: str) -> str:
        return self._given.one(node, prov.wasDerivedFrom) or ""


def found(
    voices: Sequence[Voiced],
    linked: Iterable[tuple[Happening, Voiced]],
    identity: Identity,
    names: Names,
    registry: Registry,
) -> list[Conflict]:
    """The contradictions about figures, dates and roles, in the order of their kinds and of whom they are about.

    `linked` are the events that curators hold to be one with others, each with its source; `identity` has who is one
    with whom by a curator's word.
    """
    happenings = {one.node: (one, source) for source in voices for one in source.happenings}
    happenings |= {one.node: (one, source) for one, source in linked}
    events = [happenings[node] for node in sorted(happenings)]
    for event, _ in events:
        names.learn(event.node, event.label)
    made = chain(
        of_figures(voices, identity, names),
        of_events(events, identity, names),
        of_deaths(voices, identity, names, registry.is_person),
        of_orders(voices, names, registry.when),
        of_parts(events, identity, names),
        of_posts(voices, identity, names, registry.is_person),
    )
    return sorted(set(made))
