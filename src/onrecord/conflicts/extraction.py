"""What one source contributes to conflicts, read out of its triples."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

import msgspec

from onrecord.conflicts.dates import is_against
from onrecord.conflicts.roles import PERPETRATOR, excluding
from onrecord.conflicts.voiced import Death, Figure, Happening, Order, Part, Tenure, Voiced
from onrecord.history import Bounds, Given
from onrecord.ntriples import text_of
from onrecord.vocabulary.term import TYPE
from onrecord.vocabulary.terms import CONCEPTS, dcterms, onr, org, rdfs, schema

_DEATH, _DECEASED = CONCEPTS["event-kind"]["death"], "deceased"
_TIMES = ("when", "start", "end", "during")


class Extraction(Given):
    """Reads what a source says that may be contradicted, out of what is asserted and what curators added."""

    def of_source(self, source: str, root: str, nodes: Iterable[str]) -> Voiced:
        """What a source says. Its facts are those of `nodes` (`<…>`) that lie two steps below `root`; those further
        down are their times, and what propositions hold."""
        prefix = len(root)
        facts: dict[str, list[str]] = {"figure": [], "tenure": [], "event": [], "act": []}
        orders: list[Order] = []
        for node in nodes:
            if not node.startswith(root):
                continue
            kind, *rest = node[prefix:-1].split("/")
            if len(rest) == 1:
                if kind not in facts:
                    continue
                facts[kind].append(node)
            elif len(rest) != 2 or rest[-1] not in _TIMES:
                continue
            if self.has(node, onr.after):
                orders += self._orders(node, len(rest) == 1, source)
        said = Voiced(
            source,
            figures=tuple(one for node in facts["figure"] for one in self._figure(node)),
            tenures=tuple(one for node in facts["tenure"] for one in self._tenure(node)),
            deaths=tuple(one for node in facts["event"] for one in self._deaths(node)),
            orders=tuple(orders),
            happenings=tuple(one for kind in ("event", "act") for node in facts[kind] for one in self._own(node)),
        )
        if said.is_empty:
            return said
        return msgspec.structs.replace(
            said, site=self.one(source, dcterms.publisher), published=self._published(source)
        )

    def introduced(self, source: str) -> Voiced:
        """A source that says nothing: just who published it, and when."""
        return Voiced(source, self.one(source, dcterms.publisher), self._published(source))

    def _own(self, node: str) -> Iterator[Happening]:
        """An event or act, where it contradicts itself."""
        if self.has(node, onr.participation):
            event = self.happening(node)
            if excluding(event.parts) and not event.series:
                yield event

    def happening(self, node: str) -> Happening:
        """An event or act."""
        when = self.one(node, onr.when)
        return Happening(
            node,
            self.text(node, rdfs.label),
            self.bounds(when),
            tuple(self._parts(node)),
            bool(self.all(node, onr.number)),
            self.is_curated(node) or self.is_curated(when),
        )

    def _published(self, source: str) -> Bounds:
        """When a source was published, by its own word; of a list, as of when it is."""
        as_of, published = self.day(source, onr.asOf), self.one(source, onr.published)
        if as_of is not None:
            return Bounds(as_of, as_of)
        return Bounds() if self.is_curated(published) else self.bounds(published)

    def _figure(self, node: str) -> Iterator[Figure]:
        number = next(
            (found for prop in (schema.value, schema.minValue, schema.maxValue) if (found := self.one(node, prop))),
            None,
        )
        of, qualifier = tuple(sorted(self.all(node, onr.figureOf))), self.one(node, onr.qualifier)
        if number is None or qualifier is None or not of:
            return
        start, end = self.one(node, onr.start), self.one(node, onr.end)
        yield Figure(
            node,
            of,
            self.one(node, onr.place),
            self.one(node, onr.unit),
            self.text(node, onr.counts),
            _last(qualifier),
            Decimal(text_of(number)),
            (self.bounds(start) if start else None, self.bounds(end) if end else None),
            tuple(
                sorted(
                    other for prop in (onr.subsetOf, onr.disjointFrom, onr.mayOverlap) for other in self.all(node, prop)
                )
            ),
            any(self.is_curated(one) for one in (node, start, end)),
        )

    def _tenure(self, node: str) -> Iterator[Tenure]:
        post, person = self.one(node, onr.post), self.one(node, org.member)
        if post is None or person is None:
            return
        start, end = self.one(node, onr.start), self.one(node, onr.end)
        yield Tenure(
            node,
            post,
            person,
            self.bounds(start) if start else None,
            self.bounds(end) if end else None,
            is_one_person(self, person),
            any(self.is_curated(one) for one in (node, start, end, person)),
        )

    def _deaths(self, node: str) -> Iterator[Death]:
        if self.one(node, onr.kind) != _DEATH:
            return
        event = self.happening(node)
        for part in event.parts if event.when != Bounds() else ():
            if part.role == _DECEASED:
                known = is_one_person(self, part.party)
                yield Death(node, part.party, event.when, known, event.curated or part.curated)

    def _parts(self, event: str) -> Iterator[Part]:
        """Who takes part; who carried it out has done it, whether the source says so again or not."""
        for made in sorted(self.all(event, onr.participation)):
            role = _last(self.one(made, onr.participantRole) or "")
            for party in self.all(made, onr.participant):
                yield Part(party, role, self.is_curated(made))
        for party in sorted(self.all(event, onr.carriedOutBy)):
            yield Part(party, PERPETRATOR, False)

    def _orders(self, node: str, is_fact: bool, source: str) -> Iterator[Order]:
        """What a fact, or a time of one, came after."""
        when = self.one(node, onr.when) if is_fact else node
        bounds = self.bounds(when)
        fact = node if is_fact else f"{node[: node.rindex('/')]}>"
        for before in sorted(self.all(node, onr.after)) if bounds.latest is not None else ():
            own = self.one(before, onr.when)
            first = self.bounds(own) if before.startswith(source[:-1]) else None
            if first is None or is_against(bounds, first):
                curated = any(self.is_curated(one) for one in (node, when, before, own))
                yield Order(fact, bounds, before, first, curated)


def is_one_person(given: Given, node: str) -> bool | None:
    """Whether a node is one person, known by name; None where nothing is given of it."""
    types = given.all(node, TYPE)
    return onr.Person.plain in types and not given.all(node, onr.knownByRole) if types else None


def _last(concept: str) -> str:
    """The last part of a concept's address."""
    return concept[concept.rfind("/") + 1 : -1]
