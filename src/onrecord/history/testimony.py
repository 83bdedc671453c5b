"""What one source contributes to histories: found in its triples, small enough to be kept and put together with those
of all others.

The triples may come from an index of a source or from a store: they are read through `Described`, node by node.
"""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import msgspec

from onrecord.history.given import Given
from onrecord.history.model import Bounds, Claim
from onrecord.index import Description
from onrecord.ntriples import text_of
from onrecord.vocabulary.term import Property
from onrecord.vocabulary.terms import CONCEPTS, oa, onr, owl, pso, schema

_YEAR = CONCEPTS["unit"]["year"]
_LISTING, _DELISTING = CONCEPTS["act-kind"]["listing"], CONCEPTS["act-kind"]["delisting"]


class SaidOf(NamedTuple):
    """A designation, and whom it is of: a subject, the list, and the jurisdiction that it names itself."""

    subject: str
    on_list: str | None
    jurisdiction: str | None
    claim: Claim


class ActOn(NamedTuple):
    """An act that puts a subject on a list or takes them off; `is_listing` tells which."""

    subject: str
    on_list: str
    node: str
    is_listing: bool
    when: Bounds
    curated: bool


class Day(NamedTuple):
    """That a source is a list as of a day."""

    on_list: str
    day: datetime.date
    complete: bool


class Testimony(msgspec.Struct, array_like=True, frozen=True):
    """What one source says of statuses: designations, acts that no designation of it names, the list that it is, and
    who is one with whom by a curator's word, and whatever else curators link its own to (`named`)."""

    source: str
    designations: tuple[SaidOf, ...] = ()
    acts: tuple[ActOn, ...] = ()
    snapshot: Day | None = None
    links: tuple[tuple[str, str], ...] = ()
    named: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing of any status."""
        return not (self.designations or self.acts or self.snapshot or self.links or self.named)


_PACK = msgspec.msgpack.Encoder()
_UNPACK = msgspec.msgpack.Decoder(Testimony)


def packed(testimony: Testimony) -> bytes:
    """A testimony as bytes."""
    return _PACK.encode(testimony)


def unpacked(data: bytes) -> Testimony:
    """A testimony from its bytes."""
    return _UNPACK.decode(data)


class Reading(Given):
    """Reads testimonies out of what is asserted and what curators added."""

    def of_source(self, source: str, nodes: Iterable[str], links: Iterable[tuple[str, str]] = ()) -> Testimony:
        """The testimony of a source, among whose nodes (`<…>`) are its designations and acts."""
        inside = source[:-1]
        designations, acts = f"{inside}/designation/", f"{inside}/act/"
        held = [
            node for node in nodes if node.startswith((designations, acts)) and node.count("/") == inside.count("/") + 2
        ]
        said = tuple(one for node in held if node.startswith(designations) for one in self.designation(node, source))
        named = {(one.subject, act) for one in said for act in (one.claim.gained_by, one.claim.lost_by)}
        through = {(one.subject, self.one(act, onr.through)) for one in said for act in (one.claim.lost_by,) if act}
        done = (one for node in held if node.startswith(acts) for one in self._act(node, source))
        kept = tuple(one for one in done if (one.subject, one.node) not in named | through)
        return Testimony(source, said, kept, self.snapshot(source), tuple(sorted(links)))

    def snapshot(self, source: str) -> Day | None:
        """Which list a source is, and of which day."""
        on_list, day = self.one(source, onr.snapshotOf), self.day(source, onr.asOf)
        if on_list is None or day is None:
            return None
        return Day(on_list, day, self.text(source, onr.isComplete) == "true")

    def designation(self, node: str, source: str) -> Iterator[SaidOf]:
        """A designation on record, for each of those who are designated."""
        lost_by, gained_by = self.one(node, pso.isLostAsConsequenceOf), self.one(node, pso.isAcquiredAsConsequenceOf)
        end, start = self.one(node, onr.end), self.one(node, onr.start)
        is_over = end is not None or lost_by is not None
        published = self.bounds(self.one(source, onr.published))
        snapshot = self.day(source, onr.asOf)
        ended = self._when(end, lost_by) if is_over else None
        if ended == Bounds() and published.latest is not None:  # it was over when the source said so
            ended = Bounds(None, published.latest)
        lasted = self.one(node, onr.lasted)
        claim = Claim(
            node,
            source,
            self._when(start, gained_by) if start or gained_by else None,
            ended,
            None if is_over else snapshot or published.earliest,
            *self._years(lasted),
            gained_by,
            lost_by,
            any(self.is_curated(one) for one in (node, start, end, lost_by)) or self._is_dated_by_curator(source, node),
        )
        on_list, own = self.one(node, onr.onList), self.one(node, onr.jurisdiction)
        for subject in self.all(node, onr.designee):
            yield SaidOf(subject, on_list, own, claim)

    def _act(self, node: str, source: str) -> Iterator[ActOn]:
        kind, on_list = self.one(node, onr.kind), self.one(node, onr.onList)
        if kind not in (_LISTING, _DELISTING) or on_list is None:
            return
        when = self._when(None, node)
        if when == Bounds():
            when = Bounds(None, self.bounds(self.one(source, onr.published)).latest)
        if when != Bounds():
            curated = self.is_curated(node) or self.is_curated(self.one(node, onr.when))
            for subject in self.all(node, onr.concerns):
                yield ActOn(subject, on_list, node, kind == _LISTING, when, curated)

    def _when(self, time: str | None, act: str | None) -> Bounds:
        """The days of a beginning or end: its own, or its act's, or those of the act by which that was done."""
        own = self.bounds(time)
        if None not in own or act is None:
            return own
        for done in (act, self.one(act, onr.through)):
            found = self.bounds(self.one(done, onr.when)) if done else Bounds()
            if None not in found:
                return found
        return own

    def _years(self, amount: str | None) -> tuple[float | None, float | None, str]:
        """The least and the most years of a length, and the words for it."""
        if amount is None or self.one(amount, onr.unit) != _YEAR:
            return None, None, ""
        words = ""
        for evidence in self.all(amount, onr.evidence):
            for selector in self.all(evidence, oa.hasSelector):
                words = words or self.text(selector, oa.exact)
        return self._number(amount, schema.minValue), self._number(amount, schema.maxValue), words

    def _number(self, node: str, prop: Property) -> float | None:
        found = self.one(node, prop)
        return None if found is None else float(text_of(found))

    def _is_dated_by_curator(self, source: str, node: str) -> bool:
        """Whether the day on which the source says it is a curator's."""
        return self.is_curated(self.one(source, onr.published)) and self.day(source, onr.asOf) is None


def links_of(curated: Mapping[str, Description]) -> list[tuple[str, str]]:
    """Who is one with whom, by a curator's word (owl:sameAs)."""
    same = owl.sameAs.plain
    return [(node, other) for node, description in curated.items() for other in description.get(same, ())]
